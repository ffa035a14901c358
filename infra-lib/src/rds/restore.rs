//! Restores of databases to a point in time.

use infra_cfn::rds::{CfnDbClusterProps, CfnDbInstanceProps};

use crate::{Diagnostic, Id, IntoValue, Scope, Value, codes, kind};

/// A point in time of another database, whose data a new one starts with.
///
/// See restoring [instances](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html) and
/// [clusters](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html).
///
/// ```
/// use infra_lib::rds::PointInTime;
///
/// let before = PointInTime::at("notes", "2026-11-30T08:00:00Z");
/// ```
#[derive(Clone, Debug)]
pub struct PointInTime {
    source: Value<String>,
    time: Option<String>,
}

impl PointInTime {
    /// Creates the latest time to which a database can be restored, usually five minutes ago, from the identifier of the
    /// instance or cluster.
    pub fn latest(source: impl IntoValue<String>) -> Self {
        Self {
            source: source.into_value(),
            time: None,
        }
    }

    /// Creates a time in UTC, such as `2026-11-30T08:00:00Z`, within the retention of backups of the source. Another notation
    /// is reported (`INF4232`).
    pub fn at(source: impl IntoValue<String>, time: impl Into<String>) -> Self {
        Self {
            source: source.into_value(),
            time: Some(time.into()),
        }
    }

    pub(super) fn apply_to_instance(&self, cfn: CfnDbInstanceProps) -> CfnDbInstanceProps {
        let cfn = cfn
            .source_db_instance_identifier(self.source.clone().cast::<Id<kind::rds::DbInstance>>());
        match &self.time {
            Some(time) => cfn.restore_time(&**time),
            None => cfn.use_latest_restorable_time(true),
        }
    }

    pub(super) fn apply_to_cluster(&self, cfn: CfnDbClusterProps) -> CfnDbClusterProps {
        let cfn = cfn.source_db_cluster_identifier(&self.source);
        match &self.time {
            Some(time) => cfn.restore_to_time(&**time),
            None => cfn.use_latest_restorable_time(true),
        }
    }

    pub(super) fn check_time(&self, scope: Scope<'_>) {
        let Some(time) = &self.time else { return };
        let shape = time.len() == 20
            && time
                .bytes()
                .zip("0000-00-00T00:00:00Z".bytes())
                .all(|(byte, pattern)| {
                    if pattern == b'0' {
                        byte.is_ascii_digit()
                    } else {
                        byte == pattern
                    }
                });
        if !shape {
            scope.report(
                Diagnostic::new(codes::RESTORE_TIME, "RDS rejects the time of a restore")
                    .property("RestoreTime")
                    .actual(&**time)
                    .expected("a time in UTC, such as 2026-11-30T08:00:00Z")
                    .url("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html"),
            );
        }
    }
}
