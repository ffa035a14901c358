//! Implements `completions`: prints a completion script for a shell.

use std::path::Path;

use clap::{Args, Command};
use clap_complete::Shell;
use infra_console::contract;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `completions`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The shell that reads the script.
    shell: Shell,
}

/// Writes the script for the program that the user called: the tool, or the app that passed the command on.
pub(crate) fn run_completions(
    session: &mut Session<'_>,
    options: &Arguments,
    command: Command,
) -> Result<ExitCode, Failure> {
    let app = session.variables.find_path(contract::APP);
    let name = app.and_then(Path::file_stem).map_or_else(
        || contract::TOOL_NAME.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut command = command.name(name.clone()).bin_name(name.clone());
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, name, &mut script);
    session
        .output
        .write_data(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::Ok)
}
