//! All rows of a database as one file, for either database: to keep, to move, and to put back.
//!
//! The file is JSON lines, compressed with gzip: a head that names the columns of each table, the rows, and a foot that counts them, so that a file
//! that was cut off is known. The bytes of attachments are behind the rows. Rows go through a page at a time, and bytes a block at a time: memory
//! does not grow with the number of notes or the size of files.

mod bytes;
mod read;
mod row;
mod tables;
mod write;

pub use read::{Bytes, Found, restore};
pub use write::backup;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Code, Error};

/// The word by which a file is known.
const FORMAT: &str = "notes-backup";
/// Version of the form of the file, not of the schema.
const VERSION: u32 = 2;
/// Earliest version that is read: without bytes of attachments, and otherwise the same.
const FIRST_VERSION: u32 = 1;

/// Rows that are read or written at once.
const PAGE: usize = 200;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    format: String,
    version: u32,
    /// The version of the program that wrote it.
    program: String,
    /// Steps of the schema that the database had taken.
    steps: Vec<String>,
    /// When it was begun.
    created_at: chrono::DateTime<chrono::Utc>,
    /// The columns of each table, in the order of their values.
    tables: BTreeMap<String, Vec<String>>,
    /// True if the bytes of attachments are in the file.
    #[serde(default)]
    attachments: bool,
}

/// The last line: numbers of rows of each table and of files before it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Number of rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Number of files that are stored of attachments, small pictures and pieces included.
    #[serde(default)]
    pub files: u64,
    /// Their bytes.
    #[serde(default)]
    pub file_bytes: u64,
}

/// The result of a backup or a restore.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Rows and files that went through.
    pub counts: Counts,
    /// True if the file has the bytes of attachments.
    pub has_attachments: bool,
    /// Attachments whose bytes were missing or damaged in the storage when the file was written.
    pub lost: Vec<Uuid>,
    /// Number of attachments that were deleted while the file was written, and whose bytes are not in it.
    pub gone: u64,
}

impl Counts {
    /// Rows of a table.
    pub fn of(&self, table: &str) -> u64 {
        self.rows.get(table).copied().unwrap_or_default()
    }

    fn add(&mut self, table: &str) {
        *self.rows.entry(table.to_owned()).or_default() += 1;
    }
}

/// Refuses a file, or the database it is meant for.
fn refused(why: impl Into<String>) -> Error {
    Error::new(Code::Conflict).detail(why)
}

/// A file that cannot be read or written.
fn broken(error: std::io::Error) -> Error {
    let why = format!("the file: {error}");
    Error::unavailable(error).detail(why)
}
