//! Everything that an environment of the pipeline of `infra new` needs in an account, in one call.

use bon::Builder;

use super::parts::{Parts, parts_of};
use super::{DeliveryRoles, DeliveryRolesBuilder, OidcProvider};
use crate::core::{Construct, Output, Scope, pseudo, sub};
use crate::s3::ReleaseLog;

/// The workflow that plans for pull requests, as `infra delivery write` names it.
const TRUSTED_WORKFLOW: &str = "trusted.yml";

/// The workflows with a job in the environment that deploys.
const DEPLOY_WORKFLOWS: [&str; 2] = ["environment.yml", "rollback.yml"];

/// The delivery of one environment of an app, as the workflows of `infra new` and `infra delivery write` expect it.
///
/// Adds the identity provider of GitHub, the [`DeliveryRoles`] for those workflows with their
/// [`PermissionsBoundary`](super::PermissionsBoundary), and a [`ReleaseLog`], so that `releases` and `rollback --to` work. Every role of the app gets the boundary. The output `Settings` is the
/// entry of the environment in the variable `ENVIRONMENTS` of the repository, as JSON.
///
/// An administrator deploys its stack, once and whenever the roles change: the pipeline may not change them itself. Protect the GitHub
/// environment before, with reviewers and for the branch `main` alone. `docs/delivery.md` of a project has the steps in order.
///
/// CloudFormation may deploy the services of the reference architecture: VPC, ECS, load balancers, RDS, S3, CloudFront, Secrets
/// Manager and what belongs to them. Name the actions of others with [`deploys`](DeliveryBuilder::deploys).
///
/// ```
/// use infra_lib::github::Delivery;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "shop-prod-delivery");
/// Delivery::builder()
///     .repository("octo/shop")
///     .environment("prod")
///     .stack_prefix("shop-prod-")
///     .deploys("sqs:*")
///     .permits("sqs:SendMessage")
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
    /// The identity provider of the account. Default: made here. An account has one: name [`OidcProvider::of_account`] where
    /// another stack has made it.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    provider: Option<OidcProvider>,
    /// The GitHub repository as `owner/name`.
    #[builder(into)]
    repository: String,
    /// The number of the repository, which stays when someone else takes over its name. Default: not demanded.
    #[builder(into)]
    repository_id: Option<String>,
    /// The number of the owner of the repository. With both numbers, the subject of tokens is expected to hold them, as
    /// GitHub writes it for repositories that were made since July 2026. Default: not expected.
    #[builder(into)]
    owner_id: Option<String>,
    /// The environment: its name in `[delivery]` of `infra.toml`, and that of the GitHub environment of jobs that deploy.
    #[builder(into)]
    environment: String,
    /// The prefix of the names of its stacks, such as `shop-prod-`: nothing else is touched.
    #[builder(into)]
    stack_prefix: String,
}

parts_of!(DeliveryBuilder, delivery_builder::State);

impl<S: delivery_builder::State> DeliveryBuilder<S> {
    /// Adds the delivery under `scope`, and limits the roles of the whole app.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Delivery<'app>
    where
        S: delivery_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.github.Delivery");
        let prefix = props.stack_prefix.as_str();
        let provider = props
            .provider
            .clone()
            .unwrap_or_else(|| OidcProvider::new(scope, "Provider"));
        let (roles, releases) = props.parts.add(scope, prefix, |boundary| {
            let start = DEPLOY_WORKFLOWS
                .iter()
                .fold(DeliveryRoles::builder(), |start, workflow| {
                    start.deploy_workflow(*workflow)
                });
            let parameters = props.parts.parameters.iter();
            let start = parameters.fold(start, DeliveryRolesBuilder::reads_parameters);
            let regions = props.parts.regions.iter();
            regions
                .fold(start, DeliveryRolesBuilder::stacks_in)
                .provider(&provider)
                .repository(props.repository.as_str())
                .maybe_repository_id(props.repository_id.clone())
                .maybe_owner_id(props.owner_id.clone())
                .trusted_workflow(TRUSTED_WORKFLOW)
                .deploy_environment(props.environment.as_str())
                .stack_prefix(prefix)
                .permissions_boundary(boundary)
                .build(scope, "Roles")
        });
        let settings = sub![
            "{\"AWS_REGION\":\"",
            pseudo::region(),
            "\",\"PLAN_ROLE\":\"",
            roles.plan().arn(),
            "\",\"DEPLOY_ROLE\":\"",
            roles.deploy().arn(),
            "\",\"EXECUTION_ROLE\":\"",
            roles.execution().arn(),
            "\"}"
        ];
        Output::new(scope, "Settings", settings).description(format!(
            "The entry `{}` of the variable ENVIRONMENTS",
            props.environment
        ));
        Delivery {
            scope,
            roles,
            releases,
        }
    }
}

impl<'app> Delivery<'app> {
    /// Starts a delivery.
    pub fn builder() -> DeliveryBuilder {
        DeliveryProps::start()
    }

    /// The roles of the pipeline.
    pub fn roles(&self) -> DeliveryRoles<'app> {
        self.roles
    }

    /// The log of releases.
    pub fn releases(&self) -> ReleaseLog<'app> {
        self.releases
    }
}

impl<'app> Construct<'app> for Delivery<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
