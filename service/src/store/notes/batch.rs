//! Many notes at once: one transaction, one revision, and an answer for each.

use uuid::Uuid;

use super::change::{self, Applied, NoteChange};
use super::place::{self, Transition};
use super::read;
use crate::domain::limits::LABELS_PER_NOTE;
use crate::domain::note::Color;
use crate::error::{Code, Error};
use crate::store::revision::{self, Taking};
use crate::store::{Owner, Store};

/// What is done with a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// It goes somewhere else.
    Move(Transition),
    /// It is pinned, or no longer.
    Pin(bool),
    /// It gets another colour.
    Color(Color),
    /// It carries a label more.
    AddLabel(Uuid),
    /// It carries a label less.
    RemoveLabel(Uuid),
    /// It is deleted for good; it must be in the trash.
    Delete,
}

/// One operation of a batch.
#[derive(Debug, Clone)]
pub struct BatchItem {
    /// On which note.
    pub id: Uuid,
    /// What.
    pub operation: Operation,
}

/// What became of one operation.
#[derive(Debug)]
pub enum BatchResult {
    /// It was done.
    Done,
    /// It was so already.
    Same,
    /// It was not possible, and the others were done all the same.
    Failed(Error),
}

impl Store {
    /// Does these operations one after the other, and says at which revision the user's data is then. What is not possible is skipped; when the
    /// database fails, nothing has happened.
    pub async fn batch(
        &self,
        owner: Owner,
        items: Vec<BatchItem>,
    ) -> Result<(Vec<BatchResult>, i64), Error> {
        let tx = self.write().await?;
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let taking = Taking {
            positions: count,
            ..Taking::default()
        };
        let user = revision::take(&tx, owner, taking).await?;
        let mut results = Vec::with_capacity(items.len());
        let mut deleted = Vec::new();
        // The last one ends up on top, as if they had been done one by one.
        for (position, item) in (user.next_position..user.next_position + count)
            .rev()
            .zip(items)
        {
            let result = one(&tx, owner, user.revision, position, item, &mut deleted).await;
            results.push(match result {
                Ok(true) => BatchResult::Done,
                Ok(false) => BatchResult::Same,
                Err(error) if is_of_item(&error) => BatchResult::Failed(error),
                Err(error) => return Err(error),
            });
        }
        if !deleted.is_empty() {
            place::delete(&tx, owner, user.revision, &deleted).await?;
            place::count_down(&tx, owner, deleted.len()).await?;
        }
        let mut outcomes = results.iter();
        if outcomes.any(|result| matches!(result, BatchResult::Done)) {
            self.commit(tx, owner, user.revision).await?;
            return Ok((results, user.revision));
        }
        // Rolled back: the revision it took will be that of the next change.
        Ok((results, user.revision - 1))
    }
}

/// Whether a failure is about one note, and not about the database.
fn is_of_item(error: &Error) -> bool {
    !matches!(
        error.code(),
        Code::Internal | Code::Unavailable | Code::StorageFull
    )
}

async fn one(
    tx: &sea_orm::DatabaseTransaction,
    owner: Owner,
    revision: i64,
    position: i64,
    item: BatchItem,
    deleted: &mut Vec<Uuid>,
) -> Result<bool, Error> {
    let row = read::find(tx, owner, item.id).await?;
    if deleted.contains(&item.id) {
        return Err(Error::not_found("note"));
    }
    let labels = async || read::labels(tx, item.id).await;
    let mut change = NoteChange::default();
    match item.operation {
        Operation::Move(transition) => {
            let (_, changed) = place::apply(tx, revision, position, row, transition).await?;
            return Ok(changed);
        }
        Operation::Delete => {
            place::in_trash(&row)?;
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
                    .detail(format!("a note carries at most {LABELS_PER_NOTE} labels")));
            }
            change.label_ids = Some(ids);
        }
        Operation::RemoveLabel(label) => {
            let mut ids = labels().await?;
            ids.retain(|id| *id != label);
            change.label_ids = Some(ids);
        }
    }
    let applied = change::apply(tx, owner, revision, position, row, change).await?;
    Ok(matches!(applied, Applied::Changed(_)))
}
