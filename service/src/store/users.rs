//! Accounts.

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
use super::{Owner, Store, access_tokens, invites, mailed_links};
use crate::clock;
use crate::domain::account::{Account, Login, fold};
use crate::domain::id;
use crate::error::{Code, Error};

/// A person who registers.
#[derive(Debug)]
pub struct NewUser {
    /// The address, as it was written.
    pub email: String,
    /// The name, as it was written.
    pub username: String,
    /// The hash of the password.
    pub password_hash: String,
    /// The code of an invite to use up; none where none is asked for.
    pub invite: Option<SecretString>,
}

/// What is kept of an account to check a password against. Not yet an [`Owner`]: [`Store::sign_in`] makes one of it.
#[derive(Debug, Clone)]
pub struct Credentials {
    user: Uuid,
    password_hash: Option<String>,
}

impl Credentials {
    /// The user's identifier.
    pub fn user_id(&self) -> Uuid {
        self.user
    }

    /// The hash of the password.
    pub fn password_hash(&self) -> Option<&str> {
        self.password_hash.as_deref()
    }
}

/// A new address of an account.
#[derive(Debug)]
pub struct NewAddress {
    /// The address, as it was written.
    pub email: String,
    /// Credentials that the password was checked by.
    pub checked: Credentials,
}

/// What changes of an account.
#[derive(Debug, Default)]
pub struct AccountChange {
    /// A new address.
    pub address: Option<NewAddress>,
    /// A new name.
    pub username: Option<String>,
}

impl Store {
    /// Makes an account with its first session; address and name are compared without regard to case.
    pub async fn register(&self, new: NewUser, session: &NewSession) -> Result<Owner, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        let owner = insert(&tx, new).await?;
        sessions::begin(&tx, owner, session).await?;
        tx.commit().await?;
        Ok(owner)
    }

    /// What to check the password of this name against; nothing, if nobody has it.
    pub async fn credentials(&self, login: &Login) -> Result<Option<Credentials>, Error> {
        let named = match login {
            Login::Email(key) => user::Column::EmailKey.eq(key),
            Login::Username(key) => user::Column::UsernameKey.eq(key),
        };
        let found = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .column(user::Column::PasswordHash)
            .filter(named)
            .into_tuple::<(Uuid, Option<String>)>()
            .one(self.db())
            .await?;
        Ok(found.map(|(user, password_hash)| Credentials {
            user,
            password_hash,
        }))
    }

    /// Begins a session of somebody who has shown the password of these credentials, unless it was changed in the meantime.
    pub async fn sign_in(
        &self,
        credentials: &Credentials,
        rehashed: Option<String>,
        session: &NewSession,
    ) -> Result<Owner, Error> {
        let tx = self.write().await?;
        let user = lock_with_password(&tx, credentials.user, credentials.password_hash.as_deref())
            .await?
            .ok_or_else(|| Error::new(Code::InvalidCredentials))?;
        if user.disabled_at.is_some() {
            tx.rollback().await?;
            return Err(Error::new(Code::AccountDisabled)
                .detail("an operator of the service has disabled this account; ask them"));
        }
        let owner = Owner::authenticated(credentials.user);
        if let Some(hash) = rehashed {
            set_password(&tx, owner, hash).await?;
        }
        sessions::begin(&tx, owner, session).await?;
        sessions::end_oldest(&tx, owner).await?;
        tx.commit().await?;
        Ok(owner)
    }

    /// The account itself.
    pub async fn account(&self, owner: Owner) -> Result<Account, Error> {
        Ok(find(self.db(), owner).await?.into())
    }

    /// What to check a password against that the user shows again.
    pub async fn own_credentials(&self, owner: Owner) -> Result<Credentials, Error> {
        let user = find(self.db(), owner).await?;
        Ok(Credentials {
            user: user.id,
            password_hash: user.password_hash,
        })
    }

    /// Changes address and name.
    pub async fn change_account(
        &self,
        owner: Owner,
        change: AccountChange,
    ) -> Result<Account, Error> {
        let tx = self.write().await?;
        let before = match &change.address {
            Some(address) => lock_checked(&tx, owner, &address.checked).await?,
            None => find(&tx, owner).await?,
        };
        let mut row = before.clone().into_active_model();
        if let Some(NewAddress { email, .. }) = change.address {
            let key = Some(fold(&email));
            if key != before.email_key {
                row.email_verified_at = Set(None);
                mailed_links::end_links(&tx, owner).await?;
            }
            row.email_key = Set(key);
            row.email = Set(Some(email));
        }
        if let Some(username) = change.username {
            row.username_key = Set(fold(&username));
            row.username = Set(username);
        }
        row.updated_at = Set(clock::now());
        let row = row.update(&tx).await.map_err(taken)?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Replaces the password that these credentials were checked by, and ends all sessions but one and all access
    /// tokens: whoever else had the old password is out, by whichever way.
    pub async fn change_password(
        &self,
        owner: Owner,
        checked: &Credentials,
        new_hash: String,
        keep: Uuid,
    ) -> Result<(), Error> {
        let tx = self.write().await?;
        lock_checked(&tx, owner, checked).await?;
        set_password(&tx, owner, new_hash).await?;
        sessions::end_others(&tx, owner, keep).await?;
        access_tokens::end_all(&tx, owner).await?;
        mailed_links::end_links(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes the account of somebody who has shown the password of these credentials, with everything that belongs to it.
    pub async fn delete_account(&self, owner: Owner, checked: &Credentials) -> Result<(), Error> {
        let tx = self.write().await?;
        lock_checked(&tx, owner, checked).await?;
        user::Entity::delete_by_id(owner.id()).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Makes an account that is empty.
pub(super) async fn insert(tx: &DatabaseTransaction, new: NewUser) -> Result<Owner, Error> {
    if let Some(code) = &new.invite {
        invites::redeem(tx, code).await?;
    }
    let now = clock::now();
    let owner = Owner::authenticated(id::new());
    let user = user::ActiveModel {
        id: Set(owner.id()),
        email_key: Set(Some(fold(&new.email))),
        email: Set(Some(new.email)),
        username_key: Set(fold(&new.username)),
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
    };
    user::Entity::insert(user)
        .exec_without_returning(tx)
        .await
        .map_err(taken)?;
    Ok(owner)
}

/// The user's row; the account may have been deleted since it was authenticated.
pub(super) async fn find(db: &impl ConnectionTrait, owner: Owner) -> Result<user::Model, Error> {
    user::Entity::find_by_id(owner.id())
        .one(db)
        .await?
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

/// An address or a name that another account has.
pub(super) fn taken(error: DbErr) -> Error {
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

/// Keeps the row from changing, if the password is still this one.
async fn lock_with_password(
    tx: &DatabaseTransaction,
    user: Uuid,
    hash: Option<&str>,
) -> Result<Option<user::Model>, Error> {
    Ok(user::Entity::find_by_id(user)
        .filter(user::Column::PasswordHash.eq(hash))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The row of a user whose password was checked by these credentials, kept from changing; a conflict, if it has another password by now.
pub(super) async fn lock_checked(
    tx: &DatabaseTransaction,
    owner: Owner,
    checked: &Credentials,
) -> Result<user::Model, Error> {
    lock_with_password(tx, owner.id(), checked.password_hash.as_deref())
        .await?
        .ok_or_else(|| {
            Error::new(Code::Conflict).detail("the password was changed at the same moment")
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
