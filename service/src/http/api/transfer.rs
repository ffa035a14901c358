//! `/api/export`: all notes of an account as a file, which is written while it is sent.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::{TryStreamExt as _, stream};
use poem::http::header;
use poem::{Body, IntoResponse, Response};
use poem_openapi::param::Query;
use poem_openapi::registry::{
    MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::types::Type;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::Tag;
use super::filters::Sort;
use super::model::{Color, Place};
use crate::budget::{Hold, Key, Ticket};
use crate::clock;
use crate::content::archive;
use crate::domain::attachment::Attachment;
use crate::domain::{filter, note, portable, recurrence};
use crate::error::{Code, Error};
use crate::files::{Content, Part};
use crate::http::App;
use crate::http::caller::Caller;
use crate::http::problem::{CALLER, MALFORMED, Problems};
use crate::store::notes::Revision;
use crate::store::{Owner, Store};

pub(crate) struct Transfer;

/// Number of notes that are read from the database and written at a time.
const CHUNK: usize = 8;
/// Maximum number of bytes of an attachment that are held in memory at a time.
const FILE_BYTES: usize = 1024 * 1024;
/// Number of bytes that are collected before they are sent.
const PIECE_BYTES: usize = 4 * 1024 * 1024;

/// Format of an export: `json` for one JSON document, `markdown` for a zip archive of Markdown files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum Format {
    /// One JSON document with everything except attachments.
    Json,
    /// A zip archive of Markdown files and attachments, with `labels.json`.
    Markdown,
}

/// Kind of an exported document; always `notes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum DocumentKind {
    /// Notes of this service.
    Notes,
}

/// Labels, saved filters and notes of an account, as an export file contains them.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Export {
    /// Kind of the document, which identifies it as an export of this service.
    format: DocumentKind,
    /// Version of the file format; imports refuse versions other than 1.
    #[oai(validator(minimum(value = "1"), maximum(value = "1")))]
    version: i32,
    /// All labels, in the order of the user.
    labels: Option<Vec<PortableLabel>>,
    /// All saved filters, in the order of the user; absent in exports of releases without saved filters.
    filters: Option<Vec<PortableFilter>>,
    /// Notes on the board, then in the archive, then in the trash, each with pinned notes first and in the order of the user.
    notes: Vec<PortableNote>,
}

/// A label in an export, without its identifier.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    deny_unknown_fields,
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct PortableLabel {
    /// Name of the label, 1 to 50 characters.
    #[oai(validator(min_length = 1, max_length = 50, pattern = r"\S"))]
    name: String,
    /// Colour of the label; `white` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
}

/// A saved filter in an export, without its identifier.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PortableFilter {
    /// Name of the filter, 1 to 100 characters.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// Conditions of the notes that the filter selects.
    query: PortableQuery,
}

/// Conditions of an exported filter, which names labels instead of using their identifiers.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PortableQuery {
    /// Place of the notes. If absent the board, or with `q` the board and the archive.
    place: Option<Place>,
    /// `true` for pinned notes only, `false` for unpinned notes only.
    pinned: Option<bool>,
    /// Names of labels, at most 20 with 50 characters each, of which each note has at least one.
    #[oai(validator(max_items = 20, max_length = 50))]
    labels: Option<Vec<String>>,
    /// Colour of the notes; absent for all colours.
    color: Option<Color>,
    /// `true` for notes with a reminder only, `false` for notes without one.
    has_reminder: Option<bool>,
    /// Order of the notes; `position` if absent. Not allowed with `q`.
    sort: Option<Sort>,
    /// Words to search for, 1 to 200 characters, with the syntax of `GET /api/search`.
    #[oai(validator(min_length = 1, max_length = 200))]
    q: Option<String>,
}

/// An earlier version of a note in an export.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
#[serde(rename_all = "camelCase")]
struct PortableRevision {
    /// Version of the note that had this title and text, at least 1.
    #[oai(validator(minimum(value = "1")))]
    version: i64,
    /// Title of the note in this version.
    #[oai(validator(max_length = 1000))]
    title: String,
    /// Text of the note in this version, in Markdown.
    #[oai(validator(max_length = 102_400))]
    content: String,
    /// Time at which a later version replaced this one.
    replaced_at: DateTime<Utc>,
}

