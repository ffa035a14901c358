//! Files that are sent in pieces with the protocol tus 1.0 (<https://tus.io/protocols/resumable-upload>): core, creation, expiration and termination.
//!
//! The number of received bytes is in the database, and the pieces are in the storage. An upload can therefore continue after a process was killed,
//! on any replica.

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
use crate::counted::format_count;
use crate::domain::attachment::{check_alt, clean_name};
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
use crate::store::attachments::{NewFile, StartedUpload, Upload as State, UploadMode, UploadPart};

pub(crate) struct Uploads;

/// Version of the tus protocol.
const VERSION: &str = "1.0.0";
/// Bytes of a file that are joined in memory; a larger file is joined in the folder for temporary files.
const IN_MEMORY: usize = 1024 * 1024;

/// A file that is being sent in pieces.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Upload {
    /// Identifier of the upload (UUID), which becomes that of the attachment once all bytes have arrived.
    id: Uuid,
    /// Identifier of the note that the file will be attached to.
    note_id: Uuid,
    /// File name without folders, at most 255 characters.
    name: String,
    /// Size of the whole file in bytes.
    length: u64,
    /// Number of bytes that were received, at which the next piece begins.
    offset: u64,
    /// `true` once the file is an attachment of its note.
    complete: bool,
    /// Time at which the upload is deleted if no further piece arrives; absent once it is complete.
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
    /// The upload was created and is waiting for its first piece.
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
    /// State of the upload, with the number of received bytes.
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
enum PieceStored {
    /// The piece was received; after the last piece, the file is an attachment.
    #[oai(status = 204)]
    Piece(
        #[oai(header = "Tus-Resumable")] String,
        #[oai(header = "Upload-Offset")] u64,
        #[oai(header = "Upload-Expires")] Option<String>,
    ),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The upload was deleted with everything that was received.
    #[oai(status = 204)]
    Gone(#[oai(header = "Tus-Resumable")] String),
}

/// Formats a time as an HTTP date (RFC 9110, section 5.6.7).
fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Refuses clients with another version of the protocol; clients that send no version are accepted.
fn check_version(version: Option<&str>) -> Result<(), Error> {
    match version {
        None | Some(VERSION) => Ok(()),
        Some(_) => Err(Error::new(Code::PreconditionFailed).detail(format!(
            "the supported version of the tus protocol is {VERSION}"
        ))),
    }
}

#[OpenApi(tag = "Tag::Attachments")]
impl Uploads {
    /// Begin an upload
    ///
    /// Creates an upload for a large file or an unreliable connection. The protocol is tus 1.0 with creation, expiration and termination, so that
    /// existing tus clients work. Space for the whole file is reserved at once (`limit_reached` if the account has too little). Send the bytes with
    /// `PATCH /api/uploads/{id}`; a piece counts only once it has arrived completely, so pieces of a few MiB lose little when a connection breaks. An
    /// upload that receives no piece for 24 hours is deleted.
    #[oai(
        path = "/notes/:id/uploads",
        method = "post",
        operation_id = "createUpload"
    )]
    async fn create_upload(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Size of the whole file in bytes, at least 1.
        #[oai(name = "Upload-Length", validator(minimum(value = "1")))]
        length: Header<u64>,
        /// Pairs of a key and a Base64 value, separated by commas: `filename` is the name of the file, and `alt` the alternative text for people who
        /// cannot see it. Other keys are ignored.
        #[oai(name = "Upload-Metadata", validator(max_length = 8192))]
        metadata: Header<Option<String>>,
        /// Version of the tus protocol, `1.0.0`; other versions answer 412.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
    ) -> Result<Created, Problems<{ CALLER | INPUT | BODY | NOT_FOUND | CONFLICT | PRECONDITION }>>
    {
        check_version(version.0.as_deref())?;
        let files = attach::require_storage(&caller.app)?;
        files::check_size(length.0, caller.store().limits().file_bytes)?;
        let Metadata { name, alt } =
            Metadata::parse_metadata(metadata.0.as_deref().unwrap_or_default())?;
        let new = NewFile {
            id: None,
            other_id: None,
            note_id: id.0,
            name,
            alt,
            bytes: length.0,
            created_at: None,
            mode: UploadMode::Multipart,
        };
        let begun = attach::begin_attachment(&caller.app, files, caller.owner(), new).await?;
        let state = caller.store().get_upload(caller.owner(), begun.id).await?;
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
    /// Returns the number of received bytes, at which the next piece begins. `HEAD` returns only the headers, as tus clients expect.
    #[oai(path = "/uploads/:id", method = "get", operation_id = "readUpload")]
    async fn read_upload(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Version of the tus protocol, `1.0.0`; other versions answer 412.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        check_version(version.0.as_deref())?;
        let state = caller.store().get_upload(caller.owner(), id.0).await?;
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

    /// Send a piece of an upload
    ///
    /// Appends a piece to an upload. `Upload-Offset` must be the number of bytes received so far, otherwise the answer is 409; of two pieces that
    /// arrive at the same time, one is accepted. After the last piece, the file is examined and becomes an attachment with the identifier of the
    /// upload. If that fails, the last piece can be sent again.
    #[oai(path = "/uploads/:id", method = "patch", operation_id = "sendPiece")]
    async fn send_piece(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Number of bytes of the file before this piece.
        #[oai(name = "Upload-Offset")]
        offset: Header<u64>,
        /// Version of the tus protocol, `1.0.0`; other versions answer 412.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
        piece: PieceBody,
    ) -> Result<
        PieceStored,
        Problems<{ CALLER | INPUT | BODY | NOT_FOUND | CONFLICT | PRECONDITION }>,
    > {
        check_version(version.0.as_deref())?;
        let files = attach::require_storage(&caller.app)?;
        let PieceBody(mut piece) = piece;
        let bytes = piece.seek(SeekFrom::End(0)).map_err(Error::unavailable)?;
        let owner = caller.owner();
        let state = caller.store().get_upload(owner, id.0).await?;
        if state.received != offset.0 {
            let detail = format!("the next piece must begin at offset {}", state.received);
            return Err(Error::new(Code::Conflict).detail(detail).into());
        }
        let end = offset.0.saturating_add(bytes);
        if end > state.bytes {
            let detail = format!(
                "the upload was created for a file of {}",
                format_count(state.bytes, "byte")
            );
            return Err(Error::new(Code::PayloadTooLarge).detail(detail).into());
        }
        let taken = |expires_at: Option<DateTime<Utc>>| {
            PieceStored::Piece(VERSION.to_owned(), end, expires_at.map(http_date))
        };
        if bytes == 0 {
            return Ok(taken(state.expires_at));
        }
        if end < state.bytes {
            let expires_at = store_piece(&caller.app, files, owner, &state, piece, bytes).await?;
            return Ok(taken(Some(expires_at)));
        }
        finish_upload(&caller.app, files, owner, &state, piece).await?;
        Ok(taken(None))
    }

    /// Delete an upload
    ///
    /// Deletes an unfinished upload with everything that was received, and releases its space. A complete upload is an attachment; use
    /// `DELETE /api/attachments/{id}` for it.
    #[oai(
        path = "/uploads/:id",
        method = "delete",
        operation_id = "deleteUpload"
    )]
    async fn delete_upload(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// Version of the tus protocol, `1.0.0`; other versions answer 412.
        #[oai(name = "Tus-Resumable")]
        version: Header<Option<String>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        check_version(version.0.as_deref())?;
        caller
            .store()
            .abandon_attachment(caller.owner(), id.0)
            .await?;
        Ok(Deleted::Gone(VERSION.to_owned()))
    }
}

