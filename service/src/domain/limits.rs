//! How much of everything there may be: what a request may hold is fixed, what an account may hold is configured.

use std::ops::RangeInclusive;

/// Characters of a title.
pub const TITLE_CHARS: usize = 1_000;
/// Bytes of a note's Markdown.
pub const CONTENT_BYTES: usize = 100 * 1024;
/// Characters of a label's name.
pub const LABEL_NAME_CHARS: usize = 50;
/// Labels on one note.
pub const LABELS_PER_NOTE: usize = 20;
/// Earlier versions that are kept of one note.
pub const REVISIONS_PER_NOTE: usize = 50;
/// Versions that a note or an earlier version of it may bring along. Those that follow have room below 2^53, up to which JavaScript tells
/// whole numbers apart.
pub const IMPORTED_VERSIONS: RangeInclusive<i64> = 1..=1 << 52;
/// Bytes of one note in an import: its text in JSON, where a line's end takes two bytes, and what stands beside it.
const IMPORT_NOTE_BYTES: u64 = 2 * CONTENT_BYTES as u64 + 32 * 1024;
/// Links to one note.
pub const LINKS_PER_NOTE: u64 = 10;
/// Others that one note is shared with, open invitations included.
pub const SHARES_PER_NOTE: u64 = 20;
/// Notes of others that are shared with one account.
pub const SHARES_RECEIVED: u64 = 1_000;
/// Days after which a link ends if nothing is said, and after which it ends at most.
pub const LINK_DAYS: (u32, u32) = (30, 365);
/// Days after which an invitation ends that nobody has accepted.
pub const INVITATION_DAYS: i64 = 14;
/// Characters of a file's name.
pub const FILE_NAME_CHARS: usize = 255;
/// Characters of the words for a picture.
pub const ALT_CHARS: usize = 1_000;
/// Files of one note, those that are being sent included.
pub const ATTACHMENTS_PER_NOTE: u64 = 100;
/// Items of a page when nothing is said.
pub const PAGE_DEFAULT: u16 = 20;

/// What one account may hold; soft, because an operator may raise it at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountLimits {
    /// Notes, in all places together.
    pub notes: u32,
    /// Notes of a guest.
    pub guest_notes: u32,
    /// Labels.
    pub labels: u32,
    /// Guests at one time, over all replicas.
    pub guests: u32,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files of a user.
    pub user_file_bytes: u64,
    /// Bytes of all files of a guest.
    pub guest_file_bytes: u64,
}

impl AccountLimits {
    /// Bytes of an import: of everything that an account may hold.
    pub fn import_bytes(&self) -> u64 {
        (IMPORT_NOTE_BYTES * u64::from(self.notes.max(1_000))).saturating_add(self.user_file_bytes)
    }

    /// Entries of an archive to import: each note, its earlier versions, and files beside it.
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
