//! Rules of backup plans.

use std::collections::BTreeMap;

use super::VaultLock;
use super::lock::whole_days;
use crate::cfn::backup::backup_plan::{
    BackupRuleResourceType, CopyActionResourceType, LifecycleResourceType,
};
use crate::construct::With;
use crate::schedule_expression;
use crate::{Arn, Diagnostic, Duration, IntoValue, Name, Scope, Value, codes, kind};

/// A rule of a [`BackupPlan`](super::BackupPlan): time, retention and copies of backups.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::backup::BackupRule;
///
/// let nightly = BackupRule::daily().delete_after(Duration::days(14));
/// let restorable_to_any_second = BackupRule::cron("Continuous", "0 3 * * ? *")
///     .continuous()
///     .delete_after(Duration::days(35));
/// ```
///
/// See [backup rules](https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html).
#[derive(Clone, Debug)]
pub struct BackupRule {
    name: String,
    fields: String,
    time_zone: Option<String>,
    delete_after: Option<Duration>,
    cold_after: Option<Duration>,
    start_window: Option<Duration>,
    completion_window: Option<Duration>,
    continuous: bool,
    copies: Vec<(Value<Arn<kind::backup::BackupVault>>, Option<Duration>)>,
    tags: BTreeMap<String, String>,
}

