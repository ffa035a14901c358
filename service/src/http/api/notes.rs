//! `/api/notes`: notes of a user.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::{ApiResponse, Object, OpenApi};
use uuid::Uuid;

use super::Tag;
use super::model::{Color, Note};
use crate::domain::note;
use crate::http::caller::Caller;
use crate::http::etag::etag;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems};

pub(crate) struct Notes;

/// A note to make.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewNote {
    /// Its title; empty if none is named.
    #[oai(validator(max_length = 1000))]
    title: Option<String>,
    /// Its text in Markdown; empty if none is named.
    #[oai(validator(max_length = 102_400))]
    content: Option<String>,
    /// Its colour; white if none is named.
    color: Option<Color>,
    /// Whether it is pinned; not if nothing is said.
    pinned: Option<bool>,
    /// The labels it carries.
    #[oai(validator(max_items = 20))]
    label_ids: Option<Vec<Uuid>>,
    /// When it reminds.
    reminder_at: Option<DateTime<Utc>>,
}

#[derive(ApiResponse)]
enum Created {
    /// The note was made, at the top.
    #[oai(status = 201)]
    Note(
        Out<Note>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The note.
    #[oai(status = 200)]
    Note(Out<Note>, #[oai(header = "ETag")] String),
}

impl Found {
    fn of(note: note::Note) -> Self {
        let tag = etag(note.version);
        Self::Note(Out(note.into()), tag)
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Notes {
    /// Make a note
    ///
    /// It stands before all others of its place, and may be empty.
    #[oai(path = "/notes", method = "post", operation_id = "createNote")]
    async fn create(
        &self,
        caller: Caller,
        body: Body<NewNote>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        let new = body.0;
        let new = note::NewNote {
            title: new.title.unwrap_or_default(),
            content: new.content.unwrap_or_default(),
            color: new.color.map(Into::into).unwrap_or_default(),
            pinned: new.pinned.unwrap_or_default(),
            label_ids: new.label_ids.unwrap_or_default(),
            reminder_at: new.reminder_at,
        };
        let note = caller.store().create_note(caller.owner(), new).await?;
        let (tag, location) = (etag(note.version), format!("/api/notes/{}", note.id));
        Ok(Created::Note(Out(note.into()), tag, location))
    }

    /// Read a note
    #[oai(path = "/notes/:id", method = "get", operation_id = "readNote")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        Ok(Found::of(caller.store().note(caller.owner(), id.0).await?))
    }
}
