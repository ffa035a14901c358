//! Policies by which CloudFormation replaces the instances of a group.

use super::group_options::{check_healthy, report_setting};
use crate::cloudwatch::Alarm;
use crate::core::{Data, Map};
use crate::{Diagnostic, Duration, Scope, codes};

/// Replacement of the instances of a group when a deployment changes them.
///
/// See [`UpdatePolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum UpdatePolicy {
    /// Existing instances keep their old properties; new ones get the new.
    #[default]
    Keep,
    /// CloudFormation replaces instances in batches, and restores the old ones if that fails.
    Rolling(RollingUpdate),
    /// CloudFormation creates a new group beside the old one, and deletes that once the new instances have
    /// [signalled](Signals) success.
    Replacing,
    /// EC2 Auto Scaling replaces instances within bounds of healthy ones, with checkpoints and alarms.
    Refresh(InstanceRefresh),
}

/// Batches of a rolling update, for [`UpdatePolicy::Rolling`].
///
/// ```
/// use infra_lib::autoscaling::{RollingUpdate, UpdatePolicy};
///
/// let policy = UpdatePolicy::Rolling(RollingUpdate::new().max_batch_size(2).min_in_service(4));
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct RollingUpdate {
    max_batch_size: Option<u32>,
    min_in_service: Option<u32>,
    pause: Option<Duration>,
}

impl RollingUpdate {
    /// Creates an update of one instance after another.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of instances that are replaced at the same time, at most 100. Default: 1, as in CloudFormation.
    pub const fn max_batch_size(mut self, instances: u32) -> Self {
        self.max_batch_size = Some(instances);
        self
    }

    /// Sets the number of instances in service, less than the maximum capacity (`INF4992` otherwise). Default: the minimum
    /// capacity, or one less if that is the maximum as well (CloudFormation: 0).
    pub const fn min_in_service(mut self, instances: u32) -> Self {
        self.min_in_service = Some(instances);
        self
    }

    /// Sets the time to wait after each batch without [`Signals`], at most an hour. Default: none, as in CloudFormation.
    pub const fn pause(mut self, time: Duration) -> Self {
        self.pause = Some(time);
        self
    }
}

/// Way in which an instance refresh replaces instances.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RefreshStrategy {
    /// New instances take the place of old ones.
    #[default]
    Rolling,
    /// Instances remain, with a new root volume from the image.
    ReplaceRootVolume,
}

/// Treatment of instances that are protected from scale-in, and of those in standby, by an instance refresh.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ProtectedInstances {
    /// The refresh waits an hour for the protection to end, then fails.
    #[default]
    Wait,
    /// They remain as they are.
    Ignore,
    /// They are replaced as others.
    Replace,
}

/// Bounds and steps of an instance refresh, for [`UpdatePolicy::Refresh`].
///
/// See [instance refresh](https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html).
///
/// ```
/// use infra_lib::autoscaling::{InstanceRefresh, UpdatePolicy};
/// use infra_lib::prelude::*;
///
/// let refresh = InstanceRefresh::new()
///     .healthy(100, 110)
///     .checkpoints(Duration::minutes(10), [20, 100])
///     .bake_time(Duration::minutes(10));
/// let policy = UpdatePolicy::Refresh(refresh);
/// ```
#[derive(Clone, Debug, Default)]
pub struct InstanceRefresh {
    strategy: RefreshStrategy,
    healthy: Option<(u8, u8)>,
    warmup: Option<Duration>,
    checkpoints: Option<(Duration, Vec<u8>)>,
    bake_time: Option<Duration>,
    alarms: Vec<Data>,
    protected: Option<ProtectedInstances>,
    standby: Option<ProtectedInstances>,
}

impl InstanceRefresh {
    /// Creates a rolling refresh that keeps 90 percent of the instances healthy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the way of replacement. Default: [`RefreshStrategy::Rolling`].
    pub const fn strategy(mut self, strategy: RefreshStrategy) -> Self {
        self.strategy = strategy;
        self
    }

    /// Sets the bounds of healthy instances in percent of the desired capacity, 0 to 100 and 100 to 200 (`INF4993`
    /// otherwise). Default: those of the group's [`InstanceMaintenance`](super::InstanceMaintenance), otherwise 90 and 100.
    pub const fn healthy(mut self, min_percent: u8, max_percent: u8) -> Self {
        self.healthy = Some((min_percent, max_percent));
        self
    }

    /// Sets the time until a new instance is ready. Default: that of the group.
    pub const fn instance_warmup(mut self, time: Duration) -> Self {
        self.warmup = Some(time);
        self
    }

    /// Sets the shares of replaced instances, in ascending percentages, at which the refresh waits for `delay` (`INF4993`
    /// otherwise). Without 100 as the last, the rest keeps its old properties. Default: no checkpoints.
    pub fn checkpoints(
        mut self,
        delay: Duration,
        percentages: impl IntoIterator<Item = u8>,
    ) -> Self {
        self.checkpoints = Some((delay, percentages.into_iter().collect()));
        self
    }

