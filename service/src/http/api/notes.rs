//! `/api/notes`: making, reading and changing notes.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Tag;
use super::model::{Color, NewRecurrence, Note, Place};
use super::shown::{Fields, Form, Include, shown, shown_alone};
use crate::domain::reminder::{ReminderChange, Series};
use crate::domain::{cursor, note};
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::clearable::Clearable;
use crate::http::cursor::Cursor;
use crate::http::etag::{IfMatch, etag};
use crate::http::idempotency::IdempotencyKey;
use crate::http::payload::{Body, Out};
use crate::http::problem::{
    CALLER, CONFLICT, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems,
};
use crate::store::notes::{Created as Made, Key, ListQuery, NoteChange, Order, Target, Transition};

pub(crate) struct Notes;

/// A note that is to be made.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewNote {
    /// Its title; empty if none is named.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// Its text in Markdown, at most 100 KiB; empty if none is named.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
    /// Its colour; white if none is named.
    color: Option<Color>,
    /// Whether it is pinned; not if nothing is said.
    pinned: Option<bool>,
    /// The labels it carries.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// Time of the reminder: the only one, or the first of a series, whether or not the rule names its day.
    reminder_at: Option<DateTime<Utc>>,
    /// Makes the reminder come again. Without `reminderAt` it needs `start`, and reminds for the first time at the next of its times.
    recurrence: Option<NewRecurrence>,
}

/// The changes of a note; what is left out stays.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NotePatch {
    /// A new title.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// New text in Markdown, at most 100 KiB.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
    /// A new colour.
    color: Option<Color>,
    /// Pinned or not; it goes to the top of those.
    pinned: Option<bool>,
    /// The labels it carries from now on.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// Time of the reminder; `null` for none, which ends a series too. Of a series, a time alone moves the next reminder, and the others stay where they are.
    reminder_at: Clearable<DateTime<Utc>>,
    /// Makes the reminder come again, from now on by this series; `null` ends the series, so that `reminderAt` is the last one.
    recurrence: Clearable<NewRecurrence>,
}

/// One page of a list of notes.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct NoteList {
    /// In the order that was asked for.
    items: Vec<Note>,
    /// What `cursor` must be for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// The revision when the first page was read: all pages and `GET /api/changes?since=` this are the exact state.
    revision: i64,
}

/// The order in which notes are to stand.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NoteOrder {
    /// Notes of one section in their new order.
    #[oai(validator(min_items = 1, max_items = 100))]
    ids: Vec<Uuid>,
}

/// The order in which notes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum Sort {
    /// Pinned ones first, each section in the user's order.
    Position,
    /// Those that remind, the earliest first.
    Reminder,
}

/// Beside which note another one goes: one of the two.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NoteTarget {
    /// Right before this one.
    before: Option<Uuid>,
    /// Right after this one.
    after: Option<Uuid>,
}

/// The revision that a write has made.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Ordered {
    /// The user's revision after it.
    revision: i64,
}

/// The number of notes that were deleted.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Emptied {
    /// How many notes.
    deleted: u64,
}

#[derive(ApiResponse)]
enum Created {
    /// The note was made, at the top; or an earlier request with the same key has made it.
    #[oai(status = 201)]
    Note(
        Out<Note>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
        /// `true` if an earlier request has made it.
        #[oai(header = "Idempotency-Replayed")]
        Option<String>,
    ),
}

#[derive(ApiResponse)]
pub(super) enum Found {
    /// The note.
    #[oai(status = 200)]
    Note(Out<Note>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// It is gone.
    #[oai(status = 204)]
    Gone,
}

impl Found {
    pub(super) fn of(note: note::Note) -> Self {
        let tag = etag(note.version);
        Self::Note(Out(note.into()), tag)
    }
}

/// What changes a note may answer besides.
const CHANGE: u32 = CALLER | MALFORMED | NOT_FOUND | CONFLICT | PRECONDITION;

/// The time of a reminder, if there is one.
fn reminder(at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Error> {
    at.map(|at| note::reminder_fits(at, "/reminderAt"))
        .transpose()
}

/// The change of a series, if there is one.
#[expect(
    clippy::option_option,
    reason = "a change of an optional value is an option of it"
)]
fn series(change: Clearable<NewRecurrence>) -> Result<Option<Option<Series>>, Error> {
    let asked =
        |series: Option<NewRecurrence>| series.as_ref().map(NewRecurrence::series).transpose();
    change.into_change().map(asked).transpose()
}

