//! Bytes that nothing refers to any more are deleted, in bounded pieces, by any number of replicas at once.
//!
//! The row of a file is there before its first byte, and a row that goes leaves a line about the bytes. So whatever lies in the storage without
//! either was left by a database that was put back to an earlier state. That is deleted only after days, in which a later state may come back.

use chrono::TimeDelta;
use tokio::time::{Duration, Instant};
use uuid::Uuid;

use super::Files;
use crate::clock;
use crate::error::Error;
use crate::store::{Owner, Store};

/// Files of one piece of work.
const CHUNK: u64 = 50;
/// How long bytes lie there before anybody wonders about them.
const SETTLED: TimeDelta = TimeDelta::hours(1);
/// How long bytes stay of which the database knows nothing.
const KEPT: TimeDelta = TimeDelta::days(7);
/// How often each process looks through the storage.
const EVERY: Duration = Duration::from_hours(24);
/// Identifiers of one question to the database.
const ASKED: usize = 500;

/// Deletes some files that nothing refers to; says how many.
pub async fn collect(store: &Store, files: &Files) -> Result<u64, Error> {
    let due = store.discarded_files(CHUNK).await?;
    delete(store, files, &due).await
}

/// Deletes some of what this user has discarded, so that there is room; says how many.
pub async fn collect_of(store: &Store, owner: Owner, files: &Files) -> Result<u64, Error> {
    let due = store.discarded_files_of(owner, CHUNK).await?;
    delete(store, files, &due).await
}

/// Objects are never used again, so that it does no harm if two do this at once.
async fn delete(store: &Store, files: &Files, objects: &[Uuid]) -> Result<u64, Error> {
    for object in objects {
        files.delete(*object).await?;
    }
    store.forget_discarded_files(objects).await?;
    Ok(objects.len() as u64)
}

/// Goes through the storage, one of its 256 parts after the other.
#[derive(Debug)]
pub struct Sweep {
    shard: Option<u8>,
    next: Instant,
}

impl Default for Sweep {
    /// Begins at once.
    fn default() -> Self {
        Self {
            shard: Some(0),
            next: Instant::now(),
        }
    }
}

impl Sweep {
    /// Looks at some parts, and says for how many files it found nothing in the database; nothing if there is nothing to do for now.
    pub async fn piece(&mut self, store: &Store, files: &Files) -> Result<Option<u64>, Error> {
        if Instant::now() < self.next {
            return Ok(None);
        }
        let Some(shard) = self.shard else {
            self.shard = Some(0);
            return Ok(None);
        };
        let settled = clock::now() - SETTLED;
        let found = files.list(shard).await?;
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
