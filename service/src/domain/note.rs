//! Notes: text of a user, somewhere between pinned and thrown away.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::attachment::Cover;
use super::limits::CONTENT_BYTES;
use super::recurrence::Recurrence;
use super::reminder::ReminderChange;
use crate::clock;
use crate::error::Error;

/// Refuses Markdown that is too long for a note; the document of the API counts characters, the limit counts bytes.
pub fn content_fits(content: &str, field: &str) -> Result<(), Error> {
    if content.len() <= CONTENT_BYTES {
        return Ok(());
    }
    let message = format!(
        "has {} bytes, and at most {CONTENT_BYTES} are allowed",
        content.len()
    );
    Err(Error::invalid(field, "too_long", message))
}

/// The time of a reminder as it is kept; refused outside of the years 0001 to 9999 in UTC, which no export could tell.
pub fn reminder_fits(at: DateTime<Utc>, field: &str) -> Result<DateTime<Utc>, Error> {
    if clock::is_in_range(at) {
        return Ok(clock::kept(at));
    }
    let message = "is not within the years 0001 to 9999 in UTC";
    Err(Error::invalid(field, "out_of_range", message))
}

/// Where a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Among the notes one works with.
    Active,
    /// Put aside.
    Archived,
    /// To be deleted for good after a while.
    Trash,
}

impl Place {
    /// The number in the database.
    pub fn to_db(self) -> i16 {
        match self {
            Self::Active => 0,
            Self::Archived => 1,
            Self::Trash => 2,
        }
    }

    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::Archived, Self::Trash];

    /// The name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Trash => "trash",
        }
    }

    /// Of the number in the database; nothing else is ever written there.
    pub fn of_db(number: i16) -> Self {
        match number {
            0 => Self::Active,
            1 => Self::Archived,
            _ => Self::Trash,
        }
    }
}

/// The colours of notes and labels: names, so that a theme decides what they look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Color {
    /// The colour of the theme.
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
    /// All of them.
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

    /// The name.
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

    /// Of the name in the database; one that a later release wrote is shown in the colour of the theme.
    pub fn of_db(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|color| color.as_str() == name)
            .unwrap_or_default()
    }
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its identifier.
    pub id: Uuid,
    /// Its title, perhaps empty.
    pub title: String,
    /// Its text in Markdown, perhaps empty.
    pub content: String,
    /// Its colour.
    pub color: Color,
    /// Whether it stands before those that are not.
    pub pinned: bool,
    /// Where it is.
    pub place: Place,
    /// The labels it carries, in ascending order of their identifiers.
    pub label_ids: Vec<Uuid>,
    /// When it reminds.
    pub reminder_at: Option<DateTime<Utc>>,
    /// The series that the reminder is one of.
    pub recurrence: Option<Recurrence>,
    /// When it was thrown away, if it was.
    pub trashed_at: Option<DateTime<Utc>>,
    /// Counts its changes; what an ETag says.
    pub version: i64,
    /// Its key in the order of its list.
    pub position: Vec<u8>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Files that belong to it.
    pub attachment_count: u32,
    /// The first picture of it.
    pub cover: Option<Cover>,
}

/// What a note is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewNote {
    /// Its title.
    pub title: String,
    /// Its text in Markdown.
    pub content: String,
    /// Its colour.
    pub color: Color,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The labels it carries.
    pub label_ids: Vec<Uuid>,
    /// Time and series of its reminder.
    pub reminder: ReminderChange,
}
