//! Opens the database for a command that works with what is in it.

use sea_orm::DatabaseConnection;

use super::Goal;
use crate::config::DatabaseConfig;
use crate::error::Error;
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
