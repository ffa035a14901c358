//! The [`BackupPlan`] construct.

use super::{AsBackupVault, BackupRule, BackupVault, BackupVaultRef};
use crate::cfn::backup::backup_plan::BackupPlanResourceType;
use crate::cfn::backup::{CfnBackupPlan, CfnBackupPlanProps};
use crate::construct::unique_name;
use crate::{Arn, Diagnostic, Id, Scope, Value, codes, kind, value};

crate::construct! {
    /// A plan of AWS Backup: rules, by which the resources of its selections are backed up into a vault.
    ///
    /// Creates an
    /// [`AWS::Backup::BackupPlan`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupplan.html),
    /// and a vault unless one is given. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | vault | a new one with the defaults of [`BackupVault`] | required |
    /// | name | stack name and construct path | required |
    ///
    /// ```
    /// use infra_lib::backup::{BackupPlan, BackupRule, BackupSelection};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Backups");
    /// let plan = BackupPlan::builder()
    ///     .rule(BackupRule::daily())
    ///     .rule(BackupRule::monthly_for_1_year())
    ///     .build(stack, "Plan");
    /// BackupSelection::builder().plan(plan).tag("backup", "daily").build(plan, "Tagged");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct BackupPlan<'app>: "infra-lib.backup.BackupPlan" {
        resource: CfnBackupPlan<'app>,
        vault: BackupVaultRef<'app>,
    }

    /// Properties of a [`BackupPlan`], set through [`BackupPlan::builder`].
    pub struct BackupPlanProps, BackupPlanBuilder, backup_plan_builder {
        /// Rules of the plan, at least one (`INF4062`).
        list rules: BackupRule,
        /// Display name of the plan. Default: stack name and construct path.
        text backup_plan_name,
        /// Vault that stores the backups. Default: a new one.
        reference vault: AsBackupVault::as_backup_vault => BackupVaultRef<'app>,
    }
}

impl<S: backup_plan_builder::State> BackupPlanBuilder<'_, S> {
    /// Adds a rule.
    pub fn rule(mut self, rule: BackupRule) -> Self {
        self.rules.push(rule);
        self
    }
}

impl<'app> BackupPlan<'app> {
    fn create(scope: Scope<'app>, props: BackupPlanProps<'app>) -> Self {
        if props.rules.is_empty() {
            scope.report(
                Diagnostic::new(codes::EMPTY_BACKUP_PLAN, "the backup plan has no rules")
                    .property("BackupPlanRule")
                    .help("add a rule: `.rule(BackupRule::daily())`"),
            );
        }
        let vault = props
            .vault
            .unwrap_or_else(|| BackupVaultRef::Own(BackupVault::builder().build(scope, "Vault")));
        let lock = match vault {
            BackupVaultRef::Own(vault) => vault.lock(),
            BackupVaultRef::Imported(_) => None,
        };
        let rules: Vec<_> = props
            .rules
            .into_iter()
            .map(|rule| {
                rule.check_rule(scope, lock);
                rule.render(vault.backup_vault_name())
            })
            .collect();
        let name = props
            .backup_plan_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 50)));
        let plan = BackupPlanResourceType::new(name, rules);
        let resource = CfnBackupPlanProps::new(plan).build(scope, "Resource");
        Self {
            scope,
            resource,
            vault,
        }
    }

    /// Returns the ID of the plan.
    pub fn backup_plan_id(&self) -> Value<Id<kind::backup::BackupPlan>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the plan.
    pub fn arn(&self) -> Value<Arn<kind::backup::BackupPlan>> {
        self.resource.attr_backup_plan_arn()
    }

    /// Returns the vault that stores the backups.
    pub fn vault(&self) -> BackupVaultRef<'app> {
        self.vault
    }

    /// Returns the L1 binding of the plan.
    pub fn cfn(&self) -> CfnBackupPlan<'app> {
        self.resource
    }
}
