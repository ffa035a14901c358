//! Changes the folding of words in notes: vowel signs are kept, and emoji and link targets become words.
//!
//! This step drops the words of notes that may be affected, and `notes migrate up` folds them again after the last step. The words of other notes are
//! the same in both versions. The previous release finds the new words as far as it knows them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

/// Notes with characters outside ASCII, or with a link.
const POSTGRES: &str = "
UPDATE notes SET vector = NULL
 WHERE octet_length(title) <> length(title) OR octet_length(content) <> length(content) OR content LIKE '%](%' OR content LIKE '%]:%'
";

/// Notes as for PostgreSQL. A trigger deletes their words together with the row.
const SQLITE: &str = "
DELETE FROM note_search WHERE note_id IN (
    SELECT id FROM notes
     WHERE length(CAST(title AS blob)) <> length(title) OR length(CAST(content AS blob)) <> length(content)
        OR content LIKE '%](%' OR content LIKE '%]:%')
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        manager
            .get_connection()
            .execute_unprepared(text)
            .await
            .map(drop)
    }

    /// Keeps the words unchanged.
    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
