//! Tests of the content of notes in other forms: HTML, checklists, and lists in the order of reminders.

use std::fmt::Write as _;

use notes_service::clock;
use notes_service::domain::note::Place;
use notes_service::store::notes::{ListCursor, ListQuery, Order, OrderKey};
use notes_service::store::sessions::NewSession;
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    includes_html_only_on_request,
    reads_and_changes_checklist_items,
    requires_version_for_item_changes,
    rejects_item_text_that_changes_structure,
    sorts_notes_by_reminder_time,
    uses_index_for_reminder_order,
    returns_times_with_microsecond_precision,
);

async fn make(service: &Service, who: &Person, note: Value) -> Answer {
    service.json(who, "POST", "/api/notes", note).await.is(201)
}

/// Changes an item of a note that has this tag.
async fn patch(service: &Service, who: &Person, path: &str, tag: &str, body: Value) -> Answer {
    let headers = [("if-match", tag)];
    let who = Some(who);
    service
        .request(who, "PATCH", path, &headers, Some(body))
        .await
}

async fn includes_html_only_on_request(service: Service) {
    let ada = service.person("ada").await;
    let content = "*tea* <script>alert(1)</script>";
    let made = make(&service, &ada, json!({"content": content})).await;
    assert!(made.body.get("html").is_none());
    let path = made.header("location").to_owned();
    let html = "<p><em>tea</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n";
    let read = service
        .send(&ada, "GET", &format!("{path}?include=html"))
        .await
        .is(200);
    assert_eq!(
        (&read.body["html"], &read.body["content"]),
        (&json!(html), &json!(content))
    );
    assert_eq!(read.header("etag"), made.header("etag"));
    let list = service
        .send(&ada, "GET", "/api/notes?include=html")
        .await
        .is(200);
    assert_eq!(list.body["items"][0]["html"], html);
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    assert!(list.body["items"][0].get("html").is_none());
    for path in [path.as_str(), "/api/notes"] {
        service
            .send(&ada, "GET", &format!("{path}?include=pdf"))
            .await
            .problem(400, "malformed_request");
    }
}

async fn reads_and_changes_checklist_items(service: Service) {
    let ada = service.person("ada").await;
    let content =
        "# Shop\r\n\r\n* [ ] tea\r\n    * [X] *green*\r\n* milk\r\n* [x] bread\r\n\r\nafter";
    let made = make(&service, &ada, json!({"content": content})).await;
    assert_eq!(made.body["checklist"], json!({"done": 2, "total": 3}));
    let path = made.header("location").to_owned();
    let items = service
        .send(&ada, "GET", &format!("{path}/items"))
        .await
        .is(200);
    assert_eq!(items.header("etag"), "\"1\"");
    assert_eq!(
        items.body,
        json!({"items": [
            {"index": 0, "text": "tea", "checked": false, "depth": 0},
            {"index": 1, "text": "*green*", "checked": true, "depth": 1},
            {"index": 2, "text": "bread", "checked": true, "depth": 0},
        ]})
    );
    let item = format!("{path}/items/1");
    let change = json!({"text": "*black*, or two", "checked": false});
    let changed = patch(&service, &ada, &item, "\"1\"", change).await.is(200);
    assert_eq!(changed.header("etag"), "\"2\"");
    let expected = content.replace("[X] *green*", "[ ] *black*, or two");
    assert_eq!(changed.body["content"], expected);
    assert_eq!(changed.body["checklist"], json!({"done": 1, "total": 3}));
    // What is so already is no change.
    let same = patch(&service, &ada, &item, "*", json!({"checked": false})).await;
    assert_eq!(same.is(200).header("etag"), "\"2\"");
    let revisions = service
        .send(&ada, "GET", &format!("{path}/revisions"))
        .await
        .is(200);
    assert_eq!(revisions.body["items"][0]["content"], content);
    // It is found by what it says now.
    let found = service
        .send(&ada, "GET", "/api/search?q=black")
        .await
        .is(200);
    assert_eq!(found.body["items"][0]["note"]["id"], made.body["id"]);

    let plain = make(&service, &ada, json!({"content": "[x] text"})).await;
    assert!(plain.body.get("checklist").is_none());
    let path = format!("{}/items", plain.header("location"));
    let none = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(none.body, json!({"items": []}));
}

async fn requires_version_for_item_changes(service: Service) {
    let ada = service.person("ada").await;
    let made = make(&service, &ada, json!({"content": "- [ ] a\n- [ ] b\n"})).await;
    let path = made.header("location").to_owned();
    let item = format!("{path}/items/1");
    let done = json!({"checked": true});
    service
        .json(&ada, "PATCH", &item, done.clone())
        .await
        .problem(428, "precondition_required");
    patch(&service, &ada, &item, "\"1\"", done.clone())
        .await
        .is(200);
    patch(&service, &ada, &item, "\"1\"", done.clone())
        .await
        .problem(412, "precondition_failed");
    let missing = format!("{path}/items/2");
    let missing = patch(&service, &ada, &missing, "*", done.clone()).await;
    let missing = missing.problem(404, "not_found");
    let detail = missing.body["detail"].as_str().unwrap();
    assert!(detail.contains("has 2 items"), "{detail}");
    for index in ["-1", "x", "99999999999"] {
        let path = format!("{path}/items/{index}");
        let answer = patch(&service, &ada, &path, "*", done.clone()).await;
        assert!(answer.status.is_client_error(), "{index}: {}", answer.body);
    }
    service
        .request(Some(&ada), "DELETE", &path, &[], None)
        .await
        .is(200);
    patch(&service, &ada, &item, "*", json!({"checked": false}))
        .await
        .problem(409, "note_in_trash");
}

