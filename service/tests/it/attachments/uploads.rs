//! Tests of uploads: in one request, in chunks, within the quota, and repeated with an idempotency key.

use image::ImageFormat;
use notes_service::domain::limits::AccountLimits;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::removal::stored;
use super::{add, collect, content, id, limits, note, picture, used};
use crate::support::{Answer, Person, RawAnswer, Service, on_both_databases};

on_both_databases!(
    rejects_invalid_files_without_using_quota,
    enforces_quota_for_concurrent_uploads,
    resumes_interrupted_chunked_upload,
    counts_repeated_chunks_once,
    adds_file_once_per_idempotency_key,
    rejects_idempotency_key_for_another_file,
);

async fn rejects_invalid_files_without_using_quota(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    add(&service, &ada, &note, "empty", "")
        .await
        .problem(422, "validation_failed");
    let large = vec![0; 12 * 1024 * 1024 + 1];
    add(&service, &ada, &note, "large", large)
        .await
        .problem(413, "payload_too_large");
    let path = format!("/api/notes/{note}/attachments");
    let nameless = service.bytes(&ada, "POST", &path, &[], "x").await;
    nameless.json().problem(400, "malformed_request");
    let path = format!("{path}?name=form");
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    let form = service.bytes(&ada, "POST", &path, &kind, "--x").await;
    form.json().problem(415, "unsupported_media_type");
    // A picture of 60,000 × 60,000 pixels in some bytes.
    let mut bomb = picture(1, 1, ImageFormat::Png);
    bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = checksum(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    let refused = add(&service, &ada, &note, "bomb.png", bomb).await;
    let refused = refused.problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["code"], "too_many_pixels");
    collect(&service).await;
    assert_eq!(used(&service, "ada").await, 0);
    assert!(stored(&service).await.is_empty());
    for _ in 0..100 {
        add(&service, &ada, &note, "small", "x").await.is(201);
    }
    add(&service, &ada, &note, "more", "x")
        .await
        .problem(409, "limit_reached");
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

async fn enforces_quota_for_concurrent_uploads(service: Service) {
    let service = service.with_files(AccountLimits {
        user_file_bytes: 10_000,
        ..limits()
    });
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let files = (0..12).map(|number| {
        let name = format!("{number}.txt");
        let (service, ada, note) = (&service, &ada, &note);
        async move { add(service, ada, note, &name, vec![b'x'; 3_000]).await }
    });
    let answers = futures_util::future::join_all(files).await;
    let added: Vec<&Answer> = answers.iter().filter(|one| one.status == 201).collect();
    assert_eq!(added.len(), 3);
    for refused in answers.iter().filter(|one| one.status != 201) {
        assert_eq!(refused.body["code"], "limit_reached", "{}", refused.body);
    }
    // What was deleted makes room at once, though its bytes are still there.
    let path = format!("/api/attachments/{}", id(added[0]));
    service.send(&ada, "DELETE", &path).await.is(204);
    assert_eq!(stored(&service).await.len(), 3);
    add(&service, &ada, &note, "again.txt", vec![b'x'; 3_000])
        .await
        .is(201);
    assert_eq!(stored(&service).await.len(), 3);
    // An upload takes room before its first byte, and gives it back.
    let begin = async |length: &str| {
        let path = format!("/api/notes/{note}/uploads");
        let headers = [("upload-length", length)];
        service
            .request(Some(&ada), "POST", &path, &headers, None)
            .await
    };
    let upload = begin("1000").await.is(201);
    begin("1").await.problem(409, "limit_reached");
    service
        .send(&ada, "DELETE", upload.header("location"))
        .await
        .is(204);
    begin("1000").await.is(201);
}

const PIECE: (&str, &str) = ("content-type", "application/offset+octet-stream");

pub(super) async fn send_piece(
    service: &Service,
    who: &Person,
    path: &str,
    offset: usize,
    bytes: &[u8],
) -> RawAnswer {
    let offset = offset.to_string();
    let headers = [
        PIECE,
        ("upload-offset", &offset),
        ("tus-resumable", "1.0.0"),
    ];
    service.bytes(who, "PATCH", path, &headers, bytes).await
}

async fn resumes_interrupted_chunked_upload(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let bytes: Vec<u8> = (0..249).cycle().take(11 * 1024 * 1024).collect();
    let length = bytes.len().to_string();
    let path = format!("/api/notes/{note}/uploads");
    let headers = [
        ("upload-length", length.as_str()),
        ("upload-metadata", "filename dGVhLmJpbg==,alt 8J+NtQ=="),
        ("tus-resumable", "1.0.0"),
    ];
    let begun = service
        .request(Some(&ada), "POST", &path, &headers, None)
        .await
        .is(201);
    assert_eq!(begun.header("tus-resumable"), "1.0.0");
    let path = begun.header("location").to_owned();
    let ends = [3 * 1024 * 1024, 9 * 1024 * 1024 + 7, bytes.len()];
    let mut start = 0;
    // Each piece is sent to another process.
    for end in ends {
        let replica = service.replica();
        let head = replica.bytes(&ada, "HEAD", &path, &[], "").await;
        assert_eq!(head.header("upload-offset"), start.to_string());
        assert_eq!(head.header("upload-length"), length);
        let wrong = send_piece(&replica, &ada, &path, start + 1, b"x").await;
        wrong.json().problem(409, "conflict");
        let sent = send_piece(&replica, &ada, &path, start, &bytes[start..end]).await;
        assert_eq!(sent.status, 204, "{sent:?}");
        let left = service.send(&ada, "GET", &path).await.is(200);
        assert_eq!(left.body["complete"], end == bytes.len());
        start = end;
    }
    let beyond = send_piece(&service, &ada, &path, start, b"x").await;
    beyond.json().problem(413, "payload_too_large");
    let id = begun.body["id"].as_str().unwrap();
    let read = service
        .send(&ada, "GET", &format!("/api/attachments/{id}"))
        .await
        .is(200);
    assert_eq!(
        (&read.body["name"], &read.body["alt"]),
        (&json!("tea.bin"), &json!("🍵"))
    );
    let got = content(&service, &ada, id, &[]).await;
    assert!(got.body == bytes);
    // The pieces are gone, and take no room any more.
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 1);
    assert_eq!(used(&service, "ada").await, bytes.len() as u64);
    service
        .send(&ada, "DELETE", &path)
        .await
        .problem(404, "not_found");
    let headers = [PIECE, ("upload-offset", "0"), ("tus-resumable", "0.2.1")];
    let old = service.bytes(&ada, "PATCH", &path, &headers, "x").await;
    old.json().problem(412, "precondition_failed");
    let headers = [("content-type", "text/plain"), ("upload-offset", "0")];
    let kind = service.bytes(&ada, "PATCH", &path, &headers, "x").await;
    kind.json().problem(415, "unsupported_media_type");
}

