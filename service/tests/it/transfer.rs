//! Tests that exports and imports preserve notes.

mod input;
mod repeated;

use std::io::{Cursor, Read as _, Write as _};
use std::time::Duration;

use notes_service::domain::limits::AccountLimits;
use notes_service::store::Store;
use poem::http::header;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    imports_exported_account_unchanged,
    imports_files_beyond_memory_buffer,
    exports_archive_of_readable_markdown_files,
    exports_all_notes_of_account,
    indexes_imported_notes_and_reports_changes,
    imports_notes_up_to_account_limits,
    imports_more_than_two_thousand_notes,
);

const JSON: &str = "application/json";
const ZIP: &str = "application/zip";

/// Sends a file.
async fn upload(service: &Service, who: &Person, kind: &str, data: impl Into<Vec<u8>>) -> Answer {
    upload_to(service, who, "/api/import", kind, data.into()).await
}

/// Sends a file to a path with a query, and repeats the request while other tests import, because a process accepts few imports at once.
async fn upload_to(
    service: &Service,
    who: &Person,
    path: &str,
    kind: &str,
    data: Vec<u8>,
) -> Answer {
    let mut attempts = 0;
    loop {
        let request = service.client.post(path).content_type(kind);
        let request = request
            .header(header::COOKIE, &who.cookie)
            .body(data.clone());
        let mut response = request.send().await.0;
        if response.status() == 503 && attempts < 500 {
            attempts += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        }
        let body = response.take_body().into_vec().await.unwrap();
        return Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: serde_json::from_slice(&body).unwrap(),
        };
    }
}

/// Returns the answer to an import without remarks.
fn taken(notes: usize, labels: usize) -> Value {
    json!({"notes": notes, "labels": labels, "filters": 0, "attachments": 0, "present": 0, "leftOut": 0, "changed": 0, "remarks": []})
}

/// Returns all bytes of an export.
async fn export(service: &Service, who: &Person, format: &str) -> Vec<u8> {
    let path = format!("/api/export?format={format}");
    let request = service.client.get(path);
    let mut response = request.header(header::COOKIE, &who.cookie).send().await.0;
    assert_eq!(response.status(), 200);
    let (kind, ending) = match format {
        "json" => (JSON, "json"),
        _ => (ZIP, "zip"),
    };
    assert_eq!(response.headers()[header::CONTENT_TYPE], kind);
    let name = response.headers()[header::CONTENT_DISPOSITION]
        .to_str()
        .unwrap();
    assert!(
        name.starts_with("attachment; filename=\"notes-20")
            && name.ends_with(&format!(".{ending}\"")),
        "{name}"
    );
    response.take_body().into_vec().await.unwrap()
}

