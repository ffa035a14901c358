//! The permissions boundary of an app: the maximum permissions of its roles.

use bon::Builder;

use super::undoing;
use crate::core::{Arn, Construct, Data, IntoValue, Scope, Value, pseudo, sub};
use crate::iam::{ManagedPolicy, Statement};
use crate::kind;

/// Path of roles and policies that only an administrator changes. Names of an app's own roles follow directly after
/// `/`, so no pattern for them matches this path.
pub(super) const PATH: &str = "/delivery/";

/// Actions that running services of an app need, in the regions of its stacks.
const RUNTIME: &[&str] = &[
    "cloudwatch:PutMetricData",
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
    "elasticloadbalancing:Describe*",
    "kms:DescribeKey",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:Describe*",
    "logs:PutLogEvents",
    "logs:PutRetentionPolicy",
    "secretsmanager:DescribeSecret",
    "sns:Publish",
    "ssmmessages:Create*",
    "ssmmessages:Open*",
    "xray:Put*",
];

/// Uses of the app's own keys, and of other keys of the account through a service.
const KEYS: &[&str] = &[
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
];

/// Services that decrypt for their caller with the caller's permissions. Other statements limit what can be read from
/// them. The suffix of the domain depends on the partition.
const THROUGH: &[&str] = &["s3.*", "secretsmanager.*", "sns.*", "sqs.*", "ssm.*"];

/// Tag that CloudFormation sets on resources of a stack. Only AWS can set tags that begin with `aws:`.
pub(super) const OF_STACK: &str = "aws:ResourceTag/aws:cloudformation:stack-name";

/// Tag that RDS sets on the master password that it manages, with the ARN of the database:
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html>
const OF_DATABASE: &str = "aws:ResourceTag/aws:rds:primaryDBInstanceArn";

/// Actions on objects of the app's own buckets.
const OBJECTS: &[&str] = &[
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
];

/// The maximum permissions of an app's roles, independent of its templates: those that running services need, and
/// none for IAM.
///
/// Creates an
/// [`AWS::IAM::ManagedPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html).
/// A permissions boundary grants nothing: a role may do what both its own policies and the boundary allow. The
/// CloudFormation role of [`DeliveryRoles`](super::DeliveryRoles) can create and change roles only if they have the
/// boundary, so a template that asks for an administrator gets a role limited by it.
///
/// By default, the boundary allows the actions that running services need, in the region of its stack. CloudFormation
/// has no default statements. [`DeliveryRoles`](super::DeliveryRoles) creates a boundary if none is given. Create one
/// yourself to allow more:
///
/// ```
/// use infra_lib::github::{DeliveryRoles, OidcProvider, PermissionsBoundary};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "notes-foundation");
/// let boundary = PermissionsBoundary::builder()
///     .stack_prefix("notes-")
///     .permits("sqs:SendMessage")
///     .permits_on(
///         "secretsmanager:GetSecretValue",
///         "arn:aws:secretsmanager:eu-west-1:123456789012:secret:mail-relay-1a2b3c",
///     )
///     .build(stack, "Boundary");
/// let roles = DeliveryRoles::builder()
///     .provider(&OidcProvider::new(stack, "GitHub"))
///     .repository("octo/notes")
///     .deploy_environment("production")
///     .stack_prefix("notes-")
///     .permissions_boundary(boundary.arn())
///     .build(stack, "Delivery");
/// roles.limit_roles(&app);
/// # assert!(app.synth().findings().is_empty());
/// ```
///
/// Secrets and parameters can be read only if they belong to the app: by a name that begins with the prefix of its
/// stacks, created by one of its stacks, or the master password that RDS manages for one of its databases. Keys can
/// be used if a stack of the app created them; other keys of the account only through Secrets Manager, Parameter
/// Store, S3, SNS and SQS, which also require permissions on their own resources.
///
/// The policy has the name `<stack prefix>boundary` and the path `/delivery/`, so roles of any stack and region can
/// refer to it by name. The execution role can change neither the boundary nor anything else with that path.
///
/// See [permissions boundaries](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
#[derive(Clone, Copy, Debug)]
pub struct PermissionsBoundary<'app> {
    policy: ManagedPolicy<'app>,
}

