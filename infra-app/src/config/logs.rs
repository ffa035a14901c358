//! For how long logs are kept.

use infra_lib::logs::RetentionDays;
use schemars::JsonSchema;
use serde::Deserialize;

/// For how long logs are kept.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum LogRetention {
    /// 1 day.
    OneDay,
    /// 7 days.
    OneWeek,
    /// 30 days.
    OneMonth,
    /// 90 days.
    ThreeMonths,
    /// 365 days.
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
