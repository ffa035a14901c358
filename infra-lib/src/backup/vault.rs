//! The [`BackupVault`] construct.

use super::VaultLock;
use crate::cfn::backup::{CfnBackupVault, CfnBackupVaultProps};
use crate::construct::{With, unique_name};
use crate::iam::{
    Grant, Grantable, PolicyDocument, PolicyUse, Principal, ResourcePolicy, Statement,
};
use crate::kms::{AsKey, KeyRef};
use crate::{Arn, Name, RemovalPolicy, Scope, Value, kind, value};

/// Deletion of backups before their time.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum RecoveryPointDeletion {
    /// Nobody deletes backups or shortens their retention, until the policy of the vault is changed. Backups expire as
    /// planned.
    #[default]
    Denied,
    /// Identities with permission delete backups.
    Allowed,
}

crate::construct! {
    /// A vault of AWS Backup, in which backups are stored.
    ///
    /// Creates an
    /// [`AWS::Backup::BackupVault`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | deletion of backups | denied by the policy of the vault, except by expiry | by identities with permission |
    /// | encryption | with the AWS managed key for AWS Backup | the same |
    /// | lock | none | none |
    /// | name | stack name and construct path | required |
    /// | removal from the template | retained with its backups | deleted, which fails while it has backups |
    ///
    /// ```
    /// use infra_lib::backup::{BackupVault, VaultLock};
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Backups");
    /// BackupVault::builder()
    ///     .lock(VaultLock::governance(Duration::days(7)))
    ///     .build(stack, "Vault");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct BackupVault<'app>: "infra-lib.backup.BackupVault" {
        resource: CfnBackupVault<'app>,
        lock: Option<VaultLock>,
    }

    /// Properties of a [`BackupVault`], set through [`BackupVault::builder`].
    pub struct BackupVaultProps, BackupVaultBuilder, backup_vault_builder {
        /// Physical name of the vault: 2 to 50 letters, digits, hyphens and underscores. Default: stack name and construct
        /// path. Changing it replaces the vault.
        text backup_vault_name,
        /// Deletion of backups before their time. Default: denied (CloudFormation: allowed).
        default recovery_point_deletion: RecoveryPointDeletion = RecoveryPointDeletion::Denied,
        /// Lock of the vault. Default: none, as in CloudFormation.
        optional lock: VaultLock,
        /// KMS key that encrypts backups. Default: the AWS managed key `alias/aws/backup`. Changing it replaces the vault.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Removal policy of the vault. Default: it is retained, unless its creation fails (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::RetainExceptOnCreate,
    }
}

impl<'app> BackupVault<'app> {
    fn create(scope: Scope<'app>, props: BackupVaultProps<'app>) -> Self {
        if let Some(lock) = props.lock {
            lock.check_lock(scope);
        }
        let name = props
            .backup_vault_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 50)));
        let policy = match props.recovery_point_deletion {
            RecoveryPointDeletion::Allowed => None,
            RecoveryPointDeletion::Denied => {
                let statement = Statement::deny()
                    .principal(Principal::any())
                    .actions([
                        "backup:DeleteRecoveryPoint",
                        "backup:UpdateRecoveryPointLifecycle",
                    ])
                    .resource("*");
                Some(PolicyDocument::new().statement(statement))
            }
        };
        let resource = CfnBackupVaultProps::new(name)
            .with(policy, CfnBackupVaultProps::access_policy)
            .with(props.lock, |cfn, lock| {
                cfn.lock_configuration(lock.configuration())
            })
            .with(props.encryption_key, |cfn, key| {
                cfn.encryption_key_arn(key.arn())
            })
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self {
            scope,
            resource,
            lock: props.lock,
        }
    }

    /// Returns the ARN of the vault.
    pub fn arn(&self) -> Value<Arn<kind::backup::BackupVault>> {
        self.resource.attr_backup_vault_arn()
    }

    /// Returns the physical name of the vault.
    pub fn backup_vault_name(&self) -> Value<Name<kind::backup::BackupVault>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the vault.
    pub fn cfn(&self) -> CfnBackupVault<'app> {
        self.resource
    }

    pub(super) fn lock(&self) -> Option<VaultLock> {
        self.lock
    }

    /// Allows a role to start backups into the vault. It also needs the permission to pass the role of the backup job.
    #[track_caller]
    pub fn grant_start_backup(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to).actions(START).resource(self.arn()).on(self)
    }

    /// Allows a role to see the vault and its backups.
    #[track_caller]
    pub fn grant_list(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to).actions(LIST).resource(self.arn()).on(self)
    }
}

pub(super) const START: [&str; 1] = ["backup:StartBackupJob"];

pub(super) const LIST: [&str; 2] = [
    "backup:DescribeBackupVault",
    "backup:ListRecoveryPointsByBackupVault",
];

impl<'app> ResourcePolicy<'app> for BackupVault<'app> {
    /// Adds a statement to the access policy of the vault.
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.resource, "AccessPolicy", statement);
    }
}