/// Properties of a [`PermissionsBoundary`], set through [`PermissionsBoundary::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = PermissionsBoundaryBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct PermissionsBoundaryProps {
    #[builder(field)]
    permitted: Vec<String>,
    #[builder(field)]
    others: Vec<(String, Value<String>)>,
    #[builder(field)]
    regions: Vec<String>,
    /// Prefix of the names of the app's stacks, such as `notes-`.
    #[builder(into)]
    stack_prefix: String,
}

impl<S: permissions_boundary_builder::State> PermissionsBoundaryBuilder<S> {
    /// Allows a further action on any resource in the regions of the stacks. Actions that would undo the boundary are
    /// reported (`INF4607`).
    pub fn permits(mut self, action: impl Into<String>) -> Self {
        self.permitted.push(action.into());
        self
    }

    /// Allows a further action on one resource in the regions of the stacks, such as `secretsmanager:GetSecretValue`
    /// on a secret outside the app.
    pub fn permits_on(
        mut self,
        action: impl Into<String>,
        resource: impl IntoValue<String>,
    ) -> Self {
        self.others.push((action.into(), resource.into_value()));
        self
    }

    /// Adds a region of the app's stacks, in addition to the region of this stack. Can be repeated.
    pub fn stacks_in(mut self, region: impl Into<String>) -> Self {
        self.regions.push(region.into());
        self
    }

    /// Adds the boundary under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> PermissionsBoundary<'app>
    where
        S: permissions_boundary_builder::IsComplete,
    {
        let props = self.props();
        let prefix = props.stack_prefix.as_str();
        let others = props.others.iter().map(|(action, _)| action);
        undoing::report_undoing(scope.scope(), props.permitted.iter().chain(others));
        let runtime = Statement::allow()
            .sid("Runtime")
            .actions(RUNTIME.iter().copied())
            .actions(props.permitted)
            .resource("*");
        let objects = Statement::allow()
            .sid("Objects")
            .actions(OBJECTS.iter().copied())
            .resource(bucket_arns(prefix));
        let policy = ManagedPolicy::builder()
            .managed_policy_name(boundary_name(prefix))
            .path(PATH)
            .statement(in_regions(runtime, &props.regions))
            .statement(objects)
            .build(scope, id);
        let others = props
            .others
            .into_iter()
            .map(|(action, resource)| Statement::allow().action(action).resource(resource));
        let statements = secret_statements(prefix)
            .into_iter()
            .chain(key_statements(prefix));
        for statement in statements.chain(of_resources(prefix)).chain(others) {
            policy.add_statement(in_regions(statement, &props.regions));
        }
        PermissionsBoundary { policy }
    }
}

impl PermissionsBoundary<'_> {
    /// Returns a builder for a permissions boundary.
    pub fn builder() -> PermissionsBoundaryBuilder {
        PermissionsBoundaryProps::start()
    }

    /// Returns the ARN of the boundary.
    pub fn arn(&self) -> Value<Arn<kind::iam::ManagedPolicy>> {
        self.policy.arn()
    }

    /// Returns the ARN of the boundary for a stack prefix. It refers to no stack, so it can be used in any stack and
    /// region.
    pub fn arn_of(stack_prefix: &str) -> Value<Arn<kind::iam::ManagedPolicy>> {
        let name = boundary_name(stack_prefix);
        sub![
            "arn:",
            pseudo::partition(),
            ":iam::",
            pseudo::account_id(),
            ":policy",
            PATH,
            name
        ]
        .cast()
    }
}

impl<'app> Construct<'app> for PermissionsBoundary<'app> {
    fn scope(&self) -> Scope<'app> {
        self.policy.scope()
    }
}

/// Sets the boundary of every role below `scope` that has none, except for roles of the delivery.
pub(super) fn limit_roles<'app>(
    scope: impl Construct<'app>,
    boundary: Value<Arn<kind::iam::ManagedPolicy>>,
) {
    let boundary = boundary.into_data();
    scope.scope().add_aspect(move |scope: Scope<'_>| {
        let Some(role) = scope.as_resource() else {
            return;
        };
        let of_delivery = role.prop("Path") == Some(Data::from(PATH));
        if role.type_name() == "AWS::IAM::Role"
            && !of_delivery
            && !role.has_prop("PermissionsBoundary")
        {
            role.override_prop("PermissionsBoundary", boundary.clone());
        }
    });
}

