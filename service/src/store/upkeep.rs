//! What has to happen by itself: bounded pieces of it, which any number of replicas may do at once.
//!
//! Each function does one piece and says how many rows that were; nothing is left when it says none. Pieces that concern a user's data lock the
//! user, as every write does, and pass over users that somebody else has locked.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::entity::{note, tombstone, user};
use super::revision::{self, Taking};
use super::{Owner, Store, idempotency, notes};
use crate::clock;
use crate::domain::note::Place;
use crate::error::Error;
use crate::events::News;

/// Rows of one piece: a user's requests wait for so long.
const CHUNK: u64 = 500;
/// Reminders of one piece, which are told to the user's devices at once.
const REMINDERS: u64 = 100;

/// How long deletions are remembered for devices that were away.
const TOMBSTONES: TimeDelta = TimeDelta::days(90);

impl Store {
    /// Fires reminders of one user that are due, in a revision of their own, and tells those who listen. A note in the trash does not remind.
    pub async fn fire_reminders(&self) -> Result<u64, Error> {
        // The first two conditions are those of the index, spelled out for SQLite.
        const DUE: &str = "SELECT user_id FROM notes WHERE reminder_at IS NOT NULL AND reminder_fired_at IS NULL \
                           AND reminder_at <= $1 AND place <> 2 ORDER BY reminder_at LIMIT 100";
        let now = clock::now();
        let Some((tx, owner)) = self.lock_due(DUE, now).await? else {
            return Ok(0);
        };
        let due: Vec<Uuid> = note::Entity::find()
            .select_only()
            .column(note::Column::Id)
            .filter(note::Column::UserId.eq(owner.id()))
            .filter(note::Column::ReminderAt.lte(now))
            .filter(note::Column::ReminderFiredAt.is_null())
            .filter(note::Column::Place.ne(Place::Trash.to_db()))
            .order_by_asc(note::Column::ReminderAt)
            .limit(REMINDERS)
            .into_tuple()
            .all(&tx)
            .await?;
        if due.is_empty() {
            return Ok(0);
        }
        let revision = revision::next(&tx, owner).await?.revision;
        let fired = note::Entity::update_many()
            .col_expr(note::Column::ReminderFiredAt, Expr::value(now))
            .col_expr(note::Column::ReminderFiredSeq, Expr::value(revision))
            // Not another version: what a device is about to write is still about what it has read.
            .col_expr(note::Column::ChangeSeq, Expr::value(revision))
            .filter(note::Column::UserId.eq(owner.id()))
            .filter(note::Column::Id.is_in(due))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        self.events().publish(owner, News { revision });
        Ok(fired.rows_affected)
    }

    /// Deletes notes of one user for good that have been in the trash for so long.
    pub async fn expire_trash(&self, lifetime: TimeDelta) -> Result<u64, Error> {
        const DUE: &str = "SELECT user_id FROM notes WHERE trashed_at IS NOT NULL AND trashed_at < $1 \
                           ORDER BY trashed_at LIMIT 100";
        let before = clock::now() - lifetime;
        let Some((tx, owner)) = self.lock_due(DUE, before).await? else {
            return Ok(0);
        };
        let expired: Vec<Uuid> = note::Entity::find()
            .select_only()
            .column(note::Column::Id)
            .filter(note::Column::UserId.eq(owner.id()))
            .filter(note::Column::Place.eq(Place::Trash.to_db()))
            .filter(note::Column::TrashedAt.lt(before))
            .order_by_asc(note::Column::TrashedAt)
            .limit(CHUNK)
            .into_tuple()
            .all(&tx)
            .await?;
        if expired.is_empty() {
            return Ok(0);
        }
        let taking = Taking {
            notes: -i32::try_from(expired.len()).map_err(Error::internal)?,
            ..Taking::default()
        };
        let user = revision::take(&tx, owner, taking).await?;
        notes::delete(&tx, owner, user.revision, &expired).await?;
        self.commit(tx, owner, user.revision).await?;
        Ok(expired.len() as u64)
    }

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

    /// Deletes sessions that have ended.
    pub async fn remove_ended_sessions(&self) -> Result<u64, Error> {
        self.prune("sessions", "id", "expires_at <= $1", clock::now())
            .await
    }

    /// Deletes idempotency keys that nobody will send again.
    pub async fn remove_old_keys(&self) -> Result<u64, Error> {
        let before = clock::now() - idempotency::LIFETIME;
        self.prune(
            "idempotency_keys",
            "user_id, key",
            "created_at < $1",
            before,
        )
        .await
    }

    /// Deletes versions of notes that are older than is promised.
    pub async fn remove_old_revisions(&self) -> Result<u64, Error> {
        let before = clock::now() - notes::REVISION_LIFETIME;
        self.prune(
            "note_revisions",
            "note_id, version",
            "saved_at < $1",
            before,
        )
        .await
    }

    /// Forgets attempts that limit nothing any more.
    pub async fn forget_past_attempts(&self) -> Result<u64, Error> {
        let before = clock::now().timestamp_micros();
        self.prune("rate_limits", "key", "arrives_at < $1", before)
            .await
    }

    /// Deletes some rows that a condition finds, passing over those that somebody else has locked.
    pub(super) async fn prune(
        &self,
        table: &str,
        key: &str,
        condition: &str,
        before: impl Into<Value>,
    ) -> Result<u64, Error> {
        let lock = skip_locked(self.backend());
        let sql = format!(
            "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {condition} LIMIT {CHUNK} {lock})"
        );
        let statement = Statement::from_sql_and_values(self.backend(), sql, [before.into()]);
        Ok(self.db().execute_raw(statement).await?.rows_affected())
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
        let lock = skip_locked(backend);
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

/// SQLite has one writer: there is nobody to pass over.
fn skip_locked(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}
