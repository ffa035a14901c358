//! Firing reminders that are due, and what a series has next.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::entity::note;
use super::sharing::Affected;
use super::{Owner, Store, deliveries, notes, revision, webhooks};
use crate::clock;
use crate::domain::note::Place;
use crate::domain::reminder::Reminder;
use crate::domain::webhook::{Event, Happened};
use crate::error::Error;

/// Reminders of one piece, which are told to the user's devices at once.
const AT_ONCE: u64 = 100;

/// Series of one piece that are taken up.
const SERIES: usize = 500;

/// A note that is due.
struct Due {
    id: Uuid,
    is_shared: bool,
    reminder: Reminder,
}

impl Store {
    /// Fires reminders of one user that are due, in a revision of their own, and tells those who listen. A note in the trash does not remind. A
    /// series goes on with the next time that is still to come: it reminds once, however many times have passed.
    pub async fn fire_reminders(&self) -> Result<u64, Error> {
        // The first two conditions are those of the index, spelled out for SQLite.
        const DUE: &str = "SELECT user_id FROM notes WHERE reminder_at IS NOT NULL AND reminder_fired_at IS NULL \
                           AND reminder_at <= $1 AND place <> 2 ORDER BY reminder_at LIMIT 100";
        let now = clock::now();
        let Some((tx, owner)) = self.lock_due(DUE, now).await? else {
            return Ok(0);
        };
        let due = due(&tx, owner, now).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let user = revision::next(&tx, owner).await?;
        let revision = user.revision;
        let fires = |one: &Due| Happened::about_note(Event::ReminderFired, one.id);
        let fires: Vec<_> = due.iter().map(fires).collect();
        webhooks::tell(&tx, &user, revision, &fires).await?;
        let mut alone = Vec::new();
        for one in &due {
            let next = one.reminder.fired(now);
            if one.reminder.recurrence.is_none() {
                alone.push(one.id);
            } else {
                go_on(&tx, one, next, revision, now).await?;
            }
        }
        if !alone.is_empty() {
            note::Entity::update_many()
                .col_expr(note::Column::ReminderFiredAt, Expr::value(now))
                .col_expr(note::Column::ReminderFiredSeq, Expr::value(revision))
                // Not another version: what a device is about to write is still about what it has read.
                .col_expr(note::Column::ChangeSeq, Expr::value(revision))
                .filter(note::Column::UserId.eq(owner.id()))
                .filter(note::Column::Id.is_in(alone))
                .exec(&tx)
                .await?;
        }
        let told = due
            .iter()
            .map(|one| (one.id, one.reminder.at.unwrap_or(now)));
        deliveries::plan(&tx, owner, revision, told.collect(), now).await?;
        // A series that goes on gives its note another version.
        let series = due
            .iter()
            .filter(|one| one.reminder.recurrence.is_some())
            .map(|one| (one.id, one.is_shared));
        let (_, affected) = Affected::among(series.collect());
        let recipients = affected.announce(&tx, owner).await?;
        self.commit_shared(tx, owner, revision, recipients).await?;
        Ok(due.len() as u64)
    }

    /// Takes up series whose last reminder a process of the release before has fired, which does not know what comes next. They remind of that
    /// time once more, and go on.
    pub async fn take_up_series(&self) -> Result<u64, Error> {
        let left: Vec<(Uuid, Option<String>)> = note::Entity::find()
            .select_only()
            .columns([note::Column::Id, note::Column::ReminderRecurrence])
            .filter(note::Column::ReminderRecurrence.is_not_null())
            .filter(note::Column::ReminderFiredAt.is_not_null())
            .into_tuple()
            .all(self.db())
            .await?;
        // What a later release wrote, and this one cannot read, would remind for ever.
        let known = left
            .into_iter()
            .filter(|(_, series)| notes::series(series.as_deref()).is_some())
            .map(|(id, _)| id)
            .take(SERIES)
            .collect::<Vec<_>>();
        if known.is_empty() {
            return Ok(0);
        }
        let taken = note::Entity::update_many()
            .col_expr(
                note::Column::ReminderFiredAt,
                Expr::value(None::<DateTime<Utc>>),
            )
            .filter(note::Column::Id.is_in(known))
            .filter(note::Column::ReminderFiredAt.is_not_null())
            .exec(self.db())
            .await?;
        Ok(taken.rows_affected)
    }
}

/// The notes of a user that are due, the earliest first.
async fn due(
    tx: &impl ConnectionTrait,
    owner: Owner,
    now: DateTime<Utc>,
) -> Result<Vec<Due>, Error> {
    let rows: Vec<(Uuid, DateTime<Utc>, Option<String>, bool)> = note::Entity::find()
        .select_only()
        .columns([
            note::Column::Id,
            note::Column::ReminderAt,
            note::Column::ReminderRecurrence,
            note::Column::IsShared,
        ])
        .filter(note::Column::UserId.eq(owner.id()))
        .filter(note::Column::ReminderAt.lte(now))
        .filter(note::Column::ReminderFiredAt.is_null())
        .filter(note::Column::Place.ne(Place::Trash.to_db()))
        .order_by_asc(note::Column::ReminderAt)
        .limit(AT_ONCE)
        .into_tuple()
        .all(tx)
        .await?;
    let due = rows.into_iter().map(|(id, at, series, is_shared)| Due {
        id,
        is_shared,
        reminder: Reminder {
            at: Some(at),
            recurrence: notes::series(series.as_deref()),
        },
    });
    Ok(due.collect())
}

/// Writes what a series has next. It is another version: who has read the time before would write it back.
async fn go_on(
    tx: &DatabaseTransaction,
    one: &Due,
    next: Reminder,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let is_over = next.recurrence.is_none();
    let row = note::ActiveModel {
        reminder_at: Set(next.at),
        reminder_fired_at: Set(is_over.then_some(now)),
        reminder_fired_seq: Set(Some(revision)),
        reminder_fired_for: Set(one.reminder.at),
        reminder_recurrence: Set(next.recurrence.map(|series| series.to_string())),
        change_seq: Set(revision),
        ..<note::ActiveModel as sea_orm::ActiveModelTrait>::default()
    };
    note::Entity::update_many()
        .set(row)
        .col_expr(
            note::Column::Version,
            Expr::col(note::Column::Version).add(1),
        )
        .filter(note::Column::Id.eq(one.id))
        .exec(tx)
        .await?;
    Ok(())
}
