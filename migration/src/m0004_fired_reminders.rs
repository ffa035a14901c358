//! Which write has fired a reminder: by this number every device hears of it, on whichever replica it listens, and none twice.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("ALTER TABLE notes ADD COLUMN reminder_fired_seq bigint")
            .await?;
        // Of a user the last one, which everybody who listens asks for.
        db.execute_unprepared(
            "CREATE INDEX notes_fired ON notes (user_id, reminder_fired_seq) WHERE reminder_fired_seq IS NOT NULL",
        )
        .await
        .map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DROP INDEX notes_fired").await?;
        db.execute_unprepared("ALTER TABLE notes DROP COLUMN reminder_fired_seq")
            .await
            .map(drop)
    }
}
