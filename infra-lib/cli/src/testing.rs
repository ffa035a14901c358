//! Runs the command line of the tool within a test and returns its output; [`Invocation`] describes one run.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use infra_aws::Cloud;
use infra_console::testing::CommandLine;
use tokio::runtime::Runtime;

pub use infra_console::testing::Outcome;

pub use crate::app::AppRun;
use crate::app::Launcher;
pub use crate::person::Interrupt;
use crate::person::{Interrupts, Script, UserInput};
use crate::process::{Connection, Process, Protocol};
use crate::program;

/// A run of the command line in preparation. Its environment holds only the variables, folder, answers and interrupts that are set here; nothing is
/// inherited from the test process.
#[derive(Debug)]
pub struct Invocation {
    command: CommandLine,
    person: UserInput,
    interrupts: VecDeque<(Duration, Interrupt)>,
    connection: Connection,
    protocol: Protocol,
    output_ends: Option<(usize, io::ErrorKind)>,
}

impl Invocation {
    /// Creates an invocation of `infra` with these arguments, which exclude the name of the program.
    pub fn new<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self {
            command: CommandLine::new("infra", arguments),
            person: UserInput::Absent,
            interrupts: VecDeque::new(),
            connection: Connection::Environment,
            protocol: Protocol::Streams,
            output_ends: None,
        }
    }

    /// Makes standard output accept `after` writes and fail every later one with this kind of error, as a closed pipe or a full disk does.
    pub fn fail_output_after(mut self, after: usize, error: io::ErrorKind) -> Self {
        self.output_ends = Some((after, error));
        self
    }

    /// Sends this text on standard input to a command that reads it, such as `mcp`, and then closes the stream.
    pub fn input(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.protocol = Protocol::Script(text.into());
        self
    }

    /// Connects the command to this AWS and runs it in this runtime. A runtime with paused time makes every wait immediate.
    pub fn cloud(mut self, cloud: Arc<dyn Cloud>, runtime: Runtime) -> Self {
        self.connection = Connection::Existing(cloud, runtime);
        self
    }

    /// Simulates a user at a terminal who answers questions with these lines, in order. Without this or `silent`, no user is present.
    pub fn answers<A: Into<String>>(mut self, answers: impl IntoIterator<Item = A>) -> Self {
        self.person = UserInput::Script(answers.into_iter().map(Into::into).collect());
        self
    }

    /// Simulates a user at a terminal who never answers, so that questions wait for an interrupt or a timeout.
    pub fn silent(mut self) -> Self {
        self.person = UserInput::Silent;
        self
    }

    /// Shows progress as at a terminal of 80 columns, with a block that is redrawn.
    pub fn terminal(mut self) -> Self {
        self.command = self.command.terminal();
        self
    }

    /// Sends an interrupt to the command, `after` the previous interrupt or, for the first one, after the command began to listen.
    pub fn interrupt(mut self, after: Duration, interrupt: Interrupt) -> Self {
        self.interrupts.push_back((after, interrupt));
        self
    }

    /// Limits lines written for people to this number of columns, as a terminal of that width does. Default: no limit.
    pub fn columns(self, columns: usize) -> Self {
        self.variable("COLUMNS", columns.to_string())
    }

    /// Sets the working folder of the command, against which relative paths and project files are resolved.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.command = self.command.directory(directory);
        self
    }

    /// Sets an environment variable of the command. Variables of the test process are not inherited.
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.command = self.command.variable(name, value);
        self
    }

    /// Runs the command line with an app inside this process instead of the one that a project file names. The app is a function from arguments and
    /// folder to output.
    pub fn run_with(self, app: &dyn Fn(&[OsString], &Path) -> AppRun) -> Outcome {
        self.run_launched(Launcher::Given(app))
    }

    /// Runs the command line to its end and returns both streams and the exit code. An app that it needs is started as a process.
    pub fn run(self) -> Outcome {
        self.run_launched(Launcher::Process)
    }

    fn run_launched(self, launcher: Launcher<'_>) -> Outcome {
        let mut stdout = FailingWriter {
            written: Vec::new(),
            end: self.output_ends,
        };
        let mut stderr = Vec::new();
        let exit_code = program::main(&mut Process {
            console: self.command.into_process(&mut stdout, &mut stderr),
            size: || None,
            person: self.person,
            interrupts: Interrupts::Script(Script::new(self.interrupts)),
            connection: self.connection,
            launcher,
            protocol: self.protocol,
        });
        Outcome::new(&stdout.written, &stderr, exit_code)
    }
}

/// An output stream that can fail after a number of writes, such as a pipe whose reader exits or a disk that is full.
struct FailingWriter {
    written: Vec<u8>,
    /// Number of writes that are still accepted, and the kind of error that follows them; `None` accepts everything.
    end: Option<(usize, io::ErrorKind)>,
}

impl Write for FailingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.end {
            Some((0, error)) => return Err((*error).into()),
            Some((left, _)) => *left -= 1,
            None => {}
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
