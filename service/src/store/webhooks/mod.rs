//! Webhooks of a user: URLs that receive events about the user's data.
//!
//! A write inserts deliveries for interested webhooks in its own transaction (`tell`), so neither happens without the other. Any process sends them
//! later (`queue`).

mod deliveries;
mod queue;
mod tell;

pub use deliveries::{Delivery, DeliveryCursor, DeliveryPage, DeliveryState};
pub use queue::{Attempt, Claim, Verdict, Waiting};
pub(in crate::store) use tell::tell;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entity::{user, webhook};
use super::{Expected, Owner, Store, users};
use crate::auth::signature::Secret;
use crate::clock;
use crate::domain::id;
use crate::domain::webhook::{Events, MOST, OVERLAP_HOURS};
use crate::error::{Code, Error};

/// The reason for which a webhook is disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disabled {
    /// Its user disabled it.
    ByUser,
    /// No delivery succeeded for about a day.
    Failing,
    /// The receiver responded with 410 Gone.
    Gone,
    /// More deliveries waited than permitted.
    TooManyWaiting,
    /// Sessions and access tokens were ended, for example by a change of the password. An intruder may have created the webhook.
    AccessEnded,
}

impl Disabled {
    const ALL: [Self; 5] = [
        Self::ByUser,
        Self::Failing,
        Self::Gone,
        Self::TooManyWaiting,
        Self::AccessEnded,
    ];

    /// Returns the name of the reason in the API and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByUser => "user",
            Self::Failing => "failing",
            Self::Gone => "gone",
            Self::TooManyWaiting => "too_many_waiting",
            Self::AccessEnded => "access_ended",
        }
    }

    fn of_db(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|one| one.as_str() == word);
        // A reason of a later release; in any case, the user may enable the webhook again.
        known.unwrap_or(Self::ByUser)
    }
}

/// A webhook as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Identifier of the webhook, a UUID of version 7.
    pub id: Uuid,
    /// Name that the user gave to the webhook.
    pub name: String,
    /// URL that receives the deliveries.
    pub url: String,
    /// Types of the events that the webhook receives.
    pub events: Events,
    /// True to include the full text of notes in deliveries.
    pub with_content: bool,
    /// Version of the webhook, raised by one with each change.
    pub version: i64,
    /// Number of consecutive failed attempts.
    pub failures: u32,
    /// Time at which the webhook was disabled, and the reason; `None` while it is enabled.
    pub disabled: Option<(DateTime<Utc>, Disabled)>,
    /// Time until which the previous secret signs deliveries as well.
    pub previous_until: Option<DateTime<Utc>>,
    /// Time at which the webhook was created.
    pub created_at: DateTime<Utc>,
    /// Time of the last change by the user.
    pub updated_at: DateTime<Utc>,
}

/// A webhook to create.
#[derive(Debug)]
pub struct NewWebhook {
    /// Name that the user gives to the webhook.
    pub name: String,
    /// URL to send deliveries to, validated by the caller.
    pub url: String,
    /// Types of the events to send.
    pub events: Events,
    /// True to include the full text of notes in deliveries.
    pub with_content: bool,
    /// Secret that signs deliveries.
    pub secret: Secret,
}

/// A change to a webhook. `None` leaves a property unchanged.
#[derive(Debug, Default)]
pub struct WebhookChange {
    /// New name of the webhook.
    pub name: Option<String>,
    /// New URL for deliveries, validated by the caller.
    pub url: Option<String>,
    /// New types of events to send.
    pub events: Option<Events>,
    /// New setting for the full text of notes.
    pub with_content: Option<bool>,
    /// Enables (`true`) or disables (`false`) the webhook.
    pub enabled: Option<bool>,
}

/// A webhook as the sender of deliveries needs it: URL, user and signing secrets.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// Identifier of the webhook.
    pub webhook: Uuid,
    /// The user whose data the deliveries contain.
    pub owner: Owner,
    /// URL to send deliveries to.
    pub url: String,
    /// True to include the full text of notes in deliveries.
    pub with_content: bool,
    /// Secrets that sign deliveries: the current one, and the previous one for a while.
    pub secrets: Vec<Secret>,
}

