//! Stale connections: those that were open when the database became unavailable or read-only.
//!
//! After a failover, the connections of a pool lead to a server that is now a standby. Each would fail once for a request; closing all of them at the
//! first failure leaves one failure instead of ten, and resolves the name of the server again.
//!
//! SQLite ends a transaction when the disk is full or fails. sqlx does not notice, and refuses to begin another one on that connection: such a
//! connection is closed at its next use.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use crate::error::Error;

/// SQLSTATE `read_only_sql_transaction` of PostgreSQL: a standby, or a server that is configured to accept no writes.
pub(super) const READ_ONLY: &str = "25006";

/// SQLite error code of a failing disk (<https://www.sqlite.org/rescode.html>).
const SQLITE_IO: u32 = 10;

/// SQLite error code of a full disk.
pub(super) const SQLITE_FULL: u32 = 13;

/// Minimum time between two marks, in milliseconds. With a database that stays read-only, each failed write would otherwise make all reads reconnect.
const PACE: u64 = 1000;

/// Time after the first failure during which reads are repeated over other connections. A server that restarts ends connections for a moment,
/// including new ones. The pool's own wait for a server that accepts none is in addition.
const PATIENCE: Duration = Duration::from_secs(2);

/// Pause before the third attempt, doubled for each further one up to [`MOST_PAUSE`]; the second attempt follows immediately.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// Longest pause between two attempts.
const MOST_PAUSE: Duration = Duration::from_millis(250);

/// Time of the last mark in milliseconds since the first use of this module; 0 for none.
static MARK: AtomicU64 = AtomicU64::new(0);

fn now_millis() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let elapsed = START.get_or_init(Instant::now).elapsed();
    // Never 0, which stands for no mark.
    u64::try_from(elapsed.as_millis())
        .unwrap_or(u64::MAX)
        .saturating_add(1)
}

/// Marks all connections as stale if an error shows that they are affected as well.
pub(super) fn mark_if_stale(error: &DbErr) {
    if is_read_only(error) {
        mark_all_stale();
    } else if is_lost(error) || may_be_in_transaction(error) {
        MARK.store(now_millis(), Ordering::Relaxed);
    }
}

/// Marks all connections as stale that are open now.
pub(super) fn mark_all_stale() {
    let (last, now) = (MARK.load(Ordering::Relaxed), now_millis());
    if last == 0 || now.saturating_sub(last) >= PACE {
        MARK.store(now, Ordering::Relaxed);
    }
}

/// Returns true if a connection of this age was opened after the last mark.
pub(super) fn is_trusted(age: Duration) -> bool {
    let age = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
    let mark = MARK.load(Ordering::Relaxed);
    mark == 0 || now_millis().saturating_sub(age) > mark
}

/// Returns the database error that caused an error, if there is one.
pub(super) fn database_cause(error: &Error) -> Option<&DbErr> {
    let source = std::error::Error::source(error)?;
    source.downcast_ref()
}

/// The attempts of work that may be repeated, limited in time from the first failure.
#[derive(Debug, Default)]
pub(super) struct RetryBudget {
    /// End of the time for attempts, and the pause before the next one; `None` before the first failure.
    until: Option<(Instant, Duration)>,
}

impl RetryBudget {
    /// Returns true if another attempt is worth while, after a pause: the connection was broken, and time is left. Marks other connections as stale
    /// if they are affected.
    pub(super) async fn allows_retry(&mut self, error: &DbErr) -> bool {
        mark_if_stale(error);
        if !is_connection_specific(error) {
            return false;
        }
        let Some((until, pause)) = self.until else {
            self.until = Some((Instant::now() + PATIENCE, FIRST_PAUSE));
            return true;
        };
        if Instant::now() + pause >= until {
            return false;
        }
        tokio::time::sleep(pause).await;
        self.until = Some((until, (pause * 2).min(MOST_PAUSE)));
        true
    }
}

/// Returns true for an error that another connection may not have. It includes connections in the process of opening: the pool waits for a server
/// that accepts none, but gives up if a server that is shutting down accepts and then ends one.
fn is_connection_specific(error: &DbErr) -> bool {
    let is_within_transaction = || {
        matches!(
            driver_error(error),
            Some(SqlxError::InvalidSavePointStatement)
        )
    };
    is_lost(error) || is_within_transaction()
}

/// Returns true if an SQLite connection may still be in a transaction that has ended, because the disk was full or failed.
fn may_be_in_transaction(error: &DbErr) -> bool {
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

/// Returns true for an error of a broken connection.
fn is_lost(error: &DbErr) -> bool {
    match driver_error(error) {
        Some(SqlxError::Io(_) | SqlxError::Protocol(_)) => true,
        Some(SqlxError::Database(error)) => error.code().is_some_and(|code| {
            code.len() == 5 && ["08", "57P"].iter().any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}

/// Returns true for an error of a read-only server.
fn is_read_only(error: &DbErr) -> bool {
    match driver_error(error) {
        Some(SqlxError::Database(error)) => error.code().as_deref() == Some(READ_ONLY),
        _ => false,
    }
}

/// Returns the error of the database driver inside of a SeaORM error.
pub(super) fn driver_error(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error.as_ref()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::SqlxError;

    use super::*;

    fn lost_connection_error() -> DbErr {
        let error = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        DbErr::Query(RuntimeErr::SqlxError(SqlxError::Io(error).into()))
    }

    #[tokio::test(start_paused = true)]
    async fn retries_at_once_then_for_two_seconds() {
        let (mut patience, started) = (RetryBudget::default(), tokio::time::Instant::now());
        assert!(patience.allows_retry(&lost_connection_error()).await);
        assert_eq!(
            started.elapsed(),
            Duration::ZERO,
            "the second attempt waits"
        );
        let mut attempts = 1;
        while attempts < 4 && patience.allows_retry(&lost_connection_error()).await {
            attempts += 1;
        }
        assert_eq!((attempts, started.elapsed().as_millis()), (4, 70));
    }

    #[tokio::test]
    async fn stops_retrying_after_the_limit() {
        let mut patience = RetryBudget {
            until: Some((Instant::now(), FIRST_PAUSE)),
        };
        assert!(!patience.allows_retry(&lost_connection_error()).await);
    }

    #[tokio::test]
    async fn does_not_retry_statement_errors() {
        let refused = DbErr::Query(RuntimeErr::Internal("no such column".to_owned()));
        assert!(!RetryBudget::default().allows_retry(&refused).await);
        let timed_out = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert!(!RetryBudget::default().allows_retry(&timed_out).await);
    }
}
