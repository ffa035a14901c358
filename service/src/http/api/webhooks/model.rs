//! JSON types of webhooks and their deliveries.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::webhook::{self as domain, Events};
use crate::store::webhooks as store;

/// Type of an event that webhooks can receive, such as `note.created`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename = "WebhookEvent")]
pub(super) enum Event {
    #[oai(rename = "note.created")]
    #[serde(rename = "note.created")]
    NoteCreated,
    #[oai(rename = "note.updated")]
    #[serde(rename = "note.updated")]
    NoteUpdated,
    #[oai(rename = "note.trashed")]
    #[serde(rename = "note.trashed")]
    NoteTrashed,
    #[oai(rename = "note.restored")]
    #[serde(rename = "note.restored")]
    NoteRestored,
    #[oai(rename = "note.deleted")]
    #[serde(rename = "note.deleted")]
    NoteDeleted,
    #[oai(rename = "notes.imported")]
    #[serde(rename = "notes.imported")]
    NotesImported,
    #[oai(rename = "label.created")]
    #[serde(rename = "label.created")]
    LabelCreated,
    #[oai(rename = "label.updated")]
    #[serde(rename = "label.updated")]
    LabelUpdated,
    #[oai(rename = "label.deleted")]
    #[serde(rename = "label.deleted")]
    LabelDeleted,
    #[oai(rename = "reminder.fired")]
    #[serde(rename = "reminder.fired")]
    ReminderFired,
}

impl From<Event> for domain::Event {
    fn from(event: Event) -> Self {
        match event {
            Event::NoteCreated => Self::NoteCreated,
            Event::NoteUpdated => Self::NoteUpdated,
            Event::NoteTrashed => Self::NoteTrashed,
            Event::NoteRestored => Self::NoteRestored,
            Event::NoteDeleted => Self::NoteDeleted,
            Event::NotesImported => Self::NotesImported,
            Event::LabelCreated => Self::LabelCreated,
            Event::LabelUpdated => Self::LabelUpdated,
            Event::LabelDeleted => Self::LabelDeleted,
            Event::ReminderFired => Self::ReminderFired,
        }
    }
}

impl From<domain::Event> for Event {
    fn from(event: domain::Event) -> Self {
        use domain::Event as Of;
        match event {
            Of::NoteCreated => Self::NoteCreated,
            Of::NoteUpdated => Self::NoteUpdated,
            Of::NoteTrashed => Self::NoteTrashed,
            Of::NoteRestored => Self::NoteRestored,
            Of::NoteDeleted => Self::NoteDeleted,
            Of::NotesImported => Self::NotesImported,
            Of::LabelCreated => Self::LabelCreated,
            Of::LabelUpdated => Self::LabelUpdated,
            Of::LabelDeleted => Self::LabelDeleted,
            Of::ReminderFired => Self::ReminderFired,
        }
    }
}

/// Converts a list of event types into a set, without duplicates.
pub(super) fn collect_events(events: Vec<Event>) -> Events {
    events.into_iter().map(domain::Event::from).collect()
}

/// Reason for which a webhook is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "snake_case", rename = "WebhookDisabledReason")]
#[serde(rename_all = "snake_case")]
pub(super) enum DisabledReason {
    User,
    Failing,
    Gone,
    TooManyWaiting,
    AccessEnded,
}

impl From<store::DisabledReason> for DisabledReason {
    fn from(reason: store::DisabledReason) -> Self {
        match reason {
            store::DisabledReason::ByUser => Self::User,
            store::DisabledReason::Failing => Self::Failing,
            store::DisabledReason::Gone => Self::Gone,
            store::DisabledReason::TooManyWaiting => Self::TooManyWaiting,
            store::DisabledReason::AccessEnded => Self::AccessEnded,
        }
    }
}

