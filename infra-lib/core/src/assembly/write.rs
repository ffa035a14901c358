//! Writes an assembly into a folder so that readers never find an incomplete one: [`write()`], with its result [`Assembly`] and its error
//! [`AssemblyError`].

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value as JsonValue, json};

use super::{manifest, tree_file};
use crate::synth::Synthesis;

/// Folder in which new files are prepared. It lies inside the output folder, because a rename within one file system needs no additional space.
const STAGING: &str = ".partial";

/// The result of writing a cloud assembly: its folder and the files in it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assembly {
    /// The folder that holds `manifest.json`.
    pub directory: PathBuf,
    /// Paths of the written files, relative to the folder and sorted by name.
    pub files: Vec<String>,
}

/// The reason for which an assembly could not be written. The assembly that was in the folder before remains complete.
#[derive(Debug)]
#[non_exhaustive]
pub enum AssemblyError {
    /// The output folder, or a folder below it, could not be created.
    CreateDirectory {
        /// The folder that could not be created.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file could not be written, or could not be moved to its final path.
    WriteFile {
        /// The final path of the file, or its path in the staging folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl fmt::Display for AssemblyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateDirectory { path, .. } => {
                write!(f, "cannot create the output folder `{}`", path.display())
            }
            Self::WriteFile { path, .. } => write!(f, "cannot write `{}`", path.display()),
        }
    }
}

impl std::error::Error for AssemblyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::CreateDirectory { source, .. } | Self::WriteFile { source, .. } => Some(source),
        }
    }
}

/// Writes the cloud assembly of a synthesis into `directory`, which is created if it does not exist.
///
/// Files are first written to a staging folder and then moved into place, the manifest last. Files of an earlier assembly that are not part of this
/// one are removed; other files in the folder are kept.
///
/// # Errors
///
/// Fails if the folder or a file cannot be written. The assembly that was in the folder before then remains complete.
pub fn write_assembly(synthesis: &Synthesis, directory: &Path) -> Result<Assembly, AssemblyError> {
    let files = render_files(synthesis);
    let staging = directory.join(STAGING);
    let create = |path: &Path| {
        fs::create_dir_all(path).map_err(|source| AssemblyError::CreateDirectory {
            path: path.to_owned(),
            source,
        })
    };
    create(directory)?;
    create(&staging)?;
    let result =
        stage_files(&files, &staging).and_then(|()| publish_files(&files, &staging, directory));
    // Ignored: a staging folder that cannot be removed does not affect the assembly.
    let _ = fs::remove_dir_all(&staging);
    result?;
    Ok(Assembly {
        directory: directory.to_owned(),
        files: files.into_keys().collect(),
    })
}

/// Returns every file that [`write()`] writes, by path relative to the folder of the assembly.
pub fn render_files(synthesis: &Synthesis) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for stack in &synthesis.stacks {
        let folder = manifest::stage_folder(&stack.stage);
        files.insert(
            format!("{folder}{}", manifest::template_file(stack)),
            stack.template.json().to_owned(),
        );
        for nested in &stack.nested {
            let template = nested.template.json().to_owned();
            files.insert(format!("{folder}{}", nested.file), template);
        }
        if !stack.nested.is_empty() {
            let name = format!("{folder}{}", manifest::assets_file(stack));
            files.insert(name, manifest::render_asset_manifest(stack));
        }
    }
    files.extend(manifest::render_manifests(synthesis));
    files.insert("tree.json".to_owned(), tree_file::render_tree(synthesis));
    files.insert(
        "findings.json".to_owned(),
        to_pretty_text(&findings_to_json(synthesis)),
    );
    files
}

fn findings_to_json(synthesis: &Synthesis) -> JsonValue {
    let accepted = synthesis.acknowledged.iter().map(|entry| {
        let mut finding = entry.finding.to_json();
        finding["reason"] = entry.reason.as_str().into();
        finding
    });
    json!({
        "version": 1,
        "findings": synthesis.findings.iter().map(crate::Diagnostic::to_json).collect::<Vec<_>>(),
        "acknowledged": accepted.collect::<Vec<_>>(),
    })
}

fn to_pretty_text(json: &JsonValue) -> String {
    let mut text = serde_json::to_string_pretty(json).unwrap_or_default();
    text.push('\n');
    text
}

fn stage_files(files: &BTreeMap<String, String>, staging: &Path) -> Result<(), AssemblyError> {
    for (name, content) in files {
        let path = staging.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| AssemblyError::CreateDirectory {
                path: parent.to_owned(),
                source,
            })?;
        }
        fs::write(&path, content).map_err(|source| AssemblyError::WriteFile { path, source })?;
    }
    Ok(())
}

fn publish_files(
    files: &BTreeMap<String, String>,
    staging: &Path,
    directory: &Path,
) -> Result<(), AssemblyError> {
    let stale = manifest::list_earlier_files(directory);
    // The manifests are moved last: until then, readers find the earlier list of files.
    let (manifests, others): (Vec<&String>, Vec<&String>) = files
        .keys()
        .partition(|name| name.ends_with("manifest.json"));
    for name in others.into_iter().chain(manifests) {
        let path = directory.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| AssemblyError::CreateDirectory {
                path: parent.to_owned(),
                source,
            })?;
        }
        fs::rename(staging.join(name), &path)
            .map_err(|source| AssemblyError::WriteFile { path, source })?;
    }
    for name in stale.iter().filter(|name| !files.contains_key(*name)) {
        // Ignored: no manifest names the stale file any more, so it does no harm.
        let _ = fs::remove_file(directory.join(name));
    }
    Ok(())
}
