//! Describes the process of the tool: streams, user, interrupts, and the ways to reach AWS and the app. Tests replace all of them.

use std::fs::File;
use std::io::{self, Read as _};
use std::sync::Arc;

use infra_aws::Cloud;
use tokio::runtime::Runtime;

use crate::ExitCode;
use crate::app::Launcher;
use crate::child;
use crate::person::{Interrupts, UserInput};

/// The connection to AWS.
#[derive(Debug)]
pub(crate) enum Connection {
    /// A connection still to be made from environment variables and profile, in a new runtime.
    Environment,
    /// An existing connection, or an AWS in memory that a test provides, with its runtime, whose time may be paused.
    Existing(Arc<dyn Cloud>, Runtime),
}

/// The peer on standard input and output, which speaks a protocol such as MCP or sends a document.
#[derive(Debug, Default)]
pub(crate) enum Protocol {
    /// The program that started this process.
    #[default]
    Streams,
    /// A test, with its whole input.
    Script(Vec<u8>),
}

impl Protocol {
    /// Reads the input of the peer to its end.
    pub(crate) fn read_to_end(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Streams => {
                let mut bytes = Vec::new();
                io::stdin().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::Script(input) => Ok(input),
        }
    }
}

/// Duplicates the handle of standard output, because the command holds the lock of the shared one.
#[cfg(unix)]
pub(crate) fn duplicate_standard_output() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

/// Duplicates the handle of standard output, because the command holds the lock of the shared one.
#[cfg(windows)]
pub(crate) fn duplicate_standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(io::stdout().as_handle().try_clone_to_owned()?.into())
}

/// All inputs and outputs of a command.
pub(crate) struct Process<'a> {
    pub(crate) console: infra_console::Process<'a>,
    /// Returns columns and lines of the terminal. Called again before each use, because windows are resized.
    pub(crate) size: fn() -> Option<(u16, u16)>,
    /// User who answers questions.
    pub(crate) person: UserInput,
    /// Source of Ctrl-C and termination signals.
    pub(crate) interrupts: Interrupts,
    /// Connection to AWS, or the way to make one.
    pub(crate) connection: Connection,
    /// The way in which apps are run.
    pub(crate) launcher: Launcher<'a>,
    /// Peer on standard input and output, for `lsp`, `mcp` and commands that read a document.
    pub(crate) protocol: Protocol,
}

impl Process<'_> {
    /// Runs `main` with the streams, arguments and environment of the current process, and handles signals meanwhile.
    pub(crate) fn run_with_current(main: impl FnOnce(&mut Process<'_>) -> ExitCode) -> ExitCode {
        child::watch();
        infra_console::Process::run_current(|console| {
            let terminal = console.terminal;
            main(&mut Process {
                console,
                size: || {
                    let (columns, lines) = terminal_size::terminal_size_of(io::stderr())?;
                    Some((columns.0, lines.0))
                },
                person: if terminal && io::IsTerminal::is_terminal(&io::stdin()) {
                    UserInput::Present(None)
                } else {
                    UserInput::Absent
                },
                interrupts: Interrupts::Signals(None),
                connection: Connection::Environment,
                launcher: Launcher::Process,
                protocol: Protocol::Streams,
            })
        })
    }
}
