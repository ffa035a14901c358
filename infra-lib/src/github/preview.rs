//! Roles with which previews of pull requests are deployed and removed.

use bon::Builder;

use super::assets::Assets;
use super::boundary::{self, PATH};
use super::by_type::TypePermissions;
use super::execution::{EXECUTION_ROLE, Execution};
use super::parts::{Parts, parts_of};
use super::permissions::Permissions;
use super::{DeliveryRoles, OidcProvider, PermissionsBoundary, trust};
use crate::core::{Construct, Duration, IntoValue, Scope, Value, pseudo, sub};
use crate::ecr::RepositoryUri;
use crate::iam::{Principal, Role, Statement};

/// The roles with which a GitHub repository deploys and removes previews: separate environments for single pull
/// requests.
///
/// | Role | Assumed by | Permissions |
/// |---|---|---|
/// | preview | jobs of the environment `preview`, in the named workflow only, as the main branch has it | create and execute change sets of the stacks of previews, run their migration, publish and empty their buckets, delete them, read proposed images |
/// | execution | CloudFormation | as in [`DeliveryRoles`], for the stacks of previews only |
///
/// **A template of a pull request is deployed without a review.** Everyone who can push a branch therefore gets the
/// permissions of the execution role: resources of the stacks whose names begin with the prefix, and regional
/// services of this account. Use a separate account for previews; the prefix limits names, and the
/// [`PermissionsBoundary`] limits roles. Code of a pull request has no access to credentials: the workflow deploys an
/// assembly that another job created.
///
/// The app with these roles does not contain the stacks of previews. Pass an app with the stacks of one preview to
/// [`deploys_app`](PreviewRolesBuilder::deploys_app): CloudFormation may deploy its resource types, as with
/// [`Delivery`](super::Delivery). CloudFormation has no equivalent. Defaults:
///
/// | property | here |
/// |---|---|
/// | branch whose workflow is trusted | `main` |
/// | GitHub environment of the jobs | `preview` |
/// | IDs of repository and owner | not checked |
/// | regions of the stacks | the region of the roles |
///
/// See [roles for OpenID Connect
/// federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html).
///
/// ```
/// use infra_lib::github::{OidcProvider, PreviewRoles};
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Stack};
///
/// let preview = App::new();
/// let stack = Stack::new(&preview, "notes-preview-1-queue");
/// Queue::builder().build(stack, "Queue");
///
/// let app = App::new();
/// let stack = Stack::new(&app, "notes-preview-foundation");
/// PreviewRoles::builder()
///     .deploys_app(&preview)
///     .provider(&OidcProvider::new(stack, "GitHub"))
///     .repository("octo/notes")
///     .workflow("preview-trusted.yml")
///     .stack_prefix("notes-preview-")
///     .images("123456789012.dkr.ecr.us-east-1.amazonaws.com/notes".parse()?)
///     .build(stack, "Previews");
/// # assert!(app.synth().findings().is_empty());
/// # Ok::<(), infra_lib::ecr::InvalidRepositoryUri>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PreviewRoles<'app> {
    scope: Scope<'app>,
    preview: Role<'app>,
    execution: Role<'app>,
}

/// Properties of [`PreviewRoles`], set through [`PreviewRoles::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = PreviewRolesBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct PreviewRolesProps {
    #[builder(field)]
    images: Vec<RepositoryUri>,
    #[builder(field)]
    parts: Parts,
    /// Identity provider of the account.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    provider: OidcProvider,
    /// GitHub repository as `owner/name`.
    #[builder(into)]
    repository: String,
    /// Numeric ID of the repository, which stays the same if another owner takes over the name. Default: not checked.
    #[builder(into)]
    repository_id: Option<String>,
    /// Numeric ID of the repository's owner, as in [`DeliveryRoles`]. Default: not checked.
    #[builder(into)]
    owner_id: Option<String>,
    /// Branch whose workflow is trusted. Default: `main`.
    #[builder(into, default = "main")]
    branch: String,
    /// Reusable workflow, a file in `.github/workflows`, that jobs must use, as `branch` has it.
    #[builder(into)]
    workflow: String,
    /// GitHub environment of the jobs. Default: `preview`.
    #[builder(into, default = "preview")]
    environment: String,
    /// Prefix of the names of all stacks of previews, such as `notes-preview-`. The roles can change no other stacks.
    #[builder(into)]
    stack_prefix: String,
}

parts_of!(PreviewRolesBuilder, preview_roles_builder::State);

impl<S: preview_roles_builder::State> PreviewRolesBuilder<S> {
    /// Allows the preview role to list and read images in a repository of proposed images. Can be repeated.
    pub fn images(mut self, repository: RepositoryUri) -> Self {
        self.images.push(repository);
        self
    }

