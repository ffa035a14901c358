//! The tables, as SeaORM sees them.

pub mod access_token;
pub mod attachment;
pub mod attachment_part;
pub mod counter;
pub mod discarded_file;
pub mod idempotency_key;
pub mod invite;
pub mod label;
pub mod mailed_link;
pub mod note;
pub mod note_label;
pub mod note_revision;
pub mod rate_limit;
pub mod session;
pub mod tombstone;
pub mod user;
