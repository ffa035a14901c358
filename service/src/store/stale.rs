//! Connections that are not trusted any more: all that were open when the database went away, or turned out to be only for reading.
//!
//! After a failover the connections of a pool lead to a server that is now a standby. Each would fail once for each request that it is given
//! to; closing all of them at the first failure leaves one failure in place of ten, and finds the new server by its name.
//!
//! SQLite ends a transaction by itself when the disk is full or fails. sqlx does not learn of it, and refuses to begin another one on that
//! connection for as long as it is open: such a connection is closed when it is next asked for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use crate::error::Error;

/// PostgreSQL's `read_only_sql_transaction`: a standby, or a server that was told to accept no writes.
pub(super) const READ_ONLY: &str = "25006";

/// SQLite's code of a disk that fails (<https://www.sqlite.org/rescode.html>).
const SQLITE_IO: u32 = 10;

/// SQLite's code of a disk that is full.
pub(super) const SQLITE_FULL: u32 = 13;

/// At most one new mark in this time: under a database that stays read-only, reads would connect anew for each write that fails.
const PACE: u64 = 1000;

/// The time of the last mark, in milliseconds since the first use of this module; 0 for none.
static MARK: AtomicU64 = AtomicU64::new(0);

fn now() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let elapsed = START.get_or_init(Instant::now).elapsed();
    // Never 0, which says that there is no mark.
    u64::try_from(elapsed.as_millis())
        .unwrap_or(u64::MAX)
        .saturating_add(1)
}

/// Ends the trust in all connections if this failure says that they are no better than its own.
pub(super) fn note(error: &DbErr) {
    if is_read_only(error) {
        distrust();
    } else if is_lost(error) || is_left_within_transaction(error) {
        MARK.store(now(), Ordering::Relaxed);
    }
}

/// Ends the trust in all connections that are open now.
pub(super) fn distrust() {
    let (last, now) = (MARK.load(Ordering::Relaxed), now());
    if last == 0 || now.saturating_sub(last) >= PACE {
        MARK.store(now, Ordering::Relaxed);
    }
}

/// Tells of a connection that was opened this long ago if it was opened after the last mark.
pub(super) fn is_trusted(age: Duration) -> bool {
    let age = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
    let mark = MARK.load(Ordering::Relaxed);
    mark == 0 || now().saturating_sub(age) > mark
}

/// Tells of a failure that another connection need not meet: the one that was used was broken.
pub(super) fn is_broken_connection(error: &Error) -> bool {
    let source = std::error::Error::source(error);
    let error = source.and_then(|source| source.downcast_ref::<DbErr>());
    error.is_some_and(is_met_by_one_connection)
}

/// The same for a failure of the database: another attempt is worth it. Ends the trust in connections that are no better.
pub(super) fn is_worth_another(error: &DbErr) -> bool {
    note(error);
    is_met_by_one_connection(error)
}

/// The pool has tried for a while before it says that it cannot connect.
fn is_met_by_one_connection(error: &DbErr) -> bool {
    let is_within_transaction = || {
        matches!(
            driver_error(error),
            Some(SqlxError::InvalidSavePointStatement)
        )
    };
    !matches!(error, DbErr::Conn(_)) && (is_lost(error) || is_within_transaction())
}

/// Tells of a connection to SQLite that may be within a transaction which has ended: the disk was full, or failed.
fn is_left_within_transaction(error: &DbErr) -> bool {
    match driver_error(error) {
        Some(SqlxError::InvalidSavePointStatement) => true,
        Some(SqlxError::Database(error)) => error.code().is_some_and(|code| {
            code.parse::<u32>().is_ok_and(|code| {
                code < 10_000 && [SQLITE_IO, SQLITE_FULL].contains(&(code & 0xff))
            })
        }),
        _ => false,
    }
}

/// Tells of a connection that leads nowhere.
fn is_lost(error: &DbErr) -> bool {
    match driver_error(error) {
        Some(SqlxError::Io(_) | SqlxError::Protocol(_)) => true,
        Some(SqlxError::Database(error)) => error.code().is_some_and(|code| {
            code.len() == 5 && ["08", "57P"].iter().any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}

/// Tells of a connection that leads to a server that only reads.
fn is_read_only(error: &DbErr) -> bool {
    match driver_error(error) {
        Some(SqlxError::Database(error)) => error.code().as_deref() == Some(READ_ONLY),
        _ => false,
    }
}

/// The failure below SeaORM's, if it is one of the driver.
pub(super) fn driver_error(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error.as_ref()),
        _ => None,
    }
}
