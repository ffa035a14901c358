//! The roles with which a repository plans, publishes and deploys.

use bon::Builder;

use super::boundary::{self, PATH};
use super::execution::Execution;
use super::permissions::Permissions;
use super::{OidcProvider, PermissionsBoundary, trust};
use crate::core::{Arn, Construct, Duration, IntoValue, Scope, Value};
use crate::ecr::Repository;
use crate::iam::{ManagedPolicy, Principal, Role};
use crate::kind;

/// The roles with which a GitHub repository is delivered, each with the least it needs.
///
/// | Role | Who assumes it | What it may do |
/// |---|---|---|
/// | plan | jobs of the `plan` environment, and jobs of the main branch | create, read and delete change sets whose name begins with `pr`, read stacks and the records of releases, detect drift: what read handlers of resource types read, no secret and no data; **not** execute |
/// | publish | jobs of the `publish` environment, and jobs of the main branch | push images to the given repositories |
/// | deploy | jobs of the deploy environment, of the main branch, in the workflows that deploy | execute change sets, roll back, run the migration task, publish the site, copy proposed images to the releases |
/// | execution | CloudFormation | what the services of the reference architecture need, in the regions of the stacks; no administrator |
///
/// A job assumes a role only from the GitHub environment that is named after it, so the environment's reviewers and
/// branches decide; what plans and publishes for pull requests cannot be kept to a branch in this way, and a pull
/// request can change every workflow. Name the one that may with `trusted_workflow`: then AWS takes it only as the main
/// branch has it. Jobs of the main branch need no environment to plan and to publish.
///
/// Protect the environment that deploys before you make the roles: an environment that is not there yet comes to be,
/// open to everybody, with the first job that names it. Even then the deploy role is assumed by jobs of the main branch
/// only, and with `deploy_workflow` by those workflows only, as that branch has them.
///
/// No role of a job deletes a stack. IAM cannot tell a stack whose creation failed from one that serves, so what such a creation left
/// (`ROLLBACK_COMPLETE`) is deleted by an administrator.
///
/// Change sets can be created only with the execution role, the one role that may be passed to CloudFormation. It makes
/// and widens roles only within a [`PermissionsBoundary`], has one itself, and may change neither these policies nor the
/// roles of the delivery, which have the path `/delivery/`: a template makes no administrator. So what these roles may do
/// is changed by an administrator, who deploys their stack with credentials of their own. Call
/// [`limit_roles`](Self::limit_roles): roles without the boundary are refused by IAM.
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
///     .deploy_workflow("deploy.yml")
///     .publishes_to(&images)
///     .build(stack, "Delivery");
/// roles.limit_roles(&app);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DeliveryRoles<'app> {
    scope: Scope<'app>,
    plan: Role<'app>,
    publish: Role<'app>,
    deploy: Role<'app>,
    execution: Role<'app>,
    execution_limit: ManagedPolicy<'app>,
}

/// Jobs of another service than GitHub, which assume the roles in place of those.
#[derive(Clone, Debug)]
pub(crate) struct Jobs {
    /// Jobs that plan.
    pub(crate) plan: Vec<Principal>,
    /// Jobs that deploy.
    pub(crate) deploy: Vec<Principal>,
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
    #[builder(field)]
    releases: Vec<Repository<'app>>,
    #[builder(field)]
    pub(super) deploy_workflows: Vec<String>,
    #[builder(field)]
    regions: Vec<String>,
    #[builder(field)]
    parameters: Vec<String>,
    #[builder(field)]
    jobs: Option<Jobs>,
    /// The identity provider of the account.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    pub(super) provider: OidcProvider,
    /// The GitHub repository as `owner/name`.
    #[builder(into)]
    pub(super) repository: String,
    /// The number of the repository, which stays when someone else takes over its name. Default: not demanded.
    #[builder(into)]
    pub(super) repository_id: Option<String>,
    /// The number of who owns the repository. With both numbers, the subject of tokens is expected to hold them, as
    /// GitHub writes it for repositories that were made since July 2026. Default: not expected.
    #[builder(into)]
    pub(super) owner_id: Option<String>,
    /// The branch that is deployed; its jobs may plan and publish. Default: `main`.
    #[builder(into, default = "main")]
    pub(super) branch: String,
    /// The reusable workflow, a file in `.github/workflows`, in which jobs of the environments for planning and
    /// publishing have to be, as `branch` has it. Default: any workflow, also one that a pull request brings.
    #[builder(into)]
    pub(super) trusted_workflow: Option<String>,
    /// The GitHub environment of jobs that plan. Default: `plan`.
    #[builder(into, default = "plan")]
    pub(super) plan_environment: String,
    /// The GitHub environment of jobs that push images. Default: `publish`.
    #[builder(into, default = "publish")]
    pub(super) publish_environment: String,
    /// The GitHub environment of jobs that deploy, such as `production`.
    #[builder(into)]
    pub(super) deploy_environment: String,
    /// Prefix of the names of the stacks, such as `notes-`: nothing else is touched.
    #[builder(into)]
    stack_prefix: String,
    /// The policy that limits every role that the execution role makes or widens. Default: a [`PermissionsBoundary`]
    /// of these stacks, made here. The execution role has a boundary of its own in any case.
    #[builder(with = |arn: impl IntoValue<Arn<kind::iam::ManagedPolicy>>| arn.into_value())]
    permissions_boundary: Option<Value<Arn<kind::iam::ManagedPolicy>>>,
}

