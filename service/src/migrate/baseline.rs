//! Takes over a database whose tables were made by other means, after looking whether they are the same.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};

use super::schema::{self, Difference};
use super::{alone, failed, steps};
use crate::clock;
use crate::config::DatabaseConfig;
use crate::error::{Code, Error};
use crate::store::connect::{Purpose, connect};

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Baseline {
    /// The schemas are equal: all steps count as taken.
    Taken(Vec<String>),
    /// They are not, and nothing was written.
    Different(Vec<Difference>),
}

/// Where the expected schema is made on a server, for as long as it is looked at.
const SCRATCH: &str = "notes_expected_schema";

/// Marks all steps as taken if the database has exactly what they make.
pub async fn baseline(config: &DatabaseConfig) -> Result<Baseline, Error> {
    let (db, _lock) = alone(config).await?;
    if steps(&db).await?.iter().any(|step| step.applied) {
        return Err(Error::new(Code::Conflict).detail(
            "the database has been migrated before: `notes migrate status` shows how far",
        ));
    }
    let found = schema::read(&db).await?;
    let expected = match config {
        DatabaseConfig::Postgres(_) => on_server(&db).await?,
        DatabaseConfig::SqliteFile(_) | DatabaseConfig::SqliteMemory => {
            let scratch = connect(&DatabaseConfig::SqliteMemory, Purpose::Migrating).await?;
            Migrator::up(&scratch, None).await.map_err(failed)?;
            schema::read(&scratch).await?
        }
    };
    let differences = schema::differences(&found, &expected);
    if !differences.is_empty() {
        return Ok(Baseline::Different(differences));
    }
    let tx = db.begin().await?;
    Migrator::install(&tx).await.map_err(failed)?;
    let backend = tx.get_database_backend();
    let mut taken = Vec::new();
    for step in Migrator::migrations() {
        let text = "INSERT INTO seaql_migrations (version, applied_at) VALUES ($1, $2)";
        let values = [step.name().into(), clock::now().timestamp().into()];
        tx.execute_raw(Statement::from_sql_and_values(backend, text, values))
            .await?;
        taken.push(step.name().to_owned());
    }
    tx.commit().await?;
    Ok(Baseline::Taken(taken))
}

/// The expected schema, made beside the real one and dropped again. The pool has one connection, so the search path stays.
async fn on_server(db: &DatabaseConnection) -> Result<std::collections::BTreeSet<String>, Error> {
    let run = async |text: String| db.execute_unprepared(&text).await.map(drop);
    run(format!("DROP SCHEMA IF EXISTS {SCRATCH} CASCADE")).await?;
    run(format!("CREATE SCHEMA {SCRATCH}")).await?;
    run(format!("SET search_path TO {SCRATCH}")).await?;
    let made = Migrator::up(db, None).await.map_err(failed);
    let read = schema::read(db).await;
    run("SET search_path TO DEFAULT".to_owned()).await?;
    run(format!("DROP SCHEMA {SCRATCH} CASCADE")).await?;
    made?;
    Ok(read?)
}
