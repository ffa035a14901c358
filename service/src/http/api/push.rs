//! `/api/push`: push messages about reminders, for browsers that have no page open.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use crate::error::{Code, Error};
use crate::http::App;
use crate::http::caller::SessionCaller;
use crate::http::clearable::Clearable;
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, Problems};
use crate::push::encryption::{self, BrowserKeys};
use crate::push::{Browser, Pusher};
use crate::store::push;

pub(crate) struct Push;

/// Public key with which browsers subscribe to push messages.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PushKey {
    /// Public key in base64url, for `applicationServerKey` of `PushManager.subscribe`. Subscriptions with another key receive no messages.
    public_key: String,
}

/// Keys of a browser, with which its messages are encrypted.
// Not `Debug`: one of them is a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PushKeys {
    /// Public key of the browser: a P-256 point of 65 bytes in base64url.
    #[oai(validator(min_length = 87, max_length = 88))]
    p256dh: String,
    /// Authentication secret of the browser: 16 bytes in base64url.
    #[oai(validator(min_length = 22, max_length = 24))]
    auth: String,
}

/// Push subscription of a browser, as `PushSubscription.toJSON()` returns it.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewPushSubscription {
    /// URL of the push service of the browser, which messages are posted to: `https`, at most 2,000 characters.
    #[oai(validator(min_length = 1, max_length = 2000))]
    endpoint: String,
    /// Expiration time of the subscription in milliseconds since 1970, or `null`. The service ignores it, because the push service reports the end of
    /// a subscription.
    expiration_time: Clearable<u64>,
    /// Keys with which messages are encrypted.
    keys: PushKeys,
}

/// Push subscription of one browser of the user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct PushSubscription {
    /// Identifier of the push subscription (UUID).
    id: Uuid,
    /// Identifier of the session that the subscription belongs to and ends with; `GET /api/sessions` describes the browser.
    session_id: Uuid,
    /// `true` if the subscription belongs to the session that sent the request.
    current: bool,
    /// Time at which the browser subscribed.
    created_at: DateTime<Utc>,
    /// Time at which the push service last accepted a message; absent before the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered_at: Option<DateTime<Utc>>,
}

/// All push subscriptions of the user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PushSubscriptionList {
    /// Push subscriptions, the newest first.
    items: Vec<PushSubscription>,
}

#[derive(ApiResponse)]
enum Subscribed {
    /// The browser receives push messages from now on.
    #[oai(status = 201)]
    Subscription(Out<PushSubscription>),
}

#[derive(ApiResponse)]
enum SubscriptionRemoved {
    /// The push subscription was removed.
    #[oai(status = 204)]
    Gone,
}

impl PushSubscription {
    fn from_subscription(subscription: &push::Subscription, current: Uuid) -> Self {
        Self {
            id: subscription.id,
            session_id: subscription.session,
            current: subscription.session == current,
            created_at: subscription.created_at,
            delivered_at: subscription.delivered_at,
        }
    }
}

/// Decodes base64url, padded or not, into exactly `N` bytes; the error names `field`.
fn decode_bytes<const N: usize>(field: &str, text: &str) -> Result<[u8; N], Error> {
    let decoded = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
    decoded
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| {
            let message = format!("must be {N} bytes in base64url");
            Error::invalid(field, "invalid_key", message)
        })
}

impl NewPushSubscription {
    fn into_browser(self) -> Result<Browser, Error> {
        let keys = BrowserKeys {
            p256dh: decode_bytes("/keys/p256dh", &self.keys.p256dh)?,
            auth: decode_bytes("/keys/auth", &self.keys.auth)?,
        };
        if !encryption::is_point(&keys.p256dh) {
            let message = "is not a valid point on the curve P-256";
            return Err(Error::invalid("/keys/p256dh", "invalid_key", message));
        }
        Ok(Browser {
            endpoint: self.endpoint,
            keys,
        })
    }
}

impl App {
    /// Returns the sender of push messages.
    ///
    /// # Errors
    ///
    /// [`Code::PushOff`] if the service is not configured to send push messages.
    fn require_pusher(&self) -> Result<&Pusher, Error> {
        self.settings.push.as_ref().ok_or_else(|| {
            Error::new(Code::PushOff)
                .detail("the operator must set PUBLIC_URL to enable push messages")
        })
    }
}

#[OpenApi(prefix_path = "/push", tag = "Tag::Account")]
impl Push {
    /// Read the key for push messages
    ///
    /// Returns the public key of the service, which is the same for all users and replicas. If the service sends no push messages, the answer is
    /// `push_off`.
    #[oai(path = "/key", method = "get", operation_id = "readPushKey")]
    async fn read_push_key(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<PushKey>, Problems<{ CALLER | CONFLICT }>> {
        caller.caller.app.require_pusher()?;
        let key = caller.caller.store().push_key().await?;
        let public_key = key.public_key();
        Ok(Out(PushKey { public_key }))
    }

    /// List push subscriptions
    ///
    /// Returns the push subscriptions of the user on one page; each session has at most one.
    #[oai(
        path = "/subscriptions",
        method = "get",
        operation_id = "listPushSubscriptions"
    )]
    async fn list_push_subscriptions(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<PushSubscriptionList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let found = store.list_subscriptions(caller.caller.owner()).await?;
        let items = found
            .into_iter()
            .map(|subscription| PushSubscription::from_subscription(&subscription, caller.session))
            .collect();
        Ok(Out(PushSubscriptionList { items }))
    }

    /// Subscribe to push messages
    ///
    /// Sends reminders to this browser as long as its session lasts, as messages `{"type":"reminder","noteId":…,"reminderAt":…,"title":…}` (RFC 8030,
    /// RFC 8291). The subscription replaces an earlier one of the session; repeating the request changes nothing. `PATCH /api/me/reminders` decides
    /// when messages are sent and if they contain titles. If the service sends no push messages, the answer is `push_off`.
    #[oai(
        path = "/subscriptions",
        method = "post",
        operation_id = "subscribeToPush"
    )]
    async fn subscribe_to_push(
        &self,
        caller: SessionCaller,
        body: Body<NewPushSubscription>,
    ) -> Result<Subscribed, Problems<{ CALLER | JSON | CONFLICT }>> {
        let pusher = caller.caller.app.require_pusher()?;
        pusher.check_endpoint(&body.0.endpoint)?;
        let browser = body.0.into_browser()?;
        let made = caller
            .caller
            .store()
            .subscribe_browser(caller.caller.owner(), caller.session, &browser)
            .await?;
        let made = PushSubscription::from_subscription(&made, caller.session);
        Ok(Subscribed::Subscription(Out(made)))
    }

    /// Remove a push subscription
    ///
    /// Stops push messages to one browser of the user, and discards messages that were not sent yet.
    #[oai(
        path = "/subscriptions/:id",
        method = "delete",
        operation_id = "removePushSubscription"
    )]
    async fn remove_push_subscription(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<SubscriptionRemoved, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.caller.store();
        store
            .delete_subscription(caller.caller.owner(), id.0)
            .await?;
        Ok(SubscriptionRemoved::Gone)
    }
}
