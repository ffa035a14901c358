//! IAM users with one inline policy.

use super::document::{check_size, inline_statement};
use super::{AsGroup, Grantable, Grantee, Identity, PolicyUse, Principal, Statement};
use crate::cfn::iam::{CfnUser, CfnUserProps};
use crate::construct::With;
use crate::core::{Arn, IntoValue, Name, Scope, Value};
use crate::kind;

/// Maximum number of characters of all inline policies of a user.
const INLINE_LIMIT: usize = 2_048;

crate::construct! {
    /// An IAM user, for a program outside AWS that cannot assume a role.
    ///
    /// Creates an
    /// [`AWS::IAM::User`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html).
    /// Prefer a [`Role`](super::Role), whose credentials expire; people sign in through IAM Identity Center. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | console password | none, and none can be set | none |
    /// | access keys | none, and none can be created, since the stack would reveal them | none |
    /// | permissions | none; one inline policy collects statements and grants | none |
    /// | name | generated | generated |
    /// | path | `/` | `/` |
    ///
    /// The inline policy may have 2,048 characters; longer ones are reported (`INF4601`). Permissions of several users
    /// belong in a [`Group`](super::Group).
    ///
    /// ```
    /// use infra_lib::iam::User;
    /// use infra_lib::sns::Topic;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let till = User::builder().path("/shops/").build(stack, "Till");
    /// Topic::builder().build(stack, "Sales").grant_publish(&till);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct User<'app>: "infra-lib.iam.User" {
        user: CfnUser<'app>,
    }

    /// Properties of a [`User`], set through [`User::builder`].
    pub struct UserProps, UserBuilder, user_builder {
        /// Statements of the inline policy.
        list statements: Statement,
        /// Managed policies of the user.
        list managed_policies: Value<Arn<kind::iam::ManagedPolicy>>,
        /// Names of the groups of the user.
        list groups: Value<Name<kind::iam::Group>>,
        /// Physical name of the user, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the user.
        text user_name,
        /// Path of the user, which begins and ends with `/`. Default: `/`, as in CloudFormation.
        text path,
        /// Permissions boundary, a policy that limits the permissions of the user. Default: none, as in CloudFormation.
        value permissions_boundary: Arn<kind::iam::ManagedPolicy>,
    }
}

impl<'app, S: user_builder::State> UserBuilder<'app, S> {
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

    /// Makes the user a member of a group: one of the app, or one from [`Group::from_name`](super::Group::from_name). Limit: 10.
    pub fn group(mut self, group: impl AsGroup<'app>) -> Self {
        self.groups.push(group.as_group().group_name());
        self
    }
}

impl<'app> User<'app> {
    fn create(scope: Scope<'app>, props: UserProps<'app>) -> Self {
        let policies = Some(props.managed_policies).filter(|list| !list.is_empty());
        let groups = Some(props.groups).filter(|list| !list.is_empty());
        let user = CfnUserProps::new()
            .with(props.user_name, CfnUserProps::user_name)
            .with(props.path, CfnUserProps::path)
            .with(
                props.permissions_boundary,
                CfnUserProps::permissions_boundary,
            )
            .with(policies, CfnUserProps::managed_policy_arns)
            .with(groups, CfnUserProps::groups)
            .build(scope, "Resource");
        let user = Self { scope, user };
        for statement in props.statements {
            user.add_statement(statement);
        }
        scope.add_validator(check);
        user
    }

    /// Imports an existing user by its ARN. Its policies do not belong to this app, so grants go into the policy of the
    /// resource; a resource without one is reported (`INF4608`).
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::User, kms::Key};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let user = User::from_arn("arn:aws:iam::111122223333:user/till");
    /// Key::builder().build(stack, "Key").grant_decrypt(&user);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn from_arn(arn: impl IntoValue<Arn<kind::iam::User>>) -> ImportedUser {
        ImportedUser {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN of the user.
    pub fn arn(&self) -> Value<Arn<kind::iam::User>> {
        self.user.attr_arn()
    }

    /// Returns the physical name of the user.
    pub fn user_name(&self) -> Value<Name<kind::iam::User>> {
        self.user.ref_()
    }

    /// Returns the L1 binding of the user.
    pub fn cfn(&self) -> CfnUser<'app> {
        self.user
    }

    /// Adds a statement to the inline policy; an equal or mergeable statement is merged with it.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Identity, self.scope);
        inline_statement(*self.user, statement);
    }

    /// Attaches a managed policy to the user.
    pub fn add_managed_policy(&self, policy: impl IntoValue<Arn<kind::iam::ManagedPolicy>>) {
        self.user
            .push_prop("ManagedPolicyArns", policy.into_value().into_data());
    }

    /// Makes the user a member of a group.
    pub fn add_to_group(&self, group: impl AsGroup<'app>) {
        self.user
            .push_prop("Groups", group.as_group().group_name().into_data());
    }
}

fn check(scope: Scope<'_>) {
    if let Some(policies) = scope.default_child().and_then(|user| user.prop("Policies")) {
        check_size(
            &policies,
            INLINE_LIMIT,
            "the inline policy of the user",
            "move statements into a `Group`, or into a `ManagedPolicy`",
            scope,
        );
    }
}

/// Receives permissions in the inline policy of the user.
impl<'app> Grantable<'app> for User<'app> {
    fn grantee(&self) -> Grantee<'app> {
        Grantee::of_resource(*self.user, self.arn())
    }
}

impl<'app> Identity<'app> for User<'app> {}

/// An existing user, from [`User::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedUser {
    arn: Value<Arn<kind::iam::User>>,
}

impl ImportedUser {
    /// Returns the ARN of the user.
    pub fn arn(&self) -> Value<Arn<kind::iam::User>> {
        self.arn.clone()
    }
}

impl<'app> Grantable<'app> for ImportedUser {
    fn grantee(&self) -> Grantee<'app> {
        Principal::arn(self.arn()).grantee()
    }
}
