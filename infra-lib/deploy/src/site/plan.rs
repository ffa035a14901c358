//! Plans a publication by comparing the folder with the bucket.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::{Caching, LocalFile, content_type};
use super::{Scope, Site, SiteOptions, Stale, journal};
use crate::error::Error;
use infra_aws::{ApiErrorKind, Cloud, ObjectSummary, list_all_objects};

/// Maximum number of single paths to invalidate; above that, `/*` is used, which counts as one path and takes no longer.
const PATHS: usize = 30;

/// Plan of a publication: the differences between the folder and the bucket.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct SitePlan {
    /// Site that the files are published to, with bucket and distribution.
    pub site: Site,
    /// Files to upload, in the order of upload: hashed names first, HTML last.
    pub uploads: Vec<Upload>,
    /// Files that the bucket already has with the same size and ETag.
    pub unchanged: Vec<Upload>,
    /// Keys of stale files that are removed from the bucket at the end.
    pub stale: Vec<String>,
    /// Number of stale files that stay in the bucket although the folder does not have them.
    pub kept: usize,
    /// Paths whose cached content CloudFront has to invalidate.
    pub invalidation: Invalidation,
    /// True if the plan resumes a publication that was interrupted before its invalidation.
    pub resumed: bool,
    /// Notes for the user, such as skipped files and file names without a hash.
    pub notes: Vec<String>,
}

/// File of a site with the headers that it is served with.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Upload {
    /// Key of the object in the bucket, such as `assets/index-B7kQ2xYz.js`.
    pub key: String,
    /// Path of the local file, which is read again for the upload.
    pub path: PathBuf,
    /// Size of the file in bytes at the time of planning.
    pub bytes: u64,
    /// Value of the `Content-Type` header, derived from the file extension.
    pub content_type: &'static str,
    /// Caching of the file, which determines the `Cache-Control` header and the order of upload.
    pub caching: Caching,
    /// True if the bucket already has an object with this key, which is replaced.
    pub replaces: bool,
}

/// Paths that CloudFront has to fetch from the bucket again.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Invalidation {
    /// Paths to invalidate, percent-encoded; a single `/*` if there are more than 30.
    pub paths: Vec<String>,
    /// Number of files behind these paths, whose content has changed.
    pub files: usize,
}

impl SitePlan {
    /// Returns true if the bucket is up to date, so that there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.uploads.is_empty() && self.stale.is_empty() && self.invalidation.paths.is_empty()
    }
}

