//! Database connections: pools with limits and timeouts, so that no statement and no wait is unbounded.

use std::path::{Path, PathBuf};
use std::time::Duration;

use log::LevelFilter;
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{Connection as _, Pool, Postgres, Sqlite};
use sea_orm::{DatabaseConnection, SqlxError, SqlxPostgresConnector, SqlxSqliteConnector};
use secrecy::ExposeSecret;

use super::disk::Disk;
use super::stale;
use crate::config::{DatabaseConfig, PostgresConfig, Tls};
use crate::error::Error;

/// Duration above which a statement is logged as slow, without its values.
const SLOW: Duration = Duration::from_millis(500);
/// Idle time after which a connection is pinged before it is used.
const IDLE: Duration = Duration::from_secs(30);

/// The purpose of a connection, which decides the size of the pool and its timeouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Requests: a pool for short statements.
    Serving,
    /// Schema migrations: a single connection without a statement timeout.
    Migrating,
}

impl Purpose {
    /// Returns the maximum wait for a connection of the pool. Longer waits of requests would only make an outage worse.
    fn acquire_timeout(self) -> Duration {
        match self {
            Self::Serving => Duration::from_secs(3),
            Self::Migrating => Duration::from_secs(10),
        }
    }
}

/// Opens the database. The pool for a PostgreSQL server connects on first use, so that the service starts even while the server is down.
///
/// # Errors
///
/// `unavailable` if the SQLite file or its folder cannot be created or opened.
pub async fn connect_database(
    config: &DatabaseConfig,
    purpose: Purpose,
) -> Result<DatabaseConnection, Error> {
    match config {
        DatabaseConfig::SqliteMemory => {
            let options = SqliteConnectOptions::new().in_memory(true);
            connect_sqlite(options, 1, purpose).await
        }
        DatabaseConfig::SqliteFile(path) => {
            prepare_folder(path)?;
            // SQLite creates its log when it opens the file, which on a full disk needs the reserved room.
            if let Some(disk) = Disk::for_database_file(path) {
                // If the file system gives no answer, opening the file below reports the problem.
                let _ = disk.release_if_full();
            }
            let options = SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // With WAL, a crash of the machine may lose the last commits, but never corrupts the file
                // (https://www.sqlite.org/pragma.html#pragma_synchronous).
                .synchronous(SqliteSynchronous::Normal);
            let connections = if purpose == Purpose::Serving { 4 } else { 1 };
            connect_sqlite(options, connections, purpose).await
        }
        DatabaseConfig::Postgres(server) => Ok(connect_postgres(server, purpose)),
    }
}

async fn connect_sqlite(
    options: SqliteConnectOptions,
    connections: u32,
    purpose: Purpose,
) -> Result<DatabaseConnection, Error> {
    let options = options
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .optimize_on_close(true, None)
        .log_statements(LevelFilter::Off)
        .log_slow_statements(LevelFilter::Warn, SLOW);
    let pool: Pool<Sqlite> = SqlitePoolOptions::new()
        .before_acquire(|connection, state| {
            Box::pin(async move {
                if stale::is_trusted(state.age) {
                    return Ok(true);
                }
                // Runs after statements that are still queued, which may include a rollback.
                connection.ping().await?;
                // Drops a connection that is still in a transaction which SQLite has ended. Other connections stay: on a full disk, a new one may
                // find no room for its log.
                Ok(!connection.is_in_transaction())
            })
        })
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(purpose.acquire_timeout())
        // An in-memory database lives as long as its last connection.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(Error::unavailable)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

fn connect_postgres(server: &PostgresConfig, purpose: Purpose) -> DatabaseConnection {
    let serving = purpose == Purpose::Serving;
    let pool: Pool<Postgres> = PgPoolOptions::new()
        .max_connections(if serving { server.pool } else { 1 })
        .acquire_timeout(purpose.acquire_timeout())
        .max_lifetime(serving.then_some(Duration::from_mins(30)))
        .idle_timeout(serving.then_some(Duration::from_mins(10)))
        .test_before_acquire(false)
        .before_acquire(|connection, state| {
            Box::pin(async move {
                if !stale::is_trusted(state.age) {
                    return Ok(false);
                }
                if state.idle_for > IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(postgres_options(server, purpose));
    SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
}

fn postgres_options(server: &PostgresConfig, purpose: Purpose) -> PgConnectOptions {
    let mut options = PgConnectOptions::new_without_pgpass()
        .host(&server.host)
        .port(server.port)
        .database(&server.name)
        .username(&server.username)
        .ssl_mode(match server.tls {
            Tls::Disable => PgSslMode::Disable,
            Tls::Require => PgSslMode::Require,
            Tls::VerifyFull => PgSslMode::VerifyFull,
        })
        .log_statements(LevelFilter::Off)
        .log_slow_statements(LevelFilter::Warn, SLOW);
    if let Some(password) = &server.password {
        options = options.password(password.expose_secret());
    }
    if let Some(path) = &server.tls_ca {
        options = options.ssl_root_cert(path);
    }
    match purpose {
        Purpose::Serving => options.application_name("notes").options([
            ("statement_timeout", "5s"),
            ("lock_timeout", "3s"),
            ("idle_in_transaction_session_timeout", "10s"),
        ]),
        // While it waits for a lock, a schema change blocks every later statement on the table.
        Purpose::Migrating => options
            .application_name("notes migrate")
            .options([("lock_timeout", "5s"), ("statement_timeout", "0")]),
    }
}

fn prepare_folder(path: &Path) -> Result<(), Error> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).map_err(|error| {
        Error::unavailable(error)
            .detail(format!("the folder {} cannot be created", folder.display()))
    })
}

/// Returns true if the server rejects the configured password, by opening a separate connection. Other failures return false.
///
/// Amazon RDS can rotate the password while tasks run. Open connections survive, new ones fail, and only a new task reads the new secret.
pub async fn is_password_rejected(config: &DatabaseConfig) -> bool {
    let DatabaseConfig::Postgres(server) = config else {
        return false;
    };
    match postgres_options(server, Purpose::Serving).connect().await {
        Ok(connection) => {
            // The result is known; an error while closing does not matter.
            let _ = connection.close().await;
            false
        }
        Err(SqlxError::Database(error)) => {
            // SQLSTATE `invalid_password` and `invalid_authorization_specification`.
            matches!(error.code().as_deref(), Some("28P01" | "28000"))
        }
        Err(_) => false,
    }
}
