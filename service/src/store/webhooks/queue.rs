//! The queue of deliveries to webhooks. One process at a time claims a webhook, and sends its deliveries in the order of the events.
//!
//! A claim is a lease that expires, so that another process continues if one fails. In that case, a receiver may get an event twice.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::tell::{DELIVERED, GIVEN_UP, WAITING};
use super::{DisabledReason, Receiver, to_receiver};
use crate::clock;
use crate::domain::webhook::{Event, KEPT, Subject};
use crate::error::Error;
use crate::store::Store;
use crate::store::entity::{webhook, webhook_delivery as delivery};

/// Duration of a claim, longer than a process works on one webhook before it claims it again.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A webhook that only this process sends to, until the lease expires.
#[derive(Debug)]
pub struct Claim {
    /// The webhook to send to, read again before each delivery.
    pub receiver: Receiver,
    /// Number of consecutive failed attempts, which decides about the next pause.
    pub failures: u32,
    lease: DateTime<Utc>,
}

/// A delivery that waits to be sent, the first one in the order of events.
#[derive(Debug)]
pub struct WaitingDelivery {
    /// Identifier of the delivery, which is the same for all of its attempts.
    pub id: Uuid,
    /// Type of the event; `None` for one that a later release added.
    pub event: Option<Event>,
    /// Revision of the user's data that the event belongs to.
    pub revision: i64,
    /// The notes or label that the event is about.
    pub subject: Subject,
    /// Time of the event, that is, of the write that caused it.
    pub occurred_at: DateTime<Utc>,
    /// Body of the request; `None` before the first attempt.
    pub payload: Option<String>,
}

/// The outcome of an attempt, as the user sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// HTTP status of the response; `None` without a response.
    pub status: Option<u16>,
    /// Reason why there was no response, as a stable word.
    pub failure: Option<&'static str>,
}

/// The consequence of a failed attempt for the webhook and the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureAction {
    /// Another attempt at this time.
    Retry(DateTime<Utc>),
    /// No further attempts: the webhook is disabled, and the delivery is given up.
    Disable(DisabledReason),
}

impl Store {
    /// Claims a webhook with waiting deliveries, of a user who is not in `busy`; `None` if nothing is due.
    pub async fn claim_webhook(&self, busy: &[Uuid]) -> Result<Option<Claim>, Error> {
        let backend = self.backend();
        let now = clock::now();
        let mut values: Vec<Value> = vec![now.into()];
        let mut others = String::new();
        if !busy.is_empty() {
            let places = (2..).take(busy.len()).map(|at| format!("${at}"));
            let places: Vec<_> = places.collect();
            others = format!(" AND w.user_id NOT IN ({})", places.join(", "));
            values.extend(busy.iter().map(|user| Value::from(*user)));
        }
        let due = format!(
            "SELECT w.id FROM webhooks w JOIN users u ON u.id = w.user_id WHERE w.due_at IS NOT NULL AND w.due_at <= $1 \
             AND u.disabled_at IS NULL{others} ORDER BY w.due_at LIMIT 1"
        );
        // Usually nothing is due, and the check saves a write, which would block other writers in SQLite.
        let any = Statement::from_sql_and_values(backend, due.as_str(), values.clone());
        if self.db().query_one_raw(any).await?.is_none() {
            return Ok(None);
        }
        let lock = match backend {
            DbBackend::Postgres => " FOR UPDATE OF w SKIP LOCKED",
            _ => "",
        };
        let lease = now + LEASE;
        values.push(lease.into());
        let text = format!(
            "UPDATE webhooks SET due_at = ${} WHERE id = ({due}{lock}) RETURNING *",
            values.len()
        );
        let claimed = Statement::from_sql_and_values(backend, text, values);
        let row = webhook::Entity::find()
            .from_raw_sql(claimed)
            .one(self.db())
            .await?;
        Ok(row.map(|row| Claim {
            failures: u32::try_from(row.failures).unwrap_or_default(),
            receiver: to_receiver(row),
            lease,
        }))
    }

    /// Returns the first waiting delivery, while the claim is valid. Reads the webhook again, because its user may have changed or disabled it:
    /// after the delivery, so that a change made before the event applies to it.
    pub async fn next_delivery(&self, claim: &mut Claim) -> Result<Option<WaitingDelivery>, Error> {
        let row = select_waiting(claim.receiver.webhook)
            .order_by_asc(delivery::Column::Revision)
            .order_by_asc(delivery::Column::Nth)
            .one(self.db())
            .await?;
        let hook = webhook::Entity::find_by_id(claim.receiver.webhook)
            .filter(webhook::Column::DueAt.eq(claim.lease))
            .one(self.db())
            .await?;
        let (Some(row), Some(hook)) = (row, hook) else {
            return Ok(None);
        };
        claim.receiver = to_receiver(hook);
        Ok(Some(WaitingDelivery {
            id: row.id,
            event: Event::from_db(row.event),
            revision: row.revision,
            subject: serde_json::from_str(&row.subject).map_err(Error::internal)?,
            occurred_at: row.occurred_at,
            payload: row.payload,
        }))
    }

