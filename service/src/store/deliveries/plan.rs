//! Planning of deliveries for fired reminders, within the transaction that fires them.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::domain::id;
use crate::error::Error;
use crate::store::entity::{delivery, push_subscription, session};
use crate::store::reminder_settings::{self, DeliveryMode};
use crate::store::{Owner, presence};

/// Maximum number of waiting deliveries of one user. Reminders beyond it reach the user by events only, and do not flood push services.
const WAITING: u64 = 1_000;
/// Number of rows per statement.
const CHUNK: usize = 500;

/// Writes the deliveries for reminders of a user that fire in this revision: one for each browser and address that the settings choose.
pub(in crate::store) async fn plan_deliveries(
    tx: &impl ConnectionTrait,
    owner: Owner,
    revision: i64,
    fired: Vec<(Uuid, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let settings = reminder_settings::load_settings(tx, owner).await?;
    let mut to: Vec<(Option<Uuid>, DeliveryMode)> = Vec::new();
    if settings.push != DeliveryMode::Off {
        to.extend(
            list_active_browsers(tx, owner, now)
                .await?
                .into_iter()
                .map(|browser| (Some(browser), settings.push)),
        );
    }
    if settings.mail != DeliveryMode::Off {
        to.push((None, settings.mail));
    }
    if to.is_empty() {
        return Ok(());
    }
    let waiting = delivery::Entity::find()
        .filter(delivery::Column::UserId.eq(owner.id()))
        .count(tx)
        .await?;
    let room = usize::try_from(WAITING.saturating_sub(waiting)).unwrap_or_default();
    let listens = presence::may_have_page_open(tx, owner, now).await?;
    let mut rows: Vec<delivery::ActiveModel> = Vec::with_capacity(fired.len() * to.len());
    for (note, at) in fired {
        for (subscription, when) in &to {
            let unless_open = *when == DeliveryMode::Away;
            // The user may be present: wait until that is known.
            let due = if unless_open && listens {
                now + presence::KNOWN_AFTER
            } else {
                now
            };
            rows.push(delivery::ActiveModel {
                id: Set(id::new()),
                user_id: Set(owner.id()),
                note_id: Set(note),
                subscription_id: Set(*subscription),
                target: Set(subscription.unwrap_or(owner.id())),
                revision: Set(revision),
                reminder_at: Set(at),
                fired_at: Set(now),
                unless_open: Set(unless_open),
                attempts: Set(0),
                due_at: Set(due),
            });
        }
    }
    let once = OnConflict::columns([
        delivery::Column::NoteId,
        delivery::Column::Revision,
        delivery::Column::Target,
    ])
    .do_nothing()
    .to_owned();
    if rows.len() > room {
        tracing::warn!("reminders are not delivered: the queue of one user is full");
        rows.truncate(room);
    }
    while !rows.is_empty() {
        let later = rows.split_off(rows.len().min(CHUNK));
        delivery::Entity::insert_many(rows)
            .on_conflict(once.clone())
            .exec_without_returning(tx)
            .await?;
        rows = later;
    }
    Ok(())
}

/// Returns the push subscriptions of a user's browsers whose sessions have not expired.
async fn list_active_browsers(
    tx: &impl ConnectionTrait,
    owner: Owner,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, Error> {
    let sessions = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::UserId.eq(owner.id()))
        .filter(session::Column::ExpiresAt.gt(now))
        .into_tuple::<Uuid>()
        .all(tx)
        .await?;
    Ok(push_subscription::Entity::find()
        .select_only()
        .column(push_subscription::Column::Id)
        .filter(push_subscription::Column::UserId.eq(owner.id()))
        .filter(push_subscription::Column::SessionId.is_in(sessions))
        .into_tuple()
        .all(tx)
        .await?)
}
