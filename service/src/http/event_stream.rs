//! Server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>) for clients that stay connected and authorized.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::Stream;
use futures_util::stream::{BoxStream, unfold};
use hyper::body::Bytes;
use poem::web::sse::Event;
use poem::{Body, IntoResponse, Response};
use poem_openapi::payload::{EventStream, Payload};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchemaRef, Registry};
use poem_openapi::{ApiResponse, Object, Union};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::App;
use super::caller::Caller;
use crate::budget::{Full, Hold, Requester, Ticket};
use crate::clock;
use crate::error::{Code, Error};
use crate::events::{DataRevision, Subscription};
use crate::lifecycle::Phase;
use crate::store::news::Reminder;
use crate::store::sessions::Identity;

/// Time after which a client reconnects. It varies per client, because all clients reconnect when a process ends.
const RECONNECT_DELAY: Duration = Duration::from_secs(3);
/// Comment that keeps the connection open; clients ignore it.
const HEARTBEAT: &str = ":\n\n";

/// Announcement that the user's data has changed.
#[derive(Debug, Object, Serialize)]
struct Changed {
    /// Current revision of the user's data; `GET /api/changes` returns the changes up to it.
    revision: i64,
}

/// Reminder of a note that became due.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Reminded {
    /// Identifier of the note (UUID).
    note_id: Uuid,
    /// Title of the note; may be empty.
    title: String,
    /// Time at which the reminder became due.
    reminder_at: DateTime<Utc>,
}

/// Data of an event, depending on its type.
#[derive(Debug, Union)]
#[oai(rename = "Event")]
enum EventData {
    /// Data of an event of type `changed`.
    Changed(Changed),
    /// Data of an event of type `reminder`.
    Reminder(Reminded),
}

/// Event stream as the payload of a response.
pub(crate) struct EventPayload(StreamState);

/// State of the stream of one device.
struct StreamState {
    app: Arc<App>,
    identity: Identity,
    subscription: Subscription,
    heartbeat: Interval,
    /// Share of the streams that a network, or all guests together, may have open.
    _place: Option<Hold>,
    /// First text of the stream; none once it is sent.
    greeting: Option<String>,
    /// Revision up to which changes and reminders were sent to the device.
    sent_revision: i64,
}

impl EventPayload {
    /// Opens a stream for the caller, from the last revision that the device has received.
    pub(crate) async fn open_stream(caller: Caller, heard: Option<i64>) -> Result<Self, Error> {
        let Caller { app, identity } = caller;
        let settings = &app.settings.streams;
        let place = match Ticket::current() {
            Some(ticket) => Some(reserve_stream(
                &app,
                ticket.requester().after_authentication(),
            )?),
            None => None,
        };
        let (subscription, news) = app
            .store
            .subscribe_to_changes(identity.owner, &identity.credential, settings)
            .await?;
        // A revision above the current one comes from another database.
        let heard = heard.filter(|heard| *heard <= news.revision);
        let mut heartbeat = interval_at(Instant::now() + settings.heartbeat, settings.heartbeat);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut listening = StreamState {
            app: Arc::clone(&app),
            identity,
            subscription,
            heartbeat,
            _place: place,
            greeting: None,
            sent_revision: heard.unwrap_or(news.revision),
        };
        let mut greeting = render_retry();
        greeting.push_str(&listening.render_reminders(news).await?);
        greeting.push_str(&render_change(news.revision)?);
        listening.sent_revision = news.revision;
        listening.greeting = Some(greeting);
        Ok(Self(listening))
    }

    fn into_stream(self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        unfold(self.0, async |mut listening| {
            let text = listening.next().await?;
            Some((Ok(Bytes::from(text)), listening))
        })
    }
}