/// A webhook: a URL that receives events about the data of its user.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct Webhook {
    /// Identifier of the webhook (UUID), which pings contain.
    id: Uuid,
    /// Name that the user gave to the webhook; may be empty.
    name: String,
    /// URL that receives a `POST` for each event, in normalized form.
    url: String,
    /// Types of events that the webhook receives.
    events: Vec<Event>,
    /// `true` if notes are sent with their whole text, `false` if only with the beginning that a board shows.
    include_content: bool,
    /// `true` while events are sent to the webhook.
    enabled: bool,
    /// Time at which the webhook was switched off; absent while it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled_at: Option<DateTime<Utc>>,
    /// Reason for which the webhook is switched off: by its `user`; `failing` for about a day; `gone`, because the receiver answered 410;
    /// `too_many_waiting`, because more than 1,000 deliveries waited; `access_ended`, because a change of the password ended all access of programs.
    /// Absent while it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled_reason: Option<DisabledReason>,
    /// Number of failed attempts since the last successful one.
    failures: u32,
    /// Secret key of the signatures, beginning with `whsec_`. Present only in responses that create a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// Time until which requests are also signed with the previous secret; absent if they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_secret_until: Option<DateTime<Utc>>,
    /// Version of the webhook, increased by each change; its `ETag` is this number in quotation marks.
    pub(super) version: i64,
    /// Time at which the webhook was created.
    created_at: DateTime<Utc>,
    /// Time of the last change by the user.
    updated_at: DateTime<Utc>,
}

impl Webhook {
    /// Returns the webhook with a secret that was created just now.
    pub(super) fn with_secret(self, secret: String) -> Self {
        Self {
            secret: Some(secret),
            ..self
        }
    }
}

impl From<store::Webhook> for Webhook {
    fn from(hook: store::Webhook) -> Self {
        Self {
            id: hook.id,
            name: hook.name,
            url: hook.url,
            events: hook.events.iter().map(Event::from).collect(),
            include_content: hook.with_content,
            enabled: hook.disabled.is_none(),
            disabled_at: hook.disabled.map(|(at, _)| at),
            disabled_reason: hook.disabled.map(|(_, reason)| reason.into()),
            failures: hook.failures,
            secret: None,
            previous_secret_until: hook.previous_until,
            version: hook.version,
            created_at: hook.created_at,
            updated_at: hook.updated_at,
        }
    }
}

/// State of a delivery: waiting for its next attempt, delivered to the receiver, or given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "snake_case", rename = "WebhookDeliveryState")]
#[serde(rename_all = "snake_case")]
pub(super) enum DeliveryState {
    Waiting,
    Delivered,
    GivenUp,
}

/// Delivery of an event to a webhook, with its attempts so far.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    rename = "WebhookDelivery",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery {
    /// Identifier of the delivery, which every attempt sends as `webhook-id`.
    id: Uuid,
    /// Type of the event; absent if only a later release of the service knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
    /// Revision of the user's data in which the event happened.
    revision: i64,
    /// Time at which the event happened.
    occurred_at: DateTime<Utc>,
    /// State of the delivery: waiting, delivered, or given up.
    state: DeliveryState,
    /// Number of attempts to send the event.
    attempts: u32,
    /// Time of the last attempt; absent before the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempted_at: Option<DateTime<Utc>>,
    /// HTTP status of the last response; absent if there was no response.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    /// Reason for a missing response: `no_address`, `no_connection`, `tls`, `no_answer`, `too_slow`, or the reason for which the URL is no longer
    /// called.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

impl From<store::Delivery> for Delivery {
    fn from(delivery: store::Delivery) -> Self {
        Self {
            id: delivery.id,
            event: delivery.event.map(Event::from),
            revision: delivery.revision,
            occurred_at: delivery.occurred_at,
            state: match delivery.state {
                store::DeliveryState::Waiting => DeliveryState::Waiting,
                store::DeliveryState::Delivered => DeliveryState::Delivered,
                store::DeliveryState::GivenUp => DeliveryState::GivenUp,
            },
            attempts: delivery.attempts,
            attempted_at: delivery.attempted_at,
            status_code: delivery.status,
            failure: delivery.failure,
        }
    }
}
