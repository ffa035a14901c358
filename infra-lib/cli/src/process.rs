//! The process a command runs in: arguments, variables, folder and streams, in one value that tests can make.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use infra_aws::Cloud;
use tokio::runtime::Runtime;

use crate::ExitCode;
use crate::person::{Interrupts, Person};

/// How AWS is reached.
#[derive(Debug)]
pub(crate) enum Connection {
    /// As the environment and the profile say, in a runtime of our own.
    Environment,
    /// What a test brings along: an AWS in memory, and a runtime whose time may be paused.
    Given(Arc<dyn Cloud>, Runtime),
}

/// Everything a command learns from, and says to, the outside.
pub(crate) struct Process<'a> {
    /// The arguments, the name of the program first.
    pub(crate) arguments: Vec<OsString>,
    pub(crate) variables: BTreeMap<String, String>,
    /// Relative paths are meant from here, and messages name files from here.
    pub(crate) directory: PathBuf,
    pub(crate) stdout: &'a mut dyn Write,
    pub(crate) stderr: &'a mut dyn Write,
    /// Whether talk is read by a person at a terminal.
    pub(crate) terminal: bool,
    /// Columns and lines of the terminal, asked for again before they matter: people resize windows.
    pub(crate) size: fn() -> Option<(u16, u16)>,
    /// Who answers questions.
    pub(crate) person: Person,
    /// Where Ctrl-C comes from.
    pub(crate) interrupts: Interrupts,
    /// How AWS is reached.
    pub(crate) connection: Connection,
    /// When the command began; `None` keeps times out of what is said.
    pub(crate) started: Option<Instant>,
}

impl Process<'_> {
    /// Runs `main` in the process that this program is.
    pub(crate) fn current(main: impl FnOnce(&mut Process<'_>) -> ExitCode) -> ExitCode {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let terminal = stderr.is_terminal();
        let (mut stdout, mut stderr) = (stdout.lock(), stderr.lock());
        main(&mut Process {
            arguments: std::env::args_os().collect(),
            variables: std::env::vars_os()
                .filter_map(|(name, value)| {
                    Some((name.into_string().ok()?, value.into_string().ok()?))
                })
                .collect(),
            directory: std::env::current_dir().unwrap_or_default(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            terminal,
            size: || {
                let (columns, lines) = terminal_size::terminal_size_of(io::stderr())?;
                Some((columns.0, lines.0))
            },
            person: if terminal && io::stdin().is_terminal() {
                Person::Present(None)
            } else {
                Person::Absent
            },
            interrupts: Interrupts::Signals(None),
            connection: Connection::Environment,
            started: Some(Instant::now()),
        })
    }

    /// Whether a workflow of GitHub runs this.
    pub(crate) fn in_workflow(&self) -> bool {
        self.variable("GITHUB_ACTIONS").is_some()
    }

    /// A variable that is set to something.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// The path relative to `directory` when it is inside, with `/` on every system.
pub(crate) fn show(directory: &Path, path: &Path) -> String {
    path.strip_prefix(directory)
        .unwrap_or(path)
        .display()
        .to_string()
        .replace('\\', "/")
}
