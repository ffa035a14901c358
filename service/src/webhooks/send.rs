//! Sends a single delivery or ping to a webhook and records the outcome.

use std::time::Instant;

use chrono::TimeDelta;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use metrics::counter;
use serde_json::Map;
use uuid::Uuid;

use super::{Sender, message, retry};
use crate::auth::signature::Secret;
use crate::clock;
use crate::domain::id;
use crate::error::Error;
use crate::outbound::{Answer, Client, Target};
use crate::store::webhooks::{Attempt, Claim, Disabled, Receiver, Verdict, Waiting};
use crate::telemetry::metrics::WEBHOOK_ATTEMPTS;

/// Status with which a receiver unsubscribes permanently, according to the Standard Webhooks specification.
const GONE: u16 = 410;

/// The result of sending a ping to a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pinged {
    /// Status of the response, or the reason why there was none.
    pub attempt: Attempt,
    /// `true` if the receiver responded with a 2xx status.
    pub delivered: bool,
    /// Time until the response or the failure, in milliseconds.
    pub milliseconds: u32,
}

/// Sends an event of the type `ping` to a webhook immediately, in a single attempt.
pub async fn ping(client: &Client, receiver: &Receiver) -> Result<Pinged, Error> {
    let id = id::new();
    let data = [("webhookId".to_owned(), receiver.webhook.to_string().into())];
    let body = message::body(id, "ping", clock::now(), &Map::from_iter(data));
    let begun = Instant::now();
    let outcome = attempt(client, receiver, id, body).await?;
    let elapsed = begun.elapsed().as_millis();
    Ok(Pinged {
        attempt: outcome.seen(),
        delivered: outcome.is_success(),
        milliseconds: u32::try_from(elapsed).unwrap_or(u32::MAX),
    })
}

impl Sender {
    /// Makes one attempt to send a delivery and records its outcome. Returns `true` if the next delivery may follow.
    pub(super) async fn deliver(&self, claim: &mut Claim, waiting: Waiting) -> Result<bool, Error> {
        let receiver = &claim.receiver;
        let kind = waiting.event.map_or("unknown", |event| event.as_str());
        let body = if let Some(kept) = waiting.payload {
            kept
        } else {
            let data = self.data(receiver, &waiting).await?;
            let body = message::body(waiting.id, kind, waiting.occurred_at, &data);
            self.store.keep_payload(waiting.id, &body).await?;
            body
        };
        let outcome = attempt(&self.client, receiver, waiting.id, body).await?;
        let success = outcome.is_success();
        let told = if success { "delivered" } else { "failed" };
        counter!(WEBHOOK_ATTEMPTS, "outcome" => told).increment(1);
        tracing::debug!(
            webhook = %receiver.webhook,
            delivery = %waiting.id,
            status = outcome.seen().status,
            failure = outcome.seen().failure,
            "called a webhook"
        );
        if success {
            let seen = outcome.seen();
            self.store.note_success(claim, waiting.id, seen).await?;
            return Ok(true);
        }
        let verdict = outcome.verdict(claim.failures + 1);
        if let Verdict::Disable(reason) = verdict {
            tracing::info!(webhook = %receiver.webhook, reason = reason.as_str(), "a webhook was disabled");
        }
        self.store
            .note_failure(claim, waiting.id, outcome.seen(), verdict)
            .await?;
        Ok(false)
    }
}

/// The outcome of one attempt.
#[derive(Debug)]
enum Outcome {
    /// The receiver sent a response, of any status.
    Answer(Answer),
    /// There was no response, for the reason with this code.
    None(&'static str),
}

impl Outcome {
    fn is_success(&self) -> bool {
        matches!(self, Self::Answer(answer) if answer.is_success())
    }

    fn seen(&self) -> Attempt {
        match self {
            Self::Answer(answer) => Attempt {
                status: Some(answer.status),
                failure: None,
            },
            Self::None(why) => Attempt {
                status: None,
                failure: Some(why),
            },
        }
    }

    /// Decides after a failed attempt: retry later, or disable the webhook. `failures` counts consecutive failures, this one included.
    fn verdict(&self, failures: u32) -> Verdict {
        let asked = match self {
            Self::Answer(answer) if answer.status == GONE => {
                return Verdict::Disable(Disabled::Gone);
            }
            Self::Answer(answer) => answer.retry_after,
            Self::None(_) => None,
        };
        let pause = retry::pause(failures, asked);
        match pause.and_then(|pause| TimeDelta::from_std(pause).ok()) {
            Some(pause) => Verdict::Retry(clock::now() + pause),
            None => Verdict::Disable(Disabled::Failing),
        }
    }
}

async fn attempt(
    client: &Client,
    receiver: &Receiver,
    id: Uuid,
    body: String,
) -> Result<Outcome, Error> {
    // Checked again, because an operator may allow fewer networks than when the webhook was created.
    let target = match Target::parse(&receiver.url, client.settings()) {
        Ok(target) => target,
        Err(why) => return Ok(Outcome::None(why.as_str())),
    };
    let id = id.to_string();
    let headers = headers(&receiver.secrets, &id, clock::now().timestamp(), &body)?;
    Ok(match client.post(&target, headers, body).await {
        Ok(answer) => Outcome::Answer(answer),
        Err(failure) => Outcome::None(failure.as_str()),
    })
}

/// Returns the headers of the Standard Webhooks specification, with one signature for each secret.
fn headers(secrets: &[Secret], id: &str, timestamp: i64, body: &str) -> Result<HeaderMap, Error> {
    let signatures = secrets
        .iter()
        .map(|secret| secret.sign(id, timestamp, body))
        .collect::<Result<Vec<_>, _>>()?;
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(HeaderName::from_static("webhook-id"), value(id)?);
    headers.insert(
        HeaderName::from_static("webhook-timestamp"),
        HeaderValue::from(timestamp),
    );
    headers.insert(
        HeaderName::from_static("webhook-signature"),
        value(&signatures.join(" "))?,
    );
    Ok(headers)
}
