//! Configures the delivery of new versions to an environment.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AccountId, GithubEnvironment, GithubId, GithubRepository};

/// Repository, approval and images of the delivery to an environment, from which the roles of the workflows are derived.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryConfig {
    /// GitHub repository, as `owner/name`, whose workflows may assume the roles that plan, publish and deploy.
    pub repository: GithubRepository,
    /// ID of the repository's owner; required together with `repository_id` for repositories created since 15 July 2026.
    pub owner_id: Option<GithubId>,
    /// ID of the repository, which stays the same if another repository takes over its name.
    pub repository_id: Option<GithubId>,
    /// GitHub environment whose jobs may deploy; its required reviewers and deployment branches restrict them.
    pub deploy_environment: GithubEnvironment,
    /// Origin of the account's OIDC identity provider for GitHub, of which an account can have only one.
    pub oidc_provider: OidcProviderConfig,
    /// Number of releases whose images are kept, and so the number of releases that a rollback can restore. Proposed images do not count.
    #[schemars(range(min = 10, max = 1000))]
    pub images_kept: u16,
    /// ID of the account of previews, which is permitted to pull proposed images. Default: none, without previews.
    pub preview_account: Option<AccountId>,
}

/// The origin of an account's OIDC identity provider for GitHub; exactly one environment of an account creates it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum OidcProviderConfig {
    /// This environment creates the identity provider; other environments of the account use `existing`.
    Create,
    /// The identity provider exists: another environment of the account created it.
    Existing,
}
