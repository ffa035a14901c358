//! Tests of attachments: uploads, downloads, limits, and complete deletion.

mod removal;
mod uploads;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use notes_service::domain::limits::AccountLimits;
use notes_service::files;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Person, RawAnswer, Service, on_both_databases};

on_both_databases!(
    returns_attachment_bytes_unchanged,
    serves_range_and_conditional_requests,
    serves_scriptable_files_as_download_only,
    returns_picture_dimensions_and_thumbnails,
    lists_attachments_and_finds_notes_by_file_name,
    reports_file_changes_as_note_changes,
    reports_files_off_without_storage,
    reports_attachment_usage_of_account,
);

fn limits() -> AccountLimits {
    AccountLimits {
        file_bytes: 12 * 1024 * 1024,
        user_file_bytes: 20 * 1024 * 1024,
        guest_file_bytes: 1024 * 1024,
        ..AccountLimits::default()
    }
}

async fn note(service: &Service, who: &Person) -> String {
    let made = service.json(who, "POST", "/api/notes", json!({"title": "with files"}));
    made.await.is(201).body["id"].as_str().unwrap().to_owned()
}

async fn add(
    service: &Service,
    who: &Person,
    note: &str,
    name: &str,
    bytes: impl Into<Vec<u8>>,
) -> Answer {
    let path = format!("/api/notes/{note}/attachments?name={name}");
    let kind = [("content-type", "text/html")];
    service.bytes(who, "POST", &path, &kind, bytes).await.json()
}

fn id(answer: &Answer) -> String {
    answer.body["id"].as_str().unwrap().to_owned()
}

async fn content(service: &Service, who: &Person, id: &str, headers: &[(&str, &str)]) -> RawAnswer {
    let path = format!("/api/attachments/{id}/content");
    service.bytes(who, "GET", &path, headers, "").await
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::from(RgbImage::new(width, height)),
        _ => DynamicImage::from(RgbaImage::new(width, height)),
    };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Returns the only value in the result of a statement.
