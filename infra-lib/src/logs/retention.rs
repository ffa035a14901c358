//! Retention periods of log groups.

/// Retention of log events, one of the periods that CloudWatch Logs supports.
///
/// See
/// [`PutRetentionPolicy`](https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RetentionDays(Option<u16>);

macro_rules! lengths {
    ($($name:ident = $days:literal),* $(,)?) => {
        impl RetentionDays {
            $(#[doc = concat!("Retention period in days: ", stringify!($days), ".")] pub const $name: Self = Self(Some($days));)*
        }
    };
}
lengths! {
    ONE_DAY = 1,
    THREE_DAYS = 3,
    FIVE_DAYS = 5,
    ONE_WEEK = 7,
    TWO_WEEKS = 14,
    ONE_MONTH = 30,
    TWO_MONTHS = 60,
    THREE_MONTHS = 90,
    FOUR_MONTHS = 120,
    FIVE_MONTHS = 150,
    SIX_MONTHS = 180,
    ONE_YEAR = 365,
    THIRTEEN_MONTHS = 400,
    EIGHTEEN_MONTHS = 545,
    TWO_YEARS = 731,
    THREE_YEARS = 1096,
    FIVE_YEARS = 1827,
    SIX_YEARS = 2192,
    SEVEN_YEARS = 2557,
    EIGHT_YEARS = 2922,
    NINE_YEARS = 3288,
    TEN_YEARS = 3653,
}

impl RetentionDays {
    /// Unlimited retention, the default of CloudFormation. Storage is charged for ever.
    pub const INFINITE: Self = Self(None);

    /// Returns the number of days, or `None` for unlimited retention.
    pub const fn days(self) -> Option<u16> {
        self.0
    }
}
