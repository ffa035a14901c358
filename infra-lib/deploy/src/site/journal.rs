//! Journal in the bucket with the paths that CloudFront still has to invalidate.
//!
//! A publication that ends between its uploads and the invalidation leaves new files in the bucket and old ones at the edges. The next publication
//! finds nothing to upload, and takes the paths to invalidate from the journal.

use std::collections::BTreeSet;

use serde_json::json;

use infra_aws::{ApiError, ObjectStore, PutObject};

/// Key of the journal. Its contents are not confidential: they are names of public files.
pub(super) const KEY: &str = ".infra/publishing.json";

/// Returns the paths that an earlier publication left; empty if the journal is missing or unreadable.
pub(super) async fn read_journal(
    store: &dyn ObjectStore,
    bucket: &str,
) -> Result<BTreeSet<String>, ApiError> {
    let Some(content) = store.get_object(bucket, KEY).await? else {
        return Ok(BTreeSet::new());
    };
    let note: serde_json::Value = serde_json::from_slice(&content).unwrap_or_default();
    let paths = note["invalidate"].as_array().into_iter().flatten();
    Ok(paths
        .filter_map(|path| path.as_str())
        .filter(|path| path.starts_with('/'))
        .map(str::to_owned)
        .collect())
}

/// Writes the journal, before any file that visitors see is changed.
pub(super) async fn write_journal(
    store: &dyn ObjectStore,
    bucket: &str,
    paths: &[String],
) -> Result<(), ApiError> {
    let note = json!({ "version": 1, "invalidate": paths });
    let request = PutObject::builder()
        .bucket(bucket)
        .key(KEY)
        .body(note.to_string().into_bytes())
        .content_type("application/json")
        .cache_control("no-store")
        .build();
    store.put_object(request).await.map(|_| ())
}

/// Removes the journal after the invalidation.
pub(super) async fn remove_journal(store: &dyn ObjectStore, bucket: &str) -> Result<(), ApiError> {
    store.delete_objects(bucket, &[KEY.to_owned()]).await
}
