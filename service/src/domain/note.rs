//! Notes: Markdown text of a user with a title, a colour, labels and a place.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::attachment::Cover;
use super::limits::CONTENT_BYTES;
use super::recurrence::Recurrence;
use super::reminder::ReminderChange;
use crate::clock;
use crate::error::Error;

/// Checks the size of a note's Markdown. The API document limits characters; this limit counts bytes.
///
/// # Errors
///
/// `too_long` above [`CONTENT_BYTES`].
pub fn check_content(content: &str, field: &str) -> Result<(), Error> {
    if content.len() <= CONTENT_BYTES {
        return Ok(());
    }
    let message = format!(
        "has {} bytes, and at most {CONTENT_BYTES} are allowed",
        content.len()
    );
    Err(Error::invalid(field, "too_long", message))
}

/// Returns the time of a reminder in the precision of the database.
///
/// # Errors
///
/// `out_of_range` outside of the years 0001 to 9999 in UTC, which exports cannot represent.
pub fn check_reminder_time(at: DateTime<Utc>, field: &str) -> Result<DateTime<Utc>, Error> {
    if clock::is_in_range(at) {
        return Ok(clock::truncate_to_micros(at));
    }
    let message = "is not a time from the years 0001 to 9999 in UTC";
    Err(Error::invalid(field, "out_of_range", message))
}

/// The place of a note, which decides the list that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The main list of notes.
    Active,
    /// The archive: out of the main list, still found by searches.
    Archived,
    /// The trash, from which notes are deleted permanently after a retention period.
    Trash,
}

impl Place {
    /// Returns the number that stands for the place in the database.
    pub fn to_db(self) -> i16 {
        match self {
            Self::Active => 0,
            Self::Archived => 1,
            Self::Trash => 2,
        }
    }

    /// All places, in the order of their database numbers.
    pub const ALL: [Self; 3] = [Self::Active, Self::Archived, Self::Trash];

    /// Returns the name of the place in the API and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Trash => "trash",
        }
    }

    /// Returns the place for a number from the database, which contains the numbers of [`Place::to_db`] only.
    pub fn from_db(number: i16) -> Self {
        match number {
            0 => Self::Active,
            1 => Self::Archived,
            _ => Self::Trash,
        }
    }
}

/// Colours of notes and labels. The values are names; the theme of the user interface decides how they look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Color {
    /// The neutral background colour of the theme; the default.
    #[default]
    White,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Pink.
    Pink,
}

impl Color {
    /// All colours, in the order in which the user interface offers them.
    pub const ALL: [Self; 9] = [
        Self::White,
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Purple,
        Self::Pink,
    ];

    /// Returns the name of the colour in the API, in the database and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::White => "white",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Pink => "pink",
        }
    }

    /// Returns the colour for a name from the database; the default for a name that a later release wrote.
    pub fn from_db(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|color| color.as_str() == name)
            .unwrap_or_default()
    }
}

/// A note with everything that lists and editors show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Identifier of the note, a UUID of version 7.
    pub id: Uuid,
    /// Title of the note, plain text; may be empty.
    pub title: String,
    /// Text of the note in Markdown; may be empty.
    pub content: String,
    /// Background colour of the note; a name that the theme maps to a colour value.
    pub color: Color,
    /// True for a pinned note, which precedes the unpinned notes of its list.
    pub pinned: bool,
    /// The list that the note is in: main list, archive or trash.
    pub place: Place,
    /// Labels on the note, in ascending order of their identifiers.
    pub label_ids: Vec<Uuid>,
    /// Time of the next reminder, or of the last one if it has fired.
    pub reminder_at: Option<DateTime<Utc>>,
    /// The series that the reminder belongs to; `None` for a single reminder.
    pub recurrence: Option<Recurrence>,
    /// Time at which the note was moved to the trash; `None` outside of it.
    pub trashed_at: Option<DateTime<Utc>>,
    /// Version of the note, raised by one with each change; the value of its ETag.
    pub version: i64,
    /// Sort key of the note in its list, compared byte by byte, see [`position`](super::position).
    pub position: Vec<u8>,
    /// Time at which the note was created, here or in the program it was imported from.
    pub created_at: DateTime<Utc>,
    /// Time of the last change to the note, including moves and changes to its attachments.
    pub updated_at: DateTime<Utc>,
    /// Number of complete attachments of the note, without uploads in progress.
    pub attachment_count: u32,
    /// The first picture among the attachments; `None` for a note without pictures.
    pub cover: Option<Cover>,
    /// `true` if at least one recipient has accepted a share of the note.
    pub shared: bool,
    /// Author of the current content; `None` if the owner wrote it.
    pub written_by: Option<Writer>,
}

/// A recipient of a share who wrote the current content of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Username of the author; `None` if the account has been deleted.
    pub username: Option<String>,
}

/// The content of a note to create. It is placed at the top of the main list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewNote {
    /// Title of the note, plain text; may be empty.
    pub title: String,
    /// Text in Markdown, with at most [`CONTENT_BYTES`] bytes; may be empty.
    pub content: String,
    /// Background colour of the note; the neutral colour by default.
    pub color: Color,
    /// True to place the note among the pinned ones.
    pub pinned: bool,
    /// Identifiers of the labels to put on the note, which must be the user's.
    pub label_ids: Vec<Uuid>,
    /// Time and series of its reminder; the default sets none.
    pub reminder: ReminderChange,
}
