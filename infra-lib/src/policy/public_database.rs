//! Policy INF5001: reports databases with a public address.

use super::{Rule, is_true, property_finding};
use crate::core::codes;

pub(super) const RULE: Rule = Rule {
    code: codes::PUBLIC_DATABASE,
    check: |template, findings| {
        for kind in ["AWS::RDS::DBInstance", "AWS::RDS::DBCluster"] {
            for database in template.resources_of_type(kind) {
                if is_true(database, "PubliclyAccessible") {
                    findings.push(
                        property_finding(
                            RULE.code,
                            database,
                            "PubliclyAccessible",
                            "the database can be reached from the internet",
                        )
                        .help("remove `PubliclyAccessible`, and reach the database from inside the VPC"),
                    );
                }
            }
        }
    },
};
