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

/// Time after the first failure in which work that only reads is begun again over other connections: a server that restarts ends connections for a
/// moment, new ones too. Waiting for a server that accepts none is the pool's, and comes in addition.
const PATIENCE: Duration = Duration::from_secs(2);

/// Pause before the third attempt, doubled for each one after it up to [`MOST_PAUSE`]; the second one follows at once.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// Longest pause between two attempts.
const MOST_PAUSE: Duration = Duration::from_millis(250);

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

/// Returns the failure of the database that is the cause of a failure, if one is.
pub(super) fn cause(error: &Error) -> Option<&DbErr> {
    let source = std::error::Error::source(error)?;
    source.downcast_ref()
}

/// The attempts of one piece of work that may be done twice, bounded in time from its first failure on.
#[derive(Debug, Default)]
pub(super) struct Patience {
    /// End of the time for attempts, and the pause before the next one; none before the first failure.
    until: Option<(Instant, Duration)>,
}

impl Patience {
    /// Tells of a failure if another attempt is worth it, after a pause: the connection that was used was broken, and there is time left. Ends the trust
    /// in connections that are no better.
    pub(super) async fn allows_another(&mut self, error: &DbErr) -> bool {
        note(error);
        if !is_met_by_one_connection(error) {
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

/// Tells of a failure that another connection need not meet. It may be one that was being opened: the pool waits for a server that accepts none, and
/// gives up when one that is about to stop accepts it and ends it.
fn is_met_by_one_connection(error: &DbErr) -> bool {
    let is_within_transaction = || {
        matches!(
            driver_error(error),
            Some(SqlxError::InvalidSavePointStatement)
        )
    };
    is_lost(error) || is_within_transaction()
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

#[cfg(test)]
mod tests {
    use sea_orm::SqlxError;

    use super::*;

    fn lost() -> DbErr {
        let error = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        DbErr::Query(RuntimeErr::SqlxError(SqlxError::Io(error).into()))
    }

    #[tokio::test(start_paused = true)]
    async fn repeats_at_once_and_then_for_two_seconds() {
        let (mut patience, started) = (Patience::default(), tokio::time::Instant::now());
        assert!(patience.allows_another(&lost()).await);
        assert_eq!(
            started.elapsed(),
            Duration::ZERO,
            "the second attempt waits"
        );
        let mut attempts = 1;
        while attempts < 4 && patience.allows_another(&lost()).await {
            attempts += 1;
        }
        assert_eq!((attempts, started.elapsed().as_millis()), (4, 70));
    }

    #[tokio::test]
    async fn does_not_repeat_after_its_time() {
        let mut patience = Patience {
            until: Some((Instant::now(), FIRST_PAUSE)),
        };
        assert!(!patience.allows_another(&lost()).await);
    }

    #[tokio::test]
    async fn does_not_repeat_what_a_statement_is_to_blame_for() {
        let refused = DbErr::Query(RuntimeErr::Internal("no such column".to_owned()));
        assert!(!Patience::default().allows_another(&refused).await);
        let timed_out = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert!(!Patience::default().allows_another(&timed_out).await);
    }
}