impl<'app, S: delivery_roles_builder::State> DeliveryRolesBuilder<'app, S> {
    /// Lets the publish role push images to a repository.
    pub fn publishes_to(mut self, repository: &Repository<'app>) -> Self {
        self.images.push(*repository);
        self
    }

    /// Lets the deploy role copy images to a repository from those that the publish role pushes to, and see which of
    /// its images expire.
    pub fn promotes_to(mut self, repository: &Repository<'app>) -> Self {
        self.releases.push(*repository);
        self
    }

    /// Names a workflow that deploys, a file in `.github/workflows`: the deploy role is assumed in no other, and only as
    /// `branch` has it. Can be repeated. Without one, every workflow of the branch may.
    pub fn deploy_workflow(mut self, file: impl Into<String>) -> Self {
        self.deploy_workflows.push(file.into());
        self
    }

    /// Names a region that stacks are in, beside that of the roles' own, such as `us-east-1` for what CloudFront uses.
    /// Can be repeated.
    pub fn stacks_in(mut self, region: impl Into<String>) -> Self {
        self.regions.push(region.into());
        self
    }

    /// Lets templates read parameters of that name in Parameter Store, such as `/network/vpc-id` or `/network/*`: with
    /// `{{resolve:ssm:…}}`, and as values of parameters of an SSM type. Can be repeated. Without it they read those of the app (`/notes/*` and `notes-*` for the
    /// prefix `notes-`, and what its stacks make) and those of AWS below `/aws/service/`.
    ///
    /// CloudFormation resolves them with the execution role, so whoever plans sees the values.
    pub fn reads_parameters(mut self, name: impl Into<String>) -> Self {
        self.parameters.push(name.into());
        self
    }

    /// Has jobs of another service assume the roles.
    #[cfg(feature = "gitlab")]
    pub(crate) fn assumed_by(mut self, jobs: Jobs) -> Self {
        self.jobs = Some(jobs);
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
        let jobs = if let Some(given) = &props.jobs {
            given.clone()
        } else {
            trust::check(&props, scope);
            Jobs {
                plan: vec![
                    props.trusted_job(&props.plan_environment),
                    props.job_of_branch(),
                ],
                deploy: vec![props.deploying_job()],
            }
        };
        let publish = match &props.jobs {
            Some(given) => given.plan.clone(),
            None => vec![
                props.trusted_job(&props.publish_environment),
                props.job_of_branch(),
            ],
        };
        let prefix = props.stack_prefix.as_str();
        let limit = match &props.permissions_boundary {
            Some(given) => given.clone(),
            None => props
                .regions
                .iter()
                .fold(PermissionsBoundary::builder(), |start, region| {
                    start.stacks_in(region)
                })
                .stack_prefix(prefix)
                .build(scope, "Boundary")
                .arn(),
        };
        let work = Execution {
            prefix,
            regions: &props.regions,
            boundary: &limit,
            parameters: &props.parameters,
        };
        let execution_limit = work.limit(scope, "ExecutionBoundary");
        let execution = Role::builder()
            .assumed_by(Principal::service("cloudformation.amazonaws.com"))
            .path(PATH)
            .description("CloudFormation deploys the stacks with it")
            .permissions_boundary(execution_limit.arn())
            .build(scope, "ExecutionRole");
        work.permit(&execution);
        let job = |id: &str, principals: Vec<Principal>, description: &str| {
            Role::builder()
                .assumed_by(principals)
                .path(PATH)
                .description(description)
                .max_session_duration(Duration::hours(1))
                .build(scope, id)
        };
        let roles = DeliveryRoles {
            scope,
            execution,
            execution_limit,
            plan: job("PlanRole", jobs.plan, "Plans: change sets, never executed"),
            publish: job("PublishRole", publish, "Pushes images"),
            deploy: job("DeployRole", jobs.deploy, "Executes reviewed change sets"),
        };
        let may = Permissions {
            prefix,
            regions: &props.regions,
            execution: execution.arn(),
        };
        may.plan(&roles.plan, "pr*");
        may.plan(&roles.deploy, "*");
        may.deploy(&roles.deploy);
        for repository in &props.images {
            repository.grant_pull_push(&roles.publish);
            if !props.releases.is_empty() {
                repository.grant_pull(&roles.deploy);
            }
        }
        for repository in &props.releases {
            repository.grant_pull_push(&roles.deploy);
            repository.grant_inspect(&roles.deploy);
        }
        scope.attach(Limit(match props.permissions_boundary {
            Some(given) => given,
            None => PermissionsBoundary::arn_of(prefix),
        }));
        roles
    }
}

/// What limits roles of the app, named so that stacks of any region can.
struct Limit(Value<Arn<kind::iam::ManagedPolicy>>);

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

    /// The boundary of the role with which CloudFormation deploys.
    pub(super) fn execution_limit(&self) -> ManagedPolicy<'app> {
        self.execution_limit
    }

    /// Gives every role below `scope` (the whole app, mostly) the permissions boundary, unless it has one: CloudFormation
    /// makes no other. Roles of the delivery itself are left as they are.
    ///
    /// Stacks must be deployed after the one that holds the boundary; `depends_on` says so where nothing else does.
    pub fn limit_roles(&self, scope: impl Construct<'app>) {
        if let Some(limit) = self.scope.attached::<Limit>() {
            boundary::limit_roles(scope, limit.0.clone());
        }
    }
}

impl<'app> Construct<'app> for DeliveryRoles<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
