//! Grants: permissions of a principal on a resource.

use std::panic::Location;

use super::document::inline_statement;
use super::{PolicyUse, Principal, Statement};
use crate::core::{Construct, Diagnostic, IntoValue, Resource, Scope, Stack, Value, codes};

/// A principal that permissions can be granted to: a role, user or group of the app, a construct that acts with a
/// role, an imported role, or a [`Principal`] such as a service, an account or an organization.
///
/// ```
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack, kms::Key};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let role = Role::builder()
///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
///     .build(stack, "Role");
/// let key = Key::builder().build(stack, "Key");
/// key.grant_decrypt(&role);
/// key.grant_decrypt(&Role::from_arn(stack, "Reports", "arn:aws:iam::111122223333:role/reports"));
/// key.grant_decrypt(&Principal::account("111122223333"));
/// # assert!(app.synth().findings().is_empty());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given permissions",
    label = "this is neither a principal nor a construct with a role",
    note = "grants go to a role, a user, a group, a `Principal`, or a construct with a role such as a function or a service"
)]
pub trait Grantable<'app> {
    /// Returns the identity that receives the permissions.
    fn grantee(&self) -> Grantee<'app>;
}

impl<'app, G: Grantable<'app>> Grantable<'app> for &G {
    fn grantee(&self) -> Grantee<'app> {
        (**self).grantee()
    }
}

/// A [`Grantable`] whose policies belong to the app: a role, user or group of the app, or a construct with such a role.
/// Permissions on imported resources can be granted to identities only, since neither policy is the app's otherwise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given permissions on an imported resource",
    label = "this is not a role of the app, nor does it act with one",
    note = "the policy of an imported resource cannot be changed by this app, so the principal needs a policy that can",
    note = "add the permission where the principal or the resource is created"
)]
pub trait Identity<'app>: Grantable<'app> {}

impl<'app, I: Identity<'app>> Identity<'app> for &I {}

/// Receives permissions in policies of resources, since the policies of the principal do not belong to the app.
impl<'app> Grantable<'app> for Principal {
    fn grantee(&self) -> Grantee<'app> {
        Grantee {
            principal: self.clone(),
            owner: None,
            imported: None,
        }
    }
}

/// The identity behind a [`Grantable`]: a principal, and its inline policy if the app owns it.
#[derive(Clone, Debug)]
pub struct Grantee<'app> {
    principal: Principal,
    owner: Option<Resource<'app>>,
    imported: Option<Scope<'app>>,
}

impl<'app> Grantee<'app> {
    /// Creates the identity of an `AWS::IAM::Role`, `User` or `Group` of the app, whose inline policy receives
    /// permissions.
    pub fn of_resource(owner: Resource<'app>, arn: impl IntoValue<String>) -> Self {
        Self {
            principal: Principal::arn(arn),
            owner: Some(owner),
            imported: None,
        }
    }

    /// Creates the identity of an imported role, below whose scope a grant is reported that no policy can permit.
    pub(super) fn of_imported(scope: Scope<'app>, principal: Principal) -> Self {
        Self {
            principal,
            owner: None,
            imported: Some(scope),
        }
    }

    /// Returns the principal, as policies of resources name it.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Returns `true` if statements can be added to a policy of the identity.
    pub const fn has_policy(&self) -> bool {
        self.owner.is_some()
    }

    /// Adds a statement to the inline policy of the identity, and returns the identity's resource. Returns `None` if the
    /// policies of the identity do not belong to the app.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) -> Option<Resource<'app>> {
        let owner = self.owner?;
        statement.check_complete(PolicyUse::Identity, owner.scope());
        inline_statement(owner, statement);
        Some(owner)
    }

    /// Returns `true` for a group, which no policy of a resource can name.
    fn is_group(&self) -> bool {
        self.owner
            .is_some_and(|owner| owner.type_name() == "AWS::IAM::Group")
    }

    fn account(&self) -> Option<String> {
        match self.owner {
            Some(owner) => account_of(owner.scope()),
            None => self.principal.account_id(),
        }
    }
}

fn account_of(scope: Scope<'_>) -> Option<String> {
    Stack::of(scope)?.environment().account
}

/// A resource with a policy of its own, which can permit what the policies of a principal cannot.
pub trait ResourcePolicy<'app>: Construct<'app> {
    /// Adds a statement to the policy of the resource.
    fn add_to_resource_policy(&self, statement: Statement);

    /// Returns the `Resource` element of statements in the policy of the resource, from that in the policy of a
    /// principal. Default: the same. Keys and secrets return `*`, which is the resource itself there.
    fn policy_resources(&self, resources: Vec<Value<String>>) -> Vec<Value<String>> {
        resources
    }
}

/// Permissions of a principal on a resource, from a `grant_…` method or [`Grant::to`].
#[derive(Clone, Debug)]
pub struct Grant<'app> {
    principal: Principal,
    holders: Vec<Scope<'app>>,
}

