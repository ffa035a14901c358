//! The roles with which a repository plans, publishes and deploys.

use bon::Builder;

use super::OidcProvider;
use super::execution;
use super::oidc_provider::{AUDIENCE, ISSUER};
use crate::core::{
    Arn, Construct, Diagnostic, Duration, IntoValue, Scope, Value, codes, pseudo, sub,
};
use crate::ecr::Repository;
use crate::iam::{Principal, Role, Statement};
use crate::kind;

/// The roles with which a GitHub repository is delivered, each with the least it needs.
///
/// | Role | Who assumes it | What it may do |
/// |---|---|---|
/// | plan | jobs of the `plan` environment, and jobs of the main branch | create, read and delete change sets whose name begins with `pr`, read stacks, detect drift; **not** execute |
/// | publish | jobs of the `publish` environment, and jobs of the main branch | push images to the given repositories |
/// | deploy | jobs of the deploy environment | execute change sets, roll back, run the migration task, publish the site |
/// | execution | CloudFormation | what the services of the reference architecture need, in one region; no administrator |
///
/// A job assumes a role only from the GitHub environment that is named after it, so the environment's reviewers and
/// branches decide; what plans and publishes for pull requests cannot be kept to a branch in this way, and a pull
/// request can change every workflow. Name the one that may with `trusted_workflow`: then AWS takes it only as the main
/// branch has it. Jobs of the main branch need no environment to plan and to publish.
///
/// Change sets can be created only with the execution role, the one role that may be passed to CloudFormation. Give a
/// permissions boundary: without one, a reviewed template could make a role with any permissions.
///
/// ```
/// use infra_lib::ecr::Repository;
/// use infra_lib::github::{DeliveryRoles, OidcProvider};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "notes-foundation");
/// let images = Repository::builder().build(stack, "Images");
/// let roles = DeliveryRoles::builder()
///     .provider(&OidcProvider::new(stack, "GitHub"))
///     .repository("octo/notes")
///     .deploy_environment("production")
///     .stack_prefix("notes-")
///     .publishes_to(&images)
///     .build(stack, "Delivery");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DeliveryRoles<'app> {
    scope: Scope<'app>,
    plan: Role<'app>,
    publish: Role<'app>,
    deploy: Role<'app>,
    execution: Role<'app>,
}

/// Properties of [`DeliveryRoles`], set through [`DeliveryRoles::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = DeliveryRolesBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct DeliveryRolesProps<'app> {
    #[builder(field)]
    images: Vec<Repository<'app>>,
    /// The identity provider of the account.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    provider: OidcProvider,
    /// The GitHub repository as `owner/name`.
    #[builder(into)]
    repository: String,
    /// The number of the repository, which stays when someone else takes over its name. Default: not demanded.
    #[builder(into)]
    repository_id: Option<String>,
    /// The number of who owns the repository. With both numbers, the subject of tokens is expected to hold them, as
    /// GitHub writes it for repositories that were made since July 2026. Default: not expected.
    #[builder(into)]
    owner_id: Option<String>,
    /// The branch that is deployed; its jobs may plan and publish. Default: `main`.
    #[builder(into, default = "main")]
    branch: String,
    /// The reusable workflow, a file in `.github/workflows`, in which jobs of the environments for planning and
    /// publishing have to be, as `branch` has it. Default: any workflow, also one that a pull request brings.
    #[builder(into)]
    trusted_workflow: Option<String>,
    /// The GitHub environment of jobs that plan. Default: `plan`.
    #[builder(into, default = "plan")]
    plan_environment: String,
    /// The GitHub environment of jobs that push images. Default: `publish`.
    #[builder(into, default = "publish")]
    publish_environment: String,
    /// The GitHub environment of jobs that deploy, such as `production`.
    #[builder(into)]
    deploy_environment: String,
    /// With what the names of the stacks begin, such as `notes-`: nothing else is touched.
    #[builder(into)]
    stack_prefix: String,
    /// The policy that limits the execution role and every role it makes. Default: none.
    #[builder(with = |arn: impl IntoValue<Arn<kind::iam::ManagedPolicy>>| arn.into_value())]
    permissions_boundary: Option<Value<Arn<kind::iam::ManagedPolicy>>>,
}

