//! The tables, as SeaORM sees them.

pub mod access_token;
pub mod challenge;
pub mod counter;
pub mod idempotency_key;
pub mod identity;
pub mod invite;
pub mod label;
pub mod mailed_link;
pub mod note;
pub mod note_label;
pub mod note_revision;
pub mod passkey;
pub mod rate_limit;
pub mod recovery_code;
pub mod session;
pub mod sign_in_flow;
pub mod tombstone;
pub mod totp_secret;
pub mod user;
