//! Adds full-text search: the service folds the words of notes, and each database indexes them with its own kind of index.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

/// Tables and indexes for PostgreSQL. One word of each vector names the owner, so that the index serves searches within the notes of one user.
const POSTGRES: &str = "
CREATE TABLE note_search (
    note_id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    vector tsvector NOT NULL,
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE
);
CREATE INDEX note_search_vector ON note_search USING gin (vector);
CREATE INDEX note_search_recent ON note_search (user_id, note_id DESC);
";

/// Tables, index and trigger for SQLite. FTS5 keeps only the index, by number; a separate table maps the numbers to notes.
const SQLITE: &str = "
CREATE TABLE note_search (
    doc integer PRIMARY KEY,
    note_id blob NOT NULL UNIQUE,
    user_id blob NOT NULL,
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE
);
CREATE INDEX note_search_recent ON note_search (user_id, note_id DESC);
CREATE VIRTUAL TABLE note_words USING fts5 (
    owner, title, body, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0 tokenchars '@'\"
);
CREATE TRIGGER note_search_deleted AFTER DELETE ON note_search BEGIN
    DELETE FROM note_words WHERE rowid = old.doc;
END;
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
        // `notes migrate up` indexes existing notes after the last step, because the service implements the folding of words.
        manager
            .get_connection()
            .execute_unprepared(text)
            .await
            .map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = match manager.get_database_backend() {
            DbBackend::Postgres => "DROP TABLE note_search",
            _ => "DROP TRIGGER note_search_deleted; DROP TABLE note_words; DROP TABLE note_search",
        };
        manager
            .get_connection()
            .execute_unprepared(text)
            .await
            .map(drop)
    }
}
