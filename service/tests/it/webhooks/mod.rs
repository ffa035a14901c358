//! Tests of webhooks: delivered events, and attacks by receivers.

mod bounds;
mod delivery;
mod hostile;
mod process;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use notes_service::lifecycle::{Lifecycle, Phase};
use notes_service::webhooks::Dispatcher;
use sea_orm::{ConnectionTrait, Statement, Value as Bound};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::time::{sleep, timeout};

use crate::support::receiver::{Receiver, Request};
use crate::support::{Answer, Person, Service};

/// All kinds of events.
const EVENTS: [&str; 10] = [
    "note.created",
    "note.updated",
    "note.trashed",
    "note.restored",
    "note.deleted",
    "notes.imported",
    "label.created",
    "label.updated",
    "label.deleted",
    "reminder.fired",
];

/// The sender of one process, which runs until it is dropped.
struct Sending(Lifecycle);

impl Sending {
    fn of(service: &Service) -> Self {
        let lifecycle = Lifecycle::new();
        let app = &service.app;
        let dispatcher = Dispatcher::new(
            app.store.clone(),
            app.outbound.clone(),
            app.clone(),
            lifecycle.clone(),
        );
        tokio::spawn(
            dispatcher
                .with_pause(Duration::from_millis(20))
                .run_until_stopped(),
        );
        Self(lifecycle)
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.advance_to(Phase::Stopping);
    }
}

/// A webhook of a user.
struct Hook {
    path: String,
    secret: String,
}

impl Hook {
    async fn make(service: &Service, who: &Person, receiver: &Receiver, events: &[&str]) -> Self {
        let body = json!({"url": receiver.url(), "events": events});
        let made = service.json(who, "POST", "/api/webhooks", body).await;
        let made = made.is(201);
        Self {
            path: made.header("location").to_owned(),
            secret: made.body["secret"].as_str().unwrap().to_owned(),
        }
    }

    async fn read(&self, service: &Service, who: &Person) -> Value {
        service.send(who, "GET", &self.path).await.is(200).body
    }

    async fn change(&self, service: &Service, who: &Person, change: Value) -> Value {
        let changed = service.json(who, "PATCH", &self.path, change).await;
        changed.is(200).body
    }

    async fn deliveries(&self, service: &Service, who: &Person) -> Vec<Value> {
        let path = format!("{}/deliveries?limit=100", self.path);
        let list = service.send(who, "GET", &path).await.is(200);
        list.body["items"].as_array().unwrap().clone()
    }

    /// Waits until the last delivery has this state, and returns it.
    async fn last(&self, service: &Service, who: &Person, state: &str, attempts: u64) -> Value {
        let look = async {
            loop {
                let all = self.deliveries(service, who).await;
                let last = all.first().filter(|last| {
                    last["state"] == state && last["attempts"].as_u64() >= Some(attempts)
                });
                if let Some(last) = last {
                    return last.clone();
                }
                sleep(Duration::from_millis(20)).await;
            }
        };
        let found = timeout(Duration::from_secs(20), look).await;
        let now = self.deliveries(service, who).await;
        found.unwrap_or_else(|_| panic!("no delivery is {state} after {attempts}: {now:?}"))
    }
}

/// Asserts that a request is signed by this secret.
fn assert_signed(request: &Request, secret: &str) {
    let message = format!(
        "{}.{}.{}",
        request.header("webhook-id"),
        request.header("webhook-timestamp"),
        request.body
    );
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.unwrap()).unwrap();
    mac.update(message.as_bytes());
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let signatures = request.header("webhook-signature");
    assert!(
        signatures.split(' ').any(|found| found == expected),
        "{expected} is none of {signatures}"
    );
}

async fn note(service: &Service, who: &Person, title: &str) -> Answer {
    let body = json!({"title": title, "content": "text"});
    service.json(who, "POST", "/api/notes", body).await.is(201)
}

/// Executes a statement.
async fn execute(service: &Service, sql: &str, values: Vec<Bound>) -> u64 {
    let db = service.app.store.db();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await.unwrap().rows_affected()
}

/// Ends the pauses before further attempts.
async fn end_pauses(service: &Service) {
    let now = notes_service::clock::now();
    let sql = "UPDATE webhooks SET due_at = $1 WHERE due_at > $1";
    execute(service, sql, vec![now.into()]).await;
}
