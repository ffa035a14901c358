//! Schedules for changes of capacity bounds.

use crate::core::Duration;

/// A schedule: a cron expression, a rate or a single time.
///
/// See [schedule
/// expressions](https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html).
///
/// ```
/// use infra_lib::applicationautoscaling::Schedule;
///
/// let weekday_mornings = Schedule::cron("0 7 ? * MON-FRI *").time_zone("Europe/Berlin");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Schedule {
    expression: String,
    zone: Option<String>,
}

impl Schedule {
    const fn new(expression: String) -> Self {
        Self {
            expression,
            zone: None,
        }
    }

    /// Creates a schedule from the fields of a cron expression: minutes, hours, day of month, month, day of week,
    /// year.
    pub fn cron(fields: &str) -> Self {
        Self::new(format!("cron({fields})"))
    }

    /// Creates a schedule that repeats after the given time.
    pub fn rate(every: Duration) -> Self {
        let text = every.to_string();
        Self::new(format!("rate({text})"))
    }

    /// Creates a schedule for a single time, `yyyy-mm-ddThh:mm:ss`.
    pub fn at(time: &str) -> Self {
        Self::new(format!("at({time})"))
    }

    /// Sets the time zone of a cron expression or a single time, such as `Europe/Berlin`. Default: UTC.
    pub fn time_zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = Some(zone.into());
        self
    }

    pub(super) fn expression(&self) -> &str {
        &self.expression
    }

    pub(super) fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }
}
