//! Who sits at the terminal: answers questions and presses Ctrl-C; a test brings both along.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

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
    /// Somebody at a terminal.
    Present,
    /// Answers that a test gives, in order.
    Script(VecDeque<String>),
}

impl Person {
    /// Whether there is somebody to ask.
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// A line in answer to a question that has been written; `None` when nobody answers.
    pub(crate) async fn answer(&mut self) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Script(answers) => answers.pop_front(),
            Self::Present => {
                let line = tokio::task::spawn_blocking(|| {
                    let mut line = String::new();
                    io::stdin()
                        .read_line(&mut line)
                        .map(|read| (read > 0).then_some(line))
                });
                let line = line.await.ok()?.ok()??;
                Some(line.trim().to_owned())
            }
        }
    }
}

/// Where interrupts come from.
#[derive(Debug)]
pub(crate) enum Interrupts {
    /// The signals of this process.
    Signals,
    /// What a test wants, each after a time since the last.
    Script(VecDeque<(Duration, Interrupt)>),
}

impl Interrupts {
    /// The next interrupt; waits for ever when there is none.
    ///
    /// From the first call on, Ctrl-C no longer ends the process by itself.
    pub(crate) async fn next(&mut self) -> Interrupt {
        match self {
            Self::Signals => signal().await,
            Self::Script(script) => {
                if let Some(&(after, interrupt)) = script.front() {
                    tokio::time::sleep(after).await;
                    script.pop_front();
                    return interrupt;
                }
                std::future::pending().await
            }
        }
    }
}

#[cfg(unix)]
async fn signal() -> Interrupt {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        Ok(()) = tokio::signal::ctrl_c() => Interrupt::CtrlC,
        Some(()) = terminate.recv() => Interrupt::Terminate,
        else => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn signal() -> Interrupt {
    match tokio::signal::ctrl_c().await {
        Ok(()) => Interrupt::CtrlC,
        Err(_) => std::future::pending().await,
    }
}
