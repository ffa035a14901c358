//! Uploads of attachments. Space is reserved before the first byte, and the note gets the attachment after the last.
//!
//! Beginning an upload locks the user's row, so that the total size of a user's files is exact even for concurrent uploads.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::read::attachment_from_row;
use super::{refresh_note, require_changeable};
use crate::clock;
use crate::counted::format_count;
use crate::domain::attachment::Attachment;
use crate::domain::id;
use crate::domain::limits::ATTACHMENTS_PER_NOTE;
use crate::error::{Code, Error};
use crate::files::Facts;
use crate::store::entity::{attachment, attachment_part, discarded_file, user};
use crate::store::notes::RequestKey;
use crate::store::{Owner, Store, idempotency, notes, revision};

/// Lifetime of an upload in a single request, until it is complete.
const AT_ONCE: TimeDelta = TimeDelta::minutes(15);
/// Lifetime of an upload in parts after each part, until the next one.
const IN_PIECES: TimeDelta = TimeDelta::hours(24);
/// Time for which an object is reserved while the parts of an upload are joined.
const RESERVED: TimeDelta = TimeDelta::hours(1);
/// Maximum number of parts of an upload, as many as can be joined within the time of a request.
const MOST_PIECES: u64 = 1_000;

/// An attachment to upload.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Preferred identifier; another one is used if an attachment has it already.
    pub id: Option<Uuid>,
    /// Identifier to use in that case; `None` for a new one.
    pub other_id: Option<Uuid>,
    /// The note to attach the file to.
    pub note_id: Uuid,
    /// File name, cleaned by the caller.
    pub name: String,
    /// Alternative text of a picture; may be empty.
    pub alt: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Time of creation if the caller knows it, for example from an import; otherwise now.
    pub created_at: Option<DateTime<Utc>>,
    /// Way in which the file arrives.
    pub mode: UploadMode,
}

/// The way in which a file arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadMode {
    /// All bytes in a single request.
    SingleRequest,
    /// Several parts, with one request each.
    Multipart,
    /// Together with an imported note, which may be in the trash and keeps its version.
    Imported,
}

/// An upload for which space is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartedUpload {
    /// Identifier of the attachment.
    pub id: Uuid,
    /// Identifier of the object in file storage that receives the bytes.
    pub object: Uuid,
    /// Way in which the file arrives.
    pub mode: UploadMode,
}

/// The state of an upload in parts, possibly complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Identifier of the attachment.
    pub id: Uuid,
    /// The note to attach the file to.
    pub note_id: Uuid,
    /// Identifier of the object in file storage that holds the bytes.
    pub object: Uuid,
    /// Name of the file.
    pub name: String,
    /// Announced size of the file in bytes.
    pub bytes: u64,
    /// Number of bytes received so far.
    pub received: u64,
    /// Time at which the upload expires unless another part arrives; `None` for a complete upload.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A part of an upload that is in file storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadPart {
    /// Identifier of the part in file storage.
    pub id: Uuid,
    /// Size of the part in bytes.
    pub bytes: u64,
}

/// A completed upload, with its effect on the note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedUpload {
    /// The attachment that the upload created.
    pub attachment: Attachment,
    /// Version of the note with the attachment.
    pub note_version: i64,
    /// True if an earlier request with the same idempotency key added the attachment.
    pub is_replayed: bool,
}

