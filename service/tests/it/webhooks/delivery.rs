//! Tests of the delivery of events.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use notes_service::clock;
use serde_json::{Value, json};

use super::{EVENTS, Hook, Sending, assert_signed, end_pauses, execute, note};
use crate::support::receiver::{Manner, Receiver, Request};
use crate::support::{Service, on_both_databases};

on_both_databases!(
    delivers_signed_events_in_order,
    delivers_subscribed_events_only,
    delivers_events_of_own_account_only,
    delivers_events_of_batch_in_order,
    delivers_one_event_per_import,
    retries_failed_delivery_before_later_events,
    delivers_events_once_in_order_with_replicas,
    signs_with_both_secrets_after_rotation,
    redelivers_or_drops_delivery_manually,
    includes_full_content_on_request,
    returns_ping_result_immediately,
);

async fn delivers_signed_events_in_order(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &EVENTS).await;
    let _sending = Sending::of(&service);
    let long = format!("# eggs\n\n{}", "cream ".repeat(2_000));
    let body = json!({"title": "list", "content": long});
    let made = service.json(&ada, "POST", "/api/notes", body).await.is(201);
    let created = receiver.next().await;
    assert_signed(&created, &hook.secret);
    assert_eq!(created.header("content-type"), "application/json");
    let event = created.json();
    assert_eq!(event["type"], "note.created");
    assert_eq!(event["id"].as_str(), Some(created.header("webhook-id")));
    let data = &event["data"];
    assert_eq!(data["noteId"], made.body["id"]);
    assert_eq!(data["note"]["title"], "list");
    assert_eq!(data["note"]["version"], 1);
    // As a board shows it.
    assert_eq!(data["note"]["shortened"], true);
    let content = data["note"]["content"].as_str().unwrap();
    assert!(content.len() < 2_000 && long.starts_with(content));

    let path = made.header("location").to_owned();
    let any = [("if-match", "*")];
    let act = async |method: &str, path: &str, body: Option<Value>| {
        let answer = service.request(Some(&ada), method, path, &any, body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
        answer
    };
    act("PATCH", &path, Some(json!({"color": "red"}))).await;
    // What changes nothing is no event, nor is the order.
    act("PATCH", &path, Some(json!({"color": "red"}))).await;
    act("POST", &format!("{path}/archive"), None).await;
    act("DELETE", &path, None).await;
    act("POST", &format!("{path}/restore"), None).await;
    act("DELETE", &path, None).await;
    act("DELETE", &format!("{path}/permanent"), None).await;
    let label = act("POST", "/api/labels", Some(json!({"name": "home"}))).await;
    let label = label.header("location").to_owned();
    act("PATCH", &label, Some(json!({"name": "work"}))).await;
    act("DELETE", &label, None).await;
    let due = json!({"reminderAt": clock::now() - TimeDelta::minutes(1)});
    act("POST", "/api/notes", Some(due)).await;
    service.app.store.fire_reminders().await.unwrap();

    let requests = receiver.take(11).await;
    let kinds: Vec<_> = requests.iter().map(Request::kind).collect();
    assert_eq!(
        kinds,
        [
            "note.updated",
            "note.updated",
            "note.trashed",
            "note.restored",
            "note.trashed",
            "note.deleted",
            "label.created",
            "label.updated",
            "label.deleted",
            "note.created",
            "reminder.fired",
        ]
    );
    let revisions: Vec<_> = requests
        .iter()
        .map(|request| request.json()["data"]["revision"].as_i64().unwrap())
        .collect();
    assert!(revisions.is_sorted(), "{revisions:?}");
    for request in &requests {
        assert_signed(request, &hook.secret);
    }
    let deleted = requests[5].json();
    assert_eq!(deleted["data"]["noteIds"], json!([made.body["id"]]));
    assert!(deleted["data"].get("note").is_none());
    hook.last(&service, &ada, "delivered", 1).await;
    let all = hook.deliveries(&service, &ada).await;
    assert_eq!(all.len(), 12);
    assert!(all.iter().all(|one| one["statusCode"] == 200), "{all:?}");
    receiver.expect_no_request(Duration::from_millis(200)).await;
}

