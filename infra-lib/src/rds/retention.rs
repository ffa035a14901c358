//! Retention of automatic backups.

use std::fmt;

/// Retention of automatic backups, 1 to 35 days. Disabling backups is not supported.
///
/// [`backup_days!`](crate::backup_days) checks literals at compile time; [`BackupRetention::parse`] checks numbers
/// from outside the program.
///
/// ```
/// use infra_lib::{backup_days, rds::BackupRetention};
///
/// assert_eq!(backup_days!(14).as_days(), 14);
/// assert!(BackupRetention::parse(99).is_err());
/// ```
///
/// ```compile_fail
/// let wrong = infra_lib::backup_days!(99);
/// ```
///
/// See [backup
/// retention](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BackupRetention(u8);

/// Error for a number of days outside 1 to 35.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BackupRetentionError(pub u32);

impl fmt::Display for BackupRetentionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RDS keeps backups for 1 to 35 days, not {}", self.0)
    }
}

impl std::error::Error for BackupRetentionError {}

impl BackupRetention {
    /// Checks a number of days from outside the program.
    pub const fn parse(days: u32) -> Result<Self, BackupRetentionError> {
        match days {
            #[expect(clippy::cast_possible_truncation, reason = "at most 35")]
            1..=35 => Ok(Self(days as u8)),
            _ => Err(BackupRetentionError(days)),
        }
    }

    /// Creates a retention from a literal; implementation of [`backup_days!`](crate::backup_days).
    ///
    /// # Panics
    ///
    /// Panics if the number is not 1 to 35; in a constant this is a compile error.
    pub const fn literal(days: u32) -> Self {
        match Self::parse(days) {
            Ok(retention) => retention,
            Err(_) => panic!("RDS keeps backups for 1 to 35 days"),
        }
    }

    /// Returns the number of days.
    pub const fn as_days(self) -> u8 {
        self.0
    }
}

/// Creates a [backup retention](crate::rds::BackupRetention) from a literal that the compiler checks.
///
/// ```
/// let retention = infra_lib::backup_days!(7);
/// ```
#[macro_export]
macro_rules! backup_days {
    ($days:expr) => {{
        const RETENTION: $crate::rds::BackupRetention =
            $crate::rds::BackupRetention::literal($days);
        RETENTION
    }};
}
