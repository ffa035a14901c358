//! Deliveries of reminders to browsers and email addresses. They are written in the transaction that fires the reminder, and attempted until they
//! succeed or are too old.
//!
//! A process claims an attempt by moving the time of the next attempt forward, so no other process makes the same one. If the process fails, the next
//! attempt follows at that time. Each reminder is thus delivered at least once, and each attempt is made by one process.

mod look;
mod plan;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Statement,
    Value,
};
use uuid::Uuid;

use super::entity::delivery;
use super::{Store, presence, push, upkeep};
use crate::clock;
use crate::error::Error;
use crate::push::Browser;

pub(super) use plan::plan_deliveries;

/// Time for one attempt. After it, the attempt counts as failed.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Age from which the service drops a reminder instead of delivering it.
pub const LIFETIME: TimeDelta = TimeDelta::hours(12);
/// Maximum number of attempts for one delivery, after which it is dropped.
pub const ATTEMPTS: i16 = 8;
/// Maximum number of deliveries of one user in a claim, so that one user does not delay others.
const OF_USER: i64 = 2;
/// Retention of deliveries that no process has attempted.
const KEPT: TimeDelta = TimeDelta::days(2);

/// An attempt that this process has claimed, and no other process makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Identifier of the delivery, a UUID of version 7.
    pub id: Uuid,
    /// The user whose reminder is delivered, for fairness between users.
    pub user: Uuid,
    /// Number of the attempt, from 1, which decides about the next pause.
    pub attempt: i16,
}

/// A delivery with everything that an attempt needs, read just before it.
#[derive(Debug)]
pub struct PreparedDelivery {
    /// The note that the reminder belongs to, which the message links to.
    pub note: Uuid,
    /// Title of the note; `None` if the user's settings hide titles.
    pub title: Option<String>,
    /// Time for which the reminder was set, as the message states it.
    pub reminder_at: DateTime<Utc>,
    /// Time at which the reminder fired, from which its age counts.
    pub fired_at: DateTime<Utc>,
    /// Destination of the delivery: a browser or an email address.
    pub to: Destination,
}

/// The destination of a delivery, with the data needed to reach it.
#[derive(Debug)]
pub enum Destination {
    /// A browser with a push subscription of the user.
    Browser(Browser),
    /// The email address of the user.
    Address {
        /// Verified email address.
        email: String,
        /// Username, for the greeting.
        username: String,
        /// Key of the link in the message that turns off reminders by email.
        unsubscribe_key: Vec<u8>,
    },
}

/// The decision about a claimed delivery: attempt it, or drop it.
#[derive(Debug)]
pub enum DeliveryDecision {
    /// Attempt the delivery with this content.
    Attempt(Box<PreparedDelivery>),
    /// Drop the delivery, for this reason: `old`, `trashed`, `open`, `off` or `nowhere`.
    Drop(&'static str),
}

impl Store {
    /// Claims up to `most` due attempts, at most two of each user and none of the users in `busy`.
    pub async fn claim_deliveries(&self, most: u64, busy: &[Uuid]) -> Result<Vec<Claim>, Error> {
        let now = clock::now();
        let any = delivery::Entity::find()
            .select_only()
            .column(delivery::Column::Id)
            .filter(delivery::Column::DueAt.lte(now))
            .into_tuple::<Uuid>()
            .one(self.db())
            .await?;
        // Usually nothing is due, and the check costs no write.
        if any.is_none() {
            return Ok(Vec::new());
        }
        let mut values: Vec<Value> = vec![
            now.into(),
            (now + LEASE).into(),
            i64::try_from(most).unwrap_or(i64::MAX).into(),
        ];
        let busy: Vec<String> = busy
            .iter()
            .map(|user| {
                values.push((*user).into());
                format!("${}", values.len())
            })
            .collect();
        let others = if busy.is_empty() {
            String::new()
        } else {
            format!(" AND user_id NOT IN ({})", busy.join(", "))
        };
        let lock = upkeep::skip_locked(self.backend());
        let sql = format!(
            "UPDATE deliveries SET attempts = attempts + 1, due_at = $2 WHERE id IN (\
                SELECT id FROM deliveries WHERE due_at <= $1 AND id IN (\
                    SELECT id FROM (\
                        SELECT id, due_at, row_number() OVER (PARTITION BY user_id ORDER BY due_at, id) AS nth \
                          FROM deliveries WHERE due_at <= $1{others}) AS due \
                     WHERE nth <= {OF_USER} ORDER BY due_at LIMIT $3) {lock}) \
             RETURNING id, user_id, attempts"
        );
        let claimed = Statement::from_sql_and_values(self.backend(), sql, values);
        let rows = self.db().query_all_raw(claimed).await?;
        rows.iter()
            .map(|row| {
                Ok(Claim {
                    id: row.try_get_by_index(0)?,
                    user: row.try_get_by_index(1)?,
                    attempt: row.try_get_by_index(2)?,
                })
            })
            .collect()
    }