    /// Sets the time for which alarms are watched after the last replacement. Default: none.
    pub const fn bake_time(mut self, time: Duration) -> Self {
        self.bake_time = Some(time);
        self
    }

    /// Adds an alarm, at most 10 (`INF4993` otherwise), at which the refresh fails, and CloudFormation restores the old
    /// properties.
    pub fn alarm(mut self, alarm: &Alarm<'_>) -> Self {
        self.alarms.push(alarm.name().into_data());
        self
    }

    /// Sets the treatment of instances that are protected from scale-in. Default: [`ProtectedInstances::Wait`].
    pub const fn scale_in_protected(mut self, treatment: ProtectedInstances) -> Self {
        self.protected = Some(treatment);
        self
    }

    /// Sets the treatment of instances in standby. Default: [`ProtectedInstances::Wait`].
    pub const fn standby(mut self, treatment: ProtectedInstances) -> Self {
        self.standby = Some(treatment);
        self
    }

    fn check(&self, scope: Scope<'_>) {
        if let Some((min, max)) = self.healthy {
            check_healthy(scope, "UpdatePolicy", min, max);
        }
        let shares = self.checkpoints.as_ref().map(|(_, shares)| shares);
        if let Some(shares) = shares
            && !(shares.is_sorted_by(|a, b| a < b) && shares.iter().all(|s| (1..=100).contains(s)))
        {
            let actual = format!("{shares:?}");
            let expected = "1 to 100 percent in ascending order";
            report_setting(scope, "UpdatePolicy", "the checkpoints", &actual, expected);
        }
        if self.alarms.len() > 10 {
            let actual = self.alarms.len().to_string();
            report_setting(
                scope,
                "UpdatePolicy",
                "the number of alarms",
                &actual,
                "at most 10",
            );
        }
    }

    fn render(self) -> Map {
        let mut preferences = Map::new();
        if let Some((min, max)) = self.healthy {
            preferences.insert("MinHealthyPercentage", i64::from(min));
            preferences.insert("MaxHealthyPercentage", i64::from(max));
        }
        if let Some(time) = self.warmup {
            preferences.insert("InstanceWarmup", time.to_seconds_i64());
        }
        if let Some((delay, shares)) = self.checkpoints {
            let shares = shares.into_iter().map(|share| Data::from(i64::from(share)));
            preferences.insert("CheckpointPercentages", Data::list(shares));
            preferences.insert("CheckpointDelay", delay.to_seconds_i64());
        }
        if let Some(time) = self.bake_time {
            preferences.insert("BakeTime", time.to_seconds_i64());
        }
        if !self.alarms.is_empty() {
            let alarms = Data::map([("Alarms", Data::list(self.alarms))]);
            preferences.insert("AlarmSpecification", alarms);
        }
        for (name, treatment, replace) in [
            ("ScaleInProtectedInstances", self.protected, "Refresh"),
            ("StandbyInstances", self.standby, "Terminate"),
        ] {
            if let Some(treatment) = treatment {
                let text = match treatment {
                    ProtectedInstances::Wait => "Wait",
                    ProtectedInstances::Ignore => "Ignore",
                    ProtectedInstances::Replace => replace,
                };
                preferences.insert(name, text);
            }
        }
        let mut refresh = Map::new();
        refresh.insert(
            "Strategy",
            match self.strategy {
                RefreshStrategy::Rolling => "Rolling",
                RefreshStrategy::ReplaceRootVolume => "ReplaceRootVolume",
            },
        );
        if preferences.iter().next().is_some() {
            refresh.insert("Preferences", preferences);
        }
        refresh
    }
}

/// Signals that CloudFormation waits for before it considers instances created, and each batch of a rolling update
/// replaced.
///
/// An instance sends its signal with `cfn-signal`, at the end of its user data; its role may do so. The command needs the
/// name of the stack and the logical ID of the group. See
/// [`CreationPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html).
///
/// ```
/// use infra_lib::autoscaling::Signals;
/// use infra_lib::prelude::*;
///
/// let signals = Signals::within(Duration::minutes(10)).count(2).min_success_percentage(50);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Signals {
    timeout: Duration,
    count: Option<u32>,
    min_success: Option<u8>,
}

impl Signals {
    /// Waits for a signal of each instance of the desired capacity for a time, at most 12 hours; for a batch at most one
    /// (`INF4992` otherwise).
    pub const fn within(timeout: Duration) -> Self {
        Self {
            timeout,
            count: None,
            min_success: None,
        }
    }

    /// Sets the number of signals. Default: the desired capacity, or the minimum one (CloudFormation: 1).
    pub const fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Sets the share of instances that must signal success, 0 to 100 percent (`INF4992` otherwise). Default: 100.
    pub const fn min_success_percentage(mut self, percentage: u8) -> Self {
        self.min_success = Some(percentage);
        self
    }

    /// Returns the attribute `CreationPolicy`.
    pub(super) fn render(self, default_count: u32) -> Data {
        let mut signal = Map::new();
        let count = self.count.unwrap_or(default_count);
        signal.insert("Count", i64::from(count));
        signal.insert("Timeout", iso(self.timeout));
        let mut policy = Map::new();
        if let Some(share) = self.min_success {
            let share = Data::from(i64::from(share));
            let creation = Data::map([("MinSuccessfulInstancesPercent", share)]);
            policy.insert("AutoScalingCreationPolicy", creation);
        }
        policy.insert("ResourceSignal", signal);
        Data::Map(policy)
    }
}

