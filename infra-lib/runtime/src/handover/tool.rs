//! Finds the tool `infra`: named by a variable, built from this workspace, next to the app, or in `PATH`.

use std::path::{Path, PathBuf};
use std::process::Command;

use infra_console::{Process, contract};
use infra_core::{Diagnostic, codes};

use super::{cargo, not_runnable, version};

/// Returns the path of the tool, after checking that it is compatible with this app.
pub(super) fn find_tool(process: &mut Process<'_>, app: &Path) -> Result<PathBuf, Box<Diagnostic>> {
    if let Some(named) = process.variables.find_path(contract::TOOL) {
        let tool = process.directory.join(named);
        check_tool_version(&tool)?;
        return Ok(tool);
    }
    if let Some(built) = cargo::build_tool(process)? {
        return Ok(built);
    }
    let file = format!("{}{}", contract::TOOL_NAME, std::env::consts::EXE_SUFFIX);
    let paths = process.variables.find_value("PATH").unwrap_or_default();
    let beside = app.parent().map(Path::to_path_buf);
    let folders = beside.into_iter().chain(std::env::split_paths(paths));
    let found = folders.map(|folder| folder.join(&file));
    let Some(tool) = found.into_iter().find(|path| path.is_file() && path != app) else {
        return Err(Box::new(
            not_runnable(
                "the tool `infra` is not installed; all commands that access AWS require it"
                    .to_owned(),
            )
            .help(format!(
                "{}, or set its path in {}",
                contract::tool_installation(),
                contract::TOOL
            )),
        ));
    };
    check_tool_version(&tool)?;
    Ok(tool)
}

/// Checks the version that a program prints, since an unrelated program may also be called `infra`.
fn check_tool_version(tool: &Path) -> Result<(), Box<Diagnostic>> {
    let shown = tool.display();
    let line = version::read_line(Command::new(tool).arg("--version"), version::LIMIT).map_err(
        |unknown| {
            not_runnable(format!("cannot use the tool `{shown}`: {unknown}")).help(format!(
                "run `{shown} --version` to see the cause, or set the path of another program in {}",
                contract::TOOL
            ))
        },
    )?;
    let version = line.strip_prefix("infra ").unwrap_or_default();
    if contract::are_compatible(version, contract::VERSION) {
        return Ok(());
    }
    let found = if line.is_empty() { "no version" } else { &line };
    Err(Box::new(
        Diagnostic::new(
            codes::TOOL_VERSION,
            format!("the tool `{shown}` is incompatible with this app"),
        )
        .actual(format!("`{found}`"))
        .expected(format!("`infra {}`", contract::compatible_versions()))
        .help(format!(
            "install a compatible version: {}, or set its path in {}",
            contract::tool_installation(),
            contract::TOOL
        )),
    ))
}
