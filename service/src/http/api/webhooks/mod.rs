//! `/api/webhooks`: URLs that receive events about the data of a user.

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
use crate::http::etag::{IfMatch, format_etag};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, NOT_FOUND, PRECONDITION, Problems};
use crate::outbound::Target;
use crate::store::webhooks::{NewWebhook, WebhookChange};
use crate::webhooks;

use model::{Event, Webhook};

pub(crate) struct Webhooks;

/// A webhook to create for the user.
#[derive(Object)]
#[oai(rename_all = "camelCase", rename = "NewWebhook", deny_unknown_fields)]
struct New {
    /// Name of the webhook, at most 100 characters; empty by default.
    #[oai(validator(max_length = 100))]
    name: Option<String>,
    /// URL that receives a `POST` for each event: `https`, port 443 or 1024 and above, on a host with a public IP address. Logs do not contain it.
    #[oai(validator(min_length = 1, max_length = 2000))]
    url: String,
    /// Types of events to send, at least one.
    #[oai(validator(min_items = 1, max_items = 10))]
    events: Vec<Event>,
    /// `true` to send notes with their whole text, `false` (the default) to send the beginning that a board shows.
    include_content: Option<bool>,
}

/// Changes of a webhook; omitted properties stay as they are.
#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct WebhookPatch {
    /// New name of the webhook, at most 100 characters; may be empty.
    #[oai(validator(max_length = 100))]
    name: Option<String>,
    /// New URL that receives a `POST` for each event, with the same restrictions as for a new webhook.
    #[oai(validator(min_length = 1, max_length = 2000))]
    url: Option<String>,
    /// New types of events to send, at least one; they replace the present ones.
    #[oai(validator(min_items = 1, max_items = 10))]
    events: Option<Vec<Event>>,
    /// `true` to send notes with their whole text, `false` to send the beginning only.
    include_content: Option<bool>,
    /// `false` to switch the webhook off, `true` to switch it on again. Deliveries that are waiting are then sent; read events that happened in
    /// between from `GET /api/changes`.
    enabled: Option<bool>,
}

/// All webhooks of a user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct WebhookList {
    /// Webhooks without their secrets, the oldest first.
    items: Vec<Webhook>,
}

/// Result of a test message to a webhook.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    rename = "WebhookPing",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct Pinged {
    /// `true` if the receiver answered with a status from 200 to 299.
    delivered: bool,
    /// HTTP status of the response; absent if there was no response.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    /// Reason for a missing response: `no_address`, `no_connection`, `tls`, `no_answer` or `too_slow`; absent after a response.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    /// Time in milliseconds until the response or the failure.
    milliseconds: u32,
}

#[derive(ApiResponse)]
enum Created {
    /// The webhook was created; only this response contains its secret.
    #[oai(status = 201)]
    Webhook(
        Out<Webhook>,
        #[oai(header = "ETag")] String,
        #[oai(header = "Location")] String,
    ),
}

#[derive(ApiResponse)]
enum Found {
    /// The webhook, with its version as `ETag`.
    #[oai(status = 200)]
    Webhook(Out<Webhook>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    /// The webhook was deleted with its deliveries.
    #[oai(status = 204)]
    Gone,
}

impl Found {
    fn from_webhook(hook: Webhook) -> Self {
        let tag = format_etag(hook.version);
        Self::Webhook(Out(hook), tag)
    }
}

/// Checks a URL and returns it in the form that requests use; the error names the reason.
fn check_url(caller: &Caller, url: &str) -> Result<String, Error> {
    match Target::parse(url, caller.app.outbound.settings()) {
        Ok(target) => Ok(target.as_str().to_owned()),
        Err(why) => Err(Error::invalid("/url", why.as_str(), why.to_string())),
    }
}

fn check_name(given: &str) -> Result<String, Error> {
    if given.contains('\0') {
        return Err(Error::invalid(
            "/name",
            "nul",
            "contains the character U+0000",
        ));
    }
    Ok(given.trim().to_owned())
}

/// Refuses guests, before the request is checked any further.
fn reject_guests(caller: &Caller) -> Result<(), Error> {
    if caller.identity.is_guest {
        return Err(
            Error::new(Code::GuestNotAllowed).detail("guests cannot have webhooks; register first")
        );
    }
    Ok(())
}

#[OpenApi(tag = "Tag::Webhooks")]
impl Webhooks {
    /// List webhooks
    ///
    /// Returns all webhooks of the user on one page, the oldest first; a user has at most 10.
    #[oai(path = "/webhooks", method = "get", operation_id = "listWebhooks")]
    async fn list_webhooks(
        &self,
        caller: Caller,
    ) -> Result<Out<WebhookList>, Problems<{ CALLER }>> {
        let hooks = caller.store().list_webhooks(caller.owner()).await?;
        let items = hooks.into_iter().map(Webhook::from).collect();
        Ok(Out(WebhookList { items }))
    }

