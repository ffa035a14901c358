//! Builds the tool if it is a package of the app's workspace.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use infra_console::{Process, contract};
use infra_core::Diagnostic;
use serde_json::Value as JsonValue;

use super::not_runnable;

/// Builds the tool if Cargo runs this app and its workspace contains the tool; returns `None` otherwise.
///
/// Cargo skips up-to-date crates, so that a second call takes a fraction of a second. The tool is compiled with the profile of the app, and the
/// progress of the first build is visible.
pub(super) fn build_tool(process: &mut Process<'_>) -> Result<Option<PathBuf>, Box<Diagnostic>> {
    let cargo = process.variables.find_path("CARGO");
    let cargo = cargo.unwrap_or(Path::new("cargo")).to_owned();
    let Some(package) = process.variables.find_path("CARGO_MANIFEST_DIR") else {
        return Ok(None);
    };
    let manifest = package.join("Cargo.toml");
    let Some(target) = workspace_with_tool(&cargo, &manifest) else {
        return Ok(None);
    };
    let profile = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    let folder = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let expected = target.join(folder).join(format!(
        "{}{}",
        contract::TOOL_NAME,
        std::env::consts::EXE_SUFFIX
    ));
    let mut command = Command::new(&cargo);
    command
        .args([
            "build",
            "--profile",
            profile,
            "--package",
            contract::TOOL_PACKAGE,
        ])
        .args(["--bin", contract::TOOL_NAME])
        .arg("--message-format=json-render-diagnostics")
        .arg("--manifest-path")
        .arg(&manifest)
        .stdout(Stdio::piped());
    if expected.is_file() {
        command.arg("--quiet");
    } else {
        let _ = process.stderr.write_all(
            b"building the tool `infra` of this workspace: takes a few minutes the first time\n",
        );
    }
    build_executable(&mut command).map(Some)
}

/// Returns the target folder of the app's workspace if that contains the tool.
fn workspace_with_tool(cargo: &Path, manifest: &Path) -> Option<PathBuf> {
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .arg("--manifest-path")
        .arg(manifest)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let metadata: JsonValue = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata["packages"].as_array()?;
    let has_tool = packages
        .iter()
        .any(|package| package["name"] == contract::TOOL_PACKAGE);
    let target = metadata["target_directory"].as_str()?;
    has_tool.then(|| PathBuf::from(target))
}

/// Runs Cargo and returns the path of the program that it built.
fn build_executable(command: &mut Command) -> Result<PathBuf, Box<Diagnostic>> {
    let failed = |error: &dyn std::fmt::Display| {
        Box::new(not_runnable(format!(
            "cannot build the tool `infra`: {error}"
        )))
    };
    let mut child = command.spawn().map_err(|error| failed(&error))?;
    let mut built = None;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let message: JsonValue = serde_json::from_str(&line).unwrap_or_default();
            if message["target"]["name"] == contract::TOOL_NAME
                && let Some(path) = message["executable"].as_str()
            {
                built = Some(PathBuf::from(path));
            }
        }
    }
    let status = child.wait().map_err(|error| failed(&error))?;
    match built {
        Some(path) if status.success() => Ok(path),
        _ => Err(failed(&"see the errors of cargo above")),
    }
}
