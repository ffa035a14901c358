//! Runs a command of the tool for an agent or an editor, capturing its output and asking no questions.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use infra_console::{Color, ConfigurationArguments, ExitCode, Output};

use crate::app::{AppSource, Launcher};
use crate::failure::{self, Failure};
use crate::person::{Interrupts, Script, UserInput};
use crate::process::Protocol;
use crate::session::Session;

/// The captured output of a command.
#[derive(Debug)]
pub(super) struct CapturedOutput {
    /// Text written to standard output.
    pub(super) data: String,
    /// Messages and findings that the command and the app wrote to standard error.
    pub(super) messages: String,
    pub(super) code: ExitCode,
}

impl CapturedOutput {
    /// Returns true if the command ended without a result.
    pub(super) fn has_failed(&self) -> bool {
        !matches!(self.code, ExitCode::Ok | ExitCode::Differences)
    }
}

/// Runs `work` in a separate session and folder, with this configuration on top of that of the command line.
pub(super) fn run_captured(
    session: &mut Session<'_>,
    directory: &Path,
    environment: Option<String>,
    settings: Vec<String>,
    work: impl FnOnce(&mut Session<'_>) -> Result<ExitCode, Failure>,
) -> CapturedOutput {
    let (mut data, mut talk) = (Vec::new(), Vec::new());
    let mut configuration: ConfigurationArguments = session.configuration.clone();
    configuration.env = environment.or(configuration.env);
    configuration.set.extend(settings);
    configuration.config = configuration
        .config
        .map(|folder| session.directory.join(folder));
    let mut inner = Session {
        output: Output::new(&mut data, &mut talk, false, true),
        directory,
        variables: session.variables,
        configuration,
        app: session.app.clone(),
        // Tools must not write answers of lookups into the project.
        no_lookups: true,
        account: session.account.clone(),
        color: Color::Never,
        terminal: false,
        size: || None,
        person: &mut UserInput::Absent,
        // Ctrl-C ends the server itself.
        interrupts: &mut Interrupts::Script(Script::default()),
        connection: &mut *session.connection,
        launcher: match session.launcher {
            Launcher::Process | Launcher::Captured => Launcher::Captured,
            given @ Launcher::Given(_) => given,
        },
        protocol: Protocol::Streams,
        folders: Vec::new(),
    };
    let result = work(&mut inner);
    let code = failure::finish_command(result, &mut inner.output);
    CapturedOutput {
        data: String::from_utf8_lossy(&data).into_owned(),
        messages: String::from_utf8_lossy(&talk).into_owned(),
        code,
    }
}

/// Runs a command of the app with the configuration of the session.
pub(super) fn run_app_command(
    session: &mut Session<'_>,
    source: &AppSource,
    command: &[&OsStr],
) -> Result<ExitCode, Failure> {
    let mut arguments: Vec<OsString> = command.iter().map(|&word| word.to_owned()).collect();
    arguments.extend(["--quiet", "--color", "never"].map(OsString::from));
    arguments.extend(session.configuration.to_arguments());
    session.pass_to_app(source, &arguments)
}
