//! Monitoring options of a database.

use infra_cfn::rds::{CfnDbClusterProps, CfnDbInstanceProps, db_cluster, db_instance};

use crate::Scope;
use crate::construct::With;
use crate::iam::{ManagedPolicy, Principal, Role};
use crate::kms::KeyRef;

/// Mode of CloudWatch Database Insights: load and statements of a database.
///
/// See [Database Insights](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Database-Insights.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DatabaseInsights {
    /// Database Insights are off; no load is recorded.
    Off,
    /// Load by statement and wait event, kept for seven days, free of charge.
    #[default]
    Standard,
    /// Execution plans, locks and fleet views as well, kept for 15 months, charged per vCPU.
    Advanced,
}

impl DatabaseInsights {
    /// Returns the days for which load is kept, or `None` if it is not recorded.
    const fn retention_days(self) -> Option<i64> {
        match self {
            Self::Off => None,
            Self::Standard => Some(7),
            // Minimum retention of the advanced mode.
            Self::Advanced => Some(465),
        }
    }

    /// Records the load of an instance.
    pub(super) fn apply_to(
        self,
        cfn: CfnDbInstanceProps,
        key: Option<KeyRef<'_>>,
    ) -> CfnDbInstanceProps {
        let mode = match self {
            Self::Off => None,
            Self::Standard => Some(db_instance::DatabaseInsightsMode::STANDARD),
            Self::Advanced => Some(db_instance::DatabaseInsightsMode::ADVANCED),
        };
        self.record_load(cfn, mode, key)
    }

    /// Records the load of an instance of a cluster, which has the mode from the cluster.
    pub(super) fn apply_to_member(
        self,
        cfn: CfnDbInstanceProps,
        key: Option<KeyRef<'_>>,
    ) -> CfnDbInstanceProps {
        self.record_load(cfn, None, key)
    }

    fn record_load(
        self,
        cfn: CfnDbInstanceProps,
        mode: Option<db_instance::DatabaseInsightsMode>,
        key: Option<KeyRef<'_>>,
    ) -> CfnDbInstanceProps {
        let Some(days) = self.retention_days() else {
            return cfn.enable_performance_insights(false);
        };
        cfn.enable_performance_insights(true)
            .with(mode, CfnDbInstanceProps::database_insights_mode)
            .performance_insights_retention_period(days)
            .with(key, |cfn, key| {
                cfn.performance_insights_kms_key_id(key.arn())
            })
    }

    /// Records the load of a cluster.
    pub(super) fn apply_to_cluster(
        self,
        cfn: CfnDbClusterProps,
        key: Option<KeyRef<'_>>,
    ) -> CfnDbClusterProps {
        let Some(days) = self.retention_days() else {
            return cfn.performance_insights_enabled(false);
        };
        let mode = match self {
            Self::Advanced => db_cluster::DatabaseInsightsMode::ADVANCED,
            Self::Off | Self::Standard => db_cluster::DatabaseInsightsMode::STANDARD,
        };
        cfn.performance_insights_enabled(true)
            .database_insights_mode(mode)
            .performance_insights_retention_period(days)
            .with(key, |cfn, key| {
                cfn.performance_insights_kms_key_id(key.arn())
            })
    }
}

/// Interval of operating system metrics: processes, memory, file systems.
///
/// See [Enhanced Monitoring](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EnhancedMonitoring {
    /// Enhanced Monitoring is off; RDS records only its own metrics.
    Off,
    /// One measurement per second.
    EverySecond,
    /// One measurement every 15 seconds.
    Every15Seconds,
    /// One measurement per minute.
    #[default]
    EveryMinute,
}

impl EnhancedMonitoring {
    /// Returns the interval and the role with which RDS writes the metrics, or `None` if it does not.
    pub(super) fn create_role(self, scope: Scope<'_>) -> Option<(i64, Role<'_>)> {
        let seconds = match self {
            Self::Off => return None,
            Self::EverySecond => 1,
            Self::Every15Seconds => 15,
            Self::EveryMinute => 60,
        };
        let role = Role::builder()
            .assumed_by(Principal::service("monitoring.rds.amazonaws.com").for_this_account())
            .managed_policy(ManagedPolicy::aws(
                "service-role/AmazonRDSEnhancedMonitoringRole",
            ))
            .build(scope, "MonitoringRole");
        Some((seconds, role))
    }
}

/// Sets the interval and the role of Enhanced Monitoring.
pub(super) fn set_monitoring(
    cfn: CfnDbInstanceProps,
    monitoring: Option<(i64, Role<'_>)>,
) -> CfnDbInstanceProps {
    match monitoring {
        Some((seconds, role)) => cfn
            .monitoring_interval(seconds)
            .monitoring_role_arn(role.arn()),
        None => cfn,
    }
}
