//! Assets of a stack: files and images that have to be published before it is deployed, as an `*.assets.json` lists them.
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

/// The assets of a stack.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Assets {
    /// Files, for S3, by id.
    pub files: BTreeMap<String, FileAsset>,
    /// Images, for ECR, by id.
    pub images: BTreeMap<String, ImageAsset>,
    /// The folder that paths of sources begin in; `None` where the content is not at hand.
    pub folder: Option<PathBuf>,
    /// The bootstrap version that publishing needs.
    pub bootstrap: Option<BootstrapVersion>,
}

/// An asset manifest.
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
    /// True when there is nothing to publish.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.images.is_empty()
    }

    /// The files beside the manifest that are published as they are, by their keys in S3.
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

fn role(
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
