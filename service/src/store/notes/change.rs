//! Changes to the text and the properties of a note.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{create, read, revisions};
use crate::clock;
use crate::domain::note::{Color, Note, Place};
use crate::domain::position;
use crate::domain::reminder::{Reminder, ReminderChange};
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::{Code, Error};
use crate::store::entity::{note, note_label};
use crate::store::revision::{self, CounterChanges};
use crate::store::sharing::{AffectedShares, Author};
use crate::store::{ExpectedVersion, Owner, Store, search, webhooks};

/// A change to a note. `None` leaves a property unchanged.
#[derive(Debug, Clone, Default)]
pub struct NoteChange {
    /// New title, plain text; an empty text removes it.
    pub title: Option<String>,
    /// New text in Markdown, which replaces the present one entirely.
    pub content: Option<String>,
    /// New background colour of the note.
    pub color: Option<Color>,
    /// Pins (`true`) or unpins (`false`) the note; it moves to the top of that section.
    pub pinned: Option<bool>,
    /// Identifiers of the labels that replace the present ones; empty to remove all.
    pub label_ids: Option<Vec<Uuid>>,
    /// Change to the time or the series of the reminder.
    pub reminder: ReminderChange,
}

impl Store {
    /// Changes a note that has the expected version. Without an actual change, the version stays.
    ///
    /// # Errors
    ///
    /// `note_in_trash` for a note in the trash, and those of an unexpected version or invalid properties.
    pub async fn change_note(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        change: NoteChange,
    ) -> Result<Note, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let taking = CounterChanges {
            positions: i64::from(change.pinned.is_some()),
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(&tx, owner, taking).await?;
        let row = read::find_note(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let mut affected = AffectedShares::default();
        affected.add_note(&row);
        let (author, revision) = (Author::OWNER, user.revision);
        match apply_change(
            &tx,
            owner,
            author,
            revision,
            user.next_position,
            row,
            change,
        )
        .await?
        {
            Applied::Changed(note) => {
                let changed = OccurredEvent::about_note(Event::NoteUpdated, id);
                webhooks::insert_deliveries(&tx, &user, user.revision, &[changed]).await?;
                let recipients = affected.insert_for_recipients(&tx, owner).await?;
                self.commit_shared(tx, owner, revision, recipients).await?;
                Ok(note)
            }
            // Returning rolls back the transaction with its new revision.
            Applied::Unchanged(note) => Ok(note),
        }
    }
}

/// The result of a change.
pub(in crate::store) enum Applied {
    /// The note has changed.
    Changed(Note),
    /// The note already was in the requested state.
    Unchanged(Note),
}

/// Changes a note of its owner in a transaction that has taken this revision, and this position for the case that the note is pinned or unpinned.
pub(in crate::store) async fn apply_change(
    tx: &DatabaseTransaction,
    owner: Owner,
    author: Author,
    revision: i64,
    position: i64,
    row: note::Model,
    change: NoteChange,
) -> Result<Applied, Error> {
    if Place::from_db(row.place) == Place::Trash {
        return Err(Error::new(Code::NoteInTrash).detail("restore the note before changing it"));
    }
    let id = row.id;
    let labels = read::list_label_ids(tx, id).await?;
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
    let changed_at = clock::now();
    let present = Reminder {
        at: row.reminder_at,
        recurrence: read::series(row.reminder_recurrence.as_deref()),
    };
    let reminder = change.reminder.apply_to(present.clone(), changed_at)?;
    let reminder = Some(reminder).filter(|reminder| *reminder != present);
    let says_other = title.is_some() || content.is_some();
    let same = !says_other
        && color.is_none()
        && pinned.is_none()
        && reminder.is_none()
        && new_labels.is_none();
    if same {
        return Ok(Applied::Unchanged(
            read::note_from_row(tx, row, labels).await?,
        ));
    }
    // Checked before the first write, because a batch continues after this error.
    if let Some(ids) = &new_labels {
        create::require_known_labels(tx, owner, ids).await?;
    }
    if says_other {
        revisions::keep_revision(tx, &row, author).await?;
    }
    let version = row.version + 1;
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
        row.position = Set(position::from_counter(position));
    }
    if let Some(reminder) = reminder {
        // A reminder that is set again fires again.
        if reminder.at != present.at || reminder.recurrence.is_some() {
            row.reminder_fired_at = Set(None);
            row.reminder_fired_seq = Set(None);
            row.reminder_fired_for = Set(None);
        }
        row.reminder_at = Set(reminder.at);
        row.reminder_recurrence = Set(reminder.recurrence.map(|series| series.to_string()));
    }
    if says_other {
        row.author_id = Set(author.to_db());
    }
    row.version = Set(version);
    row.change_seq = Set(revision);
    row.updated_at = Set(changed_at);
    let row = search::update_indexed(tx, owner, row, says_other).await?;
    let labels = match new_labels {
        None => labels,
        Some(ids) => {
            note_label::Entity::delete_many()
                .filter(note_label::Column::NoteId.eq(id))
                .exec(tx)
                .await?;
            create::insert_labels(tx, owner, id, ids).await?
        }
    };
    Ok(Applied::Changed(
        read::note_from_row(tx, row, labels).await?,
    ))
}
