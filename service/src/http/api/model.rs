//! What the API's JSON looks like where several operations share it.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use serde::Serialize;
use uuid::Uuid;

use super::times;
use crate::content::checklist;
use crate::domain;

/// A colour: a name, so that a theme decides what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub(crate) enum Color {
    White,
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    Blue,
    Purple,
    Pink,
}

impl From<Color> for domain::note::Color {
    fn from(color: Color) -> Self {
        match color {
            Color::White => Self::White,
            Color::Red => Self::Red,
            Color::Orange => Self::Orange,
            Color::Yellow => Self::Yellow,
            Color::Green => Self::Green,
            Color::Teal => Self::Teal,
            Color::Blue => Self::Blue,
            Color::Purple => Self::Purple,
            Color::Pink => Self::Pink,
        }
    }
}

impl From<domain::note::Color> for Color {
    fn from(color: domain::note::Color) -> Self {
        use domain::note::Color as Of;
        match color {
            Of::White => Self::White,
            Of::Red => Self::Red,
            Of::Orange => Self::Orange,
            Of::Yellow => Self::Yellow,
            Of::Green => Self::Green,
            Of::Teal => Self::Teal,
            Of::Blue => Self::Blue,
            Of::Purple => Self::Purple,
            Of::Pink => Self::Pink,
        }
    }
}

/// Where a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub(crate) enum Place {
    Active,
    Archived,
    Trash,
}

impl From<domain::note::Place> for Place {
    fn from(place: domain::note::Place) -> Self {
        match place {
            domain::note::Place::Active => Self::Active,
            domain::note::Place::Archived => Self::Archived,
            domain::note::Place::Trash => Self::Trash,
        }
    }
}

impl From<Place> for domain::note::Place {
    fn from(place: Place) -> Self {
        match place {
            Place::Active => Self::Active,
            Place::Archived => Self::Archived,
            Place::Trash => Self::Trash,
        }
    }
}

/// How far the checklist of a note is.
#[derive(Debug, Clone, Copy, Object, Serialize)]
pub(crate) struct Checklist {
    /// Items that are done.
    done: u32,
    /// All items.
    total: u32,
}

/// A note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Note {
    /// Its identifier.
    pub(crate) id: Uuid,
    /// Its title, perhaps empty.
    pub(crate) title: String,
    /// Its text in Markdown, perhaps empty.
    pub(crate) content: String,
    /// `true` where `content` is only the beginning, with `fields=board`: the whole text is in `GET /api/notes/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shortened: Option<bool>,
    /// The same as HTML, safe to put into a page; with `include=html` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) html: Option<String>,
    /// How far its checklist is, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) checklist: Option<Checklist>,
    /// Its colour.
    pub(crate) color: Color,
    /// Whether it stands before those that are not.
    pub(crate) pinned: bool,
    /// Where it is.
    pub(crate) place: Place,
    /// The labels it carries, in ascending order of their identifiers.
    pub(crate) label_ids: Vec<Uuid>,
    /// When it reminds.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "times::optional"
    )]
    pub(crate) reminder_at: Option<DateTime<Utc>>,
    /// When it was thrown away.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "times::optional"
    )]
    pub(crate) trashed_at: Option<DateTime<Utc>>,
    /// Its key in the order of its section: text that sorts as the notes do.
    pub(crate) position: String,
    /// Counts its changes; the number in its `ETag`.
    pub(crate) version: i64,
    /// When it was made.
    #[serde(serialize_with = "times::serialize")]
    pub(crate) created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(serialize_with = "times::serialize")]
    pub(crate) updated_at: DateTime<Utc>,
}

impl From<domain::note::Note> for Note {
    fn from(note: domain::note::Note) -> Self {
        let checklist = checklist::progress(&note.content).map(|progress| Checklist {
            done: progress.done,
            total: progress.total,
        });
        Self {
            id: note.id,
            html: None,
            shortened: None,
            checklist,
            title: note.title,
            content: note.content,
            color: note.color.into(),
            pinned: note.pinned,
            place: note.place.into(),
            label_ids: note.label_ids,
            reminder_at: note.reminder_at,
            trashed_at: note.trashed_at,
            position: domain::position::to_text(&note.position),
            version: note.version,
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

/// A label.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct Label {
    /// Its identifier.
    pub(crate) id: Uuid,
    /// Its name, unique among the user's labels whatever the case.
    pub(crate) name: String,
    /// Its colour.
    pub(crate) color: Color,
    /// Its place in the user's order, from 0.
    pub(crate) sort: i32,
    /// Counts its changes; the number in its `ETag`.
    pub(crate) version: i64,
    /// When it was made.
    pub(crate) created_at: DateTime<Utc>,
    /// When it was last changed.
    pub(crate) updated_at: DateTime<Utc>,
}

impl From<domain::label::Label> for Label {
    fn from(label: domain::label::Label) -> Self {
        Self {
            id: label.id,
            name: label.name,
            color: label.color.into(),
            sort: label.sort,
            version: label.version,
            created_at: label.created_at,
            updated_at: label.updated_at,
        }
    }
}
