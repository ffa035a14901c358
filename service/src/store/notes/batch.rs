//! Batches of operations on notes, with one transaction, one revision, and a result for each operation.

use uuid::Uuid;

use super::change::{self, Applied, NoteChange};
use super::place::{self, Transition};
use super::read;
use crate::domain::limits::LABELS_PER_NOTE;
use crate::domain::note::Color;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};
use crate::store::revision::{self, CounterChanges};
use crate::store::sharing::{AffectedShares, Author};
use crate::store::{Owner, Store, webhooks};

/// An operation on one note of a batch, such as a move or a change of its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Moves the note to another place.
    Move(Transition),
    /// Pins or unpins the note.
    Pin(bool),
    /// Sets the colour of the note.
    Color(Color),
    /// Adds a label to the note.
    AddLabel(Uuid),
    /// Removes a label from the note.
    RemoveLabel(Uuid),
    /// Deletes the note permanently; it must be in the trash.
    Delete,
}

/// An operation of a batch with the note it applies to.
#[derive(Debug, Clone)]
pub struct BatchItem {
    /// Identifier of the note, which may occur in several operations.
    pub id: Uuid,
    /// The operation to apply to the note.
    pub operation: Operation,
}

/// The result of one operation of a batch; failures do not affect other operations.
#[derive(Debug)]
pub enum BatchResult {
    /// The operation changed the note.
    Done,
    /// The note already was in the requested state.
    Unchanged,
    /// The operation failed; the other operations are applied nevertheless.
    Failed(Error),
}

impl Store {
    /// Applies the operations in order, and returns their results with the revision of the user's data afterwards. An operation that is impossible is
    /// skipped.
    ///
    /// # Errors
    ///
    /// A failure of the database, which rolls back the whole batch.
    pub async fn apply_batch(
        &self,
        owner: Owner,
        items: Vec<BatchItem>,
    ) -> Result<(Vec<BatchResult>, i64), Error> {
        let tx = self.begin_write().await?;
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let taking = CounterChanges {
            positions: count,
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(&tx, owner, taking).await?;
        let mut results = Vec::with_capacity(items.len());
        let (mut deleted, mut affected) = (Vec::new(), AffectedShares::default());
        let mut happened = Vec::new();
        // The last note ends up at the top, as if the operations were separate requests.
        for (position, item) in (user.next_position..user.next_position + count)
            .rev()
            .zip(items)
        {
            let event = match item.operation {
                Operation::Move(transition) => Some(transition.to_event()),
                // Reported in one event for all deleted notes.
                Operation::Delete => None,
                _ => Some(Event::NoteUpdated),
            };
            let done = event.map(|event| OccurredEvent::about_note(event, item.id));
            let taken = (user.revision, position);
            let result = apply_item(&tx, owner, taken, item, &mut deleted, &mut affected).await;
            if matches!(result, Ok(true)) {
                happened.extend(done);
            }
            results.push(match result {
                Ok(true) => BatchResult::Done,
                Ok(false) => BatchResult::Unchanged,
                Err(error) if is_item_error(&error) => BatchResult::Failed(error),
                Err(error) => return Err(error),
            });
        }
        let recipients = affected.insert_for_recipients(&tx, owner).await?;
        if !deleted.is_empty() {
            place::delete_notes(&tx, owner, user.revision, &deleted).await?;
            place::decrease_note_count(&tx, owner, deleted.len()).await?;
            happened.push(OccurredEvent::notes_deleted(&deleted));
        }
        webhooks::insert_deliveries(&tx, &user, user.revision, &happened).await?;
        let mut outcomes = results.iter();
        if outcomes.any(|result| matches!(result, BatchResult::Done)) {
            self.commit_shared(tx, owner, user.revision, recipients)
                .await?;
            return Ok((results, user.revision));
        }
        // Rolled back: the next change takes the same revision.
        Ok((results, user.revision - 1))
    }
}

/// Returns true for an error of a single note, false for a failure of the database.
fn is_item_error(error: &Error) -> bool {
    !matches!(
        error.code(),
        Code::Internal | Code::Unavailable | Code::StorageFull
    )
}

async fn apply_item(
    tx: &sea_orm::DatabaseTransaction,
    owner: Owner,
    (revision, position): (i64, i64),
    item: BatchItem,
    deleted: &mut Vec<Uuid>,
    affected: &mut AffectedShares,
) -> Result<bool, Error> {
    let row = read::find_note(tx, owner, item.id).await?;
    if deleted.contains(&item.id) {
        return Err(Error::not_found("note"));
    }
    affected.add_note(&row);
    let labels = async || read::list_label_ids(tx, item.id).await;
    let mut change = NoteChange::default();
    match item.operation {
        Operation::Move(transition) => {
            let (_, changed) =
                place::apply_transition(tx, revision, position, row, transition).await?;
            return Ok(changed);
        }
        Operation::Delete => {
            place::require_in_trash(&row)?;
            deleted.push(item.id);
            return Ok(true);
        }
        Operation::Pin(pinned) => change.pinned = Some(pinned),
        Operation::Color(color) => change.color = Some(color),
        Operation::AddLabel(label) => {
            let mut ids = labels().await?;
            if !ids.contains(&label) {
                ids.push(label);
            }
            if ids.len() > LABELS_PER_NOTE {
                return Err(Error::new(Code::LimitReached)
                    .detail(format!("a note can have at most {LABELS_PER_NOTE} labels")));
            }
            change.label_ids = Some(ids);
        }
        Operation::RemoveLabel(label) => {
            let mut ids = labels().await?;
            ids.retain(|id| *id != label);
            change.label_ids = Some(ids);
        }
    }
    let applied =
        change::apply_change(tx, owner, Author::OWNER, revision, position, row, change).await?;
    Ok(matches!(applied, Applied::Changed(_)))
}
