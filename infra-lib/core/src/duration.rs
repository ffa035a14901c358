//! Lengths of time with their unit in the constructor.

use std::fmt;

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Duration(u64);

impl Duration {
    /// So many seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// So many minutes.
    pub const fn minutes(minutes: u64) -> Self {
        Self(minutes * 60)
    }

    /// So many hours.
    pub const fn hours(hours: u64) -> Self {
        Self(hours * 3_600)
    }

    /// So many days of 24 hours.
    pub const fn days(days: u64) -> Self {
        Self(days * 86_400)
    }

    /// The length in seconds.
    pub const fn as_seconds(self) -> u64 {
        self.0
    }

    /// The length in whole minutes; `None` when it is not a multiple of one.
    pub const fn as_minutes(self) -> Option<u64> {
        if self.0.is_multiple_of(60) {
            Some(self.0 / 60)
        } else {
            None
        }
    }

    /// The length in whole days; `None` when it is not a multiple of one.
    pub const fn as_days(self) -> Option<u64> {
        if self.0.is_multiple_of(86_400) {
            Some(self.0 / 86_400)
        } else {
            None
        }
    }

    /// The length in seconds as a template number.
    pub const fn to_seconds_i64(self) -> i64 {
        self.0.cast_signed()
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self.0 {
            0 => (0, "second"),
            s if s % 86_400 == 0 => (s / 86_400, "day"),
            s if s % 3_600 == 0 => (s / 3_600, "hour"),
            s if s % 60 == 0 => (s / 60, "minute"),
            s => (s, "second"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}
