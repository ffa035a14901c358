//! `/api/webhooks`: addresses that are told what happens to the user's data.

mod deliveries;
mod model;
mod show;

pub(super) use deliveries::Deliveries;

use poem_openapi::param::{Header, Path};
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use crate::auth::rates::Kind;
use crate::auth::signature::Secret;
use crate::error::{Code, Error};
use crate::http::caller::Caller;
use crate::http::etag::{IfMatch, etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::outbound::Target;
use crate::store::webhooks::{NewWebhook, WebhookChange};
use crate::webhooks;

use model::{Event, Webhook};

pub(crate) struct Webhooks;

/// A webhook that is to be made.
#[derive(Object)]
#[oai(rename_all = "camelCase", rename = "NewWebhook", deny_unknown_fields)]
struct New {
    /// Its name; empty if none is named.
    #[oai(validator(max_length = 100))]
    name: Option<String>,
    /// The address to call with `POST`: `https`, on the port 443 or one from 1024 on, of a host with a public address. Nothing in it is shown in logs.
    #[oai(validator(min_length = 1, max_length = 2000))]
    url: String,
    /// The kinds of events to be told of, at least one.
    #[oai(validator(min_items = 1, max_items = 10))]
    events: Vec<Event>,
    /// `true` for notes with their whole text; without it they come with the beginning that a board shows.
    include_content: Option<bool>,
}

/// Changes of a webhook; properties that are left out stay.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct WebhookPatch {
    /// Its name from now on.
    #[oai(validator(max_length = 100))]
    name: Option<String>,
    /// Another address to call.
    #[oai(validator(min_length = 1, max_length = 2000))]
    url: Option<String>,
    /// The kinds of events to be told of from now on.
    #[oai(validator(min_items = 1, max_items = 10))]
    events: Option<Vec<Event>>,
    /// `true` for notes with their whole text.
    include_content: Option<bool>,
    /// Switches it off, or on again: then what waits is sent, and what happened in between is in `GET /api/changes`.
    enabled: Option<bool>,
}

/// All webhooks of a user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct WebhookList {
    /// The oldest first; without their secrets.
    items: Vec<Webhook>,
}

/// The outcome of a ping.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    rename = "WebhookPing",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct Pinged {
    /// `true` if the receiver has answered with a status from 200 to 299.
    delivered: bool,
    /// The status that the receiver has answered; absent if there was no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    /// The reason why there was no answer: `no_address`, `no_connection`, `tls`, `no_answer` or `too_slow`.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    /// Milliseconds until the answer, or until it was given up.
    milliseconds: u32,
}

