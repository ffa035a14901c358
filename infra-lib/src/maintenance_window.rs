//! Backup and maintenance windows of databases and caches.

use std::fmt;

use crate::core::Code;
use crate::{Diagnostic, Duration, Scope, codes};

const MINUTES_OF_DAY: u32 = 24 * 60;
const MINUTES_OF_WEEK: u32 = 7 * MINUTES_OF_DAY;

/// A time of day in UTC.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// Creates a time from hour 0 to 23 and minute 0 to 59. Other numbers are reported where the time is used
    /// (`INF4403`, `INF4019` for a cache).
    pub const fn utc(hour: u8, minute: u8) -> Self {
        Self { hour, minute }
    }

    pub(crate) const fn is_real(self) -> bool {
        self.hour < 24 && self.minute < 60
    }

    const fn minutes_of_day(self) -> u32 {
        self.hour as u32 * 60 + self.minute as u32
    }
}

impl fmt::Display for TimeOfDay {
    /// Formats the time with hours and minutes: `01:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format_clock(self.minutes_of_day()))
    }
}

/// A day of the week for maintenance.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(missing_docs, reason = "the days of the week")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const NAMES: [&'static str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
}

/// Daily window for backups of a database, or snapshots of a cache.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BackupWindow {
    start: TimeOfDay,
    length: Duration,
}

impl BackupWindow {
    /// Creates a window from `start` on for `length`: at least 30 minutes (caches: 60), in whole minutes, less than a day.
    pub const fn daily(start: TimeOfDay, length: Duration) -> Self {
        Self { start, length }
    }
}

impl fmt::Display for BackupWindow {
    /// Formats the window in AWS's notation: `01:00-02:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = (self.start.minutes_of_day() + whole_minutes(self.length)) % MINUTES_OF_DAY;
        write!(
            f,
            "{}-{}",
            format_clock(self.start.minutes_of_day()),
            format_clock(end)
        )
    }
}

/// Weekly window in which AWS may modify a database or a cache, or its software.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MaintenanceWindow {
    day: Weekday,
    start: TimeOfDay,
    length: Duration,
}

impl MaintenanceWindow {
    /// Creates a window from `start` on `day` for `length`: at least 30 minutes (caches: 60), in whole minutes, at most a
    /// day.
    pub const fn weekly(day: Weekday, start: TimeOfDay, length: Duration) -> Self {
        Self { day, start, length }
    }

    const fn start_of_week(self) -> u32 {
        self.day as u32 * MINUTES_OF_DAY + self.start.minutes_of_day()
    }
}

impl MaintenanceWindow {
    /// Reports a window that the service rejects, and returns true for another one.
    pub(crate) fn check_window(self, scope: Scope<'_>, owner: &WindowOwner) -> bool {
        owner.check_window(
            scope,
            "PreferredMaintenanceWindow",
            (self.start, self.length),
            MINUTES_OF_DAY,
        )
    }
}

impl fmt::Display for MaintenanceWindow {
    /// Formats the window in AWS's notation: `sun:03:00-sun:04:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |minute: u32| {
            let day = Weekday::NAMES[(minute / MINUTES_OF_DAY) as usize % 7];
            format!("{day}:{}", format_clock(minute % MINUTES_OF_DAY))
        };
        let end = (self.start_of_week() + whole_minutes(self.length)) % MINUTES_OF_WEEK;
        write!(f, "{}-{}", at(self.start_of_week()), at(end))
    }
}

/// Service that has windows, with its limits and its words.
pub(crate) struct WindowOwner {
    service: &'static str,
    noun: &'static str,
    backup: &'static str,
    backup_property: &'static str,
    /// Minutes of the shortest window.
    shortest: u64,
    rejected: Code,
    overlapping: Code,
}

impl WindowOwner {
    fn check_window(
        &self,
        scope: Scope<'_>,
        property: &str,
        (start, length): (TimeOfDay, Duration),
        longest: u32,
    ) -> bool {
        let whole = length
            .as_minutes()
            .is_some_and(|minutes| (self.shortest..=u64::from(longest)).contains(&minutes));
        let real = start.is_real() && whole;
        if !real {
            scope.report(
                Diagnostic::new(
                    self.rejected,
                    format!(
                        "{} rejects a {} or maintenance window of the {}",
                        self.service, self.backup, self.noun
                    ),
                )
                .property(property)
                .actual(format!("{length}, starting at {start}"))
                .expected(format!(
                    "{} minutes to one day, in whole minutes, starting between 00:00 and 23:59",
                    self.shortest
                )),
            );
        }
        real
    }
}

