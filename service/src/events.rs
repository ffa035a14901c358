//! Tells the streams of this process how far the data of their users has come.
//!
//! A stream holds the latest state of its user and nothing else: however slowly it is read, there is nothing that could pile up.

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
    /// The revision in which a reminder was last fired; 0 if none was.
    pub reminded: i64,
}

impl News {
    /// The later of both, which may come in any order.
    fn and(self, other: Self) -> Self {
        Self {
            revision: self.revision.max(other.revision),
            reminded: self.reminded.max(other.reminded),
        }
    }
}

/// What streams may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Streams of this process.
    pub at_once: usize,
    /// Streams of one user in this process: windows of browsers, mostly.
    pub per_user: usize,
    /// How often a stream without events shows that it lives, and asks whether its session does. Shorter than what load balancers let pass in
    /// silence (60 s at an ALB).
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
    streams: usize,
    is_asked: bool,
}

/// One user that somebody listens to.
#[derive(Debug)]
struct Topic {
    news: watch::Sender<News>,
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
                let later = known.and(news);
                let modified = later != *known;
                *known = later;
                modified
            });
        }
    }

    /// Hears of a user from now on, if there is room.
    pub(crate) fn subscribe(
        &self,
        owner: Owner,
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
        hub.streams += 1;
        gauge!(EVENT_STREAMS).increment(1);
        Ok(Subscription {
            events: self.clone(),
            user: owner.id(),
            news,
        })
    }

    /// Whether somebody has to begin asking the database; who is told so once has to go on until [`Self::listening`] says nobody.
    pub(crate) fn begin_asking(&self) -> bool {
        !std::mem::replace(&mut self.hub().is_asked, true)
    }

    /// The users that somebody listens to. If there are none, nobody asks any more.
    pub(crate) fn listening(&self) -> Option<Vec<Uuid>> {
        let mut hub = self.hub();
        if hub.topics.is_empty() {
            hub.is_asked = false;
            return None;
        }
        Some(hub.topics.keys().copied().collect())
    }

    /// The users that somebody listens to; nobody who asks is told to stop.
    pub(crate) fn users(&self) -> Vec<Uuid> {
        self.hub().topics.keys().copied().collect()
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
    news: watch::Receiver<News>,
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
    }
}