#[derive(ApiResponse)]
enum Created {
    /// The webhook was made; its secret is shown this once.
    #[oai(status = 201)]
    Webhook(
        Out<Webhook>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The webhook.
    #[oai(status = 200)]
    Webhook(Out<Webhook>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// Nothing of it is left.
    #[oai(status = 204)]
    Gone,
}

impl Found {
    fn of(hook: Webhook) -> Self {
        let tag = etag(hook.version);
        Self::Webhook(Out(hook), tag)
    }
}

/// The URL as it is called, if it may be.
fn checked(caller: &Caller, url: &str) -> Result<String, Error> {
    match Target::parse(url, caller.app.outbound.settings()) {
        Ok(target) => Ok(target.as_str().to_owned()),
        Err(why) => Err(Error::invalid("/url", why.as_str(), why.to_string())),
    }
}

fn name(given: &str) -> Result<String, Error> {
    if given.contains('\0') {
        return Err(Error::invalid(
            "/name",
            "nul",
            "contains the character U+0000",
        ));
    }
    Ok(given.trim().to_owned())
}

/// Guests are refused before anything is said of what they send.
fn refuse_guests(caller: &Caller) -> Result<(), Error> {
    if caller.identity.is_guest {
        return Err(
            Error::new(Code::GuestNotAllowed).detail("guests have no webhooks; register first")
        );
    }
    Ok(())
}

#[OpenApi(tag = "Tag::Webhooks")]
impl Webhooks {
    /// List webhooks
    ///
    /// All webhooks of the user, the oldest first. There are at most 10, so there are no pages.
    #[oai(path = "/webhooks", method = "get", operation_id = "listWebhooks")]
    async fn list(&self, caller: Caller) -> Result<Out<WebhookList>, Problems<{ CALLER }>> {
        let hooks = caller.store().webhooks(caller.owner()).await?;
        let items = hooks.into_iter().map(Webhook::from).collect();
        Ok(Out(WebhookList { items }))
    }

    /// Make a webhook
    ///
    /// Each event is sent as a `POST` with a JSON body: `id`, `type`, `timestamp`, and `data` with the `revision`, the identifiers, and the note or label as it
    /// is when the event is first sent. It is signed as the Standard Webhooks specification says, with the headers `webhook-id`, `webhook-timestamp` and
    /// `webhook-signature`. A receiver takes it with a status from 200 to 299 within 10 seconds; redirects are not followed.
    ///
    /// Events of one webhook come one after the other, in the order of their revisions, at least once: the same `webhook-id` may come again. One that was not
    /// taken is sent again, later and later, and those behind it wait; after about a day of failures the webhook is switched off. Changes of the order alone are no
    /// events.
    #[oai(path = "/webhooks", method = "post", operation_id = "createWebhook")]
    async fn create(
        &self,
        caller: Caller,
        body: Body<New>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        refuse_guests(&caller)?;
        let new = body.0;
        let secret = Secret::generate()?;
        let text = secret.to_text().expose_secret().to_owned();
        let new = NewWebhook {
            name: name(new.name.as_deref().unwrap_or_default())?,
            url: checked(&caller, &new.url)?,
            events: model::set(new.events),
            with_content: new.include_content.unwrap_or_default(),
            secret,
        };
        let made = caller.store().create_webhook(caller.owner(), new).await?;
        let (tag, location) = (etag(made.version), format!("/api/webhooks/{}", made.id));
        let made = Webhook::from(made).with_secret(text);
        Ok(Created::Webhook(Out(made), tag, location))
    }

    /// Read a webhook
    ///
    /// The state of the webhook says whether it is told anything, and if not, why. Its secret is not shown again.
    #[oai(path = "/webhooks/:id", method = "get", operation_id = "readWebhook")]
    async fn read(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let hook = caller.store().webhook(caller.owner(), id.0).await?;
        Ok(Found::of(hook.into()))
    }

    /// Change a webhook
    ///
    /// Its secret stays, whatever address it has. `If-Match` is optional here.
    #[oai(
        path = "/webhooks/:id",
        method = "patch",
        operation_id = "changeWebhook"
    )]
    async fn change(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<WebhookPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | PRECONDITION }>> {
        let patch = body.0;
        let change = WebhookChange {
            name: patch.name.as_deref().map(name).transpose()?,
            url: patch
                .url
                .as_deref()
                .map(|url| checked(&caller, url))
                .transpose()?,
            events: patch.events.map(model::set),
            with_content: patch.include_content,
            enabled: patch.enabled,
        };
        let expected = IfMatch::optional(if_match.0);
        let store = caller.store();
        let hook = store
            .change_webhook(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::of(hook.into()))
    }

    /// Delete a webhook
    ///
    /// Events that wait for it are not sent any more.
    #[oai(
        path = "/webhooks/:id",
        method = "delete",
        operation_id = "deleteWebhook"
    )]
    async fn delete(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::optional(if_match.0);
        let store = caller.store();
        store
            .delete_webhook(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// Replace the secret of a webhook
    ///
    /// The answer shows the new one this once. For 24 hours, what is sent carries a signature by the one before too.
    #[oai(
        path = "/webhooks/:id/secret",
        method = "post",
        operation_id = "rotateWebhookSecret"
    )]
    async fn rotate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let secret = Secret::generate()?;
        let text = secret.to_text().expose_secret().to_owned();
        let store = caller.store();
        let hook = store
            .rotate_webhook_secret(caller.owner(), id.0, secret)
            .await?;
        Ok(Found::of(Webhook::from(hook).with_secret(text)))
    }

    /// Call a webhook for a test
    ///
    /// Sends one message of the type `ping`, at once and whether or not the webhook is switched on, and says what came of it. At most 10 in five minutes.
    #[oai(
        path = "/webhooks/:id/ping",
        method = "post",
        operation_id = "pingWebhook"
    )]
    async fn ping(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Out<Pinged>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.store();
        let receiver = store.webhook_receiver(caller.owner(), id.0).await?;
        let user = caller.owner().id().to_string();
        caller.app.attempt(Kind::Ping, &user).await?;
        let pinged = webhooks::ping(&caller.app.outbound, &receiver).await?;
        Ok(Out(Pinged {
            delivered: pinged.delivered,
            status_code: pinged.attempt.status,
            failure: pinged.attempt.failure.map(str::to_owned),
            milliseconds: pinged.milliseconds,
        }))
    }
}
