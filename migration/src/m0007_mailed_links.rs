//! Adds links sent by email, and the time at which an email address was verified.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    small_integer, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    var_binary,
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
                    .add_column(timestamp_with_time_zone_null(Users::EmailVerifiedAt))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(MailedLinks::Table)
                    // Deleted on use.
                    .col(var_binary(MailedLinks::TokenHash, 32).primary_key())
                    .col(uuid(MailedLinks::UserId))
                    // 0 reset of the password, 1 verification of the address.
                    .col(small_integer(MailedLinks::Purpose))
                    // Address to which the link was sent; that of the account may have changed since.
                    .col(string(MailedLinks::EmailKey))
                    .col(timestamp_with_time_zone(MailedLinks::CreatedAt))
                    .col(timestamp_with_time_zone(MailedLinks::ExpiresAt))
                    .foreign_key(
                        ForeignKey::create()
                            .from(MailedLinks::Table, MailedLinks::UserId)
                            .to(Users::Table, Users::Id)
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("mailed_links_user_id", MailedLinks::UserId),
            ("mailed_links_expires_at", MailedLinks::ExpiresAt),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table(MailedLinks::Table)
                        .col(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(MailedLinks::Table).to_owned())
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(Users::Table)
                    .drop_column(Users::EmailVerifiedAt)
                    .to_owned(),
            )
            .await
    }
}

#[derive(DeriveIden)]
enum MailedLinks {
    Table,
    TokenHash,
    UserId,
    Purpose,
    EmailKey,
    CreatedAt,
    ExpiresAt,
}
