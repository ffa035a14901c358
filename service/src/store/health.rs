//! Health of the database: it answers, has the schema that this program needs, and accepts writes.

use std::sync::OnceLock;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Store, stale};
use crate::error::Error;
use crate::telemetry::metrics::PoolState;

/// The state of the database, as readiness checks report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatabaseState {
    /// Number of migrations of this program that the database lacks.
    pub pending_migrations: usize,
    /// True if the database accepts no writes: a standby server, for example after a failover, or a read-only file.
    pub is_read_only: bool,
    /// True if the disk has no room for more notes.
    pub is_full: bool,
}

impl Store {
    /// Queries the state of the database in one statement with one row. Additional migrations are accepted: later releases add them, and keep the
    /// schema that this program needs.
    ///
    /// It only reads. The status functions of `sea-orm-migration` are no alternative, because they create the table of migrations.
    pub async fn database_state(&self) -> Result<DatabaseState, Error> {
        let ExpectedMigrations {
            count,
            postgres,
            sqlite,
        } = expected_migrations();
        let sql = match self.backend() {
            DbBackend::Postgres => postgres,
            _ => sqlite,
        };
        let asked = Statement::from_string(self.backend(), sql);
        let row = self.db().query_one_raw(asked).await?;
        let row = row.ok_or_else(|| Error::internal("a count that is none"))?;
        let applied: i64 = row.try_get_by_index(0)?;
        let is_standby: bool = row.try_get_by_index(1)?;
        if is_standby {
            stale::mark_all_stale();
        }
        Ok(DatabaseState {
            pending_migrations: count.saturating_sub(usize::try_from(applied).unwrap_or_default()),
            is_read_only: is_standby || !self.db().is_writable(),
            is_full: !self.has_room().await?,
        })
    }

    /// Returns the number of open and idle connections in the pool.
    pub fn pool_state(&self) -> PoolState {
        let (open, idle, max) = if self.backend() == DbBackend::Postgres {
            let pool = self.db().get_postgres_connection_pool();
            (
                pool.size(),
                pool.num_idle(),
                pool.options().get_max_connections(),
            )
        } else {
            let pool = self.db().get_sqlite_connection_pool();
            (
                pool.size(),
                pool.num_idle(),
                pool.options().get_max_connections(),
            )
        };
        PoolState {
            open,
            idle: u32::try_from(idle).unwrap_or(u32::MAX),
            max,
        }
    }
}

/// The migrations of this program, and the statements that count those which the database has applied.
struct ExpectedMigrations {
    count: usize,
    postgres: String,
    sqlite: String,
}

fn expected_migrations() -> &'static ExpectedMigrations {
    static EXPECTED: OnceLock<ExpectedMigrations> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let migrations = Migrator::migrations();
        // Quoting is safe: the names are the file names of this program's migrations.
        let names: Vec<String> = migrations
            .iter()
            .map(|migration| format!("'{}'", migration.name()))
            .collect();
        let from = format!(
            "FROM seaql_migrations WHERE version IN ({})",
            names.join(", ")
        );
        ExpectedMigrations {
            count: names.len(),
            postgres: format!(
                "SELECT count(*), current_setting('transaction_read_only') = 'on' {from}"
            ),
            sqlite: format!("SELECT count(*), false {from}"),
        }
    })
}
