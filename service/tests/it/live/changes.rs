//! Tests of the feed of changes: together with the pages of a list, it gives the exact state, regardless of concurrent writes.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use notes_service::clock;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::order::{Desk, Dice, id_of};
use crate::support::{Service, on_both_databases};

on_both_databases!(
    reconstructs_exact_state_from_pages_and_changes,
    returns_changes_of_one_write_together,
    splits_label_deletion_of_many_notes_into_pages,
    limits_pages_of_changes_by_size,
    returns_410_for_expired_and_unknown_revisions,
    reads_all_changes_from_start_despite_expired_ones,
    rejects_invalid_query_values,
);

const PLACES: [&str; 3] = ["active", "archived", "trash"];

/// The state of a device: notes and labels by their identifiers.
#[derive(Debug, Default, Clone, PartialEq)]
struct Device {
    notes: BTreeMap<String, Value>,
    labels: BTreeMap<String, Value>,
    revision: i64,
}

impl Device {
    /// Reads all pages of all places, a few notes at a time.
    async fn read(desk: &Desk<'_>, dice: &mut Dice) -> Self {
        let mut device = Self::default();
        for (number, place) in PLACES.iter().enumerate() {
            let (notes, revision) = desk.pages(place, dice, 5).await;
            // The earliest: what is written afterwards is in the changes.
            if number == 0 {
                device.revision = revision;
            }
            for note in notes {
                device.notes.insert(id_of(&note), note);
            }
        }
        let (status, labels) = desk.send("GET", "/api/labels", None).await;
        assert_eq!(status, 200, "{labels}");
        for label in labels["items"].as_array().unwrap() {
            device.labels.insert(id_of(label), label.clone());
        }
        device
    }

    /// Follows the changes until there are no more.
    async fn follow(&mut self, desk: &Desk<'_>, dice: &mut Dice) {
        loop {
            let (since, limit) = (self.revision, 1 + dice.roll(9));
            let path = format!("/api/changes?since={since}&limit={limit}");
            let (status, page) = desk.send("GET", &path, None).await;
            assert_eq!(status, 200, "{page}");
            for note in page["notes"].as_array().unwrap() {
                self.notes.insert(id_of(note), note.clone());
            }
            for label in page["labels"].as_array().unwrap() {
                self.labels.insert(id_of(label), label.clone());
            }
            for id in page["deletedNotes"].as_array().unwrap() {
                self.notes.remove(id.as_str().unwrap());
            }
            for id in page["deletedLabels"].as_array().unwrap() {
                self.labels.remove(id.as_str().unwrap());
            }
            self.revision = page["revision"].as_i64().unwrap();
            if page["more"] == false {
                return;
            }
            assert!(self.revision > since, "{page}");
        }
    }
}

/// Writes at random, as a second device does.
async fn write(desk: &Desk<'_>, dice: &mut Dice, steps: usize) {
    let mut notes = Vec::new();
    let mut labels = Vec::new();
    for step in 0..steps {
        let some = notes
            .get(dice.roll(notes.len().max(1)))
            .cloned()
            .unwrap_or_default();
        let path = format!("/api/notes/{some}");
        let (method, path, body) = match dice.roll(11) {
            0 | 1 => {
                notes.push(desk.make(dice.roll(4) == 0).await);
                continue;
            }
            2 => {
                let label = json!({"name": format!("label {step} of {}", dice.0)});
                let (status, label) = desk.send("POST", "/api/labels", Some(label)).await;
                assert_eq!(status, 201, "{label}");
                labels.push(id_of(&label));
                continue;
            }
            3 if labels.len() > 1 => {
                let label = labels.remove(dice.roll(labels.len()));
                ("DELETE", format!("/api/labels/{label}"), None)
            }
            4 => ("DELETE", path, None),
            5 => ("DELETE", format!("{path}/permanent"), None),
            6 => ("POST", format!("{path}/archive"), None),
            7 => ("POST", format!("{path}/restore"), None),
            8 => ("DELETE", "/api/trash".to_owned(), None),
            9 => {
                let change = json!({"labelIds": labels.iter().take(3).collect::<Vec<_>>()});
                ("PATCH", path, Some(change))
            }
            _ => {
                let change = json!({"title": format!("{step}"), "pinned": dice.roll(2) == 0});
                ("PATCH", path, Some(change))
            }
        };
        let (status, body) = desk.send(method, &path, body).await;
        // Some of it does not fit the state that an earlier step has left.
        assert!(
            [200, 204, 400, 404, 409].contains(&status),
            "{method} {path}: {body}"
        );
    }
}

