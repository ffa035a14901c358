//! The database: the only code that knows SeaORM, and the place where rows belong to somebody.
//!
//! Every function over data of a user takes an [`Owner`] first, which only authentication hands out: a query that forgets whose rows it reads
//! does not compile.

pub mod access_tokens;
pub mod backup;
pub mod changes;
pub mod checkup;
pub mod connect;
pub mod entity;
pub mod guests;
mod health;
pub mod idempotency;
pub mod import;
mod invites;
pub mod labels;
pub mod mailed_links;
pub mod news;
pub mod notes;
pub mod operators;
mod owner;
mod page;
mod rate_limits;
mod revision;
mod samples;
pub mod search;
pub mod sessions;
mod stale;
pub mod transfer;
mod upkeep;
pub mod users;

pub use owner::Owner;
pub use page::PAGE_BYTES;
pub(crate) use stale::is_broken_connection;

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, SqlxError,
    TransactionOptions, TransactionTrait,
};

use crate::domain::limits::AccountLimits;
use crate::error::{Code, Error};
use crate::events::{Events, News};

/// The database and what accounts may hold in it.
#[derive(Debug, Clone)]
pub struct Store {
    db: DatabaseConnection,
    limits: AccountLimits,
    events: Events,
}

impl Store {
    /// Over a connection pool whose schema is up to date.
    pub fn new(db: DatabaseConnection, limits: AccountLimits) -> Self {
        Self {
            db,
            limits,
            events: Events::new(),
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

    /// The pool.
    pub fn db(&self) -> &DatabaseConnection {
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
    /// given up before would leave its connection, and whoever has it next, within a transaction that nobody ends.
    async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, Error> {
        let db = self.db.clone();
        let begun = tokio::spawn(async move { db.begin_with_options(options).await });
        Ok(begun.await.map_err(Error::internal)??)
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
        if is_outage(&error) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
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
        | SqlxError::BeginFailed => true,
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
            .is_ok_and(|code| code < 10_000 && [5, 6, 8, 10, 13, 14].contains(&(code & 0xff)))
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
