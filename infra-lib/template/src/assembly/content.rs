//! Computes digests of the content of assets: files, folders and build contexts. Files are read in chunks.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map as JsonMap, Value as JsonValue, json};

use super::{Assets, FileAsset, ImageAsset};
use crate::digest::Digest;

impl Assets {
    /// Returns the sources and destinations of all assets with a digest of the content of each: everything that determines the published content. The
    /// digest of a folder covers the names, contents and execute permissions of its files; symbolic links are followed. If the content is not
    /// available, because it was removed or the assembly has no folder, the asset is listed without a digest.
    ///
    /// # Errors
    ///
    /// Fails with the path of the first file that exists and cannot be read.
    pub fn describe_contents(&self) -> io::Result<JsonValue> {
        let mut files = JsonMap::new();
        for (id, asset) in &self.files {
            let content = self.hash_paths(file_paths(asset))?;
            files.insert(id.clone(), json!({ "asset": asset, "content": content }));
        }
        let mut images = JsonMap::new();
        for (id, asset) in &self.images {
            let content = self.hash_paths(image_paths(asset))?;
            images.insert(id.clone(), json!({ "asset": asset, "content": content }));
        }
        Ok(json!({ "files": files, "images": images }))
    }

    fn hash_paths<'a>(
        &self,
        paths: impl Iterator<Item = &'a str>,
    ) -> io::Result<BTreeMap<&'a str, Digest>> {
        let mut found = BTreeMap::new();
        let Some(folder) = &self.folder else {
            return Ok(found);
        };
        for path in paths {
            let place = folder.join(path);
            if place.exists() {
                found.insert(path, hash_path(&place, &mut Vec::new())?);
            }
        }
        Ok(found)
    }
}

fn file_paths(asset: &FileAsset) -> impl Iterator<Item = &str> {
    asset.source.path.as_deref().into_iter()
}

/// Returns the paths of the build context and of additional contexts. Contexts that are images or addresses do not exist as paths and are skipped
/// later.
fn image_paths(asset: &ImageAsset) -> impl Iterator<Item = &str> {
    let source = &asset.source;
    let contexts = source.docker_build_contexts.values().map(String::as_str);
    source.directory.as_deref().into_iter().chain(contexts)
}

