//! Notes, labels and filters in transfer between accounts: labels are referred to by name, and identities let a second import recognise a note.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::filter::PortableFilter;
use super::note::{Color, Place};
use super::recurrence::Recurrence;

/// A label of an export or import, identified by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableLabel {
    /// Name of the label.
    pub name: String,
    /// Colour of the label.
    pub color: Color,
}

/// An earlier version of an exported or imported note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableRevision {
    /// Version number that the note had with this content.
    pub version: i64,
    /// Title at that version.
    pub title: String,
    /// Markdown text at that version.
    pub content: String,
    /// Time at which the next version replaced this one.
    pub replaced_at: DateTime<Utc>,
}

/// A note of an export or import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableNote {
    /// Identity by which a second import recognises the note, if the file provides one.
    pub identity: Identity,
    /// Version of the note, from 1; `None` for notes from other programs.
    pub version: Option<i64>,
    /// Earlier versions, oldest first.
    pub revisions: Vec<PortableRevision>,
    /// Title of the note; may be empty.
    pub title: String,
    /// Text of the note in Markdown.
    pub content: String,
    /// Background colour of the note.
    pub color: Color,
    /// True for a pinned note.
    pub pinned: bool,
    /// The list that the note is in.
    pub place: Place,
    /// Names of the labels on the note.
    pub labels: Vec<String>,
    /// Time of the next reminder, or of the last one if it has fired.
    pub reminder_at: Option<DateTime<Utc>>,
    /// The series that the reminder belongs to.
    pub recurrence: Option<Recurrence>,
    /// Time of creation, if the file provides it.
    pub created_at: Option<DateTime<Utc>>,
    /// Time of the last change, if the file provides it.
    pub updated_at: Option<DateTime<Utc>>,
}

/// The identity by which an import recognises a note that was imported before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Identity {
    /// No identity: each import creates another note.
    #[default]
    None,
    /// Identifier of the note in an account of this service.
    Id(Uuid),
    /// Identifier in another program, prefixed with the name of that program.
    Foreign(String),
}

impl PortableNote {
    /// Creates an active note with this title and text, and defaults for everything else.
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

/// Labels, filters and notes of one account, each in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    /// Labels with their colours. Notes may refer to further labels, which get the default colour.
    pub labels: Vec<PortableLabel>,
    /// Saved filters, in the order of the user.
    pub filters: Vec<PortableFilter>,
    /// Notes, from the top of the list.
    pub notes: Vec<PortableNote>,
}
