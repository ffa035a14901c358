//! Management of accounts by operators of the service. These are the only functions about users that take no authenticated [`Owner`]; command line
//! tools call them, requests never do.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entity::{access_token, session, user};
use super::factors::{self, Factors};
use super::identities::{self, Identity};
use super::users::{self, NewUser};
use super::{Owner, Store, access_tokens, challenges, guests, mailed_links, sharing, webhooks};
use crate::clock;
use crate::domain::account::{Account, Login};
use crate::error::{Code, Error};

/// Maximum number of accounts on one page of the list.
const PAGE: u64 = 500;

/// The access to an account, as operators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Number of sessions in browsers that have not expired.
    pub sessions: u64,
    /// Number of access tokens, including expired ones.
    pub access_tokens: u64,
    /// Time of the last use of a session, accurate to about an hour; `None` without a session.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Identities at providers that are linked to the account.
    pub identities: Vec<Identity>,
}

/// The accounts that a list for operators includes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountFilter {
    /// Accounts of registered users.
    Registered,
    /// Accounts of registered users and of guests.
    WithGuests,
}

impl Store {
    /// Returns a page of accounts in the order of their creation, after this one; an empty list after the last.
    pub async fn accounts_after(
        &self,
        after: Option<Uuid>,
        listed: AccountFilter,
    ) -> Result<Vec<Account>, Error> {
        let mut query = user::Entity::find()
            .order_by_asc(user::Column::Id)
            .limit(PAGE);
        if let Some(after) = after {
            query = query.filter(user::Column::Id.gt(after));
        }
        if listed == AccountFilter::Registered {
            query = query.filter(user::Column::IsGuest.eq(false));
        }
        let rows = query.all(self.db()).await?;
        Ok(rows.into_iter().map(Account::from).collect())
    }

    /// Returns the account with this email address, username or identifier.
    ///
    /// # Errors
    ///
    /// `not_found` if no account has it.
    pub async fn find_account(&self, name: &str) -> Result<Account, Error> {
        // Only the form with hyphens: 32 digits are a valid username.
        let id = name.parse::<Uuid>().ok().filter(|_| name.len() == 36);
        let named = match (id, Login::from_input(name)) {
            (Some(id), _) => user::Column::Id.eq(id),
            (_, Login::Email(key)) => user::Column::EmailKey.eq(key),
            (_, Login::Username(key)) => user::Column::UsernameKey.eq(key),
        };
        let found = user::Entity::find().filter(named).one(self.db()).await?;
        found.map(Account::from).ok_or_else(|| {
            Error::new(Code::NotFound).detail(format!(
                "no account has the email address, username or id `{name}`"
            ))
        })
    }

    /// Returns the sessions, access tokens and identities of an account, mostly as numbers.
    pub async fn count_access(&self, account: &Account) -> Result<Access, Error> {
        let sessions = session::Entity::find()
            .filter(session::Column::UserId.eq(account.id))
            .filter(session::Column::ExpiresAt.gt(clock::now()))
            .order_by_desc(session::Column::LastSeenAt)
            .all(self.db())
            .await?;
        let access_tokens = access_token::Entity::find()
            .filter(access_token::Column::UserId.eq(account.id))
            .count(self.db())
            .await?;
        Ok(Access {
            sessions: sessions.len() as u64,
            access_tokens,
            last_seen_at: sessions.first().map(|session| session.last_seen_at),
            identities: self.identities_of(account).await?,
        })
    }

