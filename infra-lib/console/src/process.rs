//! The process that a command runs in, as a value that tests can construct.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Variables;

/// Arguments, environment variables, working folder and streams of a process.
#[expect(
    missing_debug_implementations,
    reason = "variables may hold secrets, streams cannot be printed"
)]
#[non_exhaustive]
pub struct Process<'a> {
    /// Command-line arguments, starting with the name of the program as it was called.
    pub arguments: Vec<OsString>,
    /// Environment variables of the process; tests start without any.
    pub variables: Variables,
    /// Working folder of the process; messages show paths relative to it.
    pub directory: PathBuf,
    /// Standard output, which is reserved for data that other programs read.
    pub stdout: &'a mut dyn Write,
    /// Standard error, for messages and findings that people read.
    pub stderr: &'a mut dyn Write,
    /// True if standard error is a terminal, so that messages can be colored.
    pub terminal: bool,
    /// Start time of the command; `None` omits durations from messages, for reproducible tests.
    pub started: Option<Instant>,
}

impl<'a> Process<'a> {
    /// Creates a process with these streams: without arguments and variables, in the root folder, without a terminal and without durations.
    pub fn new(stdout: &'a mut dyn Write, stderr: &'a mut dyn Write) -> Self {
        Self {
            arguments: Vec::new(),
            variables: Variables::default(),
            directory: PathBuf::from("/"),
            stdout,
            stderr,
            terminal: false,
            started: None,
        }
    }
}

impl Process<'_> {
    /// Calls `main` with the arguments, variables and streams of the current process.
    pub fn run_current<R>(main: impl FnOnce(Process<'_>) -> R) -> R {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let terminal = stderr.is_terminal();
        let (mut stdout, mut stderr) = (stdout.lock(), stderr.lock());
        main(Process {
            arguments: std::env::args_os().collect(),
            variables: std::env::vars_os().collect(),
            directory: std::env::current_dir().unwrap_or_default(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            terminal,
            started: Some(Instant::now()),
        })
    }

    /// Returns true if the command runs in a GitHub workflow (`GITHUB_ACTIONS` is set).
    pub fn in_workflow(&self) -> bool {
        self.find_variable("GITHUB_ACTIONS").is_some()
    }

    /// Returns the value of an environment variable; `None` if it is unset, empty or not UTF-8.
    pub fn find_variable(&self, name: &str) -> Option<&str> {
        self.variables.find_text(name)
    }

    /// Returns the number of columns for help texts, at most [`MAX_COLUMNS`]: the value of `COLUMNS`, else the width of the terminal.
    pub fn wrap_columns(&self) -> usize {
        self.terminal_width()
            .map_or(MAX_COLUMNS, |columns| columns.min(MAX_COLUMNS))
    }

    /// Returns the value of `COLUMNS`, else the width of the terminal on standard output; `None` if lines may have any width, as in a file or pipe.
    pub fn terminal_width(&self) -> Option<usize> {
        let given = self
            .find_variable("COLUMNS")
            .and_then(|text| text.parse().ok());
        let terminal = || {
            // A test is independent of the terminal in which it runs.
            self.started?;
            let (columns, _) = terminal_size::terminal_size_of(io::stdout())?;
            Some(usize::from(columns.0))
        };
        given.filter(|columns| *columns > 0).or_else(terminal)
    }
}

/// Maximum number of columns of help texts, since longer lines are hard to read; also the default without a terminal.
pub const MAX_COLUMNS: usize = 100;

/// Returns the path relative to `directory` if it is inside, with `/` as separator on every system.
pub fn show_path(directory: &Path, path: &Path) -> String {
    path.strip_prefix(directory)
        .unwrap_or(path)
        .display()
        .to_string()
        .replace('\\', "/")
}
