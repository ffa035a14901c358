//! Tests of events and changes for the devices of recipients.

use serde_json::{Value, json};

use super::{note, offer, patch, path_of_share, revision, settle, share};
use crate::live::Listener;
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    includes_each_new_version_in_changes_of_recipients,
    includes_trash_and_ended_shares_in_changes,
    notifies_devices_of_recipients,
    sends_missed_share_news_later,
    splits_many_ended_shares_into_pages,
);

async fn changes(service: &Service, who: &Person, since: i64) -> Value {
    let path = format!("/api/changes?since={since}");
    service.send(who, "GET", &path).await.is(200).body
}

/// Changes a note in each way that creates a version.
async fn includes_each_new_version_in_changes_of_recipients(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "- [ ] eggs").await;
    let beside = note(&service, &ada, "").await;
    let label = json!({"name": "Errands"});
    let label = service
        .json(&ada, "POST", "/api/labels", label)
        .await
        .is(201);
    let label = label.body["id"].as_str().unwrap().to_owned();
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let path = format!("/api/notes/{id}");
    let batch = |operation: Value| {
        (
            "POST",
            "/api/notes/batch".to_owned(),
            json!({"operations": [operation]}),
        )
    };
    let steps = [
        ("PATCH", path.clone(), json!({"title": "another"})),
        (
            "PATCH",
            path.clone(),
            json!({"color": "red", "labelIds": [label]}),
        ),
        ("PATCH", format!("{path}/items/0"), json!({"checked": true})),
        ("POST", format!("{path}/revisions/1/restore"), json!({})),
        ("POST", format!("{path}/archive"), json!({})),
        ("POST", format!("{path}/unarchive"), json!({})),
        ("POST", format!("{path}/move"), json!({"after": beside})),
        (
            "PUT",
            "/api/notes/reorder".to_owned(),
            json!({"ids": [id, beside]}),
        ),
        batch(json!({"id": id, "op": "pin"})),
        batch(json!({"id": id, "op": "archive"})),
        ("DELETE", format!("/api/labels/{label}"), json!({})),
        (
            "PATCH",
            format!("/api/shared/{id}"),
            json!({"content": "Bob's"}),
        ),
    ];
    for (method, step, body) in steps {
        settle(&service).await;
        let since = revision(&service, &bob).await;
        let before = version(&service, &ada, &path).await;
        let who = if step.starts_with("/api/shared") {
            &bob
        } else {
            &ada
        };
        let headers = [("if-match", "*")];
        let answer = service
            .request(Some(who), method, &step, &headers, Some(body))
            .await;
        assert!(
            answer.status.is_success(),
            "{method} {step}: {}",
            answer.body
        );
        settle(&service).await;
        let after = version(&service, &ada, &path).await;
        assert!(after > before, "{method} {step} makes no version");
        let heard = changes(&service, &bob, since).await;
        assert_eq!(
            heard["sharedNotes"][0]["id"], id,
            "{method} {step}: {heard}"
        );
        assert_eq!(heard["sharedNotes"][0]["version"], after, "{method} {step}");
        assert_eq!(heard["notes"], json!([]));
    }
}

async fn version(service: &Service, who: &Person, path: &str) -> i64 {
    let note = service.send(who, "GET", path).await.is(200);
    note.body["version"].as_i64().unwrap()
}

async fn includes_trash_and_ended_shares_in_changes(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    share(&service, &ada, &id, (&bob, "bob"), "write").await;
    let (path, shared) = (format!("/api/notes/{id}"), format!("/api/shared/{id}"));
    let mut since = revision(&service, &bob).await;
    let mut hear = async || {
        settle(&service).await;
        let heard = changes(&service, &bob, since).await;
        since = heard["revision"].as_i64().unwrap();
        let shared = heard["sharedNotes"].as_array().unwrap().len();
        (shared, heard["endedShares"].clone())
    };
    service.send(&ada, "DELETE", &path).await.is(200);
    assert_eq!(hear().await, (0, json!([id])));
    service
        .send(&bob, "GET", &shared)
        .await
        .problem(404, "not_found");
    patch(&service, &bob, &shared, None, json!({"title": "x"}))
        .await
        .problem(404, "not_found");
    service
        .send(&ada, "POST", &format!("{path}/restore"))
        .await
        .is(200);
    assert_eq!(hear().await, (1, json!([])));
    service.send(&bob, "GET", &shared).await.is(200);
    // By a batch, and by emptying the trash.
    for way in ["batch", "trash"] {
        let id = note(&service, &ada, "").await;
        share(&service, &ada, &id, (&bob, "bob"), "write").await;
        assert_eq!(hear().await, (1, json!([])));
        let path = format!("/api/notes/{id}");
        service.send(&ada, "DELETE", &path).await.is(200);
        assert_eq!(hear().await, (0, json!([id])));
        if way == "batch" {
            let body = json!({"operations": [{"id": id, "op": "delete"}]});
            service
                .json(&ada, "POST", "/api/notes/batch", body)
                .await
                .is(200);
        } else {
            service.send(&ada, "DELETE", "/api/trash").await.is(200);
        }
        // Said again: deleted for good.
        assert_eq!(hear().await, (0, json!([id])));
    }
    // Changes of an own note cost no look at those of others, and change nothing of them.
    note(&service, &bob, "").await;
    assert_eq!(hear().await, (0, json!([])));
}