impl Store {
    /// Reserves space for an upload.
    ///
    /// # Errors
    ///
    /// `limit_reached` if the user would exceed the total size of files, or the note the number of attachments; `note_in_trash` for a note in the
    /// trash.
    pub async fn begin_attachment(
        &self,
        owner: Owner,
        new: NewFile,
    ) -> Result<StartedUpload, Error> {
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let user = user::Entity::find_by_id(owner.id())
            .lock_exclusive()
            .one(&tx)
            .await?
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let note = notes::find_note(&tx, owner, new.note_id).await?;
        if new.mode != UploadMode::Imported {
            require_changeable(&note)?;
        }
        let there = attachment::Entity::find()
            .filter(attachment::Column::NoteId.eq(new.note_id))
            .count(&tx)
            .await?;
        if there >= ATTACHMENTS_PER_NOTE {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a note can have at most {ATTACHMENTS_PER_NOTE} attachments, including unfinished uploads"
            )));
        }
        let most = self.max_file_bytes(user.is_guest);
        let taken = load_used_bytes(&tx, owner).await?;
        if taken.saturating_add(new.bytes) > most {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "this account can have at most {} of attachments, and {taken} are \
                 used, including notes in the trash and unfinished uploads",
                format_count(most, "byte")
            )));
        }
        let mut id = id::new();
        for wanted in [new.id, new.other_id].into_iter().flatten() {
            if !attachment_exists(&tx, wanted).await? {
                id = wanted;
                break;
            }
        }
        let object = id::new();
        let now = clock::now();
        let lifetime = if new.mode == UploadMode::Multipart {
            IN_PIECES
        } else {
            AT_ONCE
        };
        let created_at = Ord::min(new.created_at.map_or(now, clock::truncate_to_micros), now);
        let row = attachment::ActiveModel {
            id: Set(id),
            user_id: Set(owner.id()),
            note_id: Set(new.note_id),
            object: Set(object),
            name: Set(new.name),
            alt: Set(new.alt),
            media_type: Set(String::new()),
            bytes: Set(i64::try_from(new.bytes).map_err(Error::internal)?),
            received: Set(0),
            sha256: Set(None),
            width: Set(None),
            height: Set(None),
            thumbnail_bytes: Set(None),
            version: Set(1),
            created_at: Set(created_at),
            updated_at: Set(created_at),
            completed_at: Set(None),
            expires_at: Set(Some(now + lifetime)),
        };
        attachment::Entity::insert(row)
            .exec_without_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(StartedUpload {
            id,
            object,
            mode: new.mode,
        })
    }

    /// Returns the maximum total size in bytes of a user's files.
    pub fn max_file_bytes(&self, is_guest: bool) -> u64 {
        if is_guest {
            self.limits().guest_file_bytes
        } else {
            self.limits().user_file_bytes
        }
    }

    /// Returns the state of an upload in parts, or of one that is complete.
    ///
    /// # Errors
    ///
    /// `not_found` for an unknown or expired upload.
    pub async fn get_upload(&self, owner: Owner, id: Uuid) -> Result<Upload, Error> {
        let row = find_upload(self.db(), owner, id).await?;
        let bytes = |number: i64| u64::try_from(number).unwrap_or_default();
        let is_whole = row.completed_at.is_some();
        Ok(Upload {
            id: row.id,
            note_id: row.note_id,
            object: row.object,
            name: row.name,
            bytes: bytes(row.bytes),
            received: if is_whole {
                bytes(row.bytes)
            } else {
                bytes(row.received)
            },
            expires_at: row.expires_at.filter(|_| !is_whole),
        })
    }

    /// Records a stored part, if it is the next one. Returns the time until which the upload waits for another.
    ///
    /// # Errors
    ///
    /// `conflict` if the upload is not at `start`, for example because a concurrent request was faster; `limit_reached` for too many parts.
    pub async fn add_upload_part(
        &self,
        owner: Owner,
        id: Uuid,
        start: u64,
        piece: UploadPart,
    ) -> Result<DateTime<Utc>, Error> {
        let tx = self.begin_write().await?;
        let (start, bytes) = (to_column_value(start)?, to_column_value(piece.bytes)?);
        let expires_at = clock::now() + IN_PIECES;
        let counted = attachment::Entity::update_many()
            .col_expr(
                attachment::Column::Received,
                Expr::col(attachment::Column::Received).add(bytes),
            )
            .col_expr(attachment::Column::ExpiresAt, Expr::value(expires_at))
            .filter(attachment::Column::Id.eq(id))
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_null())
            .filter(attachment::Column::Received.eq(start))
            .exec(&tx)
            .await?;
        if counted.rows_affected == 0 {
            return Err(offset_mismatch_error());
        }
        let pieces = attachment_part::Entity::find()
            .filter(attachment_part::Column::AttachmentId.eq(id))
            .count(&tx)
            .await?;
        if pieces >= MOST_PIECES {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a file can have at most {MOST_PIECES} pieces; begin a new upload with larger pieces"
            )));
        }
        attachment_part::Entity::insert(attachment_part::ActiveModel {
            attachment_id: Set(id),
            start: Set(start),
            bytes: Set(bytes),
            part: Set(piece.id),
        })
        .exec_without_returning(&tx)
        .await?;
        tx.commit().await?;
        Ok(expires_at)
    }

    /// Returns the parts of an upload that have arrived, in order.
    ///
    /// # Errors
    ///
    /// `note_in_trash` if the note was moved to the trash, before the work of joining them.
    pub async fn list_upload_parts(
        &self,
        owner: Owner,
        id: Uuid,
    ) -> Result<Vec<UploadPart>, Error> {
        let row = find_upload(self.db(), owner, id).await?;
        // Checked before the parts are joined, which is expensive.
        require_changeable(&notes::find_note(self.db(), owner, row.note_id).await?)?;
        let rows = attachment_part::Entity::find()
            .filter(attachment_part::Column::AttachmentId.eq(id))
            .order_by_asc(attachment_part::Column::Start)
            .all(self.db())
            .await?;
        let piece = |row: attachment_part::Model| UploadPart {
            id: row.part,
            bytes: u64::try_from(row.bytes).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(piece).collect())
    }

    /// Reserves another object for the bytes of an upload. It is deleted after an hour unless [`Store::finish_attachment`] takes it. Each of two
    /// concurrent requests with the last part thus writes to a separate object.
    pub async fn reserve_object(&self, owner: Owner, bytes: u64) -> Result<Uuid, Error> {
        let object = id::new();
        discarded_file::Entity::insert(discarded_file::ActiveModel {
            object: Set(object),
            user_id: Set(Some(owner.id())),
            bytes: Set(to_column_value(bytes)?),
            due_at: Set(clock::now() + RESERVED),
        })
        .exec_without_returning(self.db())
        .await?;
        Ok(object)
    }

    /// Returns true if the user has a complete attachment with this identifier.
    pub async fn has_attachment(&self, owner: Owner, id: Uuid) -> Result<bool, Error> {
        let row = attachment::Entity::find_by_id(id)
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_not_null());
        Ok(row.one(self.db()).await?.is_some())
    }

    /// Completes an upload whose bytes are stored: the attachment becomes part of its note. `start` is the offset of the last part, 0 for an upload
    /// in a single request. If an earlier request with the same key added an attachment, returns that one, and leaves this upload incomplete.
    ///
    /// # Errors
    ///
    /// `conflict` if the upload is not at `start`; `note_in_trash` for a note in the trash.
    pub async fn finish_attachment(
        &self,
        owner: Owner,
        begun: StartedUpload,
        start: u64,
        facts: &Facts,
        key: Option<&RequestKey>,
    ) -> Result<FinishedUpload, Error> {
        let StartedUpload {
            id,
            object,
            mode: way,
        } = begun;
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = find_upload(&tx, owner, id).await?;
        if row.completed_at.is_some() || row.received != to_column_value(start)? {
            return Err(offset_mismatch_error());
        }
        if let Some(key) = key
            && let Some(before) =
                idempotency::claim_key(&tx, owner, &key.name, &key.request_hash, id).await?
        {
            return find_replayed_upload(&tx, owner, before).await;
        }
        let note = notes::find_note(&tx, owner, row.note_id).await?;
        if way != UploadMode::Imported {
            require_changeable(&note)?;
        }
        let bytes = to_column_value(facts.bytes)?;
        if row.bytes != bytes {
            return Err(Error::internal(
                "the size of the file differs from the declared size",
            ));
        }
        if row.object != object {
            move_to(&tx, owner, &row, object).await?;
        }
        let picture = facts.picture.as_ref();
        let dimensions = picture.map(|picture| picture.dimensions);
        let side = |length: u32| i32::try_from(length).ok();
        let small = picture.and_then(|picture| picture.thumbnail.as_ref());
        let mut row = row.into_active_model();
        row.object = Set(object);
        row.media_type = Set(facts.media_type.to_owned());
        row.received = Set(bytes);
        row.sha256 = Set(Some(facts.sha256.clone()));
        row.width = Set(dimensions.and_then(|of| side(of.width)));
        row.height = Set(dimensions.and_then(|of| side(of.height)));
        row.thumbnail_bytes = Set(small.and_then(|small| i64::try_from(small.len()).ok()));
        row.completed_at = Set(Some(clock::now()));
        row.expires_at = Set(None);
        let row = row.update(&tx).await?;
        let came_with = way == UploadMode::Imported;
        let (note_version, recipients) = refresh_note(&tx, owner, note, &user, came_with).await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await?;
        Ok(FinishedUpload {
            attachment: attachment_from_row(row),
            note_version,
            is_replayed: false,
        })
    }

    /// Returns the attachment that an earlier request with this key added, if there was one.
    pub async fn attachment_of_key(
        &self,
        owner: Owner,
        key: &RequestKey,
    ) -> Result<Option<FinishedUpload>, Error> {
        match idempotency::find_resource(self.db(), owner, &key.name, &key.request_hash).await? {
            Some(before) => find_replayed_upload(self.db(), owner, before)
                .await
                .map(Some),
            None => Ok(None),
        }
    }

    /// Cancels an incomplete upload. Its bytes are deleted later.
    ///
    /// # Errors
    ///
    /// `not_found` for an upload that is unknown or complete.
    pub async fn abandon_attachment(&self, owner: Owner, id: Uuid) -> Result<(), Error> {
        let gone = attachment::Entity::delete_many()
            .filter(attachment::Column::Id.eq(id))
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_null())
            .exec(self.db())
            .await?;
        if gone.rows_affected == 0 {
            return Err(Error::not_found("upload"));
        }
        Ok(())
    }

    /// Deletes expired uploads and returns their number.
    pub async fn expire_uploads(&self) -> Result<u64, Error> {
        self.prune_rows(
            "attachments",
            "id",
            "completed_at IS NULL AND expires_at < $1",
            clock::now(),
        )
        .await
    }
}

