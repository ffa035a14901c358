//! `/api/notes/{id}/links`: links that show a note to everyone who has them, and `/api/links/open`, which shows the note of a link.

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

/// A link to create for a note.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewNoteLink {
    /// Label of the link, 1 to 100 characters, such as its recipient. Only the owner of the note sees it.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    label: Option<String>,
    /// Lifetime of the link in days, 1 to 365, 30 by default.
    #[oai(
        default = "default_days",
        validator(minimum(value = "1"), maximum(value = "365"))
    )]
    expires_in_days: u32,
}

fn default_days() -> u32 {
    LINK_DAYS.0
}

/// A link that shows a note without an account.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct NoteLink {
    /// Identifier of the link, needed to revoke it.
    id: Uuid,
    /// Label that the owner gave to the link; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// Time at which the link was created.
    created_at: DateTime<Utc>,
    /// Time at which the link expires.
    expires_at: DateTime<Utc>,
    /// Secret token that opens the note. Present only in the response that creates the link; the service stores a hash. Put it into the fragment of a
    /// URL, after `#`, because browsers do not send fragments to servers.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// All valid links of a note.
#[derive(Debug, Object, Serialize)]
struct NoteLinkList {
    /// Links that have not expired, the newest first.
    items: Vec<NoteLink>,
}

/// Link whose note is requested, by its token.
// Not `Debug`: it holds a secret.
#[derive(Object)]
#[oai(deny_unknown_fields)]
struct OpenedLink {
    /// Token of the link, at most 100 characters.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: Password,
}

/// A note as a link shows it, without its owner, labels and earlier versions.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct LinkedNote {
    /// Title of the note; may be empty.
    title: String,
    /// Text of the note in Markdown; may be empty.
    content: String,
    /// Text of the note as sanitized HTML, safe to insert into a page.
    html: String,
    /// Items of the checklist in the order of the text; empty if the note has no checklist.
    items: Vec<Item>,
    /// Colour that the owner gave to the note.
    color: Color,
    /// Time of the last change of the note.
    updated_at: DateTime<Utc>,
}

#[derive(ApiResponse)]
enum LinkCreated {
    /// The link was created; only this response contains its token.
    #[oai(status = 201)]
    Link(Out<NoteLink>),
}

#[derive(ApiResponse)]
enum Revoked {
    /// The link was revoked and no longer shows the note.
    #[oai(status = 204)]
    Gone,
}

#[derive(ApiResponse)]
enum Opened {
    /// The note of the link; caches must not store it, and search engines must not index it.
    #[oai(status = 200)]
    Note(
        Out<LinkedNote>,
        /// Always `private, no-store`: caches must not store the response.
        #[oai(header = "Cache-Control")]
        String,
        /// Always `noindex, nofollow`: search engines must not index the response.
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
    /// Returns the links that have not expired, on one page; a note has at most ten.
    #[oai(
        path = "/notes/:id/links",
        method = "get",
        operation_id = "listNoteLinks"
    )]
    async fn list_note_links(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Out<NoteLinkList>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let caller = caller.caller;
        let links = caller.store().note_links(caller.owner(), id.0).await?;
        let items = links.into_iter().map(NoteLink::from).collect();
        Ok(Out(NoteLinkList { items }))
    }

    /// Create a link to a note
    ///
    /// Creates a link with which everyone can read the note, without an account, until the link expires or is revoked. While the note is in the
    /// trash, the link shows nothing. A note has at most ten links (`limit_reached`); guests cannot create any (`guest_not_allowed`).
    #[oai(
        path = "/notes/:id/links",
        method = "post",
        operation_id = "createNoteLink"
    )]
    async fn create_note_link(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
        body: Body<NewNoteLink>,
    ) -> Result<LinkCreated, Problems<{ CALLER | JSON | NOT_FOUND | CONFLICT }>> {
        let caller = caller.caller;
        let secret = token::new_session_token()?;
        let days = body.0.expires_in_days.min(LINK_DAYS.1);
        let new = sharing::NewNoteLink {
            token: secret.clone(),
            label: body.0.label.map(|label| label.trim().to_owned()),
            expires_at: clock::now() + TimeDelta::days(days.into()),
        };
        let store = caller.store();
        let made = store.create_note_link(caller.owner(), id.0, new).await?;
        Ok(LinkCreated::Link(Out(NoteLink {
            token: Some(secret.expose_secret().to_owned()),
            ..made.into()
        })))
    }

    /// Revoke a link to a note
    ///
    /// Deletes a link; it stops showing the note at once.
    #[oai(
        path = "/notes/:id/links/:link",
        method = "delete",
        operation_id = "deleteNoteLink"
    )]
    async fn delete_note_link(
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
    /// Returns the note that a link shows; no sign-in is needed. The token is in the body, because URLs appear in the logs of servers and proxies. An
    /// unknown token, an expired link, and a note that was deleted or is in the trash all answer 404. One network can open 60 links per minute.
    #[oai(path = "/links/open", method = "post", operation_id = "openNoteLink")]
    async fn open_note_link(
        &self,
        visitor: Visitor,
        body: Body<OpenedLink>,
    ) -> Result<Opened, Problems<{ JSON | FORBIDDEN | NOT_FOUND | TOO_MANY }>> {
        visitor.count_attempt(Kind::OpenNoteLink).await?;
        let token = SecretString::from(body.0.token.0);
        let budget = &visitor.app.budget;
        let _turn = budget.wait_for_page(1).await?;
        let note = visitor.store().linked_note(&token).await?;
        let shown = budget.work_on(note.content.len(), move |stop| {
            let html = html::render_html(&note.content);
            stop.check_stopped()?;
            let items = Item::from_checklist(checklist::list_items(&note.content));
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
