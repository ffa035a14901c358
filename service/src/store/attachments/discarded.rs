//! Discarded files: objects in file storage that no attachment refers to any more and that are to be deleted.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::store::entity::{attachment, discarded_file};
use crate::store::{Owner, Store};

impl Store {
    /// Returns up to `limit` discarded files whose bytes are due for deletion, those due first at the beginning.
    pub async fn discarded_files(&self, limit: u64) -> Result<Vec<Uuid>, Error> {
        self.list_discarded(discarded_file::Entity::find(), limit)
            .await
    }

    /// Returns up to `limit` discarded files of one user whose bytes are due for deletion.
    pub async fn discarded_files_of(&self, owner: Owner, limit: u64) -> Result<Vec<Uuid>, Error> {
        let of_user = discarded_file::Column::UserId.eq(owner.id());
        self.list_discarded(discarded_file::Entity::find().filter(of_user), limit)
            .await
    }

    /// Leaves out files that an attachment refers to, which happens after a restore of the database.
    async fn list_discarded(
        &self,
        which: Select<discarded_file::Entity>,
        limit: u64,
    ) -> Result<Vec<Uuid>, Error> {
        let referred = Query::select()
            .column(attachment::Column::Object)
            .from(attachment::Entity)
            .to_owned();
        Ok(which
            .select_only()
            .column(discarded_file::Column::Object)
            .filter(discarded_file::Column::DueAt.lte(clock::now()))
            .filter(discarded_file::Column::Object.not_in_subquery(referred))
            .order_by_asc(discarded_file::Column::DueAt)
            .limit(limit)
            .into_tuple()
            .all(self.db())
            .await?)
    }

    /// Removes the records of discarded files after their bytes were deleted.
    pub async fn forget_discarded_files(&self, objects: &[Uuid]) -> Result<(), Error> {
        if !objects.is_empty() {
            discarded_file::Entity::delete_many()
                .filter(discarded_file::Column::Object.is_in(objects.iter().copied()))
                .exec(self.db())
                .await?;
        }
        Ok(())
    }

    /// Discards those of the given objects that no attachment refers to, for deletion at `due_at`. Returns the number of new records.
    pub async fn discard_unknown_files(
        &self,
        objects: &[Uuid],
        due_at: DateTime<Utc>,
    ) -> Result<u64, Error> {
        // Two statements need no common transaction: an object without a row was abandoned, and no attachment will refer to it.
        let known: Vec<Uuid> = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Object)
            .filter(attachment::Column::Object.is_in(objects.iter().copied()))
            .into_tuple()
            .all(self.db())
            .await?;
        let known: HashSet<Uuid> = known.into_iter().collect();
        let unknown = objects.iter().filter(|object| !known.contains(object));
        let rows: Vec<_> = unknown
            .map(|object| discarded_file::ActiveModel {
                object: Set(*object),
                user_id: Set(None),
                bytes: Set(0),
                due_at: Set(due_at),
            })
            .collect();
        if rows.is_empty() {
            return Ok(0);
        }
        // Objects that are discarded already keep their time of deletion.
        let kept = OnConflict::column(discarded_file::Column::Object)
            .do_nothing()
            .to_owned();
        Ok(discarded_file::Entity::insert_many(rows)
            .on_conflict(kept)
            .exec_without_returning(self.db())
            .await?)
    }
}
