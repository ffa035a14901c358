//! Tests of notes: creating, listing, changing, deleting and restoring.

use std::collections::BTreeSet;

use notes_service::store::entity::note;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::{Answer, Person, Service, on_both_databases};

async fn make(service: &Service, who: &Person, note: Value) -> Answer {
    service.json(who, "POST", "/api/notes", note).await.is(201)
}

fn id(answer: &Answer) -> String {
    answer.body["id"].as_str().unwrap().to_owned()
}

/// Returns the titles of a list, in order.
async fn titles(service: &Service, who: &Person, query: &str) -> Vec<String> {
    let list = service
        .send(who, "GET", &format!("/api/notes{query}"))
        .await
        .is(200);
    let items = list.body["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|note| note["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn patch(service: &Service, who: &Person, id: &str, change: Value) -> Answer {
    let path = format!("/api/notes/{id}");
    service
        .request(
            Some(who),
            "PATCH",
            &path,
            &[("if-match", "*")],
            Some(change),
        )
        .await
}

on_both_databases!(
    shortens_long_notes_on_the_board,
    limits_pages_of_long_notes_by_size,
    creates_reads_and_changes_note,
    creates_empty_note_and_note_with_title_only,
    lists_all_notes_once_across_pages,
    rejects_invalid_query_parameters,
    combines_filters_of_note_list,
    restores_trashed_note_to_the_archive,
    empties_trash_and_keeps_other_notes,
    creates_one_note_per_idempotency_key,
    reorders_listed_notes_and_keeps_others_in_place,
    allows_unlimited_moves_to_one_position,
    keeps_and_restores_earlier_versions,
    changes_many_notes_in_one_batch,
    keeps_revision_when_batch_changes_nothing,
    limits_labels_per_note,
    rejects_oversized_and_invalid_note_fields,
);

async fn creates_reads_and_changes_note(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let made = make(
        service,
        &ada,
        json!({"title": "Tea", "content": "*hot*", "pinned": true, "color": "teal"}),
    )
    .await;
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(
        (&made.body["pinned"], &made.body["place"]),
        (&json!(true), &json!("active"))
    );
    let path = made.header("location").to_owned();
    let read = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(read.body, made.body);

    service
        .json(&ada, "PATCH", &path, json!({"title": "x"}))
        .await
        .problem(428, "precondition_required");
    let change = json!({"title": "Green tea", "reminderAt": "2027-01-31T09:30:00Z"});
    let changed = service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &[("if-match", "\"1\"")],
            Some(change.clone()),
        )
        .await
        .is(200);
    assert_eq!(changed.header("etag"), "\"2\"");
    assert_eq!(changed.body["content"], "*hot*");
    service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &[("if-match", "\"1\"")],
            Some(change),
        )
        .await
        .problem(412, "precondition_failed");
    let cleared = patch(service, &ada, &id(&made), json!({"reminderAt": null}))
        .await
        .is(200);
    assert!(cleared.body.get("reminderAt").is_none());
    // What is so already is no change.
    let same = patch(service, &ada, &id(&made), json!({"title": "Green tea"}))
        .await
        .is(200);
    assert_eq!(same.header("etag"), "\"3\"");
}

async fn creates_empty_note_and_note_with_title_only(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    make(service, &ada, json!({})).await;
    make(service, &ada, json!({"title": "only"})).await;
    assert_eq!(titles(service, &ada, "").await, ["only", ""]);
}