/// The settings of the group that the attributes depend on besides the policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) signals: Option<Signals>,
}

/// Activities that would disturb a rolling update, as CloudFormation recommends.
const SUSPENDED: [&str; 6] = [
    "HealthCheck",
    "ReplaceUnhealthy",
    "AZRebalance",
    "AlarmNotification",
    "ScheduledActions",
    "InstanceRefresh",
];

impl UpdatePolicy {
    /// Returns the attribute `UpdatePolicy`, and reports what CloudFormation rejects (`INF4992`).
    pub(super) fn render(self, scope: Scope<'_>, sizes: Sizes) -> Data {
        self.check(scope, sizes);
        let mut policy = Map::new();
        match self {
            Self::Keep => {}
            Self::Rolling(update) => {
                policy.insert("AutoScalingRollingUpdate", update.render(sizes));
            }
            Self::Replacing => policy.insert(
                "AutoScalingReplacingUpdate",
                Data::map([("WillReplace", Data::from(true))]),
            ),
            Self::Refresh(refresh) => {
                refresh.check(scope);
                policy.insert("AutoScalingInstanceRefresh", refresh.render());
            }
        }
        // Without it, a deployment would undo what scheduled actions changed.
        policy.insert(
            "AutoScalingScheduledAction",
            Data::map([("IgnoreUnmodifiedGroupSizeProperties", Data::from(true))]),
        );
        Data::Map(policy)
    }

    fn check(&self, scope: Scope<'_>, sizes: Sizes) {
        let report = |message: String, expected: &str| {
            scope.report(
                Diagnostic::new(codes::GROUP_UPDATE, message)
                    .property("UpdatePolicy")
                    .expected(expected)
                    .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html"),
            );
        };
        if let Some(signals) = sizes.signals {
            let longest = match self {
                Self::Rolling(_) => Duration::hours(1),
                _ => Duration::hours(12),
            };
            if signals.timeout > longest {
                report(
                    format!("CloudFormation cannot wait {} for signals", signals.timeout),
                    &format!("at most {longest}"),
                );
            }
            if let Some(share) = signals.min_success.filter(|share| *share > 100) {
                report(
                    format!("{share} percent of the instances cannot signal success"),
                    "0 to 100 percent",
                );
            }
            if matches!(self, Self::Refresh(_)) {
                report(
                    "an instance refresh does not wait for signals of instances".to_owned(),
                    "health checks and `instance_warmup` in place of signals, or a rolling update",
                );
            }
        }
        let Self::Rolling(update) = self else {
            return;
        };
        if let Some(kept) = update.min_in_service.filter(|kept| *kept >= sizes.max) {
            report(
                format!(
                    "a rolling update cannot keep {kept} of at most {} instances in service",
                    sizes.max
                ),
                "less than the maximum capacity, so that an instance can be replaced",
            );
        }
        if let Some(size) = update
            .max_batch_size
            .filter(|size| !(1..=100).contains(size))
        {
            report(
                format!("a rolling update cannot replace {size} instances at the same time"),
                "1 to 100 instances",
            );
        }
        if let Some(pause) = update.pause.filter(|pause| *pause > Duration::hours(1)) {
            report(
                format!("a rolling update cannot pause for {pause}"),
                "at most 1 hour",
            );
        }
    }
}

impl RollingUpdate {
    fn render(self, sizes: Sizes) -> Map {
        let kept = self
            .min_in_service
            .unwrap_or_else(|| sizes.min.min(sizes.max.saturating_sub(1)));
        let mut update = Map::new();
        update.insert("MaxBatchSize", i64::from(self.max_batch_size.unwrap_or(1)));
        update.insert("MinInstancesInService", i64::from(kept));
        update.insert("SuspendProcesses", Data::list(SUSPENDED.map(Data::from)));
        if let Some(signals) = sizes.signals {
            if let Some(share) = signals.min_success {
                update.insert("MinSuccessfulInstancesPercent", i64::from(share));
            }
            update.insert("WaitOnResourceSignals", true);
        }
        let pause = self.pause.or(sizes.signals.map(|signals| signals.timeout));
        if let Some(pause) = pause {
            update.insert("PauseTime", iso(pause));
        }
        update
    }
}

/// Returns a duration in the notation of ISO 8601, such as `PT1H30M`.
fn iso(duration: Duration) -> String {
    let seconds = duration.as_seconds();
    let parts = [
        (seconds / 3_600, 'H'),
        (seconds / 60 % 60, 'M'),
        (seconds % 60, 'S'),
    ];
    let mut text = String::from("PT");
    for (number, unit) in parts.iter().filter(|(number, _)| *number > 0) {
        text.push_str(&number.to_string());
        text.push(*unit);
    }
    if text == "PT" {
        text.push_str("0S");
    }
    text
}
