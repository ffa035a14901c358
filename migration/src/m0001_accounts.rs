//! Adds users, their sessions and access tokens, and counters for rate limits.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, string, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, var_binary,
};

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

/// Initial value of the counter of positions. It decreases by one for each note and so leaves room for 2^62 notes before it becomes negative.
pub(crate) const FIRST_POSITION: i64 = 1 << 62;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite also has transactional DDL; without a transaction, a failure would leave part of a step.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Users::Table)
                    .col(uuid(Users::Id).primary_key())
                    // Guests have no email address and no password.
                    .col(string_null(Users::Email))
                    .col(string_null(Users::EmailKey).unique_key())
                    .col(string(Users::Username))
                    .col(string(Users::UsernameKey).unique_key())
                    .col(string_null(Users::PasswordHash))
                    .col(boolean(Users::IsGuest).default(false))
                    .col(timestamp_with_time_zone_null(Users::ExpiresAt))
                    .col(big_integer(Users::Revision).default(0))
                    .col(big_integer(Users::ChangesFloor).default(0))
                    .col(integer(Users::NoteCount).default(0))
                    .col(integer(Users::LabelCount).default(0))
                    .col(big_integer(Users::NextPosition).default(FIRST_POSITION))
                    .col(timestamp_with_time_zone(Users::CreatedAt))
                    .col(timestamp_with_time_zone(Users::UpdatedAt))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("users_expires_at")
                    .table(Users::Table)
                    .col(Users::ExpiresAt)
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Sessions::Table)
                    .col(uuid(Sessions::Id).primary_key())
                    .col(var_binary(Sessions::TokenHash, 32).unique_key())
                    .col(uuid(Sessions::UserId))
                    .col(string_null(Sessions::UserAgent))
                    .col(timestamp_with_time_zone(Sessions::CreatedAt))
                    .col(timestamp_with_time_zone(Sessions::LastSeenAt))
                    .col(timestamp_with_time_zone(Sessions::ExpiresAt))
                    .foreign_key(&mut user_foreign_key(Sessions::Table, Sessions::UserId))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sessions_user_id")
                    .table(Sessions::Table)
                    .col(Sessions::UserId)
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sessions_expires_at")
                    .table(Sessions::Table)
                    .col(Sessions::ExpiresAt)
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(AccessTokens::Table)
                    .col(uuid(AccessTokens::Id).primary_key())
                    .col(var_binary(AccessTokens::TokenHash, 32).unique_key())
                    .col(uuid(AccessTokens::UserId))
                    .col(string(AccessTokens::Name))
                    .col(boolean(AccessTokens::CanWrite))
                    .col(timestamp_with_time_zone(AccessTokens::CreatedAt))
                    .col(timestamp_with_time_zone_null(AccessTokens::LastUsedAt))
                    .col(timestamp_with_time_zone_null(AccessTokens::ExpiresAt))
                    .foreign_key(&mut user_foreign_key(
                        AccessTokens::Table,
                        AccessTokens::UserId,
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("access_tokens_user_id")
                    .table(AccessTokens::Table)
                    .col(AccessTokens::UserId)
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(RateLimits::Table)
                    .col(string(RateLimits::Key).primary_key())
                    // Microseconds since 1970: the counting statement does arithmetic, which differs between the databases for timestamps.
                    .col(big_integer(RateLimits::ArrivesAt))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("rate_limits_arrives_at")
                    .table(RateLimits::Table)
                    .col(RateLimits::ArrivesAt)
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Counters::Table)
                    .col(text(Counters::Name).primary_key())
                    .col(big_integer(Counters::Value).default(0))
                    .to_owned(),
            )
            .await?;
        manager
            .exec_stmt(
                Query::insert()
                    .into_table(Counters::Table)
                    .columns([Counters::Name, Counters::Value])
                    .values_panic(["guests".into(), 0.into()])
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            Counters::Table.into_table_ref(),
            RateLimits::Table.into_table_ref(),
            AccessTokens::Table.into_table_ref(),
            Sessions::Table.into_table_ref(),
            Users::Table.into_table_ref(),
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// Returns a foreign key to the user that deletes the row together with the user.
fn user_foreign_key(table: impl IntoTableRef, column: impl IntoIden) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(Users::Table, Users::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

#[derive(DeriveIden)]
pub(crate) enum Users {
    Table,
    Id,
    Email,
    EmailKey,
    Username,
    UsernameKey,
    PasswordHash,
    IsGuest,
    ExpiresAt,
    Revision,
    ChangesFloor,
    NoteCount,
    LabelCount,
    NextPosition,
    CreatedAt,
    UpdatedAt,
    /// Added by the later migration `m0006_operators`.
    DisabledAt,
    /// Added by the later migration `m0007_mailed_links`.
    EmailVerifiedAt,
    /// Added by the later migration `m0012_webhooks`.
    WebhookCount,
}

#[derive(DeriveIden)]
pub(crate) enum Sessions {
    Table,
    Id,
    TokenHash,
    UserId,
    UserAgent,
    CreatedAt,
    LastSeenAt,
    ExpiresAt,
    /// Added by the later migration `m0014_factors`.
    FirstFactor,
    /// Added by the later migration `m0014_factors`.
    SecondFactor,
}

#[derive(DeriveIden)]
pub(crate) enum AccessTokens {
    Table,
    Id,
    TokenHash,
    UserId,
    Name,
    CanWrite,
    CreatedAt,
    LastUsedAt,
    ExpiresAt,
    /// Added by the later migration `m0014_factors`.
    Scopes,
}

#[derive(DeriveIden)]
enum RateLimits {
    Table,
    Key,
    ArrivesAt,
}

#[derive(DeriveIden)]
enum Counters {
    Table,
    Name,
    Value,
}