/// Returns the statements for secrets and parameters of the app.
fn secret_statements(prefix: &str) -> [Statement; 3] {
    let read = |sid: &'static str, actions: &[&'static str]| {
        Statement::allow().sid(sid).actions(actions.iter().copied())
    };
    let all = &["secretsmanager:GetSecretValue", "ssm:GetParameter*"];
    let of_name = of_account("secretsmanager", sub!["secret:", prefix, "*"]);
    let by_name = read("SecretsByName", all).resource(of_name);
    [
        parameter_arns(prefix)
            .into_iter()
            .fold(by_name, Statement::resource),
        read("SecretsOfStacks", all).resource("*").condition(
            "StringLike",
            OF_STACK,
            format!("{prefix}*"),
        ),
        read("SecretsOfDatabases", &all[..1])
            .resource(of_account("secretsmanager", sub!["secret:rds!db-*"]))
            .condition(
                "StringLike",
                OF_DATABASE,
                // Names of databases have no upper-case letters.
                of_account("rds", sub!["db:", prefix.to_lowercase(), "*"]),
            ),
    ]
}

/// Returns the ARNs of the app's parameters, whose names may be paths: `/notes/smtp`.
pub(super) fn parameter_arns(prefix: &str) -> [Value<String>; 2] {
    let path = prefix.trim_end_matches(['-', '/']);
    [format!("{prefix}*"), format!("{path}/*")]
        .map(|name| of_account("ssm", sub!["parameter/", name]))
}

/// Returns the statements for actions of running services with resource-level permissions. Names of listeners and IDs
/// of databases do not contain the name of the app, so the account is their limit.
fn of_resources(prefix: &str) -> [Statement; 4] {
    let balancing = |rest: &'static str| of_account("elasticloadbalancing", sub![rest]);
    [
        Statement::allow()
            .sid("Listeners")
            .actions([
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyRule",
            ])
            .resource(balancing("listener/*"))
            .resource(balancing("listener-rule/*")),
        Statement::allow()
            .sid("Targets")
            .action("elasticloadbalancing:*Targets")
            .resource(balancing("targetgroup/*"))
            .condition("StringLike", OF_STACK, format!("{prefix}*")),
        // RDS writes the metrics of Enhanced Monitoring into its own log group.
        Statement::allow()
            .sid("Events")
            .action("logs:GetLogEvents")
            .resource(of_account("logs", sub!["log-group:", prefix, "*"]))
            .resource(of_account("logs", sub!["log-group:RDSOSMetrics:*"])),
        Statement::allow()
            .sid("Databases")
            .action("rds-db:connect")
            .resource(of_account("rds-db", sub!["dbuser:*"])),
    ]
}

/// Returns the statements for keys of the app, and for other keys through services.
fn key_statements(prefix: &str) -> [Statement; 2] {
    let use_of = |sid: &'static str| {
        Statement::allow()
            .sid(sid)
            .actions(KEYS.iter().copied())
            .resource(of_account("kms", sub!["key/*"]))
    };
    let through = use_of("KeysThroughServices").condition(
        "StringEquals",
        "kms:CallerAccount",
        pseudo::account_id(),
    );
    [
        use_of("KeysOfStacks").condition("StringLike", OF_STACK, format!("{prefix}*")),
        THROUGH.iter().fold(through, |statement, service| {
            statement.condition("StringLike", "kms:ViaService", *service)
        }),
    ]
}

/// Returns the ARN of resources of the account in any region.
pub(super) fn of_account(service: &'static str, rest: Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":",
        service,
        ":*:",
        pseudo::account_id(),
        ":",
        rest
    ]
}

fn boundary_name(stack_prefix: &str) -> String {
    format!("{stack_prefix}boundary")
}

/// Limits a statement to the region of its stack and the given other regions.
pub(super) fn in_regions(statement: Statement, others: &[String]) -> Statement {
    const KEY: &str = "aws:RequestedRegion";
    let statement = statement.condition("StringEquals", KEY, pseudo::region());
    others.iter().fold(statement, |statement, region| {
        statement.condition("StringEquals", KEY, region.clone())
    })
}

/// Returns the ARN of buckets whose names begin with the prefix of the stacks.
pub(super) fn bucket_arns(prefix: &str) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":s3:::",
        prefix.to_lowercase(),
        "*"
    ]
}