/// Rule by which an exported reminder repeats.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PortableRecurrence {
    /// Days on which the reminder repeats, as a recurrence rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`.
    rule: String,
    /// IANA name of the time zone in which the rule applies, such as `Europe/Berlin`.
    time_zone: String,
    /// Local date and time of the first reminder, to the second and without an offset.
    start: String,
}

/// A note in an export, with its earlier versions.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    deny_unknown_fields,
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct PortableNote {
    /// Identifier of the note (UUID). An import skips a note whose identifier is in the account already.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// Version of the note, at least 1; 1 by default.
    #[oai(validator(minimum(value = "1")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// Title, at most 1,000 characters; empty by default.
    #[oai(validator(max_length = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Text in Markdown, at most 100 KiB; empty by default.
    #[oai(validator(max_length = 102_400))]
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// Colour of the note; `white` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    /// `true` if the note is pinned; `false` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    /// Place of the note: on the board (the default), in the archive or in the trash.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// Names of the labels of the note, at most 20 with 50 characters each.
    #[oai(validator(max_items = 20, max_length = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<String>>,
    /// Time of the reminder; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder_at: Option<DateTime<Utc>>,
    /// Rule by which the reminder repeats; absent for a single reminder.
    #[serde(skip_serializing_if = "Option::is_none")]
    recurrence: Option<PortableRecurrence>,
    /// Time at which the note was created; the time of the import by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime<Utc>>,
    /// Time of the last change of the note; `createdAt` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<DateTime<Utc>>,
    /// Earlier versions of the note, the oldest first; absent for a note without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    revisions: Option<Vec<PortableRevision>>,
}

impl PortableRecurrence {
    fn from_series(series: &recurrence::Recurrence) -> Self {
        Self {
            rule: series.rule.to_string(),
            time_zone: series.zone.name().to_owned(),
            start: series.start_text(),
        }
    }
}

