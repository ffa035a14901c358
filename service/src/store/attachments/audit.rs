//! Queries over the attachments of all users, for comparing the database with file storage.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::Error;
use crate::store::Store;
use crate::store::entity::{attachment, discarded_file};

/// A complete attachment, as an audit of file storage needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompleteFile {
    /// Identifier of the attachment, a UUID of version 7.
    pub id: Uuid,
    /// Identifier of the object in file storage that holds the bytes.
    pub object: Uuid,
    /// Size of the file in bytes, according to the database.
    pub bytes: u64,
}

impl Store {
    /// Returns the complete attachments of all users that follow the identifier `after`, in the order of their identifiers, at most `limit`.
    pub async fn list_complete_attachments(
        &self,
        after: Uuid,
        limit: usize,
    ) -> Result<Vec<CompleteFile>, Error> {
        let rows: Vec<(Uuid, Uuid, i64)> = attachment::Entity::find()
            .select_only()
            .columns([
                attachment::Column::Id,
                attachment::Column::Object,
                attachment::Column::Bytes,
            ])
            .filter(attachment::Column::Id.gt(after))
            .filter(attachment::Column::CompletedAt.is_not_null())
            .order_by_asc(attachment::Column::Id)
            .limit(limit as u64)
            .into_tuple()
            .all(self.db())
            .await?;
        let file = |(id, object, bytes)| CompleteFile {
            id,
            object,
            bytes: u64::try_from(bytes).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(file).collect())
    }

    /// Returns those of the given attachments that still exist and are complete.
    pub async fn filter_complete(&self, ids: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        Ok(attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Id)
            .filter(attachment::Column::Id.is_in(ids.iter().copied()))
            .filter(attachment::Column::CompletedAt.is_not_null())
            .into_tuple()
            .all(self.db())
            .await?)
    }

    /// Returns those of the given objects that no attachment refers to and that no deletion has discarded. Objects that an earlier audit discarded
    /// are included.
    pub async fn filter_unknown_files(&self, objects: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        let files: Vec<Uuid> = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Object)
            .filter(attachment::Column::Object.is_in(objects.iter().copied()))
            .into_tuple()
            .all(self.db())
            .await?;
        let discarded: Vec<Uuid> = discarded_file::Entity::find()
            .select_only()
            .column(discarded_file::Column::Object)
            .filter(discarded_file::Column::Object.is_in(objects.iter().copied()))
            .filter(discarded_file::Column::UserId.is_not_null())
            .into_tuple()
            .all(self.db())
            .await?;
        let known: HashSet<Uuid> = files.into_iter().chain(discarded).collect();
        let unknown = objects.iter().filter(|object| !known.contains(object));
        Ok(unknown.copied().collect())
    }
}
