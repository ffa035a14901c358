//! `/api/shared`: notes of others.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::items::{Item, ItemList, ItemPatch, Listed};
use super::model::{Checklist, Color, Note};
use super::notes::default_limit;
use super::shares::Right;
use super::shown::{Fields, Form, Include, shown};
use crate::budget::Budget;
use crate::content::checklist::{self, ItemChange};
use crate::content::text;
use crate::domain::{cursor, note};
use crate::error::Error;
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::store::sharing::{self, Grant, ReceivedQuery, SharedChange};

pub(crate) struct Shared;

/// A note of somebody else. Labels, reminder, place and order are its owner's, and not shown.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct SharedNote {
    /// The identifier of the note, below `/api/shared`.
    id: Uuid,
    /// The title of the note, perhaps empty.
    title: String,
    /// The text of the note in Markdown, perhaps empty.
    content: String,
    /// `true` where `content` is only the beginning, with `fields=board`: the whole text is in `GET /api/shared/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    shortened: Option<bool>,
    /// The same text as HTML, safe to put into a page; with `include=html` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    /// How far its checklist is, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    checklist: Option<Checklist>,
    /// The colour of the note, which its owner chooses.
    color: Color,
    /// Counts changes of the note, the owner's own too; the number in its `ETag`.
    version: i64,
    /// When the note was made.
    created_at: DateTime<Utc>,
    /// When the note was last changed.
    updated_at: DateTime<Utc>,
    /// The username of the owner.
    owner: String,
    /// The right of the recipient.
    right: Right,
    /// When the recipient accepted it.
    shared_at: DateTime<Utc>,
}

/// A page of notes of others.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct SharedNoteList {
    /// The one that was accepted last first.
    items: Vec<SharedNote>,
    /// What `cursor` must be for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// The revision when the first page was read: all pages and `GET /api/changes?since=` this are the exact state.
    revision: i64,
}

/// Changes of a note of somebody else; what is left out stays.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct SharedNotePatch {
    /// A new title, of at most 1000 characters.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// New text in Markdown, at most 100 KiB.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
}

#[derive(ApiResponse)]
enum Found {
    /// The note.
    #[oai(status = 200)]
    Note(Out<SharedNote>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Left {
    /// It is not shared with the caller any more.
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
            owner: grant.owner_name,
            right: Right::of(grant.can_write),
            shared_at: grant.since,
        }
    }

    /// The note with its whole text.
    pub(super) fn plain(shared: sharing::SharedNote) -> Self {
        Self::new(shared.note.into(), shared.grant)
    }

    /// Notes as they are shown: all, or the first ones until their HTML is a page.
    pub(super) async fn all(
        budget: &Budget,
        notes: Vec<sharing::SharedNote>,
        form: Form,
    ) -> Result<Vec<Self>, Error> {
        let (notes, grants): (Vec<_>, Vec<_>) = notes
            .into_iter()
            .map(|shared| (shared.note, shared.grant))
            .unzip();
        let notes = shown(budget, notes, form).await?;
        let all = notes.into_iter().zip(grants);
        Ok(all.map(|(note, grant)| Self::new(note, grant)).collect())
    }
}

impl Found {
    fn of(shared: sharing::SharedNote) -> Self {
        let tag = etag(shared.note.version);
        Self::Note(Out(SharedNote::plain(shared)), tag)
    }
}

