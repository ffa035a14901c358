//! The permissions boundary of an app: the most that its roles can ever do.

use bon::Builder;

use super::undoing;
use crate::core::{Arn, Construct, Data, IntoValue, Scope, Value, pseudo, sub};
use crate::iam::{ManagedPolicy, Statement};
use crate::kind;

/// The path of roles and policies that only an administrator changes. Names of an app's own roles begin behind `/`, so
/// no pattern of theirs matches one here.
pub(super) const PATH: &str = "/delivery/";

/// What services do for an app while it runs, in the regions of its stacks.
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

/// Uses of the app's own keys, and of others of the account through a service that holds what they encrypt.
const KEYS: &[&str] = &[
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
];

/// Services that decrypt for their caller, with the caller's permissions. What they hold is limited by statements of its
/// own. Suffixes of domains differ between partitions.
const THROUGH: &[&str] = &["s3.*", "secretsmanager.*", "sns.*", "sqs.*", "ssm.*"];

/// The tag of CloudFormation on what a stack makes. Nobody else can set a tag that begins with `aws:`.
pub(super) const OF_STACK: &str = "aws:ResourceTag/aws:cloudformation:stack-name";

/// The tag of RDS on the password of the administrator that it manages: the ARN of the database.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html>
const OF_DATABASE: &str = "aws:ResourceTag/aws:rds:primaryDBInstanceArn";

/// What is done with objects of the app's own buckets.
const OBJECTS: &[&str] = &[
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
];

/// The most that roles of an app can do, whatever its templates say: what running services need, nothing of IAM.
///
/// A permissions boundary gives nothing. What a role may do is what both its own policies and the boundary permit.
/// CloudFormation's role of [`DeliveryRoles`](super::DeliveryRoles) makes and widens roles only under a boundary, so a
/// template that asks for an administrator gets a role that can do no more than this.
///
/// [`DeliveryRoles`](super::DeliveryRoles) makes one by itself. Make it yourself to permit more:
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
/// Secrets and parameters are read only where they are of the app: by a name that begins with the prefix of its stacks, made by one
/// of its stacks, or the password that RDS manages for one of its databases. Keys are used where a stack of the app
/// made them; those of the account otherwise only through Secrets Manager, Parameter Store, S3, SNS and SQS, which ask
/// for a permission of their own.
///
/// Its name is `<stack prefix>boundary` and its path `/delivery/`: roles of every stack, in every region, name it without a reference. The
/// execution role may change neither it nor anything else of that path.
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
    /// Prefix of the names of the stacks, such as `notes-`.
    #[builder(into)]
    stack_prefix: String,
}

impl<S: permissions_boundary_builder::State> PermissionsBoundaryBuilder<S> {
    /// Permits an action more, on any resource in the regions of the stacks.
    pub fn permits(mut self, action: impl Into<String>) -> Self {
        self.permitted.push(action.into());
        self
    }

    /// Permits an action more on one resource, in the regions of the stacks: `secretsmanager:GetSecretValue` on a secret
    /// that is not of the app.
    pub fn permits_on(
        mut self,
        action: impl Into<String>,
        resource: impl IntoValue<String>,
    ) -> Self {
        self.others.push((action.into(), resource.into_value()));
        self
    }

    /// Names a region that stacks of the app are in, beside that of this one. Can be repeated.
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
            .resource(buckets(prefix));
        let policy = ManagedPolicy::builder()
            .managed_policy_name(name(prefix))
            .path(PATH)
            .statement(in_regions(runtime, &props.regions))
            .statement(objects)
            .build(scope, id);
        let others = props
            .others
            .into_iter()
            .map(|(action, resource)| Statement::allow().action(action).resource(resource));
        let statements = secrets(prefix).into_iter().chain(keys(prefix));
        for statement in statements.chain(of_resources(prefix)).chain(others) {
            policy.add_statement(in_regions(statement, &props.regions));
        }
        PermissionsBoundary { policy }
    }
}

impl PermissionsBoundary<'_> {
    /// Starts a boundary.
    pub fn builder() -> PermissionsBoundaryBuilder {
        PermissionsBoundaryProps::start()
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::iam::ManagedPolicy>> {
        self.policy.arn()
    }

    /// The ARN of the boundary of an app by the prefix of its stacks, wherever it is needed: it refers to no stack.
    pub fn arn_of(stack_prefix: &str) -> Value<Arn<kind::iam::ManagedPolicy>> {
        let name = name(stack_prefix);
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

/// Gives every role below `scope` a boundary, unless it has one or is of the delivery.
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

/// Secrets and parameters of the app.
fn secrets(prefix: &str) -> [Statement; 3] {
    let read = |sid: &'static str, actions: &[&'static str]| {
        Statement::allow().sid(sid).actions(actions.iter().copied())
    };
    let all = &["secretsmanager:GetSecretValue", "ssm:GetParameter*"];
    let of_name = of_account("secretsmanager", sub!["secret:", prefix, "*"]);
    let by_name = read("SecretsByName", all).resource(of_name);
    [
        parameters(prefix)
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
                // Names of databases have no capital letters.
                of_account("rds", sub!["db:", prefix.to_lowercase(), "*"]),
            ),
    ]
}

/// Parameters of the app by their names, which have paths as well: `/notes/smtp`.
pub(super) fn parameters(prefix: &str) -> [Value<String>; 2] {
    let path = prefix.trim_end_matches(['-', '/']);
    [format!("{prefix}*"), format!("{path}/*")]
        .map(|name| of_account("ssm", sub!["parameter/", name]))
}

/// Actions of running services for which IAM knows resources. Names of listeners and numbers of databases say nothing of the app, so the
/// account limits those.
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
        // RDS writes what Enhanced Monitoring measures into a group of its own.
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

/// Keys of the app, and the way to others.
fn keys(prefix: &str) -> [Statement; 2] {
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

/// Resources of the account in any region.
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

fn name(stack_prefix: &str) -> String {
    format!("{stack_prefix}boundary")
}

/// A statement that counts in the region of its stack and in others that are named.
pub(super) fn in_regions(statement: Statement, others: &[String]) -> Statement {
    const KEY: &str = "aws:RequestedRegion";
    let statement = statement.condition("StringEquals", KEY, pseudo::region());
    others.iter().fold(statement, |statement, region| {
        statement.condition("StringEquals", KEY, region.clone())
    })
}

/// Buckets, whose names begin with the name of their stack.
pub(super) fn buckets(prefix: &str) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":s3:::",
        prefix.to_lowercase(),
        "*"
    ]
}
