//! Instances of Aurora clusters, and the capacity of serverless ones.

use infra_cfn::rds::db_cluster::ServerlessV2ScalingConfiguration;

use super::InstanceClass;
use crate::{Diagnostic, Duration, Scope, codes};

/// An instance of a [`DatabaseCluster`](super::DatabaseCluster): its writer or a reader.
///
/// ```
/// use infra_lib::rds::{ClusterInstance, InstanceClass};
///
/// let writer = ClusterInstance::provisioned(InstanceClass::R8G_LARGE);
/// let reader = ClusterInstance::serverless().promotion_tier(1);
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ClusterInstance {
    /// The class, or `None` for a serverless instance.
    pub(super) class: Option<InstanceClass>,
    pub(super) promotion_tier: Option<u8>,
    pub(super) identifier: Option<String>,
}

impl ClusterInstance {
    /// Creates an instance whose capacity follows its load, within the
    /// [`ServerlessCapacity`] of the cluster.
    pub const fn serverless() -> Self {
        Self {
            class: None,
            promotion_tier: None,
            identifier: None,
        }
    }

    /// Creates an instance of a fixed class. Aurora has burstable classes from `db.t4g.medium` on, and classes of memory
    /// (`r`).
    pub const fn provisioned(class: InstanceClass) -> Self {
        Self {
            class: Some(class),
            promotion_tier: None,
            identifier: None,
        }
    }

    /// Sets the priority for becoming the writer when the writer fails, from 0 (first) to 15. Serverless readers of the
    /// tiers 0 and 1 are as large as the writer at any time. Default: 0 for the writer, 2 for readers (RDS: 1).
    pub const fn promotion_tier(mut self, tier: u8) -> Self {
        self.promotion_tier = Some(tier);
        self
    }

    /// Sets the identifier of the instance. Default: a generated one. Changing it replaces the instance.
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self
    }
}

/// Capacity of the serverless instances of a cluster, each on its own, in Aurora capacity units (ACU) of about 2 GiB of
/// memory: 0 to 256 in steps of a half, at least 1 at most (`INF4223` otherwise).
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::rds::ServerlessCapacity;
///
/// let production = ServerlessCapacity::between(1.0, 16.0);
/// let test = ServerlessCapacity::between(0.0, 4.0).pause_after(Duration::minutes(10));
/// ```
///
/// See [Aurora Serverless
/// v2](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServerlessCapacity {
    least: f64,
    most: f64,
    pause_after: Option<Duration>,
}

impl ServerlessCapacity {
    /// Creates a capacity with its limits, in ACU. With a lower limit of 0, instances without connections pause.
    pub const fn between(least: f64, most: f64) -> Self {
        Self {
            least,
            most,
            pause_after: None,
        }
    }

    /// Sets the time without connections after which an instance pauses: 5 minutes to 24 hours, only with a lower limit
    /// of 0. Default: 5 minutes, as in RDS. The first connection to a paused instance takes about 15 seconds.
    pub const fn pause_after(mut self, idle: Duration) -> Self {
        self.pause_after = Some(idle);
        self
    }

    pub(super) fn check_capacity(&self, scope: Scope<'_>) {
        const URL: &str = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html";
        let report = |property: &str, actual: String, expected: &str| {
            scope.report(
                Diagnostic::new(
                    codes::SERVERLESS_CAPACITY,
                    "RDS rejects the capacity of the serverless instances",
                )
                .property(format!("ServerlessV2ScalingConfiguration/{property}"))
                .actual(actual)
                .expected(expected)
                .url(URL),
            );
        };
        let is_half_step = |units: f64| (units * 2.0).fract() == 0.0;
        if !(0.0..=256.0).contains(&self.least) || !is_half_step(self.least) {
            let expected = "0 to 256, in steps of 0.5";
            report("MinCapacity", self.least.to_string(), expected);
        }
        if !(1.0..=256.0).contains(&self.most) || !is_half_step(self.most) {
            let expected = "1 to 256, in steps of 0.5";
            report("MaxCapacity", self.most.to_string(), expected);
        } else if self.most < self.least {
            let expected = format!("the lower limit or more: {}", self.least);
            report("MaxCapacity", self.most.to_string(), &expected);
        }
        let Some(idle) = self.pause_after else { return };
        if self.least > 0.0 {
            let actual = format!("{idle} with a lower limit of {}", self.least);
            report("SecondsUntilAutoPause", actual, "a lower limit of 0");
        } else if !(300..=86_400).contains(&idle.as_seconds()) {
            let expected = "5 minutes to 24 hours";
            report("SecondsUntilAutoPause", idle.to_string(), expected);
        }
    }

    pub(super) fn configuration(&self) -> ServerlessV2ScalingConfiguration {
        let configuration = ServerlessV2ScalingConfiguration::new()
            .min_capacity(self.least)
            .max_capacity(self.most);
        match self.pause_after {
            Some(idle) => configuration.seconds_until_auto_pause(idle.to_seconds_i64()),
            None => configuration,
        }
    }
}

impl Default for ServerlessCapacity {
    /// Returns 0.5 to 2 ACU.
    fn default() -> Self {
        Self::between(0.5, 2.0)
    }
}
