//! Roles with which a repository plans, publishes and deploys.

use bon::Builder;

use super::assets::Assets;
use super::boundary::{self, PATH};
use super::by_type::TypePermissions;
use super::execution::{EXECUTION_ROLE, Execution};
use super::handlers::Contents;
use super::permissions::Permissions;
use super::{OidcProvider, PermissionsBoundary, trust};
use crate::core::{App, Arn, Construct, Duration, IntoValue, Scope, Value};
use crate::ecr::Repository;
use crate::iam::{ManagedPolicy, Principal, Role};
use crate::kind;

/// The roles with which a GitHub repository is delivered, each with minimal permissions.
///
/// | Role | Assumed by | Permissions |
/// |---|---|---|
/// | plan | jobs of the `plan` environment, and jobs of the main branch | create, read and delete change sets whose name begins with `pr`; read stacks and the records of releases; detect drift, with the permissions of the read handlers, which include no secrets and no data; **not** execute |
/// | publish | jobs of the `publish` environment, and jobs of the main branch | push images to the given repositories, and publish assets if there are any |
/// | deploy | jobs of the deploy environment, on the main branch, in the workflows that deploy | execute change sets, roll back, run the migration task, publish the site, copy proposed images to the releases |
/// | execution | CloudFormation | those that the handlers of the app's resource types declare, in the regions of the stacks; not administrator |
///
/// A job can assume a role only from the GitHub environment with the role's name, so the reviewers and branch rules
/// of the environment decide. The environments that plan and publish for pull requests cannot be limited to a branch
/// in this way, and a pull request can change every workflow. Name the permitted workflow with `trusted_workflow`:
/// AWS then accepts it only as the main branch has it. Jobs of the main branch can plan and publish without an
/// environment.
///
/// Protect the environment that deploys before you create the roles: a missing environment is created, without
/// protection, by the first job that names it. Even then, only jobs of the main branch can assume the deploy role,
/// and with `deploy_workflow` only those workflows, as that branch has them.
///
/// No role of a job can delete a stack, because IAM cannot distinguish a stack whose creation failed from one in
/// service. An administrator deletes stacks in `ROLLBACK_COMPLETE`.
///
/// Change sets can be created only with the execution role, the only role that may be passed to CloudFormation. It
/// can create and change roles only within a [`PermissionsBoundary`], has a boundary itself, and can change neither
/// these policies nor the roles of the delivery, which have the path `/delivery/`. A template therefore cannot create
/// an administrator. An administrator changes the permissions of these roles by deploying their stack with other
/// credentials. Call [`limit_roles`](Self::limit_roles), since IAM refuses roles without the boundary.
///
/// The permissions for resources are those that the registry of CloudFormation states for the handlers of each
/// resource type of the app, without those that read secrets or change settings of the account. They are in managed
/// policies, `ExecutionPolicy1` and following for CloudFormation and `ReadPolicy1` and following for the roles that
/// detect drift. Roles of the app can be passed only to the services that they trust. An app with a new resource type
/// therefore changes the roles, and an administrator deploys their stack first.
///
/// CloudFormation has no equivalent. Defaults:
///
/// | property | here |
/// |---|---|
/// | resource types that are deployed | those of the app |
/// | branch that is deployed | `main` |
/// | environments of jobs that plan and publish | `plan` and `publish` |
/// | workflows that assume the deploy role | every workflow of the branch |
/// | workflow that plans and publishes for pull requests | any |
/// | permissions boundary | a new one for the stacks |
/// | IDs of repository and owner | not checked |
///
/// See [roles for OpenID Connect
/// federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html).
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