impl<'app> Grant<'app> {
    /// Begins a grant, which [`on`](GrantBuilder::on) or [`on_identity`](GrantBuilder::on_identity) completes.
    ///
    /// A construct of a team writes its grants as those of this library:
    ///
    /// ```
    /// use infra_lib::iam::{Grant, Grantable};
    /// use infra_lib::sns::Topic;
    ///
    /// fn grant_list_subscriptions<'app>(topic: Topic<'app>, to: &impl Grantable<'app>) -> Grant<'app> {
    ///     Grant::to(to)
    ///         .action("sns:ListSubscriptionsByTopic")
    ///         .resource(topic.arn())
    ///         .on(&topic)
    /// }
    /// ```
    pub fn to(grantee: &impl Grantable<'app>) -> GrantBuilder<'app> {
        GrantBuilder {
            grantee: grantee.grantee(),
            statement: Statement::allow(),
            resources: Vec::new(),
        }
    }

    /// Adds permissions on an imported resource to the policy of an identity.
    #[track_caller]
    pub fn on_imported(
        identity: &impl Identity<'app>,
        resource: impl IntoValue<String>,
        actions: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        Self::to(identity)
            .actions(actions)
            .resource(resource)
            .imported()
    }

    /// Returns the principal with the permissions.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Returns the scope of the policy with the permissions.
    #[cfg(feature = "dynamodb")]
    pub(crate) fn holder(&self) -> Option<Scope<'app>> {
        self.holders.first().copied()
    }

    /// Adds the permissions of another grant, for [`before`](Self::before).
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.holders.extend(other.holders);
        self
    }

    /// Creates `construct` after the policies with the permissions. Inline policies are created with their role, so
    /// only constructs that do not refer to the role need this.
    #[track_caller]
    pub fn before(&self, construct: impl Construct<'app>) {
        let scope = construct.scope();
        for holder in &self.holders {
            scope.depends_on(*holder);
        }
    }
}

/// A grant that lacks its resource.
#[derive(Clone, Debug)]
#[must_use = "a grant has no effect until `on` or `on_identity` names the resource"]
pub struct GrantBuilder<'app> {
    grantee: Grantee<'app>,
    statement: Statement,
    resources: Vec<Value<String>>,
}

impl<'app> GrantBuilder<'app> {
    /// Adds an action, such as `sqs:SendMessage`.
    pub fn action(mut self, action: impl Into<String>) -> Self {
        self.statement = self.statement.action(action);
        self
    }

    /// Adds actions.
    pub fn actions(self, actions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        actions.into_iter().fold(self, Self::action)
    }

    /// Adds an ARN to which the actions apply.
    pub fn resource(mut self, resource: impl IntoValue<String>) -> Self {
        self.resources.push(resource.into_value());
        self
    }

    /// Adds a condition.
    pub fn condition(
        mut self,
        operator: impl Into<std::borrow::Cow<'static, str>>,
        key: impl Into<String>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.statement = self.statement.condition(operator, key, value);
        self
    }

    /// Adds the permissions to the policy of the principal. Where the app does not own it, or where principal and
    /// resource are in two known accounts, they are added to the policy of the resource, in the second case to both.
    #[track_caller]
    pub fn on(self, resource: &impl ResourcePolicy<'app>) -> Grant<'app> {
        let scope = resource.scope();
        let owner = self.grantee.add_statement(self.identity_statement());
        let mut holders: Vec<Scope<'app>> = owner.iter().map(Construct::scope).collect();
        let crosses = self.crosses_accounts(scope);
        if crosses && self.grantee.is_group() {
            report_impossible(scope, &self.grantee.principal);
        } else if crosses || !self.grantee.has_policy() {
            let statement = self
                .statement
                .clone()
                .principal(self.grantee.principal.clone());
            let resources = resource.policy_resources(self.resources);
            resource.add_to_resource_policy(statement.resources(resources));
            holders.push(scope);
        }
        Grant {
            principal: self.grantee.principal,
            holders,
        }
    }

    /// Adds the permissions to the policy of the principal, for resources without a policy of their own. What the
    /// principal's policies cannot permit is reported in `scope` (`INF4608`): a principal whose policies the app does
    /// not own, or one in another account.
    #[track_caller]
    pub fn on_identity(self, scope: impl Construct<'app>) -> Grant<'app> {
        let scope = scope.scope();
        let owner = self.grantee.add_statement(self.identity_statement());
        if owner.is_none() || self.crosses_accounts(scope) {
            report_impossible(scope, &self.grantee.principal);
        }
        Grant {
            holders: owner.iter().map(Construct::scope).collect(),
            principal: self.grantee.principal,
        }
    }

    /// Adds the permissions to the policy of an identity, for imported resources.
    #[track_caller]
    pub(crate) fn imported(self) -> Grant<'app> {
        let owner = self.grantee.add_statement(self.identity_statement());
        if let (None, Some(scope)) = (owner, self.grantee.imported) {
            report_impossible(scope, &self.grantee.principal);
        }
        Grant {
            holders: owner.iter().map(Construct::scope).collect(),
            principal: self.grantee.principal,
        }
    }

    fn identity_statement(&self) -> Statement {
        self.statement
            .clone()
            .resources(self.resources.iter().cloned())
    }

    fn crosses_accounts(&self, scope: Scope<'app>) -> bool {
        let accounts = (self.grantee.account(), account_of(scope));
        matches!(accounts, (Some(principal), Some(resource)) if principal != resource)
    }
}

#[track_caller]
fn report_impossible(scope: Scope<'_>, principal: &Principal) {
    scope.report(
        Diagnostic::new(
            codes::GRANT_WITHOUT_POLICY,
            format!("{principal} cannot be granted permissions on this resource"),
        )
        .origin(Location::caller())
        .note("the resource has no policy that could name the principal, and the policies of the principal do not belong to this app, or apply in another account only")
        .help("add the permission where the principal is created, or let it assume a role of this account")
        .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html"),
    );
}
