//! The order of notes that users arrange by dragging.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use super::read;
use crate::clock;
use crate::domain::note::Note;
use crate::domain::position;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};
use crate::store::entity::note;
use crate::store::revision::{self, CounterChanges};
use crate::store::sharing::AffectedShares;
use crate::store::{Owner, Store, webhooks};

/// The destination of a moved note, relative to another note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Directly before this note.
    Before(Uuid),
    /// Directly after this note.
    After(Uuid),
}

impl Store {
    /// Sorts the given notes into this order, within the positions that they hold now. All other notes keep their positions, including those that the
    /// client does not show. Returns the new revision.
    ///
    /// # Errors
    ///
    /// `conflict` if the notes are in different places or sections.
    pub async fn reorder_notes(&self, owner: Owner, ids: &[Uuid]) -> Result<i64, Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let rows = note::Entity::find()
            .filter(note::Column::UserId.eq(owner.id()))
            .filter(note::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(note::Column::Position)
            .order_by_asc(note::Column::Id)
            .all(&tx)
            .await?;
        let slots: Vec<Vec<u8>> = rows.iter().map(|row| row.position.clone()).collect();
        let mut ordered = Vec::with_capacity(ids.len());
        for id in ids {
            let row = rows.iter().find(|row| row.id == *id).ok_or_else(|| {
                Error::not_found("note").detail(format!("no note has the id {id}"))
            })?;
            if ordered.iter().any(|other: &&note::Model| other.id == *id) {
                return Err(Error::invalid(
                    "/ids",
                    "repeated",
                    format!("contains {id} twice"),
                ));
            }
            ordered.push(row);
        }
        let section = |row: &note::Model| (row.place, row.pin_rank);
        if ordered
            .windows(2)
            .any(|pair| section(pair[0]) != section(pair[1]))
        {
            return Err(Error::new(Code::Conflict).detail(
                "the notes are in different sections; order pinned, unpinned and archived notes in separate requests",
            ));
        }
        let mut affected = AffectedShares::default();
        for (row, slot) in ordered.into_iter().zip(slots) {
            if row.position != slot {
                affected.add_note(row);
                place_row(&tx, row.clone(), row.pin_rank, slot, user.revision).await?;
            }
        }
        let recipients = affected.insert_for_recipients(&tx, owner).await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await?;
        Ok(user.revision)
    }

    /// Moves one note next to another, and pins or unpins it accordingly.
    ///
    /// # Errors
    ///
    /// `conflict` if the notes are in different places, or the note is its own target.
    pub async fn place_note(&self, owner: Owner, id: Uuid, target: Target) -> Result<Note, Error> {
        let tx = self.begin_write().await?;
        let taking = CounterChanges {
            positions: 1,
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(&tx, owner, taking).await?;
        let row = read::find_note(&tx, owner, id).await?;
        let (Target::Before(beside) | Target::After(beside)) = target;
        if beside == id {
            return Err(Error::new(Code::Conflict).detail("a note cannot be moved next to itself"));
        }
        let beside = read::find_note(&tx, owner, beside).await?;
        if beside.place != row.place {
            return Err(Error::new(Code::Conflict).detail("the two notes are in different places"));
        }
        let top = position::from_counter(user.next_position);
        let mut key = find_key_between(&tx, owner, &row, &beside, target, &top).await?;
        let mut affected = AffectedShares::default();
        affected.add_note(&row);
        if key.len() > position::MAX_BYTES {
            reassign_keys(&tx, owner, &beside, user.revision, &mut affected).await?;
            let beside = read::find_note(&tx, owner, beside.id).await?;
            key = find_key_between(&tx, owner, &row, &beside, target, &top).await?;
        }
        // Reassigning the keys may have changed this row, too.
        let row = read::find_note(&tx, owner, id).await?;
        let was_pinned = row.pin_rank;
        let row = place_row(&tx, row, beside.pin_rank, key, user.revision).await?;
        let labels = read::list_label_ids(&tx, id).await?;
        if row.pin_rank != was_pinned {
            let changed = OccurredEvent::about_note(Event::NoteUpdated, id);
            webhooks::insert_deliveries(&tx, &user, user.revision, &[changed]).await?;
        }
        let recipients = affected.insert_for_recipients(&tx, owner).await?;
        let note = read::note_from_row(&tx, row, labels).await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await?;
        Ok(note)
    }
}

/// Returns a key between the target and its neighbour on the other side. A note before the first one gets the key of a new note: any other key would
/// keep it above notes that are created later.
async fn find_key_between(
    tx: &DatabaseTransaction,
    owner: Owner,
    row: &note::Model,
    beside: &note::Model,
    target: Target,
    top: &[u8],
) -> Result<Vec<u8>, Error> {
    let section = note::Entity::find()
        .filter(note::Column::UserId.eq(owner.id()))
        .filter(note::Column::Place.eq(beside.place))
        .filter(note::Column::PinRank.eq(beside.pin_rank))
        .filter(note::Column::Id.ne(row.id));
    Ok(match target {
        Target::Before(_) => {
            let before = section
                .filter(note::Column::Position.lt(beside.position.clone()))
                .order_by_desc(note::Column::Position)
                .one(tx)
                .await?;
            match before {
                Some(before) => position::key_between(&before.position, Some(&beside.position)),
                None => top.to_vec(),
            }
        }
        Target::After(_) => {
            let after = section
                .filter(note::Column::Position.gt(beside.position.clone()))
                .order_by_asc(note::Column::Position)
                .one(tx)
                .await?;
            position::key_between(&beside.position, after.as_ref().map(|note| &*note.position))
        }
    })
}

/// Assigns short keys to all notes of a section, in their order. Needed after about two thousand moves to the same place.
async fn reassign_keys(
    tx: &DatabaseTransaction,
    owner: Owner,
    of: &note::Model,
    revision: i64,
    affected: &mut AffectedShares,
) -> Result<(), Error> {
    let rows = note::Entity::find()
        .filter(note::Column::UserId.eq(owner.id()))
        .filter(note::Column::Place.eq(of.place))
        .filter(note::Column::PinRank.eq(of.pin_rank))
        .order_by_asc(note::Column::Position)
        .order_by_asc(note::Column::Id)
        .all(tx)
        .await?;
    let taking = CounterChanges {
        positions: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        ..CounterChanges::default()
    };
    let user = revision::take_with_counters(tx, owner, taking).await?;
    for (number, row) in (user.next_position..).zip(rows) {
        let pin_rank = row.pin_rank;
        affected.add_note(&row);
        place_row(
            tx,
            row,
            pin_rank,
            position::from_counter(number),
            revision.max(user.revision),
        )
        .await?;
    }
    Ok(())
}

async fn place_row(
    tx: &DatabaseTransaction,
    row: note::Model,
    pin_rank: i16,
    position: Vec<u8>,
    revision: i64,
) -> Result<note::Model, Error> {
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.pin_rank = Set(pin_rank);
    row.position = Set(position);
    row.version = Set(version);
    row.change_seq = Set(revision);
    row.updated_at = Set(clock::now());
    Ok(row.update(tx).await?)
}
