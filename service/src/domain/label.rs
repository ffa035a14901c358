//! Labels, by which users group their notes.

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::note::Color;

/// A label that a user puts on notes. A note can carry up to 20 of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Identifier of the label, a UUID of version 7.
    pub id: Uuid,
    /// Name of the label, unique among the labels of its user; see [`name_key`].
    pub name: String,
    /// Colour in which the label is displayed; a name that the theme maps to a colour value.
    pub color: Color,
    /// Position among the labels of its user, from 0.
    pub sort: i32,
    /// Version of the label, raised by one with each change.
    pub version: i64,
    /// Time at which the label was created or imported.
    pub created_at: DateTime<Utc>,
    /// Time of the last change to the name, colour or position of the label.
    pub updated_at: DateTime<Utc>,
}

/// Returns the form in which names of labels are compared: trimmed, Unicode compatibility forms normalised (NFKC), lowercase.
pub fn name_key(name: &str) -> String {
    name.trim().nfkc().flat_map(char::to_lowercase).collect()
}
