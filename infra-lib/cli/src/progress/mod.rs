//! Shows what happens while AWS works, and handles Ctrl-C meanwhile.
//!
//! [`Session::drive`](crate::session::Session::drive) drives an operation to its end. One display is chosen for it: a block at a terminal, lines in a
//! workflow, JSON lines for programs, or none.

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

pub(crate) use asked::{Decision, DriveContext, Interruptible, Question, Reply, is_yes};

use board::Board;

/// The amount of progress that is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Style {
    /// A block with a progress bar at the bottom of the terminal; lines without a terminal.
    #[default]
    Bar,
    /// A line for each change, and every 30 seconds one for each resource in progress.
    Lines,
    /// Only the result of the command.
    None,
}

/// Options of every command that waits for AWS.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct ProgressArguments {
    /// The way in which progress is shown on standard error.
    #[arg(long, value_name = "STYLE", default_value = "bar")]
    pub(crate) progress: Style,

    /// Writes events as JSON lines on standard output, in place of text: schemas/events.schema.json.
    #[arg(long, conflicts_with = "progress")]
    pub(crate) json: bool,
}

/// A display of progress. Implementors write events to standard error, or as data to standard output.
pub(crate) trait ProgressDisplay {
    /// Shows an event of the operation.
    fn show_event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()>;

    /// Returns the time at which `wake` has to be called if no event arrives.
    fn wake_at(&self) -> Option<Instant>;

    /// Updates the display at the time that `wake_at` returned.
    fn refresh_display(&mut self, out: &mut Output<'_>) -> io::Result<()>;

    /// Stops writing until `resume`, while a question uses the terminal. Events are held back.
    fn suspend_display(&mut self, out: &mut Output<'_>) -> io::Result<()>;

    /// Continues writing, beginning with the events that were held back.
    fn resume_display(&mut self, out: &mut Output<'_>) -> io::Result<()>;

    /// Completes the display; no events follow.
    fn finish_display(&mut self, out: &mut Output<'_>) -> io::Result<()>;
}
