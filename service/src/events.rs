//! Tells those who listen in this process that something of a user has changed.

use tokio::sync::broadcast;
use uuid::Uuid;

use crate::store::Owner;

/// Something of a user has changed, up to this revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// The user.
    pub user: Uuid,
    /// The user's revision after the change.
    pub revision: i64,
}

/// Where changes are told; clones share it. Those of other processes are not heard here.
#[derive(Debug, Clone)]
pub struct Events {
    sender: broadcast::Sender<Changed>,
}

impl Events {
    /// With room for what a slow listener has not taken yet; who falls further behind hears of it and reads everything again.
    pub fn new() -> Self {
        Self {
            sender: broadcast::Sender::new(1024),
        }
    }

    /// Tells it.
    pub fn publish(&self, owner: Owner, revision: i64) {
        let changed = Changed {
            user: owner.id(),
            revision,
        };
        // Nobody may be listening.
        let _ = self.sender.send(changed);
    }

    /// Hears everything from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }
}

impl Default for Events {
    fn default() -> Self {
        Self::new()
    }
}
