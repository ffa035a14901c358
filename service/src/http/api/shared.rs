//! `/api/shared`: notes that other users share with the caller.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::items::{Item, ItemList, ItemPatch, ItemsResponse};
use super::model::{Checklist, Color, Note, NoteWriter};
use super::notes::default_limit;
use super::shares::Right;
use super::shown::{Fields, Form, Include, convert_notes};
use crate::budget::Budget;
use crate::content::checklist::{self, ItemChange};
use crate::content::text;
use crate::domain::{cursor, note};
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, format_etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::store::sharing::{self, Grant, ReceivedQuery, SharedChange};

pub(crate) struct Shared;

/// A note that another user shares with the caller. Labels, reminder, place and order belong to the owner and are not shown.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct SharedNote {
    /// Identifier of the note, for paths below `/api/shared`.
    id: Uuid,
    /// Title of the note, at most 1,000 characters; may be empty.
    title: String,
    /// Text of the note in Markdown, at most 100 KiB; may be empty.
    content: String,
    /// `true` if `content` holds only the beginning of the text, which happens with `fields=board`; `GET /api/shared/{id}` returns the whole text.
    #[serde(skip_serializing_if = "Option::is_none")]
    shortened: Option<bool>,
    /// Text of the note as sanitized HTML, safe to insert into a page; present only with `include=html`.
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    /// Progress of the checklist in the text; absent if the text has no checklist items.
    #[serde(skip_serializing_if = "Option::is_none")]
    checklist: Option<Checklist>,
    /// Colour that the owner gave to the note.
    color: Color,
    /// Version of the note, increased by each change of the owner or a recipient; its `ETag` is this number in quotation marks.
    version: i64,
    /// Time at which the note was created.
    created_at: DateTime<Utc>,
    /// Time of the last change of the note.
    updated_at: DateTime<Utc>,
    /// Author of the latest text; absent if the owner wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<NoteWriter>,
    /// Username of the owner of the note.
    owner: String,
    /// Right of the caller: reading, or changing title and text too.
    right: Right,
    /// Time at which the caller accepted the invitation.
    shared_at: DateTime<Utc>,
}

/// A page of notes that other users share with the caller.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SharedNoteList {
    /// Notes of the page, the most recently accepted first.
    items: Vec<SharedNote>,
    /// Value of `cursor` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// Revision of the caller's data when the first page was read. All pages together with `GET /api/changes?since=` this revision give the exact
    /// state.
    revision: i64,
}

/// Changes of a note of another user; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct SharedNotePatch {
    /// New title, at most 1,000 characters; may be empty.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// New text in Markdown, at most 100 KiB; may be empty.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
}

