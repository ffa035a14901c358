//! The built page: files of one folder, read once, and the page itself for every path that only it understands.
//!
//! In production CloudFront serves them from a bucket, by the same rules; here one process is the whole product. What is served is what was
//! found in the folder, so that no path of a request ever reaches the file system.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use poem::endpoint::make_sync;
use poem::{Endpoint, Request, Response, Result, Route, get};

use super::coding::Coding;
use super::kept::Kept;
use super::{docs, middleware};
use crate::error::{Code, Error};

/// What the page may load and do, in every place that serves it: one line in one file.
const POLICY: &str = include_str!("../../../web/csp.txt").trim_ascii_end();

/// Far more than any page has: to see that the folder is another one before it is in memory.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The page itself.
const INDEX: &str = "/index.html";

/// Files whose names change with their content.
const ASSETS: &str = "/assets/";

/// Paths that are never the page's, with all below them.
const OTHERS: [&str; 4] = [
    "/api",
    docs::PAGE,
    middleware::LIVENESS,
    middleware::READINESS,
];

/// Every path that nothing else answers, as the router writes it.
pub(crate) const PATHS: [&str; 2] = ["/", "/*page"];

/// A built page.
#[derive(Debug, Clone)]
pub struct Site {
    files: Arc<BTreeMap<String, Kept>>,
}

/// Why a folder cannot be served.
#[derive(Debug)]
pub enum SiteError {
    /// A file or folder cannot be read.
    Unreadable(PathBuf, io::Error),
    /// There is too much in it.
    TooLarge,
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, _) => write!(f, "`{}` cannot be read", path.display()),
            Self::TooLarge => write!(f, "there are more than {} MiB in it", MOST_BYTES >> 20),
        }
    }
}

impl std::error::Error for SiteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(_, error) => Some(error),
            Self::TooLarge => None,
        }
    }
}

impl Site {
    /// Of a folder that has an `index.html`.
    pub fn read(folder: &Path) -> Result<Self, SiteError> {
        let mut contents = BTreeMap::new();
        let index = folder.join("index.html");
        fs::metadata(&index).map_err(|error| SiteError::Unreadable(index, error))?;
        collect(folder, "", &mut { MOST_BYTES }, &mut contents)?;
        let files = contents.iter().filter_map(|(path, plain)| {
            let coded = |suffix: &str| contents.get(&format!("{path}{suffix}"));
            let of_another = path
                .strip_suffix(".br")
                .or_else(|| path.strip_suffix(".gz"))
                .is_some_and(|other| contents.contains_key(other));
            (!of_another).then(|| (path.clone(), kept(path, plain, coded(".br"), coded(".gz"))))
        });
        Ok(Self {
            files: Arc::new(files.collect()),
        })
    }

    fn answer(&self, request: &Request) -> Result<Response> {
        let file = self.find(request.uri().path());
        let file = file.ok_or_else(|| Error::new(Code::NotFound))?;
        Ok(file.answer(request))
    }

    /// As the edge decides it: what has a dot in its last part is a file, and everything else is the page.
    fn find(&self, path: &str) -> Option<&Kept> {
        let is_others = |other: &&str| {
            let rest = path.strip_prefix(*other);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if OTHERS.iter().any(is_others) {
            return None;
        }
        let last = path.rsplit('/').next().unwrap_or_default();
        let path = if last.contains('.') { path } else { INDEX };
        self.files.get(path)
    }
}

/// Adds the page, if there is one.
pub(super) fn routes(routes: Route, site: Option<&Site>) -> Route {
    let Some(site) = site else { return routes };
    PATHS
        .iter()
        .fold(routes, |routes, path| routes.at(path, serve(site.clone())))
}

fn serve(site: Site) -> impl Endpoint {
    let answer = move |request| site.answer(&request);
    let answer = Arc::new(make_sync(answer));
    // Without one of its own, HEAD would be answered as if the file were empty.
    get(Arc::clone(&answer)).head(answer)
}

/// Reads files by their path below the folder, as long as there is room. Links are left out: what they lead to is not of the page.
fn collect(
    folder: &Path,
    above: &str,
    room: &mut u64,
    contents: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), SiteError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |error| SiteError::Unreadable(path, error)
    };
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let entry = entry.map_err(unreadable(folder))?;
        let (name, path) = (entry.file_name(), entry.path());
        let about = entry.metadata().map_err(unreadable(&path))?;
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let below = format!("{above}/{name}");
        if about.is_dir() {
            collect(&path, &below, room, contents)?;
        } else if about.is_file() {
            *room = room.checked_sub(about.len()).ok_or(SiteError::TooLarge)?;
            contents.insert(below, fs::read(&path).map_err(unreadable(&path))?);
        }
    }
    Ok(())
}

/// Ready to be sent.
fn kept(path: &str, plain: &[u8], brotli: Option<&Vec<u8>>, gzip: Option<&Vec<u8>>) -> Kept {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let mut kept = Kept::new(content_type(extension), plain.to_vec()).policy(POLICY);
    if path.starts_with(ASSETS) {
        kept = kept.cache_control("public, max-age=31536000, immutable");
    }
    for (coding, bytes) in [(Coding::Brotli, brotli), (Coding::Gzip, gzip)] {
        if let Some(bytes) = bytes {
            kept = kept.coded(coding, bytes.clone());
        }
    }
    kept
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
