//! Deliveries as the user of a webhook sees them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::queue::LEASE;
use super::tell::{DELIVERED, WAITING};
use super::{find, lock};
use crate::clock;
use crate::domain::webhook::Event;
use crate::error::{Code, Error};
use crate::store::entity::{webhook, webhook_delivery as delivery};
use crate::store::{Owner, Store};

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be sent, for the first time or again.
    Waiting,
    /// The receiver has taken it.
    Delivered,
    /// Nothing of it is sent any more.
    GivenUp,
}

impl DeliveryState {
    fn of_db(number: i16) -> Self {
        match number {
            WAITING => Self::Waiting,
            DELIVERED => Self::Delivered,
            _ => Self::GivenUp,
        }
    }
}

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier, which is sent as `webhook-id`.
    pub id: Uuid,
    /// The kind of the event, if this release knows it.
    pub event: Option<Event>,
    /// The revision that the event belongs to.
    pub revision: i64,
    /// The time of the event.
    pub occurred_at: DateTime<Utc>,
    /// Its state.
    pub state: DeliveryState,
    /// Attempts so far.
    pub attempts: u32,
    /// The time of the last one.
    pub attempted_at: Option<DateTime<Utc>>,
    /// The status that the receiver has answered then.
    pub status: Option<u16>,
    /// A word for why there was no answer.
    pub failure: Option<String>,
}

/// The key of the last delivery of a page. Names are short because they travel in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryCursor {
    /// Its revision.
    pub r: i64,
    /// Its place in it.
    pub n: i32,
}

/// A page of deliveries.
#[derive(Debug)]
pub struct DeliveryPage {
    /// The deliveries, those of the latest events first.
    pub deliveries: Vec<Delivery>,
    /// The beginning of the next page, if there is one.
    pub next: Option<DeliveryCursor>,
}

impl Store {
    /// Deliveries of a webhook.
    pub async fn deliveries(
        &self,
        owner: Owner,
        hook: Uuid,
        limit: u16,
        after: Option<DeliveryCursor>,
    ) -> Result<DeliveryPage, Error> {
        find(self.db(), owner, hook).await?;
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

    /// Has a delivery sent at once, whatever became of it.
    pub async fn redeliver(
        &self,
        owner: Owner,
        hook: Uuid,
        delivery: Uuid,
    ) -> Result<Delivery, Error> {
        let tx = self.write().await?;
        let row = lock(&tx, owner, hook).await?;
        if row.disabled_at.is_some() {
            return Err(Error::new(Code::Conflict)
                .detail("the webhook is switched off; switch it on with `enabled` first"));
        }
        find_delivery(&tx, owner, hook, delivery).await?;
        let rows = delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(WAITING))
            .filter(delivery::Column::Id.eq(delivery))
            .exec_with_returning(&tx)
            .await?;
        // A process that is at it goes on, and finds it next; a pause before the next attempt ends.
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

    /// Deletes a delivery: one that waits is not sent, and those behind it go on.
    pub async fn delete_delivery(
        &self,
        owner: Owner,
        hook: Uuid,
        delivery: Uuid,
    ) -> Result<(), Error> {
        let tx = self.write().await?;
        lock(&tx, owner, hook).await?;
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
            event: Event::of_db(row.event),
            revision: row.revision,
            occurred_at: row.occurred_at,
            state: DeliveryState::of_db(row.state),
            attempts: u32::try_from(row.attempts).unwrap_or_default(),
            attempted_at: row.attempted_at,
            status: row.status.and_then(|status| u16::try_from(status).ok()),
            failure: row.failure,
        }
    }
}
