//! Labels of notes.

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::note::Color;

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its identifier.
    pub id: Uuid,
    /// Its name, unique among the labels of a user whatever the case.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// Its place among the labels of the user, from 0.
    pub sort: i32,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What makes two names the same: compatibility forms and case do not count.
pub fn name_key(name: &str) -> String {
    name.trim().nfkc().flat_map(char::to_lowercase).collect()
}
