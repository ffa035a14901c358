//! Passkeys: the public keys of WebAuthn authenticators by which a user signs in.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, SqlErr,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::entity::{identity, passkey, user};
use super::factors::{self, PresenceProof};
use super::{Owner, Store, sessions};
use crate::clock;
use crate::domain::id;
use crate::error::{Code, Error};

/// Maximum number of passkeys of one user; registering another fails with `limit_reached`.
pub const MOST: u64 = 20;

/// A passkey as its user sees it in the settings of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Identifier of the passkey, a UUID of version 7.
    pub id: Uuid,
    /// Name that the user gave to the passkey, to recognise the device.
    pub name: String,
    /// Time at which the passkey was registered with this account.
    pub created_at: DateTime<Utc>,
    /// Time of the last sign-in with the passkey; `None` if there was none.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A passkey to register, whose attestation the caller has verified.
#[derive(Debug)]
pub struct NewPasskey {
    /// Credential ID that the authenticator assigned, unique over all accounts.
    pub credential_id: Vec<u8>,
    /// Name that the user gives to the passkey, to recognise the device.
    pub name: String,
    /// Public key, counter and flags, serialized by the WebAuthn library.
    pub data: String,
}

/// The stored data of a passkey, for verifying an assertion.
#[derive(Debug, Clone)]
pub struct StoredPasskey {
    id: Uuid,
    owner: Owner,
    data: String,
}

impl StoredPasskey {
    /// Returns the user whose account the passkey signs in to.
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// Returns the public key, counter and flags, as the WebAuthn library serializes them.
    pub fn data(&self) -> &str {
        &self.data
    }
}

/// A passkey whose signature of a challenge the caller has verified against the stored data.
#[derive(Debug)]
pub struct PasskeyUse {
    /// Stored data that the signature was verified against; the use is recorded only if it is unchanged.
    pub stored: StoredPasskey,
    /// New data to store, if counter or flags have changed.
    pub changed: Option<String>,
}

impl PasskeyUse {
    pub(super) fn user(&self) -> Uuid {
        self.stored.owner.id()
    }
}

impl Store {
    /// Returns the passkeys of the user, newest first, without their keys.
    pub async fn list_passkeys(&self, owner: Owner) -> Result<Vec<Passkey>, Error> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(owner.id()))
            .order_by_desc(passkey::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Passkey::from).collect())
    }

    /// Returns the stored data of the user's passkeys, for verifying an assertion.
    pub async fn list_stored_passkeys(&self, owner: Owner) -> Result<Vec<StoredPasskey>, Error> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(owner.id()))
            .order_by_asc(passkey::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(StoredPasskey::from).collect())
    }

    /// Returns the passkey with this credential ID, of any user; for signing in.
    pub async fn find_passkey(&self, credential_id: &[u8]) -> Result<Option<StoredPasskey>, Error> {
        let row = passkey::Entity::find()
            .filter(passkey::Column::CredentialId.eq(credential_id))
            .one(self.db())
            .await?;
        Ok(row.map(StoredPasskey::from))
    }

    /// Registers a passkey. As the first second factor of an account, it ends the other sessions. Returns recovery codes if the account had none.
    ///
    /// # Errors
    ///
    /// `limit_reached` at [`MOST`] passkeys, `conflict` for a passkey that is registered already.
    pub async fn add_passkey(
        &self,
        owner: Owner,
        new: NewPasskey,
        keep: Uuid,
    ) -> Result<(Passkey, Option<Vec<SecretString>>), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        factors::lock_user(&tx, owner).await?;
        sessions::require_session(&tx, owner, keep).await?;
        let before = factors::load_factors(&tx, owner).await?;
        if before.passkeys >= MOST {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account can have at most {MOST} passkeys; remove one first"
            )));
        }
        let row = passkey::ActiveModel {
            id: Set(id::new()),
            user_id: Set(owner.id()),
            credential_id: Set(new.credential_id),
            name: Set(new.name),
            data: Set(new.data),
            created_at: Set(clock::now()),
            last_used_at: Set(None),
        };
        let row = passkey::Entity::insert(row)
            .exec_with_returning(&tx)
            .await
            .map_err(|error| match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => {
                    Error::new(Code::Conflict).detail("the passkey is already registered")
                }
                _ => error.into(),
            })?;
        let codes = factors::make_codes_if_none(&tx, owner).await?;
        if !before.has_any() {
            factors::end_earlier_access(&tx, owner, keep).await?;
        }
        tx.commit().await?;
        Ok((row.into(), codes))
    }

    /// Renames a passkey of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for a passkey that does not exist or belongs to another user.
    pub async fn rename_passkey(
        &self,
        owner: Owner,
        id: Uuid,
        name: String,
    ) -> Result<Passkey, Error> {
        let tx = self.begin_write().await?;
        passkey::Entity::update_many()
            .col_expr(passkey::Column::Name, Expr::value(name))
            .filter(passkey::Column::Id.eq(id))
            .filter(passkey::Column::UserId.eq(owner.id()))
            .exec(&tx)
            .await?;
        let row = passkey::Entity::find_by_id(id)
            .filter(passkey::Column::UserId.eq(owner.id()))
            .one(&tx)
            .await?;
        let row = row.ok_or_else(|| Error::not_found("passkey"))?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Removes a passkey of the user, and ends other sessions, which may have been opened by it.
    ///
    /// # Errors
    ///
    /// `last_way_in` if the account would have no way to sign in.
    pub async fn remove_passkey(
        &self,
        owner: Owner,
        shown: &PresenceProof,
        id: Uuid,
        keep: Uuid,
        ways: SignInMethods<'_>,
    ) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        let user = factors::lock_present_user(&tx, owner, shown).await?;
        sessions::require_session(&tx, owner, keep).await?;
        let removed = passkey::Entity::delete_many()
            .filter(passkey::Column::Id.eq(id))
            .filter(passkey::Column::UserId.eq(owner.id()))
            .exec(&tx)
            .await?;
        if removed.rows_affected == 0 {
            return Err(Error::not_found("passkey"));
        }
        require_sign_in_method(&tx, &user, ways).await?;
        factors::remove_codes_without_factor(&tx, owner).await?;
        factors::end_earlier_access(&tx, owner, keep).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The ways to sign in other than passwords that the configuration enables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInMethods<'a> {
    /// True if passkeys are enabled, so that one counts as a way to sign in.
    pub passkeys: bool,
    /// Issuer of the enabled identity provider, if there is one.
    pub issuer: Option<&'a str>,
}

