//! Adds attachments of notes: their metadata, parts of uploads in progress, and files to delete.
//!
//! The content is stored in a folder or in S3. A trigger records the location of the content whenever the row of an attachment is deleted, including
//! through its note or user. The service deletes the content later.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, string, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null, var_binary_null,
};
use sea_orm_migration::sea_orm::DbBackend;

use crate::m0002_notes::Notes;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

/// Trigger for PostgreSQL. Discarded files are due immediately. They count towards the user until deletion, and may outlive the user.
const POSTGRES: &str = "
CREATE FUNCTION discard_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO discarded_files (object, user_id, bytes, due_at)
    VALUES (OLD.object, OLD.user_id, OLD.bytes, '1970-01-01T00:00:00Z') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER attachments_discarded AFTER DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION discard_attachment();
";
const SQLITE: &str = "
CREATE TRIGGER attachments_discarded AFTER DELETE ON attachments BEGIN
    INSERT OR IGNORE INTO discarded_files (object, user_id, bytes, due_at)
    VALUES (old.object, old.user_id, old.bytes, '1970-01-01T00:00:00+00:00');
END;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Attachments::Table)
                    .col(uuid(Attachments::Id).primary_key())
                    .col(uuid(Attachments::UserId))
                    .col(uuid(Attachments::NoteId))
                    // Location of the content, which is not reused for another file.
                    .col(uuid(Attachments::Object))
                    .col(string(Attachments::Name))
                    .col(string(Attachments::Alt))
                    .col(string(Attachments::MediaType))
                    .col(big_integer(Attachments::Bytes))
                    // Bytes received of an upload in parts.
                    .col(big_integer(Attachments::Received).default(0))
                    .col(var_binary_null(Attachments::Sha256, 32))
                    .col(integer_null(Attachments::Width))
                    .col(integer_null(Attachments::Height))
                    .col(big_integer_null(Attachments::ThumbnailBytes))
                    .col(big_integer(Attachments::Version).default(1))
                    .col(timestamp_with_time_zone(Attachments::CreatedAt))
                    .col(timestamp_with_time_zone(Attachments::UpdatedAt))
                    // `CompletedAt` is null during the upload, which ends at `ExpiresAt`.
                    .col(timestamp_with_time_zone_null(Attachments::CompletedAt))
                    .col(timestamp_with_time_zone_null(Attachments::ExpiresAt))
                    .foreign_key(
                        ForeignKey::create()
                            .from(
                                Attachments::Table,
                                (Attachments::NoteId, Attachments::UserId),
                            )
                            .to(Notes::Table, (Notes::Id, Notes::UserId))
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("attachments_note", Attachments::NoteId),
            ("attachments_user", Attachments::UserId),
            ("attachments_expire", Attachments::ExpiresAt),
        ] {
            let mut index = Index::create();
            index.name(name).table(Attachments::Table).col(column);
            manager.create_index(index).await?;
        }
        let mut object = Index::create();
        object.name("attachments_object").unique();
        object.table(Attachments::Table).col(Attachments::Object);
        manager.create_index(object).await?;
        manager
            .create_table(
                Table::create()
                    .table(AttachmentParts::Table)
                    .col(uuid(AttachmentParts::AttachmentId))
                    .col(big_integer(AttachmentParts::Start))
                    .col(big_integer(AttachmentParts::Bytes))
                    .col(uuid(AttachmentParts::Part))
                    .primary_key(
                        Index::create()
                            .col(AttachmentParts::AttachmentId)
                            .col(AttachmentParts::Start),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from(AttachmentParts::Table, AttachmentParts::AttachmentId)
                            .to(Attachments::Table, Attachments::Id)
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(DiscardedFiles::Table)
                    .col(uuid(DiscardedFiles::Object).primary_key())
                    // No foreign key: the row outlives the user.
                    .col(uuid_null(DiscardedFiles::UserId))
                    .col(big_integer(DiscardedFiles::Bytes))
                    .col(timestamp_with_time_zone(DiscardedFiles::DueAt))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("discarded_files_due", DiscardedFiles::DueAt),
            ("discarded_files_user", DiscardedFiles::UserId),
        ] {
            let mut index = Index::create();
            index.name(name).table(DiscardedFiles::Table).col(column);
            manager.create_index(index).await?;
        }
        // Columns that lists display, so that they need not read attachments.
        for mut column in [
            integer(OfNotes::AttachmentCount).default(0).to_owned(),
            uuid_null(OfNotes::CoverId),
            integer_null(OfNotes::CoverWidth),
            integer_null(OfNotes::CoverHeight),
        ] {
            let mut table = Table::alter();
            table.table(Notes::Table).add_column(&mut column);
            manager.alter_table(table).await?;
        }
        let trigger = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(trigger).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        for table in [
            AttachmentParts::Table.into_table_ref(),
            Attachments::Table.into_table_ref(),
            DiscardedFiles::Table.into_table_ref(),
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        if postgres {
            let db = manager.get_connection();
            db.execute_unprepared("DROP FUNCTION discard_attachment()")
                .await?;
        }
        for column in [
            OfNotes::CoverHeight,
            OfNotes::CoverWidth,
            OfNotes::CoverId,
            OfNotes::AttachmentCount,
        ] {
            let mut table = Table::alter();
            table.table(Notes::Table).drop_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

/// Columns that this step adds to notes.
#[derive(DeriveIden, Clone, Copy)]
enum OfNotes {
    AttachmentCount,
    CoverId,
    CoverWidth,
    CoverHeight,
}

#[derive(DeriveIden, Clone, Copy)]
enum Attachments {
    Table,
    Id,
    UserId,
    NoteId,
    Object,
    Name,
    Alt,
    MediaType,
    Bytes,
    Received,
    Sha256,
    Width,
    Height,
    ThumbnailBytes,
    Version,
    CreatedAt,
    UpdatedAt,
    CompletedAt,
    ExpiresAt,
}

#[derive(DeriveIden, Clone, Copy)]
enum AttachmentParts {
    Table,
    AttachmentId,
    Start,
    Bytes,
    Part,
}

#[derive(DeriveIden, Clone, Copy)]
enum DiscardedFiles {
    Table,
    Object,
    UserId,
    Bytes,
    DueAt,
}