impl<'app, S: delivery_roles_builder::State> DeliveryRolesBuilder<'app, S> {
    /// Lets the publish role push images to a repository.
    pub fn publishes_to(mut self, repository: &Repository<'app>) -> Self {
        self.images.push(*repository);
        self
    }

    /// Adds the roles under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> DeliveryRoles<'app>
    where
        S: delivery_roles_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.github.DeliveryRoles");
        check(&props, scope);
        let job = |id: &str, principals: Vec<Principal>, description: &str| {
            Role::builder()
                .assumed_by(principals)
                .description(description)
                .max_session_duration(Duration::hours(1))
                .build(scope, id)
        };
        let of_branch = || props.job(&format!("ref:refs/heads/{}", props.branch));
        let execution = {
            let start = Role::builder()
                .assumed_by(Principal::service("cloudformation.amazonaws.com"))
                .description("CloudFormation deploys the stacks with it");
            match &props.permissions_boundary {
                Some(boundary) => start
                    .permissions_boundary(boundary)
                    .build(scope, "ExecutionRole"),
                None => start.build(scope, "ExecutionRole"),
            }
        };
        let roles = DeliveryRoles {
            scope,
            execution,
            plan: job(
                "PlanRole",
                vec![props.trusted_job(&props.plan_environment), of_branch()],
                "Plans: change sets, never executed",
            ),
            publish: job(
                "PublishRole",
                vec![props.trusted_job(&props.publish_environment), of_branch()],
                "Pushes images",
            ),
            deploy: job(
                "DeployRole",
                vec![props.job(&format!("environment:{}", props.deploy_environment))],
                "Executes reviewed change sets",
            ),
        };
        execution::add_permissions(
            &execution,
            &props.stack_prefix,
            props.permissions_boundary.as_ref(),
        );
        roles.permit_planning(&roles.plan, &props.stack_prefix, "pr*");
        roles.permit_planning(&roles.deploy, &props.stack_prefix, "*");
        roles.permit_deploying(&props.stack_prefix);
        for repository in &props.images {
            repository.grant_pull_push(&roles.publish);
        }
        roles
    }
}

impl DeliveryRolesProps<'_> {
    /// A job in an environment that pull requests reach too, and in the workflow that is trusted with them.
    fn trusted_job(&self, environment: &str) -> Principal {
        let job = self.job(&format!("environment:{environment}"));
        let Some(workflow) = &self.trusted_workflow else {
            return job;
        };
        // Equal and not alike: a branch may be called `x@refs/heads/main`.
        let place = format!(
            "{}/.github/workflows/{workflow}@refs/heads/{}",
            self.repository, self.branch
        );
        job.condition("StringEquals", format!("{ISSUER}:job_workflow_ref"), place)
    }

    /// A job of the repository, by how GitHub says in the token's subject which one.
    fn job(&self, which: &str) -> Principal {
        let repository = match (&self.owner_id, &self.repository_id) {
            (Some(owner), Some(id)) => self
                .repository
                .split_once('/')
                .map(|(of, name)| format!("{of}@{owner}/{name}@{id}")),
            _ => None,
        };
        let repository = repository.as_ref().unwrap_or(&self.repository);
        let subject = format!("repo:{repository}:{which}");
        let principal = Principal::oidc(self.provider.arn())
            .condition("StringEquals", format!("{ISSUER}:aud"), AUDIENCE)
            .condition("StringEquals", format!("{ISSUER}:sub"), subject);
        match &self.repository_id {
            Some(id) => principal.condition("StringEquals", format!("{ISSUER}:repository_id"), id),
            None => principal,
        }
    }
}

