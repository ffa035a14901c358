//! Policy INF5008: reports log groups without a retention period, which keep events for ever.

use super::{Rule, property_finding};
use crate::core::codes;

pub(super) const RULE: Rule = Rule {
    code: codes::LOG_RETENTION,
    check: |template, findings| {
        for group in template.resources_of_type("AWS::Logs::LogGroup") {
            if group.prop("RetentionInDays").is_none() {
                findings.push(
                    property_finding(
                        RULE.code,
                        group,
                        "RetentionInDays",
                        "the log group never deletes its log events",
                    )
                    .help("set a retention period: `.retention(RetentionDays::THREE_MONTHS)`"),
                );
            }
        }
    },
};
