//! Opens the database for a command that works with what is in it.

use sea_orm::DatabaseConnection;

use super::Goal;
use crate::config::DatabaseConfig;
use crate::counted::counted;
use crate::error::{Code, Error};
use crate::store::connect::{Purpose, connect};

/// The embedded database is nobody else's: whoever opens it brings it up to date. A server's schema is changed before, by `notes migrate up`.
pub async fn open(database: &DatabaseConfig) -> Result<DatabaseConnection, Error> {
    let steps = match database {
        DatabaseConfig::SqliteFile(_) => super::up(database, &Goal::Newest).await?,
        DatabaseConfig::SqliteMemory | DatabaseConfig::Postgres(_) => Vec::new(),
    };
    for step in steps {
        tracing::info!(step, "the schema was changed");
    }
    let db = connect(database, Purpose::Serving).await?;
    if matches!(database, DatabaseConfig::SqliteMemory) {
        super::up_in_memory(&db).await?;
    }
    Ok(db)
}

/// Opens a database for a command that needs the newest schema, and refuses where steps are pending: it would meet columns that are missing. A
/// database in memory is refused too, because it would end with the command.
pub async fn open_current(
    database: &DatabaseConfig,
    purpose: Purpose,
) -> Result<DatabaseConnection, Error> {
    match database {
        DatabaseConfig::SqliteFile(_) => drop(super::up(database, &Goal::Newest).await?),
        DatabaseConfig::SqliteMemory => {
            return Err(Error::new(Code::Conflict).detail(
                "it would end with this command; name a file, as `DATABASE_URL=sqlite:data/notes.db`",
            ));
        }
        DatabaseConfig::Postgres(_) => {
            let steps = super::status(database).await?;
            let pending = steps.iter().filter(|step| !step.applied).count();
            if pending > 0 {
                return Err(Error::new(Code::Conflict).detail(format!(
                    "the schema lacks {}: `notes migrate up`",
                    counted(pending as u64, "step")
                )));
            }
        }
    }
    connect(database, purpose).await
}
