//! Accounts as an operator of the service manages them: the only functions about users that take no proof of who asks. Commands on the machine
//! use them, no request does.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entity::{access_token, session, user};
use super::users::{self, NewUser};
use super::{Owner, Store, access_tokens, guests, mailed_links};
use crate::clock;
use crate::domain::account::{Account, Login};
use crate::error::{Code, Error};

/// Accounts of one page of the list.
const PAGE: u64 = 500;

/// Ways into an account, as an operator sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Sessions that have not ended.
    pub sessions: u64,
    /// Access tokens.
    pub access_tokens: u64,
    /// When a session was last used, give or take an hour; none without a session.
    pub last_seen_at: Option<DateTime<Utc>>,
}

/// Accounts to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Accounts of people who registered.
    Registered,
    /// Those of guests too.
    WithGuests,
}

impl Store {
    /// Some accounts in the order in which they were made, after this one; none, when there are no more.
    pub async fn accounts_after(
        &self,
        after: Option<Uuid>,
        listed: Listed,
    ) -> Result<Vec<Account>, Error> {
        let mut query = user::Entity::find()
            .order_by_asc(user::Column::Id)
            .limit(PAGE);
        if let Some(after) = after {
            query = query.filter(user::Column::Id.gt(after));
        }
        if listed == Listed::Registered {
            query = query.filter(user::Column::IsGuest.eq(false));
        }
        let rows = query.all(self.db()).await?;
        Ok(rows.into_iter().map(Account::from).collect())
    }

    /// The account with this address, username or identifier.
    pub async fn account_named(&self, name: &str) -> Result<Account, Error> {
        // With its hyphens only: 32 digits without are a username too.
        let id = name.parse::<Uuid>().ok().filter(|_| name.len() == 36);
        let named = match (id, Login::of(name)) {
            (Some(id), _) => user::Column::Id.eq(id),
            (_, Login::Email(key)) => user::Column::EmailKey.eq(key),
            (_, Login::Username(key)) => user::Column::UsernameKey.eq(key),
        };
        let found = user::Entity::find().filter(named).one(self.db()).await?;
        found.map(Account::from).ok_or_else(|| {
            Error::new(Code::NotFound).detail(format!(
                "no account has the address, username or identifier `{name}`"
            ))
        })
    }

    /// Counts the ways by which the user of an account comes in.
    pub async fn access_of(&self, account: &Account) -> Result<Access, Error> {
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
        })
    }

    /// Makes an account, without a session.
    pub async fn create_account(&self, new: NewUser) -> Result<Account, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        let owner = users::insert(&tx, new).await?;
        let account = users::find(&tx, owner).await?;
        tx.commit().await?;
        Ok(account.into())
    }

    /// Keeps the user of an account out: sessions and access tokens end, and nobody signs in until it is enabled again.
    pub async fn disable_account(&self, account: &Account) -> Result<(), Error> {
        let tx = self.write().await?;
        set_disabled(&tx, account, Some(clock::now())).await?;
        end_access(&tx, Owner::authenticated(account.id)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lets the user of a disabled account sign in again. What ended stays ended.
    pub async fn enable_account(&self, account: &Account) -> Result<(), Error> {
        let tx = self.write().await?;
        set_disabled(&tx, account, None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Replaces the password of an account, and ends its sessions and access tokens.
    pub async fn reset_password(&self, account: &Account, hash: String) -> Result<(), Error> {
        if account.is_guest {
            return Err(Error::new(Code::GuestNotAllowed)
                .detail("a guest has no password and cannot sign in again"));
        }
        let owner = Owner::authenticated(account.id);
        let tx = self.write().await?;
        users::set_password(&tx, owner, hash).await?;
        end_access(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes an account with everything that belongs to it.
    pub async fn remove_account(&self, account: &Account) -> Result<(), Error> {
        let owner = Owner::authenticated(account.id);
        let tx = self.write().await?;
        if users::find(&tx, owner).await?.is_guest {
            guests::delete(&tx, owner).await?;
        } else {
            user::Entity::delete_by_id(account.id).exec(&tx).await?;
        }
        tx.commit().await?;
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
        return Err(Error::new(Code::NotFound).detail("the account was deleted at this moment"));
    }
    Ok(())
}

/// Ends everything by which somebody comes into an account, in the transaction that has locked the row of the user.
pub(super) async fn end_access(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(owner.id()))
        .exec(db)
        .await?;
    access_tokens::end_all(db, owner).await?;
    mailed_links::end_links(db, owner).await
}
