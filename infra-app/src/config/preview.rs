//! Configures previews: separate environments for single pull requests.

use infra_lib::ecr::RepositoryUri;
use schemars::JsonSchema;
use serde::Deserialize;

use super::read;
use super::{Date, PreviewName};

/// Previews of pull requests. With a `name`, the environment is one preview; without, it contains what all previews of the account share.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewConfig {
    /// Name of the preview, set by the workflow: `--set preview.name=pr7`. Default: none, which creates only what previews share.
    pub name: Option<PreviewName>,
    /// Last day (UTC) of the preview, set by the workflow: `--set preview.expires=2026-12-03`.
    pub expires: Date,
    /// GitHub environment of the jobs that deploy and remove previews; the preview role trusts only it.
    pub environment: super::GithubEnvironment,
    /// ECR repository of proposed images, which previews run by digest. Set by the workflow: `--set preview.images=…`.
    #[serde(deserialize_with = "read::repository_uri")]
    #[schemars(with = "String", regex(pattern = r"^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9._/-]{2,256}$"), extend("examples" = ["123456789012.dkr.ecr.us-east-1.amazonaws.com/notes"]))]
    pub images: RepositoryUri,
}
