//! `/api/notes/{id}/revisions`: what a note said before.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::notes::{Found, default_limit};
use crate::domain::cursor;
use crate::http::caller::Caller;
use crate::http::cursor::Cursor;
use crate::http::etag::IfMatch;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, CONFLICT, INPUT, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::store::notes;

pub(crate) struct Revisions;

/// An earlier version of a note, with what it said.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Revision {
    /// The version of the note that said so.
    version: i64,
    /// Its title.
    title: String,
    /// Its text.
    content: String,
    /// When it was replaced by another.
    replaced_at: DateTime<Utc>,
    /// Who wrote it, if it was somebody whom the note was shared with; absent for the owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<RevisionAuthor>,
}

/// Somebody whom a note was shared with, and who wrote a version of it.
#[derive(Debug, Object, Serialize)]
#[oai(skip_serializing_if_is_none)]
struct RevisionAuthor {
    /// The username of the author; absent, if the account was deleted since.
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
}

/// MiB of notes that a page counts as: 50 versions of 100 KiB.
const PAGE_MIB: u32 = 4;

/// A page of earlier versions.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct RevisionList {
    /// The latest first.
    items: Vec<Revision>,
    /// What `cursor` must be for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl From<notes::Revision> for Revision {
    fn from(revision: notes::Revision) -> Self {
        Self {
            version: revision.version,
            title: revision.title,
            content: revision.content,
            replaced_at: revision.replaced_at,
            written_by: revision.author.map(|author| RevisionAuthor {
                username: author.username,
            }),
        }
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Revisions {
    /// List earlier versions of a note
    ///
    /// Changes within five minutes are one. 50 are kept of each note, for 90 days.
    #[oai(
        path = "/notes/:id/revisions",
        method = "get",
        operation_id = "listRevisions"
    )]
    async fn list(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// `nextCursor` of the page before.
        #[oai(validator(max_length = 100))]
        cursor: Query<Option<Cursor>>,
        /// How many at most.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<RevisionList>, Problems<{ CALLER | INPUT | NOT_FOUND }>> {
        let before = cursor.0.as_ref().map(Cursor::key).transpose()?;
        let _turn = caller.app.budget.page(PAGE_MIB).await?;
        let page = caller
            .store()
            .revisions(caller.owner(), id.0, before, limit.0)
            .await?;
        Ok(Out(RevisionList {
            items: page.revisions.into_iter().map(Revision::from).collect(),
            next_cursor: page.next.as_ref().map(cursor::encode).transpose()?,
        }))
    }

    /// Read an earlier version of a note
    ///
    /// By the version that the note had when it said so.
    #[oai(
        path = "/notes/:id/revisions/:version",
        method = "get",
        operation_id = "readRevision"
    )]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version: Path<i64>,
    ) -> Result<Out<Revision>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let revision = caller
            .store()
            .revision_of(caller.owner(), id.0, version.0)
            .await?;
        Ok(Out(revision.into()))
    }

    /// Restore an earlier version of a note
    ///
    /// The note says again what it said then. What it says now is kept like any other version.
    #[oai(
        path = "/notes/:id/revisions/:version/restore",
        method = "post",
        operation_id = "restoreRevision"
    )]
    async fn restore(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version: Path<i64>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let expected = IfMatch::required(if_match.0)?;
        let note = caller
            .store()
            .restore_revision(caller.owner(), id.0, version.0, &expected)
            .await?;
        Ok(Found::of(note))
    }
}
