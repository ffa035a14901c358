//! Adds second factors and passkeys, authentication ceremonies in progress, scopes of access tokens, and the factors that signed in a session.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, small_integer, small_integer_null, string, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null, var_binary,
};

use crate::m0001_accounts::{AccessTokens, Sessions, Users};

#[derive(DeriveMigrationName, Debug)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column per statement.
        for column in [Sessions::FirstFactor, Sessions::SecondFactor] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Sessions::Table)
                        .add_column(small_integer_null(column))
                        .to_owned(),
                )
                .await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table(AccessTokens::Table)
                    // Scopes separated by spaces, or null for everything that `can_write` permits.
                    .add_column(text_null(AccessTokens::Scopes))
                    .to_owned(),
            )
            .await?;
        manager.create_table(totp_secrets_table()).await?;
        manager.create_table(recovery_codes_table()).await?;
        manager.create_table(passkeys_table()).await?;
        manager.create_table(challenges_table()).await?;
        for (name, table, column) in [
            (
                "passkeys_user_id",
                Passkeys::Table.into_iden(),
                Passkeys::UserId.into_iden(),
            ),
            (
                "challenges_user_id",
                Challenges::Table.into_iden(),
                Challenges::UserId.into_iden(),
            ),
            (
                "challenges_expires_at",
                Challenges::Table.into_iden(),
                Challenges::ExpiresAt.into_iden(),
            ),
        ] {
            let index = Index::create().name(name).table(table).col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            Challenges::Table.into_iden(),
            Passkeys::Table.into_iden(),
            RecoveryCodes::Table.into_iden(),
            TotpSecrets::Table.into_iden(),
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table(AccessTokens::Table)
                    .drop_column(AccessTokens::Scopes)
                    .to_owned(),
            )
            .await?;
        for column in [Sessions::FirstFactor, Sessions::SecondFactor] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Sessions::Table)
                        .drop_column(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}

fn totp_secrets_table() -> TableCreateStatement {
    Table::create()
        .table(TotpSecrets::Table)
        .col(uuid(TotpSecrets::UserId).primary_key())
        // A byte for the storage format, followed by the secret in plain or encrypted form.
        .col(var_binary(TotpSecrets::Secret, 255))
        // Codes of this time step and earlier ones are not accepted any more.
        .col(big_integer(TotpSecrets::LastStep))
        .col(timestamp_with_time_zone(TotpSecrets::CreatedAt))
        // Null until confirmed; an unconfirmed secret is not used for signing in.
        .col(timestamp_with_time_zone_null(TotpSecrets::ConfirmedAt))
        .foreign_key(&mut user_foreign_key(
            TotpSecrets::Table.into_iden(),
            TotpSecrets::UserId.into_iden(),
        ))
        .take()
}

fn recovery_codes_table() -> TableCreateStatement {
    Table::create()
        .table(RecoveryCodes::Table)
        .col(uuid(RecoveryCodes::UserId))
        // Deleted on use.
        .col(var_binary(RecoveryCodes::CodeHash, 32))
        .col(timestamp_with_time_zone(RecoveryCodes::CreatedAt))
        .primary_key(
            Index::create()
                .col(RecoveryCodes::UserId)
                .col(RecoveryCodes::CodeHash),
        )
        .foreign_key(&mut user_foreign_key(
            RecoveryCodes::Table.into_iden(),
            RecoveryCodes::UserId.into_iden(),
        ))
        .take()
}

fn passkeys_table() -> TableCreateStatement {
    Table::create()
        .table(Passkeys::Table)
        .col(uuid(Passkeys::Id).primary_key())
        .col(uuid(Passkeys::UserId))
        // Maximum length in WebAuthn.
        .col(var_binary(Passkeys::CredentialId, 1023).unique_key())
        .col(string(Passkeys::Name))
        // Public key, counter and flags, in the format of the library.
        .col(text(Passkeys::Data))
        .col(timestamp_with_time_zone(Passkeys::CreatedAt))
        .col(timestamp_with_time_zone_null(Passkeys::LastUsedAt))
        .foreign_key(&mut user_foreign_key(
            Passkeys::Table.into_iden(),
            Passkeys::UserId.into_iden(),
        ))
        .take()
}

fn challenges_table() -> TableCreateStatement {
    Table::create()
        .table(Challenges::Table)
        // Hash of a cookie token, or of the challenge that an authenticator signs. Deleted on use.
        .col(var_binary(Challenges::KeyHash, 32).primary_key())
        // 0 second step of a sign-in, 1 registration of a passkey, 2 sign-in with a passkey, 3 passkey as second factor.
        .col(small_integer(Challenges::Purpose))
        // Null while the user is unknown.
        .col(uuid_null(Challenges::UserId))
        // Session that requested the registration of a passkey.
        .col(uuid_null(Challenges::SessionId))
        // Factor used in the first step of a sign-in.
        .col(small_integer_null(Challenges::FirstFactor))
        .col(small_integer(Challenges::Attempts).default(0))
        .col(text_null(Challenges::State))
        .col(timestamp_with_time_zone(Challenges::CreatedAt))
        .col(timestamp_with_time_zone(Challenges::ExpiresAt))
        .foreign_key(&mut user_foreign_key(
            Challenges::Table.into_iden(),
            Challenges::UserId.into_iden(),
        ))
        .take()
}

fn user_foreign_key(table: DynIden, column: DynIden) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(Users::Table, Users::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

#[derive(DeriveIden)]
enum TotpSecrets {
    Table,
    UserId,
    Secret,
    LastStep,
    CreatedAt,
    ConfirmedAt,
}

#[derive(DeriveIden)]
enum RecoveryCodes {
    Table,
    UserId,
    CodeHash,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Passkeys {
    Table,
    Id,
    UserId,
    CredentialId,
    Name,
    Data,
    CreatedAt,
    LastUsedAt,
}

#[derive(DeriveIden)]
enum Challenges {
    Table,
    KeyHash,
    Purpose,
    UserId,
    SessionId,
    FirstFactor,
    Attempts,
    State,
    CreatedAt,
    ExpiresAt,
}
