//! The tables, as SeaORM sees them.

pub mod access_token;
pub mod counter;
pub mod idempotency_key;
pub mod invite;
pub mod label;
pub mod mailed_link;
pub mod note;
pub mod note_label;
pub mod note_link;
pub mod note_revision;
pub mod note_share;
pub mod rate_limit;
pub mod session;
pub mod share_invitation;
pub mod share_news;
pub mod tombstone;
pub mod user;
