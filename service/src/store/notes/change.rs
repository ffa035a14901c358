//! Changing what a note says and looks like.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{create, read, revisions};
use crate::clock;
use crate::domain::note::{Color, Note, Place};
use crate::domain::position;
use crate::error::{Code, Error};
use crate::store::entity::{note, note_label};
use crate::store::revision::{self, Taking};
use crate::store::{Expected, Owner, Store, search};

/// What changes of a note; nothing stays as it is.
#[derive(Debug, Clone, Default)]
pub struct NoteChange {
    /// A new title.
    pub title: Option<String>,
    /// New text.
    pub content: Option<String>,
    /// A new colour.
    pub color: Option<Color>,
    /// Pinned or not; it goes to the top of those.
    pub pinned: Option<bool>,
    /// The labels it carries from now on.
    pub label_ids: Option<Vec<Uuid>>,
    /// When it reminds, or that it does not.
    pub reminder_at: Option<Option<DateTime<Utc>>>,
}

impl Store {
    /// Changes a note that has this version. Notes in the trash are not changed.
    pub async fn change_note(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &Expected,
        change: NoteChange,
    ) -> Result<Note, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        let taking = Taking {
            positions: i64::from(change.pinned.is_some()),
            ..Taking::default()
        };
        let user = revision::take(&tx, owner, taking).await?;
        let row = read::find(&tx, owner, id).await?;
        expected.check(row.version)?;
        match apply(&tx, owner, user.revision, user.next_position, row, change).await? {
            Applied::Changed(note) => {
                self.commit(tx, owner, user.revision).await?;
                Ok(note)
            }
            // The transaction is rolled back: nothing has happened.
            Applied::Same(note) => Ok(note),
        }
    }
}

/// What became of a change.
pub(super) enum Applied {
    /// The note is another one now.
    Changed(Note),
    /// It was so already.
    Same(Note),
}

/// Changes a note within a transaction that has taken this revision, and this position in case it is pinned or unpinned.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    owner: Owner,
    revision: i64,
    position: i64,
    row: note::Model,
    change: NoteChange,
) -> Result<Applied, Error> {
    if Place::of_db(row.place) == Place::Trash {
        return Err(Error::new(Code::NoteInTrash).detail("restore the note before changing it"));
    }
    let id = row.id;
    let labels = read::labels(tx, id).await?;
    let new_labels = change
        .label_ids
        .map(|mut ids| {
            ids.sort_unstable();
            ids.dedup();
            ids
        })
        .filter(|ids| *ids != labels);
    let title = change.title.filter(|title| *title != row.title);
    let content = change.content.filter(|content| *content != row.content);
    let color = change.color.filter(|color| color.as_str() != row.color);
    let pinned = change
        .pinned
        .filter(|pinned| *pinned != (row.pin_rank == 0));
    let reminder_at = change.reminder_at.filter(|at| *at != row.reminder_at);
    let says_other = title.is_some() || content.is_some();
    let same = !says_other
        && color.is_none()
        && pinned.is_none()
        && reminder_at.is_none()
        && new_labels.is_none();
    if same {
        return Ok(Applied::Same(read::of_row(row, labels)));
    }
    // Before anything is written: a batch goes on after a failure.
    if let Some(ids) = &new_labels {
        create::known_labels(tx, owner, ids).await?;
    }
    if says_other {
        revisions::keep(tx, &row).await?;
    }
    let (version, changed_at) = (row.version + 1, clock::now());
    let mut row = row.into_active_model();
    if let Some(title) = title {
        row.title = Set(title);
    }
    if let Some(content) = content {
        row.content = Set(content);
    }
    if let Some(color) = color {
        row.color = Set(color.as_str().to_owned());
    }
    if let Some(pinned) = pinned {
        row.pin_rank = Set(i16::from(!pinned));
        row.position = Set(position::of_counter(position));
    }
    if let Some(at) = reminder_at {
        row.reminder_at = Set(at);
        // Set again, it reminds again.
        row.reminder_fired_at = Set(None);
        row.reminder_fired_seq = Set(None);
    }
    row.version = Set(version);
    row.change_seq = Set(revision);
    row.updated_at = Set(changed_at);
    let row = search::update(tx, owner, row, says_other).await?;
    let labels = match new_labels {
        None => labels,
        Some(ids) => {
            note_label::Entity::delete_many()
                .filter(note_label::Column::NoteId.eq(id))
                .exec(tx)
                .await?;
            create::put_labels(tx, owner, id, ids).await?
        }
    };
    Ok(Applied::Changed(read::of_row(row, labels)))
}
