//! Resources that the pipeline of `infra new` needs in an account for one environment.

use bon::Builder;

use super::parts::{Parts, parts_of};
use super::{DeliveryRoles, DeliveryRolesBuilder, OidcProvider};
use crate::core::{Construct, Output, Scope, pseudo, sub};
use crate::s3::ReleaseLog;

/// Workflow that plans for pull requests, as named by `infra delivery write`.
const TRUSTED_WORKFLOW: &str = "trusted.yml";

/// Workflows with a job in the environment that deploys.
const DEPLOY_WORKFLOWS: [&str; 2] = ["environment.yml", "rollback.yml"];

/// The delivery of one environment of an app, for the workflows of `infra new` and `infra delivery write`.
///
/// Creates GitHub's identity provider, the [`DeliveryRoles`] for those workflows with their
/// [`PermissionsBoundary`](super::PermissionsBoundary), and a [`ReleaseLog`] for `releases` and `rollback --to`.
/// Every role of the app gets the boundary. The output `Settings` is the entry of the environment in the repository
/// variable `ENVIRONMENTS`, as JSON. CloudFormation has no equivalent.
///
/// An administrator deploys the stack, once and whenever the roles change, because the pipeline cannot change its own
/// roles. Protect the GitHub environment first, with reviewers and for the branch `main` only. `docs/delivery.md` of
/// a project lists the steps in order. Defaults:
///
/// | property | here |
/// |---|---|
/// | identity provider | a new one; an account can have only one |
/// | IDs of repository and owner | not checked |
/// | regions of the stacks | the region of the roles |
/// | workflows that assume the deploy role | `environment.yml` and `rollback.yml` |
/// | assets | none; see [`publishes_assets`](DeliveryBuilder::publishes_assets) |
///
/// CloudFormation may deploy the resource types of the app, with the permissions that their handlers declare. Add
/// actions that a handler needs but does not declare with [`deploys`](DeliveryBuilder::deploys).
///
/// See [roles for OpenID Connect
/// federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html).
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
    /// Identity provider of the account. Default: a new one. An account can have only one; pass
    /// [`OidcProvider::of_account`] if another stack created it.
    #[builder(with = |provider: &OidcProvider| provider.clone())]
    provider: Option<OidcProvider>,
    /// GitHub repository as `owner/name`.
    #[builder(into)]
    repository: String,
    /// Numeric ID of the repository, which stays the same if another owner takes over the name. Default: not checked.
    #[builder(into)]
    repository_id: Option<String>,
    /// Numeric ID of the repository's owner. With both IDs, the subject of tokens must contain them, as GitHub does
    /// for repositories created since July 2026. Default: not checked.
    #[builder(into)]
    owner_id: Option<String>,
    /// Name of the environment in `[delivery]` of `infra.toml`, and of the GitHub environment of jobs that deploy.
    #[builder(into)]
    environment: String,
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
            .library_construct(id, "infra-lib.github.Delivery");
        let prefix = props.stack_prefix.as_str();
        let provider = props
            .provider
            .clone()
            .unwrap_or_else(|| OidcProvider::new(scope, "Provider"));
        let (roles, releases) = props.parts.add_parts(scope, prefix, |boundary| {
            let start = DEPLOY_WORKFLOWS
                .iter()
                .fold(DeliveryRoles::builder(), |start, workflow| {
                    start.deploy_workflow(*workflow)
                });
            let parameters = props.parts.parameters.iter();
            let start = parameters.fold(start, DeliveryRolesBuilder::reads_parameters);
            let start = if props.parts.has_assets {
                start.publishes_assets()
            } else {
                start
            };
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
                .contents(props.parts.contents.clone())
                .permissions_boundary(boundary)
                .build(scope, "Roles")
        });
        let assets = if props.parts.has_assets {
            sub!["\",\"ASSETS_ROLE\":\"", roles.publish().arn()]
        } else {
            sub![""]
        };
        let settings = sub![
            "{\"AWS_REGION\":\"",
            pseudo::region(),
            "\",\"PLAN_ROLE\":\"",
            roles.plan().arn(),
            "\",\"DEPLOY_ROLE\":\"",
            roles.deploy().arn(),
            "\",\"EXECUTION_ROLE\":\"",
            roles.execution().arn(),
            assets,
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
