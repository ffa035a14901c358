//! The database: the only code that knows SeaORM, and the place where rows belong to somebody.
//!
//! Every function over data of a user takes an [`Owner`] first, which only authentication hands out: a query that forgets whose rows it reads
//! does not compile. A note of somebody else is reached through an [`Access`](sharing::Access), which only a look at the shares hands out, with
//! the right that the share gives.

pub mod access_tokens;
pub mod attachments;
pub mod backup;
pub mod challenges;
pub mod changes;
pub mod checkup;
mod confirmed;
pub mod connect;
mod db;
pub mod deliveries;
mod disk;
mod driver;
pub mod entity;
pub mod factors;
pub mod filters;
pub mod guests;
mod health;
pub mod idempotency;
pub mod identities;
pub mod import;
mod invites;
pub mod labels;
pub mod mailed_links;
pub mod news;
pub mod notes;
pub mod operators;
mod owner;
mod page;
pub mod passkeys;
pub mod presence;
pub mod push;
mod rate_limits;
pub mod reminder_settings;
mod reminders;
mod revision;
mod samples;
pub mod search;
pub mod sessions;
pub mod sharing;
pub mod sign_in;
pub mod sign_in_flows;
mod stale;
pub mod transfer;
mod upkeep;
pub mod users;
pub mod webhooks;

pub use db::Db;
pub use owner::Owner;
pub use page::PAGE_BYTES;

use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, SqlxError,
    Statement, TransactionOptions, TransactionTrait,
};

use crate::domain::limits::AccountLimits;
use crate::error::{Code, Error};
use crate::events::{Events, News};
use confirmed::Confirmed;
use disk::Room;
use stale::Patience;

/// PostgreSQL's `disk_full`.
const POSTGRES_FULL: &str = "53100";

/// Seconds after which there may be room: somebody has to make it.
const STORAGE_RETRY_AFTER: u32 = 60;

/// The database and what accounts may hold in it.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
    limits: AccountLimits,
    events: Events,
    confirmed: Confirmed,
    process: uuid::Uuid,
}

impl Store {
    /// Over a connection pool whose schema is up to date.
    pub fn new(db: impl Into<Db>, limits: AccountLimits) -> Self {
        Self {
            db: db.into(),
            limits,
            events: Events::new(),
            confirmed: Confirmed::default(),
            process: uuid::Uuid::now_v7(),
        }
    }

    /// What accounts may hold.
    pub fn limits(&self) -> &AccountLimits {
        &self.limits
    }

    /// Where changes are told.
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// The name of this process among those over the database.
    pub fn process(&self) -> uuid::Uuid {
        self.process
    }

