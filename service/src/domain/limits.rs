//! Limits: constants for the size of a request, and [`AccountLimits`] for the size of an account, which operators configure.

use std::ops::RangeInclusive;

/// Maximum number of characters in the title of a note.
pub const TITLE_CHARS: usize = 1_000;
/// Maximum size of a note's Markdown in bytes. Imports divide longer texts into several notes.
pub const CONTENT_BYTES: usize = 100 * 1024;
/// Maximum number of characters in the name of a label.
pub const LABEL_NAME_CHARS: usize = 50;
/// Maximum number of labels on one note. Imports leave out further labels with a remark.
pub const LABELS_PER_NOTE: usize = 20;
/// Maximum number of earlier versions kept for one note; the oldest are removed first.
pub const REVISIONS_PER_NOTE: usize = 50;
/// Version numbers that an imported note, or an earlier version of it, may have. Later versions have room below 2^53, the largest integer that
/// JavaScript represents exactly.
pub const IMPORTED_VERSIONS: RangeInclusive<i64> = 1..=1 << 52;
/// Maximum size in bytes of one note in an import: its text as JSON, where a line break takes two bytes, and its other properties.
const IMPORT_NOTE_BYTES: u64 = 2 * CONTENT_BYTES as u64 + 32 * 1024;
/// Maximum number of public links to one note that have not expired.
pub const LINKS_PER_NOTE: u64 = 10;
/// Maximum number of people one note is shared with, including open invitations.
pub const SHARES_PER_NOTE: u64 = 20;
/// Maximum number of notes that others share with one account.
pub const SHARES_RECEIVED: u64 = 1_000;
/// Default and maximum number of days until a public link expires.
pub const LINK_DAYS: (u32, u32) = (30, 365);
/// Number of days after which an invitation expires that has not been accepted.
pub const INVITATION_DAYS: i64 = 14;
/// Maximum number of characters in the name of an attachment.
pub const FILE_NAME_CHARS: usize = 255;
/// Maximum number of characters in the alternative text of a picture.
pub const ALT_CHARS: usize = 1_000;
/// Maximum number of attachments of one note, including uploads in progress.
pub const ATTACHMENTS_PER_NOTE: u64 = 100;
/// Number of items on a page of a list if the request does not set one.
pub const PAGE_DEFAULT: u16 = 20;

/// Limits of one account, from the configuration. An operator may raise or lower them at any time; existing content is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountLimits {
    /// Maximum number of notes of a user, in all places together.
    pub notes: u32,
    /// Maximum number of notes of a guest, in all places together.
    pub guest_notes: u32,
    /// Maximum number of labels of a user; imports report labels beyond it.
    pub labels: u32,
    /// Maximum number of guests at one time, over all replicas.
    pub guests: u32,
    /// Maximum size of one attachment in bytes, for uploads and imports.
    pub file_bytes: u64,
    /// Maximum size of all attachments of a registered user in bytes.
    pub user_file_bytes: u64,
    /// Maximum size of all attachments of a guest in bytes.
    pub guest_file_bytes: u64,
}

impl AccountLimits {
    /// Returns the maximum size of an import in bytes: enough for everything that an account may hold, and for at least 1,000 notes.
    pub fn import_bytes(&self) -> u64 {
        (IMPORT_NOTE_BYTES * u64::from(self.notes.max(1_000))).saturating_add(self.user_file_bytes)
    }

    /// Returns the maximum number of entries in an imported archive: eight for each note, for its earlier versions and its attachments.
    pub fn import_entries(&self) -> usize {
        usize::try_from(self.notes.max(1_000))
            .unwrap_or(usize::MAX)
            .saturating_mul(8)
    }
}

impl Default for AccountLimits {
    fn default() -> Self {
        Self {
            notes: 10_000,
            guest_notes: 200,
            labels: 200,
            guests: 200,
            file_bytes: 100 * 1024 * 1024,
            user_file_bytes: 1024 * 1024 * 1024,
            guest_file_bytes: 20 * 1024 * 1024,
        }
    }
}