/// Principals of another CI service than GitHub that assume the roles instead.
#[derive(Clone, Debug)]
pub(crate) struct Jobs {
    /// Principals of jobs that plan.
    pub(crate) plan: Vec<Principal>,
    /// Principals of jobs that deploy.
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
    has_assets: bool,
    #[builder(field)]
    contents: Contents,
    #[builder(field)]
    jobs: Option<Jobs>,
    /// Identity provider of the account.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    pub(super) provider: OidcProvider,
    /// GitHub repository as `owner/name`.
    #[builder(into)]
    pub(super) repository: String,
    /// Numeric ID of the repository, which stays the same if another owner takes over the name. Default: not checked.
    #[builder(into)]
    pub(super) repository_id: Option<String>,
    /// Numeric ID of the repository's owner. With both IDs, the subject of tokens must contain them, as GitHub does
    /// for repositories created since July 2026. Default: not checked.
    #[builder(into)]
    pub(super) owner_id: Option<String>,
    /// Branch that is deployed; its jobs may plan and publish. Default: `main`.
    #[builder(into, default = "main")]
    pub(super) branch: String,
    /// Reusable workflow, a file in `.github/workflows`, that jobs of the plan and publish environments must use, as
    /// `branch` has it. Default: any workflow, including those of a pull request.
    #[builder(into)]
    pub(super) trusted_workflow: Option<String>,
    /// GitHub environment of jobs that plan. Default: `plan`.
    #[builder(into, default = "plan")]
    pub(super) plan_environment: String,
    /// GitHub environment of jobs that push images. Default: `publish`.
    #[builder(into, default = "publish")]
    pub(super) publish_environment: String,
    /// GitHub environment of jobs that deploy, such as `production`.
    #[builder(into)]
    pub(super) deploy_environment: String,
    /// Prefix of the names of the stacks, such as `notes-`. The roles can change no other stacks.
    #[builder(into)]
    stack_prefix: String,
    /// Permissions boundary of every role that the execution role creates or changes. Default: a new
    /// [`PermissionsBoundary`] for these stacks. The execution role always has its own boundary as well.
    #[builder(with = |arn: impl IntoValue<Arn<kind::iam::ManagedPolicy>>| arn.into_value())]
    permissions_boundary: Option<Value<Arn<kind::iam::ManagedPolicy>>>,
}

impl<'app, S: delivery_roles_builder::State> DeliveryRolesBuilder<'app, S> {
    /// Allows the publish role to push images to a repository.
    pub fn publishes_to(mut self, repository: &Repository<'app>) -> Self {
        self.images.push(*repository);
        self
    }

    /// Allows the deploy role to copy images from the repositories of the publish role to this repository, and to
    /// read which of its images expire.
    pub fn promotes_to(mut self, repository: &Repository<'app>) -> Self {
        self.releases.push(*repository);
        self
    }

    /// Names a workflow that deploys, a file in `.github/workflows`. The deploy role can be assumed only in the named
    /// workflows, as `branch` has them. Can be repeated. Default: every workflow of the branch.
    pub fn deploy_workflow(mut self, file: impl Into<String>) -> Self {
        self.deploy_workflows.push(file.into());
        self
    }

    /// Adds a region of the stacks, in addition to the region of the roles, such as `us-east-1` for CloudFront. Can
    /// be repeated.
    pub fn stacks_in(mut self, region: impl Into<String>) -> Self {
        self.regions.push(region.into());
        self
    }

    /// Allows templates to read the parameters with a name in Parameter Store, such as `/network/vpc-id` or
    /// `/network/*`: with `{{resolve:ssm:…}}`, and as parameters of an SSM type. Can be repeated. Default: the
    /// parameters of the app (`/notes/*` and `notes-*` for the prefix `notes-`, and those that its stacks create) and
    /// those of AWS below `/aws/service/`.
    ///
    /// CloudFormation resolves them with the execution role, so every principal that can plan can read the values.
    pub fn reads_parameters(mut self, name: impl Into<String>) -> Self {
        self.parameters.push(name.into());
        self
    }

    /// Allows the publish role to write assets, such as the code of functions, to the bucket and the repository of
    /// `cdk bootstrap`, and the other roles to read them. Default: the stacks have no assets.
    ///
    /// Assets have the hash of their content as a name, and the role can neither replace nor remove a published one. Only jobs
    /// of the main branch should use it: the publisher of a hash decides what a later deployment finds there.
    pub fn publishes_assets(mut self) -> Self {
        self.has_assets = true;
        self
    }

    /// Allows CloudFormation to deploy the resource types of another app as well, such as one with the stacks that the
    /// pipeline deploys in addition to those of this app. Can be repeated. Default: the resource types of the app that contains
    /// the roles.
    pub fn deploys_app(mut self, app: &App) -> Self {
        self.contents.add(app.root());
        self
    }

