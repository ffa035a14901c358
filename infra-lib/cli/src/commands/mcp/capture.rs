//! Runs a command of the tool for an agent, capturing its output and asking no questions.

use infra_console::{Color, ConfigurationArguments, ExitCode, Output};

use super::answer::Answer;
use crate::app::Launcher;
use crate::failure::{self, Failure};
use crate::person::{Interrupts, Person, Script};
use crate::process::Protocol;
use crate::session::Session;

/// The captured output of a command.
#[derive(Debug)]
pub(super) struct Captured {
    /// Text written to standard output.
    pub(super) data: String,
    /// Messages and findings that the command and the app wrote to standard error.
    pub(super) talk: String,
    pub(super) code: ExitCode,
}

impl Captured {
    /// Converts the output to an answer, with messages attached. After a failure the messages, which contain the findings, become the answer.
    pub(super) fn into_answer(self) -> Answer {
        if self.has_failed() {
            self.into_refusal()
        } else {
            Answer::data(self.data).messages(self.talk)
        }
    }

    /// Converts the messages to a failed answer.
    pub(super) fn into_refusal(self) -> Answer {
        if self.talk.trim().is_empty() {
            let code = self.code.number();
            return Answer::refused(format!("error: the app failed with exit code {code}\n"));
        }
        Answer::refused(self.talk)
    }

    /// Returns true if the command ended without a result.
    pub(super) fn has_failed(&self) -> bool {
        !matches!(self.code, ExitCode::Ok | ExitCode::Differences)
    }
}

/// Runs `work` in a separate session, with this configuration on top of that of the command line.
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
        // Tools must not write answers of lookups into the project.
        no_lookups: true,
        account: session.account.clone(),
        color: Color::Never,
        terminal: false,
        size: || None,
        person: &mut Person::Absent,
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
    let code = failure::finish(result, &mut inner.output);
    Captured {
        data: String::from_utf8_lossy(&data).into_owned(),
        talk: String::from_utf8_lossy(&talk).into_owned(),
        code,
    }
}
