//! Locks of vaults.

use crate::cfn::backup::backup_vault::LockConfigurationType;
use crate::{Diagnostic, Duration, Scope, codes};

/// Lock of a vault: no backup is deleted before its time, and none kept for a time outside the limits.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::backup::VaultLock;
///
/// let removable = VaultLock::governance(Duration::days(7));
/// let for_good = VaultLock::compliance(Duration::days(7), Duration::days(30)).at_most(Duration::days(365));
/// ```
///
/// See [AWS Backup Vault Lock](https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct VaultLock {
    least: Duration,
    most: Option<Duration>,
    grace: Option<Duration>,
}

impl VaultLock {
    /// Creates a lock that identities with permission can remove. `least` is the shortest retention: whole days, at least
    /// one (`INF4060` otherwise).
    pub const fn governance(least: Duration) -> Self {
        Self {
            least,
            most: None,
            grace: None,
        }
    }

    /// Creates a lock that nobody can change or remove after a time for reflection of 3 days or more, neither the root
    /// user nor AWS. The vault and its backups then cost until the last backup has expired.
    pub const fn compliance(least: Duration, changeable_for: Duration) -> Self {
        Self {
            least,
            most: None,
            grace: Some(changeable_for),
        }
    }

    /// Sets the longest retention: whole days, at most 36,500. Default: no limit, as in AWS Backup.
    pub const fn at_most(mut self, most: Duration) -> Self {
        self.most = Some(most);
        self
    }

    /// Returns true if backups may be kept for a time; `None` is for ever.
    pub(super) fn accepts(&self, retention: Option<Duration>) -> bool {
        match retention {
            Some(retention) => {
                self.least <= retention && self.most.is_none_or(|most| retention <= most)
            }
            None => self.most.is_none(),
        }
    }

    /// Returns the limits as text.
    pub(super) fn limits(&self) -> String {
        match self.most {
            Some(most) => format!("{} to {most}", self.least),
            None => format!("{} or more", self.least),
        }
    }

    pub(super) fn check_lock(&self, scope: Scope<'_>) {
        let report = |property: &str, actual: Duration, expected: &str| {
            scope.report(
                Diagnostic::new(
                    codes::VAULT_LOCK,
                    "AWS Backup rejects the lock of the vault",
                )
                .property(format!("LockConfiguration/{property}"))
                .actual(actual.to_string())
                .expected(expected)
                .url("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"),
            );
        };
        let in_range = |time: Duration, least: i64| {
            whole_days(time).is_some_and(|days| (least..=36_500).contains(&days))
        };
        if !in_range(self.least, 1) {
            report("MinRetentionDays", self.least, "1 to 36,500 whole days");
        }
        if let Some(most) = self.most
            && (!in_range(most, 1) || most < self.least)
        {
            let expected = "whole days, from the shortest retention to 36,500";
            report("MaxRetentionDays", most, expected);
        }
        if let Some(grace) = self.grace.filter(|grace| !in_range(*grace, 3)) {
            report("ChangeableForDays", grace, "3 to 36,500 whole days");
        }
    }

    pub(super) fn configuration(&self) -> LockConfigurationType {
        let days = |time: Duration| time.to_seconds_i64() / DAY;
        let mut lock = LockConfigurationType::new(days(self.least));
        if let Some(most) = self.most {
            lock = lock.max_retention_days(days(most));
        }
        if let Some(grace) = self.grace {
            lock = lock.changeable_for_days(days(grace));
        }
        lock
    }
}

const DAY: i64 = 86_400;

/// Returns the number of days, or `None` if there is a remainder.
pub(super) fn whole_days(time: Duration) -> Option<i64> {
    let seconds = time.to_seconds_i64();
    (seconds % DAY == 0).then_some(seconds / DAY)
}
