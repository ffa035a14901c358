//! Finds the templates of files, folders and cloud assemblies.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde_json::Value as JsonValue;

/// Endings of files that can be templates, besides `.template.json`.
const ENDINGS: [&str; 4] = ["json", "yaml", "yml", "template"];

/// Folders that never contain templates of the project.
const SKIPPED: [&str; 4] = [".git", "node_modules", "target", ".venv"];

/// File of a cloud assembly that lists its stacks.
const MANIFEST: &str = "manifest.json";

/// Maximum size of a file that is read, in bytes; larger files are not templates.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Returns the templates below a path, sorted by path. A file is returned even if it does not look like a template.
///
/// A folder with the manifest of a cloud assembly gives the templates that the manifest lists. In other folders, a file is a template if it contains
/// `Resources` and a resource type.
///
/// # Errors
///
/// Returns the error of a path that does not exist, or of a folder or file that cannot be read.
pub fn find_templates(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(folder) = open.pop() {
        if let Some(listed) = read_manifest(&folder)? {
            found.extend(listed);
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let name = entry.file_name();
            if kind.is_dir() && !SKIPPED.iter().any(|skipped| name == *skipped) {
                open.push(path);
            } else if kind.is_file() && has_ending(&path) && entry.metadata()?.len() <= MAX_BYTES {
                // A file that is not UTF-8 is not a template.
                if fs::read_to_string(&path).is_ok_and(|text| is_template(&text)) {
                    found.push(path);
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_ending(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    ENDINGS.contains(&ending)
}

/// Returns `true` if a text looks like a template, without reading it: the text of a template names its resources and their types.
pub fn is_template(text: &str) -> bool {
    let has_types = ["AWS::", "Custom::", "Alexa::"]
        .iter()
        .any(|vendor| text.contains(vendor));
    let is_section = |line: &str| {
        let line = line.trim_start().trim_start_matches('{').trim_start();
        line.starts_with("Resources:") || line.starts_with("\"Resources\"")
    };
    has_types
        && (text.lines().any(is_section)
            || text.starts_with('{') && text.contains("\"Resources\":"))
}

/// Returns the templates of the stacks of a cloud assembly, with those of its stages, or `None` if the folder is not one.
fn read_manifest(folder: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let is_assembly = add_assembly(folder, &mut seen, &mut found)?;
    Ok(is_assembly.then_some(found))
}

/// Adds the templates of an assembly, and returns `false` if the folder is not one. An assembly that contains itself is read once.
fn add_assembly(
    folder: &Path,
    seen: &mut BTreeSet<PathBuf>,
    found: &mut Vec<PathBuf>,
) -> io::Result<bool> {
    let text = match fs::read_to_string(folder.join(MANIFEST)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        text => text?,
    };
    let manifest = serde_json::from_str::<JsonValue>(&text).unwrap_or_default();
    let Some(artifacts) = manifest["artifacts"].as_object() else {
        return Ok(false);
    };
    if !seen.insert(folder.canonicalize()?) {
        return Ok(true);
    }
    for artifact in artifacts.values() {
        let properties = &artifact["properties"];
        match artifact["type"].as_str() {
            Some("aws:cloudformation:stack") => {
                let file = properties["templateFile"].as_str();
                found.extend(file.map(|file| folder.join(file)));
            }
            Some("cdk:cloud-assembly") => {
                if let Some(inner) = properties["directoryName"].as_str() {
                    add_assembly(&folder.join(inner), seen, found)?;
                }
            }
            _ => {}
        }
    }
    Ok(true)
}

/// Reads a file that is given or found. Of a file that is far larger than a template can be, only the start is read, which is reported as too large.
///
/// # Errors
///
/// Returns the error of a file that does not exist or cannot be read.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{find_templates, is_template};

    #[test]
    fn tells_templates_from_other_files() {
        assert!(is_template("Resources:\n  T:\n    Type: AWS::SNS::Topic\n"));
        assert!(is_template(
            "{\"Resources\": {\"T\": {\"Type\": \"AWS::SNS::Topic\"}}}"
        ));
        assert!(is_template("Resources: {T: {Type: AWS::SNS::Topic}}"));
        assert!(!is_template("name: build\non: push\n"));
        assert!(!is_template("{\"Resources\": []}"));
        assert!(!is_template("note: AWS::Region\n"));
    }

    #[test]
    fn reads_an_assembly_that_contains_itself_once() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = r#"{"artifacts": {
            "Inner": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}},
            "Web": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Web.template.json"}}
        }}"#;
        fs::write(folder.path().join("manifest.json"), manifest).unwrap();
        let found = find_templates(folder.path()).unwrap();
        assert_eq!(found, [folder.path().join("Web.template.json")]);
    }
}
