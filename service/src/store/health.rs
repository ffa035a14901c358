//! The state of the database: an answer at all, the schema that this program was made for, and permission to write.

use std::collections::BTreeSet;

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
    /// Asks the database for its state, in one statement. It may have more migrations than this program: those of a later version, which keep
    /// what this one needs.
    ///
    /// Only reads, which `sea-orm-migration` does not: it makes its table when it is asked for its state.
    pub async fn database_state(&self) -> Result<DatabaseState, Error> {
        let is_server = self.backend() == DbBackend::Postgres;
        let sql = if is_server {
            "SELECT version, current_setting('transaction_read_only') = 'on' FROM seaql_migrations"
        } else {
            "SELECT version FROM seaql_migrations"
        };
        let asked = Statement::from_string(self.backend(), sql);
        let rows = self.db().query_all_raw(asked).await?;
        let applied = rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<BTreeSet<String>, _>>()?;
        let is_read_only = match rows.first() {
            Some(row) if is_server => row.try_get_by_index(1)?,
            _ => !self.db().is_writable(),
        };
        if is_read_only && is_server {
            stale::distrust();
        }
        let expected = Migrator::migrations();
        let pending = expected
            .iter()
            .filter(|migration| !applied.contains(migration.name()));
        Ok(DatabaseState {
            pending_migrations: pending.count(),
            is_read_only,
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