async fn number(service: &Service, text: &str) -> i64 {
    let db = service.app.store.db();
    let statement = Statement::from_string(db.get_database_backend(), text);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn used(service: &Service, name: &str) -> u64 {
    let statement = "SELECT CAST(COALESCE((SELECT sum(bytes) FROM attachments), 0) + \
                     COALESCE((SELECT sum(bytes) FROM discarded_files), 0) AS bigint)";
    assert!(!name.is_empty());
    u64::try_from(number(service, statement).await).unwrap()
}

/// Runs the periodic work that deletes bytes until no work remains.
async fn collect(service: &Service) {
    let store = &service.app.store;
    while files::collect_discarded(store, service.files())
        .await
        .unwrap()
        > 0
    {}
}

async fn returns_attachment_bytes_unchanged(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    for size in [1, 5_000, 4 * 1024 * 1024 + 1, 7 * 1024 * 1024] {
        let bytes: Vec<u8> = (0..253).cycle().take(size).collect();
        let added = add(&service, &ada, &note, "../a%20b.bin", bytes.clone()).await;
        let added = added.is(201);
        assert_eq!(added.body["name"], "a b.bin");
        assert_eq!(added.body["bytes"], size);
        assert_eq!(added.header("etag"), "\"1\"");
        let path = format!("/api/attachments/{}", id(&added));
        assert_eq!(added.header("location"), path);
        let read = service.send(&ada, "GET", &path).await.is(200);
        assert_eq!(read.body["sha256"], added.body["sha256"]);
        let got = content(&service, &ada, &id(&added), &[]).await;
        assert_eq!(got.status, 200);
        assert_eq!(got.header("content-length"), size.to_string());
        assert!(got.body == bytes, "{size} bytes");
        service.send(&ada, "DELETE", &path).await.is(204);
        service
            .send(&ada, "GET", &path)
            .await
            .problem(404, "not_found");
        let got = content(&service, &ada, &id(&added), &[]).await;
        got.json().problem(404, "not_found");
    }
}

async fn serves_range_and_conditional_requests(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let id = id(&add(&service, &ada, &note, "digits.txt", "0123456789")
        .await
        .is(201));
    let whole = content(&service, &ada, &id, &[]).await;
    let tag = whole.header("etag").to_owned();
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert!(tag.starts_with('"') && tag.len() == 66, "{tag}");

    let part = content(&service, &ada, &id, &[("range", "bytes=2-4")]).await;
    assert_eq!((part.status.as_u16(), &*part.body), (206, &b"234"[..]));
    assert_eq!(part.header("content-range"), "bytes 2-4/10");
    assert_eq!(part.header("content-length"), "3");
    let end = content(
        &service,
        &ada,
        &id,
        &[("range", "bytes=-3"), ("if-range", &tag)],
    )
    .await;
    assert_eq!((end.status.as_u16(), &*end.body), (206, &b"789"[..]));
    let other = content(
        &service,
        &ada,
        &id,
        &[("range", "bytes=-3"), ("if-range", "\"other\"")],
    )
    .await;
    assert_eq!(
        (other.status.as_u16(), &*other.body),
        (200, &b"0123456789"[..])
    );
    let beyond = content(&service, &ada, &id, &[("range", "bytes=10-")]).await;
    beyond.json().problem(416, "range_not_satisfiable");

    let known = content(&service, &ada, &id, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    let both = [("if-none-match", tag.as_str()), ("range", "bytes=0-1")];
    assert_eq!(content(&service, &ada, &id, &both).await.status, 304);
    let path = format!("/api/attachments/{id}/content");
    let head = service.bytes(&ada, "HEAD", &path, &[], "").await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-length"), "10");
    assert_eq!(head.header("etag"), tag);
}

async fn serves_scriptable_files_as_download_only(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let text = "text/plain; charset=utf-8";
    for (name, bytes, kind, inline) in [
        (
            "page.html",
            &b"<!DOCTYPE html><script>alert(1)</script>"[..],
            text,
            false,
        ),
        (
            "x.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            text,
            false,
        ),
        ("x.xml", b"<?xml version='1.0'?><a/>", text, false),
        ("x.jpg", b"MZ\x90\0\x03", "application/octet-stream", false),
        (
            "a.pdf",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
            "application/pdf",
            true,
        ),
        ("a.html", b"\x89PNG\r\n\x1a\n<script>", "image/png", true),
    ] {
        let added = add(&service, &ada, &note, name, bytes).await.is(201);
        assert_eq!(added.body["mediaType"], kind, "{name}");
        assert_eq!(added.body["inline"], inline, "{name}");
        let got = content(&service, &ada, &id(&added), &[]).await;
        assert_eq!(got.header("content-type"), kind);
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        let policy = got.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(policy.ends_with("; sandbox") || kind == "application/pdf");
        let disposition = got.header("content-disposition").to_owned();
        let what = if inline { "inline; " } else { "attachment; " };
        assert!(disposition.starts_with(what), "{name}: {disposition}");
        let path = format!("/api/attachments/{}/content?download=true", id(&added));
        let got = service.bytes(&ada, "GET", &path, &[], "").await;
        assert!(
            got.header("content-disposition")
                .starts_with("attachment; ")
        );
    }
}

async fn returns_picture_dimensions_and_thumbnails(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    for (format, kind, small) in [
        (ImageFormat::Jpeg, "image/jpeg", "image/jpeg"),
        (ImageFormat::Png, "image/png", "image/png"),
        (ImageFormat::WebP, "image/webp", "image/png"),
        (ImageFormat::Gif, "image/gif", "image/png"),
    ] {
        let added = add(&service, &ada, &note, "p", picture(1_024, 300, format)).await;
        let added = added.is(201);
        assert_eq!(added.body["mediaType"], kind);
        assert_eq!(
            (&added.body["width"], &added.body["height"]),
            (&json!(1_024), &json!(300))
        );
        assert_eq!(added.body["hasThumbnail"], true);
        let path = format!("/api/attachments/{}/thumbnail", id(&added));
        let got = service.bytes(&ada, "GET", &path, &[], "").await;
        assert_eq!(got.header("content-type"), small);
        let shown = image::load_from_memory(&got.body).unwrap();
        assert_eq!((shown.width(), shown.height()), (512, 150));
        let tag = got.header("etag").to_owned();
        let known = service
            .bytes(&ada, "GET", &path, &[("if-none-match", &tag)], "")
            .await;
        assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    }
    let added = add(&service, &ada, &note, "n.txt", "no picture")
        .await
        .is(201);
    assert_eq!(added.body["hasThumbnail"], false);
    let path = format!("/api/attachments/{}/thumbnail", id(&added));
    service
        .send(&ada, "GET", &path)
        .await
        .problem(404, "not_found");
}

async fn lists_attachments_and_finds_notes_by_file_name(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let path = format!("/api/notes/{note}");
    let before = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(before.body["attachmentCount"], 0);
    assert_eq!(before.body.get("attachments"), None);
    let text = add(&service, &ada, &note, "quicksilver-report.txt", "x")
        .await
        .is(201);
    let image = add(
        &service,
        &ada,
        &note,
        "p.png",
        picture(8, 6, ImageFormat::Png),
    )
    .await
    .is(201);
    assert_eq!(text.body["noteVersion"], 2);

    let list = service
        .send(&ada, "GET", "/api/notes?fields=board")
        .await
        .is(200);
    let shown = &list.body["items"][0];
    assert_eq!(shown["attachmentCount"], 2);
    assert_eq!(
        shown["image"],
        json!({"id": id(&image), "width": 8, "height": 6})
    );
    assert_eq!(shown.get("attachments"), None);
    let read = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(read.header("etag"), "\"3\"");
    let names: Vec<&Value> = read.body["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["quicksilver-report.txt", "p.png"]);
    let listed = service
        .send(&ada, "GET", &format!("{path}/attachments"))
        .await
        .is(200);
    assert_eq!(listed.body["items"], read.body["attachments"]);

    let found = async |word: &str| {
        let hits = service
            .send(&ada, "GET", &format!("/api/search?q={word}"))
            .await;
        hits.is(200).body["items"].as_array().unwrap().len()
    };
    assert_eq!(found("quicksilver").await, 1);
    // Also after the text has changed.
    let change = json!({"content": "other words"});
    let headers = [("if-match", "*")];
    service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change))
        .await
        .is(200);
    assert_eq!((found("quicksilver").await, found("other").await), (1, 1));
    service
        .send(&ada, "DELETE", &format!("/api/attachments/{}", id(&text)))
        .await
        .is(204);
    assert_eq!((found("quicksilver").await, found("other").await), (0, 1));
    service
        .send(&ada, "DELETE", &format!("/api/attachments/{}", id(&image)))
        .await
        .is(204);
    let after = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(after.body["attachmentCount"], 0);
    assert_eq!(after.body.get("image"), None);
}

async fn reports_file_changes_as_note_changes(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let since = async || {
        let page = service.send(&ada, "GET", "/api/notes").await.is(200);
        page.body["revision"].as_i64().unwrap()
    };
    let told = async |since: i64| {
        let path = format!("/api/changes?since={since}");
        let changes = service.send(&ada, "GET", &path).await.is(200);
        changes.body["notes"].as_array().unwrap().len()
    };
    let start = since().await;
    let file = add(&service, &ada, &note, "a.txt", "a").await.is(201);
    assert_eq!(told(start).await, 1);
    let start = since().await;
    let path = format!("/api/attachments/{}", id(&file));
    let headers = [("if-match", "\"1\"")];
    let change = json!({"name": "b/c.txt", "alt": "words"});
    let changed = service
        .request(Some(&ada), "PATCH", &path, &headers, Some(change))
        .await
        .is(200);
    assert_eq!(
        (&changed.body["name"], &changed.body["alt"]),
        (&json!("c.txt"), &json!("words"))
    );
    assert_eq!(changed.header("etag"), "\"2\"");
    assert_eq!(told(start).await, 1);
    let again = service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &headers,
            Some(json!({"name": "d"})),
        )
        .await;
    again.problem(412, "precondition_failed");
    let missing = service
        .json(&ada, "PATCH", &path, json!({"name": "d"}))
        .await;
    missing.problem(428, "precondition_required");

    // What is in the trash does not change.
    service
        .send(&ada, "DELETE", &format!("/api/notes/{note}"))
        .await
        .is(200);
    service
        .send(&ada, "DELETE", &path)
        .await
        .problem(409, "note_in_trash");
    let headers = [("if-match", "*")];
    service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &headers,
            Some(json!({"name": "d"})),
        )
        .await
        .problem(409, "note_in_trash");
    add(&service, &ada, &note, "e.txt", "e")
        .await
        .problem(409, "note_in_trash");
    content(&service, &ada, &id(&file), &[])
        .await
        .json()
        .is(200);
}

