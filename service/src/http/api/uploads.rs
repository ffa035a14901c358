//! Files that are sent in pieces, by the protocol tus 1.0 (<https://tus.io/protocols/resumable-upload>): core, creation, expiration, termination.
//!
//! What counts as received is in the database, and the pieces are in the storage: an upload goes on after a process was killed, on any replica.

use std::io::{self, Seek as _, SeekFrom, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use poem_openapi::param::{Header, Path};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use tempfile::SpooledTempFile;
use uuid::Uuid;

use super::Tag;
use crate::budget::Ticket;
use crate::counted::counted;
use crate::domain::attachment::{alt_fits, clean_name};
use crate::domain::id;
use crate::error::{Code, Error};
use crate::files::{self, Files, Part};
use crate::http::caller::Caller;
use crate::http::payload::{Out, PieceBody};
use crate::http::problem::{
    BODY, CALLER, CONFLICT, INPUT, MALFORMED, NOT_FOUND, PRECONDITION, Problems,
};
use crate::http::{App, attach};
use crate::store::Owner;
use crate::store::attachments::{Begun, NewFile, Piece, Upload as State, Way};

pub(crate) struct Uploads;

/// The version of the protocol.
const VERSION: &str = "1.0.0";
/// Bytes of a file that are put together in memory; those of a larger one are in the folder for temporary files.
const IN_MEMORY: usize = 1024 * 1024;

/// A file that is being sent in pieces.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Upload {
    /// Its identifier, and that of the attachment when all bytes are there.
    id: Uuid,
    /// The note it belongs to.
    note_id: Uuid,
    /// Its name without folders, at most 255 characters.
    name: String,
    /// Its size in bytes.
    length: u64,
    /// Number of bytes that have been received: the next piece begins there.
    offset: u64,
    /// `true` when it is an attachment of its note.
    complete: bool,
    /// When it is forgotten if nothing more comes; absent when it is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
}

impl From<State> for Upload {
    fn from(state: State) -> Self {
        Self {
            id: state.id,
            note_id: state.note_id,
            name: state.name,
            length: state.bytes,
            offset: state.received,
            complete: state.expires_at.is_none(),
            expires_at: state.expires_at,
        }
    }
}

#[derive(ApiResponse)]
enum Created {
    /// The upload waits for its first piece.
    #[oai(status = 201)]
    Upload(
        Out<Upload>,
        #[oai(header = "Location")] String,
        #[oai(header = "Tus-Resumable")] String,
        #[oai(header = "Upload-Offset")] u64,
        #[oai(header = "Upload-Expires")] Option<String>,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The state of the upload.
    #[oai(status = 200)]
    Upload(
        Out<Upload>,
        #[oai(header = "Tus-Resumable")] String,
        #[oai(header = "Upload-Offset")] u64,
        #[oai(header = "Upload-Length")] u64,
        #[oai(header = "Upload-Expires")] Option<String>,
    ),
}

#[derive(ApiResponse)]
enum Taken {
    /// The piece was received; with the last one the file is an attachment.
    #[oai(status = 204)]
    Piece(
        #[oai(header = "Tus-Resumable")] String,
        #[oai(header = "Upload-Offset")] u64,
        #[oai(header = "Upload-Expires")] Option<String>,
    ),
}

#[derive(ApiResponse)]
enum Deleted {
    /// It is forgotten.
    #[oai(status = 204)]
    Gone(#[oai(header = "Tus-Resumable")] String),
}

/// A time as HTTP writes it (RFC 9110, section 5.6.7).
fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Refuses clients of another version of the protocol; those that name none are taken.
fn is_version(version: Option<&str>) -> Result<(), Error> {
    match version {
        None | Some(VERSION) => Ok(()),
        Some(_) => Err(Error::new(Code::PreconditionFailed)
            .detail(format!("the version of the protocol is {VERSION}"))),
    }
}

#[OpenApi(tag = "Tag::Attachments")]
impl Uploads {
    /// Begin an upload
    ///
    /// For files that are large, and connections that break: the protocol is tus 1.0 with creation, expiration and termination, and its
    /// clients work as they are. Room for the whole file is taken at once. Send the bytes by `PATCH /api/uploads/{id}`; a piece counts when all
    /// of it has come, so that pieces of a few MiB lose little. What is left for 24 hours is forgotten.
    #[oai(
        path = "/notes/:id/uploads",
        method = "post",
        operation_id = "createUpload"
    )]
    async fn create(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The size of the file in bytes.
        #[oai(name = "Upload-Length", validator(minimum(value = "1")))]
        length: Header<u64>,
        /// Pairs of a key and a value in Base64, with commas between them: `filename` is the name of the file, `alt` are words for those who do
        /// not see it; others are ignored.
        #[oai(name = "Upload-Metadata", validator(max_length = 8192))]
        metadata: Header<Option<String>>,
        /// The version of the protocol, `1.0.0`.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
    ) -> Result<Created, Problems<{ CALLER | INPUT | BODY | NOT_FOUND | CONFLICT | PRECONDITION }>>
    {
        is_version(version.0.as_deref())?;
        let files = attach::storage(&caller.app)?;
        files::wanted(length.0, caller.store().limits().file_bytes)?;
        let Metadata { name, alt } = Metadata::read(metadata.0.as_deref().unwrap_or_default())?;
        let new = NewFile {
            id: None,
            other_id: None,
            note_id: id.0,
            name,
            alt,
            bytes: length.0,
            created_at: None,
            way: Way::InPieces,
        };
        let begun = attach::begin(&caller.app, files, caller.owner(), new).await?;
        let state = caller.store().upload(caller.owner(), begun.id).await?;
        let expires = state.expires_at.map(http_date);
        Ok(Created::Upload(
            Out(state.into()),
            format!("/api/uploads/{}", begun.id),
            VERSION.to_owned(),
            0,
            expires,
        ))
    }

