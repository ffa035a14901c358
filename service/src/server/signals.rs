//! Signals of the operating system, and what they set in motion.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;

use super::ShutdownTimes;
use crate::lifecycle::{Lifecycle, Phase};

/// SIGTERM, as ECS and systemd send it, and SIGINT, as a terminal does.
#[derive(Debug)]
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Caught from now on. Within a Tokio runtime.
    pub(super) fn catch() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Returns with its name when one comes.
    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }

    /// Leads the process through its end: after the first signal it drains, then stops. Returns only with a second signal, after which nothing
    /// is waited for any more.
    pub(super) async fn lead(mut self, lifecycle: &Lifecycle, times: &ShutdownTimes) {
        let name = self.next().await;
        tracing::info!(
            signal = name,
            drain_seconds = times.drain.as_secs_f64(),
            "asked to stop: not ready any more, requests are still answered"
        );
        lifecycle.advance(Phase::Draining);
        tokio::select! {
            () = sleep(times.drain) => {
                lifecycle.advance(Phase::Stopping);
                tracing::info!("no new connections; running requests are finished");
                let name = self.next().await;
                tracing::warn!(signal = name, "asked to stop again: at once");
            }
            name = self.next() => {
                lifecycle.advance(Phase::Stopping);
                tracing::warn!(signal = name, "asked to stop again: at once");
            }
        }
    }
}
