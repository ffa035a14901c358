//! Notes, labels and filters in transfer between accounts: labels are referred to by name, and identities let a second import recognise a note.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::filter::PortableFilter;
use super::note::{Color, Place};
use super::recurrence::Recurrence;

/// A label of an export or import, identified by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableLabel {
    /// Name of the label, by which an import recognises one that exists already.
    pub name: String,
    /// Colour of the label. An existing label keeps its own.
    pub color: Color,
}

/// An earlier version of an exported or imported note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableRevision {
    /// Version number that the note had with this content.
    pub version: i64,
    /// Title that the note had at that version; may be empty.
    pub title: String,
    /// Markdown text that the note had at that version.
    pub content: String,
    /// Time at which the next version replaced this one.
    pub replaced_at: DateTime<Utc>,
}

/// A note of an export or import, independent of the account it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableNote {
    /// Identity by which a second import recognises the note, if the file provides one.
    pub identity: Identity,
    /// Version of the note, from 1; `None` for notes from other programs.
    pub version: Option<i64>,
    /// Earlier versions of the note, oldest first; empty if the file provides none.
    pub revisions: Vec<PortableRevision>,
    /// Title of the note, plain text; may be empty.
    pub title: String,
    /// Text of the note in Markdown; may be empty.
    pub content: String,
    /// Background colour of the note; the default if the file provides none.
    pub color: Color,
    /// True for a pinned note, which precedes the unpinned notes of its list.
    pub pinned: bool,
    /// The list that the note is in; a note in the trash keeps that place.
    pub place: Place,
    /// Names of the labels on the note. An import creates those that the account lacks.
    pub labels: Vec<String>,
    /// Time of the next reminder, or of the last one if it has fired.
    pub reminder_at: Option<DateTime<Utc>>,
    /// The series that the reminder belongs to; `None` for a single reminder.
    pub recurrence: Option<Recurrence>,
    /// Time of creation, if the file provides it; otherwise the time of the import.
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
    pub fn with_text(title: String, content: String) -> Self {
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
    /// Saved filters, in the order of the user, with labels by name.
    pub filters: Vec<PortableFilter>,
    /// Notes of the bundle, in the order of their lists from the top.
    pub notes: Vec<PortableNote>,
}
