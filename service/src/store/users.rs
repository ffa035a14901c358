//! Accounts of users: registration, changes and deletion.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, SqlErr,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::entity::user;
use super::sessions::{self, NewSession};
use super::{Owner, Store, access_tokens, challenges, invites, mailed_links, sharing, webhooks};
use crate::clock;
use crate::domain::account::{Account, Login, fold_name};
use crate::domain::factor::{Factor, SignedInBy};
use crate::domain::id;
use crate::error::{Code, Error};

/// A user to register, with the password already hashed.
#[derive(Debug)]
pub struct NewUser {
    /// Email address as the user entered it; compared in the form of [`fold_name`].
    pub email: String,
    /// Username as the user entered it; compared in the form of [`fold_name`].
    pub username: String,
    /// Hash of the password in PHC string format, with its parameters and salt.
    pub password_hash: String,
    /// Invite code to redeem; `None` if registration requires no invite.
    pub invite: Option<SecretString>,
}

/// The stored data of an account for checking a password. It proves nothing yet; [`Store::complete_sign_in`] returns an [`Owner`] for it.
#[derive(Debug, Clone)]
pub struct Credentials {
    user: Uuid,
    password_hash: Option<String>,
    is_guest: bool,
}

impl Credentials {
    /// Returns the identifier of the account, which proves nothing about the user.
    pub fn user_id(&self) -> Uuid {
        self.user
    }

    /// Returns the hash of the password; `None` for a guest, and for an account that signs in by a provider or passkey only.
    pub fn password_hash(&self) -> Option<&str> {
        self.password_hash.as_deref()
    }

    /// Returns true for the account of a guest, which has no password.
    pub fn is_guest(&self) -> bool {
        self.is_guest
    }
}

/// A new email address of an account, with proof that the user is present.
#[derive(Debug)]
pub struct NewAddress {
    /// Email address as the user entered it; compared in the form of [`fold_name`].
    pub email: String,
    /// Credentials that the password was checked against, before the change.
    pub checked: Credentials,
}

/// A change to an account. `None` leaves a property unchanged.
#[derive(Debug, Default)]
pub struct AccountChange {
    /// New email address, which counts as unverified until its user opens a link in an email.
    pub address: Option<NewAddress>,
    /// New username, unique over all accounts regardless of case.
    pub username: Option<String>,
}

impl Store {
    /// Creates an account with its first session.
    ///
    /// # Errors
    ///
    /// `email_taken` or `username_taken` if another account has the address or name, regardless of case; `unknown_invite` for an invalid invite.
    pub async fn register_user(&self, new: NewUser, session: &NewSession) -> Result<Owner, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let owner = insert_user(&tx, new).await?;
        let signed_in_by = SignedInBy::single_factor(Factor::Password);
        sessions::begin_session(&tx, owner, session, signed_in_by).await?;
        tx.commit().await?;
        Ok(owner)
    }

    /// Returns the credentials for an address or username; `None` if no account has it.
    pub async fn find_credentials(&self, login: &Login) -> Result<Option<Credentials>, Error> {
        let named = match login {
            Login::Email(key) => user::Column::EmailKey.eq(key),
            Login::Username(key) => user::Column::UsernameKey.eq(key),
        };
        let found = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .column(user::Column::PasswordHash)
            .column(user::Column::IsGuest)
            .filter(named)
            .into_tuple::<(Uuid, Option<String>, bool)>()
            .one(self.db())
            .await?;
        Ok(found.map(|(user, password_hash, is_guest)| Credentials {
            user,
            password_hash,
            is_guest,
        }))
    }

    /// Returns the account of the user.
    ///
    /// # Errors
    ///
    /// `unauthenticated` if it was deleted since the request was authenticated.
    pub async fn get_account(&self, owner: Owner) -> Result<Account, Error> {
        Ok(find_user(self.db(), owner).await?.into())
    }

    /// Returns the credentials of a signed-in user, for checking the password again.
    pub async fn own_credentials(&self, owner: Owner) -> Result<Credentials, Error> {
        let user = find_user(self.db(), owner).await?;
        Ok(Credentials {
            user: user.id,
            password_hash: user.password_hash,
            is_guest: user.is_guest,
        })
    }

    /// Changes address and username of an account. A new address is unverified, and invalidates mailed links.
    ///
    /// # Errors
    ///
    /// `email_taken` or `username_taken` if another account has them, `conflict` if the password has changed since it was checked.
    pub async fn change_account(
        &self,
        owner: Owner,
        change: AccountChange,
    ) -> Result<Account, Error> {
        let tx = self.begin_write().await?;
        let before = match &change.address {
            Some(address) => lock_checked(&tx, owner, &address.checked).await?,
            None => find_user(&tx, owner).await?,
        };
        let mut row = before.clone().into_active_model();
        if let Some(NewAddress { email, .. }) = change.address {
            let key = Some(fold_name(&email));
            if key != before.email_key {
                row.email_verified_at = Set(None);
                mailed_links::end_links(&tx, owner).await?;
            }
            row.email_key = Set(key);
            row.email = Set(Some(email));
        }
        if let Some(username) = change.username {
            row.username_key = Set(fold_name(&username));
            row.username = Set(username);
        }
        row.updated_at = Set(clock::now());
        let row = row.update(&tx).await.map_err(map_name_taken)?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Replaces the password that was checked against these credentials. Ends all other sessions, all access tokens and mailed links, and disables
    /// webhooks, so that an intruder who knew the old password loses access.
    pub async fn change_password(
        &self,
        owner: Owner,
        checked: &Credentials,
        new_hash: String,
        keep: Uuid,
    ) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        lock_checked(&tx, owner, checked).await?;
        set_password(&tx, owner, new_hash).await?;
        sessions::end_others(&tx, owner, keep).await?;
        access_tokens::end_all(&tx, owner).await?;
        webhooks::end_all(&tx, owner).await?;
        mailed_links::end_links(&tx, owner).await?;
        challenges::end_all(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes the account of a user, whose password was checked against these credentials, with all its content.
    pub async fn delete_account(&self, owner: Owner, checked: &Credentials) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        lock_checked(&tx, owner, checked).await?;
        let recipients = sharing::end_all(&tx, owner).await?;
        user::Entity::delete_by_id(owner.id()).exec(&tx).await?;
        tx.commit().await?;
        self.notify_later(recipients);
        Ok(())
    }
}

