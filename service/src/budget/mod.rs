//! Shares of what one process has, so that no caller uses up what the others need (ADR 0050).

mod queue;
mod rates;
mod share;
mod ticket;

use std::net::IpAddr;
use std::thread;

use uuid::Uuid;

use crate::auth::rates::Rate;
use crate::error::{Code, Error};

pub use queue::{Line, Queue, Stop, Stopped, Turn};
pub use rates::{Allowance, Exceeded, Rates};
pub use share::{Hold, Share, Size};
pub use ticket::Ticket;

/// One MiB in bytes.
pub const MIB: u64 = 1024 * 1024;

/// The party that something is counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The network that requests come from, for those who are not signed in.
    Network(IpAddr),
    /// The user.
    User(Uuid),
    /// The process itself: work that no request asked for.
    Process,
}

/// The sender of a request, as far as known at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// The network of the client.
    pub network: IpAddr,
    /// The user, once authenticated.
    pub user: Option<Uuid>,
    /// The part of the process that the sender may use.
    pub standing: Standing,
}

impl Who {
    /// A sender of whom nothing but the network is known.
    pub fn unknown(network: IpAddr) -> Self {
        Self {
            network,
            user: None,
            standing: Standing::Unknown,
        }
    }

    /// The party that turns are counted for: the user, or the network of those without one.
    pub fn key(self) -> Key {
        self.user.map_or(Key::Network(self.network), Key::User)
    }

    /// The same for what is handed out after authentication: a sender without a user counts as a guest.
    pub fn settled(self) -> Self {
        match self.standing {
            Standing::Unknown => Self {
                standing: Standing::Guest,
                ..self
            },
            Standing::Guest | Standing::Member => self,
        }
    }
}

/// The part of the process that somebody may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not authenticated yet; whatever is taken is given back soon.
    Unknown,
    /// A guest, or nobody: three quarters at most, all of them together.
    Guest,
    /// Somebody with an account.
    Member,
}

/// The reason for which something was not handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The caller has as much as a caller may have.
    Caller,
    /// The process has no more.
    Process,
}

impl Full {
    /// 429 for the caller who has too much, 503 where the process has no more. `what` is named in the plural.
    pub fn error(self, what: &str) -> Error {
        match self {
            Self::Caller => Error::new(Code::RateLimited)
                .detail(format!("too many {what} of one caller at once")),
            Self::Process => {
                Error::new(Code::Unavailable).detail(format!("too many {what} at once"))
            }
        }
        .retry_after(1)
    }
}

/// The quantities that a process hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Requests that are answered at once.
    pub requests: u64,
    /// Bytes of bodies that have been received and are being worked with.
    pub body_bytes: u64,
    /// Bytes of imported files that are too large for the memory, in the folder for temporary files.
    pub file_bytes: u64,
    /// Bytes of responses that their clients have not taken.
    pub response_bytes: u64,
    /// Streams of events.
    pub streams: u64,
    /// Exports that are being sent.
    pub exports: u64,
    /// Files that are being sent.
    pub downloads: u64,
    /// Files that are on their way to the storage at once, each with some MiB in memory.
    pub stores: u32,
    /// MiB of notes that are being read for responses.
    pub page_mib: u32,
    /// Pieces of work at once on processors.
    pub processors: u32,
    /// Requests of one network, if they are counted.
    pub network_rate: Option<Rate>,
    /// Requests of one user, if they are counted.
    pub user_rate: Option<Rate>,
}

impl Default for Limits {
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self {
            requests: 512,
            body_bytes: 32 * MIB,
            file_bytes: 6 * 1024 * MIB,
            response_bytes: 48 * MIB,
            streams: 1_000,
            exports: 8,
            downloads: 128,
            stores: 4,
            page_mib: 16,
            processors: u32::try_from(processors).unwrap_or(1),
            network_rate: Some(Rate::new(2_000, 10)),
            user_rate: Some(Rate::new(500, 10)),
        }
    }
}

/// The shares and queues of a process.
#[derive(Debug)]
pub struct Budget {
    /// Requests that are answered at once.
    pub requests: Share,
    /// Bytes of bodies.
    pub bodies: Share,
    /// Bytes of files of imports on the disk.
    pub files: Share,
    /// Bytes of responses.
    pub responses: Share,
    /// Streams of events.
    pub streams: Share,
    /// Exports that are being sent.
    pub exports: Share,
    /// Files that are being sent.
    pub downloads: Share,
    /// Turns to read notes for a response, each for one MiB of them.
    pub pages: Queue,
    /// Turns on the processors.
    pub work: Queue,
    /// The turn to import.
    pub imports: Queue,
    /// Turns to put a file into the storage.
    pub stores: Queue,
    /// The turn to unpack a picture, which takes more memory than anything else.
    pub pictures: Queue,
    /// Requests in a time.
    pub rates: Rates,
}

impl Budget {
    /// Shares and queues of these limits. A user has at most a sixteenth, and a network a quarter of most things; the reasons are in ADR 0050.
    pub fn new(limits: &Limits) -> Self {
        let part = |total: u64, of: u64| (total / of).max(1);
        let share = |total: u64, network: u64, user: u64| {
            Share::new(Size {
                total,
                guests: total - total / 4,
                network: part(total, network),
                user: part(total, user),
            })
        };
        let line = |turns: u32, each: u32, waiting: usize, waiting_each: usize| {
            Queue::new(Line {
                turns,
                each,
                waiting,
                waiting_each,
            })
        };
        let processors = limits.processors.max(1);
        let half = (processors / 2).max(1);
        Self {
            requests: share(limits.requests, 4, 16),
            bodies: share(limits.body_bytes, 8, 8),
            files: share(limits.file_bytes, 8, 8),
            responses: share(limits.response_bytes, 3, 6),
            // How many one user has, `events::Settings` says.
            streams: share(limits.streams, 10, 1),
            exports: share(limits.exports, 2, 4),
            downloads: share(limits.downloads, 4, 8),
            // The requests that are answered at once are a limit already for those who wait.
            pages: line(
                limits.page_mib.max(1),
                (limits.page_mib / 4).max(1),
                1_024,
                32,
            ),
            work: line(processors, half, 1_024, 16),
            imports: line(1, 1, 16, 2),
            stores: line(limits.stores.max(1), (limits.stores / 2).max(1), 256, 16),
            pictures: line(1, 1, 256, 16),
            rates: Rates::new(limits.network_rate, limits.user_rate),
        }
    }

    /// Waits until a page with so many MiB of notes may be read for the current request.
    pub async fn page(&self, mib: u32) -> Result<Turn, Error> {
        let turn = self.pages.turn(Ticket::current_key(), mib).await;
        turn.map_err(|full| full.error("pages"))
    }

    /// Does work for the current request that takes long if its texts do: at once for a few, else in the queue.
    pub async fn work_on<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&Stop) -> Result<T, Stopped> + Send + 'static,
    ) -> Result<T, Error> {
        self.work_for(Ticket::current_key(), bytes, work).await
    }

    /// The same for this party.
    pub async fn work_for<T: Send + 'static>(
        &self,
        key: Key,
        bytes: usize,
        work: impl FnOnce(&Stop) -> Result<T, Stopped> + Send + 'static,
    ) -> Result<T, Error> {
        if bytes <= SHORT {
            return Ok(work(&Stop::default())?);
        }
        Ok(self.work.run(key, work).await??)
    }
}

/// Bytes of texts that are worked with on the threads that answer: less than what a hand-over to another thread costs.
const SHORT: usize = 32 * 1024;