async fn reports_files_off_without_storage(service: Service) {
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    add(&service, &ada, &note, "a.txt", "a")
        .await
        .problem(409, "files_off");
    let path = format!("/api/notes/{note}/uploads");
    let headers = [("upload-length", "9")];
    let begun = service
        .request(Some(&ada), "POST", &path, &headers, None)
        .await;
    begun.problem(409, "files_off");
    let some = Uuid::now_v7().to_string();
    content(&service, &ada, &some, &[])
        .await
        .json()
        .problem(409, "files_off");
    let path = format!("/api/notes/{note}/attachments");
    let list = service.send(&ada, "GET", &path).await.is(200);
    assert_eq!(list.body["items"], json!([]));
}

async fn reports_attachment_usage_of_account(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let usage = async || {
        let me = service.send(&ada, "GET", "/api/me").await.is(200);
        let usage = &me.body["usage"];
        assert_eq!(usage["attachmentBytesLimit"], limits().user_file_bytes);
        usage["attachmentBytes"].as_u64().unwrap()
    };
    assert_eq!(usage().await, 0);
    let note = note(&service, &ada).await;
    let first = add(&service, &ada, &note, "a.txt", "seven b").await.is(201);
    add(&service, &ada, &note, "b.txt", "eight by")
        .await
        .is(201);
    assert_eq!(usage().await, 15);
    let path = format!("/api/attachments/{}", id(&first));
    service.send(&ada, "DELETE", &path).await.is(204);
    collect(&service).await;
    assert_eq!(usage().await, 8);
    let guest = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await;
    assert_eq!(
        guest.is(201).body["usage"]["attachmentBytesLimit"],
        limits().guest_file_bytes
    );
}
