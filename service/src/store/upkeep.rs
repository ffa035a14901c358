//! What has to happen by itself: bounded pieces of it, which any number of replicas may do at once.
//!
//! Each function does one piece and says how many rows that were; nothing is left when it says none. Pieces that concern a user's data lock the
//! user, as every write does, and pass over users that somebody else has locked.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};

use super::entity::{tombstone, user};
use super::{Owner, Store};
use crate::clock;
use crate::error::Error;

/// Rows of one piece: a user's requests wait for so long.
const CHUNK: u64 = 500;

/// How long deletions are remembered for devices that were away.
const TOMBSTONES: TimeDelta = TimeDelta::days(90);

impl Store {
    /// Forgets deletions that every device should have heard of; devices that have not read everything again.
    pub async fn forget_old_tombstones(&self) -> Result<u64, Error> {
        const DUE: &str = "SELECT user_id FROM tombstones WHERE deleted_at < $1 LIMIT 100";
        let before = clock::now() - TOMBSTONES;
        let Some((tx, owner)) = self.lock_due(DUE, before).await? else {
            return Ok(0);
        };
        let of_owner = tombstone::Column::UserId.eq(owner.id());
        let old: Vec<i64> = tombstone::Entity::find()
            .select_only()
            .column(tombstone::Column::ChangeSeq)
            .filter(of_owner.clone())
            .filter(tombstone::Column::DeletedAt.lt(before))
            .order_by_asc(tombstone::Column::ChangeSeq)
            .limit(CHUNK)
            .into_tuple()
            .all(&tx)
            .await?;
        let Some(floor) = old.last().copied() else {
            return Ok(0);
        };
        let forgotten = tombstone::Entity::delete_many()
            .filter(of_owner)
            .filter(tombstone::Column::ChangeSeq.lte(floor))
            .exec(&tx)
            .await?;
        user::Entity::update_many()
            .col_expr(user::Column::ChangesFloor, Expr::value(floor))
            .filter(user::Column::Id.eq(owner.id()))
            .filter(user::Column::ChangesFloor.lt(floor))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(forgotten.rows_affected)
    }

    /// A user of those that a statement finds due, locked until the end of the transaction.
    async fn lock_due(
        &self,
        due: &str,
        before: DateTime<Utc>,
    ) -> Result<Option<(DatabaseTransaction, Owner)>, Error> {
        let backend = self.backend();
        // Mostly there is nothing, which costs no transaction: on SQLite each would hold up who writes.
        let any = Statement::from_sql_and_values(backend, due, [before.into()]);
        if self.db().query_one_raw(any).await?.is_none() {
            return Ok(None);
        }
        let tx = self.write().await?;
        let lock = match backend {
            DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
            _ => "",
        };
        let sql = format!("SELECT id FROM users WHERE id IN ({due}) LIMIT 1 {lock}");
        let locked = Statement::from_sql_and_values(backend, sql, [before.into()]);
        match tx.query_one_raw(locked).await? {
            Some(row) => {
                let owner = Owner::authenticated(row.try_get_by_index(0)?);
                Ok(Some((tx, owner)))
            }
            None => Ok(None),
        }
    }
}
