//! Words of notes are folded in another way: vowel signs are kept, pictures and targets of links are words.
//!
//! The words of notes that may have any of these are dropped, and `notes migrate up` folds them anew after the last step. All others are the
//! same in both ways. The release before finds the new words as far as it knows them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

/// Notes with characters beyond ASCII, or with a link.
const POSTGRES: &str = "
UPDATE notes SET vector = NULL
 WHERE octet_length(title) <> length(title) OR octet_length(content) <> length(content) OR content LIKE '%](%' OR content LIKE '%]:%'
";

/// A trigger drops the words with the row.
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

    /// The words stay as they are.
    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
