//! Creation of deliveries within the transaction of the write they report.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait as _, QueryFilter};

use super::DisabledReason;
use crate::clock;
use crate::domain::id;
use crate::domain::webhook::{Events, MOST_WAITING, OccurredEvent};
use crate::error::Error;
use crate::store::entity::{user, webhook, webhook_delivery as delivery};

/// Number of rows per statement, far below the limit of parameters of either database.
const ROWS: usize = 500;

/// States of deliveries, as the database stores them.
pub(super) const WAITING: i16 = 0;
pub(super) const DELIVERED: i16 = 1;
pub(super) const GIVEN_UP: i16 = 2;

/// Inserts deliveries for the events of a write, in its transaction with this revision, for each webhook that selects them. Runs no query for users
/// without webhooks, as their row shows.
pub(in crate::store) async fn insert_deliveries(
    tx: &DatabaseTransaction,
    user: &user::Model,
    revision: i64,
    happened: &[OccurredEvent],
) -> Result<(), Error> {
    if user.webhook_count == 0 || happened.is_empty() {
        return Ok(());
    }
    let now = clock::now();
    let wanted: Events = happened.iter().map(|one| one.event).collect();
    let due = Func::coalesce([Expr::col(webhook::Column::DueAt), Expr::val(now)]);
    // Locks each webhook: a process that checks for waiting deliveries waits for this transaction.
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
        let events = Events::from_db(hook.events);
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
        disable_if_overfull(tx, hook).await?;
    }
    Ok(())
}

/// Disables a webhook with more waiting deliveries than [`MOST_WAITING`].
async fn disable_if_overfull(tx: &DatabaseTransaction, hook: uuid::Uuid) -> Result<(), Error> {
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
            Expr::value(DisabledReason::TooManyWaiting.as_str()),
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
