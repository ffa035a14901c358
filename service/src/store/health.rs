//! Whether the database answers, and is the one that this program was made for.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Store;
use crate::error::Error;
use crate::telemetry::metrics::PoolState;

impl Store {
    /// How many migrations of this program the database lacks. It may have more: those of a later version, which keep what this one needs.
    ///
    /// Only reads, which `sea-orm-migration` does not: it makes its table when it is asked for its state.
    pub async fn pending_migrations(&self) -> Result<usize, Error> {
        let applied =
            Statement::from_string(self.backend(), "SELECT version FROM seaql_migrations");
        let applied = self.db().query_all_raw(applied).await?;
        let applied = applied
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<BTreeSet<String>, _>>()?;
        let expected = Migrator::migrations();
        let pending = expected
            .iter()
            .filter(|migration| !applied.contains(migration.name()));
        Ok(pending.count())
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