async fn rejects_item_text_that_changes_structure(service: Service) {
    let ada = service.person("ada").await;
    let content = "- [ ] a\n- [ ] b\n";
    let made = make(&service, &ada, json!({"content": content})).await;
    let path = made.header("location").to_owned();
    let item = format!("{path}/items/0");
    for (text, code) in [
        ("a\n- [ ] c".to_owned(), "structure"),
        ("a\n\n# b".to_owned(), "structure"),
        ("x".repeat(10_001), "too_long"),
        ("a\0b".to_owned(), "nul"),
    ] {
        let refused = patch(&service, &ada, &item, "*", json!({"text": text})).await;
        let refused = refused.problem(422, "validation_failed");
        let error = &refused.body["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!("/text"), &json!(code))
        );
    }
    patch(&service, &ada, &item, "*", json!({"done": true}))
        .await
        .problem(422, "validation_failed");
    let full = format!("- [ ] a\n\n{}", "x".repeat(100 * 1024 - 10));
    let full = make(&service, &ada, json!({"content": full})).await;
    let item = format!("{}/items/0", full.header("location"));
    patch(
        &service,
        &ada,
        &item,
        "*",
        json!({"text": "longer than there is room"}),
    )
    .await
    .problem(422, "validation_failed");
    let read = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(read.body["content"], content);
}

async fn sorts_notes_by_reminder_time(service: Service) {
    let ada = service.person("ada").await;
    let at = |minute: u32| format!("2031-01-01T00:{minute:02}:00Z");
    let minutes = [30, 10, 20, 10, 50, 40, 10];
    for minute in minutes {
        let note =
            json!({"title": minute.to_string(), "reminderAt": at(minute), "pinned": minute == 50});
        make(&service, &ada, note).await;
    }
    make(&service, &ada, json!({"title": "never"})).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    let mut ids = Vec::new();
    loop {
        let path = format!("/api/notes?sort=reminder&limit=2{cursor}");
        let page = service.send(&ada, "GET", &path).await.is(200);
        for note in page.body["items"].as_array().unwrap() {
            seen.push(note["title"].as_str().unwrap().to_owned());
            ids.push(note["id"].as_str().unwrap().to_owned());
        }
        match page.body["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["10", "10", "10", "20", "30", "40", "50"]);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), minutes.len());
    // A cursor of one order is none of another.
    let refused = service
        .send(&ada, "GET", &format!("/api/notes?limit=2{cursor}"))
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["code"], "invalid_cursor");
    let none = service
        .send(&ada, "GET", "/api/notes?sort=reminder&hasReminder=false")
        .await
        .is(200);
    assert_eq!(none.body["items"], json!([]));
}

async fn uses_index_for_reminder_order(service: Service) {
    let store = &service.app.store;
    let session = NewSession {
        token: "token".to_owned().into(),
        user_agent: None,
        expires_at: clock::now() + chrono::TimeDelta::days(1),
    };
    let owner = store.create_guest(&session).await.unwrap();
    let query = ListQuery {
        place: Place::Active,
        pinned: None,
        labels: Vec::new(),
        color: None,
        reminds: None,
        order: Order::Reminder,
        limit: 20,
        after: Some(ListCursor {
            r: 1,
            k: OrderKey::Reminder(clock::now()),
            i: Uuid::now_v7(),
        }),
    };
    let (text, values) = store.list_statement(owner, &query);
    let explain = match store.backend() {
        DbBackend::Postgres => "EXPLAIN",
        _ => "EXPLAIN QUERY PLAN",
    };
    let tx = store.db().begin().await.unwrap();
    if store.backend() == DbBackend::Postgres {
        // A table without rows is faster to read as it is.
        for scan in ["seqscan", "bitmapscan", "sort"] {
            tx.execute_unprepared(&format!("SET LOCAL enable_{scan} = off"))
                .await
                .unwrap();
        }
    }
    let statement =
        Statement::from_sql_and_values(store.backend(), format!("{explain} {text}"), values);
    let rows = tx.query_all_raw(statement).await.unwrap();
    let column = match store.backend() {
        DbBackend::Postgres => 0,
        _ => 3,
    };
    let plan = rows.iter().fold(String::new(), |mut plan, row| {
        let line: String = row.try_get_by_index(column).unwrap();
        let _ = writeln!(plan, "{line}");
        plan
    });
    assert!(plan.contains("notes_reminders"), "{plan}");
    assert!(!plan.to_uppercase().contains("SORT KEY"), "{plan}");
    assert!(
        !plan.to_uppercase().contains("TEMP B-TREE FOR ORDER BY"),
        "{plan}"
    );
}

/// Databases store microseconds, so a more precise time in a response would differ from that of the next one.
async fn returns_times_with_microsecond_precision(service: Service) {
    let ada = service.person("ada").await;
    let told = json!({"reminderAt": "2031-01-01T00:00:00.123456789Z"});
    let kept = "2031-01-01T00:00:00.123456Z";
    let note = make(&service, &ada, told.clone()).await.body;
    assert_eq!(note["reminderAt"], kept);
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    let read = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(read.body, note);
    // Told again it is no change.
    let again = patch(&service, &ada, &path, "\"1\"", told).await.is(200);
    assert_eq!(again.body, note);
}
