//! Adds identities at an OpenID Connect provider that sign in to accounts, and sign-ins in progress.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    small_integer, string, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null, var_binary, var_binary_null,
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
                    .table(Sessions::Table)
                    // Time at which the user was last authenticated by the provider in this session, to confirm an action.
                    .add_column(timestamp_with_time_zone_null(Sessions::ConfirmedAt))
                    .to_owned(),
            )
            .await?;
        manager.create_table(identities_table()).await?;
        manager.create_table(sign_in_flows_table()).await?;
        for index in [
            // A person at a provider has one account here.
            Index::create()
                .name("identities_issuer_subject")
                .table(Identities::Table)
                .col(Identities::Issuer)
                .col(Identities::Subject)
                .unique()
                .to_owned(),
            Index::create()
                .name("identities_user_id")
                .table(Identities::Table)
                .col(Identities::UserId)
                .to_owned(),
            Index::create()
                .name("sign_in_flows_user_id")
                .table(SignInFlows::Table)
                .col(SignInFlows::UserId)
                .to_owned(),
            Index::create()
                .name("sign_in_flows_expires_at")
                .table(SignInFlows::Table)
                .col(SignInFlows::ExpiresAt)
                .to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            Table::drop().table(SignInFlows::Table).to_owned(),
            Table::drop().table(Identities::Table).to_owned(),
        ] {
            manager.drop_table(table).await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table(Sessions::Table)
                    .drop_column(Sessions::ConfirmedAt)
                    .to_owned(),
            )
            .await
    }
}

fn identities_table() -> TableCreateStatement {
    Table::create()
        .table(Identities::Table)
        .col(uuid(Identities::Id).primary_key())
        .col(uuid(Identities::UserId))
        // Issuer identifier, compared exactly.
        .col(string(Identities::Issuer))
        // Subject identifier, which the provider does not reassign.
        .col(string(Identities::Subject))
        // Address or name at the provider when the identity was linked, for display only.
        .col(string_null(Identities::Label))
        .col(timestamp_with_time_zone(Identities::CreatedAt))
        .col(timestamp_with_time_zone_null(Identities::LastUsedAt))
        .foreign_key(
            ForeignKey::create()
                .from(Identities::Table, Identities::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn sign_in_flows_table() -> TableCreateStatement {
    Table::create()
        .table(SignInFlows::Table)
        // Hash of the parameter `state`. Deleted when it is returned.
        .col(var_binary(SignInFlows::StateHash, 32).primary_key())
        // Hash of the cookie of the browser that started the flow.
        .col(var_binary(SignInFlows::BrowserHash, 32))
        // 0 sign-in, 1 linking, 2 confirmation.
        .col(small_integer(SignInFlows::Purpose))
        // User and session that link or confirm; null for a sign-in.
        .col(uuid_null(SignInFlows::UserId))
        .col(uuid_null(SignInFlows::SessionId))
        // Path of the page to return to.
        .col(text(SignInFlows::ReturnTo))
        // Hash of the invite for registration, if one was given.
        .col(var_binary_null(SignInFlows::InviteHash, 32))
        .col(timestamp_with_time_zone(SignInFlows::CreatedAt))
        .col(timestamp_with_time_zone(SignInFlows::ExpiresAt))
        .foreign_key(
            ForeignKey::create()
                .from(SignInFlows::Table, SignInFlows::UserId)
                .to(Users::Table, Users::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

#[derive(DeriveIden)]
enum Sessions {
    Table,
    ConfirmedAt,
}

#[derive(DeriveIden)]
enum Identities {
    Table,
    Id,
    UserId,
    Issuer,
    Subject,
    Label,
    CreatedAt,
    LastUsedAt,
}

#[derive(DeriveIden)]
enum SignInFlows {
    Table,
    StateHash,
    BrowserHash,
    Purpose,
    UserId,
    SessionId,
    ReturnTo,
    InviteHash,
    CreatedAt,
    ExpiresAt,
}
