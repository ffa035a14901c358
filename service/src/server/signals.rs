//! Handles SIGTERM and SIGINT, which start the shutdown of the process.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;

use super::ShutdownTimes;
use crate::lifecycle::{Lifecycle, Phase};

/// Receivers for SIGTERM, which ECS and systemd send, and SIGINT, which a terminal sends.
#[derive(Debug)]
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Starts catching both signals. Must be called within a Tokio runtime.
    pub(super) fn catch_signals() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next signal and returns its name.
    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }

    /// Shuts the process down after the first signal: it drains for `times.drain`, then stops. Returns only after a second signal, which ends the
    /// process without waiting any longer.
    pub(super) async fn lead_shutdown(mut self, lifecycle: &Lifecycle, times: &ShutdownTimes) {
        let name = self.next().await;
        tracing::info!(
            signal = name,
            drain_seconds = times.drain.as_secs_f64(),
            "received a signal to stop: not ready any more, but requests are still accepted"
        );
        lifecycle.advance_to(Phase::Draining);
        tokio::select! {
            () = sleep(times.drain) => {
                lifecycle.advance_to(Phase::Stopping);
                tracing::info!("closed to new connections; running requests can finish");
                let name = self.next().await;
                tracing::warn!(signal = name, "received a second signal: stopping at once");
            }
            name = self.next() => {
                lifecycle.advance_to(Phase::Stopping);
                tracing::warn!(signal = name, "received a second signal: stopping at once");
            }
        }
    }
}
