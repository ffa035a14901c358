//! A lock that allows one migration at a time across processes, because SeaORM takes none.

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tokio::time::{Instant, sleep};

use crate::config::DatabaseConfig;
use crate::error::Error;

/// Maximum time to wait for the lock; a migration that takes longer is considered stuck.
const LONGEST: Duration = Duration::from_mins(2);
const BETWEEN: Duration = Duration::from_millis(100);
/// Key of the PostgreSQL advisory lock, an arbitrary number that no other lock uses.
const KEY: i64 = 0x6e6f_7465_735f_6462;

/// The held migration lock. Dropping it releases the lock on a SQLite file; PostgreSQL releases the lock when its session ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Waits for the lock and takes it. `db` must be the only connection of its pool, because PostgreSQL grants the lock to a session.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::Unavailable`](crate::error::Code::Unavailable) if another migration holds the lock for more than two minutes.
    pub(super) async fn wait_and_acquire(
        config: &DatabaseConfig,
        db: &DatabaseConnection,
    ) -> Result<Self, Error> {
        let started = Instant::now();
        let mut waited = false;
        loop {
            if let Some(lock) = Self::try_acquire(config, db).await? {
                return Ok(lock);
            }
            if started.elapsed() > LONGEST {
                return Err(Error::unavailable(
                    "another migration has held the lock for two minutes",
                )
                .detail(
                    "another migration is running; wait until it is complete, or end its process if it hangs",
                ));
            }
            if !waited {
                tracing::info!("another migration is running: waiting for it");
                waited = true;
            }
            sleep(BETWEEN).await;
        }
    }

    async fn try_acquire(
        config: &DatabaseConfig,
        db: &DatabaseConnection,
    ) -> Result<Option<Self>, Error> {
        match config {
            DatabaseConfig::SqliteMemory => Ok(Some(Self { _file: None })),
            DatabaseConfig::SqliteFile(path) => {
                let mut name = path.clone().into_os_string();
                name.push(".migrating");
                let file = File::create(PathBuf::from(name)).map_err(Error::unavailable)?;
                match file.try_lock() {
                    Ok(()) => Ok(Some(Self { _file: Some(file) })),
                    Err(std::fs::TryLockError::WouldBlock) => Ok(None),
                    Err(std::fs::TryLockError::Error(error)) => Err(Error::unavailable(error)),
                }
            }
            DatabaseConfig::Postgres(_) => {
                let ask = Statement::from_sql_and_values(
                    DbBackend::Postgres,
                    "SELECT pg_try_advisory_lock($1) AS taken",
                    [KEY.into()],
                );
                let row = db.query_one_raw(ask).await?;
                let taken = row.is_some_and(|row| row.try_get("", "taken").unwrap_or(false));
                Ok(taken.then_some(Self { _file: None }))
            }
        }
    }
}
