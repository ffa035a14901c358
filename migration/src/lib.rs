//! The database schema of the notes service, as a sequence of migration steps. [`Migrator`] applies them; [`steps`] lists them with their [`Effect`].
//!
//! Steps usually expand the schema: they add tables, columns and indexes, so that the previous release keeps working while tasks are replaced. A
//! later release drops unused parts in a separate step marked as contracting: a deployment flags such a step, and rollbacks do not cross it.
//! PostgreSQL and SQLite have the same steps.

#![allow(
    elided_lifetimes_in_paths,
    reason = "the trait of the migrations elides them, and `async_trait` must see the same signature"
)]

mod m0001_accounts;
mod m0002_notes;
mod m0003_search;
mod m0004_fired_reminders;
mod m0005_words_in_notes;
mod m0006_operators;
mod m0007_mailed_links;
mod m0008_words_of_all_scripts;
mod m0009_attachments;
mod m0010_sharing;
mod m0011_recurring_reminders;
mod m0012_webhooks;
mod m0013_saved_filters;
mod m0014_factors;
mod m0015_identities;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// The effect of a step on the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The step adds to the schema; the previous release continues to work.
    Expands,
    /// The step removes or changes parts of the schema that the previous release uses.
    Contracts,
}

/// Returns all steps in order, with their effects.
fn all_steps() -> Vec<(Box<dyn MigrationTrait>, Effect)> {
    vec![
        (Box::new(m0001_accounts::Migration), Effect::Expands),
        (Box::new(m0002_notes::Migration), Effect::Expands),
        (Box::new(m0003_search::Migration), Effect::Expands),
        (Box::new(m0004_fired_reminders::Migration), Effect::Expands),
        (Box::new(m0005_words_in_notes::Migration), Effect::Contracts),
        (Box::new(m0006_operators::Migration), Effect::Expands),
        (Box::new(m0007_mailed_links::Migration), Effect::Expands),
        (
            Box::new(m0008_words_of_all_scripts::Migration),
            Effect::Expands,
        ),
        (Box::new(m0009_attachments::Migration), Effect::Expands),
        (Box::new(m0010_sharing::Migration), Effect::Expands),
        (
            Box::new(m0011_recurring_reminders::Migration),
            Effect::Expands,
        ),
        (Box::new(m0012_webhooks::Migration), Effect::Expands),
        (Box::new(m0013_saved_filters::Migration), Effect::Expands),
        (Box::new(m0014_factors::Migration), Effect::Expands),
        (Box::new(m0015_identities::Migration), Effect::Expands),
    ]
}

/// Returns the names of all steps in order, with their effects.
pub fn steps() -> Vec<(String, Effect)> {
    all_steps()
        .into_iter()
        .map(|(step, effect)| (step.name().to_owned(), effect))
        .collect()
}

/// Applies the steps to a database.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        all_steps().into_iter().map(|(step, _)| step).collect()
    }
}
