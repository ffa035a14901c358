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
use crate::outbound::{Client, ResponseHead, Target};
use crate::store::webhooks::{
    Attempt, Claim, DisabledReason, FailureAction, Receiver, WaitingDelivery,
};
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
pub async fn send_ping(client: &Client, receiver: &Receiver) -> Result<Pinged, Error> {
    let id = id::new();
    let data = [("webhookId".to_owned(), receiver.webhook.to_string().into())];
    let body = message::build_body(id, "ping", clock::now(), &Map::from_iter(data));
    let begun = Instant::now();
    let outcome = attempt_delivery(client, receiver, id, body).await?;
    let elapsed = begun.elapsed().as_millis();
    Ok(Pinged {
        attempt: outcome.to_attempt(),
        delivered: outcome.is_success(),
        milliseconds: u32::try_from(elapsed).unwrap_or(u32::MAX),
    })
}

impl Sender {
    /// Makes one attempt to send a delivery and records its outcome. Returns `true` if the next delivery may follow.
    pub(super) async fn deliver_waiting(
        &self,
        claim: &mut Claim,
        waiting: WaitingDelivery,
    ) -> Result<bool, Error> {
        let receiver = &claim.receiver;
        let kind = waiting.event.map_or("unknown", |event| event.as_str());
        let body = if let Some(kept) = waiting.payload {
            kept
        } else {
            let data = self.build_data(receiver, &waiting).await?;
            let body = message::build_body(waiting.id, kind, waiting.occurred_at, &data);
            self.store.store_payload(waiting.id, &body).await?;
            body
        };
        let outcome = attempt_delivery(&self.client, receiver, waiting.id, body).await?;
        let success = outcome.is_success();
        let told = if success { "delivered" } else { "failed" };
        counter!(WEBHOOK_ATTEMPTS, "outcome" => told).increment(1);
        tracing::debug!(
            webhook = %receiver.webhook,
            delivery = %waiting.id,
            status = outcome.to_attempt().status,
            failure = outcome.to_attempt().failure,
            "called a webhook"
        );
        if success {
            let seen = outcome.to_attempt();
            self.store.record_success(claim, waiting.id, seen).await?;
            return Ok(true);
        }
        let verdict = outcome.decide_action(claim.failures + 1);
        if let FailureAction::Disable(reason) = verdict {
            tracing::info!(webhook = %receiver.webhook, reason = reason.as_str(), "a webhook was disabled");
        }
        self.store
            .record_failure(claim, waiting.id, outcome.to_attempt(), verdict)
            .await?;
        Ok(false)
    }
}

/// The outcome of one attempt.
#[derive(Debug)]
enum Outcome {
    /// The receiver sent a response, of any status.
    Response(ResponseHead),
    /// No response arrived, for the reason with this code.
    NoResponse(&'static str),
}

impl Outcome {
    fn is_success(&self) -> bool {
        matches!(self, Self::Response(answer) if answer.is_success())
    }

    fn to_attempt(&self) -> Attempt {
        match self {
            Self::Response(answer) => Attempt {
                status: Some(answer.status),
                failure: None,
            },
            Self::NoResponse(why) => Attempt {
                status: None,
                failure: Some(why),
            },
        }
    }

    /// Decides after a failed attempt: retry later, or disable the webhook. `failures` counts consecutive failures, this one included.
    fn decide_action(&self, failures: u32) -> FailureAction {
        let asked = match self {
            Self::Response(answer) if answer.status == GONE => {
                return FailureAction::Disable(DisabledReason::Gone);
            }
            Self::Response(answer) => answer.retry_after,
            Self::NoResponse(_) => None,
        };
        let pause = retry::retry_pause(failures, asked);
        match pause.and_then(|pause| TimeDelta::from_std(pause).ok()) {
            Some(pause) => FailureAction::Retry(clock::now() + pause),
            None => FailureAction::Disable(DisabledReason::Failing),
        }
    }
}

async fn attempt_delivery(
    client: &Client,
    receiver: &Receiver,
    id: Uuid,
    body: String,
) -> Result<Outcome, Error> {
    // Checked again, because an operator may allow fewer networks than when the webhook was created.
    let target = match Target::parse(&receiver.url, client.settings()) {
        Ok(target) => target,
        Err(why) => return Ok(Outcome::NoResponse(why.as_str())),
    };
    let id = id.to_string();
    let headers = build_headers(&receiver.secrets, &id, clock::now().timestamp(), &body)?;
    Ok(match client.post_body(&target, headers, body).await {
        Ok(answer) => Outcome::Response(answer),
        Err(failure) => Outcome::NoResponse(failure.as_str()),
    })
}

/// Returns the headers of the Standard Webhooks specification, with one signature for each secret.
fn build_headers(
    secrets: &[Secret],
    id: &str,
    timestamp: i64,
    body: &str,
) -> Result<HeaderMap, Error> {
    let signatures = secrets
        .iter()
        .map(|secret| secret.sign_message(id, timestamp, body))
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