/// Checks that the account still has a way to sign in: a password, or an enabled passkey or identity. Extend it when adding another way to sign in.
///
/// # Errors
///
/// `last_way_in` if none is left.
pub(super) async fn require_sign_in_method(
    tx: &DatabaseTransaction,
    user: &user::Model,
    ways: SignInMethods<'_>,
) -> Result<(), Error> {
    if user.password_hash.is_some() {
        return Ok(());
    }
    let mut left = 0;
    if ways.passkeys {
        left += passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(user.id))
            .count(tx)
            .await?;
    }
    if let Some(issuer) = ways.issuer {
        left += identity::Entity::find()
            .filter(identity::Column::UserId.eq(user.id))
            .filter(identity::Column::Issuer.eq(issuer))
            .count(tx)
            .await?;
    }
    if left == 0 {
        return Err(Error::new(Code::LastWayIn).detail(
            "the user has no other sign-in method; set a password, register another passkey or link another identity first",
        ));
    }
    Ok(())
}

/// Records the use of a passkey, if its stored data is unchanged since the verification.
///
/// # Errors
///
/// `passkey_rejected` if another sign-in has changed its counter, or the passkey was removed.
pub(super) async fn record_use(
    tx: &DatabaseTransaction,
    owner: Owner,
    used: &PasskeyUse,
) -> Result<(), Error> {
    let data = used.changed.as_ref().unwrap_or(&used.stored.data);
    let noted = passkey::Entity::update_many()
        .col_expr(passkey::Column::Data, Expr::value(data.clone()))
        .col_expr(passkey::Column::LastUsedAt, Expr::value(clock::now()))
        .filter(passkey::Column::Id.eq(used.stored.id))
        .filter(passkey::Column::UserId.eq(owner.id()))
        .filter(passkey::Column::Data.eq(used.stored.data.clone()))
        .exec(tx)
        .await?;
    if noted.rows_affected == 0 {
        return Err(rejection_error());
    }
    Ok(())
}

/// Returns the error for a passkey that is unknown or whose signature is invalid.
pub(super) fn rejection_error() -> Error {
    Error::new(Code::PasskeyRejected)
        .detail("the passkey is not registered here, or its response does not match the challenge")
}

impl From<passkey::Model> for Passkey {
    fn from(row: passkey::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

impl From<passkey::Model> for StoredPasskey {
    fn from(row: passkey::Model) -> Self {
        Self {
            id: row.id,
            owner: Owner::from_authenticated(row.user_id),
            data: row.data,
        }
    }
}
