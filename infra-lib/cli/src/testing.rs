//! Runs the command line within a test and gives back what it wrote.
//!
//! ```
//! use infra_core::{CfnResource, Stack};
//!
//! let outcome = infra_cli::testing::Invocation::new(["ls"]).run_simple(|app| {
//!     let stack = Stack::new(app, "Hello");
//!     CfnResource::new(stack, "Topic", "AWS::SNS::Topic", serde_json::json!({}));
//! });
//! assert_eq!(outcome.stdout, "Hello\n");
//! ```

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use infra_aws::Cloud;
use infra_core::App;
use tokio::runtime::Runtime;

pub use crate::person::Interrupt;
use crate::person::{Interrupts, Person, Script};
use crate::process::{Connection, Process};
use crate::program::{self, Program};
use crate::{Configuration, ExitCode};

/// A command line that is about to be run, in an environment that holds nothing but what is given here.
#[derive(Debug)]
pub struct Invocation {
    arguments: Vec<OsString>,
    variables: BTreeMap<String, String>,
    directory: PathBuf,
    terminal: bool,
    person: Person,
    interrupts: VecDeque<(Duration, Interrupt)>,
    connection: Connection,
}

/// What a command line left behind. Its `Display` is made for snapshots.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The data.
    pub stdout: String,
    /// The talk.
    pub stderr: String,
    /// The verdict.
    pub exit_code: ExitCode,
}

impl Invocation {
    /// The arguments, without the name of the program.
    pub fn new<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        let name = OsString::from("app");
        Self {
            arguments: std::iter::once(name)
                .chain(arguments.into_iter().map(Into::into))
                .collect(),
            variables: BTreeMap::new(),
            directory: std::env::current_dir().unwrap_or_default(),
            terminal: false,
            person: Person::Absent,
            interrupts: VecDeque::new(),
            connection: Connection::Environment,
        }
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
        self.terminal = true;
        self
    }

    /// Interrupts it, that long after the last interrupt.
    pub fn interrupt(mut self, after: Duration, interrupt: Interrupt) -> Self {
        self.interrupts.push_back((after, interrupt));
        self
    }

    /// Sets the working folder.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Sets an environment variable.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// As [`run`](crate::run) does.
    pub fn run<C: Configuration>(self, build: impl Fn(&App, &C)) -> Outcome {
        self.record(&Program::configured(&build))
    }

    /// As [`run_simple`](crate::run_simple) does.
    pub fn run_simple(self, build: impl Fn(&App)) -> Outcome {
        self.record(&Program::simple(&build))
    }

    fn record(self, program: &Program<'_>) -> Outcome {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut process = Process {
            arguments: self.arguments,
            variables: self.variables,
            directory: self.directory,
            stdout: &mut stdout,
            stderr: &mut stderr,
            terminal: self.terminal,
            size: || None,
            person: self.person,
            interrupts: Interrupts::Script(Script::new(self.interrupts)),
            connection: self.connection,
            started: None,
        };
        let exit_code = program::main(program, &mut process);
        Outcome {
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
            exit_code,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit code: {}", self.exit_code.number())?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}
