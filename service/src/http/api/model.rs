//! JSON types that several operations share: notes, attachments, recurrences and labels.

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
use crate::files::Disposition;

/// Colour of a note or label, as a name that each theme of the web page maps to a shade; `white` by default.
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

/// Place of a note: `active` on the board, `archived` in the archive, or `trash`.
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

/// Progress of the checklist of a note.
#[derive(Debug, Clone, Copy, Object, Serialize)]
pub(crate) struct Checklist {
    /// Number of checklist items that are checked.
    done: u32,
    /// Number of all checklist items, checked or not.
    total: u32,
}

/// A note with its text, labels, reminder and attachments.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Note {
    /// Identifier of the note (UUID).
    pub(crate) id: Uuid,
    /// Title of the note, at most 1,000 characters; may be empty.
    pub(crate) title: String,
    /// Text of the note in Markdown, at most 100 KiB; may be empty.
    pub(crate) content: String,
    /// `true` if `content` holds only the beginning of the text, which happens with `fields=board`; `GET /api/notes/{id}` returns the whole text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shortened: Option<bool>,
    /// Text of the note as sanitized HTML, safe to insert into a page; present only with `include=html`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) html: Option<String>,
    /// Progress of the checklist in the text; absent if the text has no checklist items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) checklist: Option<Checklist>,
    /// Colour of the note, `white` by default.
    pub(crate) color: Color,
    /// `true` if the note is pinned; pinned notes come before all others.
    pub(crate) pinned: bool,
    /// Place of the note: on the board, in the archive or in the trash.
    pub(crate) place: Place,
    /// Identifiers of the labels of the note in ascending order, at most 20.
    pub(crate) label_ids: Vec<Uuid>,
    /// Time of the next reminder; after the last one was delivered, the time of that one. Absent without a reminder.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "times::optional"
    )]
    pub(crate) reminder_at: Option<DateTime<Utc>>,
    /// Rule by which the reminder repeats. Absent for a single reminder, and after the last reminder of a series was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recurrence: Option<Recurrence>,
    /// Time at which the note was moved to the trash; absent outside the trash.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "times::optional"
    )]
    pub(crate) trashed_at: Option<DateTime<Utc>>,
    /// Sort key of the note within its section. Comparing keys as plain strings gives the order of the notes.
    pub(crate) position: String,
    /// Version of the note, increased by each change; its `ETag` is this number in quotation marks.
    pub(crate) version: i64,
    /// Time at which the note was created.
    #[serde(serialize_with = "times::serialize")]
    pub(crate) created_at: DateTime<Utc>,
    /// Time of the last change of the note.
    #[serde(serialize_with = "times::serialize")]
    pub(crate) updated_at: DateTime<Utc>,
    /// Number of attachments of the note, at most 100.
    pub(crate) attachment_count: u32,
    /// First picture among the attachments, to show on a board; absent if no attachment is a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<NoteImage>,
    /// `true` if at least one user has accepted a share of the note; absent otherwise. Accepting a share does not change the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shared: Option<bool>,
    /// Author of the latest text, if it was a user with whom the note is or was shared; absent if the owner wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) written_by: Option<NoteWriter>,
    /// Attachments in the order in which they were added. Only `GET /api/notes/{id}` returns them; absent if the note has no attachments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attachments: Option<Vec<Attachment>>,
}

/// Author of a text of a note: a user with whom the note is or was shared.
#[derive(Debug, Object, Serialize)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct NoteWriter {
    /// Username of the author; absent if the account was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) username: Option<String>,
}

/// Picture that represents a note on a board.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoteImage {
    /// Identifier of the attachment; `GET /api/attachments/{id}/thumbnail` returns a small version of the picture.
    pub(crate) id: Uuid,
    /// Width of the picture in pixels, after the rotation that its metadata asks for.
    pub(crate) width: u32,
    /// Height of the picture in pixels, after the rotation that its metadata asks for.
    pub(crate) height: u32,
}

