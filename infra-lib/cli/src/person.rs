//! Who sits at the terminal: answers questions and presses Ctrl-C; a test brings both along.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::child;

/// What a person, or the system, wants at once.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Interrupt {
    /// Ctrl-C.
    CtrlC,
    /// The system ends this process soon: a cancelled workflow, a container that is stopped.
    Terminate,
}

/// Who answers.
#[derive(Debug)]
pub(crate) enum Person {
    /// Nobody: a workflow, a pipe.
    Absent,
    /// Somebody at a terminal, who may have been asked something already.
    Present(Option<JoinHandle<io::Result<Option<String>>>>),
    /// Answers that a test gives, in order.
    Script(VecDeque<String>),
    /// Somebody who is there and does not answer.
    Silent,
}

impl Person {
    /// Whether there is somebody to ask.
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// A line in answer to a question that has been written; `None` when nobody answers.
    ///
    /// Nothing is lost when the future is dropped: a line that is being read is the next answer.
    pub(crate) async fn answer(&mut self) -> Option<String> {
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

impl Person {
    /// What a terminal would show of an answer, where there is none that shows it.
    pub(crate) fn echo(&self, line: &str) -> Option<String> {
        matches!(self, Self::Script(_)).then(|| format!("{line}\n"))
    }
}

fn read_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Where interrupts come from.
#[derive(Debug)]
pub(crate) enum Interrupts {
    /// The signals of this process.
    Signals(Option<Signals>),
    /// What a test wants, each after a time since the last.
    Script(Script),
}

/// Interrupts that are yet to come.
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
    /// The next interrupt; waits for ever when there is none. Nothing is lost when the future is dropped.
    ///
    /// From the first call on, Ctrl-C no longer ends the process by itself.
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

/// The signals that are listened to, from the first time that somebody asked for one.
#[cfg(unix)]
#[derive(Debug)]
pub(crate) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// The terminal goes away.
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

/// Ctrl-C.
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