#[OpenApi(tag = "Tag::Sharing", prefix_path = "/shared")]
impl Shared {
    /// List notes of others
    ///
    /// Those that are shared with the caller, but for those in the trash of their owners. With `q`, only those that say this, as in
    /// `GET /api/search`, which finds the caller's own.
    #[oai(path = "/", method = "get", operation_id = "listSharedNotes")]
    async fn list(
        &self,
        caller: Caller,
        /// Words that the notes say; all notes if nothing is said.
        #[oai(validator(max_length = 200))]
        q: Query<Option<String>>,
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 1200, pattern = "^[A-Za-z0-9_-]+$"))]
        cursor: Query<Option<String>>,
        /// How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
        /// How much of each note; its whole text if nothing is said.
        fields: Query<Option<Fields>>,
    ) -> Result<Out<SharedNoteList>, Problems<{ CALLER | INPUT }>> {
        if q.0.as_ref().is_some_and(|words| words.contains('\0')) {
            return Err(Error::invalid("q", "nul", "contains the character U+0000").into());
        }
        let query = ReceivedQuery {
            words: q.0.as_deref().map(text::Query::parse),
            limit: limit.0,
            after: cursor.0.as_deref().map(cursor::decode).transpose()?,
        };
        let budget = &caller.app.budget;
        let _turn = budget.page(1).await?;
        let page = caller.store().shared_notes(caller.owner(), &query).await?;
        let form = Form {
            fields: fields.0.unwrap_or_default(),
            ..Form::default()
        };
        Ok(Out(SharedNoteList {
            items: SharedNote::all(budget, page.notes, form).await?,
            next_cursor: page.next.as_ref().map(cursor::encode).transpose()?,
            revision: page.revision,
        }))
    }

    /// Read a note of somebody else
    ///
    /// Its `ETag` is what a change sends as `If-Match`.
    #[oai(path = "/:id", method = "get", operation_id = "readSharedNote")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// What it is shown with besides.
        include: Query<Option<Include>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let shared = caller.store().shared_note(caller.owner(), id.0).await?;
        let tag = etag(shared.note.version);
        let form = Form {
            include: include.0,
            ..Form::default()
        };
        let shown = SharedNote::all(&caller.app.budget, vec![shared], form).await?;
        let note = shown.into_iter().next();
        let note = note.ok_or_else(|| Error::internal("a note that is shown is there"))?;
        Ok(Found::Note(Out(note), tag))
    }

    /// Change a note of somebody else
    ///
    /// Its title and text, with the right to write. `If-Match` names the version that the change is based on; `*` overwrites whatever is there. What
    /// the note said before is in its history, with the name of who wrote it, for its owner.
    #[oai(path = "/:id", method = "patch", operation_id = "changeSharedNote")]
    async fn change(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<SharedNotePatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::required(if_match.0)?;
        let patch = body.0;
        note::content_fits(patch.content.as_deref().unwrap_or_default(), "/content")?;
        let change = SharedChange {
            title: patch.title,
            content: patch.content,
        };
        let shared = caller
            .store()
            .change_shared_note(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::of(shared))
    }

    /// List the items of the checklist of somebody else's note
    ///
    /// Read from its Markdown, in the order of the text; the `ETag` is that of the note.
    #[oai(path = "/:id/items", method = "get", operation_id = "listSharedItems")]
    async fn items(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Listed, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let shared = caller.store().shared_note(caller.owner(), id.0).await?;
        let (version, text) = (shared.note.version, shared.note.content);
        let budget = &caller.app.budget;
        let items = budget.work_on(text.len(), move |_| Ok(checklist::items(&text)));
        let list = ItemList {
            items: Item::all(items.await?),
        };
        Ok(Listed::Items(Out(list), etag(version)))
    }

    /// Change an item of the checklist of somebody else's note
    ///
    /// With the right to write; no other byte of the note's Markdown changes. `If-Match` names the version of the note in which the item has this
    /// number.
    #[oai(
        path = "/:id/items/:index",
        method = "patch",
        operation_id = "changeSharedItem"
    )]
    async fn change_item(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The number of the item.
        #[oai(validator(minimum(value = "0")))]
        index: Path<u32>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<ItemPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::required(if_match.0)?;
        let change: ItemChange = body.0.into();
        let shared = caller
            .store()
            .change_shared_item(caller.owner(), id.0, &expected, index.0, &change)
            .await?;
        Ok(Found::of(shared))
    }

    /// Leave a note of somebody else
    ///
    /// It is not shared with the caller any more, which its owner sees. The note stays as it is.
    #[oai(path = "/:id", method = "delete", operation_id = "leaveSharedNote")]
    async fn leave(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Left, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        caller
            .store()
            .leave_shared_note(caller.owner(), id.0)
            .await?;
        Ok(Left::Gone)
    }
}
