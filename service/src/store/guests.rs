//! Guests: accounts without a password that end by themselves, so many at a time over all replicas.
//!
//! A row of the table `counters` is the limit. Whoever makes, claims or deletes guests locks it before any user's row, so that it always says how
//! many there are, and nobody waits for anybody in a circle.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::entity::{counter, label, note, note_label, session, user};
use super::sessions::{self, NewSession};
use super::users::{self, NewUser};
use super::{Owner, Store};
use crate::clock;
use crate::domain::account::{Account, fold};
use crate::domain::label::name_key;
use crate::domain::note::Place;
use crate::domain::welcome::{LABELS, NOTES, WelcomeNote};
use crate::domain::{id, position};
use crate::error::{Code, Error};

/// The row that counts guests.
const GUESTS: &str = "guests";

/// Seconds after which a place may be free again: guests come and go over a day.
const FULL_RETRY_AFTER: u32 = 10 * 60;

impl Store {
    /// Makes a guest who ends with the session, with some notes, unless there are as many guests as may be.
    pub async fn create_guest(&self, session: &NewSession) -> Result<Owner, Error> {
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
        welcome(&tx, owner).await?;
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

    /// Deletes guests whose time is up, with everything that belongs to them, and says how many; for periodic work. Several replicas may do it at
    /// once. The counter is counted anew: whatever happened to it, it is right again.
    pub async fn remove_expired_guests(&self) -> Result<u64, Error> {
        let tx = self.write().await?;
        lock_counter(&tx).await?;
        let removed = user::Entity::delete_many()
            .filter(user::Column::IsGuest.eq(true))
            .filter(user::Column::ExpiresAt.lte(clock::now()))
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

/// Gives a new guest labels and notes, all in one revision and in a statement for each table.
async fn welcome(tx: &DatabaseTransaction, owner: Owner) -> Result<(), Error> {
    let (notes, labels) = (count(NOTES.len())?, count(LABELS.len())?);
    let user = user::Entity::update_many()
        .col_expr(
            user::Column::Revision,
            Expr::col(user::Column::Revision).add(1),
        )
        .col_expr(user::Column::NoteCount, Expr::value(notes))
        .col_expr(user::Column::LabelCount, Expr::value(labels))
        .col_expr(
            user::Column::NextPosition,
            Expr::col(user::Column::NextPosition).sub(i64::from(notes)),
        )
        .filter(user::Column::Id.eq(owner.id()))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::internal("a user that was just made is gone"))?;
    let label_ids: Vec<Uuid> = LABELS.iter().map(|_| id::new()).collect();
    label::Entity::insert_many(LABELS.iter().zip(&label_ids).zip(0..).map(
        |(((name, color), id), sort)| label::ActiveModel {
            id: Set(*id),
            user_id: Set(owner.id()),
            name: Set((*name).to_owned()),
            name_key: Set(name_key(name)),
            color: Set(color.as_str().to_owned()),
            sort: Set(sort),
            version: Set(1),
            change_seq: Set(user.revision),
            created_at: Set(user.created_at),
            updated_at: Set(user.created_at),
        },
    ))
    .exec_without_returning(tx)
    .await?;
    let note_ids: Vec<Uuid> = NOTES.iter().map(|_| id::new()).collect();
    let from_the_top = NOTES.iter().zip(&note_ids).zip(user.next_position..);
    note::Entity::insert_many(
        from_the_top.map(|((note, id), counter)| row(&user, note, *id, counter)),
    )
    .exec_without_returning(tx)
    .await?;
    let pairs = NOTES.iter().zip(&note_ids).flat_map(|(note, note_id)| {
        let label_ids = note.labels.iter().filter_map(|label| label_ids.get(*label));
        label_ids.map(|label_id| (*note_id, *label_id))
    });
    note_label::Entity::insert_many(pairs.map(|(note_id, label_id)| note_label::ActiveModel {
        note_id: Set(note_id),
        label_id: Set(label_id),
        user_id: Set(owner.id()),
    }))
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

fn row(user: &user::Model, note: &WelcomeNote, id: Uuid, counter: i64) -> note::ActiveModel {
    let place = if note.archived {
        Place::Archived
    } else {
        Place::Active
    };
    note::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        place: Set(place.to_db()),
        trashed_from: Set(None),
        trashed_at: Set(None),
        pin_rank: Set(i16::from(!note.pinned)),
        position: Set(position::of_counter(counter)),
        title: Set(note.title.to_owned()),
        content: Set(note.content.to_owned()),
        color: Set(note.color.as_str().to_owned()),
        reminder_at: Set(None),
        reminder_fired_at: Set(None),
        version: Set(1),
        change_seq: Set(user.revision),
        created_at: Set(user.created_at),
        updated_at: Set(user.created_at),
    }
}

fn count(length: usize) -> Result<i32, Error> {
    i32::try_from(length).map_err(Error::internal)
}
