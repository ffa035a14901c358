//! Finds the package and the binary of a program in the workspace of Cargo.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as JsonValue;

use super::{RustProgram, not_buildable};
use crate::core::{Diagnostic, find_nearest};

/// Parts of `cargo metadata` that a build needs.
#[derive(Debug)]
pub(super) struct Workspace {
    /// Arguments that select the workspace in every call of Cargo.
    pub(super) manifest: Vec<OsString>,
    /// Target folder of the workspace.
    pub(super) target: PathBuf,
    /// Name of the binary.
    pub(super) binary: String,
}

/// Returns the program of Cargo: the one that runs the app, else `cargo`.
pub(super) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Reads the workspace of a program, and finds the package and the binary in it.
pub(super) fn find_program(program: &RustProgram) -> Result<Workspace, Box<Diagnostic>> {
    let manifest = program.manifest.clone().or_else(running_manifest);
    let manifest: Vec<OsString> = manifest.map_or_else(Vec::new, |path| {
        vec!["--manifest-path".into(), path.into_os_string()]
    });
    let output = Command::new(cargo())
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .args(&manifest)
        .stderr(Stdio::inherit())
        .output();
    let output = output
        .map_err(|error| not_buildable(program, format!("`cargo` does not start: {error}")))?;
    let metadata: JsonValue = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let Some(target) = metadata["target_directory"].as_str() else {
        return Err(
            not_buildable(program, "`cargo metadata` failed, see its message above")
                .with_help("name the workspace: `RustProgram::package(…).manifest(…)`"),
        );
    };
    Ok(Workspace {
        manifest,
        target: PathBuf::from(target),
        binary: find_binary(program, &metadata)?,
    })
}

/// Returns the manifest of the app, if Cargo runs it.
fn running_manifest() -> Option<PathBuf> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR")?;
    let manifest = Path::new(&folder).join("Cargo.toml");
    manifest.is_file().then_some(manifest)
}

/// Returns the name of the binary in the answer of `cargo metadata`.
pub(super) fn find_binary(
    program: &RustProgram,
    metadata: &JsonValue,
) -> Result<String, Box<Diagnostic>> {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let named = |package: &&JsonValue| package["name"] == program.package.as_str();
    let Some(package) = packages.iter().find(named) else {
        let known = packages
            .iter()
            .filter_map(|package| package["name"].as_str());
        let finding = not_buildable(program, "the workspace has no such package");
        return Err(match find_nearest(&program.package, known) {
            Some(meant) => finding.with_help(&format!("use `{meant}`")),
            None => finding.with_help(
                "add it to `members` in the `Cargo.toml` of the workspace, or name another workspace with `RustProgram::manifest`",
            ),
        });
    };
    let targets = package["targets"].as_array().map_or(&[][..], Vec::as_slice);
    let is_binary = |target: &&JsonValue| {
        target["kind"]
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind == "bin"))
    };
    let binaries = targets.iter().filter(is_binary);
    let binaries: Vec<&str> = binaries
        .filter_map(|target| target["name"].as_str())
        .collect();
    let default = package["default_run"].as_str().unwrap_or(&program.package);
    let found = match (&program.binary, binaries.as_slice()) {
        (Some(wanted), _) => binaries.iter().find(|name| *name == wanted),
        (None, [only]) => Some(only),
        (None, _) => binaries.iter().find(|name| **name == default),
    };
    match (found, binaries.as_slice()) {
        (Some(name), _) => Ok((*name).to_owned()),
        (None, []) => Err(not_buildable(program, "it has no binary")
            .with_help("add `src/main.rs` with the main loop of the crate `lambda_runtime`")),
        (None, _) => {
            let why = match &program.binary {
                Some(wanted) => format!("it has no binary `{wanted}`"),
                None => "it has several binaries".to_owned(),
            };
            let finding = not_buildable(program, why);
            let finding = Box::new(finding.expected(binaries.join(", ")));
            Err(finding.with_help("name the binary: `RustProgram::package(…).binary(…)`"))
        }
    }
}

/// Adds a help line to a boxed finding.
pub(super) trait WithHelp {
    /// Returns the finding with a help line.
    fn with_help(self, help: &str) -> Self;
}

impl WithHelp for Box<Diagnostic> {
    fn with_help(self, help: &str) -> Self {
        Self::new((*self).help(help.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::core::render;

    fn metadata(binaries: &[&str]) -> JsonValue {
        let mut targets = vec![json!({ "kind": ["lib"], "name": "orders" })];
        targets.extend(
            binaries
                .iter()
                .map(|name| json!({ "kind": ["bin"], "name": name })),
        );
        json!({ "packages": [{ "name": "orders", "targets": targets }, { "name": "web", "targets": [] }] })
    }

    #[test]
    fn takes_only_binary() {
        let found = find_binary(&RustProgram::package("orders"), &metadata(&["worker"]));
        assert_eq!(found.unwrap(), "worker");
    }

    #[test]
    fn takes_binary_of_several_by_name() {
        let program = RustProgram::package("orders");
        let metadata = metadata(&["orders", "worker"]);
        assert_eq!(find_binary(&program, &metadata).unwrap(), "orders");
        let worker = program.clone().binary("worker");
        assert_eq!(find_binary(&worker, &metadata).unwrap(), "worker");
        let other = find_binary(&program.binary("other"), &metadata).unwrap_err();
        assert!(render(&other).contains("orders, worker"));
    }

    #[test]
    fn takes_default_binary() {
        let mut metadata = metadata(&["api", "worker"]);
        let program = RustProgram::package("orders");
        let several = find_binary(&program, &metadata).unwrap_err();
        assert!(render(&several).contains("it has several binaries"));
        metadata["packages"][0]["default_run"] = "worker".into();
        assert_eq!(find_binary(&program, &metadata).unwrap(), "worker");
    }

    #[test]
    fn reports_package_without_binary() {
        let finding = find_binary(&RustProgram::package("web"), &metadata(&[])).unwrap_err();
        assert!(render(&finding).contains("it has no binary"));
    }

    #[test]
    fn suggests_similar_package() {
        let finding = find_binary(&RustProgram::package("order"), &metadata(&[])).unwrap_err();
        assert!(render(&finding).contains("use `orders`"));
    }
}
