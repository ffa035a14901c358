//! A duration type whose constructors name the unit.

use std::fmt;

/// A duration in whole seconds, as CloudFormation properties and TTLs use it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Duration(u64);

impl Duration {
    /// Creates a duration from seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Creates a duration from minutes.
    pub const fn minutes(minutes: u64) -> Self {
        Self(minutes * 60)
    }

    /// Creates a duration from hours.
    pub const fn hours(hours: u64) -> Self {
        Self(hours * 3_600)
    }

    /// Creates a duration from days of 24 hours.
    pub const fn days(days: u64) -> Self {
        Self(days * 86_400)
    }

    /// Returns the duration in seconds.
    pub const fn as_seconds(self) -> u64 {
        self.0
    }

    /// Returns the duration in minutes, or `None` if it is not a whole number of minutes.
    pub const fn as_minutes(self) -> Option<u64> {
        if self.0.is_multiple_of(60) {
            Some(self.0 / 60)
        } else {
            None
        }
    }

    /// Returns the duration in days, or `None` if it is not a whole number of days.
    pub const fn as_days(self) -> Option<u64> {
        if self.0.is_multiple_of(86_400) {
            Some(self.0 / 86_400)
        } else {
            None
        }
    }

    /// Returns the duration in seconds as `i64`, the integer type of template properties.
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
