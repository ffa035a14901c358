//! What publishing changes: the folder against the bucket.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::{Caching, LocalFile, content_type};
use super::{Scope, Site, SiteOptions, Stale, journal};
use crate::error::Error;
use infra_aws::{ApiErrorKind, Cloud, ObjectSummary, all_objects};

/// More paths than these are invalidated as one `/*`: it counts as one path and is done as fast.
const PATHS: usize = 30;

/// What publishing changes.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct SitePlan {
    /// The site.
    pub site: Site,
    /// Files to upload, in order.
    pub uploads: Vec<Upload>,
    /// Files that are there already.
    pub unchanged: Vec<Upload>,
    /// Keys to remove.
    pub stale: Vec<String>,
    /// Keys that stay although the folder does not have them.
    pub kept: usize,
    /// What CloudFront has to fetch anew.
    pub invalidation: Invalidation,
    /// Whether an earlier publication was interrupted.
    pub resumed: bool,
    /// What was left out, and what a reader should know.
    pub notes: Vec<String>,
}

/// A file with how it is served.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Upload {
    /// The key in the bucket.
    pub key: String,
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Cache-Control`.
    pub caching: Caching,
    /// Whether the bucket has a file of that name.
    pub replaces: bool,
}

/// What CloudFront has to fetch anew.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Invalidation {
    /// The paths; a single `/*` where there are many.
    pub paths: Vec<String>,
    /// How many files that is.
    pub files: usize,
}

impl SitePlan {
    /// Whether the bucket is as the folder is.
    pub fn is_empty(&self) -> bool {
        self.uploads.is_empty() && self.stale.is_empty() && self.invalidation.paths.is_empty()
    }
}

pub(super) async fn plan(
    cloud: &Arc<dyn Cloud>,
    site: Site,
    files: Vec<LocalFile>,
    skipped: Vec<String>,
    options: &SiteOptions,
) -> Result<SitePlan, Error> {
    let store = cloud.objects(&site.region);
    let refused = |error| Error::api(format!("look at the bucket `{}`", site.bucket), error);
    let remote = all_objects(&*store, &site.bucket, "")
        .await
        .map_err(refused)?;
    let interrupted = if remote.contains_key(journal::KEY) {
        match journal::read(&*store, &site.bucket).await {
            Ok(paths) => paths,
            Err(error) if error.kind == ApiErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(refused(error)),
        }
    } else {
        BTreeSet::new()
    };
    let mut notes: Vec<String> = skipped
        .into_iter()
        .map(|what| format!("left out: {what}"))
        .collect();
    let assets = site.assets.as_deref();
    let (mut uploads, mut unchanged) = (Vec::new(), Vec::new());
    let mut changed: BTreeSet<String> = interrupted.clone();
    let mut local: BTreeSet<String> = BTreeSet::new();
    let mut kept_by_browsers = Vec::new();
    for file in files {
        local.insert(file.key.clone());
        let caching = Caching::of(&file.key, assets);
        let there = remote.get(&file.key);
        let same = there.is_some_and(|object| is_same(object, &file));
        if caching != Caching::Immutable
            && assets.is_some_and(|folder| file.key.starts_with(folder))
        {
            kept_by_browsers.push(file.key.clone());
        }
        if there.is_some() && !same && caching == Caching::Immutable {
            notes.push(format!(
                "`{}` has a hash in its name and other content than before: browsers that have it keep the old",
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
            "`{first}`{others} in `{folder}` has no hash in its name: browsers keep it for a year, whatever becomes of it; give it one, or move it out"
        ));
    }
    uploads.sort_by(|a, b| (a.caching, &a.key).cmp(&(b.caching, &b.key)));
    let mut stale: Vec<String> = remote
        .into_keys()
        .filter(|key| !local.contains(key) && key != journal::KEY)
        .collect();
    let before = stale.len();
    stale.retain(|key| {
        !(options.versions_before.contains(key) && Caching::of(key, assets) == Caching::Immutable)
    });
    let mut kept = before - stale.len();
    if options.stale == Stale::Kept {
        kept += stale.len();
        stale.clear();
    }
    for key in &stale {
        if Caching::of(key, assets) != Caching::Immutable {
            changed.extend(paths_of(key));
        }
    }
    Ok(SitePlan {
        resumed: !interrupted.is_empty(),
        invalidation: invalidation(changed),
        site,
        uploads,
        unchanged,
        stale,
        kept,
        notes,
    })
}

/// The ETag is the MD5 of the content unless the bucket encrypts with a key of KMS: then everything counts as changed.
fn is_same(object: &ObjectSummary, file: &LocalFile) -> bool {
    u64::try_from(object.size) == Ok(file.bytes) && object.etag.trim_matches('"') == file.md5
}

/// The addresses of a file. A folder's `index.html` is also what is served for the folder.
fn paths_of(key: &str) -> Vec<String> {
    let mut paths = vec![format!("/{}", encoded(key))];
    if let Some(folder) = key.strip_suffix("index.html")
        && (folder.is_empty() || folder.ends_with('/'))
    {
        paths.push(format!("/{}", encoded(folder)));
    }
    paths
}

fn invalidation(changed: BTreeSet<String>) -> Invalidation {
    let files = changed.iter().filter(|path| !path.ends_with('/')).count();
    let paths = if changed.len() > PATHS || changed.contains("/*") {
        vec!["/*".to_owned()]
    } else {
        changed.into_iter().collect()
    };
    Invalidation { paths, files }
}

/// A path as CloudFront wants it: what is not allowed in an address is written as `%XX`, and so is `*`.
fn encoded(key: &str) -> String {
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

    use super::{encoded, invalidation, paths_of};

    #[test]
    fn a_folder_is_fetched_anew_with_its_index() {
        assert_eq!(paths_of("index.html"), ["/index.html", "/"]);
        assert_eq!(paths_of("docs/index.html"), ["/docs/index.html", "/docs/"]);
        assert_eq!(paths_of("my-index.html"), ["/my-index.html"]);
        assert_eq!(encoded("a b/é*.txt"), "a%20b/%C3%A9%2A.txt");
    }

    #[test]
    fn many_paths_become_one() {
        let few: BTreeSet<String> = (0..30).map(|n| format!("/{n}")).collect();
        assert_eq!(invalidation(few).paths.len(), 30);
        let many: BTreeSet<String> = (0..31).map(|n| format!("/{n}")).collect();
        let many = invalidation(many);
        assert_eq!((many.paths, many.files), (vec!["/*".to_owned()], 31));
    }
}
