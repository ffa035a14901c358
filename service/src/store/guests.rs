//! Guests: temporary accounts without a password that expire, limited in number over all replicas.
//!
//! A row of the table `counters` holds their number. Every transaction that creates, claims or deletes guests locks it before any row of a user, so
//! that it is always accurate and transactions cannot deadlock.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait,
};

use super::entity::{counter, session, user};
use super::sessions::{self, NewSession};
use super::users::{self, NewUser};
use super::{Owner, Store, invites, samples};
use crate::clock;
use crate::domain::account::{Account, fold_name};
use crate::domain::factor::{Factor, SignedInBy};
use crate::domain::id;
use crate::domain::welcome::WELCOME;
use crate::error::{Code, Error};

/// Name of the counter for guests.
const GUESTS: &str = "guests";

/// Number of seconds after which to retry while the limit is reached; guests come and go over a day.
const FULL_RETRY_AFTER: u32 = 10 * 60;

/// Maximum number of guests that one transaction deletes, with their notes, while the counter is locked.
const REMOVED_AT_ONCE: u64 = 50;

impl Store {
    /// Creates a guest account with the welcome notes, which expires together with the session.
    ///
    /// # Errors
    ///
    /// `guests_full` if the limit of guests is reached, even after deleting expired ones.
    pub async fn create_guest(&self, session: &NewSession) -> Result<Owner, Error> {
        self.require_room().await?;
        match self.try_create_guest(session).await? {
            Some(owner) => Ok(owner),
            // Expired guests may not have been deleted yet.
            None if self.remove_expired_guests().await? > 0 => self
                .try_create_guest(session)
                .await?
                .ok_or_else(guests_full),
            None => Err(guests_full()),
        }
    }

