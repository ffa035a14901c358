//! Sharing of notes: by public links, and with recipients.
//!
//! A recipient reaches a note only through an [`Access`], which only a lookup of the share creates. A transaction that changes a shared note or ends
//! a share writes a pending notification for each recipient; a second transaction assigns it a revision of that recipient. No transaction ever holds
//! the locks of two users.

mod access;
mod end;
mod invitations;
mod links;
mod news;
mod received;
mod sent;

pub(super) use access::Author;
pub use access::{Access, Grant, Reading, Right, Writing};
pub(super) use end::end_all;
pub use invitations::{AddressProof, Invitation};
pub use links::{LinkedNote, NewNoteLink, NoteLink};
pub(super) use news::{AffectedShares, Recipients};
pub(super) use received::list_changed;
pub use received::{ReceivedCursor, ReceivedPage, ReceivedQuery, SharedChange, SharedNote};
pub use sent::{NewShare, Share, ShareState};

/// Number that stands for ended shares in the `kind` column of the recipient's tombstones.
pub(crate) const KIND_SHARE: i16 = 2;
