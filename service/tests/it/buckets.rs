//! Tests of attachments in a bucket of an S3 emulator: `scripts/emulator run -- cargo test -p notes-service --test it buckets`.

mod backup;

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Once;

use notes_service::files::{self, Bucket, Downloads, Files, StorageLocation};
use serde_json::json;
use uuid::Uuid;

use crate::support::wire::{Reply, Wire};
use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    stores_files_in_bucket_and_returns_presigned_urls,
    returns_site_urls_for_bucket_behind_site_path,
    assembles_chunked_upload_in_bucket,
    returns_503_without_details_for_missing_bucket,
);

/// Returns the address of the S3 emulator, or `None` without one, which CI does not accept.
fn address() -> Option<String> {
    static SAID: Once = Once::new();
    let address = std::env::var("INFRA_EMULATOR_URL").ok();
    if address.is_none() {
        assert!(
            std::env::var_os("NOTES_BUCKETS").is_none(),
            "INFRA_EMULATOR_URL is not set; help: scripts/emulator run -- cargo test -p notes-service --test it buckets"
        );
        SAID.call_once(|| {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: attachments in a bucket, as INFRA_EMULATOR_URL is not set; help: scripts/emulator run -- cargo test -p notes-service --test it buckets"
            );
        });
    }
    address
}

fn host(address: &str) -> &str {
    address.strip_prefix("http://").unwrap()
}

async fn ask(address: &str, method: &str, path: &str) -> Reply {
    let host = host(address);
    let mut wire = Wire::connect(host.parse::<SocketAddr>().unwrap())
        .await
        .unwrap();
    let request = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 0\r\n\r\n");
    wire.send(request.as_bytes()).await.unwrap();
    wire.reply().await.unwrap()
}

/// Creates a bucket for this test.
fn bucket(address: &str, downloads: Downloads) -> Bucket {
    Bucket {
        name: format!("notes-{}", Uuid::now_v7().simple()),
        region: "us-east-1".to_owned(),
        endpoint: Some(address.to_owned()),
        downloads,
    }
}

fn with(service: &Service, bucket: &Bucket) -> Service {
    let mut settings = service.app.settings.clone();
    settings.files = Files::open(&StorageLocation::Bucket(bucket.clone())).unwrap();
    service.replica().with(settings)
}

async fn note(service: &Service, who: &Person) -> String {
    let made = service.json(who, "POST", "/api/notes", json!({}));
    made.await.is(201).body["id"].as_str().unwrap().to_owned()
}

fn bytes(size: usize) -> Vec<u8> {
    (0..241).cycle().take(size).collect()
}

async fn stored(service: &Service) -> usize {
    let mut count = 0;
    for shard in 0..=u8::MAX {
        count += service.files().list_shard(shard).await.unwrap().len();
    }
    count
}

async fn stores_files_in_bucket_and_returns_presigned_urls(given: Service) {
    let Some(address) = address() else { return };
    let mut bucket = bucket(&address, Downloads::Bucket);
    assert_eq!(
        ask(&address, "PUT", &format!("/{}", bucket.name))
            .await
            .status,
        200
    );
    let service = with(&given, &bucket);
    service.files().check_storage().await.unwrap();
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    bucket.downloads = Downloads::Service;
    let through = with(&given, &bucket);
    for size in [1, 70_000, 13 * 1024 * 1024] {
        let path = format!("/api/notes/{note}/attachments?name=a%20b.bin");
        let added = service
            .bytes(&ada, "POST", &path, &[], bytes(size))
            .await
            .json()
            .is(201);
        let id = added.body["id"].as_str().unwrap();
        let path = format!("/api/attachments/{id}/content");
        let sent = service.bytes(&ada, "GET", &path, &[], "").await;
        assert_eq!((sent.status.as_u16(), sent.body.len()), (302, 0));
        let location = sent.header("location");
        assert!(
            location.starts_with(&address) && location.contains("X-Amz-Expires=60"),
            "{location}"
        );
        // A picture within the page comes from the page's own origin, as its policy asks for.
        let picture = [("sec-fetch-dest", "image")];
        let sent = service.bytes(&ada, "GET", &path, &picture, "").await;
        assert_eq!(sent.status, 200);
        assert!(sent.body == bytes(size));
        let opened = [("sec-fetch-dest", "document")];
        let sent = service.bytes(&ada, "GET", &path, &opened, "").await;
        assert_eq!(sent.status, 302);
        let elsewhere = ask(&address, "GET", location.strip_prefix(&address).unwrap()).await;
        assert_eq!(elsewhere.status, 200, "{}", elsewhere.head);
        assert!(elsewhere.body == bytes(size), "{size}");
        let disposition = elsewhere.header("content-disposition").unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\"a b.bin\""),
            "{disposition}"
        );
        assert_eq!(
            elsewhere.header("content-type"),
            Some("application/octet-stream")
        );

        let head = service.bytes(&ada, "HEAD", &path, &[], "").await;
        assert_eq!(
            (head.status.as_u16(), head.header("content-length")),
            (200, &*size.to_string())
        );
        let known = [("if-none-match", head.header("etag"))];
        assert_eq!(
            service.bytes(&ada, "GET", &path, &known, "").await.status,
            304
        );

        let sent = through.bytes(&ada, "GET", &path, &[], "").await;
        assert_eq!(sent.status, 200);
        assert!(sent.body == bytes(size));
        let part = through
            .bytes(&ada, "GET", &path, &[("range", "bytes=0-0")], "")
            .await;
        assert_eq!((part.status.as_u16(), part.body), (206, bytes(1)));
    }
    assert_eq!(stored(&service).await, 3);
    service
        .send(&ada, "DELETE", &format!("/api/notes/{note}"))
        .await
        .is(200);
    service.send(&ada, "DELETE", "/api/trash").await.is(200);
    while files::collect_discarded(&service.app.store, service.files())
        .await
        .unwrap()
        > 0
    {}
    assert_eq!(stored(&service).await, 0);
}

