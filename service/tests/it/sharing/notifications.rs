//! Tests that recipients and webhooks are notified of changes of a shared note other than of its text.

use notes_service::domain::limits::AccountLimits;
use serde_json::json;

use super::{note, patch, revision, settle, share};
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(reports_changes_by_recipient_file_and_reminder);

/// Returns the shared notes that changed after a revision.
async fn changed(service: &Service, who: &Person, since: i64) -> Vec<String> {
    settle(service).await;
    let path = format!("/api/changes?since={since}");
    let changes = service.send(who, "GET", &path).await.is(200);
    let shared = changes.body["sharedNotes"].as_array().unwrap();
    shared
        .iter()
        .map(|note| note["id"].as_str().unwrap().to_owned())
        .collect()
}

async fn reports_changes_by_recipient_file_and_reminder(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "text").await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let hook = json!({"url": "https://example.com/hook", "events": ["note.updated"]});
    let hook = service.json(&ada, "POST", "/api/webhooks", hook).await;
    let deliveries = format!("{}/deliveries", hook.is(201).header("location"));
    let deliveries_sent = async || {
        let list = service.send(&ada, "GET", &deliveries).await.is(200);
        list.body["items"].as_array().unwrap().len()
    };
    assert_eq!(deliveries_sent().await, 0);

    let path = format!("/api/shared/{id}");
    let content = json!({"content": "by Bob"});
    patch(&service, &bob, &path, None, content).await.is(200);
    assert_eq!(deliveries_sent().await, 1);

    let since = revision(&service, &bob).await;
    let path = format!("/api/notes/{id}/attachments?name=a.txt");
    let added = service.bytes(&ada, "POST", &path, &[], "bytes").await;
    added.json().is(201);
    assert_eq!(deliveries_sent().await, 2);
    assert_eq!(
        changed(&service, &bob, since).await,
        std::slice::from_ref(&id)
    );

    let path = format!("/api/notes/{id}");
    let due = json!({"reminderAt": "2026-02-01T08:00:00Z",
        "recurrence": {"rule": "FREQ=DAILY", "timeZone": "UTC"}});
    patch(&service, &ada, &path, None, due).await.is(200);
    settle(&service).await;
    let since = revision(&service, &bob).await;
    let fired = service.app.store.fire_reminders().await.unwrap();
    let series = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(fired, 1, "{}", series.body);
    assert_eq!(changed(&service, &bob, since).await, [id]);
}
