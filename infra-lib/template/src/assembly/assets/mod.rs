//! Assets of a stack: files and images that must be published before the stack is deployed, as listed in `*.assets.json`.
//!
//! The schema is that of <https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema>.

mod files;
mod images;

pub use files::{FileAsset, FileDestination, FileSource, Packaging};
pub use images::{BuildCache, ImageAsset, ImageDestination, ImageSource};

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::settings::session_tags;
use super::{AssumedRole, BootstrapVersion};

/// The files and images that a stack needs, from its asset manifests.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Assets {
    /// File assets, which are published to S3, by asset ID.
    pub files: BTreeMap<String, FileAsset>,
    /// Image assets, which are pushed to ECR, by asset ID.
    pub images: BTreeMap<String, ImageAsset>,
    /// Folder to which paths of sources are relative, or `None` if the content is not available.
    pub folder: Option<PathBuf>,
    /// Minimum version of the CDK bootstrap stack that publishing requires, or `None`.
    pub bootstrap: Option<BootstrapVersion>,
}

/// The content of an asset manifest (`*.assets.json`).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AssetManifest {
    pub(super) version: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) files: BTreeMap<String, FileAsset>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) docker_images: BTreeMap<String, ImageAsset>,
}

impl Assets {
    /// Returns `true` if there are no files and images to publish.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.images.is_empty()
    }

    /// Returns the files in the folder of the manifest that are published unchanged, by object key.
    pub(crate) fn published_files(&self) -> BTreeMap<&str, &str> {
        let mut found = BTreeMap::new();
        for asset in self.files.values() {
            let Some(path) = asset.source.path.as_deref() else {
                continue;
            };
            if asset.plain_path().is_some() {
                let keys = asset.destinations.values();
                found.extend(keys.map(|place| (place.object_key.as_str(), path)));
            }
        }
        found
    }
}

fn parse_role(
    arn: Option<&String>,
    external_id: Option<&String>,
    options: Option<&JsonValue>,
) -> Result<Option<AssumedRole>, String> {
    let Some(arn) = arn else {
        return Ok(None);
    };
    Ok(Some(AssumedRole {
        arn: arn.clone(),
        external_id: external_id.cloned(),
        session_tags: session_tags(options)?,
    }))
}
