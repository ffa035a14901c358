//! What the API's JSON looks like where several operations share it.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use serde::Serialize;
use uuid::Uuid;

use super::times;
use crate::content::checklist;
use crate::domain;
use crate::domain::reminder::Series;
use crate::error::Error;
use crate::files::Kind;

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

/// The place of a note: on the board, in the archive or in the trash.
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

/// The progress of the checklist of a note.
#[derive(Debug, Clone, Copy, Object, Serialize)]
pub(crate) struct Checklist {
    /// Items that are done.
    done: u32,
    /// All items.
    total: u32,
}

/// A note with all that belongs to it.
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
    /// Time of the reminder: the next one of a series, or the last one when it has reminded.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "times::optional"
    )]
    pub(crate) reminder_at: Option<DateTime<Utc>>,
    /// The series that the reminder is one of, until its last one was; absent for a reminder that comes once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recurrence: Option<Recurrence>,
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
    /// Number of its attachments, at most 100.
    pub(crate) attachment_count: u32,
    /// The first picture among its attachments, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<NoteImage>,
    /// Its attachments in the order in which they came; in `GET /api/notes/{id}` only, and only if there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attachments: Option<Vec<Attachment>>,
}

/// The picture that stands for a note on a board.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoteImage {
    /// The attachment; `GET /api/attachments/{id}/thumbnail` is a small picture of it.
    pub(crate) id: Uuid,
    /// Its width in pixels, as it is shown.
    pub(crate) width: u32,
    /// Its height in pixels, as it is shown.
    pub(crate) height: u32,
}

/// A file of a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attachment {
    /// Its identifier.
    pub(crate) id: Uuid,
    /// The note it belongs to.
    pub(crate) note_id: Uuid,
    /// Its name without folders, at most 255 characters.
    pub(crate) name: String,
    /// Words for those who do not see it, at most 1,000 characters; perhaps none.
    pub(crate) alt: String,
    /// Its media type, which the service has found by its bytes.
    pub(crate) media_type: String,
    /// Its size in bytes.
    pub(crate) bytes: u64,
    /// The SHA-256 hash of its bytes, in hexadecimal digits.
    pub(crate) sha256: String,
    /// Width of a picture in pixels, as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<u32>,
    /// Height of a picture in pixels, as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<u32>,
    /// `true` if `GET /api/attachments/{id}/thumbnail` has a small picture.
    pub(crate) has_thumbnail: bool,
    /// `true` if browsers may show it; everything else is only downloaded.
    pub(crate) inline: bool,
    /// Counts changes of its name and its words; the number in its `ETag`.
    pub(crate) version: i64,
    /// When it was begun to be sent.
    pub(crate) created_at: DateTime<Utc>,
    /// When it was last changed.
    pub(crate) updated_at: DateTime<Utc>,
    /// The version that its note has because of it; in the answer to the upload only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note_version: Option<i64>,
}

impl From<domain::attachment::Attachment> for Attachment {
    fn from(attachment: domain::attachment::Attachment) -> Self {
        let dimensions = attachment.dimensions;
        Self {
            id: attachment.id,
            note_id: attachment.note_id,
            name: attachment.name,
            alt: attachment.alt,
            inline: Kind::of(&attachment.media_type) == Kind::Shown,
            media_type: attachment.media_type,
            bytes: attachment.bytes,
            sha256: hexadecimal(&attachment.sha256),
            width: dimensions.map(|of| of.width),
            height: dimensions.map(|of| of.height),
            has_thumbnail: attachment.thumbnail_bytes.is_some(),
            version: attachment.version,
            created_at: attachment.created_at,
            updated_at: attachment.updated_at,
            note_version: None,
        }
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
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
            recurrence: note.recurrence.as_ref().map(Recurrence::of),
            trashed_at: note.trashed_at,
            position: domain::position::to_text(&note.position),
            version: note.version,
            created_at: note.created_at,
            updated_at: note.updated_at,
            attachment_count: note.attachment_count,
            image: note.cover.map(|cover| NoteImage {
                id: cover.id,
                width: cover.dimensions.width,
                height: cover.dimensions.height,
            }),
            attachments: None,
        }
    }
}

/// A series of reminders that a rule repeats.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct Recurrence {
    /// The days, as a rule of RFC 5545.
    pub(crate) rule: String,
    /// The zone of its local times, by its name in the IANA database.
    pub(crate) time_zone: String,
    /// The local time of the first reminder, to the second.
    pub(crate) start: String,
}

impl Recurrence {
    /// A series as it is kept.
    pub(crate) fn of(series: &domain::recurrence::Recurrence) -> Self {
        Self {
            rule: series.rule.to_string(),
            time_zone: series.zone.name().to_owned(),
            start: series.start_text(),
        }
    }
}

/// A series of reminders to make.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewRecurrence {
    /// The days, as a rule of RFC 5545: `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`) with `INTERVAL`, `COUNT` or `UNTIL`, `BYMONTH`, `BYMONTHDAY`,
    /// `BYDAY`, `BYSETPOS` and `WKST`. At most 300 characters.
    #[oai(validator(min_length = 1, max_length = 300))]
    rule: String,
    /// The zone of its local times, by its name in the IANA database. Nine o'clock stays nine o'clock when the clocks change; a time that the
    /// clocks pass over comes as much later, and of a time that they show twice the first counts.
    #[oai(validator(min_length = 1, max_length = 64))]
    time_zone: String,
    /// The local time of the first reminder, to the second; that of `reminderAt` if none is named.
    #[oai(validator(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"))]
    start: Option<String>,
}

impl NewRecurrence {
    /// The series that is asked for.
    pub(crate) fn series(&self) -> Result<Series, Error> {
        let start = self.start.as_deref();
        Series::parse(&self.rule, &self.time_zone, start, "/recurrence")
    }
}

/// A label that notes can have.
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
