//! Adds the number of the write that fired a reminder. It lets every device receive the reminder once, on any replica.

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
        // Listeners query the latest one of a user.
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
