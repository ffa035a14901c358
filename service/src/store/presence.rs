//! Users who listen to events, on whichever process: by this it is known whether anybody has the page open.
//!
//! Every process writes the users that listen there, again and again. So a user has a page open at a time exactly if a process has written so after
//! it; the last word of a process that is gone is before.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement, Value,
};

use super::entity::listener;
use super::{Owner, Store};
use crate::clock;
use crate::error::Error;

/// Time between two writings of the listeners of a process.
pub const WRITTEN_EVERY: std::time::Duration = std::time::Duration::from_secs(10);
/// Users who were written down so recently may be listening.
pub(super) const RECENT: TimeDelta = TimeDelta::seconds(30);
/// Clocks of processes differ by less.
pub(super) const APART: TimeDelta = TimeDelta::seconds(5);
/// After so long it is known whether somebody was listening at a time.
pub(super) const KNOWN_AFTER: TimeDelta = TimeDelta::seconds(30);
/// Rows of processes that are gone are kept so long.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// Users that one statement names.
const USERS: usize = 500;

impl Store {
    /// Writes down who listens to events of this process, and that all others do not.
    pub async fn write_listeners(&self) -> Result<(), Error> {
        let now = clock::now();
        let users = self.events().users();
        for users in users.chunks(USERS) {
            let mut values: Vec<Value> = vec![self.process().into(), now.into()];
            let names: Vec<String> = users
                .iter()
                .map(|user| {
                    values.push((*user).into());
                    format!("${}", values.len())
                })
                .collect();
            // Of users who are there: one may have been deleted since.
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
        // Mostly there is none, which costs no write.
        let any = listener::Entity::find().filter(gone.clone());
        if any.one(self.db()).await?.is_some() {
            listener::Entity::delete_many()
                .filter(gone)
                .exec(self.db())
                .await?;
        }
        Ok(())
    }

    /// Forgets what processes have written that are gone.
    pub async fn forget_listeners(&self) -> Result<u64, Error> {
        self.prune(
            "listeners",
            "user_id, process_id",
            "seen_at < $1",
            clock::now() - KEPT,
        )
        .await
    }
}

/// Says whether a user may have a page open now.
pub(super) async fn may_listen(
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
