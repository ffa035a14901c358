//! Container images for ECR.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::super::AssumedRole;
use super::role;

/// A container image for ECR.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageAsset {
    /// A name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The build.
    pub source: ImageSource,
    /// The places that it is pushed to.
    pub destinations: BTreeMap<String, ImageDestination>,
}

/// The build of an [`ImageAsset`].
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageSource {
    /// The build context, from the folder of the asset manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directory: Option<String>,
    /// A command that builds the image and prints its local name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable: Option<Vec<String>>,
    /// `--file`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_file: Option<String>,
    /// `--target`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_build_target: Option<String>,
    /// `--build-arg`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_build_args: BTreeMap<String, String>,
    /// `--build-context`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_build_contexts: BTreeMap<String, String>,
    /// `--secret`: the source of each, by id. The values stay outside of the assembly.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_build_secrets: BTreeMap<String, String>,
    /// `--ssh`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_build_ssh: Option<String>,
    /// `--network`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<String>,
    /// `--platform`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// `--output`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub docker_outputs: Vec<String>,
    /// `--cache-from`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cache_from: Vec<BuildCache>,
    /// `--cache-to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_to: Option<BuildCache>,
    /// `--no-cache`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cache_disabled: bool,
}

/// A cache of image layers.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct BuildCache {
    /// The kind, such as `registry`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its options.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// A place in ECR.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ImageDestination {
    /// The repository.
    pub repository_name: String,
    /// The tag.
    pub image_tag: String,
    /// The region; that of the stack when `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The role to publish with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_arn: Option<String>,
    /// The external id of that role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_external_id: Option<String>,
    /// Further options of `AssumeRole`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_additional_options: Option<JsonValue>,
}

impl ImageDestination {
    /// The role to publish with.
    ///
    /// # Errors
    ///
    /// The name of an option of `AssumeRole` that is not known.
    pub fn role(&self) -> Result<Option<AssumedRole>, String> {
        role(
            self.assume_role_arn.as_ref(),
            self.assume_role_external_id.as_ref(),
            self.assume_role_additional_options.as_ref(),
        )
    }
}
