//! Backup of all rows of a database, and of the bytes of attachments, in one file that either database can restore.
//!
//! The file is JSON lines, compressed with gzip: a header that names the columns of each table, the rows, and a footer with their numbers, which
//! reveals a truncated file. The bytes of attachments follow the rows. Rows are processed in pages and bytes in blocks, so that memory does not grow
//! with the number of notes or the size of files.

mod bytes;
mod read;
mod row;
mod tables;
mod write;

pub use read::{AttachmentBytes, ExistingAccounts, restore_backup};
pub use write::write_backup;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Code, Error};

/// Value of `format` in the header, by which a backup is recognised.
const FORMAT: &str = "notes-backup";
/// Version of the file format, independent of the database schema.
const VERSION: u32 = 2;
/// Oldest version of the file format that can be restored. It contains no bytes of attachments, and is the same otherwise.
const FIRST_VERSION: u32 = 1;

/// Number of rows to read or write in one statement.
const PAGE: usize = 200;

/// The header, the first line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    format: String,
    version: u32,
    /// Version of the program that wrote the file.
    program: String,
    /// Names of the migrations that the database had applied.
    steps: Vec<String>,
    /// Time at which the backup began.
    created_at: chrono::DateTime<chrono::Utc>,
    /// Columns of each table, in the order of their values.
    tables: BTreeMap<String, Vec<String>>,
    /// True if the file contains the bytes of attachments.
    #[serde(default)]
    attachments: bool,
}

/// The footer, the last line of the file: numbers of rows and files before it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Number of rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Number of stored files of attachments, including thumbnails and parts of uploads.
    #[serde(default)]
    pub files: u64,
    /// Total size of these files in bytes.
    #[serde(default)]
    pub file_bytes: u64,
}

/// The result of a backup or a restore.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Number of rows and files in the backup.
    pub counts: Counts,
    /// True if the file contains the bytes of attachments.
    pub has_attachments: bool,
    /// Attachments whose bytes were missing or damaged in file storage at the time of the backup.
    pub lost: Vec<Uuid>,
    /// Number of attachments that were deleted during the backup, and whose bytes are not in the file.
    pub deleted_meanwhile: u64,
}

impl Counts {
    /// Returns the number of rows of a table.
    pub fn rows_of_table(&self, table: &str) -> u64 {
        self.rows.get(table).copied().unwrap_or_default()
    }

    fn count_row(&mut self, table: &str) {
        *self.rows.entry(table.to_owned()).or_default() += 1;
    }
}

/// Returns the error for a file, or a target database, that is not suitable.
fn rejection_error(why: impl Into<String>) -> Error {
    Error::new(Code::Conflict).detail(why)
}

/// Returns the error for a file that cannot be read or written.
fn io_error(error: std::io::Error) -> Error {
    let why = format!("the file: {error}");
    Error::unavailable(error).detail(why)
}