/// Stores a piece that is not the last one, and returns the new expiration time.
async fn store_piece(
    app: &App,
    files: &Files,
    owner: Owner,
    state: &State,
    piece: SpooledTempFile,
    bytes: u64,
) -> Result<DateTime<Utc>, Error> {
    let turn = app
        .budget
        .stores
        .wait_for_turn(Ticket::current_key(), 1)
        .await;
    let _turn = turn.map_err(|full| full.into_error("files"))?;
    let id = id::new();
    drop(files.put_part(state.object, Part::Piece(id), piece).await?);
    let counted = app
        .store
        .add_upload_part(owner, state.id, state.received, UploadPart { id, bytes })
        .await;
    // Unless the database refused it, its state is unknown. The remains are deleted with the file.
    if let Err(error) = &counted
        && matches!(error.code(), Code::Conflict | Code::LimitReached)
    {
        files.delete_pieces(state.object, &[id]).await?;
    }
    counted
}

/// Joins the pieces of a file with the last one, and makes the file an attachment.
async fn finish_upload(
    app: &App,
    files: &Files,
    owner: Owner,
    state: &State,
    last: SpooledTempFile,
) -> Result<(), Error> {
    let key = Ticket::current_key();
    let pieces = app.store.list_upload_parts(owner, state.id).await?;
    let (file, _room) = if pieces.is_empty() {
        (last, None)
    } else {
        // Its bytes are on the disk a second time.
        let room = Ticket::current().map(|ticket| {
            let room = app
                .budget
                .files
                .take_amount(ticket.requester().after_authentication(), state.bytes);
            room.map_err(|full| full.into_error("bytes of temporary files"))
        });
        let room = room.transpose()?;
        (join_pieces(files, state, &pieces, last).await?, room)
    };
    let begun = StartedUpload {
        id: state.id,
        object: state.object,
        mode: UploadMode::Multipart,
    };
    let finished =
        attach::complete_attachment(app, owner, key, begun, Some(state.received), file, None).await;
    // A file that is refused for its content will not be accepted later.
    if matches!(&finished, Err(error) if error.code() == Code::ValidationFailed) {
        attach::release_reservation(app, owner, begun).await;
    }
    finished.map(drop)
}

