//! Notes that others see: by a link, or as recipients of a share.
//!
//! A recipient reaches a note through an [`Access`] alone, which only a look at the shares makes. Whatever changes a shared note, or ends a share,
//! leaves a row of news for each recipient in its own transaction; another transaction tells them, in a revision of each. So no transaction
//! ever holds the locks of two users.

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
pub(super) use news::{Affected, Recipients};
pub(super) use received::changed;
pub use received::{ReceivedCursor, ReceivedPage, ReceivedQuery, SharedChange, SharedNote};
pub use sent::{NewShare, Share, ShareState};

/// What tombstones call a note of somebody else that is not shared any more.
pub(crate) const KIND_SHARE: i16 = 2;
