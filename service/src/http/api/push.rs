//! `/api/push`: browsers that are told of reminders while the page is closed.

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

/// The key that a browser subscribes with.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PushKey {
    /// The public key in base64url, as `applicationServerKey` of `PushManager.subscribe`. A subscription that was made with another key gets nothing.
    public_key: String,
}

/// The keys of a browser, which encrypt messages for it.
// Not `Debug`: one of them is a secret.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PushKeys {
    /// Its public key: a point of P-256, 65 bytes in base64url.
    #[oai(validator(min_length = 87, max_length = 88))]
    p256dh: String,
    /// Its secret, 16 bytes in base64url.
    #[oai(validator(min_length = 22, max_length = 24))]
    auth: String,
}

/// A browser, as `PushSubscription.toJSON()` describes it.
// Not `Debug`: it holds secrets.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct NewPushSubscription {
    /// The URL of its service, with `https`: messages are posted there.
    #[oai(validator(min_length = 1, max_length = 2000))]
    endpoint: String,
    /// The time at which the browser says that it ends, in milliseconds since 1970; `null` for none. Not needed: the service says when it has ended.
    expiration_time: Clearable<u64>,
    /// The keys that messages are encrypted for.
    keys: PushKeys,
}

/// A browser that is told of reminders.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct PushSubscription {
    /// Its identifier.
    id: Uuid,
    /// The session that it belongs to, and ends with; `GET /api/sessions` says which browser that is.
    session_id: Uuid,
    /// `true` for the browser that asks.
    current: bool,
    /// Time at which it subscribed.
    created_at: DateTime<Utc>,
    /// Time at which the service of the browser last took a message; absent if it has taken none.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered_at: Option<DateTime<Utc>>,
}

/// All browsers that are told.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PushSubscriptionList {
    /// The newest first.
    items: Vec<PushSubscription>,
}

#[derive(ApiResponse)]
enum Subscribed {
    /// The browser is told of reminders from now on.
    #[oai(status = 201)]
    Subscription(Out<PushSubscription>),
}

#[derive(ApiResponse)]
enum Ended {
    /// The browser is told nothing more.
    #[oai(status = 204)]
    Gone,
}

impl PushSubscription {
    fn of(subscription: &push::Subscription, current: Uuid) -> Self {
        Self {
            id: subscription.id,
            session_id: subscription.session,
            current: subscription.session == current,
            created_at: subscription.created_at,
            delivered_at: subscription.delivered_at,
        }
    }
}

/// The bytes of a value in base64url, padded or not.
fn bytes<const N: usize>(field: &str, text: &str) -> Result<[u8; N], Error> {
    let decoded = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
    decoded
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| {
            let message = format!("is not {N} bytes in base64url");
            Error::invalid(field, "invalid_key", message)
        })
}

impl NewPushSubscription {
    fn browser(self) -> Result<Browser, Error> {
        let keys = BrowserKeys {
            p256dh: bytes("/keys/p256dh", &self.keys.p256dh)?,
            auth: bytes("/keys/auth", &self.keys.auth)?,
        };
        if !encryption::is_point(&keys.p256dh) {
            let message = "is no point of the curve P-256";
            return Err(Error::invalid("/keys/p256dh", "invalid_key", message));
        }
        Ok(Browser {
            endpoint: self.endpoint,
            keys,
        })
    }
}

impl App {
    /// The sender of messages to browsers, or the problem `push_off`.
    fn pusher(&self) -> Result<&Pusher, Error> {
        self.settings.push.as_ref().ok_or_else(|| {
            Error::new(Code::PushOff).detail(
                "this service pushes to no browsers; whoever runs it sets PUBLIC_URL for that",
            )
        })
    }
}

#[OpenApi(prefix_path = "/push", tag = "Tag::Account")]
impl Push {
    /// Read the key for push messages
    ///
    /// The same for everybody and on every replica. Where the service does not push, the answer is `push_off`.
    #[oai(path = "/key", method = "get", operation_id = "readPushKey")]
    async fn key(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<PushKey>, Problems<{ CALLER | CONFLICT }>> {
        caller.caller.app.pusher()?;
        let key = caller.caller.store().push_key().await?;
        let public_key = key.public();
        Ok(Out(PushKey { public_key }))
    }

    /// List push subscriptions
    ///
    /// Browsers of the user that are told of reminders: at most one for each session, so there are no pages.
    #[oai(
        path = "/subscriptions",
        method = "get",
        operation_id = "listPushSubscriptions"
    )]
    async fn list(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<PushSubscriptionList>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let found = store.subscriptions(caller.caller.owner()).await?;
        let items = found
            .into_iter()
            .map(|subscription| PushSubscription::of(&subscription, caller.session))
            .collect();
        Ok(Out(PushSubscriptionList { items }))
    }

    /// Subscribe to push messages
    ///
    /// Tells this browser of reminders while its session lasts, by a message as `{"type":"reminder","noteId":…,"reminderAt":…,"title":…}` (RFC 8030,
    /// RFC 8291). It takes the place of what the session had subscribed before; sent again, it changes nothing. When messages are sent, and whether
    /// titles are in them, is in `PATCH /api/me/reminders`.
    #[oai(
        path = "/subscriptions",
        method = "post",
        operation_id = "subscribeToPush"
    )]
    async fn subscribe(
        &self,
        caller: SessionCaller,
        body: Body<NewPushSubscription>,
    ) -> Result<Subscribed, Problems<{ CALLER | JSON | CONFLICT }>> {
        let pusher = caller.caller.app.pusher()?;
        pusher.check(&body.0.endpoint)?;
        let browser = body.0.browser()?;
        let made = caller
            .caller
            .store()
            .subscribe(caller.caller.owner(), caller.session, &browser)
            .await?;
        let made = PushSubscription::of(&made, caller.session);
        Ok(Subscribed::Subscription(Out(made)))
    }

    /// Remove a push subscription
    ///
    /// The browser is told nothing more, whichever of the user's it is. What is on its way to it is dropped.
    #[oai(
        path = "/subscriptions/:id",
        method = "delete",
        operation_id = "removePushSubscription"
    )]
    async fn remove(
        &self,
        caller: SessionCaller,
        id: Path<Uuid>,
    ) -> Result<Ended, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.caller.store();
        store.unsubscribe(caller.caller.owner(), id.0).await?;
        Ok(Ended::Gone)
    }
}