async fn notifies_devices_of_recipients(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let id = note(&service, &ada, "").await;
    let mut device = Listener::of(&service, &bob, None).await;
    let mut known = device.changed().await;
    // Of an invitation.
    let offered = offer(&service, &ada, &id, "bob", "read").await.is(201);
    let heard = device.changed().await;
    assert!(heard > known);
    known = heard;
    let accept = format!(
        "/api/invitations/{}/accept",
        offered.body["id"].as_str().unwrap()
    );
    service.send(&bob, "POST", &accept).await.is(200);
    let heard = device.changed().await;
    assert!(heard > known);
    known = heard;
    let path = format!("/api/notes/{id}");
    patch(&service, &ada, &path, None, json!({"title": "x"}))
        .await
        .is(200);
    let heard = device.changed().await;
    assert!(heard > known);
    assert_eq!(
        changes(&service, &bob, known).await["sharedNotes"][0]["title"],
        "x"
    );
    known = heard;
    let of_bob = path_of_share(&service, &ada, &id, "bob").await;
    service.send(&ada, "DELETE", &of_bob).await.is(204);
    device.changed().await;
    assert_eq!(
        changes(&service, &bob, known).await["endedShares"],
        json!([id])
    );
}

/// The case: a process ends between a change and its message, which another process then sends.
async fn sends_missed_share_news_later(service: Service) {
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let cyd = service.person("cyd").await;
    let id = note(&service, &ada, "").await;
    share(&service, &ada, &id, (&bob, "bob"), "read").await;
    settle(&service).await;
    // Cyd gets Bob's share by hand: a task of this process may still look for news of Bob, and would find what comes now.
    let share = "INSERT INTO note_shares (id, note_id, user_id, recipient_id, can_write, email, email_key, change_seq, accepted_at) \
         SELECT u.id, s.note_id, s.user_id, u.id, s.can_write, 'cyd@example.com', 'cyd@example.com', s.change_seq, s.accepted_at \
         FROM note_shares s CROSS JOIN users u WHERE u.email_key LIKE 'cyd%'";
    super::execute(&service, share).await;
    let since = revision(&service, &cyd).await;
    let store = &service.app.store;
    assert_eq!(store.deliver_share_news().await.unwrap(), 0);
    let news = "INSERT INTO share_news (id, recipient_id, note_id, created_at) \
         SELECT id, recipient_id, note_id, accepted_at FROM note_shares WHERE id = recipient_id";
    super::execute(&service, news).await;
    assert_eq!(
        changes(&service, &cyd, since).await["sharedNotes"],
        json!([])
    );
    assert_eq!(store.deliver_share_news().await.unwrap(), 1);
    assert_eq!(store.deliver_share_news().await.unwrap(), 0);
    assert_eq!(
        changes(&service, &cyd, since).await["sharedNotes"][0]["id"],
        id
    );
}

async fn splits_many_ended_shares_into_pages(service: Service) {
    let service = super::unlimited(service);
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let mut notes = Vec::new();
    for _ in 0..130 {
        let id = note(&service, &ada, "").await;
        share(&service, &ada, &id, (&bob, "bob"), "read").await;
        notes.push(id);
    }
    settle(&service).await;
    let mut since = revision(&service, &bob).await;
    let farewell = json!({"currentPassword": crate::support::PASSWORD});
    service
        .json(&ada, "DELETE", "/api/me", farewell)
        .await
        .is(204);
    settle(&service).await;
    let (mut ended, mut pages) = (Vec::new(), 0);
    loop {
        let path = format!("/api/changes?since={since}&limit=20");
        let page = service.send(&bob, "GET", &path).await.is(200).body;
        let ids = page["endedShares"].as_array().unwrap().iter();
        ended.extend(ids.map(|id| id.as_str().unwrap().to_owned()));
        since = page["revision"].as_i64().unwrap();
        pages += 1;
        if page["more"] == false {
            break;
        }
    }
    ended.sort();
    notes.sort();
    assert_eq!(ended, notes);
    assert!(pages >= 2, "{pages}");
}
