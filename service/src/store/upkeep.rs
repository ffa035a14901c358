//! Periodic upkeep in bounded steps, which any number of replicas may run at the same time.
//!
//! Each function does one step and returns the number of rows; 0 means that nothing is left. Steps on a user's data lock the user, as every write
//! does, and skip users that another transaction has locked.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::entity::{note, tombstone, user};
use super::revision::{self, CounterChanges};
use super::sharing::AffectedShares;
use super::{Owner, Store, idempotency, notes, webhooks};
use crate::clock;
use crate::domain::note::Place;
use crate::domain::webhook::OccurredEvent;
use crate::error::Error;

/// Maximum number of rows in one step, which bounds the time for which requests of a user wait.
const CHUNK: u64 = 500;

/// Retention of tombstones, for devices that were offline.
const TOMBSTONES: TimeDelta = TimeDelta::days(90);

impl Store {
    /// Permanently deletes notes of one user that have been in the trash for longer than `lifetime`. Returns their number.
    pub async fn expire_trash(&self, lifetime: TimeDelta) -> Result<u64, Error> {
        const DUE: &str = "SELECT user_id FROM notes WHERE trashed_at IS NOT NULL AND trashed_at < $1 \
                           ORDER BY trashed_at LIMIT 100";
        let before = clock::now() - lifetime;
        let Some((tx, owner)) = self.lock_due(DUE, before).await? else {
            return Ok(0);
        };
        let expired: Vec<(Uuid, bool)> = note::Entity::find()
            .select_only()
            .column(note::Column::Id)
            .column(note::Column::IsShared)
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
        let (expired, affected) = AffectedShares::split_shared(expired);
        let taking = CounterChanges {
            notes: -i32::try_from(expired.len()).map_err(Error::internal)?,
            ..CounterChanges::default()
        };
        let user = revision::take_with_counters(&tx, owner, taking).await?;
        let recipients = affected.insert_for_recipients(&tx, owner).await?;
        notes::delete_notes(&tx, owner, user.revision, &expired).await?;
        webhooks::insert_deliveries(
            &tx,
            &user,
            user.revision,
            &[OccurredEvent::notes_deleted(&expired)],
        )
        .await?;
        self.commit_shared(tx, owner, user.revision, recipients)
            .await?;
        Ok(expired.len() as u64)
    }

    /// Deletes old tombstones of one user and returns their number. Devices that have not synchronised since must read everything again.
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

    /// Deletes expired sessions, up to 500 in one call, and returns their number.
    pub async fn remove_ended_sessions(&self) -> Result<u64, Error> {
        self.prune_rows("sessions", "id", "expires_at <= $1", clock::now())
            .await
    }

    /// Deletes idempotency keys after their lifetime and returns their number.
    pub async fn remove_old_keys(&self) -> Result<u64, Error> {
        let before = clock::now() - idempotency::LIFETIME;
        self.prune_rows(
            "idempotency_keys",
            "user_id, key",
            "created_at < $1",
            before,
        )
        .await
    }

    /// Deletes earlier versions of notes after their retention and returns their number.
    pub async fn remove_old_revisions(&self) -> Result<u64, Error> {
        let before = clock::now() - notes::REVISION_LIFETIME;
        self.prune_rows(
            "note_revisions",
            "note_id, version",
            "saved_at < $1",
            before,
        )
        .await
    }

    /// Deletes rate limits without effect on further attempts, and returns their number.
    pub async fn forget_past_attempts(&self) -> Result<u64, Error> {
        let before = clock::now().timestamp_micros();
        self.prune_rows("rate_limits", "key", "arrives_at < $1", before)
            .await
    }

    /// Deletes some of the rows that match a condition, skipping those that another transaction has locked. Returns their number.
    pub(super) async fn prune_rows(
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

    /// Locks one of the users that a statement selects, and returns the transaction with the lock; `None` if no user is due.
    pub(super) async fn lock_due(
        &self,
        due: &str,
        before: DateTime<Utc>,
    ) -> Result<Option<(DatabaseTransaction, Owner)>, Error> {
        let backend = self.backend();
        // Usually nothing is due, and the check saves a transaction, which would block other writers in SQLite.
        let any = Statement::from_sql_and_values(backend, due, [before.into()]);
        if self.db().query_one_raw(any).await?.is_none() {
            return Ok(None);
        }
        let tx = self.begin_write().await?;
        let lock = skip_locked(backend);
        let sql = format!("SELECT id FROM users WHERE id IN ({due}) LIMIT 1 {lock}");
        let locked = Statement::from_sql_and_values(backend, sql, [before.into()]);
        match tx.query_one_raw(locked).await? {
            Some(row) => {
                let owner = Owner::from_authenticated(row.try_get_by_index(0)?);
                Ok(Some((tx, owner)))
            }
            None => Ok(None),
        }
    }
}

/// Returns the clause that skips locked rows. SQLite has a single writer, and needs none.
pub(super) fn skip_locked(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}
