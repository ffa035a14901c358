//! `completions`: a completion script for a shell.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// The shell.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The shell that reads the script.
    shell: Shell,
}

pub(crate) fn run(
    session: &mut Session<'_>,
    options: &Arguments,
    mut command: Command,
) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, "infra", &mut script);
    session.output.data(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::Ok)
}
