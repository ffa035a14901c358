//! Opens the database for commands that read or change its content: [`open`] and [`open_current`].

use sea_orm::DatabaseConnection;

use super::Goal;
use crate::config::DatabaseConfig;
use crate::counted::format_count;
use crate::error::{Code, Error};
use crate::store::connect::{Purpose, connect_database};

/// Opens the database. Applies pending migrations to an SQLite database, which only this service uses. The schema of a PostgreSQL server is migrated
/// separately, with `notes migrate up`.
pub async fn open_database(database: &DatabaseConfig) -> Result<DatabaseConnection, Error> {
    let steps = match database {
        DatabaseConfig::SqliteFile(_) => super::up(database, &Goal::Newest).await?,
        DatabaseConfig::SqliteMemory | DatabaseConfig::Postgres(_) => Vec::new(),
    };
    for step in steps {
        tracing::info!(step, "the schema was changed");
    }
    let db = connect_database(database, Purpose::Serving).await?;
    if matches!(database, DatabaseConfig::SqliteMemory) {
        super::up_in_memory(&db).await?;
    }
    Ok(db)
}

/// Opens a database with the newest schema, for a command that uses all of its tables and columns. Applies pending migrations to an SQLite file.
///
/// # Errors
///
/// Fails with [`Code::Conflict`] if migrations are pending on a PostgreSQL server, or for an in-memory database, which would end with the command.
pub async fn open_current(
    database: &DatabaseConfig,
    purpose: Purpose,
) -> Result<DatabaseConnection, Error> {
    match database {
        DatabaseConfig::SqliteFile(_) => drop(super::up(database, &Goal::Newest).await?),
        DatabaseConfig::SqliteMemory => {
            return Err(Error::new(Code::Conflict).detail(
                "a database in memory ends with this command; use a file, such as `DATABASE_URL=sqlite:data/notes.db`",
            ));
        }
        DatabaseConfig::Postgres(_) => {
            let steps = super::migration_status(database).await?;
            let pending = steps.iter().filter(|step| !step.applied).count();
            if pending > 0 {
                return Err(Error::new(Code::Conflict).detail(format!(
                    "the schema lacks {}: run `notes migrate up`",
                    format_count(pending as u64, "step")
                )));
            }
        }
    }
    connect_database(database, purpose).await
}
