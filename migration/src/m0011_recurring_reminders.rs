//! Adds recurring reminders, push subscriptions of browsers, and deliveries by push and email.
//!
//! A process of the previous release fires a reminder of a series without advancing the series; the next process of this release advances it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, small_integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null, var_binary,
};

use crate::m0001_accounts::{Sessions, Users};
use crate::m0002_notes::Notes;

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time. The series consists of two lines of RFC 5545; `ReminderFiredFor` is the time last fired if another one
        // follows.
        for column in [
            &mut text_null(Reminders::ReminderRecurrence),
            &mut timestamp_with_time_zone_null(Reminders::ReminderFiredFor),
        ] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Notes::Table)
                        .add_column(column)
                        .to_owned(),
                )
                .await?;
        }
        // Series fired but not advanced by the previous release: usually none.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX notes_left_series ON notes (reminder_at) \
                 WHERE reminder_recurrence IS NOT NULL AND reminder_fired_at IS NOT NULL",
            )
            .await?;
        create_settings(manager).await?;
        create_push_keys(manager).await?;
        create_subscriptions(manager).await?;
        create_deliveries(manager).await?;
        create_listeners(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            Table::drop().table(Listeners::Table).to_owned(),
            Table::drop().table(Deliveries::Table).to_owned(),
            Table::drop().table(PushSubscriptions::Table).to_owned(),
            Table::drop().table(PushKeys::Table).to_owned(),
            Table::drop().table(ReminderSettings::Table).to_owned(),
        ] {
            manager.drop_table(table).await?;
        }
        let db = manager.get_connection();
        db.execute_unprepared("DROP INDEX notes_left_series")
            .await?;
        for column in ["reminder_fired_for", "reminder_recurrence"] {
            db.execute_unprepared(&format!("ALTER TABLE notes DROP COLUMN {column}"))
                .await?;
        }
        Ok(())
    }
}

async fn create_settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(ReminderSettings::Table)
        .col(uuid(ReminderSettings::UserId).primary_key())
        // 0 never, 1 if no page is open, 2 always.
        .col(small_integer(ReminderSettings::Push))
        .col(small_integer(ReminderSettings::Mail))
        .col(boolean(ReminderSettings::ShowsTitle))
        // Part of links in emails. It only permits unsubscribing.
        .col(var_binary(ReminderSettings::UnsubscribeKey, 32).unique_key())
        .col(timestamp_with_time_zone(ReminderSettings::UpdatedAt))
        .foreign_key(
            ForeignKey::create()
                .from(ReminderSettings::Table, ReminderSettings::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned();
    manager.create_table(table).await
}

async fn create_push_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(PushKeys::Table)
        // Always 1: all processes share one key.
        .col(small_integer(PushKeys::Id).primary_key())
        // PKCS #8.
        .col(var_binary(PushKeys::PrivateKey, 512))
        .col(timestamp_with_time_zone(PushKeys::CreatedAt))
        .to_owned();
    manager.create_table(table).await
}

