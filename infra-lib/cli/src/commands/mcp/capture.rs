//! Runs a command of the tool for an agent: its output is captured, and nobody is asked.

use infra_console::{Color, ConfigurationArguments, ExitCode, Output};

use super::answer::Answer;
use crate::app::Launcher;
use crate::failure::{self, Failure};
use crate::person::{Interrupts, Person, Script};
use crate::process::Protocol;
use crate::session::Session;

/// The output of a command.
#[derive(Debug)]
pub(super) struct Captured {
    /// The data.
    pub(super) data: String,
    /// The talk of the command and of the app.
    pub(super) talk: String,
    pub(super) code: ExitCode,
}

impl Captured {
    /// The data as an answer, with the talk beside it; after a failure the talk, which has the findings.
    pub(super) fn into_answer(self) -> Answer {
        if self.has_failed() {
            self.into_refusal()
        } else {
            Answer::data(self.data).messages(self.talk)
        }
    }

    /// The talk as an error.
    pub(super) fn into_refusal(self) -> Answer {
        if self.talk.trim().is_empty() {
            let code = self.code.number();
            return Answer::refused(format!("error: the app ended with exit code {code}\n"));
        }
        Answer::refused(self.talk)
    }

    /// True when there is no result.
    pub(super) fn has_failed(&self) -> bool {
        !matches!(self.code, ExitCode::Ok | ExitCode::Differences)
    }
}

/// Runs `work` in a session of its own, with this configuration over that of the command line.
pub(super) fn run(
    session: &mut Session<'_>,
    environment: Option<String>,
    settings: Vec<String>,
    work: impl FnOnce(&mut Session<'_>) -> Result<ExitCode, Failure>,
) -> Captured {
    let (mut data, mut talk) = (Vec::new(), Vec::new());
    let mut configuration: ConfigurationArguments = session.configuration.clone();
    configuration.env = environment.or(configuration.env);
    configuration.set.extend(settings);
    configuration.config = configuration
        .config
        .map(|folder| session.directory.join(folder));
    let mut inner = Session {
        output: Output::new(&mut data, &mut talk, false, true),
        directory: session.directory,
        variables: session.variables,
        configuration,
        app: session.app.clone(),
        // Its tools write nothing into the project.
        no_lookups: true,
        account: session.account.clone(),
        color: Color::Never,
        terminal: false,
        size: || None,
        person: &mut Person::Absent,
        // Ctrl-C ends the server as it ends any program.
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
    let code = failure::finish(result, &mut inner.output);
    Captured {
        data: String::from_utf8_lossy(&data).into_owned(),
        talk: String::from_utf8_lossy(&talk).into_owned(),
        code,
    }
}
