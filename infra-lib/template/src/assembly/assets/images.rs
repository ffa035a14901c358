//! Image assets, which are pushed to ECR: [`ImageAsset`] with its source and destinations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::super::AssumedRole;
use super::parse_role;

/// A container image to build and push to ECR, as in the `dockerImages` of an asset manifest.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageAsset {
    /// Name for display, which has no effect on publishing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Instructions for building the image, the same for all destinations.
    pub source: ImageSource,
    /// Destinations in ECR by name. The image is pushed to each.
    pub destinations: BTreeMap<String, ImageDestination>,
}

/// Instructions for building an [`ImageAsset`]: a build context with options of `docker build`, or a command.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageSource {
    /// Path of the build context, relative to the folder of the asset manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directory: Option<String>,
    /// Command with its arguments that builds the image and prints its local name. It runs in the folder of the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable: Option<Vec<String>>,
    /// Path of the Dockerfile (`--file`). Default: `Dockerfile` in the build context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_file: Option<String>,
    /// Stage of the Dockerfile to build (`--target`). Default: the last stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_build_target: Option<String>,
    /// Build arguments by name, for `ARG` instructions of the Dockerfile (`--build-arg`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_build_args: BTreeMap<String, String>,
    /// Additional build contexts by name, for `FROM` and `COPY --from` (`--build-context`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_build_contexts: BTreeMap<String, String>,
    /// Sources of build secrets by ID (`--secret`). The values are not part of the assembly.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_build_secrets: BTreeMap<String, String>,
    /// SSH agent socket or keys that the build may use (`--ssh`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_build_ssh: Option<String>,
    /// Network mode of `RUN` instructions, for example `host` (`--network`). Default: that of the container tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<String>,
    /// Target platform, for example `linux/arm64` (`--platform`). Default: that of the container tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Destinations of the build output, for example `type=docker` (`--output`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub docker_outputs: Vec<String>,
    /// External caches to read image layers from, in order (`--cache-from`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cache_from: Vec<BuildCache>,
    /// External cache to write image layers to after the build (`--cache-to`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_to: Option<BuildCache>,
    /// `true` to build every layer again, without the build cache (`--no-cache`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cache_disabled: bool,
}

/// An external cache of image layers, for the options `--cache-from` and `--cache-to`.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct BuildCache {
    /// Type of the cache backend, for example `registry` or `gha`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Options of the cache backend by name, for example `ref` or `mode`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// A destination of an image asset in ECR. Texts may contain [`Placeholders`](crate::assembly::Placeholders).
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageDestination {
    /// Name of the repository, which must exist before publishing.
    pub repository_name: String,
    /// Tag of the image in the repository. An existing tag is not pushed again.
    pub image_tag: String,
    /// Region of the repository, or `None` for the region of the stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// ARN of the role to assume for publishing, or `None` for the credentials of the deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_arn: Option<String>,
    /// External ID for assuming the role, if its trust policy requires one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_external_id: Option<String>,
    /// Additional options for the `AssumeRole` call. Only `Tags` (session tags) is supported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_additional_options: Option<JsonValue>,
}

impl ImageDestination {
    /// Returns the role to assume for publishing, or `None` for the credentials of the deployment.
    ///
    /// # Errors
    ///
    /// Returns the name of the first option of `AssumeRole` that is not supported.
    pub fn assumed_role(&self) -> Result<Option<AssumedRole>, String> {
        parse_role(
            self.assume_role_arn.as_ref(),
            self.assume_role_external_id.as_ref(),
            self.assume_role_additional_options.as_ref(),
        )
    }
}
