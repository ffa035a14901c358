//! Deliveries to a webhook, as its user sees them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::queue::LEASE;
use super::tell::{DELIVERED, WAITING};
use super::{find_webhook, lock_webhook};
use crate::clock;
use crate::domain::webhook::Event;
use crate::error::{Code, Error};
use crate::store::entity::{webhook, webhook_delivery as delivery};
use crate::store::{Owner, Store};

/// The state of a delivery, between its event and its last attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits for its first attempt, or for another one.
    Waiting,
    /// Accepted by the receiver.
    Delivered,
    /// Given up; there are no further attempts.
    GivenUp,
}

impl DeliveryState {
    fn from_db(number: i16) -> Self {
        match number {
            WAITING => Self::Waiting,
            DELIVERED => Self::Delivered,
            _ => Self::GivenUp,
        }
    }
}

/// A delivery of one event to a webhook, with the outcome of its last attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Identifier of the delivery, sent in the header `webhook-id`.
    pub id: Uuid,
    /// Type of the event; `None` for one that a later release added.
    pub event: Option<Event>,
    /// Revision of the user's data that the event belongs to.
    pub revision: i64,
    /// Time of the event, that is, of the write that caused it.
    pub occurred_at: DateTime<Utc>,
    /// State of the delivery: waiting, delivered or given up.
    pub state: DeliveryState,
    /// Number of attempts so far, including failed ones.
    pub attempts: u32,
    /// Time of the last attempt; `None` before the first.
    pub attempted_at: Option<DateTime<Utc>>,
    /// HTTP status of the response to the last attempt; `None` without a response.
    pub status: Option<u16>,
    /// Reason why the last attempt got no response, as a stable word.
    pub failure: Option<String>,
}

/// The position after the last delivery of a page. Field names are short, because cursors travel in URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryCursor {
    /// Revision of the last delivery on the page.
    pub r: i64,
    /// Number of the last delivery on the page within its revision.
    pub n: i32,
}

/// A page of the deliveries of a webhook, with the cursor of the next one.
#[derive(Debug)]
pub struct DeliveryPage {
    /// Deliveries of the page, those of the latest events first.
    pub deliveries: Vec<Delivery>,
    /// Cursor of the next page; `None` on the last page.
    pub next: Option<DeliveryCursor>,
}

impl Store {
    /// Returns a page of the deliveries of a webhook.
    ///
    /// # Errors
    ///
    /// `not_found` for a webhook that does not exist or belongs to another user.
    pub async fn list_deliveries(
        &self,
        owner: Owner,
        hook: Uuid,
        limit: u16,
        after: Option<DeliveryCursor>,
    ) -> Result<DeliveryPage, Error> {
        find_webhook(self.db(), owner, hook).await?;
        let mut query = delivery::Entity::find()
            .filter(delivery::Column::WebhookId.eq(hook))
            .filter(delivery::Column::UserId.eq(owner.id()));
        if let Some(after) = after {
            let key = Expr::tuple([
                Expr::col(delivery::Column::Revision),
                Expr::col(delivery::Column::Nth),
            ]);
            let end = Expr::tuple([Expr::val(after.r), Expr::val(after.n)]);
            query = query.filter(key.lt(end));
        }
        let mut rows = query
            .order_by_desc(delivery::Column::Revision)
            .order_by_desc(delivery::Column::Nth)
            .limit(u64::from(limit) + 1)
            .all(self.db())
            .await?;
        let more = rows.len() > usize::from(limit);
        rows.truncate(limit.into());
        let next = rows.last().filter(|_| more).map(|row| DeliveryCursor {
            r: row.revision,
            n: row.nth,
        });
        Ok(DeliveryPage {
            deliveries: rows.into_iter().map(Delivery::from).collect(),
            next,
        })
    }

    /// Schedules a delivery for an immediate attempt, in any state.
    ///
    /// # Errors
    ///
    /// `conflict` for a disabled webhook, `not_found` for an unknown delivery.
    pub async fn schedule_redelivery(
        &self,
        owner: Owner,
        hook: Uuid,
        delivery: Uuid,
    ) -> Result<Delivery, Error> {
        let tx = self.begin_write().await?;
        let row = lock_webhook(&tx, owner, hook).await?;
        if row.disabled_at.is_some() {
            return Err(Error::new(Code::Conflict)
                .detail("the webhook is disabled; enable it with `enabled` first"));
        }
        find_delivery(&tx, owner, hook, delivery).await?;
        let rows = delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(WAITING))
            .filter(delivery::Column::Id.eq(delivery))
            .exec_with_returning(&tx)
            .await?;
        // A process that holds the claim finds the delivery next. A pause before the next attempt ends.
        let due = row.due_at.filter(|at| *at <= clock::now() + LEASE);
        webhook::Entity::update_many()
            .col_expr(
                webhook::Column::DueAt,
                Expr::value(due.unwrap_or_else(clock::now)),
            )
            .filter(webhook::Column::Id.eq(hook))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        let row = rows.into_iter().next();
        row.map(Delivery::from)
            .ok_or_else(|| Error::not_found("delivery"))
    }

    /// Deletes a delivery. One that waits is not sent, and later ones continue.
    pub async fn delete_delivery(
        &self,
        owner: Owner,
        hook: Uuid,
        delivery: Uuid,
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        lock_webhook(&tx, owner, hook).await?;
        find_delivery(&tx, owner, hook, delivery).await?;
        delivery::Entity::delete_by_id(delivery).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn find_delivery(
    tx: &DatabaseTransaction,
    owner: Owner,
    hook: Uuid,
    delivery: Uuid,
) -> Result<delivery::Model, Error> {
    delivery::Entity::find_by_id(delivery)
        .filter(delivery::Column::WebhookId.eq(hook))
        .filter(delivery::Column::UserId.eq(owner.id()))
        .one(tx)
        .await?
        .ok_or_else(|| Error::not_found("delivery"))
}

impl From<delivery::Model> for Delivery {
    fn from(row: delivery::Model) -> Self {
        Self {
            id: row.id,
            event: Event::from_db(row.event),
            revision: row.revision,
            occurred_at: row.occurred_at,
            state: DeliveryState::from_db(row.state),
            attempts: u32::try_from(row.attempts).unwrap_or_default(),
            attempted_at: row.attempted_at,
            status: row.status.and_then(|status| u16::try_from(status).ok()),
            failure: row.failure,
        }
    }
}
