//! Resources that the GitLab pipeline of `infra new` needs in an account for one environment.

use bon::Builder;

use super::OidcProvider;
use crate::core::{Construct, Diagnostic, Output, Scope, codes, pseudo};
use crate::github::oidc_provider::AUDIENCE;
use crate::github::{self, DeliveryRoles, DeliveryRolesBuilder, Jobs, Parts, parts_of};
use crate::iam::Principal;
use crate::s3::ReleaseLog;

/// Branch that is deployed.
const BRANCH: &str = "main";

/// The delivery of one environment of an app, for the pipeline of `infra new --ci gitlab`.
///
/// Creates the same resources as [`github::Delivery`]: the identity provider, the roles within a permissions
/// boundary, the log of releases, and the boundary for every role of the app. Its outputs are the variables of the
/// GitLab project: `AwsRegion`, `PlanRole`, `DeployRole`, `ExecutionRole`, and
/// `AssetsRole` if it [publishes assets](DeliveryBuilder::publishes_assets). CloudFormation has no equivalent.
///
/// A token of GitLab identifies the project and branch of a job, but neither its pipeline nor its environment in a
/// form that AWS can compare. The plan role therefore trusts jobs of every branch of the project; it creates and
/// deletes change sets whose names begin with `pr`, and executes none. The deploy role and the role for assets trust jobs of `main`; a
/// protected environment decides who can start them.
///
/// By default, the identity provider is a new one for GitLab.com, and the stacks are in the region of the roles. See
/// [roles for OpenID Connect
/// federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html).
///
/// ```
/// use infra_lib::gitlab::Delivery;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "shop-prod-delivery");
/// Delivery::builder()
///     .project("octo/shop")
///     .stack_prefix("shop-prod-")
///     .build(stack, "Delivery");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'app> {
    scope: Scope<'app>,
    roles: DeliveryRoles<'app>,
    releases: ReleaseLog<'app>,
}

/// Properties of a [`Delivery`], set through [`Delivery::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = DeliveryBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct DeliveryProps {
    #[builder(field)]
    parts: Parts,
    /// Identity provider of the account. Default: a new one for GitLab.com. An account can have only one per host;
    /// pass [`OidcProvider::of_account`] if another stack created it.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    provider: Option<OidcProvider>,
    /// Project with its groups, such as `group/subgroup/project`.
    #[builder(into)]
    project: String,
    /// Prefix of the names of the environment's stacks, such as `shop-prod-`. The roles can change no other stacks.
    #[builder(into)]
    stack_prefix: String,
}

parts_of!(DeliveryBuilder, delivery_builder::State);

impl<S: delivery_builder::State> DeliveryBuilder<S> {
    /// Adds the delivery under `scope`, and sets the permissions boundary of all roles of the app.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Delivery<'app>
    where
        S: delivery_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.gitlab.Delivery");
        props.check_project(scope);
        let prefix = props.stack_prefix.as_str();
        let provider = props
            .provider
            .clone()
            .unwrap_or_else(|| OidcProvider::new(scope, "Provider"));
        let jobs = Jobs {
            plan: vec![props.jobs_of(&provider, "StringLike", "*")],
            deploy: vec![props.jobs_of(&provider, "StringEquals", BRANCH)],
        };
        let (roles, releases) = props.parts.add_parts(scope, prefix, |boundary| {
            let parameters = props.parts.parameters.iter();
            let start = parameters.fold(
                DeliveryRoles::builder(),
                DeliveryRolesBuilder::reads_parameters,
            );
            let start = if props.parts.has_assets {
                start.publishes_assets()
            } else {
                start
            };
            let regions = props.parts.regions.iter();
            regions
                .fold(start, DeliveryRolesBuilder::stacks_in)
                .assumed_by(jobs)
                // Required by the builder but without effect: `assumed_by` names the jobs, and these three would name
                // jobs of GitHub.
                .provider(&github::OidcProvider::of_account())
                .repository(props.project.as_str())
                .deploy_environment(BRANCH)
                .stack_prefix(prefix)
                .contents(props.parts.contents.clone())
                .permissions_boundary(boundary)
                .build(scope, "Roles")
        });
        let assets = props.parts.has_assets;
        let assets = assets.then(|| ("AssetsRole", roles.publish()));
        let others = [
            ("PlanRole", roles.plan()),
            ("DeployRole", roles.deploy()),
            ("ExecutionRole", roles.execution()),
        ];
        for (id, role) in others.into_iter().chain(assets) {
            Output::new(scope, id, role.arn()).description("A variable of the project");
        }
        Output::new(scope, "AwsRegion", pseudo::region()).description("A variable of the project");
        Delivery {
            scope,
            roles,
            releases,
        }
    }
}

impl DeliveryProps {
    /// Returns the jobs of branches whose names match a pattern.
    fn jobs_of(&self, provider: &OidcProvider, operator: &'static str, branch: &str) -> Principal {
        let host = provider.host();
        let subject = format!("project_path:{}:ref_type:branch:ref:{branch}", self.project);
        Principal::oidc(provider.arn())
            .condition("StringEquals", format!("{host}:aud"), AUDIENCE)
            .condition(operator, format!("{host}:sub"), subject)
    }

    /// Reports a project with which the roles would trust other jobs than intended.
    fn check_project(&self, scope: Scope<'_>) {
        let part = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        if self.project.split('/').count() < 2 || !self.project.split('/').all(part) {
            scope.report(
                Diagnostic::new(
                    codes::INVALID_TRUST,
                    format!("`{}` is not a GitLab project", self.project),
                )
                .expected("`group/project`, without wildcards")
                .note("the roles trust exactly this project: a wildcard would trust others"),
            );
        }
    }
}

impl<'app> Delivery<'app> {
    /// Returns a builder for a delivery.
    pub fn builder() -> DeliveryBuilder {
        DeliveryProps::start()
    }

    /// Returns the roles of the pipeline.
    pub fn roles(&self) -> DeliveryRoles<'app> {
        self.roles
    }

    /// Returns the log of releases.
    pub fn releases(&self) -> ReleaseLog<'app> {
        self.releases
    }
}

impl<'app> Construct<'app> for Delivery<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
