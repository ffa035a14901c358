//! Tests that exports and imports preserve notes.

use std::io::{Cursor, Read as _, Write as _};
use std::time::Duration;

use notes_service::domain::limits::AccountLimits;
use notes_service::store::Store;
use poem::http::header;
use serde_json::{Value, json};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    imports_exported_account_unchanged,
    preserves_histories_and_versions_through_export,
    skips_present_notes_on_repeated_import,
    assigns_new_identifier_when_id_belongs_to_other_user,
    imports_permanently_deleted_notes_again,
    imports_valid_files_and_reports_others,
    imports_exports_of_other_programs,
    applies_given_offset_to_local_times,
    imports_files_beyond_memory_buffer,
    rejects_times_outside_supported_years,
    exports_archive_of_readable_markdown_files,
    exports_all_notes_of_account,
    indexes_imported_notes_and_reports_changes,
    matches_imported_labels_by_name,
    imports_single_file_as_note,
    rejects_invalid_imports_without_changes,
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

async fn matches_imported_labels_by_name(service: Service) {
    let ada = service.person("ada").await;
    service
        .json(
            &ada,
            "POST",
            "/api/labels",
            json!({"name": "Home", "color": "red"}),
        )
        .await
        .is(201);
    let document = json!({
        "format": "notes", "version": 1,
        "labels": [{"name": "HOME", "color": "blue"}, {"name": " Work ", "color": "teal"}],
        "notes": [{"labels": ["home", "Home", "work", "new"]}, {"labels": ["NEW", " "]}],
    });
    let imported = upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    assert_eq!(imported.body["labels"], 2);
    let hers = holdings(&service, &ada).await;
    assert_eq!(
        hers["labels"],
        json!([["Home", "red"], ["Work", "teal"], ["new", "white"]])
    );
    assert_eq!(hers["notes"][0]["labels"], json!(["Home", "Work", "new"]));
    assert_eq!(hers["notes"][1]["labels"], json!(["new"]));
    let account = service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(account.body["usage"]["labels"], 3, "{}", account.body);
}

