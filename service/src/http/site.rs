//! Serves the built web page: the files of a folder, which are read once, and `index.html` for every path that only the page understands.
//!
//! In production, CloudFront serves the files from a bucket by the same rules; with this module, one process serves the whole product. Only files
//! that were found at startup are served, so no path of a request reaches the file system.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use poem::endpoint::make_sync;
use poem::{Endpoint, Request, Response, Result, Route, get};

use super::coding::Coding;
use super::kept::StaticFile;
use super::{docs, middleware};
use crate::error::{Code, Error};

/// Content security policy of the web page. All deployments read it from the same file.
const POLICY: &str = include_str!("../../../web/csp.txt").trim_ascii_end();

/// Maximum total size of the files, far above that of a page, so that a wrong folder is detected before it fills the memory.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Path of the page itself.
const INDEX: &str = "/index.html";

/// Folder of files whose names change with their content, and that browsers may cache forever.
const ASSETS: &str = "/assets/";

/// Paths that never belong to the page, including everything below them.
const RESERVED_PATHS: [&str; 4] = [
    "/api",
    docs::PAGE,
    middleware::LIVENESS,
    middleware::READINESS,
];

/// Patterns of the router for every path that nothing else serves.
pub(crate) const PATHS: [&str; 2] = ["/", "/*page"];

/// A built web page in memory.
#[derive(Debug, Clone)]
pub struct Site {
    files: Arc<BTreeMap<String, StaticFile>>,
}

/// Reason for which a folder cannot be served.
#[derive(Debug)]
pub enum SiteError {
    /// A file or folder cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The files exceed the maximum total size.
    TooLarge,
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, _) => write!(f, "`{}` cannot be read", path.display()),
            Self::TooLarge => write!(
                f,
                "the folder has more than {} MiB of files",
                MOST_BYTES >> 20
            ),
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
    /// Reads a folder that contains an `index.html`.
    ///
    /// # Errors
    ///
    /// [`SiteError`] if a file cannot be read or the files exceed 64 MiB.
    pub fn read_folder(folder: &Path) -> Result<Self, SiteError> {
        let mut contents = BTreeMap::new();
        let index = folder.join("index.html");
        fs::metadata(&index).map_err(|error| SiteError::Unreadable(index, error))?;
        collect_files(folder, "", &mut { MOST_BYTES }, &mut contents)?;
        let files = contents.iter().filter_map(|(path, plain)| {
            let coded = |suffix: &str| contents.get(&format!("{path}{suffix}"));
            let of_another = path
                .strip_suffix(".br")
                .or_else(|| path.strip_suffix(".gz"))
                .is_some_and(|other| contents.contains_key(other));
            (!of_another).then(|| {
                (
                    path.clone(),
                    prepare_file(path, plain, coded(".br"), coded(".gz")),
                )
            })
        });
        Ok(Self {
            files: Arc::new(files.collect()),
        })
    }

    fn answer_request(&self, request: &Request) -> Result<Response> {
        let file = self.find_file(request.uri().path());
        let file = file.ok_or_else(|| Error::new(Code::NotFound))?;
        Ok(file.answer_request(request))
    }

    /// Returns the file for a path, by the rules of the edge: a last segment with a dot names a file, and every other path is the page.
    fn find_file(&self, path: &str) -> Option<&StaticFile> {
        let is_others = |other: &&str| {
            let rest = path.strip_prefix(*other);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if RESERVED_PATHS.iter().any(is_others) {
            return None;
        }
        let last = path.rsplit('/').next().unwrap_or_default();
        let path = if last.contains('.') { path } else { INDEX };
        self.files.get(path)
    }
}

/// Adds the routes of the web page, if there is one.
pub(super) fn add_site_routes(routes: Route, site: Option<&Site>) -> Route {
    let Some(site) = site else { return routes };
    PATHS.iter().fold(routes, |routes, path| {
        routes.at(path, serve_site(site.clone()))
    })
}

fn serve_site(site: Site) -> impl Endpoint {
    let answer = move |request| site.answer_request(&request);
    let answer = Arc::new(make_sync(answer));
    // Without a separate handler, HEAD would be answered as if the file were empty.
    get(Arc::clone(&answer)).head(answer)
}

/// Reads all files by their path below the folder, up to the remaining size. Symbolic links are skipped, because their targets are not part of the
/// page.
fn collect_files(
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
            collect_files(&path, &below, room, contents)?;
        } else if about.is_file() {
            *room = room.checked_sub(about.len()).ok_or(SiteError::TooLarge)?;
            contents.insert(below, fs::read(&path).map_err(unreadable(&path))?);
        }
    }
    Ok(())
}

/// Prepares a file for responses, with its content type, cache policy and codings.
fn prepare_file(
    path: &str,
    plain: &[u8],
    brotli: Option<&Vec<u8>>,
    gzip: Option<&Vec<u8>>,
) -> StaticFile {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let mut kept = StaticFile::new(content_type(extension), plain.to_vec()).policy(POLICY);
    if path.starts_with(ASSETS) {
        kept = kept.cache_control("public, max-age=31536000, immutable");
    }
    for (coding, bytes) in [(Coding::Brotli, brotli), (Coding::Gzip, gzip)] {
        if let Some(bytes) = bytes {
            kept = kept.with_coding(coding, bytes.clone());
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
