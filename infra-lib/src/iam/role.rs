//! IAM roles with one inline policy.

use bon::Builder;

use super::document::{check_size, inline_statement};
use super::{Grantable, Grantee, Identity, PolicyDocument, PolicyUse, Principal, Statement};
use crate::cfn::iam::{CfnRole, CfnRoleProps};
use crate::core::{Arn, Construct, Duration, IntoValue, Name, Scope, Value};
use crate::kind;

/// Maximum number of characters of all inline policies of a role.
const INLINE_LIMIT: usize = 10_240;

/// An IAM role.
///
/// Creates an
/// [`AWS::IAM::Role`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permissions | none; one inline policy collects statements and grants | none |
/// | permissions boundary | none | none |
/// | maximum duration of a session | 1 hour | 1 hour |
/// | name | generated | generated |
/// | path | `/` | `/` |
///
/// The inline policy is part of the role, so the role never exists without its permissions. More than 10,240
/// characters are reported (`INF4601`).
///
/// ```
/// use infra_lib::iam::{Principal, Role, Statement};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let role = Role::builder()
///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com").for_this_account())
///     .statement(Statement::allow().action("s3:GetObject").resource("arn:aws:s3:::reports/*"))
///     .build(stack, "TaskRole");
/// role.add_statement(Statement::allow().action("s3:PutObject").resource("arn:aws:s3:::reports/*"));
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Role<'app> {
    scope: Scope<'app>,
    role: CfnRole<'app>,
}

/// Properties of a [`Role`], set through [`Role::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = RoleBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct RoleProps {
    #[builder(field)]
    statements: Vec<Statement>,
    #[builder(field)]
    managed_policies: Vec<Value<Arn<kind::iam::ManagedPolicy>>>,
    /// Principals that may assume the role: a [`Principal`], or several in an array.
    #[builder(with = |principals: impl Into<Vec<Principal>>| principals.into())]
    assumed_by: Vec<Principal>,
    /// Physical name of the role. Default: a generated name, so that CloudFormation can replace the role.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    role_name: Option<Value<String>>,
    /// Description of the role, at most 1,000 characters. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// Path of the role, which begins and ends with `/`. Default: `/`, as in CloudFormation.
    #[builder(with = |path: impl IntoValue<String>| path.into_value())]
    path: Option<Value<String>>,
    /// Permissions boundary, a policy that limits the permissions of the role. Default: none, as in CloudFormation.
    #[builder(with = |arn: impl IntoValue<Arn<kind::iam::ManagedPolicy>>| arn.into_value())]
    permissions_boundary: Option<Value<Arn<kind::iam::ManagedPolicy>>>,
    /// Maximum duration of a session, 1 to 12 hours. Default: 1 hour, as in CloudFormation.
    max_session_duration: Option<Duration>,
}

impl<S: role_builder::State> RoleBuilder<S> {
    /// Adds a statement to the inline policy.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Attaches a managed policy: one of AWS through [`ManagedPolicy::aws`](super::ManagedPolicy::aws), a customer managed
    /// one, or one from [`ManagedPolicy::from_name`](super::ManagedPolicy::from_name).
    pub fn managed_policy(mut self, policy: impl IntoValue<Arn<kind::iam::ManagedPolicy>>) -> Self {
        self.managed_policies.push(policy.into_value());
        self
    }

    /// Adds the role under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Role<'app>
    where
        S: role_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope.scope().library_construct(id, "infra-lib.iam.Role");
        let mut cfn = CfnRoleProps::new(trust_policy(&props.assumed_by));
        if let Some(name) = props.role_name {
            cfn = cfn.role_name(name);
        }
        if let Some(text) = props.description {
            cfn = cfn.description(text);
        }
        if let Some(path) = props.path {
            cfn = cfn.path(path);
        }
        if let Some(boundary) = props.permissions_boundary {
            cfn = cfn.permissions_boundary(boundary);
        }
        if let Some(duration) = props.max_session_duration {
            cfn = cfn.max_session_duration(duration.to_seconds_i64());
        }
        if !props.managed_policies.is_empty() {
            cfn = cfn.managed_policy_arns(props.managed_policies);
        }
        let role = Role {
            scope,
            role: cfn.build(scope, "Resource"),
        };
        for statement in props.statements {
            role.add_statement(statement);
        }
        scope.add_validator(check_policy_size);
        role
    }
}

/// Returns the trust policy, with one statement for all principals that have the same conditions.
fn trust_policy(principals: &[Principal]) -> PolicyDocument {
    let mut left: Vec<Principal> = principals.to_vec();
    let mut document = PolicyDocument::new();
    while let Some(first) = left.first().cloned() {
        let (same, others) = left.into_iter().partition(|p| p.same_terms(&first));
        left = others;
        let statement = Statement::allow()
            .principals(same)
            .action(first.assume_action());
        document.add(statement);
    }
    document
}

fn check_policy_size(scope: Scope<'_>) {
    let Some(policies) = scope.default_child().and_then(|role| role.prop("Policies")) else {
        return;
    };
    check_size(
        &policies,
        INLINE_LIMIT,
        "the inline policy of the role",
        "move statements that belong together into a `ManagedPolicy`, or match resources by a common prefix",
        scope,
    );
}

impl<'app> Role<'app> {
    /// Returns a builder for a role.
    pub fn builder() -> RoleBuilder {
        RoleProps::start()
    }

    /// Returns the ARN of the role.
    pub fn arn(&self) -> Value<Arn<kind::iam::Role>> {
        self.role.attr_arn()
    }

    /// Returns the physical name of the role.
    pub fn role_name(&self) -> Value<Name<kind::iam::Role>> {
        self.role.ref_()
    }

    /// Returns the L1 binding of the role.
    pub fn cfn(&self) -> CfnRole<'app> {
        self.role
    }

    /// Adds a statement to the inline policy; an equal or mergeable statement is merged with it.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Identity, self.scope);
        inline_statement(*self.role, statement);
    }

    /// Attaches a managed policy to the role.
    pub fn add_managed_policy(&self, policy: impl IntoValue<Arn<kind::iam::ManagedPolicy>>) {
        self.role
            .push_prop("ManagedPolicyArns", policy.into_value().into_data());
    }
}

impl<'app> Construct<'app> for Role<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> Grantable<'app> for Role<'app> {
    fn grantee(&self) -> Grantee<'app> {
        Grantee::of_resource(*self.role, self.arn())
    }
}

impl<'app> Identity<'app> for Role<'app> {}