/// Returns all data of an account except identifiers, by place and in order.
async fn holdings(service: &Service, who: &Person) -> Value {
    let labels = service.send(who, "GET", "/api/labels").await.is(200).body;
    let labels = labels["items"].as_array().unwrap().clone();
    let mut all = Vec::new();
    for place in ["active", "archived", "trash"] {
        let mut cursor = String::new();
        loop {
            let path = format!("/api/notes?place={place}&limit=100{cursor}");
            let page = service.send(who, "GET", &path).await.is(200);
            for note in page.body["items"].as_array().unwrap() {
                let mut note = note.clone();
                let mut names: Vec<&str> = Vec::new();
                for id in note["labelIds"].as_array().unwrap() {
                    let label = labels.iter().find(|label| label["id"] == *id).unwrap();
                    names.push(label["name"].as_str().unwrap());
                }
                names.sort_unstable();
                let names = json!(names);
                let fields = note.as_object_mut().unwrap();
                for own in ["id", "labelIds", "position", "trashedAt", "version"] {
                    fields.remove(own);
                }
                fields.insert("labels".to_owned(), names);
                all.push(note);
            }
            match page.body["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
    }
    let labels: Vec<_> = labels
        .iter()
        .map(|label| json!([label["name"], label["color"]]))
        .collect();
    json!({"labels": labels, "notes": all})
}

/// Creates notes of all kinds, including special cases of every format.
async fn create_all_kinds_of_notes(service: &Service, who: &Person) {
    let mut labels = Vec::new();
    for (name, color) in [
        ("Home", "green"),
        ("Crème: \"brûlée\"", "pink"),
        ("unused", "teal"),
        ("[x] - # &", "white"),
    ] {
        let label = json!({"name": name, "color": color});
        let made = service
            .json(who, "POST", "/api/labels", label)
            .await
            .is(201);
        labels.push(made.body["id"].clone());
    }
    let texts = [
        "",
        "tea",
        "- [ ] a\r\n- [x] b\r\n",
        "---\ntitle: no\n---\n",
        "\n\nlines before and after\n\n",
        "\u{feff}mark",
        "# Heading\n\ntext",
        "a\u{b}\u{7f}\u{85}\u{2028}\u{1b}[0m",
        "\"quotes\" 'and' \\ backslashes",
        "茶 🍵 e\u{301} \u{202e}",
        "<script>alert(1)</script>",
        "yes",
        "~",
        "\ttab",
        "  spaces  ",
    ];
    let mut made = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let carried: Vec<_> = labels.iter().skip(number % 4).step_by(2).collect();
        let note = json!({
            "title": text, "content": text, "pinned": number % 4 == 0, "color": (["white", "red", "blue"][number % 3]), "labelIds": carried,
        });
        let note = service.json(who, "POST", "/api/notes", note).await.is(201);
        made.push(note.body["id"].as_str().unwrap().to_owned());
    }
    for id in &made[3..6] {
        let path = format!("/api/notes/{id}");
        let change =
            json!({"reminderAt": "2031-01-31T09:30:00.123456Z", "content": "changed since"});
        let headers = [("if-match", "*")];
        service
            .request(Some(who), "PATCH", &path, &headers, Some(change))
            .await
            .is(200);
    }
    for (range, method, path) in [(2..5, "POST", "/archive"), (6..9, "DELETE", "")] {
        for id in &made[range] {
            service
                .send(who, method, &format!("/api/notes/{id}{path}"))
                .await
                .is(200);
        }
    }
    let target = json!({"after": made[10]});
    service
        .json(
            who,
            "POST",
            &format!("/api/notes/{}/move", made[14]),
            target,
        )
        .await
        .is(200);
}

async fn imports_exported_account_unchanged(service: Service) {
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let hers = holdings(&service, &ada).await;
    assert_eq!(hers["notes"].as_array().unwrap().len(), 15);
    for (format, kind) in [("json", JSON), ("markdown", ZIP)] {
        let bob = service.person(&format!("bob-{format}")).await;
        let file = export(&service, &ada, format).await;
        let imported = upload(&service, &bob, kind, file).await.is(201);
        assert_eq!(imported.body, taken(15, 4));
        assert_eq!(holdings(&service, &bob).await, hers, "{format}");
        // And the same once more.
        let again = export(&service, &bob, format).await;
        let eve = service.person(&format!("eve-{format}")).await;
        upload(&service, &eve, kind, again).await.is(201);
        assert_eq!(holdings(&service, &eve).await, hers, "{format}");
    }
    assert_eq!(holdings(&service, &ada).await, hers);
}

async fn exports_archive_of_readable_markdown_files(service: Service) {
    let ada = service.person("ada").await;
    let label = service
        .json(&ada, "POST", "/api/labels", json!({"name": "Home"}))
        .await
        .is(201);
    let note = json!({"title": "Tea: green", "content": "- [ ] sencha\n", "color": "teal", "labelIds": [label.body["id"]], "reminderAt": "2031-01-31T09:30:00Z"});
    let made = service.json(&ada, "POST", "/api/notes", note).await.is(201);
    let mut archive =
        ZipArchive::new(Cursor::new(export(&service, &ada, "markdown").await)).unwrap();
    let mut file = String::new();
    archive
        .by_name("Tea green.md")
        .unwrap()
        .read_to_string(&mut file)
        .unwrap();
    let time = |name: &str| made.body[name].as_str().unwrap().to_owned();
    let expected = format!(
        "---\ntitle: \"Tea: green\"\ncolor: teal\npinned: false\nplace: active\nlabels: [\"Home\"]\nreminder: 2031-01-31T09:30:00Z\ncreated: {}\nupdated: {}\nid: {}\nversion: 1\n---\n\n- [ ] sencha\n",
        time("createdAt"),
        time("updatedAt"),
        time("id"),
    );
    assert_eq!(file, expected);
    service
        .send(&ada, "GET", "/api/export")
        .await
        .problem(400, "malformed_request");
    service
        .send(&ada, "GET", "/api/export?format=pdf")
        .await
        .problem(400, "malformed_request");
}

async fn exports_all_notes_of_account(service: Service) {
    let ada = service.person("ada").await;
    let notes: Vec<_> = (0..230)
        .map(|number| json!({"title": number.to_string()}))
        .collect();
    let document = json!({"format": "notes", "version": 1, "notes": notes});
    upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    let exported: Value = serde_json::from_slice(&export(&service, &ada, "json").await).unwrap();
    let titles: Vec<_> = exported["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        titles,
        (0..230)
            .map(|number| number.to_string())
            .collect::<Vec<_>>()
    );
    let archive = ZipArchive::new(Cursor::new(export(&service, &ada, "markdown").await)).unwrap();
    assert_eq!(archive.len(), 231);
    // Nothing is a file, too.
    let bob = service.person("bob").await;
    let empty: Value = serde_json::from_slice(&export(&service, &bob, "json").await).unwrap();
    assert_eq!(
        empty,
        json!({"format": "notes", "version": 1, "labels": [], "filters": [], "notes": []})
    );
}

async fn indexes_imported_notes_and_reports_changes(service: Service) {
    let ada = service.person("ada").await;
    let mine = service
        .json(&ada, "POST", "/api/notes", json!({"title": "mine"}))
        .await
        .is(201);
    let before = service.send(&ada, "GET", "/api/notes").await.is(200).body["revision"].clone();
    let document = json!({
        "format": "notes", "version": 1,
        "notes": [{"title": "first", "content": "a rare word"}, {"title": "second", "createdAt": "2999-01-01T00:00:00Z"}, {"updatedAt": "2001-01-01T00:00:00Z", "createdAt": "2000-01-01T00:00:00Z"}],
    });
    upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    let items = list.body["items"].as_array().unwrap();
    let titles: Vec<_> = items
        .iter()
        .map(|note| note["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["first", "second", "", "mine"]);
    // Nothing is of the future.
    assert!(items[1]["createdAt"].as_str().unwrap() < "2999");
    assert_eq!(
        (&items[2]["createdAt"], &items[2]["updatedAt"]),
        (
            &json!("2000-01-01T00:00:00Z"),
            &json!("2001-01-01T00:00:00Z")
        )
    );
    let found = service
        .send(&ada, "GET", "/api/search?q=rare")
        .await
        .is(200);
    assert_eq!(found.body["items"][0]["note"]["title"], "first");
    let changes = service
        .send(&ada, "GET", &format!("/api/changes?since={before}"))
        .await
        .is(200);
    assert_eq!(changes.body["notes"].as_array().unwrap().len(), 3);
    let account = service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(account.body["usage"]["notes"], 4, "{}", account.body);
    // The order goes on from there.
    let newest = service
        .json(&ada, "POST", "/api/notes", json!({"title": "newest"}))
        .await
        .is(201);
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    assert_eq!(list.body["items"][0]["id"], newest.body["id"]);
    assert_eq!(list.body["items"][4]["id"], mine.body["id"]);
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Imports files that are larger than the memory buffer, and than the former size limit.
async fn imports_files_beyond_memory_buffer(service: Service) {
    let ada = service.person("ada").await;
    let text = "words of a long note ".repeat(4_800);
    let notes: Vec<_> = (0..120)
        .map(|number| json!({"title": format!("{number}"), "content": text}))
        .collect();
    let document = json!({"format": "notes", "version": 1, "notes": notes}).to_string();
    assert!(document.len() > 11_400_000, "{}", document.len());
    upload(&service, &ada, JSON, document).await.is(201);
    for (format, kind) in [("json", JSON), ("markdown", ZIP)] {
        let bob = service.person(&format!("bob-{format}")).await;
        let file = export(&service, &ada, format).await;
        let imported = upload(&service, &bob, kind, file).await.is(201);
        assert_eq!(imported.body, taken(120, 0));
        let list = service
            .send(&bob, "GET", "/api/notes?limit=1")
            .await
            .is(200);
        assert_eq!(list.body["items"][0]["title"], "0");
    }
}

async fn imports_notes_up_to_account_limits(service: Service) {
    let limits = AccountLimits {
        notes: 3,
        labels: 2,
        ..AccountLimits::default()
    };
    let small = Service::over(Store::new(service.app.store.db().clone(), limits));
    let ada = small.person("ada").await;
    small
        .json(&ada, "POST", "/api/notes", json!({"title": "mine"}))
        .await
        .is(201);
    let document =
        |notes: Value| json!({"format": "notes", "version": 1, "notes": notes}).to_string();
    let imported = upload(
        &small,
        &ada,
        JSON,
        document(json!([{"labels": ["a", "b", "c"]}, {"title": "second"}, {"title": "third"}])),
    )
    .await
    .is(201)
    .body;
    let counts = [
        &imported["notes"],
        &imported["labels"],
        &imported["leftOut"],
        &imported["changed"],
    ];
    assert_eq!(
        counts,
        [&json!(2), &json!(2), &json!(1), &json!(1)],
        "{imported}"
    );
    assert_eq!(imported["remarks"][0]["code"], "limit_reached");
    let hers = holdings(&small, &ada).await;
    assert_eq!(hers["notes"][0]["labels"], json!(["a", "b"]));
    assert_eq!(hers["notes"].as_array().unwrap().len(), 3);
    upload(&small, &ada, JSON, document(json!([{}])))
        .await
        .problem(409, "limit_reached");
    assert_eq!(holdings(&small, &ada).await, hers);
}

async fn imports_more_than_two_thousand_notes(service: Service) {
    let ada = service.person("ada").await;
    let notes = |count: usize| {
        let notes: Vec<_> = (0..count).map(|number| json!({"title": "n", "content": format!("- [ ] note {number}"), "labels": ["l"]})).collect();
        json!({"format": "notes", "version": 1, "notes": notes}).to_string()
    };
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    let mut since = list.body["revision"].as_i64().unwrap();
    let imported = upload(&service, &ada, JSON, notes(2_050)).await.is(201);
    assert_eq!(imported.body["notes"], 2_050);
    // Other devices read it in pages.
    let (mut told, mut more) = (0, true);
    while more {
        let path = format!("/api/changes?since={since}&limit=1");
        let page = service.send(&ada, "GET", &path).await.is(200).body;
        let notes = page["notes"].as_array().unwrap().len();
        assert!((1..=100).contains(&notes), "{notes}");
        told += notes;
        since = page["revision"].as_i64().unwrap();
        more = page["more"].as_bool().unwrap();
    }
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    assert_eq!((told, &list.body["revision"]), (2_050, &json!(since)));
}
