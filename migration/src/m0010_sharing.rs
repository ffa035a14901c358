//! Adds public links to notes, notes shared with other users, and pending notifications of recipients.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null, var_binary,
};

use crate::m0002_notes::{
    NoteRevisions, Notes, create_index, create_unique_index, note_foreign_key, user_foreign_key,
};

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `true` from the first share on. It may remain after the last share ends, which costs one additional query.
        let shared = boolean(Column::IsShared).default(false).to_owned();
        add_column(manager, Notes::Table, shared).await?;
        // Author of the content if not the owner. No foreign key: the fact outlives the author's account.
        for table in [
            Notes::Table.into_table_ref(),
            NoteRevisions::Table.into_table_ref(),
        ] {
            add_column(manager, table, uuid_null(Column::AuthorId)).await?;
        }
        create_links(manager).await?;
        create_shares(manager).await?;
        create_invitations(manager).await?;
        create_news(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            ShareNews::Table.into_table_ref(),
            ShareInvitations::Table.into_table_ref(),
            NoteShares::Table.into_table_ref(),
            NoteLinks::Table.into_table_ref(),
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        for (table, column) in [
            (NoteRevisions::Table.into_table_ref(), Column::AuthorId),
            (Notes::Table.into_table_ref(), Column::AuthorId),
            (Notes::Table.into_table_ref(), Column::IsShared),
        ] {
            let drop = Table::alter().table(table).drop_column(column).to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }
}

async fn create_links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(NoteLinks::Table)
                .col(uuid(NoteLinks::Id).primary_key())
                .col(var_binary(NoteLinks::TokenHash, 32))
                .col(uuid(NoteLinks::NoteId))
                .col(uuid(NoteLinks::UserId))
                .col(string_null(NoteLinks::Label))
                .col(timestamp_with_time_zone(NoteLinks::CreatedAt))
                .col(timestamp_with_time_zone(NoteLinks::ExpiresAt))
                .foreign_key(&mut note_foreign_key(
                    NoteLinks::Table,
                    NoteLinks::NoteId,
                    NoteLinks::UserId,
                ))
                .to_owned(),
        )
        .await?;
    create_unique_index(
        manager,
        "note_links_token_hash",
        NoteLinks::Table,
        &[NoteLinks::TokenHash],
    )
    .await?;
    for (name, column) in [
        ("note_links_note_id", NoteLinks::NoteId),
        ("note_links_user_id", NoteLinks::UserId),
        ("note_links_expires_at", NoteLinks::ExpiresAt),
    ] {
        create_index(manager, name, NoteLinks::Table, &[column]).await?;
    }
    Ok(())
}

async fn create_shares(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(NoteShares::Table)
                .col(uuid(NoteShares::Id).primary_key())
                .col(uuid(NoteShares::NoteId))
                // The owner of the note.
                .col(uuid(NoteShares::UserId))
                .col(uuid(NoteShares::RecipientId))
                .col(boolean(NoteShares::CanWrite))
                // The invited address, which is all that the owner knows of the recipient.
                .col(string(NoteShares::Email))
                .col(string(NoteShares::EmailKey))
                // Revision of the recipient in which the note was last announced; 0 before the first time.
                .col(big_integer(NoteShares::ChangeSeq).default(0))
                .col(timestamp_with_time_zone(NoteShares::AcceptedAt))
                .foreign_key(&mut note_foreign_key(
                    NoteShares::Table,
                    NoteShares::NoteId,
                    NoteShares::UserId,
                ))
                .foreign_key(&mut user_foreign_key(
                    NoteShares::Table,
                    NoteShares::RecipientId,
                ))
                .to_owned(),
        )
        .await?;
    create_unique_index(
        manager,
        "note_shares_note",
        NoteShares::Table,
        &[NoteShares::NoteId, NoteShares::RecipientId],
    )
    .await?;
    create_index(
        manager,
        "note_shares_changes",
        NoteShares::Table,
        &[NoteShares::RecipientId, NoteShares::ChangeSeq],
    )
    .await?;
    create_index(
        manager,
        "note_shares_user_id",
        NoteShares::Table,
        &[NoteShares::UserId],
    )
    .await
}

