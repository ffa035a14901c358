//! Brings the schema of a database up to date: one process at a time, step by step, each step whole or not at all.

mod baseline;
mod lock;
mod open;
mod schema;

pub use baseline::{Baseline, baseline};
pub use open::{open, open_current};
pub use schema::Difference;

use migration::{Migrator, MigratorTrait};
use sea_orm::DatabaseConnection;

use crate::config::DatabaseConfig;
use crate::domain::limits::AccountLimits;
use crate::error::{Code, Error};
use crate::store::Store;
use crate::store::connect::{Purpose, connect};
use lock::Lock;

/// One step and whether it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// How far the schema is brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// Until no step is left.
    Newest,
    /// Until so many steps were taken.
    Steps(u32),
    /// Until this step was taken, by name.
    Step(String),
}

/// The names of all steps, in order.
pub fn names() -> Vec<String> {
    Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect()
}

/// The steps, in order, and whether the database has taken them.
pub async fn status(config: &DatabaseConfig) -> Result<Vec<Step>, Error> {
    let db = connect(config, Purpose::Migrating).await?;
    steps(&db).await
}

/// Takes the steps that are left, or some of them. Says which were taken.
pub async fn up(config: &DatabaseConfig, goal: &Goal) -> Result<Vec<String>, Error> {
    let (db, _lock) = alone(config).await?;
    let before = steps(&db).await?;
    // Counted under the lock: another process may have taken some meanwhile.
    let most = match goal {
        Goal::Newest => None,
        Goal::Steps(number) => Some(*number),
        Goal::Step(name) => Some(left_until(&before, name)),
    };
    Migrator::up(&db, most).await.map_err(failed)?;
    let taken = changed(&db, &before).await?;
    if steps(&db).await?.iter().all(|step| step.applied) {
        // Words of notes are folded by the service: what steps cannot fill is filled here.
        let store = Store::new(db, AccountLimits::default());
        store.index_missing().await?;
    }
    Ok(taken)
}

/// Takes all steps in a database in memory, which only its own connection sees.
pub async fn up_in_memory(db: &DatabaseConnection) -> Result<(), Error> {
    Migrator::up(db, None).await.map_err(failed)
}

/// Takes back the last steps, with what was stored in what they made. Says which were taken back.
pub async fn down(config: &DatabaseConfig, most: u32) -> Result<Vec<String>, Error> {
    let (db, _lock) = alone(config).await?;
    let before = steps(&db).await?;
    Migrator::down(&db, Some(most)).await.map_err(failed)?;
    changed(&db, &before).await
}

/// How many steps are left until this one is taken.
fn left_until(steps: &[Step], name: &str) -> u32 {
    let end = steps
        .iter()
        .position(|step| step.name == name)
        .map_or(0, |at| at + 1);
    let left = steps[..end].iter().filter(|step| !step.applied).count();
    u32::try_from(left).unwrap_or(u32::MAX)
}

async fn alone(config: &DatabaseConfig) -> Result<(DatabaseConnection, Lock), Error> {
    let db = connect(config, Purpose::Migrating).await?;
    let lock = Lock::take(config, &db).await?;
    Ok((db, lock))
}

async fn steps(db: &DatabaseConnection) -> Result<Vec<Step>, Error> {
    let applied = Migrator::get_applied_migrations_read_only(db)
        .await
        .map_err(failed)?;
    Ok(Migrator::migrations()
        .iter()
        .map(|step| Step {
            name: step.name().to_owned(),
            applied: applied.iter().any(|done| done.name() == step.name()),
        })
        .collect())
}

/// The steps whose state is another one now.
async fn changed(db: &DatabaseConnection, before: &[Step]) -> Result<Vec<String>, Error> {
    let after = steps(db).await?;
    Ok(before
        .iter()
        .zip(after)
        .filter(|(before, after)| before.applied != after.applied)
        .map(|(_, after)| after.name)
        .collect())
}

/// A database from a later release has steps that this program does not know: not a defect, and not to be tried again either.
fn failed(error: sea_orm::DbErr) -> Error {
    let unknown = matches!(&error, sea_orm::DbErr::Custom(text) if text.contains("missing"));
    if unknown {
        Error::new(Code::Conflict).detail(
            "the database has steps that this program does not know: a later release has migrated it",
        )
    } else {
        error.into()
    }
}
