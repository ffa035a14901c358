//! Configures the retention of logs.

use infra_lib::logs::RetentionDays;
use schemars::JsonSchema;
use serde::Deserialize;

/// The retention of log groups in CloudWatch Logs, after which log events are deleted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum LogRetention {
    /// Retention of 1 day.
    OneDay,
    /// Retention of 7 days.
    OneWeek,
    /// Retention of 30 days.
    OneMonth,
    /// Retention of 90 days.
    ThreeMonths,
    /// Retention of 365 days.
    OneYear,
}

impl From<LogRetention> for RetentionDays {
    fn from(retention: LogRetention) -> Self {
        match retention {
            LogRetention::OneDay => Self::ONE_DAY,
            LogRetention::OneWeek => Self::ONE_WEEK,
            LogRetention::OneMonth => Self::ONE_MONTH,
            LogRetention::ThreeMonths => Self::THREE_MONTHS,
            LogRetention::OneYear => Self::ONE_YEAR,
        }
    }
}
