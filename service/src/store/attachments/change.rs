//! Changes to the description of attachments, and their deletion.

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::read::{self, attachment_from_row};
use super::{refresh_note, require_changeable};
use crate::clock;
use crate::domain::attachment::Attachment;
use crate::error::Error;
use crate::store::entity::attachment;
use crate::store::{ExpectedVersion, Owner, Store, notes, revision};

/// A change to an attachment. `None` leaves a property unchanged.
#[derive(Debug, Clone, Default)]
pub struct AttachmentChange {
    /// New file name, cleaned by the caller; the bytes and media type stay.
    pub name: Option<String>,
    /// New alternative text of a picture; an empty text removes it.
    pub alt: Option<String>,
}

impl Store {
    /// Changes the name or the alternative text of an attachment that has the expected version. Without an actual change, version and note stay as
    /// they are.
    pub async fn change_attachment(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
        change: AttachmentChange,
    ) -> Result<Attachment, Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = find_complete(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let note = notes::find_note(&tx, owner, row.note_id).await?;
        require_changeable(&note)?;
        let name = change.name.filter(|name| *name != row.name);
        let alt = change.alt.filter(|alt| *alt != row.alt);
        if name.is_none() && alt.is_none() {
            // Returning drops the transaction, which rolls back the new revision.
            return Ok(attachment_from_row(row));
        }
        let version = row.version + 1;
        let mut row = row.into_active_model();
        if let Some(name) = name {
            row.name = Set(name);
        }
        if let Some(alt) = alt {
            row.alt = Set(alt);
        }
        row.version = Set(version);
        row.updated_at = Set(clock::now());
        let row = row.update(&tx).await?;
        let (_, recipients) = refresh_note(&tx, owner, note, &user, false).await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await?;
        Ok(attachment_from_row(row))
    }

    /// Deletes an attachment that has the expected version. Periodic upkeep deletes its bytes later.
    pub async fn delete_attachment(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &ExpectedVersion,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let user = revision::take_next(&tx, owner).await?;
        let row = find_complete(&tx, owner, id).await?;
        expected.check_version(row.version)?;
        let note = notes::find_note(&tx, owner, row.note_id).await?;
        require_changeable(&note)?;
        attachment::Entity::delete_by_id(id).exec(&tx).await?;
        let (_, recipients) = refresh_note(&tx, owner, note, &user, false).await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await
    }
}

async fn find_complete(
    tx: &DatabaseTransaction,
    owner: Owner,
    id: Uuid,
) -> Result<attachment::Model, Error> {
    read::find_complete(owner, id)
        .one(tx)
        .await?
        .ok_or_else(|| Error::not_found("attachment"))
}