    /// Returns everything that an attempt needs, or the reason to drop it; `None` if the delivery, note, user or browser no longer exists.
    pub async fn prepare_delivery(&self, claim: &Claim) -> Result<Option<DeliveryDecision>, Error> {
        const SQL: &str = "SELECT d.note_id, n.title, d.reminder_at, d.fired_at, d.unless_open, n.place, d.subscription_id, \
                s.endpoint, s.p256dh, s.auth, e.expires_at, u.email, u.email_verified_at, u.disabled_at, u.username, \
                r.push, r.mail, r.shows_title, r.unsubscribe_key, \
                EXISTS (SELECT 1 FROM listeners l WHERE l.user_id = d.user_id AND l.seen_at >= $2) AS listened \
             FROM deliveries d JOIN notes n ON n.id = d.note_id JOIN users u ON u.id = d.user_id \
             LEFT JOIN push_subscriptions s ON s.id = d.subscription_id LEFT JOIN sessions e ON e.id = s.session_id \
             LEFT JOIN reminder_settings r ON r.user_id = d.user_id WHERE d.id = $1";
        let fired: Option<DateTime<Utc>> = delivery::Entity::find_by_id(claim.id)
            .select_only()
            .column(delivery::Column::FiredAt)
            .into_tuple()
            .one(self.db())
            .await?;
        let Some(fired) = fired else {
            return Ok(None);
        };
        let values = [claim.id.into(), (fired + presence::APART).into()];
        let found = Statement::from_sql_and_values(self.backend(), SQL, values);
        match self.db().query_one_raw(found).await? {
            Some(row) => Ok(Some(look::decide_delivery(&row)?)),
            None => Ok(None),
        }
    }

    /// Deletes a delivery that succeeded or is not to be attempted again.
    pub async fn end_delivery(&self, claim: &Claim) -> Result<(), Error> {
        delivery::Entity::delete_by_id(claim.id)
            .exec(self.db())
            .await?;
        Ok(())
    }

    /// Records on the push subscription that its push service accepted a message, and deletes the delivery.
    pub async fn record_delivered(&self, claim: &Claim) -> Result<(), Error> {
        const SQL: &str = "UPDATE push_subscriptions SET delivered_at = $2 WHERE id = \
                           (SELECT subscription_id FROM deliveries WHERE id = $1)";
        let values = [claim.id.into(), clock::now().into()];
        let noted = Statement::from_sql_and_values(self.backend(), SQL, values);
        self.db().execute_raw(noted).await?;
        self.end_delivery(claim).await
    }

    /// Postpones the next attempt to `until`, and with it all earlier attempts to the same destination, so that an unresponsive one is not contacted
    /// for each.
    pub async fn postpone_delivery(
        &self,
        claim: &Claim,
        until: DateTime<Utc>,
    ) -> Result<(), Error> {
        const OTHERS: &str = "UPDATE deliveries SET due_at = $2 WHERE due_at < $2 AND target = \
                              (SELECT target FROM deliveries WHERE id = $1)";
        let values = [claim.id.into(), until.into()];
        let postponed = Statement::from_sql_and_values(self.backend(), OTHERS, values);
        self.db().execute_raw(postponed).await?;
        // Only the claimed attempt: after the lease, another process may have begun the next one.
        delivery::Entity::update_many()
            .col_expr(delivery::Column::DueAt, Expr::value(until))
            .filter(delivery::Column::Id.eq(claim.id))
            .filter(delivery::Column::Attempts.eq(claim.attempt))
            .exec(self.db())
            .await?;
        Ok(())
    }

    /// Deletes the push subscription of a delivery, with all deliveries to it.
    pub async fn forget_browser(&self, claim: &Claim) -> Result<(), Error> {
        let row = delivery::Entity::find_by_id(claim.id)
            .one(self.db())
            .await?;
        if let Some(browser) = row.and_then(|row| row.subscription_id) {
            push::forget_subscription(self.db(), browser).await?;
        }
        Ok(())
    }

    /// Deletes deliveries that no process has attempted within two days, for installations where none delivers. Returns their number.
    pub async fn forget_deliveries(&self) -> Result<u64, Error> {
        self.prune_rows("deliveries", "id", "fired_at < $1", clock::now() - KEPT)
            .await
    }

    /// Returns the number of deliveries whose next attempt is overdue by more than `by`.
    pub async fn late_deliveries(&self, by: TimeDelta) -> Result<u64, Error> {
        let late = delivery::Column::DueAt.lt(clock::now() - by);
        Ok(delivery::Entity::find()
            .filter(late)
            .count(self.db())
            .await?)
    }
}