/// Creates an empty account.
pub(super) async fn insert_user(tx: &DatabaseTransaction, new: NewUser) -> Result<Owner, Error> {
    if let Some(code) = &new.invite {
        invites::redeem_invite(tx, code).await?;
    }
    let now = clock::now();
    let owner = Owner::from_authenticated(id::new());
    let user = user::ActiveModel {
        id: Set(owner.id()),
        email_key: Set(Some(fold_name(&new.email))),
        email: Set(Some(new.email)),
        username_key: Set(fold_name(&new.username)),
        username: Set(new.username),
        password_hash: Set(Some(new.password_hash)),
        is_guest: Set(false),
        expires_at: Set(None),
        disabled_at: Set(None),
        email_verified_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        revision: NotSet,
        changes_floor: NotSet,
        note_count: NotSet,
        label_count: NotSet,
        next_position: NotSet,
        webhook_count: NotSet,
    };
    user::Entity::insert(user)
        .exec_without_returning(tx)
        .await
        .map_err(map_name_taken)?;
    Ok(owner)
}

/// Locks and returns the row of a user.
///
/// # Errors
///
/// `unauthenticated` if the account was deleted in the meantime.
pub(super) async fn lock_user(tx: &DatabaseTransaction, user: Uuid) -> Result<user::Model, Error> {
    user::Entity::find_by_id(user)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

/// Checks that an account is not disabled.
///
/// # Errors
///
/// `account_disabled` if an operator has disabled it.
pub(super) fn require_enabled(user: &user::Model) -> Result<(), Error> {
    if user.disabled_at.is_some() {
        return Err(Error::new(Code::AccountDisabled)
            .detail("an operator has disabled this account; contact the operator"));
    }
    Ok(())
}

/// Returns the row of a user.
///
/// # Errors
///
/// `unauthenticated` if the account was deleted since the request was authenticated.
pub(super) async fn find_user(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<user::Model, Error> {
    user::Entity::find_by_id(owner.id())
        .one(db)
        .await?
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

/// Converts a violated unique constraint to the error for an address or username that another account has.
pub(super) fn map_name_taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) if what.contains("email_key") => {
            Error::new(Code::EmailTaken)
        }
        Some(SqlErr::UniqueConstraintViolation(what)) if what.contains("username_key") => {
            Error::new(Code::UsernameTaken)
        }
        _ => error.into(),
    }
}

/// Locks and returns the row of a user, if the password is still the one of the credentials.
pub(super) async fn lock_with_password(
    tx: &DatabaseTransaction,
    checked: &Credentials,
) -> Result<Option<user::Model>, Error> {
    let same = match checked.password_hash.as_deref() {
        Some(hash) => user::Column::PasswordHash.eq(hash),
        None => user::Column::PasswordHash.is_null(),
    };
    Ok(user::Entity::find_by_id(checked.user)
        .filter(same)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Locks and returns the row of a user whose password was checked against these credentials.
///
/// # Errors
///
/// `conflict` if the password has changed since.
pub(super) async fn lock_checked(
    tx: &DatabaseTransaction,
    owner: Owner,
    checked: &Credentials,
) -> Result<user::Model, Error> {
    lock_with_password(tx, checked)
        .await?
        .filter(|user| user.id == owner.id())
        .ok_or_else(|| {
            Error::new(Code::Conflict)
                .detail("another request changed the password at the same time")
        })
}

pub(super) async fn set_password(
    tx: &DatabaseTransaction,
    owner: Owner,
    hash: String,
) -> Result<(), Error> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::UpdatedAt, Expr::value(clock::now()))
        .filter(user::Column::Id.eq(owner.id()))
        .exec(tx)
        .await?;
    Ok(())
}

impl From<user::Model> for Account {
    fn from(row: user::Model) -> Self {
        Self {
            id: row.id,
            email: row.email,
            username: row.username,
            expires_at: row.expires_at,
            is_guest: row.is_guest,
            notes: row.note_count,
            labels: row.label_count,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
            email_verified_at: row.email_verified_at,
        }
    }
}
