//! Delivers events to webhooks. Each process runs a [`Dispatcher`].
//!
//! For each webhook, one process at a time sends one delivery at a time, in the order of the events. If a receiver fails, the same delivery is
//! repeated, and later ones wait. Webhooks do not wait for each other: a process sends to several of them at once, and to a limited number of
//! webhooks of the same user.

mod message;
mod retry;
mod send;

pub use message::PayloadRenderer;
pub use send::{Pinged, send_ping};

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::task::{Id, JoinSet};
use tokio::time::sleep;
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::lifecycle::{Lifecycle, Phase};
use crate::outbound::Client;
use crate::store::Store;
use crate::store::webhooks::Claim;

/// Maximum number of webhooks that a process sends to at once.
const PLACES: usize = 32;
/// Maximum number of webhooks of one user that a process sends to at once.
const PLACES_OF_USER: usize = 4;
/// Time after which a process releases a webhook, so that others get a turn. A claim is valid for longer than this plus one request.
const STRETCH: Duration = Duration::from_secs(20);

/// Sends webhook deliveries for one process.
pub struct Dispatcher {
    sender: Arc<Sender>,
    every: Duration,
    lifecycle: Lifecycle,
}

/// The database, HTTP client and renderer that deliveries share.
struct Sender {
    store: Store,
    client: Client,
    renderer: Arc<dyn PayloadRenderer>,
}

impl std::fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispatcher")
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

impl Dispatcher {
    /// Creates a dispatcher that renders notes and labels with `show` and stops with `lifecycle`. It looks for deliveries once per second.
    pub fn new(
        store: Store,
        client: Client,
        show: Arc<dyn PayloadRenderer>,
        lifecycle: Lifecycle,
    ) -> Self {
        Self {
            sender: Arc::new(Sender {
                store,
                client,
                renderer: show,
            }),
            every: Duration::from_secs(1),
            lifecycle,
        }
    }

    /// Replaces the interval at which the dispatcher looks for deliveries.
    pub fn with_pause(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Sends deliveries until the process stops. Another process repeats those that are under way then, after their claim expires.
    pub async fn run_until_stopped(self) {
        let stopping = self.lifecycle.wait_for_phase(Phase::Stopping);
        tokio::select! {
            () = stopping => {}
            () = self.dispatch_deliveries() => {}
        }
    }

    async fn dispatch_deliveries(&self) {
        let mut running = JoinSet::new();
        let mut users: HashMap<Id, Uuid> = HashMap::new();
        let mut failing = false;
        loop {
            tokio::select! {
                // The place is free, even if the task has panicked.
                Some(done) = running.join_next_with_id(), if !running.is_empty() => {
                    let id = match done {
                        Ok((id, ())) => id,
                        Err(error) => error.id(),
                    };
                    users.remove(&id);
                }
                () = sleep(clock::with_jitter(self.every)) => {}
            }
            while running.len() < PLACES {
                match self.sender.store.claim_webhook(&busy_users(&users)).await {
                    Ok(Some(claim)) => {
                        let (sender, user) = (Arc::clone(&self.sender), claim.receiver.owner.id());
                        let task =
                            running.spawn(async move { sender.process_guarded(claim).await });
                        users.insert(task.id(), user);
                    }
                    Ok(None) => {
                        failing = false;
                        break;
                    }
                    Err(error) => {
                        if !failing {
                            tracing::warn!(
                                error = &error as &dyn std::error::Error,
                                "pending webhook deliveries cannot be read; trying again"
                            );
                        }
                        failing = true;
                        break;
                    }
                }
            }
        }
    }
}

/// Returns the users whose webhooks occupy all the places that one user may have.
fn busy_users(users: &HashMap<Id, Uuid>) -> Vec<Uuid> {
    let mut all: Vec<Uuid> = users.values().copied().collect();
    all.sort_unstable();
    let of_user = all.chunk_by(|one, other| one == other);
    of_user
        .filter(|places| places.len() >= PLACES_OF_USER)
        .map(|places| places[0])
        .collect()
}

impl Sender {
    /// Sends to one webhook. A panic ends only this claim.
    async fn process_guarded(&self, claim: Claim) {
        // Unwind safe: tasks share only a connection pool, a client and the renderer.
        let done = AssertUnwindSafe(self.process_claim(claim))
            .catch_unwind()
            .await;
        // The panic hook has already logged a panic.
        if let Ok(Err(error)) = done {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a webhook was not called; trying again"
            );
        }
    }

    /// Sends waiting deliveries until one fails, none is left, or the time of the claim is over.
    async fn process_claim(&self, mut claim: Claim) -> Result<(), Error> {
        let begun = Instant::now();
        while begun.elapsed() < STRETCH {
            let Some(waiting) = self.store.next_delivery(&mut claim).await? else {
                break;
            };
            if !self.deliver_waiting(&mut claim, waiting).await? {
                return Ok(());
            }
        }
        self.store.release_webhook(&claim).await
    }
}
