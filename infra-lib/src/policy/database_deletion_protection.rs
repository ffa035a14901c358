//! Policy INF5011: reports highly available databases without deletion protection.
//!
//! A database in a single zone may be for development and be deleted with its stack. A second zone or a cluster
//! indicates a database that is worth protecting.

use super::{Rule, is_true, parse_bool, property_finding};
use crate::core::codes;

pub(super) const RULE: Rule = Rule {
    code: codes::DATABASE_DELETION_PROTECTION,
    check: |template, findings| {
        let instances = template
            .resources_of_type("AWS::RDS::DBInstance")
            .filter(|instance| is_true(instance, "MultiAZ"));
        for database in instances.chain(template.resources_of_type("AWS::RDS::DBCluster")) {
            let protection = database.prop("DeletionProtection");
            if protection.is_none_or(|data| parse_bool(data) == Some(false)) {
                findings.push(
                    property_finding(
                        RULE.code,
                        database,
                        "DeletionProtection",
                        "a highly available database has no deletion protection",
                    )
                    .help("set `DeletionProtection` to `true`; to delete the database, disable it first"),
                );
            }
        }
    },
};
