//! Reads the files of a site, and determines content type and caching of each.

use std::fs;
use std::path::{Path, PathBuf};

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};

/// Local file to publish.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct LocalFile {
    /// Key in the bucket: the path below the folder, with `/` as separator.
    pub(crate) key: String,
    pub(crate) path: PathBuf,
    pub(super) bytes: u64,
    /// MD5 digest of the content, which equals the ETag of an object uploaded in one part.
    pub(super) md5: String,
}

/// Caching of a file in browsers and at the edges of CloudFront, in the order of upload.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Caching {
    /// Cached for a year without revalidation, because the file name changes with the content.
    Immutable,
    /// Revalidated on each use; unchanged content is not transferred again.
    Checked,
    /// Revalidated like `Checked`, and uploaded last because it refers to other files; for HTML.
    Page,
}

impl Caching {
    /// Returns the value of the `Cache-Control` header that the file is served with.
    pub fn header(self) -> &'static str {
        match self {
            Self::Immutable => "public,max-age=31536000,immutable",
            Self::Checked | Self::Page => "no-cache",
        }
    }

    /// Returns the caching for a file name. Inside the assets folder, more names count as hashed, because the distribution caches everything there
    /// anyway.
    pub(super) fn for_file(key: &str, assets: Option<&str>) -> Self {
        let name = key.rsplit('/').next().unwrap_or(key);
        let extension = lower_extension(name);
        if matches!(extension.as_str(), "html" | "htm" | "xhtml") {
            return Self::Page;
        }
        let in_assets = assets.is_some_and(|folder| key.starts_with(folder));
        if is_hashed(name, in_assets) {
            Self::Immutable
        } else {
            Self::Checked
        }
    }
}

/// Returns true for hidden names, which are not published. `.well-known` is the exception.
fn is_skipped(name: &str) -> bool {
    name.starts_with('.') && name != ".well-known"
}

/// Reads all files of the folder in the order of their keys. Also returns notes about skipped files.
pub(crate) fn read_folder(
    folder: &Path,
    shown: &str,
) -> Result<(Vec<LocalFile>, Vec<String>), Error> {
    let unusable = |message: String, help: &str| {
        let finding = Diagnostic::new(codes::SITE_FOLDER, message).help(help.to_owned());
        Error::new(Class::Error, finding)
    };
    if !folder.is_dir() {
        return Err(unusable(
            format!("the folder `{shown}` does not exist"),
            "build the site first, and give the folder that the build writes",
        ));
    }
    let (mut found, mut skipped) = (Vec::new(), Vec::new());
    walk_folder(folder, "", &mut found, &mut skipped).map_err(|message| {
        unusable(
            message,
            "every file must be readable and have a name in UTF-8",
        )
    })?;
    if !found.iter().any(|file| file.key == "index.html") {
        return Err(unusable(
            format!("`{shown}` has no `index.html`, so it is not the folder of a site"),
            "give the folder that the build writes, such as `web/dist`",
        ));
    }
    let keys: Vec<String> = found.iter().map(|file| file.key.clone()).collect();
    // CloudFront compresses on its own, and S3 cannot choose between variants of a file.
    let is_sibling = |key: &str| {
        [".br", ".gz", ".zst"].iter().any(|end| {
            key.strip_suffix(end)
                .is_some_and(|plain| keys.iter().any(|known| known == plain))
        })
    };
    let before = found.len();
    found.retain(|file| !is_sibling(&file.key));
    if found.len() < before {
        skipped.push(format!(
            "{} that are compressed copies: CloudFront compresses files",
            before - found.len()
        ));
    }
    found.sort_by(|a, b| a.key.cmp(&b.key));
    Ok((found, skipped))
}

fn walk_folder(
    folder: &Path,
    prefix: &str,
    found: &mut Vec<LocalFile>,
    skipped: &mut Vec<String>,
) -> Result<(), String> {
    let failed =
        |path: &Path, error: &std::io::Error| format!("cannot read `{}`: {error}", path.display());
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    let mut entries: Vec<_> = entries
        .collect::<Result<_, _>>()
        .map_err(|error| failed(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return Err(format!(
                "the file name `{}` is not valid UTF-8",
                path.display()
            ));
        };
        let key = format!("{prefix}{name}");
        if is_skipped(name) {
            skipped.push(format!("{key}: hidden"));
            continue;
        }
        let kind = entry.file_type().map_err(|error| failed(&path, &error))?;
        if kind.is_symlink() {
            // The target of a link can be anywhere, and would become public.
            skipped.push(format!("{key}: a symbolic link"));
        } else if kind.is_dir() {
            walk_folder(&path, &format!("{key}/"), found, skipped)?;
        } else {
            let content = fs::read(&path).map_err(|error| failed(&path, &error))?;
            found.push(LocalFile {
                key,
                bytes: content.len() as u64,
                md5: format!("{:x}", md5::compute(&content)),
                path,
            });
        }
    }
    Ok(())
}

