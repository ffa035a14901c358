//! The schema of the notes service, as steps from one version to the next.
//!
//! Steps only ever expand: tables, columns and indexes are added, so that the release before keeps working while tasks are replaced. What
//! nothing uses any more is dropped by a later release. Both databases, PostgreSQL and SQLite, take the same steps.

#![allow(
    elided_lifetimes_in_paths,
    reason = "the trait of the migrations elides them, and `async_trait` must see the same signature"
)]

mod m0001_accounts;
mod m0002_notes;
mod m0003_search;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_accounts::Migration),
            Box::new(m0002_notes::Migration),
            Box::new(m0003_search::Migration),
        ]
    }
}
