//! What everybody does with objects: calls that may succeed a little later, and lists of several pages.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::sleep;

use super::{ApiError, ObjectStore, ObjectSummary};

/// How often a call is made that may succeed a little later.
const ATTEMPTS: u32 = 5;

/// Makes a call again when the same call may succeed a little later.
pub async fn repeated<T, F: Future<Output = Result<T, ApiError>>>(
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

/// All objects whose keys begin so, by key.
pub async fn all_objects(
    store: &dyn ObjectStore,
    bucket: &str,
    prefix: &str,
) -> Result<BTreeMap<String, ObjectSummary>, ApiError> {
    let mut found = BTreeMap::new();
    let mut next = None;
    loop {
        let page = repeated(|| store.list(bucket, prefix, next.clone())).await?;
        let entries = page.items.into_iter();
        found.extend(entries.map(|object| (object.key.clone(), object)));
        next = page.next;
        if next.is_none() {
            return Ok(found);
        }
    }
}
