//! Passes a command to the tool `infra`; arguments, terminal, signals, exit code and streams are preserved.

mod cargo;
mod project;
mod tool;
mod version;

use std::ffi::OsString;
use std::process::Command;

use infra_console::{ExitCode, Process, contract};
use infra_core::{Diagnostic, codes};

/// Runs the tool in place of this process, for the project of the app: that of its configuration folder, if it has one.
///
/// On Unix the tool replaces this process, so that signals and the terminal reach it directly; on other systems this process waits for it. Returns
/// only if that fails.
pub(crate) fn run_tool(
    process: &mut Process<'_>,
    configuration: Option<&'static str>,
) -> Result<ExitCode, Box<Diagnostic>> {
    let app = std::env::current_exe().map_err(|error| {
        not_runnable(format!(
            "cannot find the executable of this program: {error}"
        ))
    })?;
    let tool = tool::find_tool(process, &app)?;
    let arguments: Vec<OsString> = process.arguments.iter().skip(1).cloned().collect();
    let mut command = Command::new(&tool);
    command
        .args(arguments)
        .env(contract::APP, &app)
        .env(contract::APP_VERSION, contract::VERSION);
    match project::find_project(configuration, &process.variables, &app) {
        Some(folder) => command.env(contract::APP_FOLDER, folder),
        None => command.env_remove(contract::APP_FOLDER),
    };
    let error = execute(&mut command);
    let message = format!("cannot start `{}`: {error}", tool.display());
    Err(Box::new(not_runnable(message)))
}

/// Replaces this process, and returns only on failure.
#[cfg(unix)]
fn execute(command: &mut Command) -> std::io::Error {
    use std::os::unix::process::CommandExt as _;
    command.exec()
}

/// Runs the tool and exits with its exit code.
#[cfg(not(unix))]
#[expect(
    clippy::exit,
    reason = "the exit code of the tool is that of this process"
)]
fn execute(command: &mut Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}

fn not_runnable(message: String) -> Diagnostic {
    Diagnostic::new(codes::TOOL_NOT_FOUND, message)
}
