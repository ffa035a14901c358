//! Finds the tool `infra`: named by a variable, of this workspace, beside the app, or on `PATH`.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use infra_console::{Process, contract};
use infra_core::{Diagnostic, codes};

use super::{cargo, not_runnable};

/// The tool's path, checked to fit this app.
pub(super) fn find(process: &mut Process<'_>, app: &Path) -> Result<PathBuf, Box<Diagnostic>> {
    if let Some(named) = process.variable(contract::TOOL) {
        let tool = process.directory.join(named);
        check(&tool)?;
        return Ok(tool);
    }
    if let Some(built) = cargo::build(process)? {
        return Ok(built);
    }
    let file = format!("{}{}", contract::TOOL_NAME, std::env::consts::EXE_SUFFIX);
    let paths = process.variable("PATH").unwrap_or_default();
    let beside = app.parent().map(Path::to_path_buf);
    let folders = beside.into_iter().chain(std::env::split_paths(paths));
    let found = folders.map(|folder| folder.join(&file));
    let Some(tool) = found.into_iter().find(|path| path.is_file() && path != app) else {
        return Err(Box::new(
            not_runnable(
                "the tool `infra` is not installed: it runs every command that talks to AWS"
                    .to_owned(),
            )
            .help(format!(
                "install version {} of `{}`, or name its program in {}",
                contract::VERSION,
                contract::TOOL_PACKAGE,
                contract::TOOL
            )),
        ));
    };
    check(&tool)?;
    Ok(tool)
}

/// The first bytes that a program prints about its version; more is no version.
fn read_version(tool: &Path) -> std::io::Result<String> {
    let mut child = Command::new(tool)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut text = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        stdout.take(256).read_to_end(&mut text)?;
    }
    // One that goes on printing ends here.
    let _ = child.kill();
    child.wait()?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Asks a program for its version, since anybody's program may be called `infra`.
fn check(tool: &Path) -> Result<(), Box<Diagnostic>> {
    let shown = tool.display();
    let text = read_version(tool)
        .map_err(|error| not_runnable(format!("cannot start the tool `{shown}`: {error}")))?;
    let version = text.trim().strip_prefix("infra ").unwrap_or_default();
    if contract::are_compatible(version, contract::VERSION) {
        return Ok(());
    }
    let said = text.lines().next().unwrap_or_default().trim();
    let found = if said.is_empty() { "no version" } else { said };
    Err(Box::new(
        Diagnostic::new(
            codes::TOOL_VERSION,
            format!("the tool `{shown}` does not fit this app"),
        )
        .actual(format!("`{found}`"))
        .expected(format!("`infra {}`", contract::compatible_versions()))
        .help(format!(
            "install that version of `{}`, or name its program in {}",
            contract::TOOL_PACKAGE,
            contract::TOOL
        )),
    ))
}
