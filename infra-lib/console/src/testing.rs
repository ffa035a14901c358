//! Runs a command line inside a test. Shared by the `testing` modules of apps and of the tool.

use std::ffi::OsString;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;

use crate::{ExitCode, Process, Variables};

/// Arguments, environment variables and working folder of a command line. No variables are inherited.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CommandLine {
    arguments: Vec<OsString>,
    variables: Variables,
    directory: PathBuf,
    terminal: bool,
}

/// Output of a command line. Its `Display` implementation is intended for snapshots.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// Text that the command wrote to standard output: its data.
    pub stdout: String,
    /// Text that the command wrote to standard error: messages and findings.
    pub stderr: String,
    /// Exit code that the command returned, or would exit with.
    pub exit_code: ExitCode,
}

impl CommandLine {
    /// Creates a command line of a program, in the working folder of the current process and without a terminal.
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

    /// Sets the working folder of the command, to which its messages show paths relative.
    #[must_use]
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Sets an environment variable of the command; no others are inherited.
    #[must_use]
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.set(name, value);
        self
    }

    /// Simulates a terminal on standard error, so that messages are colored unless disabled.
    #[must_use]
    pub fn terminal(mut self) -> Self {
        self.terminal = true;
        self
    }

    /// Returns the process of this command line, which writes to these streams. Messages contain no durations.
    pub fn into_process<'s>(
        self,
        stdout: &'s mut dyn Write,
        stderr: &'s mut dyn Write,
    ) -> Process<'s> {
        let mut process = Process::new(stdout, stderr);
        process.arguments = self.arguments;
        process.variables = self.variables;
        process.directory = self.directory;
        process.terminal = self.terminal;
        process
    }
}

impl Outcome {
    /// Creates the outcome of a process that wrote to these buffers. Invalid UTF-8 is replaced.
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
