//! The process that a command runs in, as one value that tests can make.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Variables;

/// Arguments, variables, working folder and streams of a process.
#[expect(
    missing_debug_implementations,
    reason = "variables may hold secrets, streams cannot be printed"
)]
#[non_exhaustive]
pub struct Process<'a> {
    /// The arguments, the name of the program first.
    pub arguments: Vec<OsString>,
    /// Environment variables.
    pub variables: Variables,
    /// The working folder; messages show paths relative to it.
    pub directory: PathBuf,
    /// The stream of data.
    pub stdout: &'a mut dyn Write,
    /// The stream of talk.
    pub stderr: &'a mut dyn Write,
    /// True when talk goes to a terminal.
    pub terminal: bool,
    /// Start of the command; `None` keeps times out of messages.
    pub started: Option<Instant>,
}

impl<'a> Process<'a> {
    /// A process of these streams: without arguments and variables, in the root folder, not on a terminal, without times.
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
    /// Runs `main` with the arguments, variables and streams of this process.
    pub fn current<R>(main: impl FnOnce(Process<'_>) -> R) -> R {
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

    /// True when a workflow of GitHub runs the command.
    pub fn in_workflow(&self) -> bool {
        self.variable("GITHUB_ACTIONS").is_some()
    }

    /// The value of an environment variable that is text, set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.text(name)
    }

    /// Columns for help texts, at most 100: those of `COLUMNS`, else those of the terminal that data goes to.
    pub fn columns(&self) -> usize {
        self.width()
            .map_or(MAX_COLUMNS, |columns| columns.min(MAX_COLUMNS))
    }

    /// Columns of `COLUMNS`, else of the terminal that data goes to; `None` where lines may have any width: in a file or a pipe.
    pub fn width(&self) -> Option<usize> {
        let given = self.variable("COLUMNS").and_then(|text| text.parse().ok());
        let terminal = || {
            // A test has no terminal, whatever the one who runs it has.
            self.started?;
            let (columns, _) = terminal_size::terminal_size_of(io::stdout())?;
            Some(usize::from(columns.0))
        };
        given.filter(|columns| *columns > 0).or_else(terminal)
    }
}

/// Columns of help where the terminal has more, or there is none: longer lines are hard to read.
pub const MAX_COLUMNS: usize = 100;

/// The path relative to `directory` when it lies inside, with `/` on every system.
pub fn show_path(directory: &Path, path: &Path) -> String {
    path.strip_prefix(directory)
        .unwrap_or(path)
        .display()
        .to_string()
        .replace('\\', "/")
}
