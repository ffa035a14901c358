//! A command line that runs within a test, shared by the `testing` modules of apps and of the tool.

use std::ffi::OsString;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;

use crate::{ExitCode, Process, Variables};

/// Arguments, variables and working folder of a command line. No variables are inherited.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CommandLine {
    arguments: Vec<OsString>,
    variables: Variables,
    directory: PathBuf,
    terminal: bool,
}

/// Output of a command line. Its `Display` is made for snapshots.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The data.
    pub stdout: String,
    /// The talk.
    pub stderr: String,
    /// The exit code.
    pub exit_code: ExitCode,
}

impl CommandLine {
    /// A command line of a program, in the working folder of this process and without a terminal.
    pub fn new<A: Into<OsString>>(program: &str, arguments: impl IntoIterator<Item = A>) -> Self {
        let program = OsString::from(program);
        Self {
            arguments: std::iter::once(program)
                .chain(arguments.into_iter().map(Into::into))
                .collect(),
            variables: Variables::default(),
            directory: std::env::current_dir().unwrap_or_default(),
            terminal: false,
        }
    }

    /// Sets the working folder.
    #[must_use]
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.set(name, value);
        self
    }

    /// Sends talk to a terminal.
    #[must_use]
    pub fn terminal(mut self) -> Self {
        self.terminal = true;
        self
    }

    /// The process of this command line, which writes to these streams. Times stay out of messages.
    pub fn process<'s>(self, stdout: &'s mut dyn Write, stderr: &'s mut dyn Write) -> Process<'s> {
        let mut process = Process::new(stdout, stderr);
        process.arguments = self.arguments;
        process.variables = self.variables;
        process.directory = self.directory;
        process.terminal = self.terminal;
        process
    }
}

impl Outcome {
    /// The outcome of a process that wrote to these buffers.
    pub fn new(stdout: &[u8], stderr: &[u8], exit_code: ExitCode) -> Self {
        Self {
            stdout: String::from_utf8_lossy(stdout).into_owned(),
            stderr: String::from_utf8_lossy(stderr).into_owned(),
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
