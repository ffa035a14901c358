//! Publishes the files of a site to its bucket, in an order in which visitors never see an incomplete version.
//!
//! Files with the hash of their content in the name come first, because no page refers to them yet; HTML comes last. Files that the new version does
//! not have are removed at the end. An interrupted publication resumes: existing files are not uploaded again, and a journal in the bucket keeps the
//! paths that CloudFront still has to invalidate.
//!
//! [`plan_site`] compares folder and bucket, [`publish_site`] executes the plan.

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

/// Options for publishing a site: source folder, target site, and treatment of existing files.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct SiteOptions {
    /// Folder with the files of the site, as written by its build.
    pub folder: PathBuf,
    /// Name of the folder in messages, usually the path as the user gave it.
    pub shown: String,
    /// Stacks to search, by construct path, artifact ID or name; all stacks of the app if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Construct path or logical ID of the site; optional if there is only one.
    pub site: Option<String>,
    /// Behavior for files in the bucket that the folder does not have; removed by default.
    #[builder(default)]
    pub stale: Stale,
    /// Keys of earlier versions. Those with a hash in their name are never removed, because pages that are open in browsers still load them.
    #[builder(default)]
    pub versions_before: BTreeSet<String>,
    /// Files to upload. By default only those that differ from the bucket.
    #[builder(default)]
    pub scope: Scope,
    /// Point at which publishing ends. By default when CloudFront has accepted the invalidation.
    #[builder(default)]
    pub until: PublishUntil,
}

/// Behavior for stale files: those in the bucket that the folder does not have.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Stale {
    /// Removes them, after all new files are uploaded and no new page refers to them.
    #[default]
    Removed,
    /// Keeps them, because pages that are open in browsers may still load them.
    Kept,
}

/// Files to upload: those that differ from the bucket, or all of them.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Scope {
    /// Files that the bucket does not have, or has with another size or ETag.
    #[default]
    Changed,
    /// All files, for instance to replace headers that another tool has set on them.
    All,
}

/// Point at which a publication ends, which decides whether visitors can still see old files.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PublishUntil {
    /// The invalidation is accepted by CloudFront; edges may still serve old files for a minute or two.
    #[default]
    Accepted,
    /// The invalidation is completed by all edges of CloudFront, or 20 minutes have passed.
    Completed,
}

/// Plans a publication by comparing folder and bucket, without changing anything.
pub fn plan_site(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: SiteOptions,
) -> Operation<SitePlan> {
    Operation::new(move |_| async move {
        // Errors in the folder are found without AWS.
        let (files, skipped) = files::read_folder(&options.folder, &options.shown)?;
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        let site = find::find_site(&stacks, options.site.as_deref())?;
        plan::plan_publication(&cloud, site, files, skipped, &options).await
    })
}

/// Returns the digest of a built site, over keys and contents of all files that would be published.
///
/// # Errors
///
/// `SITE_FOLDER` if the folder is not that of a site, or if a file cannot be read.
pub fn site_digest(folder: &Path, shown: &str) -> Result<Digest, Error> {
    let (files, _) = files::read_folder(folder, shown)?;
    let mut contents = BTreeMap::new();
    for file in files {
        let bytes = std::fs::read(&file.path).map_err(|error| {
            let message = format!("cannot read `{}` of `{shown}`: {error}", file.key);
            Error::new(Class::Error, Diagnostic::new(codes::SITE_FOLDER, message))
        })?;
        contents.insert(file.key, Digest::hash_bytes(&bytes));
    }
    Ok(Digest::hash_json(&json!(contents)))
}

/// Executes a plan.
///
/// # Errors
///
/// When a file cannot be uploaded or removed, or CloudFront refuses the invalidation. Running it again resumes from there.
pub fn publish_site(
    cloud: Arc<dyn Cloud>,
    plan: SitePlan,
    options: SiteOptions,
) -> Operation<Published> {
    Operation::new(move |reporter| async move {
        publish::publish_files(&cloud, plan, &options, &reporter).await
    })
}
