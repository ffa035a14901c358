//! How new versions reach an environment.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AccountId, GithubEnvironment, GithubId, GithubRepository};

/// How new versions reach the environment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryConfig {
    /// The GitHub repository whose workflows may plan, publish and deploy.
    pub repository: GithubRepository,
    /// The number of its owner; with the next one, for repositories that were made since 15 July 2026.
    pub owner_id: Option<GithubId>,
    /// The number of the repository, which stays when someone else takes over its name.
    pub repository_id: Option<GithubId>,
    /// The GitHub environment whose jobs may deploy; its reviewers and branches decide who does.
    pub deploy_environment: GithubEnvironment,
    /// Whether the account has an identity provider for GitHub already; it can have one only.
    pub oidc_provider: OidcProviderConfig,
    /// Number of releases whose images are kept, which is the number that a rollback can reach. Proposed images do not count.
    #[schemars(range(min = 10, max = 1000))]
    pub images_kept: u16,
    /// The account of previews, which may pull proposed images. Default: none.
    pub preview_account: Option<AccountId>,
}

/// The identity provider for GitHub in an account.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum OidcProviderConfig {
    /// This environment makes it.
    Create,
    /// It is there: another environment of the account made it.
    Existing,
}