async fn lists_all_notes_once_across_pages(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    for number in 0..45 {
        make(
            service,
            &ada,
            json!({"title": format!("{number}"), "pinned": number % 9 == 0}),
        )
        .await;
    }
    for limit in [1, 7, 20, 44, 45, 100] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = service
                .send(&ada, "GET", &format!("/api/notes?limit={limit}{cursor}"))
                .await
                .is(200);
            seen.extend(
                page.body["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|note| note["id"].to_string()),
            );
            match page.body["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 45, "pages of {limit}");
        assert_eq!(
            seen.iter().collect::<BTreeSet<_>>().len(),
            45,
            "pages of {limit}"
        );
    }
    assert_eq!(titles(service, &ada, "?limit=3").await, ["36", "27", "18"]);
}

async fn rejects_invalid_query_parameters(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    for wrong in [
        "limit=abc",
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=1e9",
        "limit=99999999999999999999",
        "labelId=1",
        "place=moon",
        "pinned=perhaps",
    ] {
        let answer = service
            .send(&ada, "GET", &format!("/api/notes?{wrong}"))
            .await;
        assert!(answer.status.is_client_error(), "{wrong}: {answer:?}");
        let name = wrong.split('=').next().unwrap();
        assert_eq!(answer.body["errors"][0]["field"], name, "{answer:?}");
    }
    service
        .send(&ada, "GET", "/api/notes?cursor=e30")
        .await
        .problem(422, "validation_failed");
    service
        .send(&ada, "GET", "/api/notes?limit=5&limit=6")
        .await
        .problem(422, "validation_failed");
}

async fn combines_filters_of_note_list(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let label = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Work"}))
        .await
        .is(201);
    let other = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Home"}))
        .await
        .is(201);
    let (work, home) = (
        label.body["id"].as_str().unwrap(),
        other.body["id"].as_str().unwrap(),
    );
    make(service, &ada, json!({"title": "w", "labelIds": [work]})).await;
    make(
        service,
        &ada,
        json!({"title": "wh", "labelIds": [work, home, work], "color": "red"}),
    )
    .await;
    make(
        service,
        &ada,
        json!({"title": "r", "color": "red", "reminderAt": "2027-01-01T00:00:00Z"}),
    )
    .await;
    assert_eq!(
        titles(service, &ada, &format!("?labelId={work}")).await,
        ["wh", "w"]
    );
    assert_eq!(
        titles(
            service,
            &ada,
            &format!("?labelId={home}&labelId={work}&color=red")
        )
        .await,
        ["wh"]
    );
    assert_eq!(titles(service, &ada, "?hasReminder=true").await, ["r"]);
    assert_eq!(
        titles(service, &ada, "?hasReminder=false&color=red").await,
        ["wh"]
    );
    assert_eq!(titles(service, &ada, "?place=archived").await, [""; 0]);
}

async fn restores_trashed_note_to_the_archive(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let note = make(service, &ada, json!({"title": "n"})).await;
    let path = note.header("location").to_owned();
    service
        .send(&ada, "DELETE", &format!("{path}/permanent"))
        .await
        .problem(409, "note_not_in_trash");
    service
        .send(&ada, "POST", &format!("{path}/archive"))
        .await
        .is(200);
    let gone = service.send(&ada, "DELETE", &path).await.is(200);
    assert!(gone.body["trashedAt"].is_string());
    assert_eq!(titles(service, &ada, "?place=trash").await, ["n"]);
    assert_eq!(titles(service, &ada, "?place=archived").await, [""; 0]);
    patch(service, &ada, &id(&note), json!({"title": "x"}))
        .await
        .problem(409, "note_in_trash");
    service
        .send(&ada, "POST", &format!("{path}/archive"))
        .await
        .problem(409, "note_in_trash");
    let back = service
        .send(&ada, "POST", &format!("{path}/restore"))
        .await
        .is(200);
    assert_eq!(back.body["place"], "archived");
    assert!(back.body.get("trashedAt").is_none());
    service
        .send(&ada, "POST", &format!("{path}/unarchive"))
        .await
        .is(200);
    assert_eq!(titles(service, &ada, "").await, ["n"]);
}

async fn empties_trash_and_keeps_other_notes(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let ben = service.person("ben").await;
    for person in [&ada, &ben] {
        for title in ["keep", "throw"] {
            let note = make(service, person, json!({"title": title})).await;
            if title == "throw" {
                service
                    .send(person, "DELETE", note.header("location"))
                    .await
                    .is(200);
            }
        }
    }
    let emptied = service.send(&ada, "DELETE", "/api/trash").await.is(200);
    assert_eq!(emptied.body["deleted"], 1);
    assert_eq!(titles(service, &ada, "?place=trash").await, [""; 0]);
    assert_eq!(titles(service, &ada, "").await, ["keep"]);
    assert_eq!(titles(service, &ben, "?place=trash").await, ["throw"]);
    let note = make(service, &ada, json!({"title": "later"})).await;
    service
        .send(&ada, "DELETE", note.header("location"))
        .await
        .is(200);
    service
        .send(
            &ada,
            "DELETE",
            &format!("{}/permanent", note.header("location")),
        )
        .await
        .is(204);
    service
        .send(&ada, "GET", note.header("location"))
        .await
        .problem(404, "not_found");
}

async fn creates_one_note_per_idempotency_key(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let send = async |key: &str, title: &str| {
        service
            .request(
                Some(&ada),
                "POST",
                "/api/notes",
                &[("idempotency-key", key)],
                Some(json!({"title": title})),
            )
            .await
    };
    let first = send("k-1", "a").await.is(201);
    let again = send("k-1", "a").await.is(201);
    assert_eq!(first.body, again.body);
    assert_eq!(again.header("idempotency-replayed"), "true");
    send("k-1", "b")
        .await
        .problem(422, "idempotency_key_reused");
    send("k-2", "a").await.is(201);
    assert_eq!(titles(service, &ada, "").await, ["a", "a"]);
    let many = futures_util::future::join_all((0..8).map(|_| send("k-3", "c"))).await;
    let ids: BTreeSet<String> = many.into_iter().map(|answer| id(&answer.is(201))).collect();
    assert_eq!(ids.len(), 1);
}

async fn reorders_listed_notes_and_keeps_others_in_place(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let mut ids = Vec::new();
    for title in ["e", "d", "c", "b", "a"] {
        ids.insert(0, id(&make(service, &ada, json!({"title": title})).await));
    }
    // a, c and e exchange places; b and d stay where they are.
    service
        .json(
            &ada,
            "PUT",
            "/api/notes/reorder",
            json!({"ids": [ids[4], ids[0], ids[2]]}),
        )
        .await
        .is(200);
    assert_eq!(titles(service, &ada, "").await, ["e", "b", "a", "d", "c"]);
    let path = |at: usize| format!("/api/notes/{}/move", ids[at]);
    service
        .json(&ada, "POST", &path(2), json!({"before": ids[4]}))
        .await
        .is(200);
    assert_eq!(titles(service, &ada, "").await, ["c", "e", "b", "a", "d"]);
    service
        .json(&ada, "POST", &path(4), json!({"after": ids[3]}))
        .await
        .is(200);
    assert_eq!(titles(service, &ada, "").await, ["c", "b", "a", "d", "e"]);
    service
        .json(&ada, "POST", &path(0), json!({"after": ids[0]}))
        .await
        .problem(409, "conflict");
    service
        .json(&ada, "POST", &path(0), json!({}))
        .await
        .problem(422, "validation_failed");
    patch(service, &ada, &ids[0], json!({"pinned": true}))
        .await
        .is(200);
    service
        .json(
            &ada,
            "PUT",
            "/api/notes/reorder",
            json!({"ids": [ids[0], ids[1]]}),
        )
        .await
        .problem(409, "conflict");
    service
        .json(&ada, "POST", &path(1), json!({"after": ids[0]}))
        .await
        .is(200);
    assert_eq!(titles(service, &ada, "?pinned=true").await, ["a", "b"]);
}

async fn allows_unlimited_moves_to_one_position(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let mut ids = Vec::new();
    for title in ["c", "b", "a"] {
        ids.insert(0, id(&make(service, &ada, json!({"title": title})).await));
    }
    // As after two thousand moves to one place: the key of b is nearly as long as keys may be.
    let row = note::Entity::find_by_id(ids[0].parse::<uuid::Uuid>().unwrap())
        .one(service.app.store.db())
        .await
        .unwrap()
        .unwrap();
    let long = [row.position, vec![0; 246], vec![1]].concat();
    note::Entity::update_many()
        .col_expr(note::Column::Position, long.into())
        .filter(note::Column::Id.eq(ids[1].parse::<uuid::Uuid>().unwrap()))
        .exec(service.app.store.db())
        .await
        .unwrap();
    for round in 0..30 {
        let moved = &ids[1 + round % 2];
        let target = json!({"after": ids[0]});
        let answer = service
            .json(&ada, "POST", &format!("/api/notes/{moved}/move"), target)
            .await
            .is(200);
        assert!(answer.body["position"].as_str().unwrap().len() <= 512);
    }
    assert_eq!(titles(service, &ada, "").await, ["a", "c", "b"]);
}

async fn keeps_and_restores_earlier_versions(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let note = make(service, &ada, json!({"title": "one", "content": "first"})).await;
    let id = id(&note);
    patch(service, &ada, &id, json!({"content": "second"}))
        .await
        .is(200);
    // Within five minutes: no further version.
    patch(service, &ada, &id, json!({"content": "third"}))
        .await
        .is(200);
    let path = format!("/api/notes/{id}/revisions");
    let kept = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(kept.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(kept.body["items"][0]["content"], "first");
    service
        .send(&ada, "GET", &format!("{path}/1"))
        .await
        .is(200);
    service
        .send(&ada, "GET", &format!("{path}/2"))
        .await
        .problem(404, "not_found");
    service
        .send(&ada, "POST", &format!("{path}/1/restore"))
        .await
        .problem(428, "precondition_required");
    let back = service
        .request(
            Some(&ada),
            "POST",
            &format!("{path}/1/restore"),
            &[("if-match", "\"3\"")],
            None,
        )
        .await
        .is(200);
    assert_eq!(
        (&back.body["content"], &back.body["version"]),
        (&json!("first"), &json!(4))
    );
}

async fn changes_many_notes_in_one_batch(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let ben = service.person("ben").await;
    let label = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Work"}))
        .await
        .is(201);
    let theirs = make(service, &ben, json!({"title": "ben's"})).await;
    let (a, b) = (
        make(service, &ada, json!({"title": "a"})).await,
        make(service, &ada, json!({"title": "b"})).await,
    );
    let answer = service
        .json(
            &ada,
            "POST",
            "/api/notes/batch",
            json!({"operations": [
                {"id": id(&a), "op": "pin"},
                {"id": id(&a), "op": "addLabel", "labelId": label.body["id"]},
                {"id": id(&b), "op": "trash"},
                {"id": id(&b), "op": "delete"},
                {"id": id(&a), "op": "unarchive"},
                {"id": id(&a), "op": "delete"},
                {"id": id(&a), "op": "addLabel", "labelId": id(&a)},
                {"id": id(&theirs), "op": "trash"},
            ]}),
        )
        .await
        .is(200);
    let statuses: Vec<&str> = answer.body["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        statuses,
        [
            "done",
            "done",
            "done",
            "done",
            "unchanged",
            "failed",
            "failed",
            "failed"
        ]
    );
    assert_eq!(answer.body["results"][7]["code"], "not_found");
    let a = service
        .send(&ada, "GET", a.header("location"))
        .await
        .is(200);
    assert_eq!(
        (
            &a.body["pinned"],
            a.body["labelIds"].as_array().unwrap().len()
        ),
        (&json!(true), 1)
    );
    service
        .send(&ada, "GET", b.header("location"))
        .await
        .problem(404, "not_found");
    service
        .json(
            &ada,
            "POST",
            "/api/notes/batch",
            json!({"operations": [{"id": id(&theirs), "op": "setColor"}]}),
        )
        .await
        .problem(422, "validation_failed");
    assert_eq!(titles(service, &ben, "").await, ["ben's"]);
}

async fn batch(service: &Service, who: &Person, operations: Value) -> Value {
    let body = json!({"operations": operations});
    let answer = service.json(who, "POST", "/api/notes/batch", body).await;
    answer.is(200).body
}

async fn keeps_revision_when_batch_changes_nothing(service: Service) {
    let ada = service.person("ada").await;
    let note = id(&make(&service, &ada, json!({})).await);
    let revision =
        async || service.send(&ada, "GET", "/api/notes").await.is(200).body["revision"].clone();
    let before = revision().await;
    let same = batch(&service, &ada, json!([{"id": note, "op": "restore"}])).await;
    assert_eq!(same["results"][0]["status"], "unchanged");
    // Who asked for changes after a revision that is still to come would miss it.
    assert_eq!((&same["revision"], &revision().await), (&before, &before));
    let done = batch(&service, &ada, json!([{"id": note, "op": "pin"}])).await;
    assert_eq!(
        (done["revision"].as_i64(), done["revision"].clone()),
        (before.as_i64().map(|before| before + 1), revision().await)
    );
}

async fn limits_labels_per_note(service: Service) {
    let ada = service.person("ada").await;
    let mut labels = Vec::new();
    for number in 0..21 {
        let label = json!({"name": format!("label {number}")});
        let made = service
            .json(&ada, "POST", "/api/labels", label)
            .await
            .is(201);
        labels.push(made.body["id"].clone());
    }
    let note = id(&make(&service, &ada, json!({"labelIds": labels[..20]})).await);
    let add = |label: &Value| json!([{"id": note, "op": "addLabel", "labelId": label}]);
    let again = batch(&service, &ada, add(&labels[3])).await;
    assert_eq!(again["results"][0]["status"], "unchanged");
    let full = batch(&service, &ada, add(&labels[20])).await;
    assert_eq!(full["results"][0]["code"], "limit_reached");
    let refused = patch(&service, &ada, &note, json!({"labelIds": labels})).await;
    refused.problem(422, "validation_failed");
}

async fn rejects_oversized_and_invalid_note_fields(service: Service) {
    let service = &service;
    let ada = service.person("ada").await;
    let long = "x".repeat(1_001);
    let answer = service
        .json(
            &ada,
            "POST",
            "/api/notes",
            json!({"title": long, "content": "a\u{0}b"}),
        )
        .await
        .problem(422, "validation_failed");
    let fields: Vec<&str> = answer.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["/title", "/content"]);
    // 100 KiB are bytes, not characters.
    service
        .json(
            &ada,
            "POST",
            "/api/notes",
            json!({"content": "é".repeat(51_201)}),
        )
        .await
        .problem(422, "validation_failed");
    service
        .json(
            &ada,
            "POST",
            "/api/notes",
            json!({"content": "é".repeat(51_200)}),
        )
        .await
        .is(201);
}

async fn shortens_long_notes_on_the_board(service: Service) {
    let anna = service.person("anna").await;
    let long = "- [ ] milk\n- [x] eggs\n".repeat(200);
    for content in ["short", &long] {
        make(&service, &anna, json!({"content": content})).await;
    }
    // The notes of a list, of changes, or of hits, the longest last.
    let notes = |answer: &Answer| -> Vec<Value> {
        let items = answer.body.get("items").unwrap_or(&answer.body["notes"]);
        let items = items.as_array().unwrap().iter();
        let notes = items.map(|item| item.get("note").unwrap_or(item).clone());
        let mut notes: Vec<Value> = notes.collect();
        notes.sort_by_key(|note| note["content"].as_str().unwrap().len());
        notes
    };
    for path in [
        "/api/notes?",
        "/api/changes?since=0&",
        "/api/search?q=milk&",
    ] {
        let whole = service.send(&anna, "GET", path).await.is(200);
        let board = format!("{path}fields=board");
        let board = service.send(&anna, "GET", &board).await.is(200);
        let (whole, board) = (notes(&whole), notes(&board));
        assert_eq!(whole.len(), board.len());
        let last = board.last().unwrap();
        let content = last["content"].as_str().unwrap();
        assert!(
            content.len() <= 1_000 && long.starts_with(content),
            "{path}"
        );
        assert_eq!(last["shortened"], true);
        assert_eq!(last["checklist"], json!({"done": 200, "total": 400}));
        assert_eq!(whole.last().unwrap()["content"], long.as_str());
        assert!(whole.last().unwrap().get("shortened").is_none());
        if board.len() > 1 {
            assert_eq!(board[0], whole[0], "{path}");
        }
    }
}

/// Returns the number of notes of each page; together the pages have all notes.
async fn pages(service: &Service, who: &Person, path: &str) -> Vec<usize> {
    let (mut counts, mut ids) = (Vec::new(), BTreeSet::new());
    let mut next = path.to_owned();
    loop {
        let page = service.send(who, "GET", &next).await.is(200);
        let items = page.body["items"].as_array().unwrap();
        counts.push(items.len());
        for item in items {
            let note = item.get("note").unwrap_or(item);
            assert!(
                ids.insert(note["id"].as_str().unwrap().to_owned()),
                "{path}"
            );
        }
        match page.body["nextCursor"].as_str() {
            Some(cursor) => next = format!("{path}&cursor={cursor}"),
            None => return counts,
        }
    }
}

async fn limits_pages_of_long_notes_by_size(service: Service) {
    let anna = service.person("anna").await;
    for _ in 0..15 {
        let content = "long ".repeat(18_000);
        make(&service, &anna, json!({"content": content})).await;
    }
    for path in ["/api/notes?limit=100", "/api/search?q=long&limit=100"] {
        assert_eq!(pages(&service, &anna, path).await, [12, 3], "{path}");
    }
}

#[tokio::test]
async fn limits_pages_of_rendered_html_by_size() {
    let service = Service::sqlite().await;
    let anna = service.person("anna").await;
    for _ in 0..5 {
        let content = "- [ ] a\n".repeat(12_000);
        make(&service, &anna, json!({"content": content})).await;
    }
    let counts = pages(&service, &anna, "/api/notes?limit=100&include=html").await;
    assert_eq!(counts, [4, 1]);
}
