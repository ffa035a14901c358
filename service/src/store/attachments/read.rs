//! Reading what is known of files.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::domain::account::Account;
use crate::domain::attachment::{Attachment, Dimensions};
use crate::error::Error;
use crate::store::entity::{attachment, note};
use crate::store::{Owner, Store};

impl Store {
    /// One file of any of the user's notes.
    pub async fn attachment(&self, owner: Owner, id: Uuid) -> Result<Attachment, Error> {
        let row = attachment::Entity::find_by_id(id)
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_not_null())
            .one(self.db())
            .await?;
        row.map(of_row)
            .ok_or_else(|| Error::not_found("attachment"))
    }

    /// All files of a note, in the order in which they came.
    pub async fn attachments(&self, owner: Owner, note_id: Uuid) -> Result<Vec<Attachment>, Error> {
        let rows = attachment::Entity::find()
            .filter(attachment::Column::NoteId.eq(note_id))
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_not_null())
            .order_by_asc(attachment::Column::CreatedAt)
            .order_by_asc(attachment::Column::Id)
            .all(self.db())
            .await?;
        if rows.is_empty() {
            // A note without files, or none of this user.
            note::Entity::find_by_id(note_id)
                .filter(note::Column::UserId.eq(owner.id()))
                .one(self.db())
                .await?
                .ok_or_else(|| Error::not_found("note"))?;
        }
        Ok(rows.into_iter().map(of_row).collect())
    }

    /// Bytes of the files of an account, those that are not deleted yet included.
    pub async fn file_bytes(&self, account: &Account) -> Result<u64, Error> {
        super::upload::used(self.db(), Owner::authenticated(account.id)).await
    }
}

/// The file of a row.
pub(super) fn of_row(row: attachment::Model) -> Attachment {
    let side = |length: Option<i32>| length.and_then(|length| u32::try_from(length).ok());
    let dimensions = side(row.width).zip(side(row.height));
    let bytes = |number: i64| u64::try_from(number).unwrap_or_default();
    Attachment {
        id: row.id,
        note_id: row.note_id,
        object: row.object,
        name: row.name,
        alt: row.alt,
        media_type: row.media_type,
        bytes: bytes(row.bytes),
        sha256: row.sha256.unwrap_or_default(),
        dimensions: dimensions.map(|(width, height)| Dimensions { width, height }),
        thumbnail_bytes: row.thumbnail_bytes.map(bytes),
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
