//! The right of a recipient to one note of somebody else.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use uuid::Uuid;

use crate::error::{Code, Error};
use crate::store::entity::user;
use crate::store::{Owner, revision};

/// A right to a note.
pub trait Right: sealed::Sealed {
    /// Refuses a share that does not give the right.
    fn check(grant: &Grant) -> Result<(), Error>;
}

/// Reading: what every share gives.
#[derive(Debug, Clone, Copy)]
pub enum Reading {}

/// Reading and writing.
#[derive(Debug, Clone, Copy)]
pub enum Writing {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Reading {}
    impl Sealed for super::Writing {}
}

impl Right for Reading {
    fn check(_: &Grant) -> Result<(), Error> {
        Ok(())
    }
}

impl Right for Writing {
    fn check(grant: &Grant) -> Result<(), Error> {
        if grant.can_write {
            return Ok(());
        }
        Err(Error::new(Code::ReadOnlyShare)
            .detail("the note is shared with you for reading; its owner gives the right to write"))
    }
}

/// The words of a share, for its recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The owner's username.
    pub owner_name: String,
    /// Whether the recipient may write.
    pub can_write: bool,
    /// When the recipient accepted.
    pub since: DateTime<Utc>,
}

/// Access of a recipient to one note of somebody else, with this right.
///
/// Only a look at the shares makes one, so that a function that asks for it cannot be called for a note that is not shared, or not for that.
/// It leads to the owner, which nothing outside of the store can take out of it.
#[derive(Debug, Clone)]
pub struct Access<R> {
    owner: Owner,
    note: Uuid,
    recipient: Owner,
    grant: Grant,
    right: PhantomData<fn() -> R>,
}

impl<R: Right> Access<R> {
    /// Looks for the share. A note in the trash is shared with nobody.
    pub(in crate::store) async fn find(
        db: &impl ConnectionTrait,
        recipient: Owner,
        note: Uuid,
    ) -> Result<Self, Error> {
        const SQL: &str = "SELECT s.user_id, u.username, s.can_write, s.accepted_at FROM note_shares s \
             JOIN notes n ON n.id = s.note_id AND n.user_id = s.user_id JOIN users u ON u.id = s.user_id \
             WHERE s.note_id = $1 AND s.recipient_id = $2 AND n.place <> 2";
        let values = [note.into(), recipient.id().into()];
        let found = Statement::from_sql_and_values(db.get_database_backend(), SQL, values);
        let row = db.query_one_raw(found).await?.ok_or_else(not_shared)?;
        let grant = Grant {
            owner_name: row.try_get_by_index(1)?,
            can_write: row.try_get_by_index(2)?,
            since: row.try_get_by_index(3)?,
        };
        R::check(&grant)?;
        Ok(Self {
            owner: Owner::authenticated(row.try_get_by_index(0)?),
            note,
            recipient,
            grant,
            right: PhantomData,
        })
    }

    /// The owner of the note, whose rows may be asked for this one note.
    pub(in crate::store) fn owner(&self) -> Owner {
        self.owner
    }

    /// The note.
    pub fn note(&self) -> Uuid {
        self.note
    }

    /// The words of the share.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }
}

impl Access<Writing> {
    /// Takes a revision of the owner, as every write of their notes does, and looks for the share under that lock: whoever ends a share takes one
    /// as well, so that a write comes before the end of its share or not at all.
    pub(in crate::store) async fn lock(
        tx: &DatabaseTransaction,
        recipient: Owner,
        note: Uuid,
    ) -> Result<(Self, user::Model), Error> {
        let before = Self::find(tx, recipient, note).await?;
        let user = take(tx, before.owner).await?;
        let access = Self::find(tx, recipient, note).await?;
        Ok((access, user))
    }

    /// The recipient, as history names them.
    pub(in crate::store) fn author(&self) -> Author {
        Author(Some(self.recipient.id()))
    }
}

/// Takes a revision of the owner of what somebody else asks for; nothing is there any more, if the account is not.
pub(super) async fn take(tx: &DatabaseTransaction, owner: Owner) -> Result<user::Model, Error> {
    revision::next(tx, owner)
        .await
        .map_err(|error| match error.code() {
            Code::Unauthenticated => not_shared(),
            _ => error,
        })
}

/// The same for a share that never was, one that has ended, and a note in the trash.
pub(super) fn not_shared() -> Error {
    Error::not_found("note").detail("no note with this id is shared with you")
}

/// The writer of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Author(Option<Uuid>);

impl Author {
    /// The owner of the note.
    pub(in crate::store) const OWNER: Self = Self(None);

    /// The value of the column: none for the owner.
    pub(in crate::store) fn to_db(self) -> Option<Uuid> {
        self.0
    }
}
