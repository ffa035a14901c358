//! Compares what the database knows of files with what lies in their storage. Changes nothing.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::Files;
use crate::error::Error;
use crate::store::Store;

/// Identifiers of one question to the database.
const ASKED: usize = 500;

/// Differences between the database and the storage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Attachments that are whole, by the database.
    pub attachments: u64,
    /// Those of them whose bytes are not in the storage, or are more or fewer than the database says, in order.
    pub without_bytes: Vec<Uuid>,
    /// Files in the storage that the database does not know, those included that it has found and is going to delete.
    pub without_rows: u64,
    /// Bytes of these files.
    pub bytes_without_rows: u64,
}

/// Looks through the storage and all rows of files; what comes or goes meanwhile is no difference. Takes some 100 bytes of memory for an
/// attachment.
pub async fn audit(store: &Store, files: &Files) -> Result<Audit, Error> {
    let mut rows: HashMap<Uuid, (Uuid, u64)> = HashMap::new();
    let mut after = Uuid::nil();
    loop {
        let page = store.whole_attachments(after, ASKED).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        rows.extend(page.iter().map(|row| (row.object, (row.id, row.bytes))));
    }
    let mut audit = Audit {
        attachments: rows.len() as u64,
        ..Audit::default()
    };
    for shard in 0..=u8::MAX {
        let mut unknown = BTreeMap::new();
        for stored in files.inventory(shard).await? {
            match rows.get(&stored.object) {
                Some((_, bytes)) if stored.whole == Some(*bytes) => {
                    rows.remove(&stored.object);
                }
                Some(_) => {}
                None => {
                    unknown.insert(stored.object, stored.bytes);
                }
            }
        }
        let objects: Vec<Uuid> = unknown.keys().copied().collect();
        for objects in objects.chunks(ASKED) {
            // Asked after the storage: the row of a file is there before its first byte.
            for object in store.unknown_files(objects).await? {
                audit.without_rows += 1;
                audit.bytes_without_rows += unknown.get(&object).copied().unwrap_or_default();
            }
        }
    }
    let left: Vec<(Uuid, Uuid)> = rows
        .into_iter()
        .map(|(object, (id, _))| (id, object))
        .collect();
    for attachments in left.chunks(ASKED) {
        let ids: Vec<Uuid> = attachments.iter().map(|(id, _)| *id).collect();
        // Those that were deleted since have no bytes with reason.
        audit.without_bytes.extend(store.still_whole(&ids).await?);
    }
    audit.without_bytes.sort_unstable();
    Ok(audit)
}
