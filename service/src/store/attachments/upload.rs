//! Files on their way to a note: room for them is taken before the first byte, and the note has them with the last one.
//!
//! Whoever begins holds the lock on the user's row, so that what all files of a user take is counted exactly, however many come at once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::read::of_row;
use super::{is_changeable, refresh};
use crate::clock;
use crate::counted::counted;
use crate::domain::attachment::Attachment;
use crate::domain::id;
use crate::domain::limits::ATTACHMENTS_PER_NOTE;
use crate::error::{Code, Error};
use crate::files::Facts;
use crate::store::entity::{attachment, attachment_part, discarded_file, user};
use crate::store::notes::Key;
use crate::store::{Owner, Store, idempotency, notes, revision};

/// How long a file may take whose bytes are all there.
const AT_ONCE: TimeDelta = TimeDelta::minutes(15);
/// How long a file that is sent in pieces waits for its next one.
const IN_PIECES: TimeDelta = TimeDelta::hours(24);
/// How long a place is kept for a file that is put together.
const RESERVED: TimeDelta = TimeDelta::hours(1);
/// Pieces of one file: as many as are put together within the time of a request.
const MOST_PIECES: u64 = 1_000;

/// A file that is to come.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its identifier; another is used if somebody has it.
    pub id: Option<Uuid>,
    /// The identifier that is used then; a new one if none is named.
    pub other_id: Option<Uuid>,
    /// The note it belongs to.
    pub note_id: Uuid,
    /// Its name, clean.
    pub name: String,
    /// Words for those who do not see it.
    pub alt: String,
    /// Its size.
    pub bytes: u64,
    /// When it was made, if that is known.
    pub created_at: Option<DateTime<Utc>>,
    /// The way on which it comes.
    pub way: Way,
}

/// A way of a file to its note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// All bytes at once.
    AtOnce,
    /// In pieces.
    InPieces,
    /// With a note that is imported: also into the trash, and it makes no other version of the note.
    Imported,
}

/// A file for which there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// Its identifier.
    pub id: Uuid,
    /// The place of its bytes.
    pub object: Uuid,
    /// The way on which it comes.
    pub way: Way,
}

/// A file that is being sent in pieces, or has come whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The identifier of the file.
    pub id: Uuid,
    /// The note it belongs to.
    pub note_id: Uuid,
    /// The place of its bytes.
    pub object: Uuid,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Bytes that have come.
    pub received: u64,
    /// Time at which it is forgotten if nothing more comes; none if it is whole.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A piece that has been stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its name.
    pub id: Uuid,
    /// Its size.
    pub bytes: u64,
}

/// A file that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// What is known of it.
    pub attachment: Attachment,
    /// The version of its note from now on.
    pub note_version: i64,
    /// True if an earlier request with the same key has added the file.
    pub is_before: bool,
}

