//! The note in the bucket that says which paths CloudFront still has to fetch anew.
//!
//! A publication that ends between its uploads and the invalidation leaves files that are new in the bucket and old at
//! the edges. The next one finds nothing to upload; it knows from this note what to invalidate.

use std::collections::BTreeSet;

use serde_json::json;

use infra_aws::{ApiError, ObjectStore, PutObject};

/// Its key. It says no more than the names of public files.
pub(super) const KEY: &str = ".infra/publishing.json";

/// The paths that an earlier publication left; nothing when there is none, or none that can be read.
pub(super) async fn read(
    store: &dyn ObjectStore,
    bucket: &str,
) -> Result<BTreeSet<String>, ApiError> {
    let Some(content) = store.get(bucket, KEY).await? else {
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

/// Writes it, before anything that visitors see is touched.
pub(super) async fn write(
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
    store.put(request).await.map(|_| ())
}

/// Removes it, once CloudFront knows.
pub(super) async fn remove(store: &dyn ObjectStore, bucket: &str) -> Result<(), ApiError> {
    store.delete(bucket, &[KEY.to_owned()]).await
}
