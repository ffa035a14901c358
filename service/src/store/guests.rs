//! Guests: accounts without a password that end by themselves, so many at a time over all replicas.
//!
//! A row of the table `counters` is the limit. Whoever makes, claims or deletes guests locks it before any user's row, so that it always says how
//! many there are, and nobody waits for anybody in a circle.

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
use crate::domain::account::{Account, fold};
use crate::domain::id;
use crate::domain::welcome::WELCOME;
use crate::error::{Code, Error};

/// The row that counts guests.
const GUESTS: &str = "guests";

/// Seconds after which a place may be free again: guests come and go over a day.
const FULL_RETRY_AFTER: u32 = 10 * 60;

/// Guests that one transaction deletes: with their notes, and while the counter is locked.
const REMOVED_AT_ONCE: u64 = 50;

impl Store {
    /// Makes a guest who ends with the session, with some notes, unless there are as many guests as may be.
    pub async fn create_guest(&self, session: &NewSession) -> Result<Owner, Error> {
        self.require_room().await?;
        match self.try_create_guest(session).await? {
            Some(owner) => Ok(owner),
            // Those whose time is up may not have been deleted yet.
            None if self.remove_expired_guests().await? > 0 => self
                .try_create_guest(session)
                .await?
                .ok_or_else(guests_full),
            None => Err(guests_full()),
        }
    }

    async fn try_create_guest(&self, session: &NewSession) -> Result<Option<Owner>, Error> {
        let tx = self.write().await?;
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
        let owner = Owner::authenticated(id::new());
        // The random half of an identifier.
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
        };
        user::Entity::insert(user)
            .exec_without_returning(&tx)
            .await?;
        samples::put(&tx, owner, &WELCOME).await?;
        sessions::begin(&tx, owner, session).await?;
        tx.commit().await?;
        Ok(Some(owner))
    }

    /// Makes the account of a guest one that stays; everything in it is kept, and the guest's sessions give way to a new one.
    pub async fn claim_guest(
        &self,
        owner: Owner,
        new: NewUser,
        session: &NewSession,
    ) -> Result<Account, Error> {
        let tx = self.write().await?;
        lock_counter(&tx).await?;
        if let Some(code) = &new.invite {
            invites::redeem(&tx, code).await?;
        }
        let claimed = user::Entity::update_many()
            .set(user::ActiveModel {
                email_key: Set(Some(fold(&new.email))),
                email: Set(Some(new.email)),
                username_key: Set(fold(&new.username)),
                username: Set(new.username),
                password_hash: Set(Some(new.password_hash)),
                is_guest: Set(false),
                expires_at: Set(None),
                updated_at: Set(clock::now()),
                ..Default::default()
            })
            .filter(user::Column::Id.eq(owner.id()))
            .filter(user::Column::IsGuest.eq(true))
            .filter(user::Column::DisabledAt.is_null())
            .exec(&tx)
            .await
            .map_err(users::taken)?;
        if claimed.rows_affected == 0 {
            return Err(Error::new(Code::Conflict).detail("the account is registered already"));
        }
        count_one_less(&tx).await?;
        session::Entity::delete_many()
            .filter(session::Column::UserId.eq(owner.id()))
            .exec(&tx)
            .await?;
        sessions::begin(&tx, owner, session).await?;
        let account = users::find(&tx, owner).await?;
        tx.commit().await?;
        Ok(account.into())
    }

    /// Deletes the account of a guest before its time, with everything that belongs to it.
    pub async fn delete_guest(&self, owner: Owner) -> Result<(), Error> {
        let tx = self.write().await?;
        delete(&tx, owner).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes some guests whose time is up, with everything that belongs to them, and says how many; for periodic work. Several replicas may do
    /// it at once. The counter is counted anew: whatever happened to it, it is right again.
    pub async fn remove_expired_guests(&self) -> Result<u64, Error> {
        let tx = self.write().await?;
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
            // Known to its index, unlike the column above.
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

/// Deletes a guest before its time; nobody, if it has been claimed in the meantime.
pub(super) async fn delete(tx: &DatabaseTransaction, owner: Owner) -> Result<(), Error> {
    lock_counter(tx).await?;
    let deleted = user::Entity::delete_many()
        .filter(user::Column::Id.eq(owner.id()))
        .filter(user::Column::IsGuest.eq(true))
        .exec(tx)
        .await?;
    if deleted.rows_affected == 0 {
        return Err(
            Error::new(Code::Conflict).detail("the account was registered at the same moment")
        );
    }
    count_one_less(tx).await
}

fn guests_full() -> Error {
    Error::new(Code::GuestsFull)
        .detail("there are as many guests as the service admits; register, or try later")
        .retry_after(FULL_RETRY_AFTER)
}

async fn lock_counter(tx: &DatabaseTransaction) -> Result<(), Error> {
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
