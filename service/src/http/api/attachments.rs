//! `/api/notes/{id}/attachments` and `/api/attachments`: files that are attached to notes.

use std::io::Seek as _;

use futures_util::StreamExt as _;
use poem::http::header;
use poem::{IntoResponse, Response};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::model::{Attachment, encode_hex};
use crate::budget::Ticket;
use crate::domain::attachment::{self, check_alt, clean_name};
use crate::error::Error;
use crate::files::{Disposition, Link, Part};
use crate::http::attach;
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, format_etag};
use crate::http::file_response::{FileRequest, FileResponse, content_disposition};
use crate::http::idempotency::IdempotencyKey;
use crate::http::payload::{Body, FileBody, Out};
use crate::http::problem::{
    BODY, CALLER, CONFLICT, INPUT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems, RANGE,
};
use crate::store::attachments::{AttachmentChange, NewFile, UploadMode};

pub(crate) struct Attachments;

/// All attachments of a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct AttachmentList {
    /// Attachments in the order in which they were added.
    pub(super) items: Vec<Attachment>,
}

/// Changes of an attachment; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct AttachmentPatch {
    /// New file name, 1 to 255 characters; folders in it are dropped.
    #[oai(validator(min_length = 1, max_length = 255))]
    name: Option<String>,
    /// New alternative text for people who cannot see the file, at most 1,000 characters.
    #[oai(validator(max_length = 1000))]
    alt: Option<String>,
}

