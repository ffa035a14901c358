//! Adds notes, labels, revisions of notes, and tombstones of permanently deleted entities.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, small_integer, small_integer_null, string, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, var_binary,
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
                    .table(Notes::Table)
                    .col(uuid(Notes::Id).primary_key())
                    .col(uuid(Notes::UserId))
                    // 0 active, 1 archived, 2 trash.
                    .col(small_integer(Notes::Place).default(0))
                    .col(small_integer_null(Notes::TrashedFrom))
                    .col(timestamp_with_time_zone_null(Notes::TrashedAt))
                    // 0 pinned, 1 not: all columns of the order sort in one direction.
                    .col(small_integer(Notes::PinRank).default(1))
                    .col(var_binary(Notes::Position, 256))
                    .col(string(Notes::Title))
                    .col(text(Notes::Content))
                    .col(string(Notes::Color))
                    .col(timestamp_with_time_zone_null(Notes::ReminderAt))
                    .col(timestamp_with_time_zone_null(Notes::ReminderFiredAt))
                    .col(big_integer(Notes::Version).default(1))
                    .col(big_integer(Notes::ChangeSeq))
                    .col(timestamp_with_time_zone(Notes::CreatedAt))
                    .col(timestamp_with_time_zone(Notes::UpdatedAt))
                    .foreign_key(&mut user_foreign_key(Notes::Table, Notes::UserId))
                    .to_owned(),
            )
            .await?;
        // Covers the columns and the order of a list.
        create_index(
            manager,
            "notes_order",
            Notes::Table,
            &[
                Notes::UserId,
                Notes::Place,
                Notes::PinRank,
                Notes::Position,
                Notes::Id,
            ],
        )
        .await?;
        create_index(
            manager,
            "notes_changes",
            Notes::Table,
            &[Notes::UserId, Notes::ChangeSeq],
        )
        .await?;
        // Foreign keys of the tables below include the owner, so a row of one user cannot refer to a row of another.
        create_unique_index(
            manager,
            "notes_owner",
            Notes::Table,
            &[Notes::Id, Notes::UserId],
        )
        .await?;
        create_index(
            manager,
            "notes_reminders",
            Notes::Table,
            &[Notes::UserId, Notes::ReminderAt, Notes::Id],
        )
        .await?;
        create_partial_index(
            manager,
            "notes_due",
            "reminder_at",
            "reminder_at IS NOT NULL AND reminder_fired_at IS NULL",
        )
        .await?;
        create_partial_index(
            manager,
            "notes_trashed",
            "trashed_at",
            "trashed_at IS NOT NULL",
        )
        .await?;

        manager
            .create_table(
                Table::create()
                    .table(Labels::Table)
                    .col(uuid(Labels::Id).primary_key())
                    .col(uuid(Labels::UserId))
                    .col(string(Labels::Name))
                    .col(string(Labels::NameKey))
                    .col(string(Labels::Color))
                    .col(integer(Labels::Sort))
                    .col(big_integer(Labels::Version).default(1))
                    .col(big_integer(Labels::ChangeSeq))
                    .col(timestamp_with_time_zone(Labels::CreatedAt))
                    .col(timestamp_with_time_zone(Labels::UpdatedAt))
                    .foreign_key(&mut user_foreign_key(Labels::Table, Labels::UserId))
                    .to_owned(),
            )
            .await?;
        create_unique_index(
            manager,
            "labels_name",
            Labels::Table,
            &[Labels::UserId, Labels::NameKey],
        )
        .await?;
        create_unique_index(
            manager,
            "labels_owner",
            Labels::Table,
            &[Labels::Id, Labels::UserId],
        )
        .await?;
        create_index(
            manager,
            "labels_changes",
            Labels::Table,
            &[Labels::UserId, Labels::ChangeSeq],
        )
        .await?;

        manager
            .create_table(
                Table::create()
                    .table(NoteLabels::Table)
                    .col(uuid(NoteLabels::NoteId))
                    .col(uuid(NoteLabels::LabelId))
                    .col(uuid(NoteLabels::UserId))
                    .primary_key(
                        Index::create()
                            .col(NoteLabels::NoteId)
                            .col(NoteLabels::LabelId),
                    )
                    .foreign_key(&mut note_foreign_key(
                        NoteLabels::Table,
                        NoteLabels::NoteId,
                        NoteLabels::UserId,
                    ))
                    .foreign_key(
                        ForeignKey::create()
                            .from(NoteLabels::Table, (NoteLabels::LabelId, NoteLabels::UserId))
                            .to(Labels::Table, (Labels::Id, Labels::UserId))
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        create_index(
            manager,
            "note_labels_label",
            NoteLabels::Table,
            &[NoteLabels::LabelId, NoteLabels::NoteId],
        )
        .await?;

        manager
            .create_table(
                Table::create()
                    .table(NoteRevisions::Table)
                    .col(uuid(NoteRevisions::NoteId))
                    .col(big_integer(NoteRevisions::Version))
                    .col(uuid(NoteRevisions::UserId))
                    .col(string(NoteRevisions::Title))
                    .col(text(NoteRevisions::Content))
                    .col(timestamp_with_time_zone(NoteRevisions::SavedAt))
                    .primary_key(
                        Index::create()
                            .col(NoteRevisions::NoteId)
                            .col(NoteRevisions::Version),
                    )
                    .foreign_key(&mut note_foreign_key(
                        NoteRevisions::Table,
                        NoteRevisions::NoteId,
                        NoteRevisions::UserId,
                    ))
                    .to_owned(),
            )
            .await?;
        create_index(
            manager,
            "note_revisions_saved_at",
            NoteRevisions::Table,
            &[NoteRevisions::SavedAt],
        )
        .await?;

        manager
            .create_table(
                Table::create()
                    .table(Tombstones::Table)
                    .col(uuid(Tombstones::UserId))
                    .col(big_integer(Tombstones::ChangeSeq))
                    // 0 a note, 1 a label, 2 a note of another user that is no longer shared.
                    .col(small_integer(Tombstones::Kind))
                    .col(uuid(Tombstones::EntityId))
                    .col(timestamp_with_time_zone(Tombstones::DeletedAt))
                    .primary_key(
                        Index::create()
                            .col(Tombstones::UserId)
                            .col(Tombstones::ChangeSeq)
                            .col(Tombstones::EntityId),
                    )
                    .foreign_key(&mut user_foreign_key(Tombstones::Table, Tombstones::UserId))
                    .to_owned(),
            )
            .await?;
        create_index(
            manager,
            "tombstones_deleted_at",
            Tombstones::Table,
            &[Tombstones::DeletedAt],
        )
        .await?;

        manager
            .create_table(
                Table::create()
                    .table(IdempotencyKeys::Table)
                    .col(uuid(IdempotencyKeys::UserId))
                    .col(string(IdempotencyKeys::Key))
                    .col(var_binary(IdempotencyKeys::RequestHash, 32))
                    .col(uuid(IdempotencyKeys::ResourceId))
                    .col(timestamp_with_time_zone(IdempotencyKeys::CreatedAt))
                    .primary_key(
                        Index::create()
                            .col(IdempotencyKeys::UserId)
                            .col(IdempotencyKeys::Key),
                    )
                    .foreign_key(&mut user_foreign_key(
                        IdempotencyKeys::Table,
                        IdempotencyKeys::UserId,
                    ))
                    .to_owned(),
            )
            .await?;
        create_index(
            manager,
            "idempotency_keys_created_at",
            IdempotencyKeys::Table,
            &[IdempotencyKeys::CreatedAt],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            IdempotencyKeys::Table.into_table_ref(),
            Tombstones::Table.into_table_ref(),
            NoteRevisions::Table.into_table_ref(),
            NoteLabels::Table.into_table_ref(),
            Labels::Table.into_table_ref(),
            Notes::Table.into_table_ref(),
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

pub(crate) fn user_foreign_key(
    table: impl IntoTableRef,
    column: impl IntoIden,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(Users::Table, Users::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

pub(crate) fn note_foreign_key(
    table: impl IntoTableRef,
    note: impl IntoIden,
    user: impl IntoIden,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, (note, user))
        .to(Notes::Table, (Notes::Id, Notes::UserId))
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

pub(crate) async fn create_index<T: IntoTableRef, C: IntoIden + Copy>(
    manager: &SchemaManager<'_>,
    name: &str,
    table: T,
    columns: &[C],
) -> Result<(), DbErr> {
    create_index_over(manager, Index::create().name(name), table, columns).await
}

pub(crate) async fn create_unique_index<T: IntoTableRef, C: IntoIden + Copy>(
    manager: &SchemaManager<'_>,
    name: &str,
    table: T,
    columns: &[C],
) -> Result<(), DbErr> {
    create_index_over(manager, Index::create().name(name).unique(), table, columns).await
}

async fn create_index_over<T: IntoTableRef, C: IntoIden + Copy>(
    manager: &SchemaManager<'_>,
    index: &mut IndexCreateStatement,
    table: T,
    columns: &[C],
) -> Result<(), DbErr> {
    index.table(table);
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index.to_owned()).await
}

/// Creates an index over the few notes that a background job searches for. Both databases use the same syntax.
async fn create_partial_index(
    manager: &SchemaManager<'_>,
    name: &str,
    column: &str,
    condition: &str,
) -> Result<(), DbErr> {
    manager
        .get_connection()
        .execute_unprepared(&format!(
            "CREATE INDEX {name} ON notes ({column}) WHERE {condition}"
        ))
        .await
        .map(drop)
}

#[derive(DeriveIden, Clone, Copy)]
pub(crate) enum Notes {
    Table,
    Id,
    UserId,
    Place,
    TrashedFrom,
    TrashedAt,
    PinRank,
    Position,
    Title,
    Content,
    Color,
    ReminderAt,
    ReminderFiredAt,
    Version,
    ChangeSeq,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum Labels {
    Table,
    Id,
    UserId,
    Name,
    NameKey,
    Color,
    Sort,
    Version,
    ChangeSeq,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum NoteLabels {
    Table,
    NoteId,
    LabelId,
    UserId,
}

#[derive(DeriveIden, Clone, Copy)]
pub(crate) enum NoteRevisions {
    Table,
    NoteId,
    Version,
    UserId,
    Title,
    Content,
    SavedAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum Tombstones {
    Table,
    UserId,
    ChangeSeq,
    Kind,
    EntityId,
    DeletedAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum IdempotencyKeys {
    Table,
    UserId,
    Key,
    RequestHash,
    ResourceId,
    CreatedAt,
}
