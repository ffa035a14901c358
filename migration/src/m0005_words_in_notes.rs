//! Moves the search vector of a note into its row in PostgreSQL, which saves a table with two indexes, a foreign key and a join.
//!
//! No release with the earlier steps was deployed. This step therefore combines two releases: the first to use the new column, the second to drop the
//! old table.

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

/// Returns statements that rebuild the index of owners, which now also finds the latest notes of a user, and the foreign keys that depend on it.
fn rebuild_owner_index(columns: &str) -> String {
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

/// Restricts the index of reminders to notes that have one: most notes have none, and lists of reminders contain only those.
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
        run_statements(
            manager,
            [WORDS, &rebuild_owner_index("user_id, id")],
            REMINDERS,
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_statements(
            manager,
            [&rebuild_owner_index("id, user_id"), WORDS_BACK],
            REMINDERS_BACK,
        )
        .await
    }
}

/// Runs the statements of a direction. SQLite keeps its FTS5 table, which cannot be a column, and has a separate index for the latest notes.
async fn run_statements(
    manager: &SchemaManager<'_>,
    postgres: [&str; 2],
    both: &str,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&postgres.concat()).await?;
    }
    db.execute_unprepared(both).await.map(drop)
}
