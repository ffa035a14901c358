//! Runs the command line of the tool within a test and returns its output.

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
use crate::person::{Interrupts, Person, Script};
use crate::process::{Connection, Process, Protocol};
use crate::program;

/// A command line that is about to be run, in an environment that holds nothing but what is given here.
#[derive(Debug)]
pub struct Invocation {
    command: CommandLine,
    person: Person,
    interrupts: VecDeque<(Duration, Interrupt)>,
    connection: Connection,
    protocol: Protocol,
    output_ends: Option<(usize, io::ErrorKind)>,
}

impl Invocation {
    /// The arguments, without the name of the program.
    pub fn new<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self {
            command: CommandLine::new("infra", arguments),
            person: Person::Absent,
            interrupts: VecDeque::new(),
            connection: Connection::Environment,
            protocol: Protocol::Streams,
            output_ends: None,
        }
    }

    /// Lets standard output take so many writes, and refuse every later one with this error.
    pub fn output_ends(mut self, after: usize, error: io::ErrorKind) -> Self {
        self.output_ends = Some((after, error));
        self
    }

    /// Sends this text on standard input to a command that reads it, such as `mcp`, and then closes it.
    pub fn input(mut self, text: impl Into<String>) -> Self {
        self.protocol = Protocol::Script(text.into().into_bytes());
        self
    }

    /// Lets it talk to this AWS, in this runtime: one with paused time waits for nothing.
    pub fn cloud(mut self, cloud: Arc<dyn Cloud>, runtime: Runtime) -> Self {
        self.connection = Connection::Given(cloud, runtime);
        self
    }

    /// Has a person at a terminal who gives these answers.
    pub fn answers<A: Into<String>>(mut self, answers: impl IntoIterator<Item = A>) -> Self {
        self.person = Person::Script(answers.into_iter().map(Into::into).collect());
        self
    }

    /// Has a person at a terminal who never answers.
    pub fn silent(mut self) -> Self {
        self.person = Person::Silent;
        self
    }

    /// Shows progress as at a terminal of 80 columns.
    pub fn terminal(mut self) -> Self {
        self.command = self.command.terminal();
        self
    }

    /// Interrupts it, that long after the last interrupt.
    pub fn interrupt(mut self, after: Duration, interrupt: Interrupt) -> Self {
        self.interrupts.push_back((after, interrupt));
        self
    }

    /// Gives lines for people so many columns, as a terminal of that width does. Default: any number.
    pub fn columns(self, columns: usize) -> Self {
        self.variable("COLUMNS", columns.to_string())
    }

    /// Sets the working folder.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.command = self.command.directory(directory);
        self
    }

    /// Sets an environment variable.
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.command = self.command.variable(name, value);
        self
    }

    /// Runs the command line with an app within this process, in place of the one that a project file names: a function
    /// from arguments and folder to output.
    pub fn run_with(self, app: &dyn Fn(&[OsString], &Path) -> AppRun) -> Outcome {
        self.record(Launcher::Given(app))
    }

    /// Runs the command line.
    pub fn run(self) -> Outcome {
        self.record(Launcher::Process)
    }

    fn record(self, launcher: Launcher<'_>) -> Outcome {
        let mut stdout = Ending {
            written: Vec::new(),
            end: self.output_ends,
        };
        let mut stderr = Vec::new();
        let exit_code = program::main(&mut Process {
            console: self.command.process(&mut stdout, &mut stderr),
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

/// A stream that may end: a pipe whose reader goes away, a disk that is full.
struct Ending {
    written: Vec<u8>,
    /// Writes that are still taken, and the error after them.
    end: Option<(usize, io::ErrorKind)>,
}

impl Write for Ending {
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
