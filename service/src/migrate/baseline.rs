//! Adopts a database whose tables were created by other means, after comparing its schema with the expected one.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};

use super::schema::{self, Difference};
use super::{connect_locked, list_steps, map_migration_error};
use crate::clock;
use crate::config::DatabaseConfig;
use crate::error::{Code, Error};
use crate::store::connect::{Purpose, connect_database};

/// The result of adopting a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Baseline {
    /// The schemas are equal; the named migrations were recorded as applied.
    Adopted(Vec<String>),
    /// The schemas differ, and nothing was written.
    Different(Vec<Difference>),
}

/// Name of the temporary PostgreSQL schema in which the expected tables are created for the comparison.
const SCRATCH: &str = "notes_expected_schema";

/// Records all migrations as applied if the database has exactly the schema that they create.
///
/// # Errors
///
/// Fails with [`Code::Conflict`] if the database has applied migrations.
pub async fn adopt_baseline(config: &DatabaseConfig) -> Result<Baseline, Error> {
    let (db, _lock) = connect_locked(config).await?;
    if list_steps(&db).await?.iter().any(|step| step.applied) {
        return Err(Error::new(Code::Conflict).detail(
            "the database already has applied migrations: `notes migrate status` lists them",
        ));
    }
    let found = schema::read_schema(&db).await?;
    let expected = match config {
        DatabaseConfig::Postgres(_) => read_expected_schema(&db).await?,
        DatabaseConfig::SqliteFile(_) | DatabaseConfig::SqliteMemory => {
            let scratch =
                connect_database(&DatabaseConfig::SqliteMemory, Purpose::Migrating).await?;
            Migrator::up(&scratch, None)
                .await
                .map_err(map_migration_error)?;
            schema::read_schema(&scratch).await?
        }
    };
    let differences = schema::compare_schemas(&found, &expected);
    if !differences.is_empty() {
        return Ok(Baseline::Different(differences));
    }
    let tx = db.begin().await?;
    Migrator::install(&tx).await.map_err(map_migration_error)?;
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
    Ok(Baseline::Adopted(taken))
}

/// Returns the expected schema of a PostgreSQL server by applying all migrations in a temporary schema, which is dropped again. The pool has a single
/// connection, so the search path applies to all statements.
async fn read_expected_schema(
    db: &DatabaseConnection,
) -> Result<std::collections::BTreeSet<String>, Error> {
    let run = async |text: String| db.execute_unprepared(&text).await.map(drop);
    run(format!("DROP SCHEMA IF EXISTS {SCRATCH} CASCADE")).await?;
    run(format!("CREATE SCHEMA {SCRATCH}")).await?;
    run(format!("SET search_path TO {SCRATCH}")).await?;
    let made = Migrator::up(db, None).await.map_err(map_migration_error);
    let read = schema::read_schema(db).await;
    run("SET search_path TO DEFAULT".to_owned()).await?;
    run(format!("DROP SCHEMA {SCRATCH} CASCADE")).await?;
    made?;
    Ok(read?)
}