/// Returns the attachment that an idempotency key added before.
///
/// # Errors
///
/// `conflict` if it was deleted since.
async fn find_replayed_upload(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: Uuid,
) -> Result<FinishedUpload, Error> {
    let found = attachment::Entity::find_by_id(id)
        .filter(attachment::Column::UserId.eq(owner.id()))
        .filter(attachment::Column::CompletedAt.is_not_null())
        .one(db)
        .await?;
    let row = found.ok_or_else(|| {
        Error::new(Code::Conflict)
            .detail("the attachment that was added with this idempotency key has been deleted")
    })?;
    let note = notes::find_note(db, owner, row.note_id).await?;
    Ok(FinishedUpload {
        attachment: attachment_from_row(row),
        note_version: note.version,
        is_replayed: true,
    })
}

/// Moves an attachment to the reserved object, and discards the object with its parts.
async fn move_to(
    tx: &DatabaseTransaction,
    owner: Owner,
    row: &attachment::Model,
    object: Uuid,
) -> Result<(), Error> {
    let reserved = discarded_file::Entity::delete_by_id(object)
        .exec(tx)
        .await?;
    if reserved.rows_affected == 0 {
        return Err(offset_mismatch_error());
    }
    attachment_part::Entity::delete_many()
        .filter(attachment_part::Column::AttachmentId.eq(row.id))
        .exec(tx)
        .await?;
    discarded_file::Entity::insert(discarded_file::ActiveModel {
        object: Set(row.object),
        user_id: Set(Some(owner.id())),
        bytes: Set(row.received),
        due_at: Set(clock::now()),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Returns the total size in bytes of a user's files, including uploads in progress and discarded files that are not deleted yet.
pub(super) async fn load_used_bytes(db: &impl ConnectionTrait, owner: Owner) -> Result<u64, Error> {
    const TEXT: &str = "SELECT CAST(COALESCE((SELECT sum(bytes) FROM attachments WHERE user_id = $1), 0) \
                        + COALESCE((SELECT sum(bytes) FROM discarded_files WHERE user_id = $1), 0) AS bigint)";
    let statement =
        Statement::from_sql_and_values(db.get_database_backend(), TEXT, [owner.id().into()]);
    let row = db.query_one_raw(statement).await?;
    let bytes: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}

async fn attachment_exists(tx: &DatabaseTransaction, id: Uuid) -> Result<bool, Error> {
    Ok(attachment::Entity::find_by_id(id).one(tx).await?.is_some())
}

async fn find_upload(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: Uuid,
) -> Result<attachment::Model, Error> {
    attachment::Entity::find_by_id(id)
        .filter(attachment::Column::UserId.eq(owner.id()))
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("upload"))
}

fn to_column_value(bytes: u64) -> Result<i64, Error> {
    i64::try_from(bytes).map_err(Error::internal)
}

fn offset_mismatch_error() -> Error {
    Error::new(Code::Conflict)
        .detail("`Upload-Offset` differs from the current offset; read it with `HEAD`, and continue from there")
}
