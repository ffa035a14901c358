//! `/api/notes/{id}/revisions`: earlier versions of a note.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::NoteWriter;
use super::notes::{Found, default_limit};
use crate::domain::cursor;
use crate::http::caller::Caller;
use crate::http::cursor::Cursor;
use crate::http::etag::IfMatch;
use crate::http::payload::Out;
use crate::http::problem::{CALLER, CONFLICT, INPUT, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::store::notes;

pub(crate) struct Revisions;

/// An earlier version of a note, with its title and text.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Revision {
    /// Version of the note that had this title and text.
    version: i64,
    /// Title of the note in this version.
    title: String,
    /// Text of the note in this version, in Markdown.
    content: String,
    /// Time at which a later version replaced this one.
    replaced_at: DateTime<Utc>,
    /// Author of the version, if the note was shared with the author; absent if the owner wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<NoteWriter>,
}

/// Budget of a page in MiB: 50 versions with at most 100 KiB each.
const PAGE_MIB: u32 = 4;

/// A page of earlier versions of a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct RevisionList {
    /// Earlier versions of the page, the latest first.
    items: Vec<Revision>,
    /// Value of `cursor` for the next page; absent on the last page.
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
            written_by: revision.author.map(|author| NoteWriter {
                username: author.username,
            }),
        }
    }
}

#[OpenApi(tag = "Tag::Notes")]
impl Revisions {
    /// List earlier versions of a note
    ///
    /// Returns earlier versions, the latest first. Changes by one author within five minutes count as one version. Up to 50 versions of each note are
    /// kept, for 90 days.
    #[oai(
        path = "/notes/:id/revisions",
        method = "get",
        operation_id = "listRevisions"
    )]
    async fn list_revisions(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Value of `nextCursor` on the previous page; omit it for the first page.
        #[oai(validator(max_length = 100))]
        cursor: Query<Option<Cursor>>,
        /// Maximum number of versions on a page, 1 to 100, 20 by default.
        #[oai(
            default = "default_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u16>,
    ) -> Result<Out<RevisionList>, Problems<{ CALLER | INPUT | NOT_FOUND }>> {
        let before = cursor.0.as_ref().map(Cursor::decode_key).transpose()?;
        let _turn = caller.app.budget.wait_for_page(PAGE_MIB).await?;
        let page = caller
            .store()
            .list_revisions(caller.owner(), id.0, before, limit.0)
            .await?;
        Ok(Out(RevisionList {
            items: page.revisions.into_iter().map(Revision::from).collect(),
            next_cursor: page.next.as_ref().map(cursor::encode_key).transpose()?,
        }))
    }

    /// Read an earlier version of a note
    ///
    /// Returns the title and text that the note had in a version.
    #[oai(
        path = "/notes/:id/revisions/:version",
        method = "get",
        operation_id = "readRevision"
    )]
    async fn read_revision(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Version of the note that had this title and text, as in the list of earlier versions.
        version: Path<i64>,
    ) -> Result<Out<Revision>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let revision = caller
            .store()
            .get_revision(caller.owner(), id.0, version.0)
            .await?;
        Ok(Out(revision.into()))
    }

    /// Restore an earlier version of a note
    ///
    /// Sets title and text of the note to those of an earlier version. The present version is kept in the history. `If-Match` is required: it names
    /// the present version of the note, or `*` for any.
    #[oai(
        path = "/notes/:id/revisions/:version/restore",
        method = "post",
        operation_id = "restoreRevision"
    )]
    async fn restore_revision(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Version of the note that had this title and text, as in the list of earlier versions.
        version: Path<i64>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT | PRECONDITION }>> {
        let expected = IfMatch::require_versions(if_match.0)?;
        let note = caller
            .store()
            .restore_revision(caller.owner(), id.0, version.0, &expected)
            .await?;
        Ok(Found::from_note(note))
    }
}