/// Returns the file extension in lower case.
fn lower_extension(name: &str) -> String {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    end.to_ascii_lowercase()
}

/// Returns true if a file name contains the hash of its content, as bundlers write it: `index-B7kQ2xYz.js`, `main.3f2a1b9c.css`, `chunk-ABCD2345.js`.
///
/// Browsers would cache a falsely recognized file for a year. Outside the assets folder, only patterns count that no word or date has.
fn is_hashed(name: &str, in_assets: bool) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else {
        return false;
    };
    // The hash in `main.3f2a1b9c.chunk.js` is between dots, that in `index-B7kQ2xYz.js` after a dash; Vite's hashes can contain `-` and `_`.
    stem.split('.').enumerate().any(|(number, part)| {
        let signs = part.char_indices().filter(|(_, c)| matches!(c, '-' | '_'));
        let mut ends = signs.map(|(at, _)| &part[at + 1..]);
        number > 0 && is_likely_hash(part, in_assets)
            || ends.any(|end| is_likely_hash(end, in_assets))
    })
}

fn is_likely_hash(text: &str, loosely: bool) -> bool {
    let count = |is: fn(&char) -> bool| text.chars().filter(is).count();
    let digits = count(char::is_ascii_digit);
    let (lower, upper) = (
        count(char::is_ascii_lowercase),
        count(char::is_ascii_uppercase),
    );
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric());
    let long = (8..=64).contains(&text.len());
    let hex = plain && text.chars().all(|c| c.is_ascii_hexdigit()) && (upper == 0 || lower == 0);
    if !long {
        return false;
    }
    if hex && digits > 0 && digits < text.len() {
        return true;
    }
    let mixed = digits > 0 && lower > 0 && upper > 0;
    let coded = plain && digits > 0 && upper > 0 && lower == 0;
    if loosely {
        let base64url = text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        return base64url && (mixed || coded || (lower > 0 && upper > 1));
    }
    plain && (mixed && upper > 1 || coded && digits > 1)
}

/// Returns the `Content-Type` for a file name, with the charset for text.
pub(crate) fn content_type(key: &str) -> &'static str {
    let name = key.rsplit('/').next().unwrap_or(key);
    match lower_extension(name).as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "xhtml" => "application/xhtml+xml; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" | "cjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        // Files in `.well-known` often have no extension, and contain text or JSON.
        "" if name == "apple-app-site-association" => "application/json; charset=utf-8",
        "" if key.starts_with(".well-known/") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Caching, content_type};

    #[test]
    fn hashed_names_are_immutable() {
        for key in [
            "assets/index-B7kQ2xYz.js",
            "assets/index-DiwrgTda.css",
            "assets/style-a_B-9xQ1.css",
            "static/js/main.3f2a1b9c.js",
            "static/js/main.3f2a1b9c.chunk.js",
            "chunk-ABCD2345.js",
            "fonts/inter-4f3a2b1c9d8e7f60.woff2",
        ] {
            let assets = Some("assets/");
            assert_eq!(Caching::for_file(key, assets), Caching::Immutable, "{key}");
        }
        for key in [
            "favicon.ico",
            "robots.txt",
            "sw.js",
            "report-20251122.pdf",
            "jquery-20240101.min.js",
            "logo-horizontal.svg",
            "logo-HORIZONTAL.svg",
            "my-background.png",
            "iPhone15ProMax.png",
            "assets/logo-horizontal.svg",
            "assets/report-20251122.pdf",
            "v1.2.3.js",
        ] {
            assert_eq!(
                Caching::for_file(key, Some("assets/")),
                Caching::Checked,
                "{key}"
            );
        }
        assert_eq!(Caching::for_file("a/b-3f2a1b9c.html", None), Caching::Page);
    }

    #[test]
    fn text_types_declare_charset() {
        assert_eq!(content_type("a/index.HTML"), "text/html; charset=utf-8");
        assert_eq!(content_type("x.woff2"), "font/woff2");
        assert_eq!(
            content_type(".well-known/security"),
            "text/plain; charset=utf-8"
        );
        assert_eq!(content_type("LICENSE"), "application/octet-stream");
    }
}