impl StreamState {
    /// Waits for the next text to send; none at the end of the stream.
    async fn next(&mut self) -> Option<String> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        let lifecycle = self.app.lifecycle.clone();
        loop {
            let shut = self.subscription.wait_for_close();
            let heartbeat = tokio::select! {
                biased;
                () = lifecycle.wait_for_phase(Phase::Stopping) => return None,
                () = shut => return None,
                _ = self.heartbeat.tick() => true,
                () = self.subscription.wait_for_change() => false,
            };
            match self.catch_up().await {
                Ok(text) if !text.is_empty() => return Some(text),
                // After a failed read, the next heartbeat tries again.
                Ok(_) | Err(_) if heartbeat => return Some(HEARTBEAT.to_owned()),
                Ok(_) | Err(_) => {}
            }
        }
    }

    /// Returns everything that was not sent yet. It is sent as one text, because a client that reconnects continues after the last complete event.
    async fn catch_up(&mut self) -> Result<String, Error> {
        let news = self.subscription.latest_revision();
        if news.revision <= self.sent_revision {
            return Ok(String::new());
        }
        let mut text = self.render_reminders(news).await?;
        text.push_str(&render_change(news.revision)?);
        self.sent_revision = news.revision;
        Ok(text)
    }

    /// Returns the reminders up to this revision. They are read with every change, because any process may have fired them: a device reconnects with
    /// the revision of a change, and no reminder of another process may be left before it.
    async fn render_reminders(&self, news: DataRevision) -> Result<String, Error> {
        let mut text = String::new();
        if news.revision > self.sent_revision {
            let (owner, after) = (self.identity.owner, self.sent_revision);
            let reminders = self.app.store.fired_reminders(owner, after, news.revision);
            for reminder in reminders.await? {
                text.push_str(&render_reminder(reminder)?);
            }
        }
        Ok(text)
    }
}

/// Reserves a stream. Networks share `EVENT_STREAMS` streams, a quarter of which is reserved for users with an account.
fn reserve_stream(app: &App, who: Requester) -> Result<Hold, Error> {
    let taken = app.budget.streams.take_amount(who, 1);
    taken.map_err(|full| match full {
        Full::Caller => full.into_error("event streams"),
        Full::Process => Error::new(Code::Unavailable)
            .detail("this process has reached its limit of event streams")
            .retry_after(30),
    })
}

fn render_retry() -> String {
    let millis = clock::with_jitter(RECONNECT_DELAY).as_millis();
    Event::retry(u64::try_from(millis).unwrap_or(u64::MAX)).to_string()
}

fn render_change(revision: i64) -> Result<String, Error> {
    render_event("changed", revision, &Changed { revision })
}

fn render_reminder(reminder: Reminder) -> Result<String, Error> {
    let data = Reminded {
        note_id: reminder.note,
        title: reminder.title,
        reminder_at: reminder.at,
    };
    render_event("reminder", reminder.revision, &data)
}

fn render_event(kind: &str, revision: i64, data: &impl Serialize) -> Result<String, Error> {
    let data = serde_json::to_string(data).map_err(Error::internal)?;
    let event = Event::message(data)
        .event_type(kind)
        .id(revision.to_string());
    Ok(event.to_string())
}

impl Payload for EventPayload {
    const CONTENT_TYPE: &'static str = "text/event-stream";

    fn schema_ref() -> MetaSchemaRef {
        EventStream::<BoxStream<'static, EventData>>::schema_ref()
    }

    fn register(registry: &mut Registry) {
        <EventStream<BoxStream<'static, EventData>> as Payload>::register(registry);
    }
}

impl IntoResponse for EventPayload {
    fn into_response(self) -> Response {
        Response::builder()
            .content_type(Self::CONTENT_TYPE)
            // Prevents nginx from buffering the stream.
            .header("x-accel-buffering", "no")
            .body(Body::from_bytes_stream(self.into_stream()))
    }
}

impl ApiResponse for EventPayload {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![MetaResponse {
                description: "A stream of events that lasts until the client disconnects, or the session or process ends.",
                status: Some(200),
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: <Self as Payload>::CONTENT_TYPE,
                    schema: <Self as Payload>::schema_ref(),
                }],
                headers: Vec::new(),
            }],
        }
    }

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }
}