#[cfg(feature = "rds")]
pub(crate) const DATABASE: WindowOwner = WindowOwner {
    service: "RDS",
    noun: "database",
    backup: "backup",
    backup_property: "PreferredBackupWindow",
    shortest: 30,
    rejected: codes::DATABASE_WINDOW,
    overlapping: codes::DATABASE_WINDOWS_OVERLAP,
};

#[cfg(feature = "elasticache")]
pub(crate) const CACHE: WindowOwner = WindowOwner {
    service: "ElastiCache",
    noun: "cache",
    backup: "snapshot",
    backup_property: "SnapshotWindow",
    shortest: 60,
    rejected: codes::CACHE_WINDOW,
    overlapping: codes::CACHE_WINDOW,
};

/// The backup and maintenance windows of a database or a cache. They are set together, because AWS refuses windows that
/// overlap (`INF4404`, `INF4019` for a cache), and would choose a missing one at random.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::rds::{BackupWindow, MaintenanceWindow, TimeOfDay, Weekday, Windows};
///
/// let windows = Windows::new(
///     BackupWindow::daily(TimeOfDay::utc(1, 0), Duration::hours(1)),
///     MaintenanceWindow::weekly(Weekday::Sunday, TimeOfDay::utc(2, 30), Duration::hours(1)),
/// );
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Windows {
    pub(crate) backup: BackupWindow,
    pub(crate) maintenance: MaintenanceWindow,
}

impl Windows {
    /// Creates a pair of a backup window and a maintenance window.
    pub const fn new(backup: BackupWindow, maintenance: MaintenanceWindow) -> Self {
        Self {
            backup,
            maintenance,
        }
    }

    pub(crate) fn check_windows(&self, scope: Scope<'_>, owner: &WindowOwner) {
        let (backup, maintenance) = (self.backup, self.maintenance);
        let real = owner.check_window(
            scope,
            owner.backup_property,
            (backup.start, backup.length),
            MINUTES_OF_DAY - 1,
        );
        let real = maintenance.check_window(scope, owner) && real;
        if real && self.has_overlap() {
            scope.report(
                Diagnostic::new(
                    owner.overlapping,
                    format!(
                        "the {} and maintenance windows of the {} overlap",
                        owner.backup, owner.noun
                    ),
                )
                .property("PreferredMaintenanceWindow")
                .note(format!("{} window: {backup}", owner.backup))
                .note(format!("maintenance window: {maintenance}"))
                .help(format!(
                    "start the maintenance window after the end of the {} window",
                    owner.backup
                )),
            );
        }
    }

    fn has_overlap(&self) -> bool {
        let (start, length) = (
            self.maintenance.start_of_week(),
            whole_minutes(self.maintenance.length),
        );
        let backup_length = whole_minutes(self.backup.length);
        // Eight days, so that a backup window across the end of the week is compared on both sides.
        (0..9).any(|day| {
            let backup_start = day * MINUTES_OF_DAY + self.backup.start.minutes_of_day();
            let start = start + MINUTES_OF_DAY;
            backup_start < start + length && start < backup_start + backup_length
        })
    }
}

impl Default for Windows {
    /// Returns backups from 01:00 to 02:00, and maintenance on Sunday from 02:30 to 03:30, UTC.
    fn default() -> Self {
        let hour = Duration::hours(1);
        Self {
            backup: BackupWindow::daily(TimeOfDay::utc(1, 0), hour),
            maintenance: MaintenanceWindow::weekly(Weekday::Sunday, TimeOfDay::utc(2, 30), hour),
        }
    }
}

fn whole_minutes(length: Duration) -> u32 {
    u32::try_from(length.as_seconds() / 60)
        .unwrap_or(MINUTES_OF_DAY)
        .min(MINUTES_OF_DAY)
}

fn format_clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
