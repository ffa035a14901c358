//! PostgreSQL keeps the words of a note in its row: one row and no join, where a table beside it had two indexes and a reference of its own.
//!
//! No release was deployed with the steps before, so this one step does what would otherwise be two releases: to use the new, then to drop the
//! old.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

const WORDS: &str = "
ALTER TABLE notes ADD COLUMN vector tsvector;
UPDATE notes SET vector = s.vector FROM note_search s WHERE s.note_id = notes.id;
DROP TABLE note_search;
CREATE INDEX notes_vector ON notes USING gin (vector);
";

const WORDS_BACK: &str = "
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

/// The index of owners, which now also finds a user's latest notes. Foreign keys stand on it and are made anew.
fn owners(columns: &str) -> String {
    let parts = ["note_labels", "note_revisions"];
    let drop = parts
        .map(|part| format!("ALTER TABLE {part} DROP CONSTRAINT {part}_note_id_user_id_fkey;"));
    let add = parts.map(|part| {
        format!(
            "ALTER TABLE {part} ADD CONSTRAINT {part}_note_id_user_id_fkey \
             FOREIGN KEY (note_id, user_id) REFERENCES notes (id, user_id) ON DELETE CASCADE;"
        )
    });
    let index =
        format!("DROP INDEX notes_owner; CREATE UNIQUE INDEX notes_owner ON notes ({columns});");
    [drop.concat(), index, add.concat()].concat()
}

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
        run(manager, [WORDS, &owners("user_id, id")], REMINDERS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            [&owners("id, user_id"), WORDS_BACK],
            REMINDERS_BACK,
        )
        .await
    }
}

/// SQLite keeps its FTS5 table, which cannot be a column, and has an index of its own for the latest.
async fn run(manager: &SchemaManager<'_>, postgres: [&str; 2], both: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&postgres.concat()).await?;
    }
    db.execute_unprepared(both).await.map(drop)
}
