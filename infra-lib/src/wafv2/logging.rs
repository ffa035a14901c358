//! Logs of web ACLs.

use infra_cfn::wafv2::logging_configuration::{
    Condition, ConditionActionCondition, ConditionActionConditionAction, FieldToMatch,
    FieldToMatchSingleHeader, Filter, FilterBehavior, FilterRequired, FilterRequirement,
    LoggingFilter, LoggingFilterDefaultBehavior,
};
use infra_cfn::wafv2::{CfnLoggingConfigurationProps, CfnWebAcl};

use crate::kms::KeyRef;
use crate::logs::{LogGroup, RetentionDays};
use crate::unique_name::unique_name;
use crate::{RemovalPolicy, Scope, pseudo, sub, value};

/// Requests that a web ACL logs, with the retention of the logs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum WebAclLogging {
    /// No requests; no log group is created.
    Off,
    /// Requests that a rule blocks or counts.
    Matched(RetentionDays),
    /// All requests, which costs more.
    All(RetentionDays),
}

impl WebAclLogging {
    pub(super) fn apply_to<'app>(
        self,
        scope: Scope<'app>,
        web_acl: CfnWebAcl<'app>,
        key: Option<KeyRef<'app>>,
    ) {
        let retention = match self {
            Self::Off => return,
            Self::Matched(retention) | Self::All(retention) => retention,
        };
        // WAF writes only to log groups with this prefix.
        let name = format!("aws-waf-logs-{}", unique_name(scope, "LogGroup", 64));
        LogGroup::builder()
            .log_group_name(name.clone())
            .retention(retention)
            .maybe_encryption_key(key.as_ref())
            .removal_policy(RemovalPolicy::RetainExceptOnCreate)
            .build(scope, "LogGroup");
        let (partition, region, account) =
            (pseudo::partition(), pseudo::region(), pseudo::account_id());
        // The attribute `Arn` ends with `:*`; WAF needs the ARN without it.
        let destination = sub![
            "arn:",
            partition,
            ":logs:",
            region,
            ":",
            account,
            ":log-group:",
            name
        ];
        let mut logging = CfnLoggingConfigurationProps::new(vec![destination], web_acl.attr_arn())
            .redacted_fields(["authorization", "cookie"].map(redact_header));
        if matches!(self, Self::Matched(_)) {
            logging = logging.logging_filter(matched_only());
        }
        let logging = logging.build(scope, "Logging");
        if let Some(group) = scope.child("LogGroup") {
            logging.depends_on(group);
        }
    }
}

fn redact_header(header: &str) -> FieldToMatch {
    FieldToMatch::new().single_header(FieldToMatchSingleHeader::new(header))
}

fn matched_only() -> LoggingFilter {
    let action = |action| Condition::new().action_condition(ConditionActionCondition::new(action));
    let keep = Filter::new(FilterRequired {
        behavior: value(FilterBehavior::KEEP),
        conditions: value(vec![
            action(ConditionActionConditionAction::BLOCK),
            action(ConditionActionConditionAction::COUNT),
        ]),
        requirement: value(FilterRequirement::MEETS_ANY),
    });
    LoggingFilter::new(LoggingFilterDefaultBehavior::DROP, vec![keep])
}