/// Joins the stored pieces of a file, in order, with the last one.
async fn join_pieces(
    files: &Files,
    state: &State,
    pieces: &[UploadPart],
    mut last: SpooledTempFile,
) -> Result<SpooledTempFile, Error> {
    let mut file = SpooledTempFile::new(IN_MEMORY);
    let full = |error: io::Error| {
        Error::unavailable(error)
            .detail("there is not enough disk space to join the pieces of the file")
    };
    for piece in pieces {
        let mut content = files
            .get_part(state.object, Part::Piece(piece.id), None)
            .await?;
        let mut read = 0;
        while let Some(bytes) = content.try_next().await.map_err(Error::unavailable)? {
            read += bytes.len() as u64;
            // The system writes it to the disk later, like received data.
            file.write_all(&bytes).map_err(full)?;
        }
        if read != piece.bytes {
            return Err(Error::unavailable(
                "the size of a stored piece differs from its recorded size",
            ));
        }
    }
    last.seek(SeekFrom::Start(0)).map_err(full)?;
    let joined = tokio::task::spawn_blocking(move || {
        io::copy(&mut last, &mut file)?;
        io::Result::Ok(file)
    });
    joined.await.map_err(Error::internal)?.map_err(full)
}

/// Supported pairs of `Upload-Metadata`.
#[derive(Debug, PartialEq, Eq)]
struct Metadata {
    name: String,
    alt: String,
}

impl Metadata {
    fn parse_metadata(text: &str) -> Result<Self, Error> {
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
                .ok_or_else(|| wrong("has a value that is not UTF-8 text in Base64"))?;
            match key {
                "alt" => alt = value,
                _ => name = Some(value),
            }
        }
        check_alt(&alt, "Upload-Metadata")?;
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
    fn reads_name_and_alt_text_from_upload_metadata() {
        let read = |text: &str| Metadata::parse_metadata(text).map(|read| (read.name, read.alt));
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
