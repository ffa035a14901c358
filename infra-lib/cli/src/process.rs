//! The process of the tool: that of every command, a person, interrupts, and the ways to AWS and to the app.

use std::io;
use std::sync::Arc;

use infra_aws::Cloud;
use tokio::runtime::Runtime;

use crate::ExitCode;
use crate::app::Launcher;
use crate::child;
use crate::person::{Interrupts, Person};

/// The way to AWS.
#[derive(Debug)]
pub(crate) enum Connection {
    /// Environment variables and profile, in a runtime of its own.
    Environment,
    /// An AWS that was connected before, or one in memory that a test brings, and a runtime whose time may be paused.
    Given(Arc<dyn Cloud>, Runtime),
}

/// The peer on standard input and output: one that speaks a protocol, or sends a document.
#[derive(Debug, Default)]
pub(crate) enum Protocol {
    /// The program that started this one.
    #[default]
    Streams,
    /// A test, with everything that it sends.
    Script(Vec<u8>),
}

impl Protocol {
    /// Reads everything that the peer sends, to its end.
    pub(crate) fn read_to_end(self) -> io::Result<String> {
        match self {
            Self::Streams => io::read_to_string(io::stdin()),
            Self::Script(input) => io::read_to_string(&*input),
        }
    }
}

/// Everything that a command reads from, and writes to, the outside.
pub(crate) struct Process<'a> {
    pub(crate) console: infra_console::Process<'a>,
    /// Columns and lines of the terminal, asked for again before they matter: people resize windows.
    pub(crate) size: fn() -> Option<(u16, u16)>,
    /// The person who answers questions.
    pub(crate) person: Person,
    /// The source of Ctrl-C.
    pub(crate) interrupts: Interrupts,
    /// The way to AWS.
    pub(crate) connection: Connection,
    /// The way to run an app.
    pub(crate) launcher: Launcher<'a>,
    /// The peer of `mcp`.
    pub(crate) protocol: Protocol,
}

impl Process<'_> {
    /// Runs `main` in the process that this program is.
    pub(crate) fn current(main: impl FnOnce(&mut Process<'_>) -> ExitCode) -> ExitCode {
        child::watch();
        infra_console::Process::current(|console| {
            let terminal = console.terminal;
            main(&mut Process {
                console,
                size: || {
                    let (columns, lines) = terminal_size::terminal_size_of(io::stderr())?;
                    Some((columns.0, lines.0))
                },
                person: if terminal && io::IsTerminal::is_terminal(&io::stdin()) {
                    Person::Present(None)
                } else {
                    Person::Absent
                },
                interrupts: Interrupts::Signals(None),
                connection: Connection::Environment,
                launcher: Launcher::Process,
                protocol: Protocol::Streams,
            })
        })
    }
}
