//! PostgreSQL keeps the words of a note in its row: one row and no join, where a table beside it had two indexes and a reference of its own.
//!
//! No release was deployed with the steps before, so this one step does what would otherwise be two releases: to use the new, then to drop the
//! old.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

/// The index of owners now also finds a user's latest notes. Foreign keys stand on it and are made anew.
const WORDS: &str = "
ALTER TABLE notes ADD COLUMN vector tsvector;
UPDATE notes SET vector = s.vector FROM note_search s WHERE s.note_id = notes.id;
DROP TABLE note_search;
CREATE INDEX notes_vector ON notes USING gin (vector);

ALTER TABLE note_labels DROP CONSTRAINT note_labels_note_id_user_id_fkey;
ALTER TABLE note_revisions DROP CONSTRAINT note_revisions_note_id_user_id_fkey;
DROP INDEX notes_owner;
CREATE UNIQUE INDEX notes_owner ON notes (user_id, id);
ALTER TABLE note_labels ADD CONSTRAINT note_labels_note_id_user_id_fkey
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE;
ALTER TABLE note_revisions ADD CONSTRAINT note_revisions_note_id_user_id_fkey
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE;
";

const WORDS_BACK: &str = "
ALTER TABLE note_labels DROP CONSTRAINT note_labels_note_id_user_id_fkey;
ALTER TABLE note_revisions DROP CONSTRAINT note_revisions_note_id_user_id_fkey;
DROP INDEX notes_owner;
CREATE UNIQUE INDEX notes_owner ON notes (id, user_id);
ALTER TABLE note_labels ADD CONSTRAINT note_labels_note_id_user_id_fkey
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE;
ALTER TABLE note_revisions ADD CONSTRAINT note_revisions_note_id_user_id_fkey
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE;

CREATE TABLE note_search (
    note_id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    vector tsvector NOT NULL,
    FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE
);
INSERT INTO note_search SELECT id, user_id, vector FROM notes WHERE vector IS NOT NULL;
CREATE INDEX note_search_vector ON note_search USING gin (vector);
CREATE INDEX note_search_recent ON note_search (user_id, note_id DESC);
ALTER TABLE notes DROP COLUMN vector;
";

/// Most notes do not remind, and who lists reminders asks for those that do.
const REMINDERS: &str = "
DROP INDEX notes_reminders;
CREATE INDEX notes_reminders ON notes (user_id, reminder_at, id) WHERE reminder_at IS NOT NULL;
";

const REMINDERS_BACK: &str = "
DROP INDEX notes_reminders;
CREATE INDEX notes_reminders ON notes (user_id, reminder_at, id);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, WORDS, REMINDERS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, WORDS_BACK, REMINDERS_BACK).await
    }
}

/// SQLite keeps its FTS5 table, which cannot be a column.
async fn run(manager: &SchemaManager<'_>, postgres: &str, both: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(postgres).await?;
    }
    db.execute_unprepared(both).await.map(drop)
}
