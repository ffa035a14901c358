//! Deletes stored files that no attachment refers to, in bounded pieces that any number of replicas can process at once.
//!
//! The row of a file is written before its first byte, and a deleted row leaves a record of the bytes to delete. Bytes without either belong to a
//! database that was restored to an earlier state. They are deleted only after several days, in which a later state may be restored.

use chrono::TimeDelta;
use tokio::time::{Duration, Instant};
use uuid::Uuid;

use super::Files;
use crate::clock;
use crate::error::Error;
use crate::store::{Owner, Store};

/// Maximum number of files deleted in one piece of work.
const CHUNK: u64 = 50;
/// Minimum age of stored bytes before the sweep considers them.
const SETTLED: TimeDelta = TimeDelta::hours(1);
/// Time for which bytes that the database does not know are kept before they are deleted.
const KEPT: TimeDelta = TimeDelta::days(7);
/// Pause of each process between two sweeps of the storage.
const EVERY: Duration = Duration::from_hours(24);
/// Maximum number of identifiers in one database query.
const ASKED: usize = 500;

/// Deletes up to 50 stored files that no attachment refers to. Returns the number of deleted files.
pub async fn collect_discarded(store: &Store, files: &Files) -> Result<u64, Error> {
    let due = store.discarded_files(CHUNK).await?;
    delete_objects(store, files, &due).await
}

/// Deletes up to 50 files that this user has discarded, to free storage space of the user. Returns the number of deleted files.
pub async fn collect_discarded_of(
    store: &Store,
    owner: Owner,
    files: &Files,
) -> Result<u64, Error> {
    let due = store.discarded_files_of(owner, CHUNK).await?;
    delete_objects(store, files, &due).await
}

/// Deletes objects from the storage and then from the list of discarded files. Object IDs are never reused, so two processes may delete the same
/// object.
async fn delete_objects(store: &Store, files: &Files, objects: &[Uuid]) -> Result<u64, Error> {
    for object in objects {
        files.delete_file(*object).await?;
    }
    store.forget_discarded_files(objects).await?;
    Ok(objects.len() as u64)
}

/// A sweep over the file storage that searches its 256 shards, one after the other, for files without a row.
#[derive(Debug)]
pub struct Sweep {
    shard: Option<u8>,
    next: Instant,
}

impl Default for Sweep {
    /// Creates a sweep that starts immediately.
    fn default() -> Self {
        Self {
            shard: Some(0),
            next: Instant::now(),
        }
    }
}

impl Sweep {
    /// Searches the next shard and schedules the unknown files in it for deletion. Returns their number, or `None` if no shard is due.
    pub async fn sweep_shard(
        &mut self,
        store: &Store,
        files: &Files,
    ) -> Result<Option<u64>, Error> {
        if Instant::now() < self.next {
            return Ok(None);
        }
        let Some(shard) = self.shard else {
            self.shard = Some(0);
            return Ok(None);
        };
        let settled = clock::now() - SETTLED;
        let found = files.list_shard(shard).await?;
        let found: Vec<Uuid> = found
            .into_iter()
            .filter(|(_, written)| *written < settled)
            .map(|(object, _)| object)
            .collect();
        let mut unknown = 0;
        for objects in found.chunks(ASKED) {
            unknown += store
                .discard_unknown_files(objects, clock::now() + KEPT)
                .await?;
        }
        self.shard = shard.checked_add(1);
        if self.shard.is_none() {
            self.next = Instant::now() + EVERY;
        }
        Ok(Some(unknown))
    }
}
