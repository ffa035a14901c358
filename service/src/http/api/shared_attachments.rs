//! `/api/shared/{id}/attachments`: attachments of notes that other users share with the caller.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::Tag;
use super::attachments::{AttachmentList, Thumbnail, send_file};
use crate::http::caller::Caller;
use crate::http::file_response::{FileRequest, FileResponse};
use crate::http::payload::Out;
use crate::http::problem::{CALLER, CONFLICT, INPUT, MALFORMED, NOT_FOUND, Problems, RANGE};

pub(crate) struct SharedAttachments;

#[OpenApi(tag = "Tag::Sharing", prefix_path = "/shared")]
impl SharedAttachments {
    /// List the attachments of another user's note
    ///
    /// Returns all attachments of a note that is shared with the caller, on one page. Only the owner of the note can add, change and delete
    /// attachments.
    #[oai(
        path = "/:id/attachments",
        method = "get",
        operation_id = "listSharedAttachments"
    )]
    async fn list_shared_attachments(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Out<AttachmentList>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let attachments = caller
            .store()
            .list_shared_attachments(caller.owner(), id.0)
            .await?;
        Ok(Out(AttachmentList {
            items: attachments.into_iter().map(Into::into).collect(),
        }))
    }

    /// Download an attachment of another user's note
    ///
    /// Returns the bytes of an attachment of a note that is shared with the caller, as `GET /api/attachments/{id}/content` does for the owner of the
    /// note.
    #[oai(
        path = "/:id/attachments/:attachment/content",
        method = "get",
        operation_id = "downloadSharedAttachment"
    )]
    async fn download_shared_attachment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        attachment: Path<Uuid>,
        /// `true` to send the file as a download even if browsers may display it.
        download: Query<Option<bool>>,
        asked: FileRequest,
    ) -> Result<FileResponse, Problems<{ CALLER | INPUT | NOT_FOUND | CONFLICT | RANGE }>> {
        let attachment = caller
            .store()
            .get_shared_attachment(caller.owner(), id.0, attachment.0)
            .await?;
        let as_file = download.0 == Some(true);
        Ok(send_file(&caller, attachment, as_file, &asked).await?)
    }

    /// Read the thumbnail of an attachment of another user's note
    ///
    /// Returns a small picture of an attachment of a note that is shared with the caller, as `GET /api/attachments/{id}/thumbnail` does for the owner
    /// of the note.
    #[oai(
        path = "/:id/attachments/:attachment/thumbnail",
        method = "get",
        operation_id = "readSharedThumbnail"
    )]
    async fn read_shared_thumbnail(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        attachment: Path<Uuid>,
        asked: FileRequest,
    ) -> Result<Thumbnail, Problems<{ CALLER | MALFORMED | NOT_FOUND | CONFLICT }>> {
        let attachment = caller
            .store()
            .get_shared_attachment(caller.owner(), id.0, attachment.0)
            .await?;
        Ok(Thumbnail::load(&caller, &attachment, &asked).await?)
    }
}
