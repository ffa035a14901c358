//! Publishes the revisions of users to the event streams of this process.
//!
//! A stream holds only the latest revision of its user, so a slow reader cannot build up a backlog. [`Subscription::wait_for_close`] reports when the session
//! or access token of a stream ends.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use metrics::gauge;
use tokio::sync::watch;
use uuid::Uuid;

use crate::error::{Code, Error};
use crate::store::Owner;
use crate::telemetry::metrics::EVENT_STREAMS;

/// The state of a user's data that event streams report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DataRevision {
    /// Revision of the user, which increases with every change of the user's data.
    pub revision: i64,
}

/// The credential that authorizes an event stream; the stream ends when the credential does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StreamCredential {
    /// A browser session, by its ID.
    Session(Uuid),
    /// An access token, by its ID.
    AccessToken(Uuid),
}

/// Limits of event streams, and the interval of their heartbeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Maximum number of open streams in this process; 1,000 by default.
    pub at_once: usize,
    /// Maximum number of open streams of one user in this process, usually browser tabs; 20 by default.
    pub per_user: usize,
    /// Interval between heartbeats on a stream without events; 20 seconds by default. It must be shorter than the idle timeout of load balancers (60
    /// seconds at an ALB).
    pub heartbeat: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at_once: 1_000,
            per_user: 20,
            heartbeat: Duration::from_secs(20),
        }
    }
}

/// The hub that passes revisions to the event streams of this process; clones share it. [`crate::store::Store::subscribe_to_changes`] feeds it with the changes
/// that other processes write.
#[derive(Debug, Clone, Default)]
pub struct Events {
    hub: Arc<Mutex<Hub>>,
}

#[derive(Debug, Default)]
struct Hub {
    topics: HashMap<Uuid, Topic>,
    gates: HashMap<StreamCredential, Gate>,
    streams: usize,
    is_polling: bool,
}

/// A user with at least one open stream.
#[derive(Debug)]
struct Topic {
    revision: watch::Sender<DataRevision>,
    streams: usize,
}

/// A credential with at least one open stream.
#[derive(Debug)]
struct Gate {
    is_closed: watch::Sender<bool>,
    streams: usize,
}

impl Events {
    /// Creates a hub without subscriptions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Publishes a revision to the streams of its owner; a revision that is not newer than the last one is ignored.
    pub fn publish_revision(&self, owner: Owner, news: DataRevision) {
        self.publish_to_user(owner.id(), news);
    }

    /// Publishes a revision to the streams of a user, like [`Self::publish`].
    pub(crate) fn publish_to_user(&self, user: Uuid, news: DataRevision) {
        if let Some(topic) = self.lock_hub().topics.get(&user) {
            topic.revision.send_if_modified(|known| {
                let modified = news.revision > known.revision;
                known.revision = known.revision.max(news.revision);
                modified
            });
        }
    }

    /// Ends all streams that were opened with this credential.
    pub(crate) fn close_streams(&self, pass: StreamCredential) {
        if let Some(gate) = self.lock_hub().gates.get(&pass) {
            gate.is_closed.send_replace(true);
        }
    }

    /// Subscribes to the revisions of a user until the subscription is dropped.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::Unavailable`] if the process has no free stream, and with [`Code::LimitReached`] if the user has none.
    pub(crate) fn open_subscription(
        &self,
        owner: Owner,
        pass: StreamCredential,
        settings: &Settings,
    ) -> Result<Subscription, Error> {
        let mut hub = self.lock_hub();
        if hub.streams >= settings.at_once {
            return Err(Error::new(Code::Unavailable)
                .detail("this process has reached its limit of event streams")
                .retry_after(30));
        }
        let topic = hub.topics.entry(owner.id()).or_insert_with(|| Topic {
            revision: watch::Sender::default(),
            streams: 0,
        });
        if topic.streams >= settings.per_user {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "{} event streams of this account are open; close one first",
                settings.per_user
            )));
        }
        topic.streams += 1;
        let news = topic.revision.subscribe();
        let gate = hub.gates.entry(pass).or_insert_with(|| Gate {
            is_closed: watch::Sender::new(false),
            streams: 0,
        });
        gate.streams += 1;
        let is_shut = gate.is_closed.subscribe();
        hub.streams += 1;
        gauge!(EVENT_STREAMS).increment(1);
        Ok(Subscription {
            events: self.clone(),
            user: owner.id(),
            pass,
            revision: news,
            is_closed: is_shut,
        })
    }

    /// Marks the database poll as running. Returns `true` if it was not: the caller must then poll until [`Self::listening`] returns `None`.
    pub(crate) fn begin_polling(&self) -> bool {
        !std::mem::replace(&mut self.lock_hub().is_polling, true)
    }

    /// Returns the credentials with open streams. Returns `None` if no stream is open, and then marks the database poll as ended.
    pub(crate) fn open_credentials(&self) -> Option<Vec<StreamCredential>> {
        let mut hub = self.lock_hub();
        if hub.gates.is_empty() {
            hub.is_polling = false;
            return None;
        }
        Some(hub.gates.keys().copied().collect())
    }

    /// Returns the users with open streams, without ending the database poll.
    pub(crate) fn open_users(&self) -> Vec<Uuid> {
        self.lock_hub().topics.keys().copied().collect()
    }

    /// Locks the hub. A poisoned lock is used as it is, because no operation under the lock can leave the hub half updated.
    fn lock_hub(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream's subscription to the revisions of a user. Dropping it frees its place in the limits of [`Settings`].
#[derive(Debug)]
pub struct Subscription {
    events: Events,
    user: Uuid,
    pass: StreamCredential,
    revision: watch::Receiver<DataRevision>,
    is_closed: watch::Receiver<bool>,
}

impl Subscription {
    /// Returns the latest revision and marks it as seen.
    pub fn latest_revision(&mut self) -> DataRevision {
        *self.revision.borrow_and_update()
    }

    /// Waits until there is a revision that [`Self::latest_revision`] has not returned.
    pub async fn wait_for_change(&mut self) {
        // Fails only without a sender, which the topic keeps while the subscription exists.
        let _ = self.revision.changed().await;
    }

    /// Returns a future that completes when the credential of the stream ends.
    pub fn wait_for_close(&self) -> impl Future<Output = ()> + use<> {
        let mut is_shut = self.is_closed.clone();
        async move {
            // Fails only without a sender, which the gate keeps while the subscription exists.
            let _ = is_shut.wait_for(|is_shut| *is_shut).await;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut hub = self.events.lock_hub();
        hub.streams -= 1;
        gauge!(EVENT_STREAMS).decrement(1);
        if let Some(topic) = hub.topics.get_mut(&self.user) {
            topic.streams -= 1;
            if topic.streams == 0 {
                hub.topics.remove(&self.user);
            }
        }
        if let Some(gate) = hub.gates.get_mut(&self.pass) {
            gate.streams -= 1;
            if gate.streams == 0 {
                hub.gates.remove(&self.pass);
            }
        }
    }
}
