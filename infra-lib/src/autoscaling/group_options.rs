//! Options of Auto Scaling groups.

use crate::cfn::autoscaling::auto_scaling_group as cfn;
use crate::core::{Diagnostic, Duration, Scope, codes};

/// Health checks of a group, which replaces instances that fail one of them.
///
/// EC2's own check is always part of them. See [health checks for instances in an Auto Scaling
/// group](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html).
///
/// ```
/// use infra_lib::autoscaling::HealthChecks;
/// use infra_lib::prelude::*;
///
/// let checks = HealthChecks::ec2().load_balancer().ebs().grace_period(Duration::minutes(3));
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct HealthChecks {
    load_balancer: bool,
    ebs: bool,
    lattice: bool,
    grace_period: Option<Duration>,
}

impl HealthChecks {
    /// Returns the check of EC2: an instance that does not run, or whose status checks fail.
    pub const fn ec2() -> Self {
        Self {
            load_balancer: false,
            ebs: false,
            lattice: false,
            grace_period: None,
        }
    }

    /// Adds the health checks of the target groups of the group.
    pub const fn load_balancer(mut self) -> Self {
        self.load_balancer = true;
        self
    }

    /// Adds the check of attached EBS volumes, whose reads and writes must complete.
    pub const fn ebs(mut self) -> Self {
        self.ebs = true;
        self
    }

    /// Adds the health checks of VPC Lattice.
    pub const fn lattice(mut self) -> Self {
        self.lattice = true;
        self
    }

    /// Sets the time after a start during which failed checks do not count. It must cover the start of the program.
    /// Default: 5 minutes with the check of a load balancer or of VPC Lattice, otherwise none (CloudFormation: none).
    pub const fn grace_period(mut self, period: Duration) -> Self {
        self.grace_period = Some(period);
        self
    }

    /// Returns the property `HealthCheckType`.
    pub(super) fn types(&self) -> String {
        let types = [
            ("EC2", !(self.load_balancer || self.ebs || self.lattice)),
            ("EBS", self.ebs),
            ("ELB", self.load_balancer),
            ("VPC_LATTICE", self.lattice),
        ];
        let names = types.iter().filter(|(_, set)| *set).map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(",")
    }

    /// Returns the property `HealthCheckGracePeriod`.
    pub(super) fn period(&self) -> Option<Duration> {
        let default = (self.load_balancer || self.lattice).then_some(Duration::minutes(5));
        self.grace_period.or(default)
    }
}

/// Choice of the instance that a group terminates first when it shrinks.
///
/// See [termination
/// policies](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TerminationPolicy {
    /// The rules of AWS: allocation strategy, then the oldest template, then the next billing hour.
    Default,
    /// The instance that brings the group closest to its allocation strategy.
    AllocationStrategy,
    /// The instance with the oldest launch template.
    OldestLaunchTemplate,
    /// The oldest instance.
    OldestInstance,
    /// The newest instance, to try a new version.
    NewestInstance,
    /// The instance that is closest to its next billing hour.
    ClosestToNextInstanceHour,
}

impl TerminationPolicy {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::AllocationStrategy => "AllocationStrategy",
            Self::OldestLaunchTemplate => "OldestLaunchTemplate",
            Self::OldestInstance => "OldestInstance",
            Self::NewestInstance => "NewestInstance",
            Self::ClosestToNextInstanceHour => "ClosestToNextInstanceHour",
        }
    }
}

/// Replacement of Spot Instances before EC2 interrupts them.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum CapacityRebalancing {
    /// A Spot Instance at elevated risk of interruption is replaced before it is interrupted.
    Enabled,
    /// Spot Instances are replaced after their interruption.
    #[default]
    Disabled,
}

/// Protection of new instances from being terminated when the group shrinks.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum ScaleInProtection {
    /// New instances are protected until a program removes the protection.
    Enabled,
    /// Instances can be terminated when the group shrinks.
    #[default]
    Disabled,
}

