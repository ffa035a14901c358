//! Bytes that nothing refers to any more.

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
    /// Some files whose bytes are to be deleted now.
    pub async fn discarded_files(&self, limit: u64) -> Result<Vec<Uuid>, Error> {
        self.discarded(discarded_file::Entity::find(), limit).await
    }

    /// Some of those of this user.
    pub async fn discarded_files_of(&self, owner: Owner, limit: u64) -> Result<Vec<Uuid>, Error> {
        let of_user = discarded_file::Column::UserId.eq(owner.id());
        self.discarded(discarded_file::Entity::find().filter(of_user), limit)
            .await
    }

    /// A database that was put back may refer to a file again.
    async fn discarded(
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

    /// Notes that the bytes of these files are gone.
    pub async fn forget_discarded_files(&self, objects: &[Uuid]) -> Result<(), Error> {
        if !objects.is_empty() {
            discarded_file::Entity::delete_many()
                .filter(discarded_file::Column::Object.is_in(objects.iter().copied()))
                .exec(self.db())
                .await?;
        }
        Ok(())
    }

    /// Discards those of these files that nothing refers to, as of a later time. Says how many.
    pub async fn discard_unknown_files(
        &self,
        objects: &[Uuid],
        due_at: DateTime<Utc>,
    ) -> Result<u64, Error> {
        // Both in one transaction would be no more certain: a row that is there for none of the two was never to come.
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
        // Of those that are discarded already, the time stays.
        let kept = OnConflict::column(discarded_file::Column::Object)
            .do_nothing()
            .to_owned();
        Ok(discarded_file::Entity::insert_many(rows)
            .on_conflict(kept)
            .exec_without_returning(self.db())
            .await?)
    }
}
