//! Tracks the open connections by IP address and chooses which one to close when a new one needs its slot.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

use super::connection::{Activity, State};

/// The open connections of a listener, shared by all of its connections.
#[derive(Debug, Default)]
pub(super) struct Peers {
    open: Mutex<OpenConnections>,
}

#[derive(Debug, Default)]
struct OpenConnections {
    by_id: HashMap<u64, Peer>,
    by_peer: HashMap<IpAddr, u32>,
    last_id: u64,
}

#[derive(Debug)]
struct Peer {
    address: IpAddr,
    since: Instant,
    state: Arc<State>,
    close: Arc<Notify>,
}

/// The registration of an open connection, which ends when it is dropped.
#[derive(Debug)]
pub(super) struct Entry {
    peers: Arc<Peers>,
    id: u64,
    /// State of the connection, which the connection itself updates.
    pub(super) state: Arc<State>,
    /// Notified when the connection must close to free its slot.
    pub(super) close: Arc<Notify>,
}

impl Peers {
    /// Registers a connection of the client `address`, which may have `share` of them. At that limit, another connection of the client is closed to
    /// free a slot. Returns `None` if all of them are being answered.
    pub(super) fn register_peer(self: &Arc<Self>, address: IpAddr, share: u32) -> Option<Entry> {
        let mut open = self.open_connections();
        let count = open.by_peer.get(&address).copied().unwrap_or_default();
        if count >= share && !open.make_room(Some(address)) {
            return None;
        }
        *open.by_peer.entry(address).or_default() += 1;
        open.last_id += 1;
        let id = open.last_id;
        let peer = Peer {
            address,
            since: Instant::now(),
            state: Arc::default(),
            close: Arc::default(),
        };
        let entry = Entry {
            peers: Arc::clone(self),
            id,
            state: Arc::clone(&peer.state),
            close: Arc::clone(&peer.close),
        };
        open.by_id.insert(id, peer);
        Some(entry)
    }

    /// Closes the connection that is least in use: the oldest that has sent nothing, else one that is sending headers, is idle, is sending a body or
    /// is reading its response slowly, in this order. Returns `false` if all of them are being answered.
    pub(super) fn make_room(&self) -> bool {
        self.open_connections().make_room(None)
    }

    /// Locks the connections. A poisoned lock is used as it is, because no operation under the lock can leave them half updated.
    fn open_connections(&self) -> MutexGuard<'_, OpenConnections> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenConnections {
    fn make_room(&mut self, of: Option<IpAddr>) -> bool {
        loop {
            let missed = self
                .by_id
                .values()
                .filter(|peer| of.is_none_or(|of| peer.address == of))
                .filter_map(|peer| {
                    let doing = peer.state.load_activity();
                    Some((close_rank(doing)?, peer.since, doing, peer))
                })
                .min_by_key(|(rank, since, ..)| (*rank, *since));
            let Some((_, _, doing, peer)) = missed else {
                return false;
            };
            // Fails if the connection received a request in the meantime; then another one is chosen.
            if peer.state.replace_activity(doing, Activity::Closing) {
                peer.close.notify_one();
                return true;
            }
        }
    }
}

/// Returns the order in which connections are closed, lowest first, or `None` for those that are being answered or already closing.
fn close_rank(doing: Activity) -> Option<u8> {
    match doing {
        Activity::Silent => Some(0),
        Activity::Reading => Some(1),
        Activity::Waiting => Some(2),
        Activity::Receiving => Some(3),
        Activity::Sending => Some(4),
        Activity::Answering | Activity::Closing => None,
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut open = self.peers.open_connections();
        if let Some(peer) = open.by_id.remove(&self.id)
            && let Some(count) = open.by_peer.get_mut(&peer.address)
        {
            *count -= 1;
            if *count == 0 {
                open.by_peer.remove(&peer.address);
            }
        }
    }
}