impl BackupRule {
    /// Creates a rule whose backups are kept until they are deleted. `fields` are the six of a cron expression: minutes,
    /// hours, day of month, month, day of week, year; either day of month or day of week is `?` (`INF4863`).
    pub fn cron(name: impl Into<String>, fields: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            fields: fields.into(),
            time_zone: None,
            delete_after: None,
            cold_after: None,
            start_window: None,
            completion_window: None,
            continuous: false,
            copies: Vec::new(),
            tags: BTreeMap::new(),
        }
    }

    /// Creates the rule `Daily`: at 05:00 UTC, kept for 35 days.
    pub fn daily() -> Self {
        Self::cron("Daily", "0 5 * * ? *").delete_after(Duration::days(35))
    }

    /// Creates the rule `Weekly`: on Saturday at 05:00 UTC, kept for three months.
    pub fn weekly() -> Self {
        Self::cron("Weekly", "0 5 ? * SAT *").delete_after(Duration::days(90))
    }

    /// Creates the rule `Monthly1Year`: on the first day of a month at 05:00 UTC, kept for one year, after a month in cold
    /// storage.
    pub fn monthly_for_1_year() -> Self {
        Self::cron("Monthly1Year", "0 5 1 * ? *")
            .move_to_cold_storage_after(Duration::days(30))
            .delete_after(Duration::days(365))
    }

    /// Creates the rule `Monthly5Year`: on the first day of a month at 05:00 UTC, kept for five years, after three months
    /// in cold storage.
    pub fn monthly_for_5_years() -> Self {
        Self::cron("Monthly5Year", "0 5 1 * ? *")
            .move_to_cold_storage_after(Duration::days(90))
            .delete_after(Duration::days(5 * 365))
    }

    /// Creates the rule `Monthly7Year`: on the first day of a month at 05:00 UTC, kept for seven years, after three months
    /// in cold storage.
    pub fn monthly_for_7_years() -> Self {
        Self::cron("Monthly7Year", "0 5 1 * ? *")
            .move_to_cold_storage_after(Duration::days(90))
            .delete_after(Duration::days(7 * 365))
    }

    /// Sets the time zone of the schedule, such as `Europe/Berlin`. Default: UTC.
    pub fn time_zone(mut self, zone: impl Into<String>) -> Self {
        self.time_zone = Some(zone.into());
        self
    }

    /// Sets the time for which backups are kept: whole days, and at least 90 days in cold storage (`INF4061` otherwise).
    pub fn delete_after(mut self, retention: Duration) -> Self {
        self.delete_after = Some(retention);
        self
    }

    /// Sets the time after which backups move to cold storage, if their service supports it. Default: never.
    pub fn move_to_cold_storage_after(mut self, age: Duration) -> Self {
        self.cold_after = Some(age);
        self
    }

    /// Sets the time within which a backup must start: whole minutes, at least 60. Default: 8 hours.
    pub fn start_window(mut self, window: Duration) -> Self {
        self.start_window = Some(window);
        self
    }

    /// Sets the time within which a backup must be complete: whole minutes, at least 60 more than the start window.
    /// Default: 7 days.
    pub fn completion_window(mut self, window: Duration) -> Self {
        self.completion_window = Some(window);
        self
    }

    /// Backs up changes continuously, for restores to any second of the retention of 1 to 35 days, which is then required.
    /// Services that do not support it get snapshots. Default: snapshots at the time of the schedule.
    ///
    /// See [point-in-time
    /// recovery](https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html).
    pub fn continuous(mut self) -> Self {
        self.continuous = true;
        self
    }

    /// Copies each backup to another vault, of this or another region or account, where it is kept for a time; `None` keeps
    /// it until it is deleted.
    pub fn copy_to(
        mut self,
        vault_arn: impl IntoValue<Arn<kind::backup::BackupVault>>,
        retention: Option<Duration>,
    ) -> Self {
        self.copies.push((vault_arn.into_value(), retention));
        self
    }

    /// Adds a tag to each backup.
    pub fn recovery_point_tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }

    pub(super) fn check_rule(&self, scope: Scope<'_>, lock: Option<VaultLock>) {
        if let Err(problem) = schedule_expression::check_cron(&self.fields) {
            schedule_expression::report(scope, &format!("cron({})", self.fields), problem);
        }
        let report = |property: &str, actual: String, expected: &str| {
            scope.report(
                Diagnostic::new(
                    codes::BACKUP_RULE,
                    format!("AWS Backup rejects the rule `{}`", self.name),
                )
                .property(property)
                .actual(actual)
                .expected(expected)
                .url("https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"),
            );
        };
        self.check_lifecycle(&report);
        let minutes = |window: Duration| window.as_minutes().unwrap_or_default();
        let start = self.start_window.map_or(8 * 60, minutes);
        if let Some(window) = self.start_window.filter(|_| start < 60) {
            let expected = "whole minutes, at least 60";
            report("StartWindowMinutes", window.to_string(), expected);
        } else if let Some(window) = self
            .completion_window
            .filter(|window| minutes(*window) < start + 60)
        {
            let expected = "whole minutes, at least 60 more than the start window";
            report("CompletionWindowMinutes", window.to_string(), expected);
        }
        if let Some(lock) = lock.filter(|lock| !lock.accepts(self.delete_after)) {
            let kept = self
                .delete_after
                .map_or("for ever".to_owned(), |time| time.to_string());
            scope.report(
                Diagnostic::new(
                    codes::RETENTION_OUTSIDE_LOCK,
                    format!("the lock of the vault refuses the backups of the rule `{}`", self.name),
                )
                .property("Lifecycle/DeleteAfterDays")
                .actual(kept)
                .expected(lock.limits())
                .help("change `delete_after` of the rule, or the limits of the lock while it can be changed")
                .url("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"),
            );
        }
    }

    fn check_lifecycle(&self, report: &impl Fn(&str, String, &str)) {
        const DELETE: &str = "Lifecycle/DeleteAfterDays";
        let ages = [
            (DELETE, self.delete_after),
            ("Lifecycle/MoveToColdStorageAfterDays", self.cold_after),
        ];
        let is_valid = |age: Duration| whole_days(age).is_some_and(|days| days >= 1);
        for (property, age) in ages {
            if let Some(age) = age.filter(|age| !is_valid(*age)) {
                report(property, age.to_string(), "whole days, at least one");
                return;
            }
        }
        if self.continuous {
            let days = self.delete_after.and_then(whole_days);
            if days.is_none_or(|days| days > 35) {
                let actual = self
                    .delete_after
                    .map_or("none".to_owned(), |age| age.to_string());
                report(DELETE, actual, "1 to 35 days for continuous backups");
            } else if let Some(cold) = self.cold_after {
                let expected = "no cold storage for continuous backups";
                report(
                    "Lifecycle/MoveToColdStorageAfterDays",
                    cold.to_string(),
                    expected,
                );
            }
        } else if let (Some(delete), Some(cold)) = (self.delete_after, self.cold_after)
            && delete < plus_90_days(cold)
        {
            let expected = format!("at least {}: 90 days in cold storage", plus_90_days(cold));
            report(DELETE, delete.to_string(), &expected);
        }
    }

    pub(super) fn render(
        self,
        vault: Value<Name<kind::backup::BackupVault>>,
    ) -> BackupRuleResourceType {
        let lifecycle = lifecycle(self.delete_after, self.cold_after);
        let copies: Vec<CopyActionResourceType> = self
            .copies
            .into_iter()
            .map(|(vault, retention)| {
                CopyActionResourceType::new(vault).with(
                    self::lifecycle(retention, None),
                    CopyActionResourceType::lifecycle,
                )
            })
            .collect();
        let tags = self.tags;
        let minutes = |window: Duration| window.to_seconds_i64() / 60;
        BackupRuleResourceType::new(self.name, vault)
            .schedule_expression(format!("cron({})", self.fields))
            .with(self.time_zone, |rule, zone| {
                rule.schedule_expression_timezone(zone)
            })
            .with(lifecycle, BackupRuleResourceType::lifecycle)
            .with(self.start_window.map(minutes), |rule, minutes| {
                rule.start_window_minutes(minutes)
            })
            .with(self.completion_window.map(minutes), |rule, minutes| {
                rule.completion_window_minutes(minutes)
            })
            .with(self.continuous.then_some(true), |rule, continuous| {
                rule.enable_continuous_backup(continuous)
            })
            .with((!copies.is_empty()).then_some(copies), |rule, copies| {
                rule.copy_actions(copies)
            })
            .with((!tags.is_empty()).then_some(tags), |rule, tags| {
                rule.recovery_point_tags(tags)
            })
    }
}

/// Returns the earliest retention of backups that move to cold storage at an age.
fn plus_90_days(age: Duration) -> Duration {
    Duration::seconds(age.as_seconds() + 90 * 86_400)
}

fn lifecycle(
    delete_after: Option<Duration>,
    cold_after: Option<Duration>,
) -> Option<LifecycleResourceType> {
    if delete_after.is_none() && cold_after.is_none() {
        return None;
    }
    let days = |age: Duration| whole_days(age).unwrap_or_default();
    Some(
        LifecycleResourceType::new()
            .with(delete_after.map(days), |lifecycle, days| {
                lifecycle.delete_after_days(days)
            })
            .with(cold_after.map(days), |lifecycle, days| {
                lifecycle.move_to_cold_storage_after_days(days)
            }),
    )
}
