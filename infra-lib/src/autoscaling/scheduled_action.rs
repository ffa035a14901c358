//! Scheduled changes of the capacity of a group.

use infra_cfn::autoscaling::CfnScheduledActionProps;
use infra_cfn::kind;

use super::group_options::report_setting;
use crate::construct::With;
use crate::{Name, Scope, Value};

/// A change of the capacity at set times, for [`on_schedule`](super::AutoScalingGroup::on_schedule).
///
/// See [scheduled scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html).
///
/// ```
/// use infra_lib::autoscaling::ScheduledAction;
///
/// let morning = ScheduledAction::cron("0 7 * * MON-FRI").time_zone("Europe/Berlin").min_capacity(4);
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[must_use = "an action has no effect until it is added to a group"]
pub struct ScheduledAction {
    recurrence: Option<String>,
    start: Option<String>,
    end: Option<String>,
    time_zone: Option<String>,
    min: Option<u32>,
    max: Option<u32>,
    desired: Option<u32>,
}

impl ScheduledAction {
    const fn new(recurrence: Option<String>, start: Option<String>) -> Self {
        Self {
            recurrence,
            start,
            end: None,
            time_zone: None,
            min: None,
            max: None,
            desired: None,
        }
    }

    /// Creates an action that recurs, from the five fields of a cron expression: minute, hour, day of month, month, day of
    /// week. Another number of fields is reported (`INF4993`).
    pub fn cron(fields: impl Into<String>) -> Self {
        Self::new(Some(fields.into()), None)
    }

    /// Creates an action at a single time in UTC, `2030-12-24T18:00:00Z`.
    pub fn at(time: impl Into<String>) -> Self {
        Self::new(None, Some(time.into()))
    }

    /// Sets the first time of a recurring action in UTC. Default: the next one.
    pub fn starting(mut self, time: impl Into<String>) -> Self {
        self.start = Some(time.into());
        self
    }

    /// Sets the time in UTC after which a recurring action ends. Default: none.
    pub fn ending(mut self, time: impl Into<String>) -> Self {
        self.end = Some(time.into());
        self
    }

    /// Sets the time zone of the cron expression, such as `Europe/Berlin`. Default: UTC.
    pub fn time_zone(mut self, zone: impl Into<String>) -> Self {
        self.time_zone = Some(zone.into());
        self
    }

    /// Sets the minimum capacity from then on. One of the three capacities is needed (`INF4993`).
    pub const fn min_capacity(mut self, capacity: u32) -> Self {
        self.min = Some(capacity);
        self
    }

    /// Sets the maximum capacity from then on.
    pub const fn max_capacity(mut self, capacity: u32) -> Self {
        self.max = Some(capacity);
        self
    }

    /// Sets the number of instances at that time.
    pub const fn desired_capacity(mut self, capacity: u32) -> Self {
        self.desired = Some(capacity);
        self
    }

    fn check(&self, scope: Scope<'_>) {
        let fields = self.recurrence.as_deref();
        if let Some(fields) = fields.filter(|text| text.split_ascii_whitespace().count() != 5) {
            let expected = "five fields: minute, hour, day of month, month, day of week";
            report_setting(scope, "Recurrence", "the schedule", fields, expected);
        }
        if self.min.or(self.max).or(self.desired).is_none() {
            let expected = "a minimum, maximum or desired capacity";
            report_setting(
                scope,
                "MinSize",
                "a scheduled action",
                "no capacity",
                expected,
            );
        }
    }

    #[track_caller]
    pub(super) fn add_to(
        self,
        scope: Scope<'_>,
        id: &str,
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        let id = format!("ScheduledAction{id}");
        let scope = scope.library_construct(&id, "infra-lib.autoscaling.ScheduledAction");
        self.check(scope);
        CfnScheduledActionProps::new(group)
            .with(self.recurrence, CfnScheduledActionProps::recurrence)
            .with(self.start, CfnScheduledActionProps::start_time)
            .with(self.end, CfnScheduledActionProps::end_time)
            .with(self.time_zone, CfnScheduledActionProps::time_zone)
            .with(self.min.map(i64::from), CfnScheduledActionProps::min_size)
            .with(self.max.map(i64::from), CfnScheduledActionProps::max_size)
            .with(
                self.desired.map(i64::from),
                CfnScheduledActionProps::desired_capacity,
            )
            .build(scope, "Resource");
    }
}
