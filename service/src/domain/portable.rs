//! Notes as they leave one account and enter another: labels by name, and no identifiers.

use chrono::{DateTime, Utc};

use super::note::{Color, Place};

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableLabel {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: Color,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableNote {
    /// Its title.
    pub title: String,
    /// Its text in Markdown.
    pub content: String,
    /// Its colour.
    pub color: Color,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Where it is.
    pub place: Place,
    /// The names of the labels it carries.
    pub labels: Vec<String>,
    /// When it reminds.
    pub reminder_at: Option<DateTime<Utc>>,
    /// When it was made, if that is known.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was last changed, if that is known.
    pub updated_at: Option<DateTime<Utc>>,
}

impl PortableNote {
    /// A note that says this and nothing else.
    pub fn of(title: String, content: String) -> Self {
        Self {
            title,
            content,
            color: Color::default(),
            pinned: false,
            place: Place::Active,
            labels: Vec::new(),
            reminder_at: None,
            created_at: None,
            updated_at: None,
        }
    }
}

/// Labels and notes of an account, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    /// The labels; notes may carry others, which have no colour then.
    pub labels: Vec<PortableLabel>,
    /// The notes, from the top.
    pub notes: Vec<PortableNote>,
}
