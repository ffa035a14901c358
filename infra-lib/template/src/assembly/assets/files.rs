//! File assets, which are published to S3: [`FileAsset`] with its source and destinations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::super::AssumedRole;
use super::parse_role;

/// A file or folder to publish to S3, as in the `files` of an asset manifest.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct FileAsset {
    /// Name for display, which has no effect on publishing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The content to publish, the same for all destinations.
    pub source: FileSource,
    /// Destinations in S3 by name. A copy of the content is uploaded to each.
    pub destinations: BTreeMap<String, FileDestination>,
}

/// The content of a [`FileAsset`]: a path, or a command that prints the path of a file.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct FileSource {
    /// Path of the file or folder, relative to the folder of the asset manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Form in which the content is uploaded: unchanged or as an archive. Default: [`File`](Packaging::File).
    #[serde(default)]
    pub packaging: Packaging,
    /// Command with its arguments that prints the path of a ZIP archive to upload. It runs in the folder of the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable: Option<Vec<String>>,
}

/// The form in which the content of a file asset is uploaded.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Packaging {
    /// Uploads the file unchanged.
    #[default]
    File,
    /// Uploads a folder as a ZIP archive.
    Zip,
}

/// A destination of a file asset in S3. Texts may contain [`Placeholders`](crate::assembly::Placeholders).
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct FileDestination {
    /// Name of the bucket, which must exist before publishing.
    pub bucket_name: String,
    /// Key of the object in the bucket. An existing object is not uploaded again.
    pub object_key: String,
    /// Region of the bucket, or `None` for the region of the stack.
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

impl FileAsset {
    /// Returns the path of a file in the folder of the manifest that is published unchanged, or `None` for other assets.
    pub(crate) fn plain_path(&self) -> Option<&str> {
        let FileSource {
            path,
            packaging,
            executable,
        } = &self.source;
        let plain = *packaging == Packaging::File && executable.is_none();
        path.as_deref()
            .filter(|path| plain && !path.contains(['/', '\\']))
    }
}

impl FileDestination {
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
