//! Monitoring options of a database.

use infra_cfn::rds::CfnDbInstanceProps;
use infra_cfn::rds::db_instance::DatabaseInsightsMode;

use crate::Scope;
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
    pub(super) fn apply_to(
        self,
        cfn: CfnDbInstanceProps,
        key: Option<KeyRef<'_>>,
    ) -> CfnDbInstanceProps {
        let (mode, days) = match self {
            Self::Off => return cfn.enable_performance_insights(false),
            Self::Standard => (DatabaseInsightsMode::STANDARD, 7),
            // Minimum retention of the advanced mode.
            Self::Advanced => (DatabaseInsightsMode::ADVANCED, 465),
        };
        let cfn = cfn
            .enable_performance_insights(true)
            .database_insights_mode(mode)
            .performance_insights_retention_period(days);
        match key {
            Some(key) => cfn.performance_insights_kms_key_id(key.arn()),
            None => cfn,
        }
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
    pub(super) fn apply_to<'app>(
        self,
        scope: Scope<'app>,
        cfn: CfnDbInstanceProps,
    ) -> CfnDbInstanceProps {
        let seconds = match self {
            Self::Off => return cfn,
            Self::EverySecond => 1,
            Self::Every15Seconds => 15,
            Self::EveryMinute => 60,
        };
        let role: Role<'app> = Role::builder()
            .assumed_by(Principal::service("monitoring.rds.amazonaws.com").for_this_account())
            .managed_policy(ManagedPolicy::aws(
                "service-role/AmazonRDSEnhancedMonitoringRole",
            ))
            .build(scope, "MonitoringRole");
        cfn.monitoring_interval(seconds)
            .monitoring_role_arn(role.arn())
    }
}