async fn imports_single_file_as_note(service: Service) {
    let ada = service.person("ada").await;
    for (kind, file, title, content) in [
        (
            "text/markdown",
            "# Tea\n\n- [ ] green",
            "Tea",
            "- [ ] green",
        ),
        (
            "text/markdown; charset=UTF-8",
            "---\ntitle: Tea\ncolor: teal\n---\nhot",
            "Tea",
            "hot",
        ),
        (
            "TEXT/HTML",
            "<title>Tea</title><script>alert(1)</script><ul><li>gr<b>ee</b>n",
            "Tea",
            "- gr**ee**n",
        ),
    ] {
        let imported = upload(&service, &ada, kind, file).await.is(201);
        assert_eq!(imported.body, taken(1, 0));
        let list = service
            .send(&ada, "GET", "/api/notes?limit=1")
            .await
            .is(200);
        let note = &list.body["items"][0];
        assert_eq!(
            (&note["title"], &note["content"]),
            (&json!(title), &json!(content))
        );
    }
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn rejects_invalid_imports_without_changes(service: Service) {
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let before = holdings(&service, &ada).await;
    let document = |more: Value| {
        let mut document = json!({"format": "notes", "version": 1, "notes": []});
        document
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        document.to_string().into_bytes()
    };
    let huge_page = " ".repeat(3 * 1024 * 1024);
    for (kind, data, status, code, field) in [
        (JSON, b"[1,".to_vec(), 422, "format", ""),
        (JSON, b"[]".to_vec(), 422, "format", ""),
        (JSON, b"{\"notes\": [\"\xff\"]}".to_vec(), 422, "format", ""),
        (JSON, document(json!({"format": "keep"})), 422, "format", ""),
        (JSON, document(json!({"version": 2})), 422, "document", ""),
        (JSON, document(json!({"notes": [5]})), 422, "note", ""),
        (
            JSON,
            b"{\"format\": \"notes\", \"notes\": [{".to_vec(),
            422,
            "json",
            "",
        ),
        (
            ZIP,
            archive(&[("../evil.md", b"x")]),
            422,
            "path",
            "../evil.md",
        ),
        (
            ZIP,
            archive(&[("cat.png", b"\x89PNG")]),
            422,
            "format",
            "cat.png",
        ),
        ("text/html", huge_page.into_bytes(), 422, "too_long", ""),
        (ZIP, b"no archive".to_vec(), 400, "malformed_request", ""),
        (
            "text/plain",
            b"x".to_vec(),
            415,
            "unsupported_media_type",
            "",
        ),
    ] {
        let shown: String = String::from_utf8_lossy(&data).chars().take(80).collect();
        let refused = upload(&service, &ada, kind, data).await;
        if status == 422 {
            let refused = refused.problem(422, "validation_failed");
            let error = &refused.body["errors"][0];
            assert_eq!(
                (&error["field"], &error["code"]),
                (&json!(field), &json!(code)),
                "{shown}: {}",
                refused.body
            );
        } else {
            refused.problem(status, code);
        }
    }
    assert_eq!(holdings(&service, &ada).await, before);
}

/// Returns the present and previous versions of all notes, by which exports are compared.
async fn everything(service: &Service, who: &Person) -> Value {
    let mut document: Value = serde_json::from_slice(&export(service, who, "json").await).unwrap();
    for note in document["notes"].as_array_mut().unwrap() {
        let labels = note["labels"].as_array_mut().unwrap();
        labels.sort_by_key(ToString::to_string);
    }
    document
}

/// Exports notes with histories, versions and identifiers from one account and imports them into another, in both formats. The second account belongs
/// to another service, where the identifiers are unused.
async fn preserves_histories_and_versions_through_export(service: Service) {
    const TEXTS: [&str; 8] = [
        "",
        "---\na: b\n---\n",
        "茶 🍵\r\n",
        "# Title\n",
        "\u{feff}",
        "\u{85}\u{2028}",
        "- [ ] x",
        "\n\nid: 0123456789abcdef0123456789abcdef\ntype_: 1",
    ];
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let mut random = 7_u64;
    let mut next = move |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let mut notes = Vec::new();
    for number in 0..150_u64 {
        let text =
            |at: u64| TEXTS[usize::try_from(at).unwrap()].repeat(1 + usize::try_from(at).unwrap());
        let revisions: Vec<_> = (0..next(4))
            .map(|version| {
                json!({"version": version + 1, "title": text(next(8)), "content": text(next(8)), "replacedAt": format!("202{}-01-31T09:30:00.{:06}Z", next(6), next(1_000_000))})
            })
            .collect();
        let mut note = json!({
            "id": Uuid::from_u128(u128::from(next(u64::MAX)) << 64 | u128::from(number)),
            "version": next(1_000) + 5, "title": text(next(8)), "content": text(next(8)), "pinned": next(2) == 0,
            "color": (["white", "red", "pink"][usize::try_from(next(3)).unwrap()]), "place": (["active", "archived", "trash"][usize::try_from(next(3)).unwrap()]),
            "labels": (if next(2) == 0 { json!(["Home"]) } else { json!([]) }),
            "createdAt": "0001-01-01T00:00:00Z", "updatedAt": "2024-02-29T23:59:59.999999Z",
        });
        if !revisions.is_empty() {
            note["revisions"] = json!(revisions);
        }
        if next(2) == 0 {
            let times = [
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "2031-01-31T09:30:00Z",
            ];
            note["reminderAt"] = json!(times[usize::try_from(next(3)).unwrap()]);
        }
        notes.push(note);
    }
    let document = json!({"format": "notes", "version": 1, "labels": [], "notes": notes});
    upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    let hers = everything(&service, &ada).await;
    assert_eq!(hers["notes"].as_array().unwrap().len(), 165);
    let histories = |document: &Value| {
        let notes = document["notes"].as_array().unwrap();
        notes
            .iter()
            .filter(|note| note.get("revisions").is_some())
            .count()
    };
    assert!(histories(&hers) > 50, "{}", histories(&hers));
    let archive = export(&service, &ada, "markdown").await;
    let json = export(&service, &ada, "json").await;
    // Her account is deleted, and she begins again.
    let gone = json!({"currentPassword": crate::support::PASSWORD});
    service.json(&ada, "DELETE", "/api/me", gone).await.is(204);
    for (format, kind, file) in [("json", JSON, json), ("markdown", ZIP, archive)] {
        let again = service.person(&format!("ada-{format}")).await;
        let imported = upload(&service, &again, kind, file).await.is(201);
        assert_eq!(imported.body, taken(165, 4));
        let mut there = everything(&service, &again).await;
        if format == "markdown" {
            // The first of the two has the identifiers now.
            for (note, other) in there["notes"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .zip(hers["notes"].as_array().unwrap())
            {
                assert_ne!(note["id"], other["id"]);
                note["id"] = other["id"].clone();
            }
        }
        assert_eq!(there, hers, "{format}");
    }
}

async fn skips_present_notes_on_repeated_import(service: Service) {
    let ada = service.person("ada").await;
    create_all_kinds_of_notes(&service, &ada).await;
    let before = holdings(&service, &ada).await;
    for (format, kind) in [("json", JSON), ("markdown", ZIP)] {
        let file = export(&service, &ada, format).await;
        let imported = upload(&service, &ada, kind, file.clone()).await.is(201);
        assert_eq!(
            (&imported.body["notes"], &imported.body["present"]),
            (&json!(0), &json!(15)),
            "{}",
            imported.body
        );
        assert_eq!(holdings(&service, &ada).await, before);
        // Nor does an import into another account, the second time.
        let bob = service.person(&format!("bob-{format}")).await;
        upload(&service, &bob, kind, file.clone()).await.is(201);
        let again = upload(&service, &bob, kind, file).await.is(201);
        assert_eq!(
            (&again.body["notes"], &again.body["present"]),
            (&json!(0), &json!(15)),
            "{}",
            again.body
        );
    }
    // What was changed since stays changed, and that is told.
    let made = json!({"title": "now"});
    let note = service
        .json(&ada, "POST", "/api/notes", made)
        .await
        .is(201)
        .body;
    let document =
        json!({"format": "notes", "version": 1, "notes": [{"id": note["id"], "title": "then"}]});
    let imported = upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    assert_eq!(
        imported.body["remarks"][0]["code"], "differs",
        "{}",
        imported.body
    );
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(
        service.send(&ada, "GET", &path).await.is(200).body["title"],
        "now"
    );
}

async fn assigns_new_identifier_when_id_belongs_to_other_user(service: Service) {
    let ada = service.person("ada").await;
    let bob = service.person("bob").await;
    let hers = json!({"title": "hers"});
    let note = service
        .json(&ada, "POST", "/api/notes", hers)
        .await
        .is(201)
        .body;
    let document =
        json!({"format": "notes", "version": 1, "notes": [{"id": note["id"], "title": "his"}]})
            .to_string();
    for made in [1, 0] {
        let imported = upload(&service, &bob, JSON, document.clone()).await.is(201);
        assert_eq!(
            (&imported.body["notes"], &imported.body["present"]),
            (&json!(made), &json!(1 - made))
        );
    }
    let his = service.send(&bob, "GET", "/api/notes").await.is(200);
    assert_eq!(his.body["items"].as_array().unwrap().len(), 1);
    assert_ne!(his.body["items"][0]["id"], note["id"]);
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(
        service.send(&ada, "GET", &path).await.is(200).body["title"],
        "hers"
    );
}

async fn imports_permanently_deleted_notes_again(service: Service) {
    let ada = service.person("ada").await;
    let made = json!({"title": "once"});
    let note = service
        .json(&ada, "POST", "/api/notes", made)
        .await
        .is(201)
        .body;
    let file = export(&service, &ada, "json").await;
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(200);
    service
        .send(&ada, "DELETE", &format!("{path}/permanent"))
        .await
        .is(204);
    let imported = upload(&service, &ada, JSON, file).await.is(201);
    assert_eq!(imported.body["notes"], 1);
    assert_eq!(
        service.send(&ada, "GET", &path).await.is(200).body["title"],
        "once"
    );
    // A device that was away does not hear of both.
    let changes = service
        .send(&ada, "GET", "/api/changes?since=0")
        .await
        .is(200)
        .body;
    assert_eq!(
        (
            &changes["deletedNotes"],
            changes["notes"].as_array().unwrap().len()
        ),
        (&json!([]), 1),
        "{changes}"
    );
}

async fn imports_valid_files_and_reports_others(service: Service) {
    let ada = service.person("ada").await;
    let file = archive(&[
        ("good.md", b"good"),
        ("bad.md", b"---\ncolor: mauve\npinned: yes\n---\nbad"),
        ("latin.md", b"caf\xe9"),
        ("../evil.md", b"x"),
        ("cat.png", b"\x89PNG"),
    ]);
    let imported = upload(&service, &ada, ZIP, file).await.is(201).body;
    assert_eq!(
        imported,
        json!({"notes": 3, "labels": 0, "filters": 0, "attachments": 0, "present": 0, "leftOut": 2, "changed": 2, "remarks": [
            {"file": "bad.md", "line": 2, "effect": "changed", "code": "color",
             "message": "`mauve` is not a valid colour; use one of white, red, orange, yellow, green, teal, blue, purple, pink; the note gets the default colour"},
            {"file": "latin.md", "effect": "changed", "code": "encoding", "message": "is not UTF-8; it was decoded as windows-1252"},
            {"file": "../evil.md", "effect": "leftOut", "code": "path", "message": "has a path outside of the archive"},
            {"file": "cat.png", "effect": "leftOut", "code": "format", "message": "is not in a supported format, and no note refers to it"},
        ]})
    );
    let hers = holdings(&service, &ada).await;
    let notes: Vec<_> = hers["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| json!([note["title"], note["content"], note["pinned"]]))
        .collect();
    assert_eq!(
        json!(notes),
        json!([
            ["bad", "bad", true],
            ["good", "good", false],
            ["latin", "café", false]
        ])
    );
}

async fn imports_exports_of_other_programs(service: Service) {
    let ada = service.person("ada").await;
    let keep = br#"{"title": "List", "isPinned": true, "isArchived": false, "isTrashed": false, "color": "DEFAULT",
        "listContent": [{"text": "one", "isChecked": true}], "labels": [{"name": "L"}],
        "createdTimestampUsec": 1600000000000000, "userEditedTimestampUsec": 1600000000000000}"#;
    let takeout = archive(&[
        ("Takeout/Keep/List.json", keep),
        ("Takeout/Keep/List.html", b"<html><body>List</body></html>"),
        ("Takeout/Keep/Labels.txt", b"L\n"),
    ]);
    let simplenote =
        br#"{"activeNotes": [{"id": "a", "content": "Title\nText"}], "trashedNotes": []}"#;
    for (kind, file) in [
        (ZIP, takeout.clone()),
        ("application/octet-stream", takeout),
        (JSON, simplenote.to_vec()),
        (
            "application/xml",
            b"<en-export><note><title>E</title><content>e</content></note></en-export>".to_vec(),
        ),
    ] {
        upload(&service, &ada, kind, file).await.is(201);
    }
    let list = service.send(&ada, "GET", "/api/notes").await.is(200);
    let notes: Vec<_> = list.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| json!([note["title"], note["content"], note["createdAt"]]))
        .collect();
    // The one of Keep was sent twice.
    assert_eq!(notes.len(), 3);
    assert_eq!(
        notes[0],
        json!(["List", "- [x] one", "2020-09-13T12:26:40Z"])
    );
}

async fn applies_given_offset_to_local_times(service: Service) {
    let ada = service.person("ada").await;
    let file = "---\ncreated: 2024-01-05T10:22\n---\nx";
    let send = async |offset: &str| {
        let path = format!("/api/import{offset}");
        upload_to(&service, &ada, &path, "text/markdown", file.into()).await
    };
    for (offset, expected) in [
        ("", "2024-01-05T10:22:00Z"),
        ("?offset=%2B02:00", "2024-01-05T08:22:00Z"),
    ] {
        send(offset).await.is(201);
        let list = service
            .send(&ada, "GET", "/api/notes?limit=1")
            .await
            .is(200);
        assert_eq!(list.body["items"][0]["createdAt"], expected);
    }
    let refused = send("?offset=Berlin").await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
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

async fn rejects_times_outside_supported_years(service: Service) {
    let ada = service.person("ada").await;
    let late = json!({"title": "late", "reminderAt": "9999-12-31T23:59:59-23:59"});
    let early = json!({"title": "early", "reminderAt": "0001-01-01T00:00:00+23:59"});
    for note in [late.clone(), early] {
        let refused = service
            .json(&ada, "POST", "/api/notes", note)
            .await
            .problem(422, "validation_failed");
        assert_eq!(refused.body["errors"][0]["code"], "out_of_range");
    }
    let last = json!({"title": "last", "reminderAt": "9999-12-31T23:59:59Z"});
    let note = service
        .json(&ada, "POST", "/api/notes", last)
        .await
        .is(201)
        .body;
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    let headers = [("if-match", "*")];
    let change = json!({"reminderAt": late["reminderAt"]});
    service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change))
        .await
        .problem(422, "validation_failed");
    let document = json!({"format": "notes", "version": 1, "notes": [late]});
    let imported = upload(&service, &ada, JSON, document.to_string())
        .await
        .is(201);
    assert_eq!(
        imported.body["remarks"][0]["code"], "time",
        "{}",
        imported.body
    );
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