    /// Read the state of an upload
    ///
    /// `HEAD` has the headers alone, as tus wants it: `Upload-Offset` is where the next piece begins.
    #[oai(path = "/uploads/:id", method = "get", operation_id = "readUpload")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The version of the protocol, `1.0.0`.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        is_version(version.0.as_deref())?;
        let state = caller.store().upload(caller.owner(), id.0).await?;
        let (offset, length) = (state.received, state.bytes);
        let expires = state.expires_at.map(http_date);
        Ok(Found::Upload(
            Out(state.into()),
            VERSION.to_owned(),
            offset,
            length,
            expires,
        ))
    }

    /// Send a piece
    ///
    /// It must begin where the upload is (409 if it does not), and of two that come at once one is taken. With the last piece the file is looked
    /// at and becomes an attachment with the identifier of the upload; if that fails, the last piece can be sent again.
    #[oai(path = "/uploads/:id", method = "patch", operation_id = "sendPiece")]
    async fn send(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Number of bytes that come before this piece.
        #[oai(name = "Upload-Offset")]
        offset: Header<u64>,
        /// The version of the protocol, `1.0.0`.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
        piece: PieceBody,
    ) -> Result<Taken, Problems<{ CALLER | INPUT | BODY | NOT_FOUND | CONFLICT | PRECONDITION }>>
    {
        is_version(version.0.as_deref())?;
        let files = attach::storage(&caller.app)?;
        let PieceBody(mut piece) = piece;
        let bytes = piece.seek(SeekFrom::End(0)).map_err(Error::unavailable)?;
        let owner = caller.owner();
        let state = caller.store().upload(owner, id.0).await?;
        if state.received != offset.0 {
            let detail = format!("the next piece begins at {}", state.received);
            return Err(Error::new(Code::Conflict).detail(detail).into());
        }
        let end = offset.0.saturating_add(bytes);
        if end > state.bytes {
            let detail = format!(
                "the file has {}, as was announced",
                counted(state.bytes, "byte")
            );
            return Err(Error::new(Code::PayloadTooLarge).detail(detail).into());
        }
        let taken = |expires_at: Option<DateTime<Utc>>| {
            Taken::Piece(VERSION.to_owned(), end, expires_at.map(http_date))
        };
        if bytes == 0 {
            return Ok(taken(state.expires_at));
        }
        if end < state.bytes {
            let expires_at = keep(&caller.app, files, owner, &state, piece, bytes).await?;
            return Ok(taken(Some(expires_at)));
        }
        finish(&caller.app, files, owner, &state, piece).await?;
        Ok(taken(None))
    }

    /// Forget an upload
    ///
    /// What has come of it is deleted, and the room is free again. A complete one is an attachment, and is deleted as such.
    #[oai(
        path = "/uploads/:id",
        method = "delete",
        operation_id = "deleteUpload"
    )]
    async fn delete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The version of the protocol, `1.0.0`.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        is_version(version.0.as_deref())?;
        caller
            .store()
            .abandon_attachment(caller.owner(), id.0)
            .await?;
        Ok(Deleted::Gone(VERSION.to_owned()))
    }
}

