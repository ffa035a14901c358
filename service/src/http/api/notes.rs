//! `/api/notes`: create, list, read, change, order and delete notes, and `/api/trash`.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Tag;
use super::model::{Color, NewRecurrence, Note, Place};
use super::shown::{Fields, Form, Include, convert_notes, convert_single_note};
use crate::domain::reminder::{ReminderChange, Series};
use crate::domain::{cursor, note};
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::clearable::Clearable;
use crate::http::cursor::Cursor;
use crate::http::etag::{IfMatch, format_etag};
use crate::http::idempotency::IdempotencyKey;
use crate::http::payload::{Body, Out};
use crate::http::problem::{
    CALLER, CONFLICT, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems,
};
use crate::store::notes::{
    Created as Made, ListQuery, NoteChange, Order, RequestKey, Target, Transition,
};

pub(crate) struct Notes;

/// A note to create. All properties are optional; without any, the note is empty.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewNote {
    /// Title, at most 1,000 characters; empty by default.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// Text in Markdown, at most 100 KiB; empty by default.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
    /// Colour of the note; `white` by default.
    color: Option<Color>,
    /// `true` to pin the note; `false` by default.
    pinned: Option<bool>,
    /// Identifiers of the labels of the note, at most 20; none by default.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// Time of the reminder. With `recurrence` it is the first reminder of the series, even on a day that the rule does not name.
    reminder_at: Option<DateTime<Utc>>,
    /// Rule by which the reminder repeats. Without `reminderAt` it needs `start`, and the first reminder is the next time of the rule.
    recurrence: Option<NewRecurrence>,
}

/// Changes of a note; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NotePatch {
    /// New title, at most 1,000 characters; may be empty.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// New text in Markdown, at most 100 KiB; may be empty.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
    /// New colour of the note.
    color: Option<Color>,
    /// `true` to pin the note, `false` to unpin it. The note moves to the top of its new section.
    pinned: Option<bool>,
    /// Identifiers of all labels of the note, at most 20; they replace the present ones.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// Time of the reminder; `null` removes the reminder and its series. A time without `recurrence` moves only the next reminder of a series; the
    /// later ones keep their times.
    reminder_at: Clearable<DateTime<Utc>>,
    /// New rule by which the reminder repeats; `null` ends the series, so that `reminderAt` is the last reminder.
    recurrence: Clearable<NewRecurrence>,
}

/// A page of a list of notes.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct NoteList {
    /// Notes of the page, in the requested order.
    items: Vec<Note>,
    /// Value of `cursor` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// Revision of the user's data when the first page was read. All pages together with `GET /api/changes?since=` this revision give the exact
    /// state.
    revision: i64,
}

/// New order of notes within one section.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NoteOrder {
    /// Identifiers of 1 to 100 different notes of one section, in their new order.
    #[oai(validator(min_items = 1, max_items = 100))]
    ids: Vec<Uuid>,
}

/// Order of a list of notes: `position` for the order of the user with pinned notes first, `reminder` for notes with a reminder only, the earliest
/// reminder first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum Sort {
    /// Pinned notes first, each section in the order of the user.
    Position,
    /// Notes with a reminder only, the earliest reminder first.
    Reminder,
}

/// Note next to which another one is placed: exactly one of `before` and `after`.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NoteTarget {
    /// Identifier of the note that will follow directly.
    before: Option<Uuid>,
    /// Identifier of the note that will precede directly.
    after: Option<Uuid>,
}

/// Revision of the user's data after the notes were ordered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Ordered {
    /// Revision of the user's data after the request.
    revision: i64,
}

/// Number of notes that were deleted permanently.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Emptied {
    /// Number of notes that were deleted.
    deleted: u64,
}

#[derive(ApiResponse)]
enum Created {
    /// The note was created at the top of its section, by this request or by an earlier one with the same `Idempotency-Key`.
    #[oai(status = 201)]
    Note(
        Out<Note>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
        /// `true` if an earlier request with the same key created the note.
        #[oai(header = "Idempotency-Replayed")]
        Option<String>,
    ),
}

#[derive(ApiResponse)]
pub(super) enum Found {
    /// The note, with its version as `ETag`.
    #[oai(status = 200)]
    Note(Out<Note>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The note was deleted permanently.
    #[oai(status = 204)]
    Gone,
}

impl Found {
    pub(super) fn from_note(note: note::Note) -> Self {
        let tag = format_etag(note.version);
        Self::Note(Out(note.into()), tag)
    }
}

/// Groups of problems that operations which move or delete a note can answer.
const CHANGE: u32 = CALLER | MALFORMED | NOT_FOUND | CONFLICT | PRECONDITION;

/// Checks the time of a reminder, if there is one: it must lie within the years 0001 to 9999 in UTC.
fn check_reminder(at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Error> {
    at.map(|at| note::check_reminder_time(at, "/reminderAt"))
        .transpose()
}

/// Parses the change of a series, if the request contains one.
#[expect(
    clippy::option_option,
    reason = "a change of an optional value is an option of it"
)]
fn parse_series_change(change: Clearable<NewRecurrence>) -> Result<Option<Option<Series>>, Error> {
    let asked = |series: Option<NewRecurrence>| {
        series.as_ref().map(NewRecurrence::parse_series).transpose()
    };
    change.into_change().map(asked).transpose()
}

