//! Adds named filters that users have saved.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string, text, timestamp_with_time_zone, uuid,
};

use crate::m0001_accounts::Users;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(SavedFilters::Table)
                    .col(uuid(SavedFilters::Id).primary_key())
                    .col(uuid(SavedFilters::UserId))
                    .col(string(SavedFilters::Name))
                    .col(string(SavedFilters::NameKey))
                    // JSON with the criteria. Labels in it may be deleted, which does not change the filter.
                    .col(text(SavedFilters::Query))
                    .col(integer(SavedFilters::Sort))
                    .col(big_integer(SavedFilters::Version))
                    .col(big_integer(SavedFilters::ChangeSeq))
                    .col(timestamp_with_time_zone(SavedFilters::CreatedAt))
                    .col(timestamp_with_time_zone(SavedFilters::UpdatedAt))
                    .foreign_key(
                        ForeignKey::create()
                            .from(SavedFilters::Table, SavedFilters::UserId)
                            .to(Users::Table, Users::Id)
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("saved_filters_name")
                    .table(SavedFilters::Table)
                    .col(SavedFilters::UserId)
                    .col(SavedFilters::NameKey)
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("saved_filters_changes")
                    .table(SavedFilters::Table)
                    .col(SavedFilters::UserId)
                    .col(SavedFilters::ChangeSeq)
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(SavedFilters::Table).to_owned())
            .await?;
        // The previous release does not know tombstones of kind 4.
        manager
            .get_connection()
            .execute_unprepared("DELETE FROM tombstones WHERE kind = 4")
            .await?;
        Ok(())
    }
}

#[derive(DeriveIden)]
enum SavedFilters {
    Table,
    Id,
    UserId,
    Name,
    NameKey,
    Query,
    Sort,
    Version,
    ChangeSeq,
    CreatedAt,
    UpdatedAt,
}
