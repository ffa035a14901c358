//! Managed policies: those of AWS by name, and customer managed ones.

use bon::Builder;

use super::document::check_size;
use super::{PolicyDocument, PolicyUse, Statement};
use crate::cfn::iam::{CfnManagedPolicy, CfnManagedPolicyProps};
use crate::core::{Arn, Construct, IntoValue, Scope, Value, pseudo, sub};
use crate::kind;

/// Maximum number of characters of a managed policy.
const LIMIT: usize = 6_144;

/// A customer managed policy, for permissions boundaries and for permissions that several roles share.
///
/// Creates an
/// [`AWS::IAM::ManagedPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html)
/// with the defaults of CloudFormation. More than 6,144 characters are reported (`INF4601`).
///
/// Add permissions of a single role to the role itself, so that they exist before the role is used.
///
/// ```
/// use infra_lib::iam::{ManagedPolicy, Principal, Role, Statement};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let boundary = ManagedPolicy::builder()
///     .statement(Statement::allow().action("s3:*").resource("arn:aws:s3:::reports/*"))
///     .build(stack, "Boundary");
/// Role::builder()
///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
///     .permissions_boundary(boundary.arn())
///     .managed_policy(ManagedPolicy::aws("CloudWatchReadOnlyAccess"))
///     .build(stack, "Role");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ManagedPolicy<'app> {
    scope: Scope<'app>,
    policy: CfnManagedPolicy<'app>,
}

/// Properties of a [`ManagedPolicy`], set through [`ManagedPolicy::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = ManagedPolicyBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct ManagedPolicyProps {
    #[builder(field)]
    statements: Vec<Statement>,
    /// Physical name of the policy. Default: a generated name, so that CloudFormation can replace the policy.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    managed_policy_name: Option<Value<String>>,
    /// Path of the policy, which begins and ends with `/`. Changing it replaces the policy. Default: `/`, as in
    /// CloudFormation.
    #[builder(with = |path: impl IntoValue<String>| path.into_value())]
    path: Option<Value<String>>,
    /// Description of the policy. IAM cannot change it, so a new text replaces the policy. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
}

impl<S: managed_policy_builder::State> ManagedPolicyBuilder<S> {
    /// Adds a statement to the policy.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Adds the policy under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> ManagedPolicy<'app>
    where
        S: managed_policy_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.iam.ManagedPolicy");
        let mut cfn = CfnManagedPolicyProps::new(PolicyDocument::new());
        if let Some(name) = props.managed_policy_name {
            cfn = cfn.managed_policy_name(name);
        }
        if let Some(path) = props.path {
            cfn = cfn.path(path);
        }
        if let Some(text) = props.description {
            cfn = cfn.description(text);
        }
        let policy = ManagedPolicy {
            scope,
            policy: cfn.build(scope, "Resource"),
        };
        for statement in props.statements {
            policy.add_statement(statement);
        }
        scope.add_validator(check_policy_size);
        policy
    }
}

fn check_policy_size(scope: Scope<'_>) {
    let document = scope
        .default_child()
        .and_then(|policy| policy.prop("PolicyDocument"));
    if let Some(document) = document {
        check_size(
            &document,
            LIMIT,
            "the managed policy",
            "split it into several, or match resources by a common prefix",
            scope,
        );
    }
}

impl<'app> ManagedPolicy<'app> {
    /// Returns a builder for a managed policy.
    pub fn builder() -> ManagedPolicyBuilder {
        ManagedPolicyProps::start()
    }

    /// Returns the ARN of an AWS managed policy, such as `service-role/AmazonECSTaskExecutionRolePolicy`.
    pub fn aws(name: &str) -> Value<Arn<kind::iam::ManagedPolicy>> {
        sub!["arn:", pseudo::partition(), ":iam::aws:policy/", name].cast()
    }

    /// Returns the ARN of the policy.
    pub fn arn(&self) -> Value<Arn<kind::iam::ManagedPolicy>> {
        self.policy.ref_()
    }

    /// Returns the L1 binding of the policy.
    pub fn cfn(&self) -> CfnManagedPolicy<'app> {
        self.policy
    }

    /// Adds a statement; an equal or mergeable statement is merged with it.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Identity, self.scope);
        PolicyDocument::add_to(*self.policy, "PolicyDocument", statement);
    }
}

impl<'app> Construct<'app> for ManagedPolicy<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
