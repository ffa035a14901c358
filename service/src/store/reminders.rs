//! Firing of due reminders, and the next occurrence of a series.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::entity::note;
use super::sharing::AffectedShares;
use super::{Owner, Store, deliveries, notes, revision, webhooks};
use crate::clock;
use crate::domain::note::Place;
use crate::domain::reminder::Reminder;
use crate::domain::webhook::{Event, OccurredEvent};
use crate::error::Error;

/// Maximum number of reminders in one transaction, which the user's devices receive at once.
const AT_ONCE: u64 = 100;

/// Maximum number of series to resume in one transaction.
const SERIES: usize = 500;

/// A note whose reminder is due.
struct Due {
    id: Uuid,
    is_shared: bool,
    reminder: Reminder,
}

impl Store {
    /// Fires the due reminders of one user in a revision of their own, and notifies open event streams. Returns their number. Notes in the trash are
    /// skipped. A series continues with the next future occurrence; missed occurrences fire once together.
    pub async fn fire_reminders(&self) -> Result<u64, Error> {
        // The first two conditions repeat those of the partial index, which SQLite needs in order to use it.
        const DUE: &str = "SELECT user_id FROM notes WHERE reminder_at IS NOT NULL AND reminder_fired_at IS NULL \
                           AND reminder_at <= $1 AND place <> 2 ORDER BY reminder_at LIMIT 100";
        let now = clock::now();
        let Some((tx, owner)) = self.lock_due(DUE, now).await? else {
            return Ok(0);
        };
        let due = list_due_notes(&tx, owner, now).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let user = revision::take_next(&tx, owner).await?;
        let revision = user.revision;
        let fires = |one: &Due| OccurredEvent::about_note(Event::ReminderFired, one.id);
        let fires: Vec<_> = due.iter().map(fires).collect();
        webhooks::insert_deliveries(&tx, &user, revision, &fires).await?;
        let mut alone = Vec::new();
        for one in &due {
            let next = one.reminder.advance_after(now);
            if one.reminder.recurrence.is_none() {
                alone.push(one.id);
            } else {
                advance_series(&tx, one, next, revision, now).await?;
            }
        }
        if !alone.is_empty() {
            note::Entity::update_many()
                .col_expr(note::Column::ReminderFiredAt, Expr::value(now))
                .col_expr(note::Column::ReminderFiredSeq, Expr::value(revision))
                // The version stays: a device that writes the note has not missed a change to its content.
                .col_expr(note::Column::ChangeSeq, Expr::value(revision))
                .filter(note::Column::UserId.eq(owner.id()))
                .filter(note::Column::Id.is_in(alone))
                .exec(&tx)
                .await?;
        }
        let told = due
            .iter()
            .map(|one| (one.id, one.reminder.at.unwrap_or(now)));
        deliveries::plan_deliveries(&tx, owner, revision, told.collect(), now).await?;
        // A series that continues gives its note a new version.
        let series = due
            .iter()
            .filter(|one| one.reminder.recurrence.is_some())
            .map(|one| (one.id, one.is_shared));
        let (_, affected) = AffectedShares::split_shared(series.collect());
        let recipients = affected.insert_for_recipients(&tx, owner).await?;
        self.commit_shared(tx, owner, revision, recipients).await?;
        Ok(due.len() as u64)
    }

    /// Resumes series that a process of an earlier release has fired, which does not compute the next occurrence. They fire for the same time once
    /// more, and continue.
    pub async fn resume_series(&self) -> Result<u64, Error> {
        let left: Vec<(Uuid, Option<String>)> = note::Entity::find()
            .select_only()
            .columns([note::Column::Id, note::Column::ReminderRecurrence])
            .filter(note::Column::ReminderRecurrence.is_not_null())
            .filter(note::Column::ReminderFiredAt.is_not_null())
            .into_tuple()
            .all(self.db())
            .await?;
        // A series in a form that this release cannot parse would fire forever.
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

/// Returns the notes of a user whose reminders are due, earliest first.
async fn list_due_notes(
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

/// Writes the next occurrence of a series, with a new version: a device that has read the earlier time would otherwise write it back.
async fn advance_series(
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