async fn reconstructs_exact_state_from_pages_and_changes(service: Service) {
    for seed in 0..3 {
        let mut dice = Dice(seed);
        let desk = Desk {
            service: &service,
            who: service.person(&format!("ada-{seed}")).await,
        };
        write(&desk, &mut dice, 40).await;
        // Two devices write while a third reads and follows, several times.
        let (mut one, mut other, mut reader) =
            (Dice(seed + 100), Dice(seed + 200), Dice(seed + 300));
        let read = async {
            let mut device = Device::read(&desk, &mut reader).await;
            for _ in 0..6 {
                device.follow(&desk, &mut reader).await;
            }
            device
        };
        let ((), (), mut device) = tokio::join!(
            write(&desk, &mut one, 60),
            write(&desk, &mut other, 60),
            read,
        );
        device.follow(&desk, &mut reader).await;
        let truth = Device::read(&desk, &mut reader).await;
        assert_eq!(device, truth, "seed {seed}");
        // Who knows nothing needs no pages at all.
        let mut late = Device::default();
        late.follow(&desk, &mut reader).await;
        assert_eq!(late, truth, "seed {seed}");
    }
}

async fn returns_changes_of_one_write_together(service: Service) {
    let desk = Desk {
        service: &service,
        who: service.person("ada").await,
    };
    let label = json!({"name": "everywhere"});
    let (_, label) = desk.send("POST", "/api/labels", Some(label)).await;
    for _ in 0..12 {
        let note = json!({"labelIds": [id_of(&label)]});
        desk.send("POST", "/api/notes", Some(note)).await;
    }
    let (_, before) = desk.send("GET", "/api/notes", None).await;
    let since = before["revision"].as_i64().unwrap();
    // One write, which changes twelve notes and deletes a label.
    let path = format!("/api/labels/{}", id_of(&label));
    assert_eq!(desk.send("DELETE", &path, None).await.0, 204);
    desk.make(false).await;
    let path = format!("/api/changes?since={since}&limit=3");
    let (_, page) = desk.send("GET", &path, None).await;
    assert_eq!(page["notes"].as_array().unwrap().len(), 12);
    assert_eq!(page["deletedLabels"], json!([id_of(&label)]));
    assert_eq!(
        (&page["revision"], &page["more"]),
        (&json!(since + 1), &json!(true))
    );
    let path = format!("/api/changes?since={}&limit=3", since + 1);
    let (_, page) = desk.send("GET", &path, None).await;
    assert_eq!(page["notes"].as_array().unwrap().len(), 1);
    assert_eq!(page["more"], false);
}

async fn splits_label_deletion_of_many_notes_into_pages(service: Service) {
    let desk = Desk {
        service: &service,
        who: service.person("ada").await,
    };
    let label = json!({"name": "everywhere"});
    let (_, label) = desk.send("POST", "/api/labels", Some(label)).await;
    for _ in 0..250 {
        let note = json!({"labelIds": [id_of(&label)]});
        assert_eq!(desk.send("POST", "/api/notes", Some(note)).await.0, 201);
    }
    let mut dice = Dice(0);
    let mut device = Device::read(&desk, &mut dice).await;
    let since = device.revision;
    let path = format!("/api/labels/{}", id_of(&label));
    assert_eq!(desk.send("DELETE", &path, None).await.0, 204);
    let (mut sizes, mut from) = (Vec::new(), since);
    loop {
        let path = format!("/api/changes?since={from}&limit=1");
        let (_, page) = desk.send("GET", &path, None).await;
        sizes.push(page["notes"].as_array().unwrap().len());
        from = page["revision"].as_i64().unwrap();
        if page["more"] == false {
            assert_eq!(page["deletedLabels"], json!([id_of(&label)]));
            break;
        }
    }
    assert_eq!((sizes, from), (vec![100, 100, 50], since + 3));
    desk.make(false).await;
    device.follow(&desk, &mut dice).await;
    assert_eq!(device, Device::read(&desk, &mut dice).await);
}

