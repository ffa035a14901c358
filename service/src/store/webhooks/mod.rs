//! Webhooks of a user: addresses that are told what happens to the user's data.
//!
//! A write that a webhook hears of puts deliveries into its own transaction (`tell`): there is none without the write, and no write without it. What is
//! put there is sent later, by any process (`queue`).

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

/// The reason why a webhook is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disabled {
    /// Its user has switched it off.
    ByUser,
    /// Nothing was delivered for about a day.
    Failing,
    /// The receiver has answered 410: it does not want any more.
    Gone,
    /// More waited for it than may.
    TooManyWaiting,
    /// Sessions and access tokens were ended, as after a change of the password: whoever had them may have made it.
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

    /// The word for it.
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
        // A word of a later release: whatever it was, the user may switch it on again.
        known.unwrap_or(Self::ByUser)
    }
}

/// A webhook as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its identifier.
    pub id: Uuid,
    /// The name that its user gave it.
    pub name: String,
    /// The address that is called.
    pub url: String,
    /// The kinds of events that it is told of.
    pub events: Events,
    /// `true` for notes with their whole text.
    pub with_content: bool,
    /// Counts its changes.
    pub version: i64,
    /// Attempts in a row that failed.
    pub failures: u32,
    /// The time since which it is told nothing, and the reason.
    pub disabled: Option<(DateTime<Utc>, Disabled)>,
    /// The time until which the secret before the present one signs too.
    pub previous_until: Option<DateTime<Utc>>,
    /// The time at which it was made.
    pub created_at: DateTime<Utc>,
    /// The time of the last change by its user.
    pub updated_at: DateTime<Utc>,
}

/// A webhook to make.
#[derive(Debug)]
pub struct NewWebhook {
    /// The name that its user gave it.
    pub name: String,
    /// The address that is called, checked.
    pub url: String,
    /// The kinds of events that it is told of.
    pub events: Events,
    /// `true` for notes with their whole text.
    pub with_content: bool,
    /// The key of its signatures.
    pub secret: Secret,
}

/// Changes of a webhook; a property that is none stays as it is.
#[derive(Debug, Default)]
pub struct WebhookChange {
    /// The name that its user gave it.
    pub name: Option<String>,
    /// The address that is called, checked.
    pub url: Option<String>,
    /// The kinds of events that it is told of.
    pub events: Option<Events>,
    /// `true` for notes with their whole text.
    pub with_content: Option<bool>,
    /// Switched on or off.
    pub enabled: Option<bool>,
}

/// A webhook as it is sent to: the address, the user, and the keys of signatures.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// The webhook.
    pub webhook: Uuid,
    /// Its user.
    pub owner: Owner,
    /// The address that is called.
    pub url: String,
    /// `true` for notes with their whole text.
    pub with_content: bool,
    /// The keys of signatures: the present one, and the one before for a while.
    pub secrets: Vec<Secret>,
}

impl Store {
    /// All webhooks of the user, the oldest first.
    pub async fn webhooks(&self, owner: Owner) -> Result<Vec<Webhook>, Error> {
        let rows = webhook::Entity::find()
            .filter(webhook::Column::UserId.eq(owner.id()))
            .order_by_asc(webhook::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Webhook::from).collect())
    }

    /// One webhook.
    pub async fn webhook(&self, owner: Owner, id: Uuid) -> Result<Webhook, Error> {
        Ok(find(self.db(), owner, id).await?.into())
    }

    /// One webhook as it is sent to.
    pub async fn webhook_receiver(&self, owner: Owner, id: Uuid) -> Result<Receiver, Error> {
        let row = find(self.db(), owner, id).await?;
        Ok(receiver(row))
    }

    /// Makes a webhook. Guests have none: nobody could be asked about what they have others called with.
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

    /// Changes a webhook that has this version. What waits for one that is switched on again is sent.
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
                // Somebody looks whether anything waits.
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

    /// Gives a webhook another secret; the one before signs too for a while, so that a receiver can learn the new one in between.
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

    /// Deletes a webhook with everything that waits for it.
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

/// Switches all webhooks of the user off, within a transaction that has locked the user: somebody who had come in may have made one to hear of everything
/// from then on.
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

/// Counts webhooks more or fewer, and locks the user: writes of the user know whether there is one to be told.
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

/// The same, kept from changing.
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
