//! Webhooks, and what is to be delivered to them.

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
                    // Read by every write together with the revision: who has none pays for none.
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
        // Whether notes come with their whole text.
        .col(boolean(Webhooks::WithContent))
        // The key of signatures: needed as it is, so that a backup holds it.
        .col(var_binary(Webhooks::Secret, 32))
        .col(var_binary_null(Webhooks::PreviousSecret, 32))
        // Until when the key before signs too.
        .col(timestamp_with_time_zone_null(Webhooks::PreviousUntil))
        .col(big_integer(Webhooks::Version))
        // Attempts in a row that failed.
        .col(integer(Webhooks::Failures).default(0))
        // When a process looks after it next: none while nothing waits. One that has it puts this ahead meanwhile.
        .col(timestamp_with_time_zone_null(Webhooks::DueAt))
        .col(timestamp_with_time_zone_null(Webhooks::DisabledAt))
        // A word: by its user, or what went wrong.
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
        // The webhook's user.
        .col(uuid(WebhookDeliveries::UserId))
        .col(small_integer(WebhookDeliveries::Event))
        // The revision that the event belongs to, and its place in it.
        .col(big_integer(WebhookDeliveries::Revision))
        .col(integer(WebhookDeliveries::Nth))
        // JSON: the identifiers that the event is about.
        .col(text(WebhookDeliveries::Subject))
        .col(timestamp_with_time_zone(WebhookDeliveries::OccurredAt))
        // 0 waits, 1 was taken by the receiver, 2 was given up.
        .col(small_integer(WebhookDeliveries::State).default(0))
        .col(integer(WebhookDeliveries::Attempts).default(0))
        .col(timestamp_with_time_zone_null(
            WebhookDeliveries::AttemptedAt,
        ))
        // The receiver's last answer, or a word for why there was none.
        .col(small_integer_null(WebhookDeliveries::Status))
        .col(string_null(WebhookDeliveries::Failure))
        // What is sent, once the first attempt has begun: all attempts send the same.
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
