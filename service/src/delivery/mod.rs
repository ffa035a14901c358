//! Delivery of reminders by push message and by email to users who have no page open. [`crate::store::deliveries`] stores the deliveries that are
//! due; [`Deliverer`] attempts them.

mod letter;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use metrics::counter;
use serde_json::json;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::mail::{Mailer, SendOutcome};
use crate::push::vapid::SigningKey;
use crate::push::{Browser, Message, Outcome, Pusher};
use crate::store::Store;
use crate::store::deliveries::{
    ATTEMPTS, Claim, DeliveryDecision, Destination, LIFETIME, PreparedDelivery,
};
use crate::telemetry::metrics::DELIVERIES;

/// Maximum number of attempts that one process makes at once.
const AT_ONCE: usize = 16;
/// Maximum length of a title in characters; a push message must fit into 4 KiB.
const TITLE: usize = 300;
/// Pause after the first attempt; each later one is three times as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(20);
/// Upper limit of the pause between two attempts.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(2);
/// Maximum number of attempts of one call, so that the process can stop between calls.
const OF_CALL: usize = 1_000;

/// Delivers reminders through the channels that are configured: push messages, email, or both.
#[derive(Debug, Clone)]
pub struct Deliverer {
    store: Store,
    push: Option<Pusher>,
    mail: Option<Mailer>,
}

/// Result of one attempt to deliver a reminder.
enum DeliveryOutcome {
    Accepted,
    Dropped,
    Gone,
    Rejected(u16),
    RetryLater(Option<u32>),
}

impl Deliverer {
    /// Creates a deliverer for the reminders in this database. Deliveries for a channel that is `None` are dropped.
    pub fn new(store: Store, push: Option<Pusher>, mail: Option<Mailer>) -> Self {
        Self { store, push, mail }
    }