    /// Adds the contents of other apps.
    pub(crate) fn contents(mut self, contents: Contents) -> Self {
        self.contents = contents;
        self
    }

    /// Sets principals of another CI service that assume the roles.
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
            trust::check_trust(&props, scope);
            Jobs {
                plan: vec![
                    props.trusted_job(&props.plan_environment),
                    props.job_of_branch(),
                ],
                deploy: vec![props.deploying_job()],
            }
        };
        let publish = match &props.jobs {
            // Not those that plan, which may be of any branch.
            Some(given) => given.deploy.clone(),
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
            has_assets: props.has_assets,
            parameters: &props.parameters,
        };
        let execution_limit = work.create_limit(scope);
        let execution = Role::builder()
            .assumed_by(Principal::service("cloudformation.amazonaws.com"))
            .path(PATH)
            .description("CloudFormation deploys the stacks with it")
            .permissions_boundary(execution_limit.arn())
            .build(scope, EXECUTION_ROLE);
        work.grant_permissions(&execution);
        let job = |id: &str, principals: Vec<Principal>, description: &str| {
            Role::builder()
                .assumed_by(principals)
                .path(PATH)
                .description(description)
                .max_session_duration(Duration::hours(1))
                .build(scope, id)
        };
        let publishes = if props.has_assets {
            "Publishes assets and pushes images"
        } else {
            "Pushes images"
        };
        let roles = DeliveryRoles {
            scope,
            execution,
            execution_limit,
            plan: job("PlanRole", jobs.plan, "Plans: change sets, never executed"),
            publish: job("PublishRole", publish, publishes),
            deploy: job("DeployRole", jobs.deploy, "Executes reviewed change sets"),
        };
        let may = Permissions {
            prefix,
            regions: &props.regions,
            execution: execution.arn(),
        };
        may.grant_plan(&roles.plan, "pr*");
        may.grant_plan(&roles.deploy, "*");
        may.grant_deploy(&roles.deploy);
        if props.has_assets {
            let assets = Assets {
                regions: &props.regions,
            };
            assets.grant_publish(&roles.publish);
            assets.grant_read(&roles.plan);
            assets.grant_read(&roles.deploy);
        }
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
        TypePermissions {
            prefix: prefix.to_owned(),
            regions: props.regions.clone(),
            others: props.contents.clone(),
            readers: &["PlanRole", "DeployRole"],
        }
        .add_at_synthesis(scope);
        scope.attach(ExecutionLimit(match props.permissions_boundary {
            Some(given) => given,
            None => PermissionsBoundary::arn_of(prefix),
        }));
        roles
    }
}

/// Permissions boundary of the app's roles, by a name that stacks of any region can use.
struct ExecutionLimit(Value<Arn<kind::iam::ManagedPolicy>>);

impl<'app> DeliveryRoles<'app> {
    /// Returns a builder for the roles.
    pub fn builder() -> DeliveryRolesBuilder<'app> {
        DeliveryRolesProps::start()
    }

    /// Returns the role of jobs that plan.
    pub fn plan(&self) -> Role<'app> {
        self.plan
    }

    /// Returns the role of jobs that push images and publish assets.
    pub fn publish(&self) -> Role<'app> {
        self.publish
    }

    /// Returns the role of jobs that deploy.
    pub fn deploy(&self) -> Role<'app> {
        self.deploy
    }

    /// Returns the role with which CloudFormation deploys.
    pub fn execution(&self) -> Role<'app> {
        self.execution
    }

    /// Returns the boundary of the role with which CloudFormation deploys.
    pub(super) fn execution_limit(&self) -> ManagedPolicy<'app> {
        self.execution_limit
    }

    /// Sets the permissions boundary of every role below `scope` (usually the whole app) that has none, since
    /// CloudFormation cannot create other roles. Roles of the delivery are left unchanged.
    ///
    /// Stacks must be deployed after the stack with the boundary; use `depends_on` if no reference ensures it.
    pub fn limit_roles(&self, scope: impl Construct<'app>) {
        if let Some(limit) = self.scope.attached::<ExecutionLimit>() {
            boundary::limit_roles(scope, limit.0.clone());
        }
    }
}

impl<'app> Construct<'app> for DeliveryRoles<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