async fn counts_repeated_chunks_once(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let path = format!("/api/notes/{note}/uploads");
    let headers = [("upload-length", "6")];
    let begun = service
        .request(Some(&ada), "POST", &path, &headers, None)
        .await
        .is(201);
    let path = begun.header("location").to_owned();
    for (offset, bytes) in [(0, &b"abc"[..]), (3, b"def")] {
        let sent = (0..4).map(|_| send_piece(&service, &ada, &path, offset, bytes));
        let sent = futures_util::future::join_all(sent).await;
        let mut taken: Vec<u16> = sent.iter().map(|one| one.status.as_u16()).collect();
        taken.sort_unstable();
        assert_eq!(taken[..2], [204, 409], "{taken:?}");
    }
    let id = begun.body["id"].as_str().unwrap();
    assert_eq!(content(&service, &ada, id, &[]).await.body, b"abcdef");
    // Those that came too late leave nothing, once nobody can be at work on them any more.
    let later = "UPDATE discarded_files SET due_at = '2020-01-01T00:00:00Z'";
    service
        .app
        .store
        .db()
        .execute_unprepared(later)
        .await
        .unwrap();
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 1);
    assert_eq!(content(&service, &ada, id, &[]).await.body, b"abcdef");
}

async fn add_once(service: &Service, who: &Person, path: &str, key: &str, bytes: &str) -> Answer {
    let headers = [("content-type", "text/plain"), ("idempotency-key", key)];
    service
        .bytes(who, "POST", path, &headers, bytes)
        .await
        .json()
}

async fn adds_file_once_per_idempotency_key(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let path = format!("/api/notes/{note}/attachments?name=a.txt&alt=words");
    let first = add_once(&service, &ada, &path, "k1", "the bytes")
        .await
        .is(201);
    assert!(!first.headers.contains_key("idempotency-replayed"));
    let again = add_once(&service, &ada, &path, "k1", "the bytes")
        .await
        .is(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.body, first.body);
    // At once: one of them adds it, and nothing is left of the others.
    let send = || add_once(&service, &ada, &path, "k2", "other bytes");
    let answers = tokio::join!(send(), send(), send());
    let answers = [answers.0, answers.1, answers.2].map(|answer| answer.is(201));
    assert_eq!(id(&answers[0]), id(&answers[1]));
    assert_eq!(id(&answers[0]), id(&answers[2]));
    let list = format!("/api/notes/{note}/attachments");
    let list = service.send(&ada, "GET", &list).await.is(200);
    assert_eq!(list.body["items"].as_array().unwrap().len(), 2);
    collect(&service).await;
    assert_eq!(used(&service, "ada").await, 9 + 11);
    assert_eq!(stored(&service).await.len(), 2);
}

async fn rejects_idempotency_key_for_another_file(service: Service) {
    let service = service.with_files(limits());
    let (ada, eve) = (service.person("ada").await, service.person("eve").await);
    let path = |note: &str, name: &str| format!("/api/notes/{note}/attachments?name={name}");
    let (mine, theirs) = (note(&service, &ada).await, note(&service, &eve).await);
    let first = add_once(&service, &ada, &path(&mine, "a.txt"), "k", "bytes")
        .await
        .is(201);
    for (name, bytes) in [("a.txt", "others"), ("b.txt", "bytes")] {
        add_once(&service, &ada, &path(&mine, name), "k", bytes)
            .await
            .problem(422, "idempotency_key_reused");
    }
    let headers = [("idempotency-key", "k")];
    let body = Some(json!({"title": "x"}));
    service
        .request(Some(&ada), "POST", "/api/notes", &headers, body)
        .await
        .problem(422, "idempotency_key_reused");
    // Keys are of one account.
    let other = add_once(&service, &eve, &path(&theirs, "a.txt"), "k", "bytes")
        .await
        .is(201);
    assert_ne!(id(&other), id(&first));
    // What it has added may be gone.
    let gone = format!("/api/attachments/{}", id(&first));
    service.send(&ada, "DELETE", &gone).await.is(204);
    add_once(&service, &ada, &path(&mine, "a.txt"), "k", "bytes")
        .await
        .problem(409, "conflict");
    add_once(&service, &ada, &path(&mine, "a.txt"), "", "bytes")
        .await
        .problem(400, "malformed_request");
}
