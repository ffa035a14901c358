//! IAM groups with one inline policy.

use super::document::{check_size, inline_statement};
use super::{Grantable, Grantee, Identity, PolicyUse, Statement};
use crate::cfn::iam::{CfnGroup, CfnGroupProps};
use crate::construct::With;
use crate::core::{Arn, IntoValue, Name, Scope, Value};
use crate::kind;

/// Maximum number of characters of all inline policies of a group.
const INLINE_LIMIT: usize = 5_120;

crate::construct! {
    /// An IAM group: permissions that several users share.
    ///
    /// Creates an
    /// [`AWS::IAM::Group`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | permissions | none; one inline policy collects statements and grants | none |
    /// | name | generated | generated |
    /// | path | `/` | `/` |
    ///
    /// The inline policy may have 5,120 characters; longer ones are reported (`INF4601`). A group is not a principal: no
    /// policy of a resource can name it, so a grant on a resource of another account is reported (`INF4608`).
    ///
    /// ```
    /// use infra_lib::iam::{Group, ManagedPolicy, User};
    /// use infra_lib::{App, Stack, kms::Key};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let auditors = Group::builder()
    ///     .managed_policy(ManagedPolicy::aws("SecurityAudit"))
    ///     .build(stack, "Auditors");
    /// Key::builder().build(stack, "Key").grant_decrypt(&auditors);
    /// User::builder().group(&auditors).build(stack, "Auditor");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Group<'app>: "infra-lib.iam.Group" {
        resource: CfnGroup<'app>,
    }

    /// Properties of a [`Group`], set through [`Group::builder`].
    pub struct GroupProps, GroupBuilder, group_builder {
        /// Statements of the inline policy.
        list statements: Statement,
        /// Managed policies of the group.
        list managed_policies: Value<Arn<kind::iam::ManagedPolicy>>,
        /// Physical name of the group, at most 128 characters. Default: a generated name, so that CloudFormation can
        /// replace the group.
        text group_name,
        /// Path of the group, which begins and ends with `/`. Default: `/`, as in CloudFormation.
        text path,
    }
}

impl<S: group_builder::State> GroupBuilder<'_, S> {
    /// Adds a statement to the inline policy.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Attaches a managed policy: one of AWS through [`ManagedPolicy::aws`](super::ManagedPolicy::aws), a customer managed
    /// one, or one from [`ManagedPolicy::from_name`](super::ManagedPolicy::from_name). Limit: 20.
    pub fn managed_policy(mut self, policy: impl IntoValue<Arn<kind::iam::ManagedPolicy>>) -> Self {
        self.managed_policies.push(policy.into_value());
        self
    }
}

impl<'app> Group<'app> {
    fn create(scope: Scope<'app>, props: GroupProps<'app>) -> Self {
        let policies = Some(props.managed_policies).filter(|list| !list.is_empty());
        let resource = CfnGroupProps::new()
            .with(props.group_name, CfnGroupProps::group_name)
            .with(props.path, CfnGroupProps::path)
            .with(policies, CfnGroupProps::managed_policy_arns)
            .build(scope, "Resource");
        let group = Self { scope, resource };
        for statement in props.statements {
            group.add_statement(statement);
        }
        scope.add_validator(check);
        group
    }

    /// Returns the ARN of the group.
    pub fn arn(&self) -> Value<Arn<kind::iam::Group>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the group.
    pub fn group_name(&self) -> Value<Name<kind::iam::Group>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnGroup<'app> {
        self.resource
    }

    /// Adds a statement to the inline policy; an equal or mergeable statement is merged with it.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Identity, self.scope);
        inline_statement(*self.resource, statement);
    }

    /// Attaches a managed policy to the group.
    pub fn add_managed_policy(&self, policy: impl IntoValue<Arn<kind::iam::ManagedPolicy>>) {
        self.resource
            .push_prop("ManagedPolicyArns", policy.into_value().into_data());
    }
}

fn check(scope: Scope<'_>) {
    if let Some(policies) = scope
        .default_child()
        .and_then(|group| group.prop("Policies"))
    {
        check_size(
            &policies,
            INLINE_LIMIT,
            "the inline policy of the group",
            "move statements that belong together into a `ManagedPolicy`, or name resources by a common prefix",
            scope,
        );
    }
}

/// Receives permissions in the inline policy of the group.
impl<'app> Grantable<'app> for Group<'app> {
    fn grantee(&self) -> Grantee<'app> {
        Grantee::of_resource(*self.resource, self.arn())
    }
}

impl<'app> Identity<'app> for Group<'app> {}
