//! Push subscriptions of browsers (Web Push). Each belongs to a session, and ends with it.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, SqlErr,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::entity::{push_key, push_subscription};
use super::{Owner, Store};
use crate::clock;
use crate::domain::id;
use crate::error::{Code, Error};
use crate::push::Browser;
use crate::push::vapid::{self, SigningKey};

/// Identifier of the only row in the table of keys.
const KEY: i16 = 1;

/// A push subscription as its user sees it, without the address of the push service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Identifier of the subscription, a UUID of version 7.
    pub id: Uuid,
    /// The session that the subscription belongs to, and with which it ends.
    pub session: Uuid,
    /// Time at which the subscription was created; renewing the same one keeps it.
    pub created_at: DateTime<Utc>,
    /// Time at which the push service last accepted a message; `None` if there was none.
    pub delivered_at: Option<DateTime<Utc>>,
}

impl From<push_subscription::Model> for Subscription {
    fn from(row: push_subscription::Model) -> Self {
        Self {
            id: row.id,
            session: row.session_id,
            created_at: row.created_at,
            delivered_at: row.delivered_at,
        }
    }
}

impl Store {
    /// Returns the VAPID key that all processes sign with. The first call creates it.
    pub async fn push_key(&self) -> Result<SigningKey, Error> {
        if let Some(row) = push_key::Entity::find_by_id(KEY).one(self.db()).await? {
            return SigningKey::from_pkcs8(&row.private_key);
        }
        let made = push_key::ActiveModel {
            id: Set(KEY),
            private_key: Set(vapid::generate_key()?),
            created_at: Set(clock::now()),
        };
        // Another process may have created it in the meantime.
        push_key::Entity::insert(made)
            .on_conflict(
                OnConflict::column(push_key::Column::Id)
                    .do_nothing()
                    .to_owned(),
            )
            .try_insert()
            .exec_without_returning(self.db())
            .await?;
        let row = push_key::Entity::find_by_id(KEY).one(self.db()).await?;
        SigningKey::from_pkcs8(
            &row.ok_or_else(|| Error::internal("created the key for push messages"))?
                .private_key,
        )
    }

    /// Replaces the VAPID key. Browsers accept messages of the key they subscribed with only, so all subscriptions are deleted. Returns their number.
    pub async fn replace_push_key(&self) -> Result<u64, Error> {
        let tx = self.begin_write().await?;
        push_key::Entity::delete_many().exec(&tx).await?;
        let made = push_key::ActiveModel {
            id: Set(KEY),
            private_key: Set(vapid::generate_key()?),
            created_at: Set(clock::now()),
        };
        push_key::Entity::insert(made)
            .exec_without_returning(&tx)
            .await?;
        let forgotten = push_subscription::Entity::delete_many().exec(&tx).await?;
        tx.commit().await?;
        Ok(forgotten.rows_affected)
    }

    /// Creates a push subscription for a session, in place of its earlier one. Subscriptions of the same browser by other sessions or users are
    /// deleted, so that it shows reminders of its present user only.
    pub async fn subscribe_browser(
        &self,
        owner: Owner,
        session: Uuid,
        browser: &Browser,
    ) -> Result<Subscription, Error> {
        let hash = Sha256::digest(browser.endpoint.as_bytes()).to_vec();
        self.require_room().await?;
        let tx = self.begin_write().await?;
        let of_session = push_subscription::Column::SessionId.eq(session);
        let present = push_subscription::Entity::find()
            .filter(of_session.clone())
            .filter(push_subscription::Column::UserId.eq(owner.id()))
            .one(&tx)
            .await?;
        let is_same = |row: &push_subscription::Model| {
            row.endpoint == browser.endpoint
                && row.p256dh == browser.keys.p256dh
                && row.auth == browser.keys.auth
        };
        let present = present.filter(is_same);
        let same_browser = Condition::all()
            .add(push_subscription::Column::EndpointHash.eq(hash.clone()))
            .add(push_subscription::Column::P256dh.eq(browser.keys.p256dh.to_vec()))
            .add(push_subscription::Column::Auth.eq(browser.keys.auth.to_vec()));
        let mut others = push_subscription::Entity::delete_many()
            .filter(Condition::any().add(of_session).add(same_browser));
        if let Some(present) = &present {
            others = others.filter(push_subscription::Column::Id.ne(present.id));
        }
        others.exec(&tx).await?;
        if let Some(present) = present {
            tx.commit().await?;
            return Ok(present.into());
        }
        let row = push_subscription::Model {
            id: id::new(),
            user_id: owner.id(),
            session_id: session,
            endpoint: browser.endpoint.clone(),
            endpoint_hash: hash,
            p256dh: browser.keys.p256dh.to_vec(),
            auth: browser.keys.auth.to_vec(),
            created_at: clock::now(),
            delivered_at: None,
        };
        let made =
            push_subscription::Entity::insert(push_subscription::ActiveModel::from(row.clone()))
                .exec_without_returning(&tx)
                .await;
        match made.map_err(|error| (error.sql_err(), error)) {
            Ok(_) => {}
            // The session has ended since the request was authenticated.
            Err((Some(SqlErr::ForeignKeyConstraintViolation(_)), _)) => {
                return Err(Error::new(Code::Unauthenticated));
            }
            // Two concurrent requests of one session.
            Err((Some(SqlErr::UniqueConstraintViolation(_)), _)) => {
                return Err(Error::new(Code::Conflict).detail(
                    "another request of this session is subscribing at the same time; try again",
                ));
            }
            Err((_, error)) => return Err(error.into()),
        }
        tx.commit().await?;
        Ok(row.into())
    }

    /// Returns the push subscriptions of the user, newest first.
    pub async fn list_subscriptions(&self, owner: Owner) -> Result<Vec<Subscription>, Error> {
        let rows = push_subscription::Entity::find()
            .filter(push_subscription::Column::UserId.eq(owner.id()))
            .order_by_desc(push_subscription::Column::Id)
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(Subscription::from).collect())
    }

    /// Deletes a push subscription of the user.
    ///
    /// # Errors
    ///
    /// `not_found` for a subscription that does not exist or belongs to another user.
    pub async fn delete_subscription(&self, owner: Owner, id: Uuid) -> Result<(), Error> {
        let deleted = push_subscription::Entity::delete_many()
            .filter(push_subscription::Column::Id.eq(id))
            .filter(push_subscription::Column::UserId.eq(owner.id()))
            .exec(self.db())
            .await?;
        if deleted.rows_affected == 0 {
            return Err(Error::not_found("subscription"));
        }
        Ok(())
    }
}

/// Deletes the push subscription of a browser that no longer exists.
pub(super) async fn forget_subscription(db: &impl ConnectionTrait, id: Uuid) -> Result<(), Error> {
    push_subscription::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
