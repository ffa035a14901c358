//! Amounts of storage and memory with their unit in the constructor.

use std::fmt;

/// An amount of data in whole mebibytes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Size(u64);

impl Size {
    /// So many mebibytes (2^20 bytes).
    pub const fn mib(mebibytes: u64) -> Self {
        Self(mebibytes)
    }

    /// So many gibibytes (2^30 bytes).
    pub const fn gib(gibibytes: u64) -> Self {
        Self(gibibytes * 1_024)
    }

    /// So many tebibytes (2^40 bytes).
    pub const fn tib(tebibytes: u64) -> Self {
        Self(tebibytes * 1_024 * 1_024)
    }

    /// The amount in mebibytes.
    pub const fn as_mib(self) -> u64 {
        self.0
    }

    /// The amount in whole gibibytes; `None` when it is not a multiple of one.
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
