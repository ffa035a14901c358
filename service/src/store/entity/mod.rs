//! The tables, as SeaORM sees them.

pub mod access_token;
pub mod counter;
pub mod delivery;
pub mod idempotency_key;
pub mod invite;
pub mod label;
pub mod listener;
pub mod mailed_link;
pub mod note;
pub mod note_label;
pub mod note_revision;
pub mod push_key;
pub mod push_subscription;
pub mod rate_limit;
pub mod saved_filter;
pub mod reminder_settings;
pub mod session;
pub mod tombstone;
pub mod user;
pub mod webhook;
pub mod webhook_delivery;
