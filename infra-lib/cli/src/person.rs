//! Models the user at the terminal, who answers questions and presses Ctrl-C. Tests script both.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::child;

/// A request to stop, from the user or from the system.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Interrupt {
    /// Ctrl-C at the terminal, or SIGINT.
    CtrlC,
    /// The process ends soon: SIGTERM or SIGHUP, as for a cancelled workflow or a container that is stopped.
    Terminate,
}

/// The source of answers to questions.
#[derive(Debug)]
pub(crate) enum UserInput {
    /// No user, as in a workflow or a pipe; every question remains unanswered.
    Absent,
    /// A user at a terminal, with the line that is being read, if a question was asked before.
    Present(Option<JoinHandle<io::Result<Option<String>>>>),
    /// Answers that a test gives, in order.
    Script(VecDeque<String>),
    /// A user at a terminal who never answers, for tests.
    Silent,
}

impl UserInput {
    /// Returns true if questions can be asked.
    pub(crate) fn is_present(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Reads one line as the answer to a question that has been written. Returns `None` if no user is present or the input has ended.
    ///
    /// Dropping the future loses nothing: the line that is being read becomes the next answer.
    pub(crate) async fn read_answer(&mut self) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Script(answers) => answers.pop_front(),
            Self::Silent => std::future::pending().await,
            Self::Present(reading) => {
                let line = reading.get_or_insert_with(|| tokio::task::spawn_blocking(read_line));
                let line = line.await;
                *reading = None;
                line.ok()?.ok()?
            }
        }
    }
}

impl UserInput {
    /// Returns the text that a terminal would echo for an answer; `None` at a real terminal, which echoes it.
    pub(crate) fn echo_text(&self, line: &str) -> Option<String> {
        matches!(self, Self::Script(_)).then(|| format!("{line}\n"))
    }
}

fn read_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// The source of interrupts.
#[derive(Debug)]
pub(crate) enum Interrupts {
    /// Signals of this process, once they are listened to.
    Signals(Option<Signals>),
    /// Interrupts that a test scripts, each with the time since the previous one.
    Script(Script),
}

/// Scripted interrupts that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Script {
    waiting: VecDeque<(Duration, Interrupt)>,
    due: Option<Instant>,
}

impl Script {
    pub(crate) fn new(waiting: VecDeque<(Duration, Interrupt)>) -> Self {
        Self { waiting, due: None }
    }
}

impl Interrupts {
    /// Waits for the next interrupt; never returns without one. Dropping the future loses nothing.
    ///
    /// After the first call, Ctrl-C no longer ends the process: the caller has to handle it.
    pub(crate) async fn next(&mut self) -> Interrupt {
        match self {
            Self::Signals(signals) => {
                if signals.is_none() {
                    child::handle_signals();
                    *signals = Signals::listen().ok();
                }
                match signals {
                    Some(signals) => signals.next().await,
                    None => std::future::pending().await,
                }
            }
            Self::Script(script) => {
                let Some(&(after, interrupt)) = script.waiting.front() else {
                    return std::future::pending().await;
                };
                let due = *script.due.get_or_insert_with(|| Instant::now() + after);
                tokio::time::sleep_until(due).await;
                script.waiting.pop_front();
                script.due = None;
                interrupt
            }
        }
    }
}

/// The signals that are listened to, from the first call of [`Interrupts::next`].
#[cfg(unix)]
#[derive(Debug)]
pub(crate) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// SIGHUP: the terminal was closed.
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Interrupt {
        tokio::select! {
            Some(()) = self.interrupt.recv() => Interrupt::CtrlC,
            Some(()) = self.terminate.recv() => Interrupt::Terminate,
            Some(()) = self.hangup.recv() => Interrupt::Terminate,
            else => std::future::pending().await,
        }
    }
}

/// Ctrl-C, the only signal outside Unix.
#[cfg(not(unix))]
#[derive(Debug)]
pub(crate) struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Interrupt {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Interrupt::CtrlC,
            Err(_) => std::future::pending().await,
        }
    }
}
