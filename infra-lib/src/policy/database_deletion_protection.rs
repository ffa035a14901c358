//! INF5011: a database that is built to stay up can be deleted by one call.
//!
//! Protection is a choice: a database of one zone, as for development, may go with its stack. One that pays for a
//! second zone, or for a cluster, is worth protecting.

use super::{Rule, finding, is_true, truth};
use crate::core::codes;

pub(super) const RULE: Rule = Rule {
    code: codes::DATABASE_DELETION_PROTECTION,
    check: |template, findings| {
        let instances = template
            .resources_of_type("AWS::RDS::DBInstance")
            .filter(|instance| is_true(instance, "MultiAZ"));
        for database in instances.chain(template.resources_of_type("AWS::RDS::DBCluster")) {
            let protection = database.prop("DeletionProtection");
            if protection.is_none_or(|data| truth(data) == Some(false)) {
                findings.push(
                    finding(
                        RULE.code,
                        database,
                        "DeletionProtection",
                        "a highly available database can be deleted by one call",
                    )
                    .help("set `DeletionProtection` to `true`; it is taken off by hand before the database may go"),
                );
            }
        }
    },
};
