//! Tests that the stored bytes of deleted attachments are removed.

use chrono::TimeDelta;
use image::ImageFormat;
use notes_service::clock;
use notes_service::files::{self, Sweep};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::uploads::send_piece;
use super::{add, collect, content, id, limits, note, number, picture};
use crate::support::{Service, on_both_databases};

on_both_databases!(
    removes_stored_bytes_of_deleted_attachments,
    removes_unreferenced_files_after_days,
);

/// Returns the identifiers of all files in the storage.
pub(super) async fn stored(service: &Service) -> Vec<Uuid> {
    let mut all = Vec::new();
    for shard in 0..=u8::MAX {
        let found = service.files().list_shard(shard).await.unwrap();
        all.extend(found.into_iter().map(|(object, _)| object));
    }
    all
}

async fn removes_stored_bytes_of_deleted_attachments(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note_id = note(&service, &ada).await;
    add(
        &service,
        &ada,
        &note_id,
        "p.png",
        picture(600, 600, ImageFormat::Png),
    )
    .await
    .is(201);
    let other = note(&service, &ada).await;
    add(&service, &ada, &other, "kept.txt", "kept")
        .await
        .is(201);
    let begin = format!("/api/notes/{other}/uploads");
    let headers = [("upload-length", "9")];
    let upload = service
        .request(Some(&ada), "POST", &begin, &headers, None)
        .await
        .is(201);
    let sent = send_piece(&service, &ada, upload.header("location"), 0, b"abc").await;
    assert_eq!(sent.status, 204);
    assert_eq!(stored(&service).await.len(), 3);

    // An upload that nobody goes on with.
    assert_eq!(service.app.store.expire_uploads().await.unwrap(), 0);
    let past =
        "UPDATE attachments SET expires_at = '2020-01-01T00:00:00Z' WHERE completed_at IS NULL";
    service
        .app
        .store
        .db()
        .execute_unprepared(past)
        .await
        .unwrap();
    assert_eq!(service.app.store.expire_uploads().await.unwrap(), 1);
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 2);
    let gone = send_piece(&service, &ada, upload.header("location"), 3, b"def").await;
    gone.json().problem(404, "not_found");

    // A note that is deleted for good.
    service
        .send(&ada, "DELETE", &format!("/api/notes/{note_id}"))
        .await
        .is(200);
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 2);
    service.send(&ada, "DELETE", "/api/trash").await.is(200);
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 1);

    // An account that is deleted.
    let body = json!({"currentPassword": crate::support::PASSWORD});
    let deleted = service.json(&ada, "DELETE", "/api/me", body).await;
    assert!(deleted.status.is_success(), "{}", deleted.body);
    collect(&service).await;
    assert!(stored(&service).await.is_empty());
    assert_eq!(
        number(&service, "SELECT count(*) FROM discarded_files").await,
        0
    );
}

async fn removes_unreferenced_files_after_days(service: Service) {
    let service = service.with_files(limits());
    let ada = service.person("ada").await;
    let note = note(&service, &ada).await;
    let file = add(&service, &ada, &note, "known.txt", "known")
        .await
        .is(201);
    let part = files::Part::Whole;
    let stranger = Uuid::now_v7();
    service
        .files()
        .put_bytes(stranger, part, b"unknown".to_vec())
        .await
        .unwrap();
    let sweep = async || {
        let mut sweep = Sweep::default();
        let mut found = 0;
        while let Some(unknown) = sweep
            .sweep_shard(&service.app.store, service.files())
            .await
            .unwrap()
        {
            found += unknown;
        }
        found
    };
    // Nobody wonders about what was written a moment ago.
    assert_eq!(sweep().await, 0);
    let folder = service.folder();
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    for entry in walk(&folder) {
        std::fs::File::options()
            .write(true)
            .open(entry)
            .unwrap()
            .set_modified(old)
            .unwrap();
    }
    assert_eq!(sweep().await, 1);
    assert_eq!(sweep().await, 0, "it is told once");
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 2, "it is kept for days");
    let due = clock::now() - TimeDelta::seconds(1);
    let passed = format!("UPDATE discarded_files SET due_at = '{}'", due.to_rfc3339());
    service
        .app
        .store
        .db()
        .execute_unprepared(&passed)
        .await
        .unwrap();
    collect(&service).await;
    assert_eq!(stored(&service).await.len(), 1);
    assert_eq!(
        content(&service, &ada, &id(&file), &[]).await.body,
        b"known"
    );
}

/// Returns all files below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}
