//! Identifiers: UUIDs of version 7, which begin with a timestamp, so that rows created together are neighbours in an index.

use uuid::Uuid;

/// Creates an identifier from the current time and random bits (RFC 9562, section 5.7).
pub fn new() -> Uuid {
    Uuid::now_v7()
}
