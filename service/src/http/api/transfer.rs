//! `/api/export`: all notes of an account as a file.

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

/// Notes that are read and written at a time.
const CHUNK: usize = 8;
/// Bytes of a file that are written at a time.
const FILE_BYTES: usize = 1024 * 1024;
/// Bytes that are written before they are sent.
const PIECE_BYTES: usize = 4 * 1024 * 1024;

/// The format in which notes are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum Format {
    /// One JSON document.
    Json,
    /// A zip archive of Markdown files, and `labels.json`.
    Markdown,
}

/// The kind of a document that was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum DocumentKind {
    /// Notes of this service.
    Notes,
}

/// Labels and notes of an account.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Export {
    /// What it is.
    format: DocumentKind,
    /// Of the format.
    #[oai(validator(minimum(value = "1"), maximum(value = "1")))]
    version: i32,
    /// All labels, in the user's order.
    labels: Option<Vec<PortableLabel>>,
    /// All filters that were saved, in the user's order; absent in exports of releases before there were any.
    filters: Option<Vec<PortableFilter>>,
    /// The notes: active ones, archived ones, those in the trash, each pinned ones first, in the user's order.
    notes: Vec<PortableNote>,
}

/// A label, without its identifier.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    deny_unknown_fields,
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct PortableLabel {
    /// Its name.
    #[oai(validator(min_length = 1, max_length = 50, pattern = r"\S"))]
    name: String,
    /// Its colour; white if none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
}

/// A saved filter, without its identifier.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PortableFilter {
    /// Its name.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"\S"))]
    name: String,
    /// The conditions of its notes.
    query: PortableQuery,
}

/// The conditions of a filter, with its labels by their names.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct PortableQuery {
    /// The place of its notes.
    place: Option<Place>,
    /// Only those that are pinned, or those that are not.
    pinned: Option<bool>,
    /// Only those with any of the labels of these names, at most 50 characters each.
    #[oai(validator(max_items = 20, max_length = 50))]
    labels: Option<Vec<String>>,
    /// Only those of this colour.
    color: Option<Color>,
    /// Only those that remind, or those that do not.
    has_reminder: Option<bool>,
    /// Their order.
    sort: Option<Sort>,
    /// Words that its notes say, as `GET /api/search` takes them.
    #[oai(validator(min_length = 1, max_length = 200))]
    q: Option<String>,
}

/// An earlier version of a note.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
#[serde(rename_all = "camelCase")]
struct PortableRevision {
    /// The version of the note that said so.
    #[oai(validator(minimum(value = "1")))]
    version: i64,
    /// Its title.
    #[oai(validator(max_length = 1000))]
    title: String,
    /// Its text in Markdown.
    #[oai(validator(max_length = 102_400))]
    content: String,
    /// When it was replaced by another.
    replaced_at: DateTime<Utc>,
}

/// A series of reminders that a rule repeats.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct PortableRecurrence {
    /// The days, as a rule of RFC 5545.
    rule: String,
    /// The zone of its local times, by its name in the IANA database.
    time_zone: String,
    /// The local time of the first reminder, to the second.
    start: String,
}

/// A note with its history.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    deny_unknown_fields,
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct PortableNote {
    /// Its identifier: a note whose identifier is in the account already is not imported again.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// Its version; 1 if none is named.
    #[oai(validator(minimum(value = "1")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// Its title; empty if none is named.
    #[oai(validator(max_length = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Its text in Markdown, at most 100 KiB; empty if none is named.
    #[oai(validator(max_length = 102_400))]
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// Its colour; white if none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    /// Whether it is pinned; not if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    /// Where it is; among the active ones if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// The names of the labels it carries, at most 50 characters each.
    #[oai(validator(max_items = 20, max_length = 50))]
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<String>>,
    /// When it reminds.
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder_at: Option<DateTime<Utc>>,
    /// The series that the reminder is one of; absent for one that comes once.
    #[serde(skip_serializing_if = "Option::is_none")]
    recurrence: Option<PortableRecurrence>,
    /// When it was made; now if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime<Utc>>,
    /// When it was last changed; when it was made if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<DateTime<Utc>>,
    /// Earlier versions that are kept, oldest first; absent if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    revisions: Option<Vec<PortableRevision>>,
}