async fn delivers_subscribed_events_only(service: Service) {
    let ada = service.person("ada").await;
    let (mut notes, mut labels) = (Receiver::start().await, Receiver::start().await);
    let hook = Hook::make(&service, &ada, &notes, &["note.created"]).await;
    Hook::make(&service, &ada, &labels, &["label.created", "label.created"]).await;
    let _sending = Sending::of(&service);
    note(&service, &ada, "one").await;
    let label = json!({"name": "home"});
    service
        .json(&ada, "POST", "/api/labels", label)
        .await
        .is(201);
    assert_eq!(notes.next().await.kind(), "note.created");
    assert_eq!(labels.next().await.kind(), "label.created");
    let changed = hook
        .change(&service, &ada, json!({"events": ["label.created"]}))
        .await;
    assert_eq!(changed["events"], json!(["label.created"]));
    note(&service, &ada, "two").await;
    for receiver in [&mut notes, &mut labels] {
        receiver.expect_no_request(Duration::from_millis(200)).await;
    }
    service.send(&ada, "DELETE", &hook.path).await.is(204);
    let label = json!({"name": "work"});
    service
        .json(&ada, "POST", "/api/labels", label)
        .await
        .is(201);
    assert_eq!(labels.next().await.json()["data"]["label"]["name"], "work");
    notes.expect_no_request(Duration::from_millis(200)).await;
}

async fn delivers_events_of_own_account_only(service: Service) {
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let mut receiver = Receiver::start().await;
    Hook::make(&service, &eve, &receiver, &EVENTS).await;
    let _sending = Sending::of(&service);
    note(&service, &ada, "hers").await;
    receiver.expect_no_request(Duration::from_millis(300)).await;
    note(&service, &eve, "mine").await;
    assert_eq!(
        receiver.next().await.json()["data"]["note"]["title"],
        "mine"
    );
}