#[derive(ApiResponse)]
enum Added {
    /// The file was attached to the note.
    #[oai(status = 201)]
    Attachment(
        Out<Attachment>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
        /// `true` if an earlier request with the same key added the attachment.
        #[oai(header = "Idempotency-Replayed")]
        Option<String>,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The attachment, with its version as `ETag`.
    #[oai(status = 200)]
    Attachment(Out<Attachment>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The attachment was deleted permanently.
    #[oai(status = 204)]
    Gone,
}

/// Groups of problems that operations which change an attachment can answer.
const CHANGE: u32 = CALLER | NOT_FOUND | CONFLICT | PRECONDITION;

#[OpenApi(tag = "Tag::Attachments")]
impl Attachments {
    /// Add an attachment
    ///
    /// Attaches the file in the body to a note. The file may have 100 MiB unless the operator configures another limit; for large files and
    /// unreliable connections use `POST /api/notes/{id}/uploads`, which can be resumed. The media type of a file and the dimensions of a picture are
    /// detected from its bytes, and pictures in PNG, JPEG, GIF and WebP get a thumbnail. The number of bytes in an account is limited, including
    /// attachments of notes in the trash (`limit_reached`).
    ///
    /// A request that is sent again with the same `Idempotency-Key` and the same bytes within 24 hours returns the attachment of the first one and
    /// adds none.
    #[oai(
        path = "/notes/:id/attachments",
        method = "post",
        operation_id = "addAttachment"
    )]
    async fn add_attachment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "Idempotency-Key")] repeat: Header<Option<IdempotencyKey>>,
        /// File name, 1 to 255 characters; folders in it are dropped.
        #[oai(validator(min_length = 1, max_length = 255))]
        name: Query<String>,
        /// Alternative text for people who cannot see the file, at most 1,000 characters; empty by default.
        #[oai(validator(max_length = 1000))]
        alt: Query<Option<String>>,
        file: FileBody,
    ) -> Result<Added, Problems<{ CALLER | INPUT | BODY | NOT_FOUND | CONFLICT }>> {
        let FileBody(mut file) = file;
        let alt = alt.0.unwrap_or_default();
        check_alt(&alt, "alt")?;
        let bytes = file
            .seek(std::io::SeekFrom::End(0))
            .map_err(Error::unavailable)?;
        let new = NewFile {
            id: None,
            other_id: None,
            note_id: id.0,
            name: clean_name(&name.0),
            alt,
            bytes,
            created_at: None,
            mode: UploadMode::SingleRequest,
        };
        let key = Ticket::current_key();
        let (app, owner) = (&caller.app, caller.owner());
        let added = match repeat.0 {
            None => attach::attach_file(app, owner, key, new, file).await?,
            Some(IdempotencyKey(name)) => {
                attach::attach_once(app, owner, key, new, file, name).await?
            }
        };
        let replayed = added.is_replayed.then(|| "true".to_owned());
        let location = format!("/api/attachments/{}", added.attachment.id);
        let tag = format_etag(added.attachment.version);
        let mut attachment = Attachment::from(added.attachment);
        attachment.note_version = Some(added.note_version);
        Ok(Added::Attachment(Out(attachment), tag, location, replayed))
    }

    /// List the attachments of a note
    ///
    /// Returns all attachments of a note, wherever the note is, on one page.
    #[oai(
        path = "/notes/:id/attachments",
        method = "get",
        operation_id = "listAttachments"
    )]
    async fn list_attachments(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Out<AttachmentList>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let attachments = caller
            .store()
            .list_attachments(caller.owner(), id.0)
            .await?;
        Ok(Out(AttachmentList {
            items: attachments.into_iter().map(Into::into).collect(),
        }))
    }

    /// Read the metadata of an attachment
    ///
    /// Returns name, media type and size of an attachment. `GET /api/attachments/{id}/content` returns its bytes.
    #[oai(
        path = "/attachments/:id",
        method = "get",
        operation_id = "readAttachment"
    )]
    async fn read_attachment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let attachment = caller.store().get_attachment(caller.owner(), id.0).await?;
        let tag = format_etag(attachment.version);
        Ok(Found::Attachment(Out(attachment.into()), tag))
    }

    /// Change an attachment
    ///
    /// Changes the name or the alternative text; the bytes of an attachment never change. `If-Match` is required: it names the version that the
    /// change is based on; `*` overwrites any version.
    #[oai(
        path = "/attachments/:id",
        method = "patch",
        operation_id = "changeAttachment"
    )]
    async fn change_attachment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<AttachmentPatch>,
    ) -> Result<Found, Problems<{ CHANGE | JSON }>> {
        let expected = IfMatch::require_versions(if_match.0)?;
        let AttachmentPatch { name, alt } = body.0;
        check_alt(alt.as_deref().unwrap_or_default(), "/alt")?;
        let change = AttachmentChange {
            name: name.as_deref().map(clean_name),
            alt,
        };
        let changed = caller
            .store()
            .change_attachment(caller.owner(), id.0, &expected, change)
            .await?;
        let tag = format_etag(changed.version);
        Ok(Found::Attachment(Out(changed.into()), tag))
    }

    /// Delete an attachment
    ///
    /// Deletes an attachment permanently; attachments have no trash. `If-Match` is optional.
    #[oai(
        path = "/attachments/:id",
        method = "delete",
        operation_id = "deleteAttachment"
    )]
    async fn delete_attachment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CHANGE | MALFORMED }>> {
        let expected = IfMatch::versions_or_any(if_match.0);
        caller
            .store()
            .delete_attachment(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// Download an attachment
    ///
    /// Returns the bytes with the media type that was detected from them. Browsers may display pictures, audio, video and PDF, in a sandbox; all
    /// other types, including HTML and SVG, are sent as downloads. If files are stored in a bucket, the answer may be 302 with a URL that is valid
    /// for one minute.
    ///
    /// Requests with `Range` for one range of bytes, also with `If-Range`, are answered with 206 and that range.
    #[oai(
        path = "/attachments/:id/content",
        method = "get",
        operation_id = "downloadAttachment"
    )]
    async fn download_attachment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// `true` to send the file as a download even if browsers may display it.
        download: Query<Option<bool>>,
        asked: FileRequest,
    ) -> Result<FileResponse, Problems<{ CALLER | INPUT | NOT_FOUND | CONFLICT | RANGE }>> {
        attach::require_storage(&caller.app)?;
        let attachment = caller.store().get_attachment(caller.owner(), id.0).await?;
        let as_file = download.0 == Some(true);
        Ok(send_file(&caller, attachment, as_file, &asked).await?)
    }

    /// Read the thumbnail of an attachment
    ///
    /// Returns a small picture of at most 512 by 512 pixels. It is rotated as the metadata of the original asks for, and contains no metadata itself,
    /// such as the location. The format is JPEG, or PNG for pictures with transparency. Attachments without a thumbnail answer 404.
    #[oai(
        path = "/attachments/:id/thumbnail",
        method = "get",
        operation_id = "readThumbnail"
    )]
    async fn read_thumbnail(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        asked: FileRequest,
    ) -> Result<Thumbnail, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT }>> {
        attach::require_storage(&caller.app)?;
        let attachment = caller.store().get_attachment(caller.owner(), id.0).await?;
        Ok(Thumbnail::load(&caller, &attachment, &asked).await?)
    }
}

