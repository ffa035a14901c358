//! Presence of users: records which users have an event stream open, that is, a page of the service, in any process.
//!
//! Each process writes its users periodically. A user had a page open at a time exactly if a process wrote so after that time; the last record of a
//! failed process is older.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement, Value,
};

use super::entity::listener;
use super::{Owner, Store};
use crate::clock;
use crate::error::Error;

/// Interval at which a process writes the users with an open event stream.
pub const WRITTEN_EVERY: std::time::Duration = std::time::Duration::from_secs(10);
/// Age up to which a record means that the user may be present.
pub(super) const RECENT: TimeDelta = TimeDelta::seconds(30);
/// Maximum difference between the clocks of processes.
pub(super) const APART: TimeDelta = TimeDelta::seconds(5);
/// Time after which the presence of a user at an earlier moment is known.
pub(super) const KNOWN_AFTER: TimeDelta = TimeDelta::seconds(30);
/// Retention of records of processes that no longer run.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// Maximum number of users in one statement.
const USERS: usize = 500;

impl Store {
    /// Writes the users with an open event stream in this process, and removes its records of all others.
    pub async fn write_listeners(&self) -> Result<(), Error> {
        let now = clock::now();
        let users = self.events().open_users();
        for users in users.chunks(USERS) {
            let mut values: Vec<Value> = vec![self.process().into(), now.into()];
            let names: Vec<String> = users
                .iter()
                .map(|user| {
                    values.push((*user).into());
                    format!("${}", values.len())
                })
                .collect();
            // Selects from existing users: an account may have been deleted in the meantime.
            let sql = format!(
                "INSERT INTO listeners (user_id, process_id, seen_at) SELECT id, $1, $2 FROM users WHERE id IN ({}) \
                 ON CONFLICT (user_id, process_id) DO UPDATE SET seen_at = excluded.seen_at",
                names.join(", ")
            );
            let written = Statement::from_sql_and_values(self.backend(), sql, values);
            self.db().execute_raw(written).await?;
        }
        let gone = Condition::all()
            .add(listener::Column::ProcessId.eq(self.process()))
            .add(listener::Column::SeenAt.lt(now));
        // Usually there is no such record, and the check costs no write.
        let any = listener::Entity::find().filter(gone.clone());
        if any.one(self.db()).await?.is_some() {
            listener::Entity::delete_many()
                .filter(gone)
                .exec(self.db())
                .await?;
        }
        Ok(())
    }

    /// Deletes the records of processes that no longer run, and returns their number.
    pub async fn forget_listeners(&self) -> Result<u64, Error> {
        self.prune_rows(
            "listeners",
            "user_id, process_id",
            "seen_at < $1",
            clock::now() - KEPT,
        )
        .await
    }
}

/// Returns true if the user may have a page open now.
pub(super) async fn may_have_page_open(
    db: &impl ConnectionTrait,
    owner: Owner,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let found = listener::Entity::find()
        .filter(listener::Column::UserId.eq(owner.id()))
        .filter(listener::Column::SeenAt.gt(now - RECENT))
        .one(db)
        .await?;
    Ok(found.is_some())
}
