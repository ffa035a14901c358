//! The notes service: an HTTP API over PostgreSQL or SQLite.

pub mod clock;
