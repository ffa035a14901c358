//! Publishes the files of a site: into its bucket, in an order in which no visitor ever sees half of it.
//!
//! First what has its content's hash in its name: nothing refers to it yet. Then the rest, HTML last: from then on
//! pages refer to what is all there. What the new version does not have is removed at the very end. A publication that
//! was interrupted goes on where it stopped: what is in the bucket already is not uploaded again, and a note in the
//! bucket keeps the paths that CloudFront still has to fetch anew.

pub(crate) mod files;
mod find;
mod journal;
mod plan;
mod publish;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use serde_json::json;

use crate::deployed;
use crate::error::{Class, Error};
use crate::operation::Operation;
use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;

pub use files::Caching;
pub(crate) use files::content_type;
pub use find::Site;
pub use plan::{Invalidation, SitePlan, Upload};
pub use publish::Published;

/// What is published, and how.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct SiteOptions {
    /// The folder with the files.
    pub folder: PathBuf,
    /// How people know the folder.
    pub shown: String,
    /// Stacks; all of the app when empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// The site by construct path, where there are several.
    pub site: Option<String>,
    /// What becomes of files that the folder does not have.
    #[builder(default)]
    pub stale: Stale,
    /// Keys of versions before: those of them with a hash in their name stay, whatever becomes of other stale files,
    /// because pages that are open in browsers still load them.
    #[builder(default)]
    pub versions_before: BTreeSet<String>,
    /// What is uploaded.
    #[builder(default)]
    pub scope: Scope,
    /// When it is over.
    #[builder(default)]
    pub until: PublishedWhen,
}

/// What becomes of files in the bucket that the folder does not have.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Stale {
    /// They are removed, once nothing new refers to them.
    #[default]
    Removed,
    /// They stay: pages that are open in browsers may still load them.
    Kept,
}

/// What is uploaded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Scope {
    /// What differs.
    #[default]
    Changed,
    /// Everything: where headers were set by another tool.
    All,
}

/// When a publication is over.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PublishedWhen {
    /// When CloudFront has been told what to fetch anew.
    #[default]
    Told,
    /// When every edge has done so.
    Everywhere,
}

/// What publishing would do; nothing is changed.
pub fn plan_site(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: SiteOptions,
) -> Operation<SitePlan> {
    Operation::new(move |_| async move {
        // What is wrong with the folder needs no AWS.
        let (files, skipped) = files::read(&options.folder, &options.shown)?;
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        let site = find::find(&stacks, options.site.as_deref())?;
        plan::plan(&cloud, site, files, skipped, &options).await
    })
}

/// Digest of a built site: every file that would be published, by its key, with its content.
///
/// # Errors
///
/// When the folder is none of a site, or a file cannot be read.
pub fn site_digest(folder: &Path, shown: &str) -> Result<Digest, Error> {
    let (files, _) = files::read(folder, shown)?;
    let mut contents = BTreeMap::new();
    for file in files {
        let bytes = std::fs::read(&file.path).map_err(|error| {
            let message = format!("cannot read `{}` of `{shown}`: {error}", file.key);
            Error::new(Class::Error, Diagnostic::new(codes::SITE_FOLDER, message))
        })?;
        contents.insert(file.key, Digest::of(&bytes));
    }
    Ok(Digest::of_json(&json!(contents)))
}

/// Does what the plan says.
///
/// # Errors
///
/// When a file cannot be uploaded; running it again goes on from there.
pub fn publish_site(
    cloud: Arc<dyn Cloud>,
    plan: SitePlan,
    options: SiteOptions,
) -> Operation<Published> {
    Operation::new(move |reporter| async move {
        publish::publish(&cloud, plan, &options, &reporter).await
    })
}