/// A file that is attached to a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attachment {
    /// Identifier of the attachment (UUID).
    pub(crate) id: Uuid,
    /// Identifier of the note that the file is attached to.
    pub(crate) note_id: Uuid,
    /// File name without folders, at most 255 characters.
    pub(crate) name: String,
    /// Alternative text for people who cannot see the file, at most 1,000 characters; may be empty.
    pub(crate) alt: String,
    /// Media type, detected from the bytes of the file and not from its name.
    pub(crate) media_type: String,
    /// Size of the file in bytes.
    pub(crate) bytes: u64,
    /// SHA-256 hash of the file as 64 lowercase hexadecimal digits.
    pub(crate) sha256: String,
    /// Width in pixels after the rotation that the metadata asks for; only for pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<u32>,
    /// Height in pixels after the rotation that the metadata asks for; only for pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<u32>,
    /// `true` if `GET /api/attachments/{id}/thumbnail` returns a small picture.
    pub(crate) has_thumbnail: bool,
    /// `true` if browsers may display the file in place; other files can only be downloaded.
    pub(crate) inline: bool,
    /// Version of the attachment, increased when its name or alternative text changes; its `ETag` is this number in quotation marks.
    pub(crate) version: i64,
    /// Time at which the upload of the file began.
    pub(crate) created_at: DateTime<Utc>,
    /// Time of the last change of the name or alternative text.
    pub(crate) updated_at: DateTime<Utc>,
    /// Version of the note after the attachment was added; present only in the response to the upload.
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
            inline: Disposition::from_media_type(&attachment.media_type) == Disposition::Inline,
            media_type: attachment.media_type,
            bytes: attachment.bytes,
            sha256: encode_hex(&attachment.sha256),
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

/// Returns bytes as lowercase hexadecimal digits, two for each byte.
pub(crate) fn encode_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

impl From<domain::note::Note> for Note {
    fn from(note: domain::note::Note) -> Self {
        let checklist = checklist::count_progress(&note.content).map(|progress| Checklist {
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
            recurrence: note.recurrence.as_ref().map(Recurrence::from_series),
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
            shared: note.shared.then_some(true),
            written_by: note.written_by.map(|writer| NoteWriter {
                username: writer.username,
            }),
            attachments: None,
        }
    }
}

/// Rule by which a reminder repeats.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct Recurrence {
    /// Days on which the reminder repeats, as a recurrence rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`.
    pub(crate) rule: String,
    /// IANA name of the time zone in which the rule applies, such as `Europe/Berlin`.
    pub(crate) time_zone: String,
    /// Local date and time of the first reminder, to the second and without an offset.
    pub(crate) start: String,
}

impl Recurrence {
    /// Converts a stored series into the form of the API.
    pub(crate) fn from_series(series: &domain::recurrence::Recurrence) -> Self {
        Self {
            rule: series.rule.to_string(),
            time_zone: series.zone.name().to_owned(),
            start: series.start_text(),
        }
    }
}

/// Rule by which a new or changed reminder repeats.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewRecurrence {
    /// Days on which the reminder repeats, as a recurrence rule of RFC 5545: `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`) with `INTERVAL`,
    /// `COUNT` or `UNTIL`, `BYMONTH`, `BYMONTHDAY`, `BYDAY`, `BYSETPOS` and `WKST`. At most 300 characters.
    #[oai(validator(min_length = 1, max_length = 300))]
    rule: String,
    /// IANA name of the time zone in which the rule applies, such as `Europe/Berlin`. A reminder at 9:00 stays at 9:00 when daylight saving time
    /// begins or ends. A local time that the change skips is moved forward by the length of the gap; of a local time that occurs twice, the first
    /// counts.
    #[oai(validator(min_length = 1, max_length = 64))]
    time_zone: String,
    /// Local date and time of the first reminder, to the second and without an offset; defaults to `reminderAt` in `timeZone`.
    #[oai(validator(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"))]
    start: Option<String>,
}

impl NewRecurrence {
    /// Parses the texts of the request into a series; errors name fields below `/recurrence`.
    pub(crate) fn parse_series(&self) -> Result<Series, Error> {
        let start = self.start.as_deref();
        Series::parse(&self.rule, &self.time_zone, start, "/recurrence")
    }
}

/// A label that notes can have.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct Label {
    /// Identifier of the label (UUID).
    pub(crate) id: Uuid,
    /// Name of the label, 1 to 50 characters, unique among the labels of the user; case is ignored in the comparison.
    pub(crate) name: String,
    /// Colour of the label, `white` by default.
    pub(crate) color: Color,
    /// Position in the order that the user gave to the labels, from 0.
    pub(crate) sort: i32,
    /// Version of the label, increased by each change; its `ETag` is this number in quotation marks.
    pub(crate) version: i64,
    /// Time at which the label was created.
    pub(crate) created_at: DateTime<Utc>,
    /// Time of the last change of the label.
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
