//! Log groups of a database, with limited retention.

use crate::kms::KeyRef;
use crate::logs::{LogGroup, RetentionDays};
use crate::{RemovalPolicy, Scope};

/// Creates the log groups of the database, which RDS would otherwise create with unlimited retention. `owner` is the part
/// of their names that tells instances from clusters.
pub(super) fn log_groups<'app>(
    scope: Scope<'app>,
    owner: &str,
    identifier: &str,
    exports: &[&str],
    retention: RetentionDays,
    removal: RemovalPolicy,
    key: Option<KeyRef<'app>>,
) -> Vec<LogGroup<'app>> {
    let removal = match removal {
        RemovalPolicy::Destroy => RemovalPolicy::Destroy,
        // The names are fixed: groups that remain after a failed creation would also make the next one fail.
        _ => RemovalPolicy::RetainExceptOnCreate,
    };
    let group = |log: &str| {
        LogGroup::builder()
            .log_group_name(format!(
                "/aws/rds/{owner}/{}/{log}",
                identifier.to_lowercase()
            ))
            .retention(retention)
            .removal_policy(removal)
            .maybe_encryption_key(key.as_ref())
            .build(scope, &format!("LogGroup-{log}"))
    };
    exports.iter().copied().map(group).collect()
}
