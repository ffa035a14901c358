//! Notes leave an account as files, and come into another as they were.

use std::io::{Cursor, Read as _, Write as _};

use notes_service::domain::limits::AccountLimits;
use notes_service::store::Store;
use poem::http::header;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    what_is_exported_and_imported_is_the_same,
    the_archive_is_files_that_people_read,
    an_export_has_every_note,
    imported_notes_are_found_and_told,
    labels_are_found_by_their_names,
    one_file_becomes_a_note,
    wrong_imports_change_nothing,
    an_import_beyond_the_limits_changes_nothing,
    an_import_is_as_large_as_an_account,
);

const JSON: &str = "application/json";
const ZIP: &str = "application/zip";

/// Sends a file.
async fn upload(service: &Service, who: &Person, kind: &str, data: impl Into<Vec<u8>>) -> Answer {
    let request = service.client.post("/api/import").content_type(kind);
    let request = request
        .header(header::COOKIE, &who.cookie)
        .body(data.into());
    let mut response = request.send().await.0;
    let body = response.take_body().into_vec().await.unwrap();
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: serde_json::from_slice(&body).unwrap(),
    }
}

/// All bytes of an export.
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

/// Everything that an account holds and that is no identifier, by place and in order.
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

/// Notes of all kinds, and some that are hard on every format.
async fn furnish(service: &Service, who: &Person) {
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

async fn what_is_exported_and_imported_is_the_same(service: Service) {
    let ada = service.person("ada").await;
    furnish(&service, &ada).await;
    let hers = holdings(&service, &ada).await;
    assert_eq!(hers["notes"].as_array().unwrap().len(), 15);
    for (format, kind) in [("json", JSON), ("markdown", ZIP)] {
        let bob = service.person(&format!("bob-{format}")).await;
        let file = export(&service, &ada, format).await;
        let imported = upload(&service, &bob, kind, file).await.is(201);
        assert_eq!(
            imported.body,
            json!({"notes": 15, "labels": 4, "skipped": []})
        );
        assert_eq!(holdings(&service, &bob).await, hers, "{format}");
        // And the same once more.
        let again = export(&service, &bob, format).await;
        let eve = service.person(&format!("eve-{format}")).await;
        upload(&service, &eve, kind, again).await.is(201);
        assert_eq!(holdings(&service, &eve).await, hers, "{format}");
    }
    assert_eq!(holdings(&service, &ada).await, hers);
}

async fn the_archive_is_files_that_people_read(service: Service) {
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
        "---\ntitle: \"Tea: green\"\ncolor: teal\npinned: false\nplace: active\nlabels: [\"Home\"]\nreminder: 2031-01-31T09:30:00Z\ncreated: {}\nupdated: {}\n---\n\n- [ ] sencha\n",
        time("createdAt"),
        time("updatedAt"),
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

async fn an_export_has_every_note(service: Service) {
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
        json!({"format": "notes", "version": 1, "labels": [], "notes": []})
    );
}

async fn imported_notes_are_found_and_told(service: Service) {
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

async fn labels_are_found_by_their_names(service: Service) {
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

async fn one_file_becomes_a_note(service: Service) {
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
        assert_eq!(
            imported.body,
            json!({"notes": 1, "labels": 0, "skipped": []})
        );
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

async fn wrong_imports_change_nothing(service: Service) {
    let ada = service.person("ada").await;
    furnish(&service, &ada).await;
    let before = holdings(&service, &ada).await;
    let document = |more: Value| {
        let mut document = json!({"format": "notes", "version": 1, "notes": [{"title": "good"}]});
        document
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        document.to_string().into_bytes()
    };
    let long = "x".repeat(100 * 1024 + 1);
    let good: (&str, &[u8]) = ("good.md", b"good");
    let bomb = vec![b'0'; 4 * 1024 * 1024];
    let page = format!("<p>{long}</p>");
    let huge_page = " ".repeat(3 * 1024 * 1024);
    for (kind, data, status, code, field) in [
        (JSON, b"[1,".to_vec(), 400, "malformed_request", ""),
        (JSON, b"[]".to_vec(), 422, "validation_failed", ""),
        (
            JSON,
            b"{\"notes\": [\"\xff\"]}".to_vec(),
            400,
            "malformed_request",
            "",
        ),
        (
            JSON,
            document(json!({"format": "keep"})),
            422,
            "validation_failed",
            "/format",
        ),
        (
            JSON,
            document(json!({"version": 2})),
            422,
            "validation_failed",
            "/version",
        ),
        (
            JSON,
            document(json!({"note": []})),
            422,
            "validation_failed",
            "/note",
        ),
        (
            JSON,
            document(json!({"notes": [{}, {"titel": ""}]})),
            422,
            "validation_failed",
            "/notes/1/titel",
        ),
        (
            JSON,
            document(json!({"notes": [{"content": "a\0"}]})),
            422,
            "validation_failed",
            "/notes/0/content",
        ),
        (
            JSON,
            document(json!({"notes": [{"color": "mauve"}]})),
            422,
            "validation_failed",
            "/notes/0/color",
        ),
        (
            JSON,
            document(json!({"notes": [{"content": "ä".repeat(60_000)}]})),
            422,
            "validation_failed",
            "/notes/0",
        ),
        (
            JSON,
            document(json!({"notes": [{"labels": ["x".repeat(51)]}]})),
            422,
            "validation_failed",
            "/notes/0/labels/0",
        ),
        (
            JSON,
            document(json!({"labels": [{"name": "a"}, {"name": "A"}]})),
            422,
            "validation_failed",
            "/labels/1/name",
        ),
        (
            JSON,
            format!("[{}0]", "0,".repeat(600_000)).into_bytes(),
            422,
            "validation_failed",
            "",
        ),
        (ZIP, b"no archive".to_vec(), 400, "malformed_request", ""),
        (
            ZIP,
            archive(&[good, ("../evil.md", b"x")]),
            422,
            "validation_failed",
            "../evil.md",
        ),
        (
            ZIP,
            archive(&[good, ("latin.md", b"caf\xe9")]),
            422,
            "validation_failed",
            "latin.md",
        ),
        (
            ZIP,
            archive(&[good, ("long.md", long.as_bytes())]),
            422,
            "validation_failed",
            "long.md",
        ),
        (
            ZIP,
            archive(&[good, ("bomb.md", &bomb)]),
            422,
            "validation_failed",
            "bomb.md",
        ),
        (
            ZIP,
            archive(&[
                good,
                (
                    "labels.json",
                    br#"[{"name":"a","color":"red"},{"name":"A","color":"red"}]"#,
                ),
            ]),
            422,
            "validation_failed",
            "labels.json",
        ),
        (
            "text/markdown",
            b"caf\xe9".to_vec(),
            422,
            "validation_failed",
            "",
        ),
        (
            "text/markdown",
            long.clone().into_bytes(),
            422,
            "validation_failed",
            "",
        ),
        ("text/html", page.into_bytes(), 422, "validation_failed", ""),
        (
            "text/html",
            huge_page.into_bytes(),
            413,
            "payload_too_large",
            "",
        ),
        (
            "text/plain",
            b"x".to_vec(),
            415,
            "unsupported_media_type",
            "",
        ),
        (ZIP, vec![0; 11 * 1024 * 1024], 413, "payload_too_large", ""),
        (
            "application/octet-stream",
            b"{\"format\": \"other\"}".to_vec(),
            422,
            "validation_failed",
            "/version",
        ),
        (
            "application/octet-stream",
            b"PK\x03\x04 no archive".to_vec(),
            400,
            "malformed_request",
            "",
        ),
    ] {
        let shown: String = String::from_utf8_lossy(&data).chars().take(80).collect();
        let refused = upload(&service, &ada, kind, data)
            .await
            .problem(status, code);
        if code == "validation_failed" {
            assert_eq!(
                refused.body["errors"][0]["field"], field,
                "{shown}: {}",
                refused.body
            );
        }
    }
    assert_eq!(holdings(&service, &ada).await, before);
}

async fn an_import_beyond_the_limits_changes_nothing(service: Service) {
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
    let before = holdings(&small, &ada).await;
    let document =
        |notes: Value| json!({"format": "notes", "version": 1, "notes": notes}).to_string();
    upload(&small, &ada, JSON, document(json!([{}, {}, {}])))
        .await
        .problem(409, "limit_reached");
    upload(
        &small,
        &ada,
        JSON,
        document(json!([{"labels": ["a", "b", "c"]}])),
    )
    .await
    .problem(409, "limit_reached");
    assert_eq!(holdings(&small, &ada).await, before);
    upload(
        &small,
        &ada,
        JSON,
        document(json!([{"labels": ["a"]}, {"labels": ["b"]}])),
    )
    .await
    .is(201);
    upload(&small, &ada, JSON, document(json!([{}])))
        .await
        .problem(409, "limit_reached");
}

async fn an_import_is_as_large_as_an_account(service: Service) {
    let ada = service.person("ada").await;
    let notes = |count: usize| {
        let notes: Vec<_> = (0..count).map(|number| json!({"title": "n", "content": format!("- [ ] note {number}"), "labels": ["l"]})).collect();
        json!({"format": "notes", "version": 1, "notes": notes}).to_string()
    };
    let refused = upload(&service, &ada, JSON, notes(10_001))
        .await
        .problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["field"], "/notes");
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
