//! Tells the streams of this process how far the data of their users has come.
//!
//! A stream holds the latest state of its user and nothing else: however slowly it is read, there is nothing that could pile up. It also hears
//! when what it was opened with ends, be it a session or an access token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use metrics::gauge;
use tokio::sync::watch;
use uuid::Uuid;

use crate::error::{Code, Error};
use crate::store::Owner;
use crate::telemetry::metrics::EVENT_STREAMS;

/// How far the data of a user has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct News {
    /// The user's revision.
    pub revision: i64,
}

/// The credential that a stream was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Pass {
    /// A session, by its identifier.
    Session(Uuid),
    /// An access token, by its identifier.
    AccessToken(Uuid),
}

/// What streams may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Streams of this process.
    pub at_once: usize,
    /// Streams of one user in this process: windows of browsers, mostly.
    pub per_user: usize,
    /// How often a stream without events shows that it lives. Shorter than what load balancers let pass in silence (60 s at an ALB).
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

/// Where news is told; clones share it. What other processes write is told here by [`crate::store::Store::listen`].
#[derive(Debug, Clone, Default)]
pub struct Events {
    hub: Arc<Mutex<Hub>>,
}

#[derive(Debug, Default)]
struct Hub {
    topics: HashMap<Uuid, Topic>,
    gates: HashMap<Pass, Gate>,
    streams: usize,
    is_asked: bool,
}

/// One user that somebody listens to.
#[derive(Debug)]
struct Topic {
    news: watch::Sender<News>,
    streams: usize,
}

/// One credential that streams were opened with.
#[derive(Debug)]
struct Gate {
    is_shut: watch::Sender<bool>,
    streams: usize,
}

impl Events {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells it to whom it concerns.
    pub fn publish(&self, owner: Owner, news: News) {
        self.tell(owner.id(), news);
    }

    /// Tells what was heard of a user.
    pub(crate) fn tell(&self, user: Uuid, news: News) {
        if let Some(topic) = self.hub().topics.get(&user) {
            topic.news.send_if_modified(|known| {
                let modified = news.revision > known.revision;
                known.revision = known.revision.max(news.revision);
                modified
            });
        }
    }

    /// Ends the streams that were opened with a credential which has ended.
    pub(crate) fn shut(&self, pass: Pass) {
        if let Some(gate) = self.hub().gates.get(&pass) {
            gate.is_shut.send_replace(true);
        }
    }

    /// Hears of a user from now on, for as long as the credential is good, if there is room.
    pub(crate) fn subscribe(
        &self,
        owner: Owner,
        pass: Pass,
        settings: &Settings,
    ) -> Result<Subscription, Error> {
        let mut hub = self.hub();
        if hub.streams >= settings.at_once {
            return Err(Error::new(Code::Unavailable)
                .detail("as many devices listen as this process can serve")
                .retry_after(30));
        }
        let topic = hub.topics.entry(owner.id()).or_insert_with(|| Topic {
            news: watch::Sender::default(),
            streams: 0,
        });
        if topic.streams >= settings.per_user {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "{} streams of this account are open already; close one first",
                settings.per_user
            )));
        }
        topic.streams += 1;
        let news = topic.news.subscribe();
        let gate = hub.gates.entry(pass).or_insert_with(|| Gate {
            is_shut: watch::Sender::new(false),
            streams: 0,
        });
        gate.streams += 1;
        let is_shut = gate.is_shut.subscribe();
        hub.streams += 1;
        gauge!(EVENT_STREAMS).increment(1);
        Ok(Subscription {
            events: self.clone(),
            user: owner.id(),
            pass,
            news,
            is_shut,
        })
    }

    /// Whether somebody has to begin asking the database; who is told so once has to go on until [`Self::listening`] says nobody.
    pub(crate) fn begin_asking(&self) -> bool {
        !std::mem::replace(&mut self.hub().is_asked, true)
    }

    /// The credentials that somebody listens with. If there are none, nobody asks any more.
    pub(crate) fn listening(&self) -> Option<Vec<Pass>> {
        let mut hub = self.hub();
        if hub.gates.is_empty() {
            hub.is_asked = false;
            return None;
        }
        Some(hub.gates.keys().copied().collect())
    }

    /// Nothing that is done under the lock can leave it half done.
    fn hub(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the streams, and what is heard there; the place is free again when it is dropped.
#[derive(Debug)]
pub struct Subscription {
    events: Events,
    user: Uuid,
    pass: Pass,
    news: watch::Receiver<News>,
    is_shut: watch::Receiver<bool>,
}

impl Subscription {
    /// The latest that was heard.
    pub fn latest(&mut self) -> News {
        *self.news.borrow_and_update()
    }

    /// Returns when there is something that [`Self::latest`] has not told yet.
    pub async fn changed(&mut self) {
        // Fails without a sender, which the topic keeps as long as this is there.
        let _ = self.news.changed().await;
    }

    /// Returns when the credential has ended.
    pub fn shut(&self) -> impl Future<Output = ()> + use<> {
        let mut is_shut = self.is_shut.clone();
        async move {
            // Fails without a sender, which the gate keeps as long as the subscription is there.
            let _ = is_shut.wait_for(|is_shut| *is_shut).await;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut hub = self.events.hub();
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
