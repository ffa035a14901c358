//! Applies the migrations of the database schema: [`up`], [`down`], [`migration_status`] and [`adopt_baseline()`]. One process migrates at a time, and each migration
//! is applied completely or not at all.

mod baseline;
mod lock;
mod open;
mod schema;

pub use baseline::{Baseline, adopt_baseline};
pub use open::{open_current, open_database};
pub use schema::Difference;

use migration::{Migrator, MigratorTrait};
use sea_orm::DatabaseConnection;

use crate::config::DatabaseConfig;
use crate::domain::limits::AccountLimits;
use crate::error::{Code, Error};
use crate::store::Store;
use crate::store::connect::{Purpose, connect_database};
use lock::Lock;

/// A migration of the schema and its state in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name of the migration.
    pub name: String,
    /// `true` if the migration is applied in the database.
    pub applied: bool,
}

/// The last migration to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// Apply all pending migrations.
    Newest,
    /// Apply at most this number of pending migrations.
    Steps(u32),
    /// Apply the pending migrations up to and including the one with this name.
    Step(String),
}

/// Returns the names of all migrations, in the order in which they are applied.
pub fn migration_names() -> Vec<String> {
    Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect()
}

/// Returns all migrations in order, each with its state in the database.
pub async fn migration_status(config: &DatabaseConfig) -> Result<Vec<Step>, Error> {
    let db = connect_database(config, Purpose::Migrating).await?;
    list_steps(&db).await
}

/// Applies pending migrations up to `goal` and returns the names of those that were applied. When no migration is pending afterwards, also builds
/// missing search index entries.
pub async fn up(config: &DatabaseConfig, goal: &Goal) -> Result<Vec<String>, Error> {
    let (db, _lock) = connect_locked(config).await?;
    let before = list_steps(&db).await?;
    // Counted under the lock, because another process may have applied migrations in the meantime.
    let most = match goal {
        Goal::Newest => None,
        Goal::Steps(number) => Some(*number),
        Goal::Step(name) => Some(count_until(&before, name)),
    };
    Migrator::up(&db, most).await.map_err(map_migration_error)?;
    let taken = list_changed(&db, &before).await?;
    if list_steps(&db).await?.iter().all(|step| step.applied) {
        // The service normalizes the words of notes, so migrations cannot fill the search index.
        let store = Store::new(db, AccountLimits::default());
        store.index_missing().await?;
    }
    Ok(taken)
}

/// Applies all migrations to an in-memory database, which only this connection can access.
pub async fn up_in_memory(db: &DatabaseConnection) -> Result<(), Error> {
    Migrator::up(db, None).await.map_err(map_migration_error)
}

/// Rolls back the last `most` migrations, with all data in the tables and columns that they created. Returns the names of those that were rolled
/// back.
pub async fn down(config: &DatabaseConfig, most: u32) -> Result<Vec<String>, Error> {
    let (db, _lock) = connect_locked(config).await?;
    let before = list_steps(&db).await?;
    Migrator::down(&db, Some(most))
        .await
        .map_err(map_migration_error)?;
    list_changed(&db, &before).await
}

/// Returns the number of pending migrations up to and including `name`.
fn count_until(steps: &[Step], name: &str) -> u32 {
    let end = steps
        .iter()
        .position(|step| step.name == name)
        .map_or(0, |at| at + 1);
    let left = steps[..end].iter().filter(|step| !step.applied).count();
    u32::try_from(left).unwrap_or(u32::MAX)
}

async fn connect_locked(config: &DatabaseConfig) -> Result<(DatabaseConnection, Lock), Error> {
    let db = connect_database(config, Purpose::Migrating).await?;
    let lock = Lock::wait_and_acquire(config, &db).await?;
    Ok((db, lock))
}

async fn list_steps(db: &DatabaseConnection) -> Result<Vec<Step>, Error> {
    let applied = Migrator::get_applied_migrations_read_only(db)
        .await
        .map_err(map_migration_error)?;
    Ok(Migrator::migrations()
        .iter()
        .map(|step| Step {
            name: step.name().to_owned(),
            applied: applied.iter().any(|done| done.name() == step.name()),
        })
        .collect())
}

/// Returns the names of the migrations whose state differs from `before`.
async fn list_changed(db: &DatabaseConnection, before: &[Step]) -> Result<Vec<String>, Error> {
    let after = list_steps(db).await?;
    Ok(before
        .iter()
        .zip(after)
        .filter(|(before, after)| before.applied != after.applied)
        .map(|(_, after)| after.name)
        .collect())
}

/// Converts a migration error. A database that a later release has migrated is a conflict: it is not a defect, and a retry does not help.
fn map_migration_error(error: sea_orm::DbErr) -> Error {
    let unknown = matches!(&error, sea_orm::DbErr::Custom(text) if text.contains("missing"));
    if unknown {
        Error::new(Code::Conflict).detail(
            "the database was migrated by a later release: it has steps that are unknown to this program",
        )
    } else {
        error.into()
    }
}