    async fn try_create_guest(&self, session: &NewSession) -> Result<Option<Owner>, Error> {
        let tx = self.begin_write().await?;
        let counted = counter::Entity::update_many()
            .col_expr(
                counter::Column::Value,
                Expr::col(counter::Column::Value).add(1),
            )
            .filter(counter::Column::Name.eq(GUESTS))
            .filter(counter::Column::Value.lt(i64::from(self.limits().guests)))
            .exec(&tx)
            .await?;
        if counted.rows_affected == 0 {
            return Ok(None);
        }
        let now = clock::now();
        let owner = Owner::from_authenticated(id::new());
        // The random half of a UUID of version 7.
        let username = format!("guest-{}", &id::new().simple().to_string()[16..]);
        let user = user::ActiveModel {
            id: Set(owner.id()),
            email: Set(None),
            email_key: Set(None),
            username_key: Set(username.clone()),
            username: Set(username),
            password_hash: Set(None),
            is_guest: Set(true),
            expires_at: Set(Some(session.expires_at)),
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
            .exec_without_returning(&tx)
            .await?;
        samples::insert_samples(&tx, owner, &WELCOME).await?;
        sessions::begin_session(&tx, owner, session, SignedInBy::default()).await?;
        tx.commit().await?;
        Ok(Some(owner))
    }

    /// Turns the account of a guest into a registered one and keeps its content. A new session replaces those of the guest.
    ///
    /// # Errors
    ///
    /// `conflict` if the account is registered already, and those of a registration.
    pub async fn claim_guest(
        &self,
        owner: Owner,
        new: NewUser,
        session: &NewSession,
    ) -> Result<Account, Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        lock_counter(&tx).await?;
        if let Some(code) = &new.invite {
            invites::redeem_invite(&tx, code).await?;
        }
        let named = user::ActiveModel {
            email_key: Set(Some(fold_name(&new.email))),
            email: Set(Some(new.email)),
            username_key: Set(fold_name(&new.username)),
            username: Set(new.username),
            password_hash: Set(Some(new.password_hash)),
            ..Default::default()
        };
        let account = claim_account(&tx, owner, named, session, Factor::Password).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Deletes the account of a guest before its expiry, with all its content.
    pub async fn delete_guest(&self, owner: Owner) -> Result<(), Error> {
        let _forgetting = self.confirmed.invalidate_user_on_drop(owner);
        let tx = self.begin_write().await?;
        delete_guest_account(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes up to 50 expired guests with all their content, and returns their number; for periodic upkeep. Several replicas may call it at once.
    /// It also recounts the guests, which corrects the counter.
    pub async fn remove_expired_guests(&self) -> Result<u64, Error> {
        let tx = self.begin_write().await?;
        lock_counter(&tx).await?;
        let expired = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(user::Column::IsGuest.eq(true))
            .filter(user::Column::ExpiresAt.lte(clock::now()))
            .limit(REMOVED_AT_ONCE)
            .into_query();
        let removed = user::Entity::delete_many()
            .filter(user::Column::Id.in_subquery(expired))
            .exec(&tx)
            .await?;
        let left = user::Entity::find()
            .filter(user::Column::IsGuest.eq(true))
            // Matches the condition of the partial index, unlike the column above.
            .filter(user::Column::ExpiresAt.is_not_null())
            .count(&tx)
            .await?;
        let left = i64::try_from(left).map_err(Error::internal)?;
        counter::Entity::update_many()
            .col_expr(counter::Column::Value, Expr::value(left))
            .filter(counter::Column::Name.eq(GUESTS))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(removed.rows_affected)
    }
}

/// Turns the account of a guest into a registered one with the given names, in a transaction that has locked the counter.
pub(super) async fn claim_account(
    tx: &DatabaseTransaction,
    owner: Owner,
    named: user::ActiveModel,
    session: &NewSession,
    by: Factor,
) -> Result<Account, Error> {
    let claimed = user::Entity::update_many()
        .set(user::ActiveModel {
            is_guest: Set(false),
            expires_at: Set(None),
            updated_at: Set(clock::now()),
            ..named
        })
        .filter(user::Column::Id.eq(owner.id()))
        .filter(user::Column::IsGuest.eq(true))
        .filter(user::Column::DisabledAt.is_null())
        .exec(tx)
        .await
        .map_err(users::map_name_taken)?;
    if claimed.rows_affected == 0 {
        return Err(Error::new(Code::Conflict).detail("the account is already registered"));
    }
    count_one_less(tx).await?;
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(owner.id()))
        .exec(tx)
        .await?;
    sessions::begin_session(tx, owner, session, SignedInBy::single_factor(by)).await?;
    Ok(users::find_user(tx, owner).await?.into())
}

/// Deletes a guest account before its expiry.
///
/// # Errors
///
/// `conflict` if the account was registered in the meantime.
pub(super) async fn delete_guest_account(
    tx: &DatabaseTransaction,
    owner: Owner,
) -> Result<(), Error> {
    lock_counter(tx).await?;
    let deleted = user::Entity::delete_many()
        .filter(user::Column::Id.eq(owner.id()))
        .filter(user::Column::IsGuest.eq(true))
        .exec(tx)
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Error::new(Code::Conflict)
            .detail("another request registered the account at the same time"));
    }
    count_one_less(tx).await
}

fn guests_full() -> Error {
    Error::new(Code::GuestsFull)
        .detail("the service has reached its limit of guests; register, or try again later")
        .retry_after(FULL_RETRY_AFTER)
}

pub(super) async fn lock_counter(tx: &DatabaseTransaction) -> Result<(), Error> {
    counter::Entity::find_by_id(GUESTS)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(())
}

async fn count_one_less(tx: &DatabaseTransaction) -> Result<(), Error> {
    counter::Entity::update_many()
        .col_expr(
            counter::Column::Value,
            Expr::col(counter::Column::Value).sub(1),
        )
        .filter(counter::Column::Name.eq(GUESTS))
        .exec(tx)
        .await?;
    Ok(())
}