    /// Create a webhook
    ///
    /// Creates a webhook. Each event is sent as a `POST` with a JSON body: `id`, `type`, `timestamp`, and `data` with the `revision`, the
    /// identifiers, and the note or label in its state at the first attempt. Requests are signed according to the Standard Webhooks specification,
    /// with the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. A receiver accepts an event with a status from 200 to 299 within
    /// 10 seconds; redirects are not followed.
    ///
    /// The events of a webhook are sent one after another, in the order of their revisions, and at least once: the same `webhook-id` can arrive
    /// again. An event that was not accepted is retried with increasing delays while later events wait. After about a day of failures, the webhook is
    /// switched off. Changes of the order alone cause no events. A user has at most 10 webhooks (`limit_reached`); guests cannot create any
    /// (`guest_not_allowed`).
    #[oai(path = "/webhooks", method = "post", operation_id = "createWebhook")]
    async fn create_webhook(
        &self,
        caller: Caller,
        body: Body<New>,
    ) -> Result<Created, Problems<{ CALLER | JSON | CONFLICT }>> {
        reject_guests(&caller)?;
        let new = body.0;
        let secret = Secret::generate()?;
        let text = secret.to_text().expose_secret().to_owned();
        let new = NewWebhook {
            name: check_name(new.name.as_deref().unwrap_or_default())?,
            url: check_url(&caller, &new.url)?,
            events: model::collect_events(new.events),
            with_content: new.include_content.unwrap_or_default(),
            secret,
        };
        let made = caller.store().create_webhook(caller.owner(), new).await?;
        let (tag, location) = (
            format_etag(made.version),
            format!("/api/webhooks/{}", made.id),
        );
        let made = Webhook::from(made).with_secret(text);
        Ok(Created::Webhook(Out(made), tag, location))
    }

    /// Read a webhook
    ///
    /// Returns a webhook, with the reason if it is switched off. The secret is not included.
    #[oai(path = "/webhooks/:id", method = "get", operation_id = "readWebhook")]
    async fn read_webhook(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Found, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let hook = caller.store().get_webhook(caller.owner(), id.0).await?;
        Ok(Found::from_webhook(hook.into()))
    }

    /// Change a webhook
    ///
    /// Changes the properties in the body; the secret stays the same, even if the URL changes. `If-Match` is optional.
    #[oai(
        path = "/webhooks/:id",
        method = "patch",
        operation_id = "changeWebhook"
    )]
    async fn change_webhook(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
        body: Body<WebhookPatch>,
    ) -> Result<Found, Problems<{ CALLER | JSON | NOT_FOUND | PRECONDITION }>> {
        let patch = body.0;
        let change = WebhookChange {
            name: patch.name.as_deref().map(check_name).transpose()?,
            url: patch
                .url
                .as_deref()
                .map(|url| check_url(&caller, url))
                .transpose()?,
            events: patch.events.map(model::collect_events),
            with_content: patch.include_content,
            enabled: patch.enabled,
        };
        let expected = IfMatch::versions_or_any(if_match.0);
        let store = caller.store();
        let hook = store
            .change_webhook(caller.owner(), id.0, &expected, change)
            .await?;
        Ok(Found::from_webhook(hook.into()))
    }

    /// Delete a webhook
    ///
    /// Deletes a webhook; events that are waiting are not sent. `If-Match` is optional.
    #[oai(
        path = "/webhooks/:id",
        method = "delete",
        operation_id = "deleteWebhook"
    )]
    async fn delete_webhook(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] if_match: Header<Option<IfMatch>>,
    ) -> Result<Deleted, Problems<{ CALLER | MALFORMED | NOT_FOUND | PRECONDITION }>> {
        let expected = IfMatch::versions_or_any(if_match.0);
        let store = caller.store();
        store
            .delete_webhook(caller.owner(), id.0, &expected)
            .await?;
        Ok(Deleted::Gone)
    }

    /// Replace the secret of a webhook
    ///
    /// Creates a new secret, which only this response contains. For 24 hours, requests carry signatures of both the new and the previous secret.
    #[oai(
        path = "/webhooks/:id/secret",
        method = "post",
        operation_id = "rotateWebhookSecret"
    )]
    async fn rotate_webhook_secret(
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
        Ok(Found::from_webhook(Webhook::from(hook).with_secret(text)))
    }

    /// Test a webhook
    ///
    /// Sends one message of type `ping` at once, even if the webhook is switched off, and returns the result. A user can send 10 pings in five
    /// minutes.
    #[oai(
        path = "/webhooks/:id/ping",
        method = "post",
        operation_id = "pingWebhook"
    )]
    async fn ping_webhook(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Out<Pinged>, Problems<{ CALLER | MALFORMED | NOT_FOUND }>> {
        let store = caller.store();
        let receiver = store.webhook_receiver(caller.owner(), id.0).await?;
        let user = caller.owner().id().to_string();
        caller.app.count_attempt(Kind::Ping, &user).await?;
        let pinged = webhooks::send_ping(&caller.app.outbound, &receiver).await?;
        Ok(Out(Pinged {
            delivered: pinged.delivered,
            status_code: pinged.attempt.status,
            failure: pinged.attempt.failure.map(str::to_owned),
            milliseconds: pinged.milliseconds,
        }))
    }
}