/// Metrics of a group in CloudWatch, every minute and free of charge.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum GroupMetrics {
    /// All metrics, for [alarms and graphs](super::AutoScalingGroup::metric_group_in_service_instances).
    #[default]
    Enabled,
    /// No metrics, as in CloudFormation.
    Disabled,
}

/// Distribution of instances among Availability Zones.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ZoneDistribution {
    /// Even, unless a zone has no capacity; then in another zone.
    #[default]
    BalancedBestEffort,
    /// Even; without capacity in a zone, the group waits for it.
    BalancedOnly,
}

/// Event of a group, for a topic.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum GroupEvent {
    /// An instance was started.
    Launch,
    /// An instance could not be started.
    LaunchError,
    /// An instance was terminated.
    Terminate,
    /// An instance could not be terminated.
    TerminateError,
}

impl GroupEvent {
    /// All events.
    pub const ALL: [Self; 4] = [
        Self::Launch,
        Self::LaunchError,
        Self::Terminate,
        Self::TerminateError,
    ];
    /// Failures.
    pub const ERRORS: [Self; 2] = [Self::LaunchError, Self::TerminateError];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Launch => "autoscaling:EC2_INSTANCE_LAUNCH",
            Self::LaunchError => "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
            Self::Terminate => "autoscaling:EC2_INSTANCE_TERMINATE",
            Self::TerminateError => "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
        }
    }
}

/// Bounds of the number of healthy instances while a group replaces some, in percent of the desired capacity.
///
/// See [instance maintenance
/// policies](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html).
///
/// ```
/// use infra_lib::autoscaling::InstanceMaintenance;
///
/// // New instances first: never fewer than desired, and up to a tenth more.
/// let policy = InstanceMaintenance::new(100, 110);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct InstanceMaintenance {
    min_healthy: u8,
    max_healthy: u8,
}

impl InstanceMaintenance {
    /// Creates the bounds: at least 0 to 100 percent, at most 100 to 200 percent, and at most 100 percentage points apart
    /// (`INF4993` otherwise).
    pub const fn new(min_healthy: u8, max_healthy: u8) -> Self {
        Self {
            min_healthy,
            max_healthy,
        }
    }

    pub(super) fn render(self, scope: Scope<'_>) -> cfn::InstanceMaintenancePolicy {
        let (min, max) = (self.min_healthy, self.max_healthy);
        check_healthy(scope, "InstanceMaintenancePolicy", min, max);
        cfn::InstanceMaintenancePolicy::new()
            .min_healthy_percentage(i64::from(min))
            .max_healthy_percentage(i64::from(max))
    }
}

/// Reports bounds of healthy instances that AWS rejects.
pub(super) fn check_healthy(scope: Scope<'_>, property: &'static str, min: u8, max: u8) {
    if min > 100 || !(100..=200).contains(&max) || max - min > 100 {
        report_setting(
            scope,
            property,
            "the percentages of healthy instances",
            &format!("{min} to {max} percent"),
            "0 to 100 percent for the lower bound, 100 to 200 for the upper one, at most 100 apart",
        );
    }
}

/// Reports a duration outside its range.
pub(super) fn check_duration(
    scope: Scope<'_>,
    property: &'static str,
    name: &str,
    duration: Duration,
    (low, high): (Duration, Duration),
) {
    if duration < low || duration > high {
        report_setting(
            scope,
            property,
            name,
            &duration.to_string(),
            &format!("{low} to {high}"),
        );
    }
}

/// Reports a setting that EC2 Auto Scaling rejects (`INF4993`).
pub(super) fn report_setting(
    scope: Scope<'_>,
    property: &'static str,
    name: &str,
    actual: &str,
    expected: &str,
) {
    scope.report(
        Diagnostic::new(
            codes::GROUP_SETTING,
            format!("EC2 Auto Scaling rejects {name} of a group"),
        )
        .property(property)
        .actual(actual)
        .expected(expected),
    );
}
