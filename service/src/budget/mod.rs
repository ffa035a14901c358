//! Division of the resources of one process among its callers, so that no caller uses up what the others need (ADR 0050). A [`Share`] divides a
//! quantity such as bytes, a [`Queue`] hands out turns, [`Rates`] limit requests per time, and [`Budget`] holds all of them.

mod queue;
mod rates;
mod share;
mod ticket;

use std::net::IpAddr;
use std::thread;

use uuid::Uuid;

use crate::auth::rates::Rate;
use crate::error::{Code, Error};

pub use queue::{Queue, QueueLimits, StopSignal, Stopped, Turn};
pub use rates::{Allowance, Exceeded, Rates};
pub use share::{Hold, Share, Size};
pub use ticket::Ticket;

/// One MiB in bytes.
pub const MIB: u64 = 1024 * 1024;

/// Party that a resource is counted for, and that takes turns with the other parties in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Network of the client: an IPv4 address, or the first 64 bits of an IPv6 address. Queues use it for requests without a user.
    Network(IpAddr),
    /// User who has signed in, by identifier.
    User(Uuid),
    /// The process itself, for work that no request has caused.
    Process,
}

/// Sender of a request, as far as it is known at this point of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requester {
    /// Network of the client, which is known from the start.
    pub network: IpAddr,
    /// User of the request. `None` until authentication, and for clients that are not signed in.
    pub user: Option<Uuid>,
    /// Class of the sender, which decides how much of a share it may use.
    pub standing: RequesterClass,
}

impl Requester {
    /// Creates a sender of whom only the network is known, before authentication.
    pub fn from_network(network: IpAddr) -> Self {
        Self {
            network,
            user: None,
            standing: RequesterClass::Unknown,
        }
    }

    /// Returns the party that turns are counted for: the user, or the network of a request without a user.
    pub fn queue_key(self) -> Key {
        self.user.map_or(Key::Network(self.network), Key::User)
    }

    /// Returns the sender as it counts after authentication: one that is still unknown counts as a guest.
    pub fn after_authentication(self) -> Self {
        match self.standing {
            RequesterClass::Unknown => Self {
                standing: RequesterClass::Guest,
                ..self
            },
            RequesterClass::Guest | RequesterClass::Member => self,
        }
    }
}

/// Class of a sender, which decides how much of a share it may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequesterClass {
    /// Not authenticated yet. Amounts count for the network but not among those of guests, because they are returned or reassigned soon.
    Unknown,
    /// A guest, or a client that is not signed in. All of these together can use at most three quarters of a share.
    Guest,
    /// A user with a registered account.
    Member,
}

/// Reason for which a share or a queue refuses a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The caller has reached its own limit.
    Caller,
    /// The process has reached its limit.
    Process,
}

impl Full {
    /// Returns the response to a refused request: status 429 if the caller has reached its limit, 503 if the process has. Both ask to retry after one
    /// second. `what` names the resource in the plural.
    pub fn into_error(self, what: &str) -> Error {
        match self {
            Self::Caller => Error::new(Code::RateLimited)
                .detail(format!("too many {what} at once for one caller")),
            Self::Process => {
                Error::new(Code::Unavailable).detail(format!("too many {what} at once"))
            }
        }
        .retry_after(1)
    }
}

/// Sizes of the shares and queues, and the rate limits, of one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Maximum number of requests that are answered at once. Default: 512.
    pub requests: u64,
    /// Maximum total size in bytes of the request bodies that are being processed. Default: 32 MiB.
    pub body_bytes: u64,
    /// Maximum total size in bytes of imported files that do not fit into memory and are kept in the folder for temporary files. Default: 6 GiB.
    pub file_bytes: u64,
    /// Maximum total size in bytes of responses that clients have not received yet. Default: 48 MiB.
    pub response_bytes: u64,
    /// Maximum number of event streams that are open at once. Default: 1,000.
    pub streams: u64,
    /// Maximum number of exports that are sent at once. Default: 8.
    pub exports: u64,
    /// Maximum number of files that are sent at once. Default: 128.
    pub downloads: u64,
    /// Maximum number of files that are written to the storage at once, each with several MiB in memory. Default: 4.
    pub stores: u32,
    /// Maximum total size, in MiB, of the notes that are read for responses at once. Default: 16.
    pub page_mib: u32,
    /// Number of CPU-bound jobs that run at once. Default: the number of available processors.
    pub processors: u32,
    /// Rate limit of the requests of one network; `None` for no limit. Default: 2,000 requests per 10 seconds.
    pub network_rate: Option<Rate>,
    /// Rate limit of the requests of one user; `None` for no limit. Default: 500 requests per 10 seconds.
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

/// All shares, queues and rate limits of one process. Requests take from it through their [`Ticket`].
#[derive(Debug)]
pub struct Budget {
    /// Places of requests that are being answered, one per request.
    pub requests: Share,
    /// Bytes of request bodies that are being processed.
    pub bodies: Share,
    /// Bytes of imported files in the folder for temporary files.
    pub files: Share,
    /// Bytes of responses that clients have not received yet.
    pub responses: Share,
    /// Event streams that are open, one per stream.
    pub streams: Share,
    /// Exports that are being sent, one per export.
    pub exports: Share,
    /// Files that are being sent, one per download.
    pub downloads: Share,
    /// Turns to read notes for a response, each for one MiB of notes.
    pub pages: Queue,
    /// Turns for CPU-bound work such as hashing passwords.
    pub work: Queue,
    /// The single turn to run an import.
    pub imports: Queue,
    /// Turns to write a file to the storage.
    pub stores: Queue,
    /// The single turn to decode an image, which needs more memory than any other work.
    pub pictures: Queue,
    /// Rate limits of requests, by network and by user.
    pub rates: Rates,
}

impl Budget {
    /// Creates the shares and queues for these limits. One user and one network get at most a fraction of each; ADR 0050 explains the fractions.
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
            Queue::new(QueueLimits {
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
            // `events::Settings` limits the streams of one user.
            streams: share(limits.streams, 10, 1),
            exports: share(limits.exports, 2, 4),
            downloads: share(limits.downloads, 4, 8),
            // The limit of requests that are answered at once already bounds the number that wait.
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

    /// Waits for the turn to read a page with this many MiB of notes for the current request. Returns an error with status 429 or 503 if too many
    /// requests wait already.
    pub async fn wait_for_page(&self, mib: u32) -> Result<Turn, Error> {
        let turn = self.pages.wait_for_turn(Ticket::current_key(), mib).await;
        turn.map_err(|full| full.into_error("pages"))
    }

    /// Runs work on `bytes` of text for the current request. Short texts are processed immediately on the calling thread, longer ones in the queue
    /// for CPU-bound work.
    pub async fn work_on<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&StopSignal) -> Result<T, Stopped> + Send + 'static,
    ) -> Result<T, Error> {
        self.work_for(Ticket::current_key(), bytes, work).await
    }

    /// Runs work on `bytes` of text, like [`Self::work_on`], and counts it for this party.
    pub async fn work_for<T: Send + 'static>(
        &self,
        key: Key,
        bytes: usize,
        work: impl FnOnce(&StopSignal) -> Result<T, Stopped> + Send + 'static,
    ) -> Result<T, Error> {
        if bytes <= SHORT {
            return Ok(work(&StopSignal::default())?);
        }
        Ok(self.work.run_for_key(key, work).await??)
    }
}

/// Size in bytes up to which texts are processed on the thread that answers the request: less work than the transfer to another thread costs.
const SHORT: usize = 32 * 1024;