impl PortableRecurrence {
    fn of(series: &recurrence::Recurrence) -> Self {
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
            recurrence: note.recurrence.as_ref().map(PortableRecurrence::of),
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

#[OpenApi(tag = "Tag::Account")]
impl Transfer {
    /// Export all notes
    ///
    /// As one JSON document, or as a zip archive of Markdown files, each with title, colour, labels and times before its text. Both have what
    /// notes said before, and both can be imported, whatever their size. Attachments are in the archive only.
    #[oai(path = "/export", method = "get", operation_id = "exportNotes")]
    async fn export(
        &self,
        caller: Caller,
        /// Which of the two.
        format: Query<Format>,
    ) -> Result<Exported, Problems<{ CALLER | MALFORMED }>> {
        Ok(Exported::of(&caller, format.0).await?)
    }
}

/// An export, which is written while it is sent.
struct Exported {
    format: Format,
    body: Body,
}

impl Exported {
    async fn of(caller: &Caller, format: Format) -> Result<Self, Error> {
        let (store, owner) = (caller.store().clone(), caller.owner());
        let app = Arc::clone(&caller.app);
        let (key, place) = match Ticket::current() {
            None => (Key::Process, None),
            Some(ticket) => {
                let place = app.budget.exports.take(ticket.who().settled(), 1);
                let place = place.map_err(|full| full.error("exports"))?;
                (ticket.who().key(), Some(place))
            }
        };
        let labels = store.labels(owner).await?;
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
        let filters = store.filters(owner).await?;
        let filters: Vec<_> = filters
            .into_iter()
            .filter_map(|filter| portable_filter(filter, &names))
            .collect();
        let writer = match format {
            Format::Json => Writer::json(&portable, filters),
            Format::Markdown => archive::Writer::new(&portable, &filters)
                .map(|archive| Writer::Markdown(Box::new(archive))),
        };
        let running = Running {
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
        let pieces = stream::try_unfold(running, async |running: Running| {
            let piece = running.next().await;
            piece.map_err(|error| {
                tracing::error!(cause = %error, "an export was cut off");
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

impl IntoResponse for Exported {
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

impl ApiResponse for Exported {
    fn meta() -> MetaResponses {
        let content = |format, schema| MetaMediaType {
            content_type: Self::content_type(format),
            schema,
        };
        let archive = MetaSchema::new_with_format("string", "binary");
        MetaResponses {
            responses: vec![MetaResponse {
                description: "All notes and labels, as a file to keep.",
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

/// An export that is being sent.
struct Running {
    app: Arc<App>,
    key: Key,
    /// A part of the exports that this user, and the process, may send at once.
    _place: Option<Hold>,
    store: Store,
    owner: Owner,
    /// Notes that are left, the next one last.
    ids: Vec<Uuid>,
    names: HashMap<Uuid, String>,
    /// None when everything is written.
    writer: Option<Writer>,
    /// Files that are to follow, with their paths in the archive; the next one last.
    files: Vec<(Attachment, String)>,
    /// The file that is being written.
    file: Option<Content>,
}

impl Running {
    /// The next piece, and what is left; nothing at the end.
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>, Error> {
        let Some(mut writer) = self.writer.take() else {
            return Ok(None);
        };
        if self.file.is_some() || !self.files.is_empty() {
            let mut writer = self.write_files(writer).await?;
            let piece = writer.take();
            self.writer = Some(writer);
            return Ok(Some((piece, self)));
        }
        if self.ids.is_empty() {
            let last = writer.finish().map_err(Error::internal)?;
            return Ok(Some((last, self)));
        }
        let mut chunk = self.ids.split_off(self.ids.len().saturating_sub(CHUNK));
        chunk.reverse();
        let mut notes = self.store.notes_of(self.owner, &chunk).await?.into_iter();
        let with_history = self.store.with_history(self.owner, &chunk).await?;
        loop {
            // Notes without a history are written together; that of one note may be larger than all of them.
            let mut batch: Vec<portable::PortableNote> = Vec::new();
            let mut with_files = None;
            for note in notes.by_ref() {
                let id = note.id;
                if note.attachment_count > 0
                    && self.app.settings.files.is_some()
                    && writer.takes_files()
                {
                    with_files = Some(id);
                }
                batch.push(self.portable(note));
                if with_history.contains(&id) {
                    let history = self.store.history(self.owner, id).await?;
                    if let Some(note) = batch.last_mut() {
                        note.revisions = history.into_iter().map(earlier).collect();
                    }
                    break;
                }
                if with_files.is_some() {
                    break;
                }
            }
            let work = self.app.budget.work.run(self.key, move |_| {
                for note in batch {
                    writer.add(note)?;
                }
                io::Result::Ok((writer.waiting(), writer))
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
        let piece = writer.take();
        self.writer = Some(writer);
        Ok(Some((piece, self)))
    }

    /// Writes the list of a note's files, which follow then.
    async fn begin_files(&mut self, writer: &mut Writer, note: Uuid) -> Result<(), Error> {
        let attachments = match self.store.attachments(self.owner, note).await {
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

    /// Writes files until there is a piece to send, or no file left.
    async fn write_files(&mut self, mut writer: Writer) -> Result<Writer, Error> {
        let app = Arc::clone(&self.app);
        let Some(files) = &app.settings.files else {
            self.files.clear();
            return Ok(writer);
        };
        while writer.waiting() < PIECE_BYTES {
            let mut content = if let Some(content) = self.file.take() {
                content
            } else {
                let Some((attachment, path)) = self.files.pop() else {
                    break;
                };
                match files.get(attachment.object, Part::Whole, None).await {
                    Ok(content) => {
                        writer.begin_file(&path).map_err(Error::internal)?;
                        content
                    }
                    // It was deleted since the list was written.
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
            let work = app.budget.work.run(self.key, move |_| {
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

    /// A label that was made since the export began has no name here.
    fn portable(&self, note: note::Note) -> portable::PortableNote {
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

/// A filter with its labels by their names. Those that were deleted have none; a filter that names no other finds nothing, and without them it would find everything: it is left out.
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

fn earlier(revision: Revision) -> portable::PortableRevision {
    portable::PortableRevision {
        version: revision.version,
        title: revision.title,
        content: revision.content,
        replaced_at: revision.replaced_at,
    }
}

/// What an export is written by.
enum Writer {
    Json { written: Vec<u8>, first: bool },
    Markdown(Box<archive::Writer>),
}

impl Writer {
    fn json(
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

    fn add(&mut self, note: portable::PortableNote) -> io::Result<()> {
        match self {
            Self::Json { written, first } => {
                written.extend_from_slice(if *first { b"\n" } else { b",\n" });
                *first = false;
                Ok(serde_json::to_writer(written, &PortableNote::from(note))?)
            }
            Self::Markdown(archive) => archive.add(&note),
        }
    }

    /// Says whether there can be files in it.
    fn takes_files(&self) -> bool {
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

    /// Bytes that have not been taken yet.
    fn waiting(&self) -> usize {
        match self {
            Self::Json { written, .. } => written.len(),
            Self::Markdown(archive) => archive.waiting(),
        }
    }

    fn take(&mut self) -> Vec<u8> {
        match self {
            Self::Json { written, .. } => std::mem::take(written),
            Self::Markdown(archive) => archive.take(),
        }
    }

    fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Json { mut written, .. } => {
                written.extend_from_slice(b"\n]}\n");
                Ok(written)
            }
            Self::Markdown(archive) => archive.finish(),
        }
    }
}