impl Store {
    /// Takes room for a file. Refused if the user would have more bytes than allowed, or the note more files.
    pub async fn begin_attachment(&self, owner: Owner, new: NewFile) -> Result<Begun, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        let user = user::Entity::find_by_id(owner.id())
            .lock_exclusive()
            .one(&tx)
            .await?
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let note = notes::find(&tx, owner, new.note_id).await?;
        if new.way != Way::Imported {
            is_changeable(&note)?;
        }
        let there = attachment::Entity::find()
            .filter(attachment::Column::NoteId.eq(new.note_id))
            .count(&tx)
            .await?;
        if there >= ATTACHMENTS_PER_NOTE {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a note has at most {ATTACHMENTS_PER_NOTE} attachments, those that are being sent included"
            )));
        }
        let most = self.most_file_bytes(user.is_guest);
        let taken = used(&tx, owner).await?;
        if taken.saturating_add(new.bytes) > most {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "this account holds at most {} of attachments, and {taken} are taken, those of notes in the trash and of unfinished \
                 uploads included",
                counted(most, "byte")
            )));
        }
        let mut id = id::new();
        for wanted in [new.id, new.other_id].into_iter().flatten() {
            if !exists(&tx, wanted).await? {
                id = wanted;
                break;
            }
        }
        let object = id::new();
        let now = clock::now();
        let lifetime = if new.way == Way::InPieces {
            IN_PIECES
        } else {
            AT_ONCE
        };
        let created_at = Ord::min(new.created_at.map_or(now, clock::kept), now);
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
        Ok(Begun {
            id,
            object,
            way: new.way,
        })
    }

    /// Bytes of files that an account may hold.
    pub fn most_file_bytes(&self, is_guest: bool) -> u64 {
        if is_guest {
            self.limits().guest_file_bytes
        } else {
            self.limits().user_file_bytes
        }
    }

    /// The state of a file that is sent in pieces; also for a while after it is whole.
    pub async fn upload(&self, owner: Owner, id: Uuid) -> Result<Upload, Error> {
        let row = find(self.db(), owner, id).await?;
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

    /// Counts a piece that was stored, if it is the next one: of two that come at once the second is refused. Says until when the next one is
    /// waited for.
    pub async fn add_piece(
        &self,
        owner: Owner,
        id: Uuid,
        start: u64,
        piece: Piece,
    ) -> Result<DateTime<Utc>, Error> {
        let tx = self.write().await?;
        let (start, bytes) = (number(start)?, number(piece.bytes)?);
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
            return Err(moved_on());
        }
        let pieces = attachment_part::Entity::find()
            .filter(attachment_part::Column::AttachmentId.eq(id))
            .count(&tx)
            .await?;
        if pieces >= MOST_PIECES {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "a file comes in at most {MOST_PIECES} pieces; begin again, with larger ones"
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

    /// The pieces of a file that have come, in order.
    pub async fn pieces(&self, owner: Owner, id: Uuid) -> Result<Vec<Piece>, Error> {
        let row = find(self.db(), owner, id).await?;
        // Before they are joined, which is work.
        is_changeable(&notes::find(self.db(), owner, row.note_id).await?)?;
        let rows = attachment_part::Entity::find()
            .filter(attachment_part::Column::AttachmentId.eq(id))
            .order_by_asc(attachment_part::Column::Start)
            .all(self.db())
            .await?;
        let piece = |row: attachment_part::Model| Piece {
            id: row.part,
            bytes: u64::try_from(row.bytes).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(piece).collect())
    }

    /// Another place for the bytes of a file, which are deleted in an hour unless the file has them by then. Of two that put the last piece of one
    /// file behind the others at once, none writes where the other does.
    pub async fn reserve_object(&self, owner: Owner, bytes: u64) -> Result<Uuid, Error> {
        let object = id::new();
        discarded_file::Entity::insert(discarded_file::ActiveModel {
            object: Set(object),
            user_id: Set(Some(owner.id())),
            bytes: Set(number(bytes)?),
            due_at: Set(clock::now() + RESERVED),
        })
        .exec_without_returning(self.db())
        .await?;
        Ok(object)
    }

    /// Says whether the user has a file with this identifier, whole or on its way.
    pub async fn has_attachment(&self, owner: Owner, id: Uuid) -> Result<bool, Error> {
        let row = attachment::Entity::find_by_id(id)
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_not_null());
        Ok(row.one(self.db()).await?.is_some())
    }

    /// Makes a file whose bytes are stored at this place one of its note. `start` is where its last piece began, 0 if it came at once. If the key
    /// has made one before, that one is answered, and this one stays unfinished.
    pub async fn finish_attachment(
        &self,
        owner: Owner,
        begun: Begun,
        start: u64,
        facts: &Facts,
        key: Option<&Key>,
    ) -> Result<Finished, Error> {
        let Begun { id, object, way } = begun;
        let tx = self.write().await?;
        let user = revision::next(&tx, owner).await?;
        let row = find(&tx, owner, id).await?;
        if row.completed_at.is_some() || row.received != number(start)? {
            return Err(moved_on());
        }
        if let Some(key) = key
            && let Some(before) =
                idempotency::claim(&tx, owner, &key.name, &key.request_hash, id).await?
        {
            return made_before(&tx, owner, before).await;
        }
        let note = notes::find(&tx, owner, row.note_id).await?;
        if way != Way::Imported {
            is_changeable(&note)?;
        }
        let bytes = number(facts.bytes)?;
        if row.bytes != bytes {
            return Err(Error::internal("a file of another size than announced"));
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
        let came_with = way == Way::Imported;
        let (note_version, recipients) = refresh(&tx, owner, note, &user, came_with).await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await?;
        Ok(Finished {
            attachment: of_row(row),
            note_version,
            is_before: false,
        })
    }

    /// Returns the file that an earlier request with this key has added, if there was one.
    pub async fn attachment_of_key(
        &self,
        owner: Owner,
        key: &Key,
    ) -> Result<Option<Finished>, Error> {
        match idempotency::look(self.db(), owner, &key.name, &key.request_hash).await? {
            Some(before) => made_before(self.db(), owner, before).await.map(Some),
            None => Ok(None),
        }
    }

    /// Gives up a file that is not whole; what has come of it is deleted later.
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

    /// Gives up files that nobody goes on sending.
    pub async fn expire_uploads(&self) -> Result<u64, Error> {
        self.prune(
            "attachments",
            "id",
            "completed_at IS NULL AND expires_at < $1",
            clock::now(),
        )
        .await
    }
}

/// The file that a key has added before.
async fn made_before(db: &impl ConnectionTrait, owner: Owner, id: Uuid) -> Result<Finished, Error> {
    let found = attachment::Entity::find_by_id(id)
        .filter(attachment::Column::UserId.eq(owner.id()))
        .filter(attachment::Column::CompletedAt.is_not_null())
        .one(db)
        .await?;
    let row = found.ok_or_else(|| {
        Error::new(Code::Conflict)
            .detail("the attachment that this key has added was deleted since")
    })?;
    let note = notes::find(db, owner, row.note_id).await?;
    Ok(Finished {
        attachment: of_row(row),
        note_version: note.version,
        is_before: true,
    })
}

/// Gives a file the place that was reserved for it; the pieces, which are at its first one, are deleted.
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
        return Err(moved_on());
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

/// Bytes that a user's files take: those that are there, those that are announced, and those that are not deleted yet.
pub(super) async fn used(db: &impl ConnectionTrait, owner: Owner) -> Result<u64, Error> {
    const TEXT: &str = "SELECT CAST(COALESCE((SELECT sum(bytes) FROM attachments WHERE user_id = $1), 0) \
                        + COALESCE((SELECT sum(bytes) FROM discarded_files WHERE user_id = $1), 0) AS bigint)";
    let statement =
        Statement::from_sql_and_values(db.get_database_backend(), TEXT, [owner.id().into()]);
    let row = db.query_one_raw(statement).await?;
    let bytes: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}

async fn exists(tx: &DatabaseTransaction, id: Uuid) -> Result<bool, Error> {
    Ok(attachment::Entity::find_by_id(id).one(tx).await?.is_some())
}

async fn find(
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

fn number(bytes: u64) -> Result<i64, Error> {
    i64::try_from(bytes).map_err(Error::internal)
}

fn moved_on() -> Error {
    Error::new(Code::Conflict)
        .detail("the upload is not at this offset: ask for it, and go on from there")
}
