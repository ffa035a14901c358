//! `/api/notes/{id}/links`: links that show one note to whoever has them, and `/api/links/open`, which shows it.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::items::Item;
use super::model::Color;
use crate::auth::rates::Kind;
use crate::auth::token;
use crate::budget::Stopped;
use crate::clock;
use crate::content::{checklist, html};
use crate::domain::limits::LINK_DAYS;
use crate::http::caller::{SessionCaller, Visitor};
use crate::http::payload::{Body, Out};
use crate::http::problem::{
    CALLER, CONFLICT, FORBIDDEN, JSON, MALFORMED, NOT_FOUND, Problems, TOO_MANY,
};
use crate::store::sharing;

pub(crate) struct Links;

/// A link that is to be made.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewNoteLink {
    /// What to call it: whom it is for, best. Only the owner sees it; at most 100 characters.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    label: Option<String>,
    /// Days after which it ends by itself, from 1 to 365; 30 if nothing is said.
    #[oai(
        default = "default_days",
        validator(minimum(value = "1"), maximum(value = "365"))
    )]
    expires_in_days: u32,
}

fn default_days() -> u32 {
    LINK_DAYS.0
}

/// A link that shows a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct NoteLink {
    /// The identifier of the link, by which it is revoked.
    id: Uuid,
    /// What the owner calls it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// When the link was made.
    created_at: DateTime<Utc>,
    /// When the link ends by itself.
    expires_at: DateTime<Utc>,
    /// The token itself, which opens the note. Only the answer that makes the link has it: it is not kept. In an address it belongs
    /// behind `#`, which browsers send to nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// The links of a note.
#[derive(Debug, Object, Serialize)]
struct NoteLinkList {
    /// Those that have not ended, the newest first.
    items: Vec<NoteLink>,
}

/// A link that is to be opened.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(deny_unknown_fields)]
struct OpenedLink {
    /// The token of the link.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: Password,
}

/// A note as a link shows it: nothing of its owner, its labels or what it said before.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct LinkedNote {
    /// The title of the note, perhaps empty.
    title: String,
    /// The text of the note in Markdown, perhaps empty.
    content: String,
    /// The same text as HTML, safe to put into a page.
    html: String,
    /// The items of its checklist, in the order of the text; none if it has no checklist.
    items: Vec<Item>,
    /// The colour of the note.
    color: Color,
    /// When the note was last changed.
    updated_at: DateTime<Utc>,
}

#[derive(ApiResponse)]
enum Made {
    /// The link, whose token is shown this once.
    #[oai(status = 201)]
    Link(Out<NoteLink>),
}

#[derive(ApiResponse)]
enum Revoked {
    /// It shows nothing any more.
    #[oai(status = 204)]
    Gone,
}

#[derive(ApiResponse)]
enum Opened {
    /// The note, for nobody to keep or to list.
    #[oai(status = 200)]
    Note(
        Out<LinkedNote>,
        /// Nobody keeps it.
        #[oai(header = "Cache-Control")]
        String,
        /// Search engines do not list it.
        #[oai(header = "X-Robots-Tag")]
        String,
    ),
}

impl From<sharing::NoteLink> for NoteLink {
    fn from(link: sharing::NoteLink) -> Self {
        Self {
            id: link.id,
            label: link.label,
            created_at: link.created_at,
            expires_at: link.expires_at,
            token: None,
        }
    }
}

#[OpenApi(tag = "Tag::Sharing")]
impl Links {
    /// List the links of a note
    ///
    /// Those that have not ended; there are at most ten, so there are no pages.
    #[oai(
        path = "/notes/:id/links",
        method = "get",
        operation_id = "listNoteLinks"
    )]
    async fn list(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Out<NoteLinkList>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        let links = caller.store().note_links(caller.owner(), id.0).await?;
        let items = links.into_iter().map(NoteLink::from).collect();
        Ok(Out(NoteLinkList { items }))
    }

    /// Make a link to a note
    ///
    /// Whoever has the link reads the note, without an account, until it ends or is revoked; nobody does while the note is in the trash. Guests make
    /// none, and a note has at most ten.
    #[oai(
        path = "/notes/:id/links",
        method = "post",
        operation_id = "createNoteLink"
    )]
    async fn create(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<NewNoteLink>,
    ) -> Result<Made, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT }>> {
        let caller = caller.caller;
        let secret = token::session()?;
        let days = body.0.expires_in_days.min(LINK_DAYS.1);
        let new = sharing::NewNoteLink {
            token: secret.clone(),
            label: body.0.label.map(|label| label.trim().to_owned()),
            expires_at: clock::now() + TimeDelta::days(days.into()),
        };
        let store = caller.store();
        let made = store.create_note_link(caller.owner(), id.0, new).await?;
        Ok(Made::Link(Out(NoteLink {
            token: Some(secret.expose_secret().to_owned()),
            ..made.into()
        })))
    }

    /// Revoke a link to a note
    ///
    /// Whoever has it sees nothing any more, at once.
    #[oai(
        path = "/notes/:id/links/:link",
        method = "delete",
        operation_id = "deleteNoteLink"
    )]
    async fn delete(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        link: Path<Uuid>,
    ) -> Result<Revoked, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        let store = caller.store();
        store.delete_note_link(caller.owner(), id.0, link.0).await?;
        Ok(Revoked::Gone)
    }

    /// Read the note of a link
    ///
    /// For whoever has the token, which travels in the body: addresses stand in the logs of everything on the way. A token that never was, a link
    /// that has ended, and a note that is gone or in the trash answer the same. One network opens 60 links a minute.
    #[oai(path = "/links/open", method = "post", operation_id = "openNoteLink")]
    async fn open(
        &self,
        visitor: Visitor,
        body: Body<OpenedLink>,
    ) -> Result<Opened, Problems<{ JSON | FORBIDDEN | NOT_FOUND | TOO_MANY }>> {
        visitor.attempt(Kind::OpenNoteLink).await?;
        let token = SecretString::from(body.0.token.0);
        let budget = &visitor.app.budget;
        let _turn = budget.page(1).await?;
        let note = visitor.store().linked_note(&token).await?;
        let shown = budget.work_on(note.content.len(), move |stop| {
            let html = html::render(&note.content);
            stop.check()?;
            let items = Item::all(checklist::items(&note.content));
            Ok::<_, Stopped>(LinkedNote {
                title: note.title,
                html,
                items,
                content: note.content,
                color: note.color.into(),
                updated_at: note.updated_at,
            })
        });
        Ok(Opened::Note(
            Out(shown.await?),
            "private, no-store".to_owned(),
            "noindex, nofollow".to_owned(),
        ))
    }
}
