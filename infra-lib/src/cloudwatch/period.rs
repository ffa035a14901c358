//! How long the pieces are into which a metric is cut.

use std::num::NonZero;

/// A length over which CloudWatch sums up a metric: 10, 20 or 30 seconds, or whole minutes.
///
/// Nothing else can be written, so an alarm with a period of 45 seconds, which CloudWatch refuses, cannot be made:
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

const fn seconds(count: u32) -> Period {
    match NonZero::new(count) {
        Some(count) => Period(count),
        None => Period(NonZero::<u32>::MIN),
    }
}

impl Period {
    /// 10 seconds; only for metrics that are published with high resolution.
    pub const TEN_SECONDS: Self = seconds(10);
    /// 20 seconds; only for metrics that are published with high resolution.
    pub const TWENTY_SECONDS: Self = seconds(20);
    /// 30 seconds; only for metrics that are published with high resolution.
    pub const THIRTY_SECONDS: Self = seconds(30);
    /// One minute: the finest that metrics of AWS services have.
    pub const ONE_MINUTE: Self = Self::minutes(1);
    /// Five minutes.
    pub const FIVE_MINUTES: Self = Self::minutes(5);
    /// One hour.
    pub const ONE_HOUR: Self = Self::minutes(60);
    /// One day: the longest that an alarm takes.
    pub const ONE_DAY: Self = Self::minutes(24 * 60);

    /// So many minutes; none counts as one.
    pub const fn minutes(minutes: u16) -> Self {
        let minutes = if minutes == 0 { 1 } else { minutes };
        seconds(minutes as u32 * 60)
    }

    /// The length in seconds.
    pub const fn as_seconds(self) -> u32 {
        self.0.get()
    }
}