fn check(props: &DeliveryRolesProps<'_>, scope: Scope<'_>) {
    let part = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let well_formed = props
        .repository
        .split_once('/')
        .is_some_and(|(owner, name)| part(owner) && part(name));
    if !well_formed {
        scope.report(
            Diagnostic::new(
                codes::INVALID_TRUST,
                format!("`{}` is not a GitHub repository", props.repository),
            )
            .expected("`owner/name`, without wildcards")
            .note("the roles trust exactly this repository: a wildcard would trust others"),
        );
    }
    let environments = [
        &props.plan_environment,
        &props.publish_environment,
        &props.deploy_environment,
    ];
    for environment in environments {
        // `:` would begin another part of the token's subject, `*` and `?` mean others in some conditions.
        if environment.is_empty() || environment.contains([':', '*', '?']) {
            scope.report(
                Diagnostic::new(
                    codes::INVALID_TRUST,
                    format!("`{environment}` is not the name of a GitHub environment"),
                )
                .expected("a name without `:` and wildcards"),
            );
        }
    }
    if props.deploy_environment == props.plan_environment {
        scope.report(
            Diagnostic::new(
                codes::INVALID_TRUST,
                format!("jobs that plan and jobs that deploy share the environment `{}`", props.plan_environment),
            )
            .help("give them two environments: the one that deploys has reviewers, the one that plans must not"),
        );
    }
}

/// What reads stacks and change sets and changes nothing.
const READ: &[&str] = &[
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeChangeSetHooks",
    "cloudformation:DescribeEvents",
    "cloudformation:DescribeStackEvents",
    "cloudformation:DescribeStackResource*",
    "cloudformation:DescribeStacks",
    "cloudformation:DetectStackDrift",
    "cloudformation:DetectStackResourceDrift",
    "cloudformation:GetStackPolicy",
    "cloudformation:GetTemplate*",
    "cloudformation:ListChangeSets",
    "cloudformation:ListStackResources",
];

/// What reads and knows no resource.
const READ_ANY: &[&str] = &[
    "cloudformation:DescribeStackDriftDetectionStatus",
    "cloudformation:ListExports",
    "cloudformation:ListHookResults",
    "cloudformation:ListImports",
    "cloudformation:ListStacks",
    "cloudformation:ValidateTemplate",
];

fn stacks(prefix: &str) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":cloudformation:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":stack/",
        prefix,
        "*/*"
    ]
}

