//! Access to the database. Only this module uses SeaORM, and it enforces the ownership of rows.
//!
//! Every function on data of a user takes an [`Owner`] first, which only authentication creates: a query without an owner does not compile. A note of
//! another user is accessible through an [`Access`](sharing::Access) only, which a lookup of its share creates with the right that the share gives.

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
use crate::events::{DataRevision, Events};
use confirmed::IdentityCache;
use disk::Room;
use stale::RetryBudget;

/// SQLSTATE `disk_full` of PostgreSQL.
const POSTGRES_FULL: &str = "53100";

/// Number of seconds after which to retry while the disk is full.
const STORAGE_RETRY_AFTER: u32 = 60;

/// The store: the database with the limits of accounts and the events of this process. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
    limits: AccountLimits,
    events: Events,
    confirmed: IdentityCache,
    process: uuid::Uuid,
}

impl Store {
    /// Creates a store for a connection pool whose schema is up to date.
    pub fn new(db: impl Into<Db>, limits: AccountLimits) -> Self {
        Self {
            db: db.into(),
            limits,
            events: Events::new(),
            confirmed: IdentityCache::default(),
            process: uuid::Uuid::now_v7(),
        }
    }

    /// Returns the limits of accounts from the configuration.
    pub fn limits(&self) -> &AccountLimits {
        &self.limits
    }

    /// Returns the hub that passes changes to open event streams of this process.
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// Returns the identifier of this process, random for each start.
    pub fn process(&self) -> uuid::Uuid {
        self.process
    }

    /// Returns the connection pool, for statements without a transaction.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Returns the database system: PostgreSQL or SQLite.
    pub fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    /// Begins a transaction that writes. Dropping it before `commit` rolls it back.
    ///
    /// SQLite must know this from the start: a transaction that reads first and writes later fails immediately if another has written in between,
    /// regardless of the busy timeout (<https://www.sqlite.org/lang_transaction.html>).
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, Error> {
        let sqlite = self.backend() == DbBackend::Sqlite;
        let options = TransactionOptions {
            sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.begin_transaction(options).await
    }

    /// Begins a transaction in a separate task. sqlx tracks a transaction only after the database has answered; a request that is cancelled before
    /// would return its connection to the pool inside of a transaction that nothing ends. Beginning has no effects, so it is repeated over other
    /// connections if the first was broken.
    async fn begin_transaction(
        &self,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, Error> {
        self.db.check_room();
        let db = self.db.clone();
        let begun = tokio::spawn(async move {
            let mut patience = RetryBudget::default();
            loop {
                match db.begin_with_options(options).await {
                    Err(error) if patience.allows_retry(&error).await => {}
                    begun => return begun,
                }
            }
        });
        Ok(begun.await.map_err(Error::internal)??)
    }

    /// Rejects writes that add data to an SQLite database on a full disk. The reserved space remains for freeing space, and for signing in to do so.
    ///
    /// # Errors
    ///
    /// `storage_full` on a full disk.
    async fn require_room(&self) -> Result<(), Error> {
        if self.has_room().await? {
            return Ok(());
        }
        Err(storage_full())
    }

    /// Returns true if there is room for more data. Free pages inside of the file count as room.
    async fn has_room(&self) -> Result<bool, Error> {
        if self.db.check_room() == Room::Enough {
            return Ok(true);
        }
        let asked = "SELECT c.freelist_count * s.page_size >= $1 FROM pragma_freelist_count c, pragma_page_size s";
        let values = [disk::KEPT.into()];
        let asked = Statement::from_sql_and_values(self.backend(), asked, values);
        let row = self.db.query_one_raw(asked).await?;
        Ok(row.map_or(Ok(false), |row| row.try_get_by_index(0))?)
    }

    /// Commits a transaction with this revision, and notifies open event streams.
    pub(in crate::store) async fn commit_revision(
        &self,
        tx: DatabaseTransaction,
        owner: Owner,
        revision: i64,
    ) -> Result<(), Error> {
        tx.commit().await?;
        self.events
            .publish_revision(owner, DataRevision { revision });
        Ok(())
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        stale::mark_if_stale(&error);
        if is_full(&error) {
            tracing::warn!(cause = %error, "the disk of the database is full");
            storage_full()
        } else if is_outage(&error) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
}

/// Returns the error for a full disk, with the time after which to retry.
fn storage_full() -> Error {
    Error::new(Code::StorageFull)
        .detail("the disk of the database is full and nothing was written; until space is freed, notes can only be read, moved to the trash and deleted")
        .retry_after(STORAGE_RETRY_AFTER)
}

/// Returns true for an error by a full disk, of SQLite or PostgreSQL.
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

/// Returns true if the database could not be reached or is unavailable, false for a statement that it rejected.
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

/// Returns true for error codes that another attempt may avoid. PostgreSQL (<https://www.postgresql.org/docs/current/errcodes-appendix.html>):
/// connection exceptions, insufficient resources, shutdown, timeouts, writes on a read-only server, and serialization failures. SQLite: busy, locked
/// and read-only, with their extended codes.
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

/// The versions that a change may be based on, from the header `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedVersion {
    /// Any version: the change overwrites the present content.
    Any,
    /// One of these versions; an empty list rejects every change.
    OneOf(Vec<i64>),
}

impl ExpectedVersion {
    /// Checks the present version of a resource before a change.
    ///
    /// # Errors
    ///
    /// `precondition_failed` if the resource has changed since the client read it.
    pub(crate) fn check_version(&self, now: i64) -> Result<(), Error> {
        let named = match self {
            Self::OneOf(versions) if !versions.contains(&now) => versions,
            _ => return Ok(()),
        };
        let named = match named.as_slice() {
            [] => "no valid version".to_owned(),
            [version] => format!("version {version}"),
            [..] => "other versions".to_owned(),
        };
        Err(Error::new(Code::PreconditionFailed).detail(format!(
            "the current version is {now}, and `If-Match` has {named}; read the current version, and repeat the change"
        )))
    }
}
