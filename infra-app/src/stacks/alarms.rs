//! Alarms of the system, as a list: what is measured, against what, for how long.

use infra_lib::Stack;
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Period, TreatMissingData};
use infra_lib::sns::Topic;

/// An alarm that tells a topic when something begins and when it is over.
pub(super) struct Watch {
    pub(super) id: &'static str,
    /// What it means for the people who use the system, and where to look.
    pub(super) description: &'static str,
    pub(super) metric: Metric,
    pub(super) comparison: Comparison,
    pub(super) threshold: f64,
    /// How many minutes it must last.
    pub(super) minutes: u16,
    pub(super) missing: TreatMissingData,
}

impl Watch {
    /// Goes off above the threshold; silence is fine.
    pub(super) fn above(
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
            missing: TreatMissingData::NotBreaching,
        }
    }

    /// Goes off below the threshold; silence is alarming.
    pub(super) fn below(
        id: &'static str,
        metric: Metric,
        threshold: impl Into<f64>,
        description: &'static str,
    ) -> Self {
        Self {
            comparison: Comparison::LessThanThreshold,
            missing: TreatMissingData::Breaching,
            ..Self::above(id, metric, threshold, description)
        }
    }

    /// How long it must last; 5 minutes unless this is said.
    pub(super) fn lasting(self, minutes: u16) -> Self {
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
            .treat_missing_data(self.missing)
            .description(self.description)
            .build(stack, self.id);
        if let Some(topic) = topic {
            alarm.add_action(topic);
            alarm.add_ok_action(topic);
        }
        alarm
    }
}