    /// Attempts all deliveries that are due, up to 16 at once and about 1,000 per call, and returns the number of attempts. Each user has at most two
    /// attempts at once, so that the slow destinations of one user do not delay others. An error of one attempt is returned after the attempts that
    /// are already running have ended.
    pub async fn deliver_due(&self) -> Result<u64, Error> {
        // Separate tasks continue while others are claimed; an attempt that is not polled would hold its database connection.
        let mut running = JoinSet::new();
        let mut busy: Vec<Uuid> = Vec::new();
        let (mut begun, mut done) = (0, 0);
        let mut key = None;
        let mut failed = None;
        loop {
            if failed.is_none() && begun < OF_CALL && running.len() < AT_ONCE {
                let most = u64::try_from(AT_ONCE - running.len()).unwrap_or(1);
                let claims = self.store.claim_deliveries(most, &busy).await?;
                if !claims.is_empty() && key.is_none() && self.push.is_some() {
                    key = Some(Arc::new(self.store.push_key().await?));
                }
                for claim in claims {
                    begun += 1;
                    busy.push(claim.user);
                    let (deliverer, key) = (self.clone(), key.clone());
                    running.spawn(async move {
                        let outcome = deliverer.attempt_delivery(&claim, key.as_deref()).await;
                        (claim.user, outcome)
                    });
                }
            }
            // Running attempts are completed even if others fail, because their messages may have been accepted already.
            let Some(ended) = running.join_next().await else {
                return failed.map_or(Ok(done), Err);
            };
            let (user, outcome) = ended.map_err(Error::internal)?;
            if let Some(at) = busy.iter().position(|busy| *busy == user) {
                busy.swap_remove(at);
            }
            match outcome {
                Ok(()) => done += 1,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
    }

    async fn attempt_delivery(&self, claim: &Claim, key: Option<&SigningKey>) -> Result<(), Error> {
        let (channel, done, fired_at) = match self.store.prepare_delivery(claim).await? {
            None => return Ok(()),
            Some(DeliveryDecision::Drop(reason)) => {
                tracing::debug!(reason, "a reminder was not delivered");
                ("none", DeliveryOutcome::Dropped, None)
            }
            Some(DeliveryDecision::Attempt(parcel)) => {
                let (channel, done) = match &parcel.to {
                    Destination::Browser(browser) => {
                        ("push", self.send_push(key, browser, &parcel).await?)
                    }
                    Destination::Address { .. } => ("mail", self.send_mail(&parcel).await),
                };
                (channel, done, Some(parcel.fired_at))
            }
        };
        let outcome = self.record_outcome(claim, &done, fired_at).await?;
        counter!(DELIVERIES, "channel" => channel, "outcome" => outcome).increment(1);
        Ok(())
    }

    /// Stores the result of an attempt and returns its name for the metric of outcomes. Temporary failures are retried until the number of attempts
    /// or the lifetime of the reminder is exceeded.
    async fn record_outcome(
        &self,
        claim: &Claim,
        done: &DeliveryOutcome,
        fired_at: Option<DateTime<Utc>>,
    ) -> Result<&'static str, Error> {
        let store = &self.store;
        match done {
            DeliveryOutcome::Accepted => store.record_delivered(claim).await.map(|()| "taken"),
            DeliveryOutcome::Dropped => store.end_delivery(claim).await.map(|()| "dropped"),
            DeliveryOutcome::Gone => store.forget_browser(claim).await.map(|()| "gone"),
            DeliveryOutcome::Rejected(status) => {
                tracing::warn!(status, "the recipient of a reminder rejected it");
                store.end_delivery(claim).await.map(|()| "refused")
            }
            DeliveryOutcome::RetryLater(after) => {
                let now = clock::now();
                let pause = retry_pause(claim.attempt, *after);
                let ends = fired_at.unwrap_or(now) + LIFETIME;
                if claim.attempt >= ATTEMPTS || now + pause > ends {
                    tracing::warn!(
                        attempts = claim.attempt,
                        "the delivery of a reminder was abandoned"
                    );
                    return store.end_delivery(claim).await.map(|()| "given_up");
                }
                store
                    .postpone_delivery(claim, now + pause)
                    .await
                    .map(|()| "later")
            }
        }
    }

    async fn send_push(
        &self,
        key: Option<&SigningKey>,
        browser: &Browser,
        parcel: &PreparedDelivery,
    ) -> Result<DeliveryOutcome, Error> {
        let (Some(pusher), Some(key)) = (&self.push, key) else {
            return Ok(DeliveryOutcome::Dropped);
        };
        let left = parcel.fired_at + LIFETIME - clock::now();
        let text = render_push_text(parcel);
        let message = Message {
            text: text.as_bytes(),
            about: parcel.note,
            lifetime: left.to_std().unwrap_or(Duration::ZERO),
        };
        Ok(match pusher.send_message(key, browser, &message).await? {
            Outcome::Accepted => DeliveryOutcome::Accepted,
            Outcome::Gone => DeliveryOutcome::Gone,
            Outcome::Rejected(status) => DeliveryOutcome::Rejected(status),
            Outcome::RetryLater(after) => DeliveryOutcome::RetryLater(after),
        })
    }

    async fn send_mail(&self, parcel: &PreparedDelivery) -> DeliveryOutcome {
        let Some(mailer) = &self.mail else {
            return DeliveryOutcome::Dropped;
        };
        let Some(letter) = letter::write_letter(&mailer.page().to_string(), parcel) else {
            return DeliveryOutcome::Dropped;
        };
        match mailer.send_once(letter).await {
            SendOutcome::Accepted => DeliveryOutcome::Accepted,
            SendOutcome::Rejected => DeliveryOutcome::Rejected(0),
            SendOutcome::Deferred => DeliveryOutcome::RetryLater(None),
        }
    }
}

/// Returns the text of a push message as JSON.
fn render_push_text(parcel: &PreparedDelivery) -> String {
    let mut text = json!({
        "type": "reminder",
        "noteId": parcel.note,
        "reminderAt": parcel.reminder_at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    });
    if let Some(title) = &parcel.title {
        text["title"] = shorten_title(title).into();
    }
    text.to_string()
}

/// Returns the title, cut off after [`TITLE`] characters.
fn shorten_title(title: &str) -> String {
    title.chars().take(TITLE).collect()
}

/// Returns the pause before the next attempt. It grows with each attempt, varies at random, and is at least as long as the destination asks for, up
/// to [`LONGEST_PAUSE`].
fn retry_pause(attempt: i16, after: Option<u32>) -> TimeDelta {
    let times = 3_i32.saturating_pow(u32::try_from(attempt - 1).unwrap_or_default());
    let own = FIRST_PAUSE
        .checked_mul(times)
        .map_or(LONGEST_PAUSE, |pause| Ord::min(pause, LONGEST_PAUSE));
    let around = TimeDelta::from_std(clock::with_jitter(own.to_std().unwrap_or_default()));
    let wanted = after.map_or(TimeDelta::zero(), |after| TimeDelta::seconds(after.into()));
    Ord::max(around.unwrap_or(own), Ord::min(wanted, LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn increases_pause_within_bounds() {
        for attempt in 1..=ATTEMPTS {
            let pause = retry_pause(attempt, None);
            assert!(pause >= TimeDelta::seconds(15), "{attempt}: {pause}");
            assert!(pause <= LONGEST_PAUSE * 5 / 4, "{attempt}: {pause}");
        }
        assert!(retry_pause(5, None) > retry_pause(1, None) * 10);
        let wanted = retry_pause(1, Some(600));
        assert_eq!(wanted, TimeDelta::seconds(600));
        assert_eq!(retry_pause(1, Some(u32::MAX)), LONGEST_PAUSE);
    }

    #[test]
    fn fits_push_message_for_any_title() {
        for title in [
            "\u{1}".repeat(1_000),
            "🦔".repeat(1_000),
            "\"".repeat(1_000),
        ] {
            let parcel = PreparedDelivery {
                note: Uuid::nil(),
                title: Some(title),
                reminder_at: clock::now(),
                fired_at: clock::now(),
                to: Destination::Address {
                    email: String::new(),
                    username: String::new(),
                    unsubscribe_key: Vec::new(),
                },
            };
            assert!(render_push_text(&parcel).len() <= crate::push::encryption::MOST);
        }
    }
}