impl From<portable::PortableNote> for PortableNote {
    fn from(note: portable::PortableNote) -> Self {
        let revisions: Vec<_> = note
            .revisions
            .into_iter()
            .map(|revision| PortableRevision {
                version: revision.version,
                title: revision.title,
                content: revision.content,
                replaced_at: revision.replaced_at,
            })
            .collect();
        Self {
            id: match note.identity {
                portable::Identity::Id(id) => Some(id),
                _ => None,
            },
            version: note.version,
            revisions: Some(revisions).filter(|list| !list.is_empty()),
            title: Some(note.title),
            content: Some(note.content),
            color: Some(note.color.into()),
            pinned: Some(note.pinned),
            place: Some(note.place.into()),
            labels: Some(note.labels),
            reminder_at: note.reminder_at,
            recurrence: note
                .recurrence
                .as_ref()
                .map(PortableRecurrence::from_series),
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

#[OpenApi(tag = "Tag::Account")]
impl Transfer {
    /// Export all notes
    ///
    /// Returns one JSON document, or a zip archive of Markdown files that begin with title, colour, labels and times. Both contain earlier versions
    /// of notes, and both can be imported regardless of their size. Only the archive contains attachments.
    #[oai(path = "/export", method = "get", operation_id = "exportNotes")]
    async fn export_notes(
        &self,
        caller: Caller,
        /// Format of the export: one JSON document, or a zip archive.
        format: Query<Format>,
    ) -> Result<ExportResponse, Problems<{ CALLER | MALFORMED }>> {
        Ok(ExportResponse::start_export(&caller, format.0).await?)
    }
}

/// An export as a response, whose body is written while it is sent.
struct ExportResponse {
    format: Format,
    body: Body,
}

impl ExportResponse {
    async fn start_export(caller: &Caller, format: Format) -> Result<Self, Error> {
        let (store, owner) = (caller.store().clone(), caller.owner());
        let app = Arc::clone(&caller.app);
        let (key, place) = match Ticket::current() {
            None => (Key::Process, None),
            Some(ticket) => {
                let place = app
                    .budget
                    .exports
                    .take_amount(ticket.requester().after_authentication(), 1);
                let place = place.map_err(|full| full.into_error("exports"))?;
                (ticket.requester().queue_key(), Some(place))
            }
        };
        let labels = store.list_labels(owner).await?;
        let mut ids = store.note_ids(owner).await?;
        ids.reverse();
        let portable: Vec<_> = labels
            .iter()
            .map(|label| portable::PortableLabel {
                name: label.name.clone(),
                color: label.color,
            })
            .collect();
        let names: HashMap<Uuid, String> = labels
            .into_iter()
            .map(|label| (label.id, label.name))
            .collect();
        let filters = store.list_filters(owner).await?;
        let filters: Vec<_> = filters
            .into_iter()
            .filter_map(|filter| portable_filter(filter, &names))
            .collect();
        let writer = match format {
            Format::Json => Writer::begin_json(&portable, filters),
            Format::Markdown => archive::Writer::new(&portable, &filters)
                .map(|archive| Writer::Markdown(Box::new(archive))),
        };
        let running = ExportState {
            app,
            key,
            _place: place,
            store,
            owner,
            ids,
            names,
            writer: Some(writer.map_err(Error::internal)?),
            files: Vec::new(),
            file: None,
        };
        let pieces = stream::try_unfold(running, async |running: ExportState| {
            let piece = running.next().await;
            piece.map_err(|error| {
                tracing::error!(cause = %error, "an export failed before it was complete");
                io::Error::other(error)
            })
        });
        Ok(Self {
            format,
            body: Body::from_bytes_stream(pieces),
        })
    }

    fn content_type(format: Format) -> &'static str {
        match format {
            Format::Json => "application/json",
            Format::Markdown => "application/zip",
        }
    }
}

impl IntoResponse for ExportResponse {
    fn into_response(self) -> Response {
        let ending = match self.format {
            Format::Json => "json",
            Format::Markdown => "zip",
        };
        let date = clock::now().format("%Y-%m-%d");
        let name = format!("attachment; filename=\"notes-{date}.{ending}\"");
        Response::builder()
            .header(header::CONTENT_TYPE, Self::content_type(self.format))
            .header(header::CONTENT_DISPOSITION, name)
            .body(self.body)
    }
}

impl ApiResponse for ExportResponse {
    fn meta() -> MetaResponses {
        let content = |format, schema| MetaMediaType {
            content_type: Self::content_type(format),
            schema,
        };
        let archive = MetaSchema::new_with_format("string", "binary");
        MetaResponses {
            responses: vec![MetaResponse {
                description: "The export as a file, in the requested format.",
                status: Some(200),
                status_range: None,
                content: vec![
                    content(Format::Json, Export::schema_ref()),
                    content(Format::Markdown, MetaSchemaRef::Inline(Box::new(archive))),
                ],
                headers: Vec::new(),
            }],
        }
    }

    fn register(registry: &mut Registry) {
        Export::register(registry);
    }
}

/// State of an export that is being sent.
struct ExportState {
    app: Arc<App>,
    key: Key,
    /// Place among the exports that this user and the process may send at the same time.
    _place: Option<Hold>,
    store: Store,
    owner: Owner,
    /// Identifiers of the notes that are left, the next one last.
    ids: Vec<Uuid>,
    names: HashMap<Uuid, String>,
    /// Writer of the format; none once everything is written.
    writer: Option<Writer>,
    /// Attachments to write next, with their paths in the archive; the next one last.
    files: Vec<(Attachment, String)>,
    /// Content of the attachment that is being written.
    file: Option<Content>,
}

impl ExportState {
    /// Returns the next piece of the body and the state after it, or none at the end.
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>, Error> {
        let Some(mut writer) = self.writer.take() else {
            return Ok(None);
        };
        if self.file.is_some() || !self.files.is_empty() {
            let mut writer = self.write_files(writer).await?;
            let piece = writer.take_bytes();
            self.writer = Some(writer);
            return Ok(Some((piece, self)));
        }
        if self.ids.is_empty() {
            let last = writer.finish_export().map_err(Error::internal)?;
            return Ok(Some((last, self)));
        }
        let mut chunk = self.ids.split_off(self.ids.len().saturating_sub(CHUNK));
        chunk.reverse();
        let mut notes = self.store.notes_of(self.owner, &chunk).await?.into_iter();
        let with_history = self.store.filter_with_history(self.owner, &chunk).await?;
        loop {
            // Notes without earlier versions are written together; the earlier versions of one note can be larger than all of them.
            let mut batch: Vec<portable::PortableNote> = Vec::new();
            let mut with_files = None;
            for note in notes.by_ref() {
                let id = note.id;
                if note.attachment_count > 0
                    && self.app.settings.files.is_some()
                    && writer.accepts_files()
                {
                    with_files = Some(id);
                }
                batch.push(self.to_portable_note(note));
                if with_history.contains(&id) {
                    let history = self.store.list_history(self.owner, id).await?;
                    if let Some(note) = batch.last_mut() {
                        note.revisions = history.into_iter().map(to_portable_revision).collect();
                    }
                    break;
                }
                if with_files.is_some() {
                    break;
                }
            }
            let work = self.app.budget.work.run_for_key(self.key, move |_| {
                for note in batch {
                    writer.add_note(note)?;
                }
                io::Result::Ok((writer.pending_bytes(), writer))
            });
            let (size, back) = work.await?.map_err(Error::internal)?;
            writer = back;
            if let Some(note) = with_files {
                self.begin_files(&mut writer, note).await?;
            }
            if notes.len() == 0 {
                break;
            }
            if size > PIECE_BYTES || with_files.is_some() {
                self.ids.extend(notes.rev().map(|note| note.id));
                break;
            }
        }
        let piece = writer.take_bytes();
        self.writer = Some(writer);
        Ok(Some((piece, self)))
    }

    /// Writes the list of the attachments of a note, and queues the attachments themselves.
    async fn begin_files(&mut self, writer: &mut Writer, note: Uuid) -> Result<(), Error> {
        let attachments = match self.store.list_attachments(self.owner, note).await {
            Ok(attachments) => attachments,
            // The note was deleted since it was read.
            Err(error) if error.code() == Code::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let paths = writer
            .add_list(note, &attachments)
            .map_err(Error::internal)?;
        self.files = attachments.into_iter().zip(paths).rev().collect();
        Ok(())
    }

    /// Writes attachments until there is a piece to send or no attachment is left.
    async fn write_files(&mut self, mut writer: Writer) -> Result<Writer, Error> {
        let app = Arc::clone(&self.app);
        let Some(files) = &app.settings.files else {
            self.files.clear();
            return Ok(writer);
        };
        while writer.pending_bytes() < PIECE_BYTES {
            let mut content = if let Some(content) = self.file.take() {
                content
            } else {
                let Some((attachment, path)) = self.files.pop() else {
                    break;
                };
                match files.get_part(attachment.object, Part::Whole, None).await {
                    Ok(content) => {
                        writer.begin_file(&path).map_err(Error::internal)?;
                        content
                    }
                    // The attachment was deleted since the list was written.
                    Err(error) if error.code() == Code::NotFound => continue,
                    Err(error) => return Err(error),
                }
            };
            let mut bytes = Vec::new();
            let mut has_ended = true;
            while let Some(piece) = content.try_next().await.map_err(Error::unavailable)? {
                bytes.extend_from_slice(&piece);
                if bytes.len() >= FILE_BYTES {
                    has_ended = false;
                    break;
                }
            }
            let work = app.budget.work.run_for_key(self.key, move |_| {
                writer.write_file(&bytes)?;
                io::Result::Ok(writer)
            });
            writer = work.await?.map_err(Error::internal)?;
            if !has_ended {
                self.file = Some(content);
            }
        }
        Ok(writer)
    }

    /// Converts a note for the export. Labels that were created after the export began are omitted, because their names are not known.
    fn to_portable_note(&self, note: note::Note) -> portable::PortableNote {
        let names = note.label_ids.iter().filter_map(|id| self.names.get(id));
        portable::PortableNote {
            identity: portable::Identity::Id(note.id),
            version: Some(note.version),
            revisions: Vec::new(),
            title: note.title,
            content: note.content,
            color: note.color,
            pinned: note.pinned,
            place: note.place,
            labels: names.cloned().collect(),
            reminder_at: note.reminder_at,
            recurrence: note.recurrence,
            created_at: Some(note.created_at),
            updated_at: Some(note.updated_at),
        }
    }
}

/// Converts a filter for the export, with names in place of the identifiers of labels. Deleted labels have no names; a filter that names no other
/// labels is omitted, because without them it would select all notes instead of none.
fn portable_filter(
    filter: filter::Filter,
    names: &HashMap<Uuid, String>,
) -> Option<filter::PortableFilter> {
    let ids = &filter.query.labels;
    let labels: Vec<_> = ids.iter().filter_map(|id| names.get(id).cloned()).collect();
    (!labels.is_empty() || ids.is_empty()).then(|| filter::PortableFilter {
        name: filter.name,
        query: filter.query.with_labels(labels),
    })
}

fn to_portable_revision(revision: Revision) -> portable::PortableRevision {
    portable::PortableRevision {
        version: revision.version,
        title: revision.title,
        content: revision.content,
        replaced_at: revision.replaced_at,
    }
}

/// Writer of one of the export formats.
enum Writer {
    Json { written: Vec<u8>, first: bool },
    Markdown(Box<archive::Writer>),
}

impl Writer {
    fn begin_json(
        labels: &[portable::PortableLabel],
        filters: Vec<filter::PortableFilter>,
    ) -> io::Result<Self> {
        let labels = labels.iter().map(|label| PortableLabel {
            name: label.name.clone(),
            color: Some(label.color.into()),
        });
        let labels = serde_json::to_string(&labels.collect::<Vec<_>>())?;
        let filters = filters.into_iter().map(filter::FilterEntry::from);
        let filters = serde_json::to_string(&filters.collect::<Vec<_>>())?;
        let head = format!(
            "{{\"format\":\"notes\",\"version\":1,\"labels\":{labels},\"filters\":{filters},\"notes\":["
        );
        Ok(Self::Json {
            written: head.into_bytes(),
            first: true,
        })
    }

    fn add_note(&mut self, note: portable::PortableNote) -> io::Result<()> {
        match self {
            Self::Json { written, first } => {
                written.extend_from_slice(if *first { b"\n" } else { b",\n" });
                *first = false;
                Ok(serde_json::to_writer(written, &PortableNote::from(note))?)
            }
            Self::Markdown(archive) => archive.add_note(&note),
        }
    }

    /// Returns `true` if the format can contain attachments.
    fn accepts_files(&self) -> bool {
        matches!(self, Self::Markdown(_))
    }

    fn add_list(&mut self, note: Uuid, files: &[Attachment]) -> io::Result<Vec<String>> {
        match self {
            Self::Json { .. } => Ok(Vec::new()),
            Self::Markdown(archive) => archive.add_list(note, files),
        }
    }

    fn begin_file(&mut self, path: &str) -> io::Result<()> {
        match self {
            Self::Json { .. } => Ok(()),
            Self::Markdown(archive) => archive.begin_file(path),
        }
    }

    fn write_file(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Json { .. } => Ok(()),
            Self::Markdown(archive) => archive.write_file(bytes),
        }
    }

    /// Returns the number of bytes that are written and not yet taken.
    fn pending_bytes(&self) -> usize {
        match self {
            Self::Json { written, .. } => written.len(),
            Self::Markdown(archive) => archive.pending_bytes(),
        }
    }

    fn take_bytes(&mut self) -> Vec<u8> {
        match self {
            Self::Json { written, .. } => std::mem::take(written),
            Self::Markdown(archive) => archive.take_written(),
        }
    }

    fn finish_export(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Json { mut written, .. } => {
                written.extend_from_slice(b"\n]}\n");
                Ok(written)
            }
            Self::Markdown(archive) => archive.finish(),
        }
    }
}
