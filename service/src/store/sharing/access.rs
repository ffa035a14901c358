//! Access of a recipient to one shared note, with the right that the share gives.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use uuid::Uuid;

use crate::error::{Code, Error};
use crate::store::entity::user;
use crate::store::{Owner, revision};

/// A right to a shared note, checked when the access is looked up.
pub trait Right: sealed::Sealed {
    /// Checks that a share gives this right.
    ///
    /// # Errors
    ///
    /// `read_only_share` if the right is writing and the share is for reading.
    fn check_grant(grant: &Grant) -> Result<(), Error>;
}

/// The right to read a note, which every share gives.
#[derive(Debug, Clone, Copy)]
pub enum Reading {}

/// The right to read and write a note, that is, its title and text.
#[derive(Debug, Clone, Copy)]
pub enum Writing {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Reading {}
    impl Sealed for super::Writing {}
}

impl Right for Reading {
    fn check_grant(_: &Grant) -> Result<(), Error> {
        Ok(())
    }
}

impl Right for Writing {
    fn check_grant(grant: &Grant) -> Result<(), Error> {
        if grant.can_write {
            return Ok(());
        }
        Err(Error::new(Code::ReadOnlyShare)
            .detail("the note is shared with you read-only; ask its owner for the right to write"))
    }
}

/// The terms of a share, as its recipient sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Username of the note's owner, as recipients see it.
    pub owner_name: String,
    /// True if the recipient may change title and text of the note.
    pub can_write: bool,
    /// Time at which the recipient accepted the invitation to the note.
    pub since: DateTime<Utc>,
}

/// Access of a recipient to one note of another user, with the right `R`.
///
/// Only a lookup of the share creates a value, so a function that takes one cannot be called for a note that is not shared, or not with this right.
/// The value contains the owner, which code outside of the store cannot extract.
#[derive(Debug, Clone)]
pub struct Access<R> {
    owner: Owner,
    note: Uuid,
    recipient: Owner,
    grant: Grant,
    right: PhantomData<fn() -> R>,
}

impl<R: Right> Access<R> {
    /// Looks up the share of a note with this recipient. A note in the trash counts as not shared.
    ///
    /// # Errors
    ///
    /// `not_found` without a share, `read_only_share` if the share does not give the right.
    pub(in crate::store) async fn find_share(
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
        R::check_grant(&grant)?;
        Ok(Self {
            owner: Owner::from_authenticated(row.try_get_by_index(0)?),
            note,
            recipient,
            grant,
            right: PhantomData,
        })
    }

    /// Returns the owner of the note, for queries on this one note.
    pub(in crate::store) fn owner(&self) -> Owner {
        self.owner
    }

    /// Returns the identifier of the shared note, the same as for its owner.
    pub fn note(&self) -> Uuid {
        self.note
    }

    /// Returns the terms of the share, as they were at the lookup.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }
}

impl Access<Writing> {
    /// Takes a revision of the owner, as every write to their notes does, and looks up the share under that lock. Ending a share takes a revision as
    /// well, so a write either precedes the end of its share or fails.
    pub(in crate::store) async fn lock_for_write(
        tx: &DatabaseTransaction,
        recipient: Owner,
        note: Uuid,
    ) -> Result<(Self, user::Model), Error> {
        let before = Self::find_share(tx, recipient, note).await?;
        let user = take_revision(tx, before.owner).await?;
        let access = Self::find_share(tx, recipient, note).await?;
        Ok((access, user))
    }

    /// Returns the recipient as author, for the history of the note.
    pub(in crate::store) fn to_author(&self) -> Author {
        Author(Some(self.recipient.id()))
    }
}

/// Takes a revision of the owner on behalf of another user.
///
/// # Errors
///
/// `not_found` if the owner's account no longer exists.
pub(super) async fn take_revision(
    tx: &DatabaseTransaction,
    owner: Owner,
) -> Result<user::Model, Error> {
    revision::take_next(tx, owner)
        .await
        .map_err(|error| match error.code() {
            Code::Unauthenticated => not_shared(),
            _ => error,
        })
}

/// Returns the error for a note without a share, after the end of a share, and in the trash, which are the same to the recipient.
pub(super) fn not_shared() -> Error {
    Error::not_found("note").detail("no note with this id is shared with you")
}

/// The author of a text: the owner of the note or a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Author(Option<Uuid>);

impl Author {
    /// The owner of the note as author.
    pub(in crate::store) const OWNER: Self = Self(None);

    /// Returns the value of the column: `None` for the owner.
    pub(in crate::store) fn to_db(self) -> Option<Uuid> {
        self.0
    }
}
