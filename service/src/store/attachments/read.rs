//! Queries for attachments; the bytes are read from file storage.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::domain::account::Account;
use crate::domain::attachment::{Attachment, Dimensions};
use crate::error::Error;
use crate::store::entity::{attachment, note};
use crate::store::sharing::{Access, Reading};
use crate::store::{Owner, Store};

impl Store {
    /// Returns one attachment of any note of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for an unknown attachment, or one whose upload is not complete.
    pub async fn get_attachment(&self, owner: Owner, id: Uuid) -> Result<Attachment, Error> {
        let row = find_complete(owner, id).one(self.db()).await?;
        row.map(attachment_from_row)
            .ok_or_else(|| Error::not_found("attachment"))
    }

    /// Returns one attachment of a note that is shared with the user.
    ///
    /// # Errors
    ///
    /// `not_found` for a note that is not shared with the user, and for an attachment that is not complete or belongs to another note.
    pub async fn get_shared_attachment(
        &self,
        recipient: Owner,
        note_id: Uuid,
        id: Uuid,
    ) -> Result<Attachment, Error> {
        let access = Access::<Reading>::find_share(self.db(), recipient, note_id).await?;
        let row = find_complete(access.owner(), id)
            .filter(attachment::Column::NoteId.eq(access.note()))
            .one(self.db())
            .await?;
        row.map(attachment_from_row)
            .ok_or_else(|| Error::not_found("attachment"))
    }

    /// Returns all attachments of a note, in the order in which they were added.
    ///
    /// # Errors
    ///
    /// `not_found` for a note that does not exist or belongs to another user.
    pub async fn list_attachments(
        &self,
        owner: Owner,
        note_id: Uuid,
    ) -> Result<Vec<Attachment>, Error> {
        let rows = self.load_complete(owner, note_id).await?;
        if rows.is_empty() {
            // Tells a note without attachments from one that does not exist.
            note::Entity::find_by_id(note_id)
                .filter(note::Column::UserId.eq(owner.id()))
                .one(self.db())
                .await?
                .ok_or_else(|| Error::not_found("note"))?;
        }
        Ok(rows.into_iter().map(attachment_from_row).collect())
    }

    /// Returns all attachments of a note that is shared with the user, in the order in which they were added.
    ///
    /// # Errors
    ///
    /// `not_found` for a note that is not shared with the user.
    pub async fn list_shared_attachments(
        &self,
        recipient: Owner,
        note_id: Uuid,
    ) -> Result<Vec<Attachment>, Error> {
        let access = Access::<Reading>::find_share(self.db(), recipient, note_id).await?;
        let rows = self.load_complete(access.owner(), access.note()).await?;
        Ok(rows.into_iter().map(attachment_from_row).collect())
    }

    async fn load_complete(
        &self,
        owner: Owner,
        note_id: Uuid,
    ) -> Result<Vec<attachment::Model>, Error> {
        let rows = attachment::Entity::find()
            .filter(attachment::Column::NoteId.eq(note_id))
            .filter(attachment::Column::UserId.eq(owner.id()))
            .filter(attachment::Column::CompletedAt.is_not_null())
            .order_by_asc(attachment::Column::CreatedAt)
            .order_by_asc(attachment::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows)
    }

    /// Returns the total size of the files of an account in bytes, including files that are discarded but not yet deleted.
    pub async fn file_bytes(&self, account: &Account) -> Result<u64, Error> {
        super::upload::load_used_bytes(self.db(), Owner::from_authenticated(account.id)).await
    }
}

/// Selects a complete attachment of the owner.
pub(super) fn find_complete(owner: Owner, id: Uuid) -> Select<attachment::Entity> {
    attachment::Entity::find_by_id(id)
        .filter(attachment::Column::UserId.eq(owner.id()))
        .filter(attachment::Column::CompletedAt.is_not_null())
}

/// Converts a row to an attachment.
pub(super) fn attachment_from_row(row: attachment::Model) -> Attachment {
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
