//! For how long automatic backups are kept.

use std::fmt;

/// For how many days automatic backups are kept, 1 to 35. To keep none cannot be said.
///
/// Numbers in the program are checked by the compiler with [`backup_days!`](crate::backup_days); numbers from outside
/// with [`BackupRetention::parse`].
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
/// See [backup retention](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BackupRetention(u8);

/// A number of days for which RDS does not keep backups.
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

    /// A number of days checked by the compiler; the function behind [`backup_days!`](crate::backup_days).
    ///
    /// # Panics
    ///
    /// When it is not 1 to 35; in a constant that is a compile error.
    pub const fn literal(days: u32) -> Self {
        match Self::parse(days) {
            Ok(retention) => retention,
            Err(_) => panic!("RDS keeps backups for 1 to 35 days"),
        }
    }

    /// The number of days.
    pub const fn as_days(self) -> u8 {
        self.0
    }
}

/// For how many days backups are kept, checked by the compiler.
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