impl<'app> DeliveryRoles<'app> {
    /// Starts the roles.
    pub fn builder() -> DeliveryRolesBuilder<'app> {
        DeliveryRolesProps::start()
    }

    /// The role of jobs that plan.
    pub fn plan(&self) -> Role<'app> {
        self.plan
    }

    /// The role of jobs that push images.
    pub fn publish(&self) -> Role<'app> {
        self.publish
    }

    /// The role of jobs that deploy.
    pub fn deploy(&self) -> Role<'app> {
        self.deploy
    }

    /// The role with which CloudFormation deploys.
    pub fn execution(&self) -> Role<'app> {
        self.execution
    }

    /// Change sets of that name, made with the execution role only.
    fn permit_planning(&self, role: &Role<'app>, prefix: &str, change_sets: &'static str) {
        role.add_statement(
            Statement::allow()
                .sid("Read")
                .actions(READ.iter().copied())
                .resource(stacks(prefix)),
        );
        role.add_statement(
            Statement::allow()
                .sid("ReadAny")
                .actions(READ_ANY.iter().copied())
                .resource("*"),
        );
        role.add_statement(
            Statement::allow()
                .sid("CreateChangeSets")
                .action("cloudformation:CreateChangeSet")
                .resource(stacks(prefix))
                .condition("StringLike", "cloudformation:ChangeSetName", change_sets)
                .condition(
                    "StringEquals",
                    "cloudformation:RoleArn",
                    self.execution.arn(),
                ),
        );
        // Change sets of stacks with tags demand it, and it knows none of the conditions.
        role.add_statement(
            Statement::allow()
                .sid("TagStacks")
                .action("cloudformation:TagResource")
                .resource(stacks(prefix)),
        );
        role.add_statement(
            Statement::allow()
                .sid("DeleteChangeSets")
                .action("cloudformation:DeleteChangeSet")
                .resource(stacks(prefix))
                .condition("StringLike", "cloudformation:ChangeSetName", change_sets),
        );
        role.add_statement(
            Statement::allow()
                .sid("PassExecutionRole")
                .action("iam:PassRole")
                .resource(self.execution.arn())
                .condition(
                    "StringEquals",
                    "iam:PassedToService",
                    "cloudformation.amazonaws.com",
                ),
        );
    }

    fn permit_deploying(&self, prefix: &str) {
        let of_account = |service: &str, resource: &str| {
            sub![
                "arn:",
                pseudo::partition(),
                ":",
                service,
                ":",
                pseudo::region(),
                ":",
                pseudo::account_id(),
                ":",
                resource
            ]
        };
        let clusters = of_account("ecs", &format!("cluster/{prefix}*"));
        self.deploy.add_statement(
            Statement::allow()
                .sid("Deploy")
                .actions([
                    "cloudformation:CancelUpdateStack",
                    "cloudformation:ContinueUpdateRollback",
                    "cloudformation:ExecuteChangeSet",
                    "cloudformation:RollbackStack",
                    "cloudformation:SetStackPolicy",
                ])
                .resource(stacks(prefix)),
        );
        self.deploy.add_statement(
            Statement::allow()
                .sid("Tasks")
                .actions([
                    "ecs:ContinueServiceDeployment",
                    "ecs:DescribeServiceDeployments",
                    "ecs:DescribeServiceRevisions",
                    "ecs:DescribeServices",
                    "ecs:DescribeTasks",
                    "ecs:ListServiceDeployments",
                    "ecs:ListTasks",
                    "ecs:RunTask",
                    "ecs:StopServiceDeployment",
                    "ecs:StopTask",
                ])
                .resource("*")
                .condition("ArnLike", "ecs:cluster", clusters),
        );
        self.deploy.add_statement(
            Statement::allow()
                .sid("TaskDefinitions")
                .actions(["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"])
                .resource("*"),
        );
        self.deploy.add_statement(
            Statement::allow()
                .sid("PassTaskRoles")
                .action("iam:PassRole")
                .resource(sub![
                    "arn:",
                    pseudo::partition(),
                    ":iam::",
                    pseudo::account_id(),
                    ":role/",
                    prefix,
                    "*"
                ])
                .condition(
                    "StringEquals",
                    "iam:PassedToService",
                    "ecs-tasks.amazonaws.com",
                ),
        );
        self.deploy.add_statement(
            Statement::allow()
                .sid("Logs")
                .actions([
                    "logs:FilterLogEvents",
                    "logs:GetLogEvents",
                    "logs:StartLiveTail",
                ])
                .resource(of_account("logs", &format!("log-group:{prefix}*"))),
        );
        let buckets = sub![
            "arn:",
            pseudo::partition(),
            ":s3:::",
            prefix.to_lowercase(),
            "*"
        ];
        self.deploy.add_statement(
            Statement::allow()
                .sid("PublishSite")
                .actions([
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:ListBucket",
                    "s3:PutObject",
                ])
                .resource(buckets),
        );
        self.deploy.add_statement(
            Statement::allow()
                .sid("Invalidate")
                .actions([
                    "cloudfront:CreateInvalidation",
                    "cloudfront:GetDistribution",
                    "cloudfront:GetInvalidation",
                ])
                .resource(sub![
                    "arn:",
                    pseudo::partition(),
                    ":cloudfront::",
                    pseudo::account_id(),
                    ":distribution/*"
                ]),
        );
    }
}

impl<'app> Construct<'app> for DeliveryRoles<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
