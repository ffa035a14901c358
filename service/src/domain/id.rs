//! Identifiers: UUIDs of version 7, so that rows made one after the other lie side by side in an index.

use uuid::Uuid;

/// A new identifier (RFC 9562, section 5.7).
pub fn new() -> Uuid {
    Uuid::now_v7()
}
