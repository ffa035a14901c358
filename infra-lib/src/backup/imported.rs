//! Vaults and plans that exist already.

use super::vault::{LIST, START};
use super::{BackupPlan, BackupVault};
use crate::iam::{Grant, Identity};
use crate::import::arn_after;
use crate::{Arn, Construct, Id, IntoValue, Name, kind, pseudo, sub};

crate::import! {
    /// An existing vault, from [`BackupVault::from_name`] or [`BackupVault::from_arn`].
    ///
    /// ```
    /// use infra_lib::backup::{BackupPlan, BackupRule, BackupVault};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Backups");
    /// let vault = BackupVault::from_name(stack, "Vault", "central");
    /// BackupPlan::builder().vault(vault).rule(BackupRule::daily()).build(stack, "Plan");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedBackupVault<'app>: "infra-lib.backup.ImportedBackupVault" {
        /// Returns the ARN of the vault.
        arn: Arn<kind::backup::BackupVault>,
        /// Returns the physical name of the vault.
        backup_vault_name: Name<kind::backup::BackupVault>,
    }

    /// A vault of the app or an existing one, from [`AsBackupVault::as_backup_vault`].
    pub enum BackupVaultRef of BackupVault;

    /// A vault for builders: a [`BackupVault`] or an [`ImportedBackupVault`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no vault",
        label = "a `BackupVault` or an `ImportedBackupVault` is needed here"
    )]
    pub trait AsBackupVault::as_backup_vault;
}

crate::import! {
    /// An existing plan, from [`BackupPlan::from_id`].
    pub struct ImportedBackupPlan<'app>: "infra-lib.backup.ImportedBackupPlan" {
        /// Returns the ID of the plan.
        backup_plan_id: Id<kind::backup::BackupPlan>,
    }

    /// A plan of the app or an existing one, from [`AsBackupPlan::as_backup_plan`].
    pub enum BackupPlanRef of BackupPlan;

    /// A plan for builders: a [`BackupPlan`] or an [`ImportedBackupPlan`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no backup plan",
        label = "a `BackupPlan` or an `ImportedBackupPlan` is needed here"
    )]
    pub trait AsBackupPlan::as_backup_plan;
}

impl<'app> BackupVault<'app> {
    /// Imports an existing vault of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::backup::BackupVault>>,
    ) -> ImportedBackupVault<'app> {
        let name = name.into_value();
        let (partition, region, account) =
            (pseudo::partition(), pseudo::region(), pseudo::account_id());
        let arn = sub![
            "arn:",
            partition,
            ":backup:",
            region,
            ":",
            account,
            ":backup-vault:",
            name.clone()
        ];
        ImportedBackupVault::import(scope, id, arn.cast(), name)
    }

    /// Imports an existing vault by its ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::backup::BackupVault>>,
    ) -> ImportedBackupVault<'app> {
        let arn = arn.into_value();
        let name = arn_after(&arn, ":backup-vault:").cast();
        ImportedBackupVault::import(scope, id, arn, name)
    }
}

impl<'app> BackupPlan<'app> {
    /// Imports an existing plan by its ID.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        backup_plan_id: impl IntoValue<Id<kind::backup::BackupPlan>>,
    ) -> ImportedBackupPlan<'app> {
        ImportedBackupPlan::import(scope, id, backup_plan_id.into_value())
    }
}

impl<'app> ImportedBackupVault<'app> {
    /// Allows an identity of the app to start backups into the vault. It also needs the permission to pass the role of the
    /// backup job.
    #[track_caller]
    pub fn grant_start_backup(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), START)
    }

    /// Allows an identity of the app to see the vault and its backups.
    #[track_caller]
    pub fn grant_list(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), LIST)
    }
}
