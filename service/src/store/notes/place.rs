//! Moves of notes between the main list, the archive and the trash, and their permanent deletion.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{KIND_NOTE, read};
use crate::clock;
use crate::domain::note::{Note, Place};
use crate::domain::position;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};
use crate::store::entity::{note, tombstone};
use crate::store::revision::{self, CounterChanges};
use crate::store::sharing::AffectedShares;
use crate::store::{ExpectedVersion, Owner, Store, webhooks};

/// A move of a note. A note that is already at the destination stays unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// Moves the note to the archive.
    Archive,
    /// Moves the note from the archive to the main list.
    Unarchive,
    /// Moves the note to the trash, which remembers the place it comes from.
    Trash,
    /// Moves the note from the trash back to its former place.
    Restore,
}

/// Maximum number of notes that one transaction deletes, while it holds the lock on the user's row.
const CHUNK: u64 = 500;

impl Transition {
    /// Returns the event for a note that was moved.
    pub(super) fn to_event(self) -> Event {
        match self {
            Self::Archive | Self::Unarchive => Event::NoteUpdated,
            Self::Trash => Event::NoteTrashed,
            Self::Restore => Event::NoteRestored,
        }
    }
}

impl Store {
    /// Moves a note that has the expected version to the top of its destination.
    ///
    /// # Errors
    ///
    /// `note_in_trash` when archiving or unarchiving a note in the trash.
    pub async fn move_note(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        transition: Transition,
    ) -> Result<Note, Error> {
        let tx = self.begin_write().await?;
        let taking = CounterChanges {
            positions: 1,
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(&tx, owner, taking).await?;
        let row = read::find_note(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let mut affected = AffectedShares::default();
        affected.add_note(&row);
        let (row, changed) =
            apply_transition(&tx, user.revision, user.next_position, row, transition).await?;
        let labels = read::list_label_ids(&tx, id).await?;
        let note = read::note_from_row(&tx, row, labels).await?;
        if changed {
            let moved = OccurredEvent::about_note(transition.to_event(), id);
            webhooks::insert_deliveries(&tx, &user, user.revision, &[moved]).await?;
            let recipients = affected.insert_for_recipients(&tx, owner).await?;
            self.commit_shared(tx, owner, user.revision, recipients)
                .await?;
        }
        Ok(note)
    }

    /// Deletes a note permanently that has the expected version.
    ///
    /// # Errors
    ///
    /// `note_not_in_trash` for a note outside of the trash.
    pub async fn delete_note(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let taking = CounterChanges {
            notes: -1,
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(&tx, owner, taking).await?;
        let row = read::find_note(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        require_in_trash(&row)?;
        let mut affected = AffectedShares::default();
        affected.add_note(&row);
        let recipients = affected.insert_for_recipients(&tx, owner).await?;
        delete_notes(&tx, owner, user.revision, &[id]).await?;
        webhooks::insert_deliveries(
            &tx,
            &user,
            user.revision,
            &[OccurredEvent::notes_deleted(&[id])],
        )
        .await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await
    }

    /// Deletes all notes in the trash permanently and returns their number.
    pub async fn empty_trash(&self, owner: Owner) -> Result<u64, Error> {
        let mut deleted = 0;
        loop {
            let tx = self.begin_write().await?;
            let user = revision::take_next(&tx, owner).await?;
            let trashed: Vec<(Uuid, bool)> = note::Entity::find()
                .select_only()
                .column(note::Column::Id)
                .column(note::Column::IsShared)
                .filter(note::Column::UserId.eq(owner.id()))
                .filter(note::Column::Place.eq(Place::Trash.to_db()))
                .order_by_asc(note::Column::Id)
                .limit(CHUNK)
                .into_tuple()
                .all(&tx)
                .await?;
            if trashed.is_empty() {
                return Ok(deleted);
            }
            let (ids, affected) = AffectedShares::split_shared(trashed);
            let recipients = affected.insert_for_recipients(&tx, owner).await?;
            delete_notes(&tx, owner, user.revision, &ids).await?;
            decrease_note_count(&tx, owner, ids.len()).await?;
            webhooks::insert_deliveries(
                &tx,
                &user,
                user.revision,
                &[OccurredEvent::notes_deleted(&ids)],
            )
            .await?;
            self.commit_shared(tx, owner, user.revision, recipients)
                .await?;
            deleted += ids.len() as u64;
            if (ids.len() as u64) < CHUNK {
                return Ok(deleted);
            }
        }
    }
}

/// Checks that a note is in the trash.
///
/// # Errors
///
/// `note_not_in_trash` for a note in another place.
pub(super) fn require_in_trash(row: &note::Model) -> Result<(), Error> {
    if Place::from_db(row.place) == Place::Trash {
        Ok(())
    } else {
        Err(Error::new(Code::NoteNotInTrash).detail(
            "only notes in the trash can be deleted permanently; move the note to the trash first",
        ))
    }
}

/// Deletes the rows of notes and leaves tombstones. The caller updates the number of notes.
pub(in crate::store) async fn delete_notes(
    tx: &DatabaseTransaction,
    owner: Owner,
    revision: i64,
    ids: &[Uuid],
) -> Result<(), Error> {
    note::Entity::delete_many()
        .filter(note::Column::UserId.eq(owner.id()))
        .filter(note::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    let now = clock::now();
    let stones = ids.iter().map(|id| tombstone::ActiveModel {
        user_id: Set(owner.id()),
        change_seq: Set(revision),
        kind: Set(KIND_NOTE),
        entity_id: Set(*id),
        deleted_at: Set(now),
    });
    tombstone::Entity::insert_many(stones)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Subtracts deleted notes from the number of notes in the user's row.
pub(in crate::store) async fn decrease_note_count(
    tx: &DatabaseTransaction,
    owner: Owner,
    notes: usize,
) -> Result<(), Error> {
    use crate::store::entity::user;
    use sea_orm::sea_query::{Expr, ExprTrait};

    let notes = i32::try_from(notes).unwrap_or(i32::MAX);
    user::Entity::update_many()
        .col_expr(
            user::Column::NoteCount,
            Expr::col(user::Column::NoteCount).sub(notes),
        )
        .filter(user::Column::Id.eq(owner.id()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Moves a note in a transaction that has taken this revision and position. Returns the row, and true if it has changed.
pub(super) async fn apply_transition(
    tx: &DatabaseTransaction,
    revision: i64,
    position: i64,
    row: note::Model,
    transition: Transition,
) -> Result<(note::Model, bool), Error> {
    let from = Place::from_db(row.place);
    let to = match (transition, from) {
        (Transition::Archive | Transition::Unarchive, Place::Trash) => {
            return Err(Error::new(Code::NoteInTrash).detail("restore the note first"));
        }
        (Transition::Archive, _) => Place::Archived,
        (Transition::Unarchive, _) => Place::Active,
        (Transition::Trash, _) => Place::Trash,
        (Transition::Restore, Place::Trash) => {
            row.trashed_from.map_or(Place::Active, Place::from_db)
        }
        (Transition::Restore, place) => place,
    };
    if to == from {
        return Ok((row, false));
    }
    let (version, now) = (row.version + 1, clock::now());
    let trashed = to == Place::Trash;
    let mut row = row.into_active_model();
    row.place = Set(to.to_db());
    row.trashed_from = Set(trashed.then_some(from.to_db()));
    row.trashed_at = Set(trashed.then_some(now));
    row.position = Set(position::from_counter(position));
    row.version = Set(version);
    row.change_seq = Set(revision);
    row.updated_at = Set(now);
    Ok((row.update(tx).await?, true))
}
