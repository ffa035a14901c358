//! Helpers for object stores: retries of transient errors, and lists of all pages.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::sleep;

use super::{ApiError, ObjectStore, ObjectSummary};

/// Maximum number of attempts for a call with transient errors.
const ATTEMPTS: u32 = 5;

/// Makes a call up to five times while it fails with transient errors, waiting 1, 2, 4 and 8 seconds.
///
/// # Errors
///
/// Returns the first other error, or that of the last attempt.
pub async fn retry_transient<T, F: Future<Output = Result<T, ApiError>>>(
    mut call: impl FnMut() -> F,
) -> Result<T, ApiError> {
    let mut attempts = 0;
    loop {
        match call().await {
            Err(error) if error.is_transient() && attempts + 1 < ATTEMPTS => {
                sleep(Duration::from_secs(1 << attempts)).await;
                attempts += 1;
            }
            result => return result,
        }
    }
}

/// Returns all objects whose keys start with a prefix, by key.
///
/// # Errors
///
/// Fails if a page cannot be read, after retries of transient errors.
pub async fn list_all_objects(
    store: &dyn ObjectStore,
    bucket: &str,
    prefix: &str,
) -> Result<BTreeMap<String, ObjectSummary>, ApiError> {
    let mut found = BTreeMap::new();
    let mut next = None;
    loop {
        let page = retry_transient(|| store.list_objects(bucket, prefix, next.clone())).await?;
        let entries = page.items.into_iter();
        found.extend(entries.map(|object| (object.key.clone(), object)));
        next = page.next;
        if next.is_none() {
            return Ok(found);
        }
    }
}