async fn create_subscriptions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(PushSubscriptions::Table)
        .col(uuid(PushSubscriptions::Id).primary_key())
        .col(uuid(PushSubscriptions::UserId))
        // One for each session, deleted together with it.
        .col(uuid(PushSubscriptions::SessionId).unique_key())
        .col(text(PushSubscriptions::Endpoint))
        .col(var_binary(PushSubscriptions::EndpointHash, 32))
        .col(var_binary(PushSubscriptions::P256dh, 65))
        .col(var_binary(PushSubscriptions::Auth, 16))
        .col(timestamp_with_time_zone(PushSubscriptions::CreatedAt))
        .col(timestamp_with_time_zone_null(
            PushSubscriptions::DeliveredAt,
        ))
        .foreign_key(
            ForeignKey::create()
                .from(PushSubscriptions::Table, PushSubscriptions::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .from(PushSubscriptions::Table, PushSubscriptions::SessionId)
                .to(Sessions::Table, Sessions::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned();
    manager.create_table(table).await?;
    for (name, column) in [
        ("push_subscriptions_user_id", PushSubscriptions::UserId),
        (
            "push_subscriptions_endpoint",
            PushSubscriptions::EndpointHash,
        ),
    ] {
        let index = Index::create()
            .name(name)
            .table(PushSubscriptions::Table)
            .col(column)
            .to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}

async fn create_deliveries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(Deliveries::Table)
        .col(uuid(Deliveries::Id).primary_key())
        .col(uuid(Deliveries::UserId))
        .col(uuid(Deliveries::NoteId))
        // The subscription, or null for an email.
        .col(uuid_null(Deliveries::SubscriptionId))
        // The subscription, or the user for an email. With note and revision, it identifies a delivery.
        .col(uuid(Deliveries::Target))
        // Revision in which the reminder was fired.
        .col(big_integer(Deliveries::Revision))
        .col(timestamp_with_time_zone(Deliveries::ReminderAt))
        .col(timestamp_with_time_zone(Deliveries::FiredAt))
        // `true` to skip the delivery if a page was open when the reminder was fired.
        .col(boolean(Deliveries::UnlessOpen))
        .col(small_integer(Deliveries::Attempts).default(0))
        // Time of the next attempt; during an attempt, the time at which it counts as lost.
        .col(timestamp_with_time_zone(Deliveries::DueAt))
        .foreign_key(
            ForeignKey::create()
                .from(Deliveries::Table, Deliveries::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Deliveries::Table, Deliveries::NoteId)
                .to(Notes::Table, Notes::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Deliveries::Table, Deliveries::SubscriptionId)
                .to(PushSubscriptions::Table, PushSubscriptions::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned();
    manager.create_table(table).await?;
    let once = Index::create()
        .name("deliveries_once")
        .table(Deliveries::Table)
        .col(Deliveries::NoteId)
        .col(Deliveries::Revision)
        .col(Deliveries::Target)
        .unique()
        .to_owned();
    manager.create_index(once).await?;
    for (name, column) in [
        ("deliveries_due_at", Deliveries::DueAt),
        ("deliveries_user_id", Deliveries::UserId),
        ("deliveries_subscription_id", Deliveries::SubscriptionId),
    ] {
        let index = Index::create()
            .name(name)
            .table(Deliveries::Table)
            .col(column)
            .to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}

async fn create_listeners(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(Listeners::Table)
        .col(uuid(Listeners::UserId))
        .col(uuid(Listeners::ProcessId))
        .col(timestamp_with_time_zone(Listeners::SeenAt))
        .primary_key(
            Index::create()
                .col(Listeners::UserId)
                .col(Listeners::ProcessId),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Listeners::Table, Listeners::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned();
    manager.create_table(table).await?;
    let index = Index::create()
        .name("listeners_seen_at")
        .table(Listeners::Table)
        .col(Listeners::SeenAt)
        .to_owned();
    manager.create_index(index).await
}

#[derive(DeriveIden)]
enum Reminders {
    ReminderRecurrence,
    ReminderFiredFor,
}

#[derive(DeriveIden)]
enum ReminderSettings {
    Table,
    UserId,
    Push,
    Mail,
    ShowsTitle,
    UnsubscribeKey,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum PushKeys {
    Table,
    Id,
    PrivateKey,
    CreatedAt,
}

#[derive(DeriveIden)]
enum PushSubscriptions {
    Table,
    Id,
    UserId,
    SessionId,
    Endpoint,
    EndpointHash,
    P256dh,
    Auth,
    CreatedAt,
    DeliveredAt,
}

#[derive(DeriveIden)]
enum Deliveries {
    Table,
    Id,
    UserId,
    NoteId,
    SubscriptionId,
    Target,
    Revision,
    ReminderAt,
    FiredAt,
    UnlessOpen,
    Attempts,
    DueAt,
}

#[derive(DeriveIden)]
enum Listeners {
    Table,
    UserId,
    ProcessId,
    SeenAt,
}
