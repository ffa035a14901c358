//! What people and programs see while AWS works, and what Ctrl-C does meanwhile.
//!
//! [`Session::drive`](crate::session::Session::drive) takes any operation to its end. Who shows it is chosen once:
//! a block at a terminal, lines in a workflow, JSON lines for programs, or nobody.

mod asked;
mod block;
mod board;
mod drive;
mod interrupt;
mod lines;
pub(crate) mod record;
#[cfg(test)]
mod tests;
mod track;

use std::io;

use clap::{Args, ValueEnum};
use infra_deploy::Event;
use tokio::time::Instant;

use infra_console::Output;

pub(crate) use asked::{Decision, Driving, Interruptible, Question, Reply, is_yes};

use board::Board;

/// How much of the progress is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Style {
    /// A block with a bar at the bottom of the terminal; lines where there is no terminal.
    #[default]
    Bar,
    /// A line for each change, and one every 30 seconds that says what is waited for.
    Lines,
    /// Nothing but the result.
    None,
}

/// What every command that waits for AWS understands.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct ProgressArguments {
    /// How progress is shown on standard error.
    #[arg(long, value_name = "STYLE", default_value = "bar")]
    pub(crate) progress: Style,

    /// Writes what happens as JSON lines on standard output, in place of text: schemas/events.schema.json.
    #[arg(long, conflicts_with = "progress")]
    pub(crate) json: bool,
}

/// Shows an operation to somebody.
pub(crate) trait Show {
    /// Something happened.
    fn event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()>;

    /// When it wants to be woken although nothing happens.
    fn wake_at(&self) -> Option<Instant>;

    /// It is that time.
    fn wake(&mut self, out: &mut Output<'_>) -> io::Result<()>;

    /// Somebody else needs the terminal for a question: nothing more is written until `resume`.
    fn suspend(&mut self, out: &mut Output<'_>) -> io::Result<()>;

    /// The terminal is free again.
    fn resume(&mut self, out: &mut Output<'_>) -> io::Result<()>;

    /// Nothing more comes.
    fn finish(&mut self, out: &mut Output<'_>) -> io::Result<()>;
}