/// Stores a piece that is not the last one.
async fn keep(
    app: &App,
    files: &Files,
    owner: Owner,
    state: &State,
    piece: SpooledTempFile,
    bytes: u64,
) -> Result<DateTime<Utc>, Error> {
    let turn = app.budget.stores.turn(Ticket::current_key(), 1).await;
    let _turn = turn.map_err(|full| full.error("files"))?;
    let id = id::new();
    drop(files.put(state.object, Part::Piece(id), piece).await?);
    let counted = app
        .store
        .add_piece(owner, state.id, state.received, Piece { id, bytes })
        .await;
    // It is not known whether the database has it, unless it has refused it. What is left goes with the file.
    if let Err(error) = &counted
        && matches!(error.code(), Code::Conflict | Code::LimitReached)
    {
        files.delete_pieces(state.object, &[id]).await?;
    }
    counted
}

/// Puts the pieces of a file together with the last one, and makes it an attachment.
async fn finish(
    app: &App,
    files: &Files,
    owner: Owner,
    state: &State,
    last: SpooledTempFile,
) -> Result<(), Error> {
    let key = Ticket::current_key();
    let pieces = app.store.pieces(owner, state.id).await?;
    let (file, _room) = if pieces.is_empty() {
        (last, None)
    } else {
        // Its bytes are on the disk a second time.
        let room = Ticket::current().map(|ticket| {
            let room = app.budget.files.take(ticket.who().settled(), state.bytes);
            room.map_err(|full| full.error("bytes of files"))
        });
        let room = room.transpose()?;
        (joined(files, state, &pieces, last).await?, room)
    };
    let begun = Begun {
        id: state.id,
        object: state.object,
        way: Way::InPieces,
    };
    let finished = attach::complete(app, owner, key, begun, Some(state.received), file, None).await;
    // A file that is refused for what it is will not be taken later.
    if matches!(&finished, Err(error) if error.code() == Code::ValidationFailed) {
        attach::give_up(app, owner, begun).await;
    }
    finished.map(drop)
}

/// The pieces of a file one after the other, and its last one.
async fn joined(
    files: &Files,
    state: &State,
    pieces: &[Piece],
    mut last: SpooledTempFile,
) -> Result<SpooledTempFile, Error> {
    let mut file = SpooledTempFile::new(IN_MEMORY);
    let full = |error: io::Error| {
        Error::unavailable(error).detail("there is no room to put the pieces of a file together")
    };
    for piece in pieces {
        let mut content = files.get(state.object, Part::Piece(piece.id), None).await?;
        let mut read = 0;
        while let Some(bytes) = content.try_next().await.map_err(Error::unavailable)? {
            read += bytes.len() as u64;
            // The system writes it to the disk later, as it does what is received.
            file.write_all(&bytes).map_err(full)?;
        }
        if read != piece.bytes {
            return Err(Error::unavailable("a piece of another size than received"));
        }
    }
    last.seek(SeekFrom::Start(0)).map_err(full)?;
    let joined = tokio::task::spawn_blocking(move || {
        io::copy(&mut last, &mut file)?;
        io::Result::Ok(file)
    });
    joined.await.map_err(Error::internal)?.map_err(full)
}

/// The pairs of `Upload-Metadata` that mean something here.
#[derive(Debug, PartialEq, Eq)]
struct Metadata {
    name: String,
    alt: String,
}

impl Metadata {
    fn read(text: &str) -> Result<Self, Error> {
        let wrong =
            |message: &str| Error::invalid("Upload-Metadata", "invalid", message.to_owned());
        let (mut name, mut alt) = (None, String::new());
        for pair in text.split(',') {
            let (key, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
            if !["filename", "name", "alt"].contains(&key) {
                continue;
            }
            let value = STANDARD
                .decode(value.trim())
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .ok_or_else(|| wrong("has a value that is no text of UTF-8 in Base64"))?;
            match key {
                "alt" => alt = value,
                _ => name = Some(value),
            }
        }
        alt_fits(&alt, "Upload-Metadata")?;
        Ok(Self {
            name: clean_name(name.as_deref().unwrap_or_default()),
            alt,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_from_metadata() {
        let read = |text: &str| Metadata::read(text).map(|read| (read.name, read.alt));
        let both = |name: &str, alt: &str| Some((name.to_owned(), alt.to_owned()));
        for (text, expected) in [
            ("", both("file", "")),
            ("filename dGVhLmpwZw==", both("tea.jpg", "")),
            (
                "filetype aW1hZ2U=, name dGVhLmpwZw==,alt 8J+NtQ==,is_confidential",
                both("tea.jpg", "🍵"),
            ),
            ("filename", both("file", "")),
            ("filename %%%", None),
            ("filename /w==", None),
        ] {
            assert_eq!(read(text).ok(), expected, "{text}");
        }
    }
}