async fn returns_site_urls_for_bucket_behind_site_path(given: Service) {
    let Some(address) = address() else { return };
    let bucket = bucket(&address, Downloads::Site("/files/".to_owned()));
    let name = &bucket.name;
    assert_eq!(ask(&address, "PUT", &format!("/{name}")).await.status, 200);
    let service = with(&given, &bucket);
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let path = format!("/api/notes/{note}/attachments?name=a.bin");
    let added = service
        .bytes(&ada, "POST", &path, &[], bytes(70_000))
        .await
        .json()
        .is(201);
    let id = added.body["id"].as_str().unwrap();
    let path = format!("/api/attachments/{id}/content");
    let sent = service.bytes(&ada, "GET", &path, &[], "").await;
    assert_eq!(sent.status.as_u16(), 302);
    let location = sent.header("location");
    assert!(location.starts_with("/files/"), "{location}");
    assert!(location.contains("&X-Amz-Signature="), "{location}");
    // CloudFront sends path and query as they are; this S3 has the bucket in the path, where one of AWS has it in the host.
    let elsewhere = ask(&address, "GET", &format!("/{name}{location}")).await;
    assert_eq!(elsewhere.status, 200, "{}", elsewhere.head);
    assert!(elsewhere.body == bytes(70_000));

    assert_eq!(stored(&service).await, 1);
}

async fn assembles_chunked_upload_in_bucket(given: Service) {
    let Some(address) = address() else { return };
    let bucket = bucket(&address, Downloads::Service);
    assert_eq!(
        ask(&address, "PUT", &format!("/{}", bucket.name))
            .await
            .status,
        200
    );
    let service = with(&given, &bucket);
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let whole = bytes(9 * 1024 * 1024);
    let path = format!("/api/notes/{note}/uploads");
    let length = whole.len().to_string();
    let headers = [("upload-length", length.as_str())];
    let begun = service
        .request(Some(&ada), "POST", &path, &headers, None)
        .await
        .is(201);
    let path = begun.header("location").to_owned();
    for (start, end) in [(0, 1_000), (1_000, 8_000_000), (8_000_000, whole.len())] {
        let offset = start.to_string();
        let headers = [
            ("content-type", "application/offset+octet-stream"),
            ("upload-offset", offset.as_str()),
        ];
        let piece = &whole[start..end];
        let sent = service.bytes(&ada, "PATCH", &path, &headers, piece).await;
        assert_eq!(sent.status, 204, "{sent:?}");
    }
    let id = begun.body["id"].as_str().unwrap();
    let path = format!("/api/attachments/{id}/content");
    assert!(service.bytes(&ada, "GET", &path, &[], "").await.body == whole);
    files::collect_discarded(&service.app.store, service.files())
        .await
        .unwrap();
    assert_eq!(stored(&service).await, 1);
}

async fn returns_503_without_details_for_missing_bucket(given: Service) {
    let Some(address) = address() else { return };
    let service = with(&given, &bucket(&address, Downloads::Bucket));
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let path = format!("/api/notes/{note}/attachments?name=a");
    let refused = service.bytes(&ada, "POST", &path, &[], "x").await.json();
    assert_eq!(refused.status, 503, "{}", refused.body);
    let text = refused.body.to_string();
    assert!(
        !text.contains(&address) && !text.contains("notes-"),
        "{text}"
    );
    // The note has no file, and no room is taken.
    let list = service
        .send(&ada, "GET", &format!("/api/notes/{note}/attachments"))
        .await;
    assert_eq!(list.is(200).body["items"], json!([]));
}