/// Returns the digest of a file or folder. `above` lists the enclosing folders, so that a link to one of them is not followed again.
fn hash_path(path: &Path, above: &mut Vec<PathBuf>) -> io::Result<Digest> {
    let named = |error: io::Error| {
        io::Error::new(
            error.kind(),
            format!("cannot read `{}`: {error}", path.display()),
        )
    };
    let metadata = fs::metadata(path).map_err(named)?;
    if !metadata.is_dir() {
        let file = fs::File::open(path).map_err(named)?;
        return Digest::hash_reader(file).map_err(named);
    }
    let folder = fs::canonicalize(path).map_err(named)?;
    if above.contains(&folder) {
        return Ok(Digest::hash_bytes(b"a folder that contains itself"));
    }
    above.push(folder);
    let mut members: BTreeMap<String, JsonValue> = BTreeMap::new();
    for entry in fs::read_dir(path).map_err(named)? {
        let entry = entry.map_err(named)?;
        let name = entry.file_name();
        // A dangling symbolic link counts with its name and no content.
        let member = match fs::metadata(entry.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => JsonValue::Null,
            Err(error) => return Err(named(error)),
            Ok(found) => json!({
                "folder": found.is_dir(),
                "executable": !found.is_dir() && is_executable(&found),
                "content": hash_path(&entry.path(), above)?,
            }),
        };
        // Names that are not UTF-8 are escaped, so that different names stay different.
        let name = match name.to_str() {
            Some(name) => format!("/{name}"),
            None => name.as_encoded_bytes().escape_ascii().to_string(),
        };
        members.insert(name, member);
    }
    above.pop();
    Ok(Digest::hash_json(&json!(members)))
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_metadata: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::assembly::{Assets, FileAsset, ImageAsset};

    /// Creates a folder with a file, a folder and a build context, and returns the assets made of them.
    fn assets(folder: &Path) -> Assets {
        for inner in ["code/lib", "image", "extra"] {
            fs::create_dir_all(folder.join(inner)).unwrap();
        }
        for file in [
            "child.json",
            "code/a.js",
            "code/lib/b.js",
            "image/Dockerfile",
            "extra/c",
        ] {
            fs::write(folder.join(file), format!("content of {file}")).unwrap();
        }
        let file = |path: &str| -> FileAsset {
            serde_json::from_value(
                serde_json::json!({ "source": { "path": path }, "destinations": {} }),
            )
            .unwrap()
        };
        let image: ImageAsset = serde_json::from_value(serde_json::json!({
            "source": { "directory": "image", "dockerBuildContexts": { "extra": "extra", "base": "docker-image://alpine" } },
            "destinations": {},
        }))
        .unwrap();
        Assets {
            files: [
                ("1".to_owned(), file("child.json")),
                ("2".to_owned(), file("code")),
            ]
            .into(),
            images: [("3".to_owned(), image)].into(),
            folder: Some(folder.to_owned()),
            bootstrap: None,
        }
    }

    #[test]
    fn detects_changed_content_and_names_of_assets() {
        let folder = tempfile::tempdir().unwrap();
        let assets = assets(folder.path());
        let whole = assets.describe_contents().unwrap();
        assert_eq!(assets.describe_contents().unwrap(), whole, "the same twice");
        for file in [
            "child.json",
            "code/a.js",
            "code/lib/b.js",
            "image/Dockerfile",
            "extra/c",
        ] {
            let path = folder.path().join(file);
            let before = fs::read(&path).unwrap();
            let mut changed = before.clone();
            *changed.last_mut().unwrap() ^= 1;
            fs::write(&path, changed).unwrap();
            assert_ne!(assets.describe_contents().unwrap(), whole, "{file}");
            fs::write(&path, before).unwrap();
            assert_eq!(assets.describe_contents().unwrap(), whole, "{file}");
        }
        let path = |name: &str| folder.path().join(name);
        fs::rename(path("code/a.js"), path("code/c.js")).unwrap();
        assert_ne!(assets.describe_contents().unwrap(), whole, "a name");
        fs::rename(path("code/c.js"), path("code/a.js")).unwrap();
        fs::create_dir(path("code/empty")).unwrap();
        assert_ne!(
            assets.describe_contents().unwrap(),
            whole,
            "an empty folder"
        );
        fs::remove_dir(path("code/empty")).unwrap();
        fs::remove_file(path("child.json")).unwrap();
        assert_ne!(assets.describe_contents().unwrap(), whole, "a file less");
    }

    #[cfg(unix)]
    #[test]
    fn follows_symlinks_once_and_includes_permissions() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let assets = assets(folder.path());
        let path = |name: &str| folder.path().join(name);
        let whole = assets.describe_contents().unwrap();
        fs::set_permissions(path("code/a.js"), fs::Permissions::from_mode(0o755)).unwrap();
        assert_ne!(assets.describe_contents().unwrap(), whole, "a permission");
        symlink("../extra", path("code/link")).unwrap();
        symlink(".", path("code/itself")).unwrap();
        symlink("nowhere", path("code/broken")).unwrap();
        let linked = assets.describe_contents().unwrap();
        fs::write(path("extra/d"), "new").unwrap();
        let code = |contents: &serde_json::Value| contents["files"]["2"].clone();
        assert_ne!(
            code(&assets.describe_contents().unwrap()),
            code(&linked),
            "behind a link"
        );
    }

    #[test]
    fn describes_assets_without_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut assets = assets(folder.path());
        assets.folder = None;
        let contents = assets.describe_contents().unwrap();
        assert_eq!(contents["files"]["2"]["content"], serde_json::json!({}));
        assert_eq!(contents["files"]["2"]["asset"]["source"]["path"], "code");
    }
}