#[derive(ApiResponse)]
enum Found {
    /// The note, with its version as `ETag`.
    #[oai(status = 200)]
    Note(Out<SharedNote>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum ShareLeft {
    /// The share ended for the caller.
    #[oai(status = 204)]
    Gone,
}

impl SharedNote {
    fn new(note: Note, grant: Grant) -> Self {
        Self {
            id: note.id,
            title: note.title,
            content: note.content,
            shortened: note.shortened,
            html: note.html,
            checklist: note.checklist,
            color: note.color,
            version: note.version,
            created_at: note.created_at,
            updated_at: note.updated_at,
            written_by: note.written_by,
            owner: grant.owner_name,
            right: Right::from_can_write(grant.can_write),
            shared_at: grant.since,
        }
    }

    /// Converts a note with its whole text.
    pub(super) fn from_shared(shared: sharing::SharedNote) -> Self {
        Self::new(shared.note.into(), shared.grant)
    }

    /// Converts notes in order: all of them, or the first ones until their HTML fills a page.
    pub(super) async fn from_notes(
        budget: &Budget,
        notes: Vec<sharing::SharedNote>,
        form: Form,
    ) -> Result<Vec<Self>, Error> {
        let (notes, grants): (Vec<_>, Vec<_>) = notes
            .into_iter()
            .map(|shared| (shared.note, shared.grant))
            .unzip();
        let notes = convert_notes(budget, notes, form).await?;
        let all = notes.into_iter().zip(grants);
        Ok(all.map(|(note, grant)| Self::new(note, grant)).collect())
    }
}

impl Found {
    fn from_shared(shared: sharing::SharedNote) -> Self {
        let tag = format_etag(shared.note.version);
        Self::Note(Out(SharedNote::from_shared(shared)), tag)
    }
}

#[OpenApi(tag = "Tag::Sharing", prefix_path = "/shared")]
impl Shared {
    /// List notes of other users
    ///
    /// Returns the notes that other users share with the caller, except those in the trash of their owners. With `q`, only notes that match the query
    /// are returned, as in `GET /api/search`, which searches the caller's own notes.
    #[oai(path = "/", method = "get", operation_id = "listSharedNotes")]
    async fn list_shared_notes(
        &self,
        caller: Caller,
        /// Words to search for, at most 200 characters; all notes by default.
        #[oai(validator(max_length = 200))]
        q: Query<Option<String>>,
        /// Value of `nextCursor` on the previous page; omit it for the first page.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
        /// Amount of text of each note; the whole text by default.
        fields: Query<Option<Fields>>,
    ) -> Result<Out<SharedNoteList>, Problems<{ CALLER | INPUT }>> {
        if q.0.as_ref().is_some_and(|words| words.contains('\0')) {
            return Err(Error::invalid("q", "nul", "contains the character U+0000").into());
        }
        let query = ReceivedQuery {
            words: q.0.as_deref().map(text::Query::parse),
            limit: limit.0,
            after: cursor.0.as_deref().map(cursor::decode_key).transpose()?,
        };
        let budget = &caller.app.budget;
        let _turn = budget.wait_for_page(1).await?;
        let page = caller.store().shared_notes(caller.owner(), &query).await?;
        let form = Form {
            fields: fields.0.unwrap_or_default(),
            ..Form::default()
        };
        Ok(Out(SharedNoteList {
            items: SharedNote::from_notes(budget, page.notes, form).await?,
            next_cursor: page.next.as_ref().map(cursor::encode_key).transpose()?,
            revision: page.revision,
        }))
    }

    /// Read a note of another user
    ///
    /// Returns a note that is shared with the caller. Send its `ETag` as `If-Match` to change exactly this version.
    #[oai(path = "/:id", method = "get", operation_id = "readSharedNote")]
    async fn read_shared_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Optional addition to the note: `html` for the text as HTML.
        include: Query<Option<Include>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let shared = caller.store().shared_note(caller.owner(), id.0).await?;
        let tag = format_etag(shared.note.version);
        let form = Form {
            include: include.0,
            ..Form::default()
        };
        let shown = SharedNote::from_notes(&caller.app.budget, vec![shared], form).await?;
        let note = shown.into_iter().next();
        let note = note.ok_or_else(|| Error::internal("a note that is shown is there"))?;
        Ok(Found::Note(Out(note), tag))
    }

    /// Change a note of another user
    ///
    /// Changes title and text of a note, which requires the right `write`. `If-Match` is required: it names the version that the change is based on;
    /// `*` overwrites any version. The owner finds the earlier text in the history of the note, with the username of its author.
    #[oai(path = "/:id", method = "patch", operation_id = "changeSharedNote")]
    async fn change_shared_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<SharedNotePatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::require_versions(if_match.0)?;
        let patch = body.0;
        note::check_content(patch.content.as_deref().unwrap_or_default(), "/content")?;
        let change = SharedChange {
            title: patch.title,
            content: patch.content,
        };
        let shared = caller
            .store()
            .change_shared_note(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::from_shared(shared))
    }

    /// List the items of the checklist of another user's note
    ///
    /// Returns the checklist items in the Markdown of the note, in the order of the text. The `ETag` is that of the note.
    #[oai(path = "/:id/items", method = "get", operation_id = "listSharedItems")]
    async fn list_shared_items(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<ItemsResponse, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let shared = caller.store().shared_note(caller.owner(), id.0).await?;
        let (version, text) = (shared.note.version, shared.note.content);
        let budget = &caller.app.budget;
        let items = budget.work_on(text.len(), move |_| Ok(checklist::list_items(&text)));
        let list = ItemList {
            items: Item::from_checklist(items.await?),
        };
        Ok(ItemsResponse::Items(Out(list), format_etag(version)))
    }

    /// Change an item of the checklist of another user's note
    ///
    /// Checks or unchecks an item, or replaces its text, which requires the right `write`. The rest of the Markdown stays byte for byte as it is.
    /// `If-Match` is required: it names the version of the note that the index refers to.
    #[oai(
        path = "/:id/items/:index",
        method = "patch",
        operation_id = "changeSharedItem"
    )]
    async fn change_item(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Index of the item among all checklist items of the note, from 0.
        #[oai(validator(minimum(value = "0")))]
        index: Path<u32>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<ItemPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::require_versions(if_match.0)?;
        let change: ItemChange = body.0.into();
        let shared = caller
            .store()
            .change_shared_item(caller.owner(), id.0, &expected, index.0, &change)
            .await?;
        Ok(Found::from_shared(shared))
    }

    /// Leave a note of another user
    ///
    /// Ends the share for the caller. The note stays as it is, and its owner sees that the share ended.
    #[oai(path = "/:id", method = "delete", operation_id = "leaveSharedNote")]
    async fn leave_shared_note(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<ShareLeft, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        caller
            .store()
            .leave_shared_note(caller.owner(), id.0)
            .await?;
        Ok(ShareLeft::Gone)
    }
}
