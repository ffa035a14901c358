//! Links in emails. Opening one proves that the recipient controls the address of an account.
//!
//! The database stores a hash of the token. A link works once, until it expires, and only while the account has the address that the link was sent
//! to.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};
use secrecy::{ExposeSecret, SecretString};

use super::entity::{mailed_link, user};
use super::operators::end_access;
use super::{Owner, Store, factors, identities, users};
use crate::auth::token;
use crate::clock;
use crate::domain::account::{Account, fold_name};
use crate::error::Error;

/// The purpose of a link. A link that was created for another purpose is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sets a new password for a user who has forgotten the present one.
    ResetPassword,
    /// Verifies the email address of the account.
    VerifyAddress,
}

impl Purpose {
    fn to_db(self) -> i16 {
        match self {
            Self::ResetPassword => 0,
            Self::VerifyAddress => 1,
        }
    }

    /// Returns the time for which a link is valid.
    fn lifetime(self) -> TimeDelta {
        match self {
            Self::ResetPassword => TimeDelta::hours(1),
            Self::VerifyAddress => TimeDelta::days(3),
        }
    }
}

/// A link to send by email, whose token exists nowhere else in plain form.
#[derive(Debug)]
pub struct NewLink {
    /// The account that the link belongs to, for the text of the email.
    pub account: Account,
    /// Email address to send the link to, as the account has it.
    pub email: String,
    /// Token of the link, which proves control of the address.
    pub token: SecretString,
}

impl Store {
    /// Creates a link for the account with this address, which replaces an earlier link for the same purpose. Returns `None` without an
    /// account, for a disabled one, and for an address that is verified already.
    pub async fn create_link(
        &self,
        purpose: Purpose,
        email: &str,
    ) -> Result<Option<NewLink>, Error> {
        let key = fold_name(email);
        let tx = self.begin_write().await?;
        let found = user::Entity::find()
            .filter(user::Column::EmailKey.eq(&key))
            .filter(user::Column::DisabledAt.is_null())
            .lock_exclusive()
            .one(&tx)
            .await?;
        let Some(row) = found else {
            return Ok(None);
        };
        let done = purpose == Purpose::VerifyAddress && row.email_verified_at.is_some();
        let Some(email) = row.email.clone().filter(|_| !done) else {
            return Ok(None);
        };
        mailed_link::Entity::delete_many()
            .filter(mailed_link::Column::UserId.eq(row.id))
            .filter(mailed_link::Column::Purpose.eq(purpose.to_db()))
            .exec(&tx)
            .await?;
        let (token, now) = (token::new_session_token()?, clock::now());
        let link = mailed_link::ActiveModel {
            token_hash: Set(token::hash_token(token.expose_secret())),
            user_id: Set(row.id),
            purpose: Set(purpose.to_db()),
            email_key: Set(key),
            created_at: Set(now),
            expires_at: Set(now + purpose.lifetime()),
        };
        mailed_link::Entity::insert(link)
            .exec_without_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(Some(NewLink {
            account: row.into(),
            email,
            token,
        }))
    }

    /// Returns the account of a password reset link, without using the link up.
    ///
    /// # Errors
    ///
    /// `unknown_link` for a link that is unknown, used or expired.
    pub async fn account_of_link(&self, token: &SecretString) -> Result<Account, Error> {
        let link = find_link(self.db(), Purpose::ResetPassword, token).await?;
        let row = user::Entity::find_by_id(link.user_id)
            .one(self.db())
            .await?;
        Ok(row.ok_or_else(unknown_link)?.into())
    }

    /// Uses up a link: sets a new password, and ends all sessions, access tokens and other access. The link also verifies the address. If it was
    /// unverified before, identities and second factors are removed as well.
    pub async fn reset_password_by_link(
        &self,
        token: &SecretString,
        hash: String,
    ) -> Result<(), Error> {
        // Declared before the transaction, so that it is dropped after it.
        let _forgetting;
        let tx = self.begin_write().await?;
        let (owner, was_verified) = use_up_link(&tx, Purpose::ResetPassword, token).await?;
        _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        if !was_verified {
            // The account may have been created by another person with this address, who must not keep access.
            identities::unlink_all(&tx, owner).await?;
            factors::remove_all(&tx, owner).await?;
        }
        users::set_password(&tx, owner, hash).await?;
        end_access(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Uses up a link and marks the address of the account as verified.
    pub async fn verify_address_by_link(&self, token: &SecretString) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        use_up_link(&tx, Purpose::VerifyAddress, token).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes expired links, up to 500 in one call, and returns their number.
    pub async fn remove_expired_links(&self) -> Result<u64, Error> {
        self.prune_rows(
            "mailed_links",
            "token_hash",
            "expires_at <= $1",
            clock::now(),
        )
        .await
    }
}

/// Deletes all links of the user, because the address or password that they were sent for has changed.
pub(super) async fn end_links(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    mailed_link::Entity::delete_many()
        .filter(mailed_link::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes a link after locking its user, and marks the address as verified. Returns the user, and true if the address was verified before.
async fn use_up_link(
    tx: &DatabaseTransaction,
    purpose: Purpose,
    token: &SecretString,
) -> Result<(Owner, bool), Error> {
    let link = find_link(tx, purpose, token).await?;
    let user: Option<user::Model> = user::Entity::find_by_id(link.user_id)
        .filter(user::Column::EmailKey.eq(&link.email_key))
        .filter(user::Column::DisabledAt.is_null())
        .lock_exclusive()
        .one(tx)
        .await?;
    let user = user.ok_or_else(unknown_link)?;
    let owner = Owner::from_authenticated(user.id);
    let deleted = mailed_link::Entity::delete_by_id(link.token_hash)
        .exec(tx)
        .await?;
    if deleted.rows_affected == 0 {
        return Err(unknown_link());
    }
    user::Entity::update_many()
        .col_expr(user::Column::EmailVerifiedAt, Expr::value(clock::now()))
        .filter(user::Column::Id.eq(owner.id()))
        .exec(tx)
        .await?;
    Ok((owner, user.email_verified_at.is_some()))
}

async fn find_link(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    token: &SecretString,
) -> Result<mailed_link::Model, Error> {
    mailed_link::Entity::find_by_id(token::hash_token(token.expose_secret().trim()))
        .filter(mailed_link::Column::Purpose.eq(purpose.to_db()))
        .filter(mailed_link::Column::ExpiresAt.gt(clock::now()))
        .one(db)
        .await?
        .ok_or_else(unknown_link)
}

/// Returns the error for links that are unknown, used or expired, which have the same message.
fn unknown_link() -> Error {
    Error::invalid(
        "/token",
        "unknown_link",
        "belongs to no link, or the link was already used or has expired; request a new mail",
    )
}