async fn delivers_events_of_batch_in_order(service: Service) {
    let ada = service.person("ada").await;
    let mut ids = Vec::new();
    for title in ["a", "b", "c"] {
        ids.push(note(&service, &ada, title).await.body["id"].clone());
    }
    let mut receiver = Receiver::start().await;
    Hook::make(&service, &ada, &receiver, &EVENTS).await;
    let _sending = Sending::of(&service);
    let batch = json!({"operations": [
        {"id": ids[0], "op": "trash"},
        {"id": ids[1], "op": "setColor", "color": "red"},
        {"id": ids[1], "op": "setColor", "color": "red"},
        {"id": ids[2], "op": "trash"},
        {"id": ids[2], "op": "delete"},
        {"id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b", "op": "trash"},
    ]});
    service
        .json(&ada, "POST", "/api/notes/batch", batch)
        .await
        .is(200);
    let requests = receiver.take(4).await;
    let told: Vec<_> = requests
        .iter()
        .map(|request| (request.kind(), request.json()["data"]["noteId"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("note.trashed".to_owned(), ids[0].clone()),
            ("note.updated".to_owned(), ids[1].clone()),
            ("note.trashed".to_owned(), ids[2].clone()),
            ("note.deleted".to_owned(), Value::Null),
        ]
    );
    service.send(&ada, "DELETE", "/api/trash").await.is(200);
    let emptied = receiver.next().await.json();
    assert_eq!(emptied["data"]["noteIds"], json!([ids[0]]));
}

async fn delivers_one_event_per_import(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    Hook::make(&service, &ada, &receiver, &EVENTS).await;
    let _sending = Sending::of(&service);
    let notes: Vec<_> = (0..50)
        .map(|number| json!({"title": format!("{number}")}))
        .collect();
    let file = json!({"format": "notes", "version": 1, "notes": notes});
    service
        .json(&ada, "POST", "/api/import", file)
        .await
        .is(201);
    let told = receiver.next().await.json();
    assert_eq!(told["type"], "notes.imported");
    assert_eq!(told["data"]["notes"], 50);
    receiver.expect_no_request(Duration::from_millis(200)).await;
}

async fn retries_failed_delivery_before_later_events(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    receiver.then([Manner::Status(500), Manner::Status(404)]);
    let _sending = Sending::of(&service);
    let first = note(&service, &ada, "first").await;
    let failed = receiver.next().await;
    let path = first.header("location");
    service
        .request(
            Some(&ada),
            "PATCH",
            path,
            &[("if-match", "*")],
            Some(json!({"title": "changed"})),
        )
        .await
        .is(200);
    note(&service, &ada, "second").await;
    receiver.expect_no_request(Duration::from_millis(200)).await;
    let waiting = hook.deliveries(&service, &ada).await;
    assert_eq!(waiting[1]["statusCode"], 500);
    assert_eq!(waiting[1]["state"], "waiting");
    assert_eq!(waiting[0]["attempts"], 0);
    assert_eq!(hook.read(&service, &ada).await["failures"], 1);
    let mut again = Vec::new();
    for _ in 0..2 {
        end_pauses(&service).await;
        again.push(receiver.next().await);
    }
    // The same message each time, whatever became of the note since.
    for request in &again {
        assert_eq!(request.body, failed.body);
        assert_eq!(request.header("webhook-id"), failed.header("webhook-id"));
        assert_signed(request, &hook.secret);
    }
    let second = receiver.next().await.json();
    assert_eq!(second["data"]["note"]["title"], "second");
    hook.last(&service, &ada, "delivered", 1).await;
    let done = hook.deliveries(&service, &ada).await;
    assert_eq!(done[1]["attempts"], 3);
    assert_eq!(hook.read(&service, &ada).await["failures"], 0);
}

async fn delivers_events_once_in_order_with_replicas(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    let (one, two) = (service.replica(), service.replica());
    let _sending = [&service, &one, &two].map(Sending::of);
    for number in 0..30 {
        note(&service, &ada, &number.to_string()).await;
    }
    let requests = receiver.take(30).await;
    let titles: Vec<_> = requests
        .iter()
        .map(|request| request.json()["data"]["note"]["title"].clone())
        .collect();
    let expected: Vec<_> = (0..30).map(|number| json!(number.to_string())).collect();
    assert_eq!(titles, expected);
    let ids: BTreeSet<_> = requests
        .iter()
        .map(|request| request.header("webhook-id"))
        .collect();
    assert_eq!(ids.len(), 30);
    hook.last(&service, &ada, "delivered", 1).await;
    receiver.expect_no_request(Duration::from_millis(300)).await;
}

async fn signs_with_both_secrets_after_rotation(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    let path = format!("{}/secret", hook.path);
    let rotated = service.send(&ada, "POST", &path).await.is(200).body;
    let new = rotated["secret"].as_str().unwrap();
    assert_ne!(new, hook.secret);
    assert!(rotated["previousSecretUntil"].is_string());
    assert!(hook.read(&service, &ada).await.get("secret").is_none());
    let _sending = Sending::of(&service);
    note(&service, &ada, "one").await;
    let request = receiver.next().await;
    assert_signed(&request, new);
    assert_signed(&request, &hook.secret);
    let past = clock::now() - TimeDelta::seconds(1);
    let sql = "UPDATE webhooks SET previous_until = $1";
    execute(&service, sql, vec![past.into()]).await;
    note(&service, &ada, "two").await;
    let request = receiver.next().await;
    assert_signed(&request, new);
    assert!(!request.header("webhook-signature").contains(' '));
}

async fn redelivers_or_drops_delivery_manually(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    let _sending = Sending::of(&service);
    note(&service, &ada, "one").await;
    let first = receiver.next().await;
    let done = hook.last(&service, &ada, "delivered", 1).await;
    let path = |delivery: &Value| {
        let id = delivery["id"].as_str().unwrap();
        format!("{}/deliveries/{id}", hook.path)
    };
    let again = format!("{}/redeliver", path(&done));
    let waits = service.send(&ada, "POST", &again).await.is(200).body;
    assert_eq!(waits["state"], "waiting");
    assert_eq!(receiver.next().await.body, first.body);
    hook.last(&service, &ada, "delivered", 2).await;

    // One that is never taken is dropped, and those behind it go on.
    receiver.then([Manner::Status(422)]);
    note(&service, &ada, "two").await;
    let failed = hook.last(&service, &ada, "waiting", 1).await;
    receiver.next().await;
    note(&service, &ada, "three").await;
    service.send(&ada, "DELETE", &path(&failed)).await.is(204);
    end_pauses(&service).await;
    let next = receiver.next().await.json();
    assert_eq!(next["data"]["note"]["title"], "three");
    service
        .send(&ada, "POST", &format!("{}/redeliver", path(&failed)))
        .await
        .problem(404, "not_found");
    // A pause ends when it is sent again by hand.
    receiver.then([Manner::Status(503)]);
    note(&service, &ada, "four").await;
    receiver.next().await;
    let failed = hook.last(&service, &ada, "waiting", 1).await;
    postpone_attempts(&service).await;
    let again = format!("{}/redeliver", path(&failed));
    service.send(&ada, "POST", &again).await.is(200);
    let next = receiver.next().await.json();
    assert_eq!(next["data"]["note"]["title"], "four");
}

/// Postpones the next attempt by hours.
async fn postpone_attempts(service: &Service) {
    let later = clock::now() + TimeDelta::hours(3);
    let sql = "UPDATE webhooks SET due_at = $1 WHERE due_at IS NOT NULL";
    execute(service, sql, vec![later.into()]).await;
}

async fn includes_full_content_on_request(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let body = json!({"url": receiver.url(), "events": ["note.created"], "includeContent": true});
    service
        .json(&ada, "POST", "/api/webhooks", body)
        .await
        .is(201);
    let _sending = Sending::of(&service);
    // The longest, and the longest as JSON.
    for long in ["é\u{2028}\"\\".repeat(14_000), "\u{1}".repeat(102_400)] {
        let body = json!({"content": long});
        service.json(&ada, "POST", "/api/notes", body).await.is(201);
        let told = receiver.next().await.json();
        assert_eq!(told["data"]["note"]["content"], long);
    }
}

async fn returns_ping_result_immediately(service: Service) {
    let ada = service.person("ada").await;
    let mut receiver = Receiver::start().await;
    let hook = Hook::make(&service, &ada, &receiver, &["note.created"]).await;
    let ping = format!("{}/ping", hook.path);
    receiver.then([Manner::Status(202), Manner::Status(500)]);
    let answer = service.send(&ada, "POST", &ping).await.is(200).body;
    assert_eq!(answer["delivered"], true);
    assert_eq!(answer["statusCode"], 202);
    let request = receiver.next().await;
    assert_signed(&request, &hook.secret);
    assert_eq!(request.kind(), "ping");
    let id = hook.path.rsplit('/').next().unwrap();
    assert_eq!(request.json()["data"], json!({"webhookId": id}));
    let answer = service.send(&ada, "POST", &ping).await.is(200).body;
    assert_eq!(answer["delivered"], false);
    assert_eq!(answer["statusCode"], 500);
    assert!(hook.deliveries(&service, &ada).await.is_empty());
    // There are ten in a while.
    for _ in 0..8 {
        service.send(&ada, "POST", &ping).await.is(200);
    }
    let refused = service.send(&ada, "POST", &ping).await;
    refused.problem(429, "rate_limited");
}
