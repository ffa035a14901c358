//! Notes as they leave one account and enter another: labels by name, and identifiers by which a second import is recognised.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::filter::PortableFilter;
use super::note::{Color, Place};
use super::recurrence::Recurrence;

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableLabel {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: Color,
}

/// An earlier version of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableRevision {
    /// The version of the note that said so.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub content: String,
    /// Time at which it was replaced by another.
    pub replaced_at: DateTime<Utc>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableNote {
    /// Its identity, if the file names one.
    pub identity: Identity,
    /// Its version, from 1; unknown for notes of other programs.
    pub version: Option<i64>,
    /// Earlier versions, oldest first.
    pub revisions: Vec<PortableRevision>,
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
    /// The series that the reminder is one of.
    pub recurrence: Option<Recurrence>,
    /// When it was made, if that is known.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was last changed, if that is known.
    pub updated_at: Option<DateTime<Utc>>,
}

/// A name by which a note that is imported again is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Identity {
    /// None: each import makes another note.
    #[default]
    None,
    /// The identifier in an account of this service.
    Id(Uuid),
    /// The identifier in another program, which stands before it.
    Foreign(String),
}

impl PortableNote {
    /// A note that says this and nothing else.
    pub fn of(title: String, content: String) -> Self {
        Self {
            identity: Identity::None,
            version: None,
            revisions: Vec::new(),
            title,
            content,
            color: Color::default(),
            pinned: false,
            place: Place::Active,
            labels: Vec::new(),
            reminder_at: None,
            recurrence: None,
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
    /// The filters that were saved.
    pub filters: Vec<PortableFilter>,
    /// The notes, from the top.
    pub notes: Vec<PortableNote>,
}
