//! Periods: the lengths of time over which CloudWatch aggregates metrics.

use std::num::NonZero;

/// A period over which CloudWatch aggregates a metric: 10, 20 or 30 seconds, or whole minutes.
///
/// Other lengths have no constructor, so an alarm with a period of 45 seconds, which CloudWatch refuses, does not
/// compile:
///
/// ```compile_fail
/// # use infra_lib::cloudwatch::Period;
/// let period = Period::seconds(45);
/// ```
///
/// ```
/// # use infra_lib::cloudwatch::Period;
/// assert_eq!(Period::minutes(5).as_seconds(), 300);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Period(NonZero<u32>);

const fn from_seconds(count: u32) -> Period {
    match NonZero::new(count) {
        Some(count) => Period(count),
        None => Period(NonZero::<u32>::MIN),
    }
}

impl Period {
    /// 10 seconds, for high-resolution metrics only.
    pub const TEN_SECONDS: Self = from_seconds(10);
    /// 20 seconds, for high-resolution metrics only.
    pub const TWENTY_SECONDS: Self = from_seconds(20);
    /// 30 seconds, for high-resolution metrics only.
    pub const THIRTY_SECONDS: Self = from_seconds(30);
    /// One minute, the finest period of metrics that AWS services publish.
    pub const ONE_MINUTE: Self = Self::minutes(1);
    /// Five minutes, the default of metrics.
    pub const FIVE_MINUTES: Self = Self::minutes(5);
    /// One hour, 3,600 seconds.
    pub const ONE_HOUR: Self = Self::minutes(60);
    /// One day, the longest period of an alarm.
    pub const ONE_DAY: Self = Self::minutes(24 * 60);

    /// Returns a period of the given number of minutes; 0 is treated as 1.
    pub const fn minutes(minutes: u16) -> Self {
        let minutes = if minutes == 0 { 1 } else { minutes };
        from_seconds(minutes as u32 * 60)
    }

    /// Returns the length in seconds.
    pub const fn as_seconds(self) -> u32 {
        self.0.get()
    }
}