    /// Creates an account without a session, on behalf of an operator.
    ///
    /// # Errors
    ///
    /// `email_taken` or `username_taken` if another account has the address or name.
    pub async fn create_account(&self, new: NewUser) -> Result<Account, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let owner = users::insert_user(&tx, new).await?;
        let account = users::find_user(&tx, owner).await?;
        tx.commit().await?;
        Ok(account.into())
    }

    /// Disables an account: ends its sessions, access tokens and shares, and rejects sign-ins until it is enabled again.
    pub async fn disable_account(&self, account: &Account) -> Result<(), Error> {
        let owner = Owner::from_authenticated(account.id);
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        set_disabled(&tx, account, Some(clock::now())).await?;
        end_access(&tx, owner).await?;
        let recipients = sharing::end_all(&tx, owner).await?;
        tx.commit().await?;
        self.notify_later(recipients);
        Ok(())
    }

    /// Enables a disabled account, so that its user can sign in again. Access that was ended is not restored.
    pub async fn enable_account(&self, account: &Account) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        set_disabled(&tx, account, None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Replaces the password of an account, and ends its sessions and access tokens.
    ///
    /// # Errors
    ///
    /// `guest_not_allowed` for a guest, who has no password.
    pub async fn reset_password(&self, account: &Account, hash: String) -> Result<(), Error> {
        if account.is_guest {
            return Err(Error::new(Code::GuestNotAllowed)
                .detail("a guest has no password and cannot sign in again"));
        }
        let owner = Owner::from_authenticated(account.id);
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        users::set_password(&tx, owner, hash).await?;
        end_access(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Unlinks all identities of an account, and ends its sessions and access tokens. Returns the number of identities.
    pub async fn unlink_identities(&self, account: &Account) -> Result<u64, Error> {
        let owner = Owner::from_authenticated(account.id);
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        users::lock_user(&tx, account.id).await?;
        let unlinked = identities::unlink_all(&tx, owner).await?;
        end_access(&tx, owner).await?;
        tx.commit().await?;
        Ok(unlinked)
    }

    /// Returns the second factors of an account, for an operator's overview.
    pub async fn factors_of(&self, account: &Account) -> Result<Factors, Error> {
        factors::load_factors(self.db(), Owner::from_authenticated(account.id)).await
    }

    /// Removes the second factors of an account, and ends its sessions and access tokens. Returns the factors before.
    pub async fn remove_factors(&self, account: &Account) -> Result<Factors, Error> {
        let owner = Owner::from_authenticated(account.id);
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        let locked = user::Entity::find_by_id(account.id)
            .lock_exclusive()
            .one(&tx)
            .await?;
        if locked.is_none() {
            return Err(
                Error::new(Code::NotFound).detail("the account was deleted in the meantime")
            );
        }
        let removed = factors::load_factors(&tx, owner).await?;
        factors::remove_all(&tx, owner).await?;
        end_access(&tx, owner).await?;
        tx.commit().await?;
        Ok(removed)
    }

    /// Deletes an account with all its content, of a registered user or a guest, and ends its shares.
    pub async fn remove_account(&self, account: &Account) -> Result<(), Error> {
        let owner = Owner::from_authenticated(account.id);
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        let mut recipients = sharing::Recipients::default();
        if users::lock_user(&tx, account.id).await?.is_guest {
            guests::delete_guest_account(&tx, owner).await?;
        } else {
            recipients = sharing::end_all(&tx, owner).await?;
            user::Entity::delete_by_id(account.id).exec(&tx).await?;
        }
        tx.commit().await?;
        self.notify_later(recipients);
        Ok(())
    }
}

async fn set_disabled(
    tx: &DatabaseTransaction,
    account: &Account,
    at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let set = user::Entity::update_many()
        .col_expr(user::Column::DisabledAt, Expr::value(at))
        .filter(user::Column::Id.eq(account.id))
        .exec(tx)
        .await?;
    if set.rows_affected == 0 {
        return Err(Error::new(Code::NotFound).detail("the account was deleted in the meantime"));
    }
    Ok(())
}

/// Ends all access to an account: sessions, access tokens, webhooks, sign-ins in progress and mailed links. The transaction has locked the row of the
/// user.
pub(super) async fn end_access(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    access_tokens::end_all(db, owner).await?;
    webhooks::end_all(db, owner).await?;
    challenges::end_all(db, owner).await?;
    mailed_links::end_links(db, owner).await
}
