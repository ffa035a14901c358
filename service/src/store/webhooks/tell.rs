//! Deliveries of a write, within its transaction.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait as _, QueryFilter};

use super::Disabled;
use crate::clock;
use crate::domain::id;
use crate::domain::webhook::{Events, Happened, MOST_WAITING};
use crate::error::Error;
use crate::store::entity::{user, webhook, webhook_delivery as delivery};

/// Rows of one statement: far below the parameters that either database takes.
const ROWS: usize = 500;

/// States of deliveries in the database.
pub(super) const WAITING: i16 = 0;
pub(super) const DELIVERED: i16 = 1;
pub(super) const GIVEN_UP: i16 = 2;

/// Puts what happened into the transaction of the write that took this revision of the user, for each webhook that wants to hear of it. Costs nothing for users
/// without one, whose row says so.
pub(in crate::store) async fn tell(
    tx: &DatabaseTransaction,
    user: &user::Model,
    revision: i64,
    happened: &[Happened],
) -> Result<(), Error> {
    if user.webhook_count == 0 || happened.is_empty() {
        return Ok(());
    }
    let now = clock::now();
    let wanted: Events = happened.iter().map(|one| one.event).collect();
    let due = Func::coalesce([Expr::col(webhook::Column::DueAt), Expr::val(now)]);
    // Takes the lock of each: who is about to find that nothing waits waits for this transaction.
    let hooks = webhook::Entity::update_many()
        .col_expr(webhook::Column::DueAt, due.into())
        .filter(webhook::Column::UserId.eq(user.id))
        .filter(webhook::Column::DisabledAt.is_null())
        .filter(
            Expr::col(webhook::Column::Events)
                .bit_and(wanted.to_db())
                .ne(0),
        )
        .exec_with_returning(tx)
        .await?;
    let mut rows = Vec::new();
    let mut told = Vec::new();
    for hook in hooks {
        let events = Events::of_db(hook.events);
        for (nth, one) in (0..).zip(happened) {
            if !events.contains(one.event) {
                continue;
            }
            rows.push(delivery::ActiveModel {
                id: Set(id::new()),
                webhook_id: Set(hook.id),
                user_id: Set(user.id),
                event: Set(one.event.to_db()),
                revision: Set(revision),
                nth: Set(nth),
                subject: Set(serde_json::to_string(&one.subject).map_err(Error::internal)?),
                occurred_at: Set(now),
                state: Set(WAITING),
                attempts: Set(0),
                attempted_at: Set(None),
                status: Set(None),
                failure: Set(None),
                payload: Set(None),
            });
        }
        told.push(hook.id);
    }
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS));
        delivery::Entity::insert_many(std::mem::replace(&mut rows, rest))
            .exec_without_returning(tx)
            .await?;
    }
    for hook in told {
        bound(tx, hook).await?;
    }
    Ok(())
}

/// Switches a webhook off for which more waits than may.
async fn bound(tx: &DatabaseTransaction, hook: uuid::Uuid) -> Result<(), Error> {
    let waiting = delivery::Entity::find()
        .filter(delivery::Column::WebhookId.eq(hook))
        .filter(delivery::Column::State.eq(WAITING))
        .count(tx)
        .await?;
    if waiting <= MOST_WAITING {
        return Ok(());
    }
    webhook::Entity::update_many()
        .col_expr(webhook::Column::DisabledAt, Expr::value(clock::now()))
        .col_expr(
            webhook::Column::DisabledReason,
            Expr::value(Disabled::TooManyWaiting.as_str()),
        )
        .col_expr(
            webhook::Column::DueAt,
            Expr::value(None::<chrono::DateTime<chrono::Utc>>),
        )
        .filter(webhook::Column::Id.eq(hook))
        .exec(tx)
        .await?;
    Ok(())
}
