//! Alarms of patterns, which exist only where an action was given.

use std::rc::Rc;

use crate::cloudwatch::{
    Alarm, AlarmAction, Comparison, Measure, Metric, MetricSource, Period, TreatMissingData,
};
use crate::core::{Duration, Scope};
use crate::sqs::{Queue, QueueRef};

/// Actions that the builder of a pattern collects.
pub(super) type Actions<'app> = Vec<Rc<dyn AlarmAction + 'app>>;

/// An alarm on values above a threshold, minute by minute; a minute without data is good.
pub(super) struct Watch {
    pub(super) id: &'static str,
    /// The problem, and where to look for its cause.
    pub(super) description: &'static str,
    pub(super) measure: Measure,
    pub(super) threshold: f64,
    /// Number of consecutive minutes above the threshold.
    pub(super) minutes: u16,
}

impl Watch {
    /// Creates an alarm on a metric over one minute.
    pub(super) fn above(
        id: &'static str,
        metric: Metric,
        threshold: f64,
        minutes: u16,
        description: &'static str,
    ) -> Self {
        Self {
            id,
            description,
            measure: metric.period(Period::ONE_MINUTE).into(),
            threshold,
            minutes,
        }
    }

    /// Creates an alarm on messages in a dead-letter queue.
    pub(super) fn dead_letters(queue: Queue<'_>, description: &'static str) -> Self {
        let waiting = queue.metric_approximate_number_of_messages_visible();
        Self::above("DeadLetters", waiting, 0.0, 1, description)
    }

    /// Creates an alarm on messages that wait for long.
    pub(super) fn oldest_message(
        queue: &QueueRef<'_>,
        age: Duration,
        description: &'static str,
    ) -> Self {
        let oldest = queue.metric_named("ApproximateAgeOfOldestMessage");
        Self::older("OldestMessage", oldest, age, description)
    }

    /// Creates an alarm on an age in seconds.
    pub(super) fn older(
        id: &'static str,
        metric: Metric,
        age: Duration,
        description: &'static str,
    ) -> Self {
        // Ages are at most 14 days, far below 2^53 seconds.
        #[expect(clippy::cast_precision_loss, reason = "retention is at most 14 days")]
        let seconds = age.as_seconds() as f64;
        Self::above(id, metric, seconds, 3, description)
    }

    /// Adds the alarm, with the actions for `ALARM` and for the return to `OK`; nothing without an action.
    #[track_caller]
    pub(super) fn add<'app>(
        self,
        scope: Scope<'app>,
        actions: &Actions<'app>,
    ) -> Option<Alarm<'app>> {
        if actions.is_empty() {
            return None;
        }
        let alarm = Alarm::builder()
            .metric(self.measure)
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(self.threshold)
            .evaluation_periods(self.minutes)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .description(self.description)
            .build(scope, self.id);
        for action in actions {
            alarm.add_action(&**action);
            alarm.add_ok_action(&**action);
        }
        Some(alarm)
    }
}

/// Adds `alarm_action` to the builder of a pattern.
macro_rules! alarm_actions {
    ($builder:ident, $state:ident) => {
        impl<'app, S: $state::State> $builder<'app, S> {
            /// Adds an action, such as a topic, to every alarm of the pattern: it is invoked when an alarm goes off, and
            /// when it returns to `OK`. Default: none, and then there are no alarms.
            pub fn alarm_action(mut self, action: &(impl AlarmAction + Clone + 'app)) -> Self {
                self.alarm_actions.push(std::rc::Rc::new(action.clone()));
                self
            }
        }
    };
}
pub(super) use alarm_actions;