async fn limits_pages_of_changes_by_size(service: Service) {
    let desk = Desk {
        service: &service,
        who: service.person("ada").await,
    };
    let long = "x".repeat(100 * 1024);
    for _ in 0..30 {
        let (status, _) = desk
            .send("POST", "/api/notes", Some(json!({ "content": long })))
            .await;
        assert_eq!(status, 201);
    }
    let mut device = Device::default();
    let (_, page) = desk.send("GET", "/api/changes?since=0", None).await;
    assert_eq!(page["notes"].as_array().unwrap().len(), 20);
    assert_eq!(page["more"], true);
    device.follow(&desk, &mut Dice(1)).await;
    assert_eq!(device.notes.len(), 30);
}

async fn returns_410_for_expired_and_unknown_revisions(service: Service) {
    let ada = service.person("ada").await;
    let desk = Desk {
        service: &service,
        who: ada.clone(),
    };
    let gone = desk.make(false).await;
    for path in ["", "/permanent"] {
        desk.send("DELETE", &format!("/api/notes/{gone}{path}"), None)
            .await;
    }
    desk.make(false).await;
    let db = service.app.store.db();
    let past = (clock::now() - TimeDelta::days(91)).into();
    let sql = "UPDATE tombstones SET deleted_at = $1";
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        [past],
    ))
    .await
    .unwrap();
    let (_, before) = desk.send("GET", "/api/changes?since=2", None).await;
    assert_eq!(before["deletedNotes"], json!([gone]));
    assert_eq!(service.app.store.forget_old_tombstones().await.unwrap(), 1);
    for since in [1, 2] {
        let path = format!("/api/changes?since={since}");
        service
            .send(&ada, "GET", &path)
            .await
            .problem(410, "changes_expired");
    }
    // Everything up to the deletion is known here, and nothing at all there.
    let (_, known) = desk.send("GET", "/api/changes?since=3", None).await;
    assert_eq!(known["notes"].as_array().unwrap().len(), 1);
    let (_, nothing) = desk.send("GET", "/api/changes?since=0", None).await;
    assert_eq!(nothing["notes"].as_array().unwrap().len(), 1);
    // A revision that there has never been: another database, or one from a backup.
    service
        .send(&ada, "GET", "/api/changes?since=99")
        .await
        .problem(410, "changes_expired");
}

async fn reads_all_changes_from_start_despite_expired_ones(service: Service) {
    let ada = service.person("ada").await;
    let desk = Desk {
        service: &service,
        who: ada.clone(),
    };
    let mut kept = Vec::new();
    for _ in 0..5 {
        kept.push(desk.make(false).await);
    }
    let gone = desk.make(false).await;
    for path in ["", "/permanent"] {
        desk.send("DELETE", &format!("/api/notes/{gone}{path}"), None)
            .await;
    }
    kept.push(desk.make(false).await);
    let past = (clock::now() - TimeDelta::days(91)).into();
    let sql = "UPDATE tombstones SET deleted_at = $1";
    super::execute(&service, sql, vec![past]).await;
    assert_eq!(service.app.store.forget_old_tombstones().await.unwrap(), 1);
    let mut read = Vec::new();
    let mut since = 0;
    loop {
        let path = format!("/api/changes?since={since}&limit=2");
        let page = service.send(&ada, "GET", &path).await.is(200).body;
        let notes = page["notes"].as_array().unwrap();
        read.extend(
            notes
                .iter()
                .map(|note| note["id"].as_str().unwrap().to_owned()),
        );
        since = page["revision"].as_i64().unwrap();
        // JavaScript has whole numbers up to there.
        assert!(since < 1 << 53, "{since}");
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(read, kept);
    // At the end there is an ordinary revision, which the next question names; a device that was away is still told to begin anew.
    assert_eq!(since, 9);
    let path = format!("/api/changes?since={since}");
    service.send(&ada, "GET", &path).await.is(200);
    let away = service.send(&ada, "GET", "/api/changes?since=2").await;
    away.problem(410, "changes_expired");
}

async fn rejects_invalid_query_values(service: Service) {
    let ada = service.person("ada").await;
    for (query, status, code) in [
        ("", 400, "malformed_request"),
        ("?since=x", 400, "malformed_request"),
        ("?since=-1", 400, "malformed_request"),
        ("?since=99999999999999999999", 400, "malformed_request"),
        ("?since=0&limit=0", 400, "malformed_request"),
        ("?since=0&limit=501", 400, "malformed_request"),
    ] {
        let path = format!("/api/changes{query}");
        service.send(&ada, "GET", &path).await.problem(status, code);
    }
}