impl Store {
    /// Returns all webhooks of the user, oldest first.
    pub async fn webhooks(&self, owner: Owner) -> Result<Vec<Webhook>, Error> {
        let rows = webhook::Entity::find()
            .filter(webhook::Column::UserId.eq(owner.id()))
            .order_by_asc(webhook::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Webhook::from).collect())
    }

    /// Returns one webhook of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for a webhook that does not exist or belongs to another user.
    pub async fn webhook(&self, owner: Owner, id: Uuid) -> Result<Webhook, Error> {
        Ok(find(self.db(), owner, id).await?.into())
    }

    /// Returns one webhook as the sender of deliveries needs it.
    pub async fn webhook_receiver(&self, owner: Owner, id: Uuid) -> Result<Receiver, Error> {
        let row = find(self.db(), owner, id).await?;
        Ok(receiver(row))
    }

    /// Creates a webhook.
    ///
    /// # Errors
    ///
    /// `guest_not_allowed` for guests, who could not be contacted about misuse, and `limit_reached` at [`MOST`] webhooks.
    pub async fn create_webhook(&self, owner: Owner, new: NewWebhook) -> Result<Webhook, Error> {
        self.require_room().await?;
        let tx = self.write().await?;
        let user = count(&tx, owner, 1).await?;
        users::refuse_disabled(&user)?;
        if user.is_guest {
            return Err(
                Error::new(Code::GuestNotAllowed).detail("guests have no webhooks; register first")
            );
        }
        if usize::try_from(user.webhook_count).is_ok_and(|count| count > MOST) {
            return Err(Error::new(Code::LimitReached).detail(format!(
                "an account has at most {MOST} webhooks; delete one first"
            )));
        }
        let now = clock::now();
        let row = webhook::ActiveModel {
            id: Set(id::new()),
            user_id: Set(owner.id()),
            name: Set(new.name),
            url: Set(new.url),
            events: Set(new.events.to_db()),
            with_content: Set(new.with_content),
            secret: Set(new.secret.into_bytes()),
            previous_secret: Set(None),
            previous_until: Set(None),
            version: Set(1),
            failures: Set(0),
            due_at: Set(None),
            disabled_at: Set(None),
            disabled_reason: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = row.insert(&tx).await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Changes a webhook that has the expected version. Enabling it sends the deliveries that wait.
    pub async fn change_webhook(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &Expected,
        change: WebhookChange,
    ) -> Result<Webhook, Error> {
        let tx = self.write().await?;
        users::refuse_disabled(&users::lock(&tx, owner.id()).await?)?;
        let row = lock(&tx, owner, id).await?;
        expected.check(row.version)?;
        let (version, now) = (row.version + 1, clock::now());
        let was_enabled = row.disabled_at.is_none();
        let mut row = row.into_active_model();
        if let Some(name) = change.name {
            row.name = Set(name);
        }
        if let Some(url) = change.url {
            row.url = Set(url);
        }
        if let Some(events) = change.events {
            row.events = Set(events.to_db());
        }
        if let Some(with_content) = change.with_content {
            row.with_content = Set(with_content);
        }
        match change.enabled {
            Some(true) if !was_enabled => {
                row.disabled_at = Set(None);
                row.disabled_reason = Set(None);
                row.failures = Set(0);
                // Due now, so that a process checks for waiting deliveries.
                row.due_at = Set(Some(now));
            }
            Some(false) if was_enabled => {
                row.disabled_at = Set(Some(now));
                row.disabled_reason = Set(Some(Disabled::ByUser.as_str().to_owned()));
                row.due_at = Set(None);
            }
            _ => {}
        }
        row.version = Set(version);
        row.updated_at = Set(now);
        let row = row.update(&tx).await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Replaces the secret of a webhook. The previous secret signs as well for [`OVERLAP_HOURS`], so that the receiver can be updated in between.
    pub async fn rotate_webhook_secret(
        &self,
        owner: Owner,
        id: Uuid,
        secret: Secret,
    ) -> Result<Webhook, Error> {
        let tx = self.write().await?;
        let row = lock(&tx, owner, id).await?;
        let (version, now) = (row.version + 1, clock::now());
        let mut row = row.into_active_model();
        row.previous_secret = Set(row.secret.take());
        row.previous_until = Set(Some(now + TimeDelta::hours(OVERLAP_HOURS)));
        row.secret = Set(secret.into_bytes());
        row.version = Set(version);
        row.updated_at = Set(now);
        let row = row.update(&tx).await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Deletes a webhook that has the expected version, with all its deliveries.
    pub async fn delete_webhook(
        &self,
        owner: Owner,
        id: Uuid,
        expected: &Expected,
    ) -> Result<(), Error> {
        let tx = self.write().await?;
        count(&tx, owner, -1).await?;
        let row = lock(&tx, owner, id).await?;
        expected.check(row.version)?;
        webhook::Entity::delete_by_id(row.id).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Disables all webhooks of the user, within a transaction that has locked the user. An intruder may have created one to receive all further events.
pub(super) async fn end_all(db: &impl ConnectionTrait, owner: Owner) -> Result<(), Error> {
    webhook::Entity::update_many()
        .col_expr(webhook::Column::DisabledAt, Expr::value(clock::now()))
        .col_expr(
            webhook::Column::DisabledReason,
            Expr::value(Disabled::AccessEnded.as_str()),
        )
        .col_expr(webhook::Column::DueAt, Expr::value(None::<DateTime<Utc>>))
        .filter(webhook::Column::UserId.eq(owner.id()))
        .filter(webhook::Column::DisabledAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Adds to the user's number of webhooks, and locks the user's row. Writes read the number to find out if there is a webhook.
async fn count(tx: &DatabaseTransaction, owner: Owner, more: i32) -> Result<user::Model, Error> {
    let count = Expr::col(user::Column::WebhookCount).add(more);
    user::Entity::update_many()
        .col_expr(user::Column::WebhookCount, count)
        .filter(user::Column::Id.eq(owner.id()))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::new(Code::Unauthenticated))
}

async fn find(db: &impl ConnectionTrait, owner: Owner, id: Uuid) -> Result<webhook::Model, Error> {
    webhook::Entity::find_by_id(id)
        .filter(webhook::Column::UserId.eq(owner.id()))
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("webhook"))
}

/// Locks and returns the row of a webhook.
async fn lock(tx: &DatabaseTransaction, owner: Owner, id: Uuid) -> Result<webhook::Model, Error> {
    webhook::Entity::find_by_id(id)
        .filter(webhook::Column::UserId.eq(owner.id()))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| Error::not_found("webhook"))
}

fn receiver(row: webhook::Model) -> Receiver {
    let overlaps = row.previous_until.is_some_and(|until| until > clock::now());
    let previous = row.previous_secret.filter(|_| overlaps);
    Receiver {
        webhook: row.id,
        owner: Owner::authenticated(row.user_id),
        url: row.url,
        with_content: row.with_content,
        secrets: [Some(row.secret), previous]
            .into_iter()
            .flatten()
            .map(Secret::of_bytes)
            .collect(),
    }
}

impl From<webhook::Model> for Webhook {
    fn from(row: webhook::Model) -> Self {
        let reason = row.disabled_reason.as_deref().map(Disabled::of_db);
        Self {
            id: row.id,
            name: row.name,
            url: row.url,
            events: Events::of_db(row.events),
            with_content: row.with_content,
            version: row.version,
            failures: u32::try_from(row.failures).unwrap_or_default(),
            disabled: row
                .disabled_at
                .map(|at| (at, reason.unwrap_or(Disabled::ByUser))),
            previous_until: row.previous_until.filter(|until| *until > clock::now()),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
