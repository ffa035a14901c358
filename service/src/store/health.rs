//! The state of the database: an answer at all, the schema that this program was made for, and permission to write.

use std::sync::OnceLock;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Store, stale};
use crate::error::Error;
use crate::telemetry::metrics::PoolState;

/// What the database says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatabaseState {
    /// Migrations that it lacks.
    pub pending_migrations: usize,
    /// It accepts no writes: a standby, as after a failover to another server, or a file that may only be read.
    pub is_read_only: bool,
    /// Its disk has no room for more notes.
    pub is_full: bool,
}

impl Store {
    /// Asks the database for its state, in one statement with one row. It may have more migrations than this program: those of a later version,
    /// which keep what this one needs.
    ///
    /// Only reads, which `sea-orm-migration` does not: it makes its table when it is asked for its state.
    pub async fn database_state(&self) -> Result<DatabaseState, Error> {
        let Expected {
            count,
            postgres,
            sqlite,
        } = expected();
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
            stale::distrust();
        }
        Ok(DatabaseState {
            pending_migrations: count.saturating_sub(usize::try_from(applied).unwrap_or_default()),
            is_read_only: is_standby || !self.db().is_writable(),
            is_full: !self.has_room().await?,
        })
    }

    /// The connections of the pool.
    pub fn pool(&self) -> PoolState {
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

/// The migrations that this program was made for, and the statements that count those that the database has.
struct Expected {
    count: usize,
    postgres: String,
    sqlite: String,
}

fn expected() -> &'static Expected {
    static EXPECTED: OnceLock<Expected> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let migrations = Migrator::migrations();
        // Names of files of this program.
        let names: Vec<String> = migrations
            .iter()
            .map(|migration| format!("'{}'", migration.name()))
            .collect();
        let from = format!(
            "FROM seaql_migrations WHERE version IN ({})",
            names.join(", ")
        );
        Expected {
            count: names.len(),
            postgres: format!(
                "SELECT count(*), current_setting('transaction_read_only') = 'on' {from}"
            ),
            sqlite: format!("SELECT count(*), false {from}"),
        }
    })
}
