//! Previews: environments of their own for single pull requests.

use infra_lib::ecr::RepositoryUri;
use schemars::JsonSchema;
use serde::Deserialize;

use super::read;
use super::{Date, PreviewName};

/// Previews of pull requests. With a `name`, the environment is one preview; without, it is what all previews of the account share.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewConfig {
    /// The name of the preview. The workflow sets it: `--set preview.name=pr7`. Default: none, and only what previews share is made.
    pub name: Option<PreviewName>,
    /// The day (UTC) after which the preview is removed. The workflow sets it: `--set preview.expires=2026-12-03`.
    pub expires: Date,
    /// The GitHub environment of the jobs that deploy and remove previews.
    pub environment: super::GithubEnvironment,
    /// The repository of proposed images, whose digests previews run. The workflow sets it: `--set preview.images=…`.
    #[serde(deserialize_with = "read::repository_uri")]
    #[schemars(with = "String", regex(pattern = r"^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9._/-]{2,256}$"), extend("examples" = ["123456789012.dkr.ecr.us-east-1.amazonaws.com/notes"]))]
    pub images: RepositoryUri,
}