/// Returns the bytes of an attachment that the caller may read: as a stream from the storage, or as a redirect to a bucket. With `as_file`, browsers
/// save it even if they could display it.
pub(super) async fn send_file(
    caller: &Caller,
    attachment: attachment::Attachment,
    as_file: bool,
    asked: &FileRequest,
) -> Result<FileResponse, Error> {
    let files = attach::require_storage(&caller.app)?;
    let tag = format!("\"{}\"", encode_hex(&attachment.sha256));
    if asked.has_current(&tag) {
        return Ok(FileResponse::NotModified { etag: tag });
    }
    let kind = match Disposition::from_media_type(&attachment.media_type) {
        Disposition::Inline if !as_file => Disposition::Inline,
        _ => Disposition::Attachment,
    };
    let disposition = content_disposition(&attachment.name, kind);
    if !asked.head_only {
        let link = Link {
            media_type: &attachment.media_type,
            disposition: &disposition,
        };
        // A page may show what comes from its own origin: the service, or another path of the site.
        if let Some(address) = files.presign_url(attachment.object, link).await?
            && (address.starts_with('/') || !asked.is_part_of_page())
        {
            return Ok(FileResponse::Redirect(address));
        }
    }
    let range = asked.requested_range(attachment.bytes, &tag)?;
    let content = if asked.head_only {
        None
    } else {
        let place = Ticket::current().map(|ticket| {
            let place = caller
                .app
                .budget
                .downloads
                .take_amount(ticket.requester().after_authentication(), 1);
            place.map_err(|full| full.into_error("downloads"))
        });
        let place = place.transpose()?;
        let content = files
            .get_part(attachment.object, Part::Whole, range.clone())
            .await?;
        // The place is released with the last byte, or when the client disconnects.
        Some(
            content
                .map(move |piece| {
                    let _ = &place;
                    piece
                })
                .boxed(),
        )
    };
    Ok(FileResponse::Bytes {
        media_type: attachment.media_type,
        disposition,
        etag: tag,
        bytes: attachment.bytes,
        range,
        content,
    })
}

/// Thumbnail of an attachment, without bytes if the client has the current version.
pub(super) struct Thumbnail {
    etag: String,
    bytes: Option<Vec<u8>>,
}

impl Thumbnail {
    /// Reads the thumbnail of an attachment that the caller may read, unless the client has the current version.
    ///
    /// # Errors
    ///
    /// `not_found` for an attachment without a thumbnail.
    pub(super) async fn load(
        caller: &Caller,
        attachment: &attachment::Attachment,
        asked: &FileRequest,
    ) -> Result<Self, Error> {
        let files = attach::require_storage(&caller.app)?;
        if attachment.thumbnail_bytes.is_none() {
            return Err(Error::not_found("thumbnail of an attachment"));
        }
        let etag = format!("\"{}-small\"", encode_hex(&attachment.sha256));
        if asked.has_current(&etag) {
            return Ok(Self { etag, bytes: None });
        }
        let bytes = files.get_thumbnail(attachment.object).await?;
        Ok(Self {
            etag,
            bytes: Some(bytes.to_vec()),
        })
    }
}

impl IntoResponse for Thumbnail {
    fn into_response(self) -> Response {
        match self.bytes {
            None => FileResponse::NotModified { etag: self.etag }.into_response(),
            Some(bytes) => {
                let media_type = if bytes.starts_with(b"\x89PNG") {
                    "image/png"
                } else {
                    "image/jpeg"
                };
                Response::builder()
                    .header(header::CONTENT_TYPE, media_type)
                    .header(header::CACHE_CONTROL, "private, no-cache")
                    .header(header::ETAG, self.etag)
                    .body(bytes)
            }
        }
    }
}

impl ApiResponse for Thumbnail {
    fn meta() -> MetaResponses {
        let media = |content_type| MetaMediaType {
            content_type,
            schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format(
                "string", "binary",
            ))),
        };
        MetaResponses {
            responses: vec![MetaResponse {
                description: "The thumbnail, as JPEG or PNG according to `Content-Type`.",
                status: Some(200),
                status_range: None,
                content: vec![media("application/octet-stream")],
                headers: vec![MetaHeader {
                    name: "ETag".to_owned(),
                    description: None,
                    required: true,
                    deprecated: false,
                    schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new("string"))),
                }],
            }],
        }
    }

    fn register(_registry: &mut Registry) {}
}