    /// The pool.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Which of the two databases it is.
    pub fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    /// A transaction that writes. It is rolled back when it is dropped before `commit`.
    ///
    /// SQLite must know from the start: a transaction that reads first and writes later fails at once when another has written in between,
    /// whatever the busy timeout says (<https://www.sqlite.org/lang_transaction.html>).
    pub async fn write(&self) -> Result<DatabaseTransaction, Error> {
        let sqlite = self.backend() == DbBackend::Sqlite;
        let options = TransactionOptions {
            sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.begin(options).await
    }

    /// Begins a transaction, in a task of its own: sqlx counts a transaction only once the database has answered, so that a request that is
    /// given up before would leave its connection, and whoever has it next, within a transaction that nobody ends. Nothing was done where it
    /// fails, so that it is tried again over other connections if the one it was given was broken.
    async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, Error> {
        self.db.look_for_room();
        let db = self.db.clone();
        let begun = tokio::spawn(async move {
            let mut patience = Patience::default();
            loop {
                match db.begin_with_options(options).await {
                    Err(error) if patience.allows_another(&error).await => {}
                    begun => return begun,
                }
            }
        });
        Ok(begun.await.map_err(Error::internal)??)
    }

    /// Refuses what adds to an embedded database whose disk is full. What is kept for that moment is for what frees room, and for signing in to
    /// do it.
    async fn require_room(&self) -> Result<(), Error> {
        if self.has_room().await? {
            return Ok(());
        }
        Err(storage_full())
    }

    /// Looks for room for more. Pages that were freed within the file are room too.
    async fn has_room(&self) -> Result<bool, Error> {
        if self.db.look_for_room() == Room::Enough {
            return Ok(true);
        }
        let asked = "SELECT c.freelist_count * s.page_size >= $1 FROM pragma_freelist_count c, pragma_page_size s";
        let values = [disk::KEPT.into()];
        let asked = Statement::from_sql_and_values(self.backend(), asked, values);
        let row = self.db.query_one_raw(asked).await?;
        Ok(row.map_or(Ok(false), |row| row.try_get_by_index(0))?)
    }

    /// Ends a transaction that took this revision, and tells it.
    pub(in crate::store) async fn commit(
        &self,
        tx: DatabaseTransaction,
        owner: Owner,
        revision: i64,
    ) -> Result<(), Error> {
        tx.commit().await?;
        self.events.publish(owner, News { revision });
        Ok(())
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        stale::note(&error);
        if is_full(&error) {
            tracing::warn!(cause = %error, "the database has no room");
            storage_full()
        } else if is_outage(&error) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
}

/// The refusal for want of room.
fn storage_full() -> Error {
    Error::new(Code::StorageFull)
        .detail("the disk of the database is full: notes are read, moved to the trash and deleted until there is room; nothing was written")
        .retry_after(STORAGE_RETRY_AFTER)
}

/// Tells of a disk without room: SQLite's own, or PostgreSQL's.
fn is_full(error: &DbErr) -> bool {
    let Some(SqlxError::Database(error)) = stale::driver_error(error) else {
        return false;
    };
    error.code().is_some_and(|code| {
        code == POSTGRES_FULL
            || code
                .parse::<u32>()
                .is_ok_and(|code| code < 10_000 && code & 0xff == stale::SQLITE_FULL)
    })
}

/// Whether the database could not be asked, in contrast to a statement that it refused.
fn is_outage(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_)) {
        return true;
    }
    let Some(error) = stale::driver_error(error) else {
        return false;
    };
    match error {
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed
        | SqlxError::BeginFailed
        | SqlxError::InvalidSavePointStatement => true,
        SqlxError::Database(error) => error.code().is_some_and(|code| is_outage_code(&code)),
        _ => false,
    }
}

/// Of PostgreSQL (<https://www.postgresql.org/docs/current/errcodes-appendix.html>): connection exceptions, no resources, shutdown, timeouts,
/// writes on a server that only reads, and serialization failures, all of which another attempt may not meet; of SQLite: busy, locked and
/// read-only with their extended codes.
fn is_outage_code(code: &str) -> bool {
    let classes = ["08", "53", "57P", "58", "28"];
    classes
        .iter()
        .any(|class| code.len() == 5 && code.starts_with(class))
        || [
            "57014",
            "55P03",
            "25P03",
            "40001",
            "40P01",
            stale::READ_ONLY,
        ]
        .contains(&code)
        || code
            .parse::<u32>()
            .is_ok_and(|code| code < 10_000 && [5, 6, 8, 10, 14].contains(&(code & 0xff)))
}

/// The versions that a change may be based on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Any version: the change overwrites whatever is there.
    Any,
    /// One of these versions; an empty list refuses every change.
    OneOf(Vec<i64>),
}

impl Expected {
    /// Refuses a change of something that was changed since it was read: `now` is its present version.
    pub(crate) fn check(&self, now: i64) -> Result<(), Error> {
        let named = match self {
            Self::OneOf(versions) if !versions.contains(&now) => versions,
            _ => return Ok(()),
        };
        let named = match named.as_slice() {
            [] => "no version of it".to_owned(),
            [version] => format!("version {version}"),
            [..] => "other versions".to_owned(),
        };
        Err(Error::new(Code::PreconditionFailed).detail(format!(
            "it has version {now}, `If-Match` names {named}; read it again and decide"
        )))
    }
}
