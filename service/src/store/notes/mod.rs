//! Notes of a user: creating, reading, listing, changing, moving and deleting them, with one file for each.

mod batch;
mod change;
mod create;
mod items;
mod list;
mod order;
mod place;
mod read;
mod revisions;

pub use batch::{BatchItem, BatchResult, Operation};
pub use change::NoteChange;
pub(in crate::store) use change::{Applied, apply_change};
pub use create::{Created, RequestKey};
pub(in crate::store) use items::item_change;
pub use list::{ListCursor, ListQuery, NotePage, Order, SortKey as OrderKey};
pub use order::Target;
pub use place::Transition;
pub(in crate::store) use place::delete_notes;
pub(in crate::store) use read::{
    COLUMN_COUNT, decode_note, find_note, labels_condition, load_note, select_clause, series,
};
pub use revisions::LIFETIME as REVISION_LIFETIME;
pub use revisions::{Revision, RevisionAuthor, RevisionPage};

/// Number that stands for notes in the `kind` column of tombstones.
pub(crate) const KIND_NOTE: i16 = 0;
