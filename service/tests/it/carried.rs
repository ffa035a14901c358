//! Tests that exports and imports preserve attachments, and that imports from other programs include them.

use std::io::{Cursor, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use notes_service::domain::limits::AccountLimits;
use poem::http::header;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Answer, Person, Service, on_both_databases};

on_both_databases!(
    imports_exported_notes_with_their_files,
    restores_missing_files_with_second_import,
    imports_attachments_of_other_programs,
    reports_imported_files_beyond_quota,
    imports_attached_json_as_file_not_as_note,
);

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Imports a file, and repeats the request while other tests import, because a process accepts few imports at once.
async fn import(service: &Service, who: &Person, data: &[u8]) -> Answer {
    for _ in 0..500 {
        let kind = [("content-type", "application/octet-stream")];
        let answer = service.bytes(who, "POST", "/api/import", &kind, data).await;
        if answer.status != 503 {
            return answer.json();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("there is no turn to import");
}

async fn export(service: &Service, who: &Person) -> Vec<u8> {
    let request = service.client.get("/api/export?format=markdown");
    let mut response = request.header(header::COOKIE, &who.cookie).send().await.0;
    assert_eq!(response.status(), 200);
    response.take_body().into_vec().await.unwrap()
}

async fn note(service: &Service, who: &Person, title: &str) -> String {
    let made = service.json(who, "POST", "/api/notes", json!({"title": title}));
    made.await.is(201).body["id"].as_str().unwrap().to_owned()
}

async fn add(service: &Service, who: &Person, note: &str, query: &str, data: &[u8]) -> Value {
    let path = format!("/api/notes/{note}/attachments?{query}");
    service
        .bytes(who, "POST", &path, &[], data)
        .await
        .json()
        .is(201)
        .body
}

/// Returns all notes by title, each with its attachments and their bytes.
async fn holdings(service: &Service, who: &Person) -> Vec<Value> {
    let mut all = Vec::new();
    for place in ["active", "archived", "trash"] {
        let path = format!("/api/notes?place={place}&limit=100");
        let list = service.send(who, "GET", &path).await.is(200);
        for note in list.body["items"].as_array().unwrap() {
            let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
            let mut note = service.send(who, "GET", &path).await.is(200).body;
            for file in note["attachments"].as_array_mut().into_iter().flatten() {
                let path = format!("/api/attachments/{}/content", file["id"].as_str().unwrap());
                let sent = service.bytes(who, "GET", &path, &[], "").await;
                assert_eq!(sent.status, 200);
                file["content"] = STANDARD.encode(&sent.body).into();
            }
            for field in ["position", "trashedAt"] {
                note.as_object_mut().unwrap().remove(field);
            }
            all.push(note);
        }
    }
    all.sort_by_key(|note| note["title"].to_string());
    all
}

/// Returns names and texts of the files of each note.
fn names(holdings: &[Value]) -> Vec<(String, Vec<(String, String)>)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let files = |note: &Value| {
        let files = note["attachments"].as_array().into_iter().flatten();
        let files = files.map(|file| {
            let bytes = STANDARD.decode(text(&file["content"])).unwrap();
            (
                text(&file["name"]),
                String::from_utf8_lossy(&bytes).into_owned(),
            )
        });
        files.collect()
    };
    holdings
        .iter()
        .map(|note| (text(&note["title"]), files(note)))
        .collect()
}

async fn imports_exported_notes_with_their_files(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let ada = service.person("ada").await;
    let first = note(&service, &ada, "first").await;
    add(
        &service,
        &ada,
        &first,
        "name=a.txt&alt=words%20for%20it",
        b"text of a",
    )
    .await;
    add(
        &service,
        &ada,
        &first,
        "name=CON%20b.md",
        b"---\ntitle: no note\n---\n",
    )
    .await;
    // What does not become smaller.
    let large: Vec<u8> = (0..9_000_000_u32)
        .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    add(&service, &ada, &first, "name=large.bin", &large).await;
    note(&service, &ada, "second").await;
    let third = note(&service, &ada, "third").await;
    let unclean = "name=%3F%3A%2A%22%3C%3E%7C%20%E6%97%A5.svg";
    add(&service, &ada, &third, unclean, b"<svg/>").await;
    service
        .send(&ada, "DELETE", &format!("/api/notes/{third}"))
        .await
        .is(200);
    let hers = holdings(&service, &ada).await;
    let file = export(&service, &ada).await;

    let mut zip = ZipArchive::new(Cursor::new(&file)).unwrap();
    let mut text = String::new();
    let path = format!("files/{first}/001 a.txt");
    zip.by_name(&path)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "text of a");

    // Into an account that was emptied: everything is as it was, with its identifiers.
    for id in [&first, &hers[1]["id"].as_str().unwrap().to_owned()] {
        service
            .send(&ada, "DELETE", &format!("/api/notes/{id}"))
            .await
            .is(200);
    }
    service.send(&ada, "DELETE", "/api/trash").await.is(200);
    let imported = import(&service, &ada, &file).await.is(201).body;
    assert_eq!(
        imported,
        json!({"notes": 3, "labels": 0, "filters": 0, "attachments": 4, "present": 0, "leftOut": 0, "changed": 0, "remarks": []})
    );
    let back = holdings(&service, &ada).await;
    assert_eq!(without_times(&back), without_times(&hers));
    let again = import(&service, &ada, &file).await.is(201).body;
    assert_eq!(
        (&again["present"], &again["attachments"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(holdings(&service, &ada).await, back);

    // Into another account: the same, with other identifiers, and a second import doubles nothing.
    let bob = service.person("bob").await;
    import(&service, &bob, &file).await.is(201);
    let his = holdings(&service, &bob).await;
    assert_eq!(names(&his), names(&hers));
    let again = import(&service, &bob, &file).await.is(201).body;
    assert_eq!(
        (&again["present"], &again["attachments"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(holdings(&service, &bob).await, his);
    assert_eq!(holdings(&service, &ada).await, back);
}

/// Removes the times of notes in the trash, which an import sets to the present.
fn without_times(holdings: &[Value]) -> Vec<Value> {
    let mut holdings = holdings.to_vec();
    for note in &mut holdings {
        if note["place"] == "trash" {
            note.as_object_mut().unwrap().remove("updatedAt");
        }
    }
    holdings
}

async fn restores_missing_files_with_second_import(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "note").await;
    let file = add(&service, &ada, &id, "name=a.txt", b"a").await;
    let exported = export(&service, &ada).await;
    let path = format!("/api/attachments/{}", file["id"].as_str().unwrap());
    service.send(&ada, "DELETE", &path).await.is(204);
    let imported = import(&service, &ada, &exported).await.is(201).body;
    assert_eq!(
        (&imported["present"], &imported["attachments"]),
        (&json!(1), &json!(1))
    );
    let back = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(back.body["name"], "a.txt");
}

async fn imports_attachments_of_other_programs(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let keep = br#"{"title": "keep", "isTrashed": false, "isPinned": false, "isArchived": false, "textContent": "text",
        "attachments": [{"filePath": "picture.jpeg", "mimetype": "image/jpeg"}],
        "createdTimestampUsec": 1600000000000000, "userEditedTimestampUsec": 1600000000000000}"#;
    let resource = "0123456789abcdef0123456789abcdef";
    let joplin_note = format!(
        "joplin\n\n![](:/{resource})\n\nid: aaaaaaaabbbbccccddddeeeeeeeeeeee\ncreated_time: 2026-01-01T00:00:00.000Z\nupdated_time: \
         2026-01-01T00:00:00.000Z\ntype_: 1"
    );
    let joplin_resource =
        format!("tea.png\n\nid: {resource}\nmime: image/png\nfile_extension: png\ntype_: 4");
    let blob = format!("resources/{resource}.png");
    let enex = format!(
        "<?xml version=\"1.0\"?><en-export><note><title>evernote</title><content><![CDATA[<en-note>text</en-note>]]></content>\
         <resource><data encoding=\"base64\">\n{}\n</data><mime>image/png</mime><resource-attributes><file-name>tea.png</file-name>\
         </resource-attributes></resource><resource><data encoding=\"base64\">eA==</data><mime>text/plain</mime></resource></note></en-export>",
        STANDARD.encode(PNG)
    );
    let page = b"<!DOCTYPE html><html><head><title>page - Notesnook</title></head><body><p>x</p><img src=\"files/a%20b.png\"></body></html>";
    for (name, data, expected) in [
        (
            "keep",
            archive(&[
                ("Takeout/Keep/k.json", keep),
                ("Takeout/Keep/picture.jpg", PNG),
            ]),
            vec!["picture.jpg"],
        ),
        (
            "joplin",
            archive(&[
                (
                    "aaaaaaaabbbbccccddddeeeeeeeeeeee.md",
                    joplin_note.as_bytes(),
                ),
                (&format!("{resource}.md"), joplin_resource.as_bytes()),
                (&blob, PNG),
            ]),
            vec!["tea.png"],
        ),
        ("evernote", enex.into_bytes(), vec!["tea.png", "text.plain"]),
        (
            "obsidian",
            archive(&[
                (".obsidian/app.json", b"{}"),
                (
                    "notes/obsidian.md",
                    b"![[deep.png|100]] and [[Other]] and ![m](../m.pdf)",
                ),
                ("assets/deep.png", PNG),
                ("m.pdf", b"%PDF-1.7"),
            ]),
            vec!["deep.png", "m.pdf"],
        ),
        (
            "page",
            archive(&[("page.html", page), ("files/a b.png", PNG)]),
            vec!["a b.png"],
        ),
    ] {
        let who = service.person(name).await;
        let imported = import(&service, &who, &data).await.is(201).body;
        let holdings = holdings(&service, &who).await;
        let found = names(&holdings);
        assert_eq!(found.len(), 1, "{name}: {imported}");
        let (title, files) = &found[0];
        let files: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            (title.as_str(), files),
            (name, expected.clone()),
            "{imported}"
        );
        assert_eq!(imported["attachments"], expected.len(), "{imported}");
        assert_eq!(imported["leftOut"], 0, "{imported}");
        // Sent again, nothing is there twice.
        let again = import(&service, &who, &data).await.is(201).body;
        if again["present"] == 1 {
            assert_eq!(again["attachments"], 0, "{name}: {again}");
        }
    }
}

async fn reports_imported_files_beyond_quota(service: Service) {
    let service = service.with_files(AccountLimits {
        file_bytes: 1_000,
        user_file_bytes: 1_500,
        ..AccountLimits::default()
    });
    let ada = service.person("ada").await;
    let data = archive(&[
        ("note.md", b"![](a.bin) ![](b.bin) ![](c.bin)"),
        ("a.bin", &[1; 900]),
        ("b.bin", &[2; 900]),
        ("c.bin", &[3; 1_001]),
        ("d.bin", b"nobody wants it"),
    ]);
    let imported = import(&service, &ada, &data).await.is(201).body;
    assert_eq!(
        (&imported["notes"], &imported["attachments"]),
        (&json!(1), &json!(1))
    );
    let mut remarks: Vec<String> = imported["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|remark| format!("{} {}", remark["file"], remark["code"]))
        .collect();
    remarks.sort();
    assert_eq!(
        remarks,
        [
            r#""b.bin" "limit_reached""#,
            r#""c.bin" "too_long""#,
            r#""d.bin" "format""#
        ]
    );
    assert_eq!(imported["leftOut"], 3);
}

async fn imports_attached_json_as_file_not_as_note(service: Service) {
    let service = service.with_files(AccountLimits::default());
    let ada = service.person("ada").await;
    let id = note(&service, &ada, "note").await;
    // It looks like a backup of which everything beside it is a copy.
    let keep = br#"{"isTrashed": false, "textContent": "no note", "userEditedTimestampUsec": 1}"#;
    add(&service, &ada, &id, "name=keep.json", keep).await;
    let exported = export(&service, &ada).await;
    let bob = service.person("bob").await;
    let imported = import(&service, &bob, &exported).await.is(201).body;
    assert_eq!(
        (
            &imported["notes"],
            &imported["attachments"],
            &imported["leftOut"]
        ),
        (&json!(1), &json!(1), &json!(0))
    );
}
