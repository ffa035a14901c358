//! One migration at a time, however many processes are started: SeaORM takes no lock of its own.

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tokio::time::{Instant, sleep};

use crate::config::DatabaseConfig;
use crate::error::Error;

/// Whoever waits longer has met a migration that hangs.
const LONGEST: Duration = Duration::from_mins(2);
const BETWEEN: Duration = Duration::from_millis(100);
/// The name of the lock among the advisory locks of the database; any number that nobody else uses.
const KEY: i64 = 0x6e6f_7465_735f_6462;

/// Held until it is dropped: by the session of PostgreSQL, by the operating system for a file.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Waits for those before. The connection must be the pool's only one, because PostgreSQL gives the lock to a session.
    pub(super) async fn take(
        config: &DatabaseConfig,
        db: &DatabaseConnection,
    ) -> Result<Self, Error> {
        let started = Instant::now();
        let mut waited = false;
        loop {
            if let Some(lock) = Self::attempt(config, db).await? {
                return Ok(lock);
            }
            if started.elapsed() > LONGEST {
                return Err(Error::unavailable(
                    "another migration has held the lock for two minutes",
                )
                .detail(
                    "another migration is running; wait for it, or end the process that hangs",
                ));
            }
            if !waited {
                tracing::info!("another migration is running: waiting for it");
                waited = true;
            }
            sleep(BETWEEN).await;
        }
    }

    async fn attempt(
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
