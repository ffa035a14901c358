//! Adds webhooks and their deliveries.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, small_integer, small_integer_null, string, string_null, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, var_binary,
    var_binary_null,
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
            .alter_table(
                Table::alter()
                    .table(Users::Table)
                    // Read by every write together with the revision, so that users without webhooks need no further query.
                    .add_column(integer(Users::WebhookCount).default(0))
                    .to_owned(),
            )
            .await?;
        manager.create_table(webhooks_table()).await?;
        manager.create_table(deliveries_table()).await?;
        manager
            .create_index(
                Index::create()
                    .name("webhooks_user_id")
                    .table(Webhooks::Table)
                    .col(Webhooks::UserId)
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("webhook_deliveries_order")
                    .table(WebhookDeliveries::Table)
                    .col(WebhookDeliveries::WebhookId)
                    .col(WebhookDeliveries::State)
                    .col(WebhookDeliveries::Revision)
                    .col(WebhookDeliveries::Nth)
                    .to_owned(),
            )
            .await?;
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX webhooks_due ON webhooks (due_at) WHERE due_at IS NOT NULL",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(WebhookDeliveries::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Webhooks::Table).to_owned())
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(Users::Table)
                    .drop_column(Users::WebhookCount)
                    .to_owned(),
            )
            .await
    }
}

fn webhooks_table() -> TableCreateStatement {
    Table::create()
        .table(Webhooks::Table)
        .col(uuid(Webhooks::Id).primary_key())
        .col(uuid(Webhooks::UserId))
        .col(string(Webhooks::Name))
        .col(text(Webhooks::Url))
        // One bit for each kind of event.
        .col(integer(Webhooks::Events))
        // `true` to include the full text of notes.
        .col(boolean(Webhooks::WithContent))
        // Signing key in plain form, so backups contain it.
        .col(var_binary(Webhooks::Secret, 32))
        .col(var_binary_null(Webhooks::PreviousSecret, 32))
        // Time until which the previous key also signs.
        .col(timestamp_with_time_zone_null(Webhooks::PreviousUntil))
        .col(big_integer(Webhooks::Version))
        // Number of consecutive failed attempts.
        .col(integer(Webhooks::Failures).default(0))
        // Time at which a process handles the webhook next, or null while no delivery is pending. A process moves it ahead while it works.
        .col(timestamp_with_time_zone_null(Webhooks::DueAt))
        .col(timestamp_with_time_zone_null(Webhooks::DisabledAt))
        // Keyword: disabled by the user, or the kind of failure.
        .col(string_null(Webhooks::DisabledReason))
        .col(timestamp_with_time_zone(Webhooks::CreatedAt))
        .col(timestamp_with_time_zone(Webhooks::UpdatedAt))
        .foreign_key(
            ForeignKey::create()
                .from(Webhooks::Table, Webhooks::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn deliveries_table() -> TableCreateStatement {
    Table::create()
        .table(WebhookDeliveries::Table)
        .col(uuid(WebhookDeliveries::Id).primary_key())
        .col(uuid(WebhookDeliveries::WebhookId))
        // The user of the webhook.
        .col(uuid(WebhookDeliveries::UserId))
        .col(small_integer(WebhookDeliveries::Event))
        // Revision of the event, and its position within the revision.
        .col(big_integer(WebhookDeliveries::Revision))
        .col(integer(WebhookDeliveries::Nth))
        // JSON with the identifiers that the event refers to.
        .col(text(WebhookDeliveries::Subject))
        .col(timestamp_with_time_zone(WebhookDeliveries::OccurredAt))
        // 0 pending, 1 accepted by the receiver, 2 abandoned.
        .col(small_integer(WebhookDeliveries::State).default(0))
        .col(integer(WebhookDeliveries::Attempts).default(0))
        .col(timestamp_with_time_zone_null(
            WebhookDeliveries::AttemptedAt,
        ))
        // Last HTTP status of the receiver, or a keyword for the lack of a response.
        .col(small_integer_null(WebhookDeliveries::Status))
        .col(string_null(WebhookDeliveries::Failure))
        // Payload, set by the first attempt: all attempts send the same.
        .col(text_null(WebhookDeliveries::Payload))
        .foreign_key(
            ForeignKey::create()
                .from(WebhookDeliveries::Table, WebhookDeliveries::WebhookId)
                .to(Webhooks::Table, Webhooks::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

#[derive(DeriveIden)]
enum Webhooks {
    Table,
    Id,
    UserId,
    Name,
    Url,
    Events,
    WithContent,
    Secret,
    PreviousSecret,
    PreviousUntil,
    Version,
    Failures,
    DueAt,
    DisabledAt,
    DisabledReason,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum WebhookDeliveries {
    Table,
    Id,
    WebhookId,
    UserId,
    Event,
    Revision,
    Nth,
    Subject,
    OccurredAt,
    State,
    Attempts,
    AttemptedAt,
    Status,
    Failure,
    Payload,
}
