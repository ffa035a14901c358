//! Compares the attachments in the database with the file storage, without changing either: [`audit()`].

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::Files;
use crate::error::Error;
use crate::store::Store;

/// Maximum number of identifiers in one database query.
const ASKED: usize = 500;

/// The differences between the database and the storage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Number of completely uploaded attachments in the database.
    pub attachments: u64,
    /// IDs of the attachments whose bytes are missing from the storage or have another size than in the database, sorted.
    pub without_bytes: Vec<Uuid>,
    /// Number of files in the storage without a row in the database, including those that are already scheduled for deletion.
    pub without_rows: u64,
    /// Total size of the files without a row, in bytes.
    pub bytes_without_rows: u64,
}

/// Compares all rows of attachments with the whole storage. Files that are added or deleted in the meantime are not differences. Uses about 100 bytes
/// of memory per attachment.
pub async fn audit_files(store: &Store, files: &Files) -> Result<Audit, Error> {
    let mut rows: HashMap<Uuid, (Uuid, u64)> = HashMap::new();
    let mut after = Uuid::nil();
    loop {
        let page = store.list_complete_attachments(after, ASKED).await?;
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
        for stored in files.inventory_shard(shard).await? {
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
            for object in store.filter_unknown_files(objects).await? {
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
        audit
            .without_bytes
            .extend(store.filter_complete(&ids).await?);
    }
    audit.without_bytes.sort_unstable();
    Ok(audit)
}