    /// Stores the body of a delivery before its first attempt, so that every attempt sends the same.
    pub async fn store_payload(&self, delivery: Uuid, payload: &str) -> Result<(), Error> {
        delivery::Entity::update_many()
            .col_expr(delivery::Column::Payload, Expr::value(payload))
            .filter(delivery::Column::Id.eq(delivery))
            .exec(self.db())
            .await?;
        Ok(())
    }

    /// Records that the receiver accepted a delivery, and resets the number of failures.
    pub async fn record_success(
        &self,
        claim: &mut Claim,
        delivery: Uuid,
        attempt: Attempt,
    ) -> Result<(), Error> {
        update_delivery(self.db(), delivery, Some(DELIVERED), attempt).await?;
        if claim.failures > 0 {
            webhook::Entity::update_many()
                .col_expr(webhook::Column::Failures, Expr::value(0))
                .filter(webhook::Column::Id.eq(claim.receiver.webhook))
                .filter(webhook::Column::DueAt.eq(claim.lease))
                .exec(self.db())
                .await?;
            claim.failures = 0;
        }
        Ok(())
    }

    /// Records a failed attempt and its consequence, and ends the claim.
    pub async fn record_failure(
        &self,
        claim: &Claim,
        delivery: Uuid,
        attempt: Attempt,
        verdict: FailureAction,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let Some(hook) = lock_claimed(&tx, claim).await? else {
            // The lease has expired or the user has disabled the webhook: record the attempt only.
            update_delivery(&tx, delivery, None, attempt).await?;
            tx.commit().await?;
            return Ok(());
        };
        let now = clock::now();
        let change = webhook::Entity::update_many()
            .col_expr(
                webhook::Column::Failures,
                Expr::col(webhook::Column::Failures).add(1),
            )
            .filter(webhook::Column::Id.eq(hook));
        let (state, change) = match verdict {
            FailureAction::Retry(at) => (
                None,
                change.col_expr(webhook::Column::DueAt, Expr::value(at)),
            ),
            FailureAction::Disable(reason) => (
                Some(GIVEN_UP),
                change
                    .col_expr(webhook::Column::DueAt, Expr::value(None::<DateTime<Utc>>))
                    .col_expr(webhook::Column::DisabledAt, Expr::value(now))
                    .col_expr(
                        webhook::Column::DisabledReason,
                        Expr::value(reason.as_str()),
                    ),
            ),
        };
        update_delivery(&tx, delivery, state, attempt).await?;
        change.exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends a claim. The webhook is due again at once if deliveries wait. Deletes old finished deliveries.
    pub async fn release_webhook(&self, claim: &Claim) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let Some(hook) = lock_claimed(&tx, claim).await? else {
            return Ok(());
        };
        // Checked under the lock that every writer of deliveries takes first.
        let waits = select_waiting(hook).one(&tx).await?.is_some();
        let due = waits.then(clock::now);
        webhook::Entity::update_many()
            .col_expr(webhook::Column::DueAt, Expr::value(due))
            .filter(webhook::Column::Id.eq(hook))
            .exec(&tx)
            .await?;
        trim_finished(&tx, hook).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn select_waiting(hook: Uuid) -> sea_orm::Select<delivery::Entity> {
    delivery::Entity::find()
        .filter(delivery::Column::WebhookId.eq(hook))
        .filter(delivery::Column::State.eq(WAITING))
}

/// Locks the webhook, and returns its identifier while the claim is valid.
async fn lock_claimed(tx: &DatabaseTransaction, claim: &Claim) -> Result<Option<Uuid>, Error> {
    let row = webhook::Entity::find_by_id(claim.receiver.webhook)
        .filter(webhook::Column::DueAt.eq(claim.lease))
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.map(|row| row.id))
}

async fn update_delivery(
    db: &impl ConnectionTrait,
    delivery: Uuid,
    state: Option<i16>,
    attempt: Attempt,
) -> Result<(), Error> {
    let status = attempt.status.and_then(|status| i16::try_from(status).ok());
    let mut update = delivery::Entity::update_many();
    if let Some(state) = state {
        update = update.col_expr(delivery::Column::State, Expr::value(state));
    }
    update
        .col_expr(
            delivery::Column::Attempts,
            Expr::col(delivery::Column::Attempts).add(1),
        )
        .col_expr(delivery::Column::AttemptedAt, Expr::value(clock::now()))
        .col_expr(delivery::Column::Status, Expr::value(status))
        .col_expr(delivery::Column::Failure, Expr::value(attempt.failure))
        .filter(delivery::Column::Id.eq(delivery))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes finished deliveries except the latest ones, see [`KEPT`].
async fn trim_finished(tx: &DatabaseTransaction, hook: Uuid) -> Result<(), Error> {
    const SQL: &str = "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries \
         WHERE webhook_id = $1 AND state <> 0 ORDER BY revision DESC, nth DESC, id DESC LIMIT 2000 OFFSET $2)";
    let kept = i64::try_from(KEPT).unwrap_or(i64::MAX);
    let values = [hook.into(), kept.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), SQL, values);
    tx.execute_raw(statement).await?;
    Ok(())
}