#[OpenApi(tag = "Tag::Notes")]
impl Notes {
    /// List notes
    ///
    /// One place. By position, pinned ones come first, each section in the user's order; by reminder only those come that remind. Pages never lose or repeat a note that nobody touches; what is written
    /// while pages are read is in `GET /api/changes?since=` the `revision` of the pages.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the address"
    )]
    #[oai(path = "/notes", method = "get", operation_id = "listNotes")]
    async fn list(
        &self,
        caller: Caller,
        /// Where they are; the active ones if nothing is said.
        place: Query<Option<Place>>,
        /// Only those that are pinned, or those that are not.
        pinned: Query<Option<bool>>,
        /// Only those with any of these labels; may be repeated.
        #[oai(name = "labelId", validator(max_items = 20))]
        label_id: Query<Vec<Uuid>>,
        /// Only those of this colour.
        color: Query<Option<Color>>,
        /// Only those that remind, or those that do not.
        #[oai(name = "hasReminder")]
        has_reminder: Query<Option<bool>>,
        /// In which order; by position if nothing is said.
        sort: Query<Option<Sort>>,
        /// What the notes are shown with besides.
        include: Query<Option<Include>>,
        /// How much of each note; its whole text if nothing is said.
        fields: Query<Option<Fields>>,
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 1200))]
        cursor: Query<Option<Cursor>>,
        /// How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<NoteList>, Problems<{ CALLER | INPUT }>> {
        let query = ListQuery {
            place: place.0.unwrap_or(Place::Active).into(),
            pinned: pinned.0,
            labels: label_id.0,
            color: color.0.map(Into::into),
            reminds: has_reminder.0,
            order: match sort.0 {
                None | Some(Sort::Position) => Order::Position,
                Some(Sort::Reminder) => Order::Reminder,
            },
            limit: limit.0,
            after: cursor.0.as_ref().map(Cursor::key).transpose()?,
        };
        let budget = &caller.app.budget;
        let _turn = budget.page(1).await?;
        let page = caller.store().notes(caller.owner(), &query).await?;
        let ends = match include.0 {
            None => Vec::new(),
            Some(Include::Html) => page.ends(query.order),
        };
        let form = Form {
            include: include.0,
            fields: fields.0.unwrap_or_default(),
        };
        let items = shown(budget, page.notes, form).await?;
        let next = if items.len() < ends.len() {
            ends.into_iter()
                .nth(items.len().saturating_sub(1))
                .flatten()
        } else {
            page.next
        };
        Ok(Out(NoteList {
            items,
            next_cursor: next.as_ref().map(cursor::encode).transpose()?,
            revision: page.revision,
        }))
    }

    /// Make a note
    ///
    /// It stands before all others of its section, and may be empty. With `Idempotency-Key`, a request that is sent again within 24 hours makes
    /// no second note.
    #[oai(path = "/notes", method = "post", operation_id = "createNote")]
    async fn create(
        &self,
        caller: Caller,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
        body: Body<NewNote>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        let new = body.0;
        let key = match key.0 {
            None => None,
            Some(IdempotencyKey(name)) => Some(Key {
                name,
                request_hash: Sha256::digest(serde_json::to_vec(&new).map_err(Error::internal)?)
                    .to_vec(),
            }),
        };
        let content = new.content.unwrap_or_default();
        note::content_fits(&content, "/content")?;
        let new = note::NewNote {
            title: new.title.unwrap_or_default(),
            content,
            color: new.color.map(Into::into).unwrap_or_default(),
            pinned: new.pinned.unwrap_or_default(),
            label_ids: new.label_ids.unwrap_or_default(),
            reminder: ReminderChange {
                at: Some(reminder(new.reminder_at)?),
                series: Some(
                    new.recurrence
                        .as_ref()
                        .map(NewRecurrence::series)
                        .transpose()?,
                ),
            },
        };
        let (note, replayed) = match caller.store().create_note(caller.owner(), new, key).await? {
            Made::New(note) => (note, None),
            Made::Before(note) => (note, Some("true".to_owned())),
        };
        let (tag, location) = (etag(note.version), format!("/api/notes/{}", note.id));
        Ok(Created::Note(Out(note.into()), tag, location, replayed))
    }

    /// Order notes
    ///
    /// The notes named exchange the slots that they hold: all others stay where they are, also those that a filter hides or that are not
    /// loaded yet. They must be in one place, and all pinned or none.
    #[oai(path = "/notes/reorder", method = "put", operation_id = "reorderNotes")]
    async fn reorder(
        &self,
        caller: Caller,
        body: Body<NoteOrder>,
    ) -> Result<Out<Ordered>, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT }>> {
        let revision = caller
            .store()
            .reorder_notes(caller.owner(), &body.0.ids)
            .await?;
        Ok(Out(Ordered { revision }))
    }

    /// Read a note
    ///
    /// Wherever it is: among the active ones, in the archive, or in the trash. Its `ETag` is what a change sends as `If-Match`.
    #[oai(path = "/notes/:id", method = "get", operation_id = "readNote")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// What it is shown with besides.
        include: Query<Option<Include>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let note = caller.store().note(caller.owner(), id.0).await?;
        let tag = etag(note.version);
        let has_attachments = note.attachment_count > 0;
        let mut note = shown_alone(&caller.app.budget, note, include.0).await?;
        if has_attachments {
            let attachments = caller.store().attachments(caller.owner(), id.0).await?;
            note.attachments = Some(attachments.into_iter().map(Into::into).collect());
        }
        Ok(Found::Note(Out(note), tag))
    }

    /// Change a note
    ///
    /// `If-Match` names the version that the change is based on, so that nobody overwrites what they have not seen; `*` overwrites whatever is
    /// there. Notes in the trash are restored first.
    #[oai(path = "/notes/:id", method = "patch", operation_id = "changeNote")]
    async fn change(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<NotePatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let expected = IfMatch::required(if_match.0)?;
        let patch = body.0;
        note::content_fits(patch.content.as_deref().unwrap_or_default(), "/content")?;
        let change = NoteChange {
            title: patch.title,
            content: patch.content,
            color: patch.color.map(Into::into),
            pinned: patch.pinned,
            label_ids: patch.label_ids,
            reminder: ReminderChange {
                at: patch.reminder_at.into_change().map(reminder).transpose()?,
                series: series(patch.recurrence)?,
            },
        };
        let note = caller
            .store()
            .change_note(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::of(note))
    }

    /// Throw a note away
    ///
    /// It goes to the trash, from where it can be restored until it is deleted for good, by itself after 30 days. `If-Match` is optional:
    /// nothing is lost.
    #[oai(path = "/notes/:id", method = "delete", operation_id = "trashNote")]
    async fn trash(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        go(&caller, id.0, if_match.0, Transition::Trash).await
    }

    /// Archive a note
    ///
    /// It leaves the list of active notes and is still found by a search. `If-Match` is optional: nothing is lost.
    #[oai(
        path = "/notes/:id/archive",
        method = "post",
        operation_id = "archiveNote"
    )]
    async fn archive(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        go(&caller, id.0, if_match.0, Transition::Archive).await
    }

    /// Take a note out of the archive
    ///
    /// It stands before all others of its section again. `If-Match` is optional: nothing is lost.
    #[oai(
        path = "/notes/:id/unarchive",
        method = "post",
        operation_id = "unarchiveNote"
    )]
    async fn unarchive(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        go(&caller, id.0, if_match.0, Transition::Unarchive).await
    }

    /// Restore a note
    ///
    /// Out of the trash, to where it was before: the archive, if it was archived.
    #[oai(
        path = "/notes/:id/restore",
        method = "post",
        operation_id = "restoreNote"
    )]
    async fn restore(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        go(&caller, id.0, if_match.0, Transition::Restore).await
    }

    /// Put a note beside another
    ///
    /// In the same place; it is pinned from then on if the other one is, or not if it is not.
    #[oai(path = "/notes/:id/move", method = "post", operation_id = "moveNote")]
    async fn place(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Body<NoteTarget>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT }>> {
        let target = match (body.0.before, body.0.after) {
            (Some(note), None) => Target::Before(note),
            (None, Some(note)) => Target::After(note),
            _ => {
                return Err(Error::invalid(
                    "",
                    "one_of",
                    "names `before` or `after`, one of the two",
                )
                .into());
            }
        };
        Ok(Found::of(
            caller
                .store()
                .place_note(caller.owner(), id.0, target)
                .await?,
        ))
    }

    /// Delete a note for good
    ///
    /// It must be in the trash: what happens by one wrong click can be undone.
    #[oai(
        path = "/notes/:id/permanent",
        method = "delete",
        operation_id = "deleteNote"
    )]
    async fn delete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CHANGE }>> {
        let expected = IfMatch::optional(if_match.0);
        caller
            .store()
            .delete_note(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// Empty the trash
    ///
    /// Everything in it is deleted for good.
    #[oai(path = "/trash", method = "delete", operation_id = "emptyTrash")]
    async fn empty(&self, caller: Caller) -> Result<Out<Emptied>, Problems<{ CALLER }>> {
        let deleted = caller.store().empty_trash(caller.owner()).await?;
        Ok(Out(Emptied { deleted }))
    }
}

pub(super) fn default_limit() -> u16 {
    crate::domain::limits::PAGE_DEFAULT
}

async fn go(
    caller: &Caller,
    id: Uuid,
    if_match: Option<IfMatch>,
    transition: Transition,
) -> Result<Found, Problems<{ CHANGE }>> {
    let expected = IfMatch::optional(if_match);
    let note = caller
        .store()
        .move_note(caller.owner(), id, &expected, transition)
        .await?;
    Ok(Found::of(note))
}