    /// Adds the roles under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> PreviewRoles<'app>
    where
        S: preview_roles_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.github.PreviewRoles");
        let prefix = props.stack_prefix.as_str();
        let (limit, regions) = (
            props.parts.create_boundary(scope, prefix),
            &props.parts.regions,
        );
        let work = Execution {
            prefix,
            regions,
            boundary: &limit,
            has_assets: props.parts.has_assets,
            parameters: &props.parts.parameters,
        };
        let execution_limit = work.create_limit(scope);
        let execution = Role::builder()
            .assumed_by(Principal::service("cloudformation.amazonaws.com"))
            .path(PATH)
            .description("CloudFormation deploys and deletes previews with it")
            .permissions_boundary(execution_limit.arn())
            .build(scope, EXECUTION_ROLE);
        work.grant_permissions(&execution);
        props
            .parts
            .widen_permissions(prefix, &execution, &execution_limit);
        let preview = Role::builder()
            .assumed_by(vec![props.preview_job(scope)])
            .path(PATH)
            .description("Deploys and removes previews of pull requests")
            .max_session_duration(Duration::hours(1))
            .build(scope, "PreviewRole");
        let may = Permissions {
            prefix,
            regions,
            execution: execution.arn(),
        };
        may.grant_plan(&preview, "*");
        may.grant_deploy(&preview);
        if props.parts.has_assets {
            Assets { regions }.grant_publish(&preview);
        }
        grant_removal(&preview, prefix, regions);
        preview.add_statement(keep_shared_stack());
        read_images(&preview, &props.images);
        TypePermissions {
            prefix: prefix.to_owned(),
            regions: regions.clone(),
            others: props.parts.contents.clone(),
            readers: &["PreviewRole"],
        }
        .add_at_synthesis(scope);
        PreviewRoles {
            scope,
            preview,
            execution,
        }
    }
}

impl PreviewRolesProps {
    /// Returns the jobs that assume the preview role: jobs of the environment in the named workflow, as the branch
    /// has it.
    fn preview_job(&self, scope: Scope<'_>) -> Principal {
        let trusted = DeliveryRoles::builder()
            .provider(&self.provider)
            .repository(self.repository.clone())
            .maybe_repository_id(self.repository_id.clone())
            .maybe_owner_id(self.owner_id.clone())
            .branch(self.branch.clone())
            .trusted_workflow(self.workflow.clone())
            .plan_environment(self.environment.clone())
            // Unused: no job has this name, and no role that would trust it is created.
            .deploy_environment(format!("not-{}", self.environment))
            .stack_prefix(self.stack_prefix.clone())
            .props();
        trust::check_trust(&trusted, scope);
        trusted.trusted_job(&self.environment)
    }
}

/// Allows a role to delete stacks, and everything that prevents the deletion of a bucket.
fn grant_removal(role: &Role<'_>, prefix: &str, regions: &[String]) {
    let here = std::iter::once(pseudo::region());
    let others = regions.iter().map(|region| region.clone().into_value());
    let stacks = here.chain(others).map(|region| {
        sub![
            "arn:",
            pseudo::partition(),
            ":cloudformation:",
            region,
            ":",
            pseudo::account_id(),
            ":stack/",
            prefix,
            "*/*"
        ]
    });
    // Listing all stacks finds previews without a pull request; the action has no resource-level permissions.
    role.add_statement(
        Statement::allow()
            .sid("ListStacks")
            .action("cloudformation:DescribeStacks")
            .resource("*"),
    );
    role.add_statement(
        Statement::allow()
            .sid("DeleteStacks")
            .action("cloudformation:DeleteStack")
            .resources(stacks.collect::<Vec<Value<String>>>()),
    );
    role.add_statement(
        Statement::allow()
            .sid("EmptyBuckets")
            .actions(["s3:DeleteObjectVersion", "s3:ListBucketVersions"])
            .resource(boundary::bucket_arns(prefix)),
    );
}

/// Returns a statement that denies changes of the stack of these roles, which previews share: its name begins with
/// the same prefix.
fn keep_shared_stack() -> Statement {
    Statement::deny()
        .sid("KeepSharedStack")
        .not_actions([
            "cloudformation:Describe*",
            "cloudformation:Get*",
            "cloudformation:List*",
        ])
        .resource(sub![
            "arn:",
            pseudo::partition(),
            ":cloudformation:*:",
            pseudo::account_id(),
            ":stack/",
            pseudo::stack_name(),
            "/*"
        ])
}

/// Allows a role to read proposed images. The token is for the whole registry; its action has no resource-level
/// permissions.
fn read_images(role: &Role<'_>, repositories: &[RepositoryUri]) {
    if repositories.is_empty() {
        return;
    }
    role.add_statement(
        Statement::allow()
            .sid("ReadProposals")
            .actions([
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:DescribeImages",
                "ecr:GetDownloadUrlForLayer",
            ])
            .resources(repositories.iter().map(RepositoryUri::arn)),
    );
    role.add_statement(
        Statement::allow()
            .sid("SignIn")
            .action("ecr:GetAuthorizationToken")
            .resource("*"),
    );
}

impl<'app> PreviewRoles<'app> {
    /// Returns a builder for the roles.
    pub fn builder() -> PreviewRolesBuilder {
        PreviewRolesProps::start()
    }

    /// Returns the role of jobs that deploy and remove previews.
    pub fn preview(&self) -> Role<'app> {
        self.preview
    }

    /// Returns the role with which CloudFormation deploys and deletes previews.
    pub fn execution(&self) -> Role<'app> {
        self.execution
    }

    /// Sets the permissions boundary of every role below `scope` (usually the whole app of a preview) that has none,
    /// since CloudFormation cannot create other roles. The roles of the previews are in another app, so the prefix of
    /// all previews identifies the boundary.
    pub fn limit_roles(scope: impl Construct<'app>, stack_prefix: &str) {
        boundary::limit_roles(scope, PermissionsBoundary::arn_of(stack_prefix));
    }
}

impl<'app> Construct<'app> for PreviewRoles<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
