//! The phases of the process from start to stop. Connections, streams and periodic work watch the [`Lifecycle`] to end in time.

use tokio::sync::watch;

/// A phase of the process. Phases only advance, in the order of the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The process accepts connections and answers requests.
    Serving,
    /// The process was asked to stop. It still answers requests, while `/readyz` reports to the load balancer that it is not ready.
    Draining,
    /// The process accepts no new connections and finishes the requests that are running.
    Stopping,
}

/// The current phase of this process; clones share it.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    phase: watch::Sender<Phase>,
}

impl Lifecycle {
    /// Creates a lifecycle in the phase [`Phase::Serving`].
    pub fn new() -> Self {
        Self {
            phase: watch::Sender::new(Phase::Serving),
        }
    }

    /// Returns the current phase of the process.
    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Advances to `phase` and wakes all waiters; has no effect if the process is already in that phase or a later one.
    pub fn advance_to(&self, phase: Phase) {
        self.phase.send_if_modified(|now| {
            let later = phase > *now;
            *now = phase.max(*now);
            later
        });
    }

    /// Waits until the process is in `phase` or a later one; returns immediately if it already is.
    ///
    /// Streams and periodic work end with `reached(Phase::Stopping)`.
    pub async fn wait_for_phase(&self, phase: Phase) {
        let mut phases = self.phase.subscribe();
        // Fails only without a sender, and `self` holds one.
        let _ = phases.wait_for(|now| *now >= phase).await;
    }
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn phases_advance_and_wake_waiters() {
        let lifecycle = Lifecycle::new();
        let waiting = {
            let lifecycle = lifecycle.clone();
            tokio::spawn(async move { lifecycle.wait_for_phase(Phase::Stopping).await })
        };
        lifecycle.advance_to(Phase::Stopping);
        lifecycle.advance_to(Phase::Draining);
        assert_eq!(lifecycle.phase(), Phase::Stopping);
        waiting.await.unwrap();
        lifecycle.wait_for_phase(Phase::Draining).await;
    }
}
