//! Questions about all files, for whoever compares them with their storage.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::Error;
use crate::store::Store;
use crate::store::entity::{attachment, discarded_file};

/// A file that is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeFile {
    /// Its identifier.
    pub id: Uuid,
    /// The place of its bytes.
    pub object: Uuid,
    /// Its size.
    pub bytes: u64,
}

impl Store {
    /// The next files of all users that are whole, in the order of their identifiers, behind this one.
    pub async fn whole_attachments(
        &self,
        after: Uuid,
        limit: usize,
    ) -> Result<Vec<WholeFile>, Error> {
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
        let file = |(id, object, bytes)| WholeFile {
            id,
            object,
            bytes: u64::try_from(bytes).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(file).collect())
    }

    /// Those of these files that are there and whole.
    pub async fn still_whole(&self, ids: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        Ok(attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Id)
            .filter(attachment::Column::Id.is_in(ids.iter().copied()))
            .filter(attachment::Column::CompletedAt.is_not_null())
            .into_tuple()
            .all(self.db())
            .await?)
    }

    /// Those of these objects that no file has, and that a deletion has not left to be deleted. Objects that were found without a row before, and
    /// wait to be deleted, are among them.
    pub async fn unknown_files(&self, objects: &[Uuid]) -> Result<Vec<Uuid>, Error> {
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
