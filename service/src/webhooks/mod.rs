//! Sends what webhooks are to be told of.
//!
//! Every process sends. For one webhook, one process at a time sends one delivery at a time, in the order of the events: a receiver that fails gets the same delivery
//! again, and those behind it wait. Webhooks do not wait for each other: each has a place of its own among those of the process, and a user has a few of them at most.

mod message;
mod retry;
mod send;

pub use message::Show;
pub use send::{Pinged, ping};

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

/// Webhooks that a process sends to at once.
const PLACES: usize = 32;
/// Those of one user among them.
const PLACES_OF_USER: usize = 4;
/// Time after which a process gives a webhook back and claims it anew; a claim lasts for longer than this and one request more.
const STRETCH: Duration = Duration::from_secs(20);

/// Sends for one process.
pub struct Dispatcher {
    sender: Arc<Sender>,
    every: Duration,
    lifecycle: Lifecycle,
}

/// The parts that sending needs.
struct Sender {
    store: Store,
    client: Client,
    show: Arc<dyn Show>,
}

impl std::fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispatcher")
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

impl Dispatcher {
    /// Makes one for this database, which shows notes in this way; until the process stops.
    pub fn new(store: Store, client: Client, show: Arc<dyn Show>, lifecycle: Lifecycle) -> Self {
        Self {
            sender: Arc::new(Sender {
                store,
                client,
                show,
            }),
            every: Duration::from_secs(1),
            lifecycle,
        }
    }

    /// The same that looks this often.
    pub fn with_pause(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Sends until the process stops. What is under way then is sent again by another process, once the claim has ended.
    pub async fn run(self) {
        let stopping = self.lifecycle.reached(Phase::Stopping);
        tokio::select! {
            () = stopping => {}
            () = self.dispatch() => {}
        }
    }

    async fn dispatch(&self) {
        let mut running = JoinSet::new();
        let mut users: HashMap<Id, Uuid> = HashMap::new();
        let mut failing = false;
        loop {
            tokio::select! {
                // Whatever became of it, its place is free.
                Some(done) = running.join_next_with_id(), if !running.is_empty() => {
                    let id = match done {
                        Ok((id, ())) => id,
                        Err(error) => error.id(),
                    };
                    users.remove(&id);
                }
                () = sleep(clock::around(self.every)) => {}
            }
            while running.len() < PLACES {
                match self.sender.store.claim_webhook(&busy(&users)).await {
                    Ok(Some(claim)) => {
                        let (sender, user) = (Arc::clone(&self.sender), claim.receiver.owner.id());
                        let task = running.spawn(async move { sender.guarded(claim).await });
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
                                "webhooks cannot be looked for, which is tried again"
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

/// The users who have as many places as one may.
fn busy(users: &HashMap<Id, Uuid>) -> Vec<Uuid> {
    let mut all: Vec<Uuid> = users.values().copied().collect();
    all.sort_unstable();
    let of_user = all.chunk_by(|one, other| one == other);
    of_user
        .filter(|places| places.len() >= PLACES_OF_USER)
        .map(|places| places[0])
        .collect()
}

impl Sender {
    /// Sends to one webhook; a panic is the end of this claim only.
    async fn guarded(&self, claim: Claim) {
        // Sound: what it shares with others are a pool, a client and what shows notes.
        let done = AssertUnwindSafe(self.work(claim)).catch_unwind().await;
        // Of a panic the hook for panics has said so.
        if let Ok(Err(error)) = done {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a webhook was not told, which is tried again"
            );
        }
    }

    /// Sends what waits, until one fails, nothing waits, or others want the place too.
    async fn work(&self, mut claim: Claim) -> Result<(), Error> {
        let begun = Instant::now();
        while begun.elapsed() < STRETCH {
            let Some(waiting) = self.store.next_delivery(&mut claim).await? else {
                break;
            };
            if !self.deliver(&mut claim, waiting).await? {
                return Ok(());
            }
        }
        self.store.release_webhook(&claim).await
    }
}
