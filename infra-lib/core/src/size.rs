//! An amount of storage or memory whose constructors name the unit.

use std::fmt;

/// An amount of data in whole mebibytes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Size(u64);

impl Size {
    /// Creates a size from mebibytes (2^20 bytes).
    pub const fn mib(mebibytes: u64) -> Self {
        Self(mebibytes)
    }

    /// Creates a size from gibibytes (2^30 bytes).
    pub const fn gib(gibibytes: u64) -> Self {
        Self(gibibytes * 1_024)
    }

    /// Creates a size from tebibytes (2^40 bytes).
    pub const fn tib(tebibytes: u64) -> Self {
        Self(tebibytes * 1_024 * 1_024)
    }

    /// Returns the size in mebibytes.
    pub const fn as_mib(self) -> u64 {
        self.0
    }

    /// Returns the size in gibibytes, or `None` if it is not a whole number of gibibytes.
    pub const fn as_gib(self) -> Option<u64> {
        if self.0.is_multiple_of(1_024) {
            Some(self.0 / 1_024)
        } else {
            None
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_gib() {
            Some(gib) => write!(f, "{gib} GiB"),
            None => write!(f, "{} MiB", self.0),
        }
    }
}