#[OpenApi(tag = "Tag::Notes")]
impl Notes {
    /// List notes
    ///
    /// Returns the notes of one place, page by page. Sorted by position, pinned notes come first and each section is in the order of the user; sorted
    /// by reminder, only notes with a reminder are listed. Pages neither skip nor repeat a note that stays unchanged while they are read. Use the
    /// `revision` of the pages with `GET /api/changes` to get notes that changed in between.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the address"
    )]
    #[oai(path = "/notes", method = "get", operation_id = "listNotes")]
    async fn list_notes(
        &self,
        caller: Caller,
        /// Place to list: on the board (`active`, the default), in the archive or in the trash.
        place: Query<Option<Place>>,
        /// `true` for pinned notes only, `false` for unpinned notes only.
        pinned: Query<Option<bool>>,
        /// Identifier of a label. Repeat the parameter, up to 20 times, for notes with at least one of several labels.
        #[oai(name = "labelId", validator(max_items = 20))]
        label_id: Query<Vec<Uuid>>,
        /// Colour of the notes to return; all colours by default.
        color: Query<Option<Color>>,
        /// `true` for notes with a reminder only, `false` for notes without one.
        #[oai(name = "hasReminder")]
        has_reminder: Query<Option<bool>>,
        /// Order of the notes; `position` by default.
        sort: Query<Option<Sort>>,
        /// Optional addition to each note: `html` for the text as HTML.
        include: Query<Option<Include>>,
        /// Amount of text of each note; the whole text by default.
        fields: Query<Option<Fields>>,
        /// Value of `nextCursor` on the previous page; omit it for the first page.
        #[oai(validator(max_length = 1200))]
        cursor: Query<Option<Cursor>>,
        /// Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
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
            after: cursor.0.as_ref().map(Cursor::decode_key).transpose()?,
        };
        let budget = &caller.app.budget;
        let _turn = budget.wait_for_page(1).await?;
        let page = caller.store().list_notes(caller.owner(), &query).await?;
        let ends = match include.0 {
            None => Vec::new(),
            Some(Include::Html) => page.end_cursors(query.order),
        };
        let form = Form {
            include: include.0,
            fields: fields.0.unwrap_or_default(),
        };
        let items = convert_notes(budget, page.notes, form).await?;
        let next = if items.len() < ends.len() {
            ends.into_iter()
                .nth(items.len().saturating_sub(1))
                .flatten()
        } else {
            page.next
        };
        Ok(Out(NoteList {
            items,
            next_cursor: next.as_ref().map(cursor::encode_key).transpose()?,
            revision: page.revision,
        }))
    }

    /// Create a note
    ///
    /// Creates a note at the top of its section; it may be empty. A request that is sent again with the same `Idempotency-Key` within 24 hours
    /// returns the note of the first one and creates none. An account has a limited number of notes, those in the trash included (`limit_reached`).
    #[oai(path = "/notes", method = "post", operation_id = "createNote")]
    async fn create_note(
        &self,
        caller: Caller,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
        body: Body<NewNote>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        let new = body.0;
        let key = match key.0 {
            None => None,
            Some(IdempotencyKey(name)) => Some(RequestKey {
                name,
                request_hash: Sha256::digest(serde_json::to_vec(&new).map_err(Error::internal)?)
                    .to_vec(),
            }),
        };
        let content = new.content.unwrap_or_default();
        note::check_content(&content, "/content")?;
        let new = note::NewNote {
            title: new.title.unwrap_or_default(),
            content,
            color: new.color.map(Into::into).unwrap_or_default(),
            pinned: new.pinned.unwrap_or_default(),
            label_ids: new.label_ids.unwrap_or_default(),
            reminder: ReminderChange {
                at: Some(check_reminder(new.reminder_at)?),
                series: Some(
                    new.recurrence
                        .as_ref()
                        .map(NewRecurrence::parse_series)
                        .transpose()?,
                ),
            },
        };
        let (note, replayed) = match caller.store().create_note(caller.owner(), new, key).await? {
            Made::New(note) => (note, None),
            Made::Replayed(note) => (note, Some("true".to_owned())),
        };
        let (tag, location) = (format_etag(note.version), format!("/api/notes/{}", note.id));
        Ok(Created::Note(Out(note.into()), tag, location, replayed))
    }

    /// Order notes
    ///
    /// Puts the named notes into a new order, within the positions that they already have. All other notes keep their positions, including notes that
    /// a filter hides or that the client has not loaded. The notes must be in one place, and either all or none of them pinned; otherwise the answer
    /// is 409.
    #[oai(path = "/notes/reorder", method = "put", operation_id = "reorderNotes")]
    async fn reorder_notes(
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
    /// Returns a note in any place: on the board, in the archive or in the trash. Send its `ETag` as `If-Match` to change exactly this version.
    #[oai(path = "/notes/:id", method = "get", operation_id = "readNote")]
    async fn read_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Optional addition to the note: `html` for the text as HTML.
        include: Query<Option<Include>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let note = caller.store().get_note(caller.owner(), id.0).await?;
        let tag = format_etag(note.version);
        let has_attachments = note.attachment_count > 0;
        let mut note = convert_single_note(&caller.app.budget, note, include.0).await?;
        if has_attachments {
            let attachments = caller
                .store()
                .list_attachments(caller.owner(), id.0)
                .await?;
            note.attachments = Some(attachments.into_iter().map(Into::into).collect());
        }
        Ok(Found::Note(Out(note), tag))
    }

    /// Change a note
    ///
    /// Changes the properties in the body and leaves all others as they are. `If-Match` is required: it names the version that the change is based
    /// on, so that changes of others are not overwritten by accident; `*` overwrites any version. A note in the trash must be restored first
    /// (`note_in_trash`).
    #[oai(path = "/notes/:id", method = "patch", operation_id = "changeNote")]
    async fn change_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<NotePatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let expected = IfMatch::require_versions(if_match.0)?;
        let patch = body.0;
        note::check_content(patch.content.as_deref().unwrap_or_default(), "/content")?;
        let change = NoteChange {
            title: patch.title,
            content: patch.content,
            color: patch.color.map(Into::into),
            pinned: patch.pinned,
            label_ids: patch.label_ids,
            reminder: ReminderChange {
                at: patch
                    .reminder_at
                    .into_change()
                    .map(check_reminder)
                    .transpose()?,
                series: parse_series_change(patch.recurrence)?,
            },
        };
        let note = caller
            .store()
            .change_note(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::from_note(note))
    }

    /// Move a note to the trash
    ///
    /// Moves a note from the board or the archive to the trash. It can be restored for 30 days; then it is deleted permanently. `If-Match` is
    /// optional.
    #[oai(path = "/notes/:id", method = "delete", operation_id = "trashNote")]
    async fn trash_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        apply_transition(&caller, id.0, if_match.0, Transition::Trash).await
    }

    /// Archive a note
    ///
    /// Moves a note from the board to the archive, where searches still find it. A note in the trash must be restored first (`note_in_trash`).
    /// `If-Match` is optional.
    #[oai(
        path = "/notes/:id/archive",
        method = "post",
        operation_id = "archiveNote"
    )]
    async fn archive_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        apply_transition(&caller, id.0, if_match.0, Transition::Archive).await
    }

    /// Move a note out of the archive
    ///
    /// Moves a note from the archive to the top of its section on the board. A note in the trash must be restored first (`note_in_trash`). `If-Match`
    /// is optional.
    #[oai(
        path = "/notes/:id/unarchive",
        method = "post",
        operation_id = "unarchiveNote"
    )]
    async fn unarchive_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        apply_transition(&caller, id.0, if_match.0, Transition::Unarchive).await
    }

    /// Restore a note
    ///
    /// Moves a note from the trash back to the place that it came from: the board or the archive. `If-Match` is optional.
    #[oai(
        path = "/notes/:id/restore",
        method = "post",
        operation_id = "restoreNote"
    )]
    async fn restore_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CHANGE }>> {
        apply_transition(&caller, id.0, if_match.0, Transition::Restore).await
    }

    /// Move a note next to another
    ///
    /// Moves a note directly before or after another one in the same place. The note becomes pinned if the other one is pinned, and unpinned if it is
    /// not. Notes in different places answer 409.
    #[oai(path = "/notes/:id/move", method = "post", operation_id = "moveNote")]
    async fn move_note(
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
                    "must contain either `before` or `after`",
                )
                .into());
            }
        };
        Ok(Found::from_note(
            caller
                .store()
                .place_note(caller.owner(), id.0, target)
                .await?,
        ))
    }

    /// Delete a note permanently
    ///
    /// Deletes a note with its history and attachments. The note must be in the trash (`note_not_in_trash`). `If-Match` is optional.
    #[oai(
        path = "/notes/:id/permanent",
        method = "delete",
        operation_id = "deleteNote"
    )]
    async fn delete_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CHANGE }>> {
        let expected = IfMatch::versions_or_any(if_match.0);
        caller
            .store()
            .delete_note(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// Empty the trash
    ///
    /// Permanently deletes all notes in the trash, and returns their number.
    #[oai(path = "/trash", method = "delete", operation_id = "emptyTrash")]
    async fn empty_trash(&self, caller: Caller) -> Result<Out<Emptied>, Problems<{ CALLER }>> {
        let deleted = caller.store().empty_trash(caller.owner()).await?;
        Ok(Out(Emptied { deleted }))
    }
}

pub(super) fn default_limit() -> u16 {
    crate::domain::limits::PAGE_DEFAULT
}

async fn apply_transition(
    caller: &Caller,
    id: Uuid,
    if_match: Option<IfMatch>,
    transition: Transition,
) -> Result<Found, Problems<{ CHANGE }>> {
    let expected = IfMatch::versions_or_any(if_match);
    let note = caller
        .store()
        .move_note(caller.owner(), id, &expected, transition)
        .await?;
    Ok(Found::from_note(note))
}
