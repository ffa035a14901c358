//! The phases that the process goes through, which everything that lasts watches.

use tokio::sync::watch;

/// Where the process is in its life. It only goes forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Everything is as usual.
    Serving,
    /// Told to stop; requests are still answered, while the load balancer learns of it from `/readyz`.
    Draining,
    /// No new connections; what runs is finished.
    Stopping,
}

/// The phase of this process; clones share it.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    phase: watch::Sender<Phase>,
}

impl Lifecycle {
    /// A process that serves.
    pub fn new() -> Self {
        Self {
            phase: watch::Sender::new(Phase::Serving),
        }
    }

    /// Where it is.
    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Goes on to `phase`; never back.
    pub fn advance(&self, phase: Phase) {
        self.phase.send_if_modified(|now| {
            let later = phase > *now;
            *now = phase.max(*now);
            later
        });
    }

    /// Returns once the process is in `phase` or a later one: at once, if it is already.
    ///
    /// Streams and periodic work end with `reached(Phase::Stopping)`.
    pub async fn reached(&self, phase: Phase) {
        let mut phases = self.phase.subscribe();
        // Fails when the sender is gone, but `self` is one.
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
    async fn phases_go_forward_and_wake_those_who_wait() {
        let lifecycle = Lifecycle::new();
        let waiting = {
            let lifecycle = lifecycle.clone();
            tokio::spawn(async move { lifecycle.reached(Phase::Stopping).await })
        };
        lifecycle.advance(Phase::Stopping);
        lifecycle.advance(Phase::Draining);
        assert_eq!(lifecycle.phase(), Phase::Stopping);
        waiting.await.unwrap();
        lifecycle.reached(Phase::Draining).await;
    }
}
