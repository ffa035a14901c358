//! Files for S3.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::super::AssumedRole;
use super::role;

/// A file or folder for S3.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct FileAsset {
    /// A name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The content.
    pub source: FileSource,
    /// The places that it is published to.
    pub destinations: BTreeMap<String, FileDestination>,
}

/// The content of a [`FileAsset`]: a path, or a command that prints one.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct FileSource {
    /// The path, from the folder of the asset manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The form that it is uploaded in.
    #[serde(default)]
    pub packaging: Packaging,
    /// A command that prints the path of a file that is ready to be uploaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable: Option<Vec<String>>,
}

/// The form that a file asset is uploaded in.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Packaging {
    /// As it is.
    #[default]
    File,
    /// A folder as a ZIP archive.
    Zip,
}

/// A place in S3.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct FileDestination {
    /// The bucket.
    pub bucket_name: String,
    /// The key.
    pub object_key: String,
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

impl FileAsset {
    /// Returns the path of a file beside the manifest that is published as it is; `None` for other assets.
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