pub(super) async fn plan_publication(
    cloud: &Arc<dyn Cloud>,
    site: Site,
    files: Vec<LocalFile>,
    skipped: Vec<String>,
    options: &SiteOptions,
) -> Result<SitePlan, Error> {
    let store = cloud.s3_client(&site.region);
    let refused = |error| {
        Error::from_api(
            format!("list the objects of the bucket `{}`", site.bucket),
            error,
        )
    };
    let remote = list_all_objects(&*store, &site.bucket, "")
        .await
        .map_err(refused)?;
    let interrupted = if remote.contains_key(journal::KEY) {
        match journal::read_journal(&*store, &site.bucket).await {
            Ok(paths) => paths,
            Err(error) if error.kind == ApiErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(refused(error)),
        }
    } else {
        BTreeSet::new()
    };
    let mut notes: Vec<String> = skipped
        .into_iter()
        .map(|what| format!("skipped: {what}"))
        .collect();
    let assets = site.assets.as_deref();
    let (mut uploads, mut unchanged) = (Vec::new(), Vec::new());
    let mut changed: BTreeSet<String> = interrupted.clone();
    let mut local: BTreeSet<String> = BTreeSet::new();
    let mut kept_by_browsers = Vec::new();
    for file in files {
        local.insert(file.key.clone());
        let caching = Caching::for_file(&file.key, assets);
        let there = remote.get(&file.key);
        let same = there.is_some_and(|object| is_same(object, &file));
        if caching != Caching::Immutable
            && assets.is_some_and(|folder| file.key.starts_with(folder))
        {
            kept_by_browsers.push(file.key.clone());
        }
        if there.is_some() && !same && caching == Caching::Immutable {
            notes.push(format!(
                "`{}` has a hash in its name, but its content has changed: browsers that have cached it keep the old content",
                file.key
            ));
        }
        if there.is_some() && !same {
            changed.extend(paths_of(&file.key));
        }
        let upload = Upload {
            content_type: content_type(&file.key),
            caching,
            replaces: there.is_some(),
            bytes: file.bytes,
            path: file.path,
            key: file.key,
        };
        if same && options.scope == Scope::Changed {
            unchanged.push(upload);
        } else {
            uploads.push(upload);
        }
    }
    if let (Some(first), Some(folder)) = (kept_by_browsers.first(), assets) {
        let others = match kept_by_browsers.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        notes.push(format!(
            "`{first}`{others} in `{folder}` has no hash in its name, but browsers cache it for a year; add a hash to the name, or move it to another folder"
        ));
    }
    uploads.sort_by(|a, b| (a.caching, &a.key).cmp(&(b.caching, &b.key)));
    let mut stale: Vec<String> = remote
        .into_keys()
        .filter(|key| !local.contains(key) && key != journal::KEY)
        .collect();
    let before = stale.len();
    stale.retain(|key| {
        !(options.versions_before.contains(key)
            && Caching::for_file(key, assets) == Caching::Immutable)
    });
    let mut kept = before - stale.len();
    if options.stale == Stale::Kept {
        kept += stale.len();
        stale.clear();
    }
    for key in &stale {
        if Caching::for_file(key, assets) != Caching::Immutable {
            changed.extend(paths_of(key));
        }
    }
    Ok(SitePlan {
        resumed: !interrupted.is_empty(),
        invalidation: build_invalidation(changed),
        site,
        uploads,
        unchanged,
        stale,
        kept,
        notes,
    })
}

/// Returns true if size and ETag match. The ETag is the MD5 digest of the content, except in buckets encrypted with a KMS key, where every file
/// counts as changed.
fn is_same(object: &ObjectSummary, file: &LocalFile) -> bool {
    u64::try_from(object.size) == Ok(file.bytes) && object.etag.trim_matches('"') == file.md5
}

/// Returns the URL paths of a file. The `index.html` of a folder is also served for the folder.
fn paths_of(key: &str) -> Vec<String> {
    let mut paths = vec![format!("/{}", percent_encode(key))];
    if let Some(folder) = key.strip_suffix("index.html")
        && (folder.is_empty() || folder.ends_with('/'))
    {
        paths.push(format!("/{}", percent_encode(folder)));
    }
    paths
}

fn build_invalidation(changed: BTreeSet<String>) -> Invalidation {
    let files = changed.iter().filter(|path| !path.ends_with('/')).count();
    let paths = if changed.len() > PATHS || changed.contains("/*") {
        vec!["/*".to_owned()]
    } else {
        changed.into_iter().collect()
    };
    Invalidation { paths, files }
}

/// Percent-encodes a path for CloudFront, including `*`, which would be a wildcard.
fn percent_encode(key: &str) -> String {
    let mut text = String::with_capacity(key.len());
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()+,;=:@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{build_invalidation, paths_of, percent_encode};

    #[test]
    fn index_also_invalidates_its_folder() {
        assert_eq!(paths_of("index.html"), ["/index.html", "/"]);
        assert_eq!(paths_of("docs/index.html"), ["/docs/index.html", "/docs/"]);
        assert_eq!(paths_of("my-index.html"), ["/my-index.html"]);
        assert_eq!(percent_encode("a b/é*.txt"), "a%20b/%C3%A9%2A.txt");
    }

    #[test]
    fn many_paths_become_one_wildcard() {
        let few: BTreeSet<String> = (0..30).map(|n| format!("/{n}")).collect();
        assert_eq!(build_invalidation(few).paths.len(), 30);
        let many: BTreeSet<String> = (0..31).map(|n| format!("/{n}")).collect();
        let many = build_invalidation(many);
        assert_eq!((many.paths, many.files), (vec!["/*".to_owned()], 31));
    }
}
