//! Stores the sites of releases: a version derived from the contents, and all files, so that a version can be published again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use infra_core::{Diagnostic, codes};
use serde::{Deserialize, Serialize};

use super::log::{Existing, ReleaseLog};
use crate::error::{Class, Error};
use crate::site::files;
use infra_template::digest::Digest;

/// Files of a site with their contents, identified by a version.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct SiteFiles {
    /// Version of the site. Equal files have equal versions, independent of the build.
    pub version: String,
    /// Contents of the files in bytes, by their key in the bucket.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Manifest of a site in the release log.
#[derive(Debug, Deserialize, Serialize)]
struct Manifest {
    version: String,
    /// Digests of the files, by key.
    files: BTreeMap<String, Digest>,
}

impl SiteFiles {
    fn digest_files(&self) -> BTreeMap<String, Digest> {
        let files = self.files.iter();
        files
            .map(|(key, content)| (key.clone(), Digest::hash_bytes(content)))
            .collect()
    }

    /// Writes the files to a folder under their keys, creating subfolders as needed.
    pub fn write_to(&self, folder: &Path) -> Result<(), Error> {
        for (key, content) in &self.files {
            let path = folder.join(key);
            let written = path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, content));
            written.map_err(|error| {
                unusable_folder_error(&format!("cannot write `{}`: {error}", path.display()))
            })?;
        }
        Ok(())
    }
}

/// Reads the files that publishing a folder uploads. `shown` is the name of the folder in errors.
pub fn site_files(folder: &Path, shown: &str) -> Result<SiteFiles, Error> {
    let (found, _) = files::read_folder(folder, shown)?;
    let mut contents = BTreeMap::new();
    for file in found {
        let content = fs::read(&file.path).map_err(|error| {
            unusable_folder_error(&format!("cannot read `{}`: {error}", file.path.display()))
        })?;
        contents.insert(file.key, content);
    }
    let mut site = SiteFiles {
        version: String::new(),
        files: contents,
    };
    let lines: Vec<String> = site
        .digest_files()
        .iter()
        .map(|(key, digest)| format!("{digest}  {key}\n"))
        .collect();
    Digest::hash_bytes(lines.concat().as_bytes())
        .short()
        .clone_into(&mut site.version);
    Ok(site)
}

impl ReleaseLog {
    /// Stores all files of a site in the release log; does nothing if the version is already stored.
    pub async fn store_site(&self, site: &SiteFiles) -> Result<(), Error> {
        let key = manifest_key(&site.version);
        if self.read_json::<Manifest>(&key).await?.is_some() {
            return Ok(());
        }
        for content in site.files.values() {
            self.store_file(content).await?;
        }
        let manifest = Manifest {
            version: site.version.clone(),
            files: site.digest_files(),
        };
        // Written last, because the manifest guarantees that all of its files exist.
        self.write_json(&key, &manifest, Existing::Kept).await?;
        Ok(())
    }

    /// Returns the keys of a stored site's files; empty if the version is not stored.
    pub async fn site_keys(&self, version: &str) -> Result<Vec<String>, Error> {
        let manifest = self.read_json::<Manifest>(&manifest_key(version)).await?;
        Ok(manifest.map_or_else(Vec::new, |manifest| manifest.files.into_keys().collect()))
    }

    /// Returns a stored site.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_RELEASE` if the version is not stored, or if a file is missing or damaged.
    pub async fn read_site(&self, version: &str) -> Result<SiteFiles, Error> {
        let manifest = self.read_json::<Manifest>(&manifest_key(version)).await?;
        let manifest = manifest.ok_or_else(|| {
            let finding = Diagnostic::new(
                codes::UNKNOWN_RELEASE,
                format!("the files of the site `{version}` are not stored"),
            )
            .help("publish the folder of its build with `publish-site FOLDER`");
            Error::new(Class::Error, finding)
        })?;
        let mut files = BTreeMap::new();
        for (key, digest) in &manifest.files {
            files.insert(key.clone(), self.read_file(digest).await?);
        }
        Ok(SiteFiles {
            version: manifest.version,
            files,
        })
    }
}

fn manifest_key(version: &str) -> String {
    format!("sites/{version}.json")
}

fn unusable_folder_error(message: &str) -> Error {
    Error::new(Class::Error, Diagnostic::new(codes::SITE_FOLDER, message))
}
