//! The [`BackupSelection`] construct.

use super::{AsBackupPlan, BackupPlanRef};
use crate::cfn::backup::backup_selection::{
    BackupSelectionResourceType, ConditionResourceType, ConditionResourceTypeConditionType,
    ConditionResourceTypeRequired,
};
use crate::cfn::backup::{CfnBackupSelection, CfnBackupSelectionProps};
use crate::construct::With;
use crate::iam::{AsRole, Grantable, Grantee, Identity, Principal, Role, RoleRef};
use crate::{Diagnostic, IntoValue, Scope, Value, codes};

/// Permission of the role of a selection to restore backups.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum RestorePermission {
    /// The role can only back up.
    #[default]
    Denied,
    /// The role can restore as well, and so overwrite data.
    Allowed,
}

crate::construct! {
    /// A selection of resources that a plan backs up, by ARN and by tag.
    ///
    /// Creates an
    /// [`AWS::Backup::BackupSelection`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupselection.html)
    /// and the role that AWS Backup assumes. Resources are selected that are named, or have one of the tags. Each change
    /// replaces the selection. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | role | a new one, which can back up and not restore | required |
    /// | name | id of the construct | required |
    ///
    /// ```
    /// use infra_lib::backup::{BackupPlan, BackupRule, BackupSelection};
    /// use infra_lib::dynamodb::{Attribute, Table};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// let table = Table::builder().partition_key(Attribute::string("id")).build(stack, "Orders");
    /// let plan = BackupPlan::builder().rule(BackupRule::daily()).build(stack, "Plan");
    /// BackupSelection::builder().plan(plan).resource(table.arn()).build(plan, "Orders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct BackupSelection<'app>: "infra-lib.backup.BackupSelection" {
        resource: CfnBackupSelection<'app>,
        role: RoleRef<'app>,
    }

    /// Properties of a [`BackupSelection`], set through [`BackupSelection::builder`].
    pub struct BackupSelectionProps, BackupSelectionBuilder, backup_selection_builder {
        /// ARNs of selected resources.
        list resources: Value<String>,
        /// ARNs of resources that are not backed up.
        list excluded: Value<String>,
        /// Keys and values of tags.
        list tags: (Value<String>, Value<String>),
        /// Plan with the rules.
        required_reference plan: AsBackupPlan::as_backup_plan => BackupPlanRef<'app>,
        /// Display name of the selection: letters, digits, hyphens, underscores and periods. Default: the id of the
        /// construct.
        text selection_name,
        /// Role that AWS Backup assumes. Default: a new one with the managed policies of AWS for backups.
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Permission of the role to restore. Default: denied.
        default restores: RestorePermission = RestorePermission::Denied,
    }
}

impl<S: backup_selection_builder::State> BackupSelectionBuilder<'_, S> {
    /// Selects a resource by its ARN, or resources by an ARN with `*`.
    pub fn resource(mut self, arn: impl IntoValue<String>) -> Self {
        self.resources.push(arn.into_value());
        self
    }

    /// Excludes a resource that a pattern or a tag selects, by its ARN.
    pub fn exclude(mut self, arn: impl IntoValue<String>) -> Self {
        self.excluded.push(arn.into_value());
        self
    }

    /// Selects every resource of the account and region with a tag, case-sensitively.
    pub fn tag(mut self, key: impl IntoValue<String>, value: impl IntoValue<String>) -> Self {
        self.tags.push((key.into_value(), value.into_value()));
        self
    }
}

impl<'app> BackupSelection<'app> {
    fn create(scope: Scope<'app>, props: BackupSelectionProps<'app>) -> Self {
        if props.resources.is_empty() && props.tags.is_empty() {
            scope.report(
                Diagnostic::new(
                    codes::EMPTY_BACKUP_SELECTION,
                    "the backup selection selects nothing",
                )
                .property("BackupSelection")
                .help("name resources with `.resource(arn)`, or a tag with `.tag(key, value)`"),
            );
        }
        let role = props.role.unwrap_or_else(|| {
            let role = Role::builder()
                .assumed_by(Principal::service("backup.amazonaws.com"))
                .build(scope, "Role");
            RoleRef::Own(role)
        });
        role.add_aws_managed_policy("service-role/AWSBackupServiceRolePolicyForBackup");
        if props.restores == RestorePermission::Allowed {
            role.add_aws_managed_policy("service-role/AWSBackupServiceRolePolicyForRestores");
        }
        let path = scope.path();
        let id = path.rsplit('/').next().unwrap_or_default();
        let name = props.selection_name.unwrap_or_else(|| crate::value(id));
        let tags: Vec<ConditionResourceType> = props
            .tags
            .into_iter()
            .map(|(key, value)| {
                // The schema has it in lower case, the API of AWS Backup in upper case.
                ConditionResourceType::new(ConditionResourceTypeRequired {
                    condition_key: key,
                    condition_type: crate::value(ConditionResourceTypeConditionType::other(
                        "STRINGEQUALS",
                    )),
                    condition_value: value,
                })
            })
            .collect();
        let selection = BackupSelectionResourceType::new(role.arn(), name)
            .with(
                (!props.resources.is_empty()).then_some(props.resources),
                BackupSelectionResourceType::resources,
            )
            .with(
                (!props.excluded.is_empty()).then_some(props.excluded),
                BackupSelectionResourceType::not_resources,
            )
            .with((!tags.is_empty()).then_some(tags), |selection, tags| {
                selection.list_of_tags(tags)
            });
        let resource = CfnBackupSelectionProps::new(props.plan.backup_plan_id(), selection)
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            role,
        }
    }

    /// Returns the role that AWS Backup assumes.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the L1 binding of the selection.
    pub fn cfn(&self) -> CfnBackupSelection<'app> {
        self.resource
    }
}

/// Grants permissions to the role that AWS Backup assumes.
impl<'app> Grantable<'app> for BackupSelection<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for BackupSelection<'app> {}
