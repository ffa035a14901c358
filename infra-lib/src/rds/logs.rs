//! Logs of a database, kept for a chosen time.

use crate::kms::Key;
use crate::logs::{LogGroup, RetentionDays};
use crate::{RemovalPolicy, Scope};

/// The logs that PostgreSQL on RDS writes.
pub(super) const EXPORTS: [&str; 2] = ["postgresql", "upgrade"];

/// Makes the log groups that RDS would otherwise make itself, without an end to their retention.
pub(super) fn log_groups<'app>(
    scope: Scope<'app>,
    identifier: &str,
    retention: RetentionDays,
    removal: RemovalPolicy,
    key: Option<Key<'app>>,
) -> Vec<LogGroup<'app>> {
    let removal = match removal {
        RemovalPolicy::Destroy => RemovalPolicy::Destroy,
        // Their names are fixed: kept after a creation that failed, they would make the next one fail too.
        _ => RemovalPolicy::RetainExceptOnCreate,
    };
    let group = |log: &str| {
        LogGroup::builder()
            .log_group_name(format!(
                "/aws/rds/instance/{}/{log}",
                identifier.to_lowercase()
            ))
            .retention(retention)
            .removal_policy(removal)
            .maybe_encryption_key(key.as_ref())
            .build(scope, &format!("LogGroup-{log}"))
    };
    EXPORTS.into_iter().map(group).collect()
}