async fn create_invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(ShareInvitations::Table)
                .col(uuid(ShareInvitations::Id).primary_key())
                .col(uuid(ShareInvitations::NoteId))
                // The owner of the note, who knows only the invited address and not if an account has it.
                .col(uuid(ShareInvitations::UserId))
                // The account with the address at the time of the invitation. No foreign key: its deletion must not be observable.
                .col(uuid_null(ShareInvitations::InvitedId))
                .col(string(ShareInvitations::Email))
                .col(string(ShareInvitations::EmailKey))
                .col(boolean(ShareInvitations::CanWrite))
                .col(timestamp_with_time_zone(ShareInvitations::CreatedAt))
                .col(timestamp_with_time_zone(ShareInvitations::ExpiresAt))
                .col(timestamp_with_time_zone_null(ShareInvitations::DeclinedAt))
                .foreign_key(&mut note_foreign_key(
                    ShareInvitations::Table,
                    ShareInvitations::NoteId,
                    ShareInvitations::UserId,
                ))
                .to_owned(),
        )
        .await?;
    create_unique_index(
        manager,
        "share_invitations_note",
        ShareInvitations::Table,
        &[ShareInvitations::NoteId, ShareInvitations::EmailKey],
    )
    .await?;
    for (name, column) in [
        ("share_invitations_email_key", ShareInvitations::EmailKey),
        ("share_invitations_user_id", ShareInvitations::UserId),
        ("share_invitations_expires_at", ShareInvitations::ExpiresAt),
    ] {
        create_index(manager, name, ShareInvitations::Table, &[column]).await?;
    }
    Ok(())
}

/// Creates the table of notifications. It has no foreign key to notes, because recipients are also notified of deleted ones.
async fn create_news(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(ShareNews::Table)
                .col(uuid(ShareNews::Id).primary_key())
                .col(uuid(ShareNews::RecipientId))
                .col(uuid(ShareNews::NoteId))
                .col(timestamp_with_time_zone(ShareNews::CreatedAt))
                .foreign_key(&mut user_foreign_key(
                    ShareNews::Table,
                    ShareNews::RecipientId,
                ))
                .to_owned(),
        )
        .await?;
    for (name, column) in [
        ("share_news_recipient_id", ShareNews::RecipientId),
        ("share_news_created_at", ShareNews::CreatedAt),
    ] {
        create_index(manager, name, ShareNews::Table, &[column]).await?;
    }
    Ok(())
}

async fn add_column(
    manager: &SchemaManager<'_>,
    table: impl IntoTableRef,
    column: ColumnDef,
) -> Result<(), DbErr> {
    let add = Table::alter().table(table).add_column(column).to_owned();
    manager.alter_table(add).await
}

/// Columns that this step adds to existing tables.
#[derive(DeriveIden)]
enum Column {
    IsShared,
    AuthorId,
}

#[derive(DeriveIden, Clone, Copy)]
enum NoteLinks {
    Table,
    Id,
    TokenHash,
    NoteId,
    UserId,
    Label,
    CreatedAt,
    ExpiresAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum NoteShares {
    Table,
    Id,
    NoteId,
    UserId,
    RecipientId,
    CanWrite,
    Email,
    EmailKey,
    ChangeSeq,
    AcceptedAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum ShareInvitations {
    Table,
    Id,
    NoteId,
    UserId,
    InvitedId,
    Email,
    EmailKey,
    CanWrite,
    CreatedAt,
    ExpiresAt,
    DeclinedAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum ShareNews {
    Table,
    Id,
    RecipientId,
    NoteId,
    CreatedAt,
}
