//! Defines the alarms of the system as a list of metrics, thresholds and durations.

use infra_lib::Stack;
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Period, TreatMissingData};
use infra_lib::sns::Topic;

/// An alarm that notifies a topic when it enters and leaves the state ALARM.
pub(super) struct MetricAlarm {
    pub(super) id: &'static str,
    /// Effect on users, and the place to look for the cause.
    pub(super) description: &'static str,
    pub(super) metric: Metric,
    pub(super) comparison: Comparison,
    pub(super) threshold: f64,
    /// Number of consecutive minutes that must breach the threshold.
    pub(super) minutes: u16,
    pub(super) missing_data: TreatMissingData,
}

impl MetricAlarm {
    /// Creates an alarm for values above the threshold; missing data is not breaching.
    pub(super) fn for_values_above(
        id: &'static str,
        metric: Metric,
        threshold: impl Into<f64>,
        description: &'static str,
    ) -> Self {
        Self {
            id,
            description,
            metric,
            comparison: Comparison::GreaterThanThreshold,
            threshold: threshold.into(),
            minutes: 5,
            missing_data: TreatMissingData::NotBreaching,
        }
    }

    /// Creates an alarm for values below the threshold; missing data is breaching.
    pub(super) fn for_values_below(
        id: &'static str,
        metric: Metric,
        threshold: impl Into<f64>,
        description: &'static str,
    ) -> Self {
        Self {
            comparison: Comparison::LessThanThreshold,
            missing_data: TreatMissingData::Breaching,
            ..Self::for_values_above(id, metric, threshold, description)
        }
    }

    /// Sets the number of minutes that must breach the threshold. Default: 5.
    pub(super) fn with_minutes(self, minutes: u16) -> Self {
        Self { minutes, ..self }
    }

    pub(super) fn build<'app>(
        self,
        stack: Stack<'app>,
        topic: Option<&Topic<'app>>,
    ) -> Alarm<'app> {
        let alarm = Alarm::builder()
            .metric(self.metric.period(Period::minutes(1)))
            .comparison(self.comparison)
            .threshold(self.threshold)
            .evaluation_periods(self.minutes)
            .treat_missing_data(self.missing_data)
            .description(self.description)
            .build(stack, self.id);
        if let Some(topic) = topic {
            alarm.add_action(topic);
            alarm.add_ok_action(topic);
        }
        alarm
    }
}
