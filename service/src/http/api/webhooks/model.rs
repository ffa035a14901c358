//! The API's JSON of webhooks.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::webhook::{self as domain, Events};
use crate::store::webhooks as store;

/// The kind of an event that webhooks are told of.
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

/// The set of these kinds.
pub(super) fn set(events: Vec<Event>) -> Events {
    events.into_iter().map(domain::Event::from).collect()
}

/// The reason why a webhook is told nothing.
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

impl From<store::Disabled> for DisabledReason {
    fn from(reason: store::Disabled) -> Self {
        match reason {
            store::Disabled::ByUser => Self::User,
            store::Disabled::Failing => Self::Failing,
            store::Disabled::Gone => Self::Gone,
            store::Disabled::TooManyWaiting => Self::TooManyWaiting,
            store::Disabled::AccessEnded => Self::AccessEnded,
        }
    }
}

/// A webhook: an address that is told what happens to the user's data.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct Webhook {
    /// Its identifier, which pings name.
    id: Uuid,
    /// The name that its user gave it, perhaps empty.
    name: String,
    /// The address that is called with `POST`, as it is called.
    url: String,
    /// The kinds of events that it is told of.
    events: Vec<Event>,
    /// `true` if notes come with their whole text, and not only the beginning that a board shows.
    include_content: bool,
    /// `true` while it is told of events.
    enabled: bool,
    /// The time at which it was switched off; absent while it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled_at: Option<DateTime<Utc>>,
    /// The reason why it was switched off: by its `user`, as `failing` for about a day, as its receiver has answered 410 (`gone`), because more than 1,000 deliveries
    /// waited (`too_many_waiting`), or as everything else that the password opened ended (`access_ended`).
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled_reason: Option<DisabledReason>,
    /// Attempts in a row that failed; 0 after one that did not.
    failures: u32,
    /// The key of its signatures, beginning with `whsec_`. Only the answers that make one have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// The time until which the secret before the present one signs too; absent when none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_secret_until: Option<DateTime<Utc>>,
    /// Counts its changes; the number in its `ETag`.
    pub(super) version: i64,
    /// The time at which it was made.
    created_at: DateTime<Utc>,
    /// The time of the last change by its user.
    updated_at: DateTime<Utc>,
}

impl Webhook {
    /// The same with a secret that was just made.
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

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "snake_case", rename = "WebhookDeliveryState")]
#[serde(rename_all = "snake_case")]
pub(super) enum DeliveryState {
    Waiting,
    Delivered,
    GivenUp,
}

/// An event on its way to a webhook.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    rename = "WebhookDelivery",
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery {
    /// Its identifier, which every attempt sends as `webhook-id`.
    id: Uuid,
    /// The kind of the event; absent for one that only a later release knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
    /// The revision of the user's data that the event belongs to.
    revision: i64,
    /// The time of the event.
    occurred_at: DateTime<Utc>,
    /// The state: waiting, taken by the receiver, or not sent any more.
    state: DeliveryState,
    /// The number of attempts to send it.
    attempts: u32,
    /// The time of the last attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempted_at: Option<DateTime<Utc>>,
    /// The status that the receiver answered last; absent if there was no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    /// The reason why there was no answer: `no_address`, `no_connection`, `tls`, `no_answer`, `too_slow`, or why the address is not called any more.
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
