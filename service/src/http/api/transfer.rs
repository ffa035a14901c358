//! `/api/export` and `/api/import`: all notes of an account as a file, and files as notes.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::stream;
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
use super::model::{Color, Place};
use crate::budget::{Hold, Key, Ticket};
use crate::clock;
use crate::content::{archive, file, from_html};
use crate::domain::label::name_key;
use crate::domain::limits::IMPORT_NOTES;
use crate::domain::{note, portable};
use crate::error::{Code, Error, FieldError};
use crate::http::App;
use crate::http::caller::Caller;
use crate::http::payload::{FileKind, Out, Upload, from_json};
use crate::http::problem::{CALLER, CONFLICT, JSON, MALFORMED, Problems};
use crate::store::{Owner, Store};

pub(crate) struct Transfer;

/// Notes that are read and written at a time.
const CHUNK: usize = 8;
/// Values of a JSON document: fifty for each note that it may have.
const MOST_VALUES: usize = 50 * IMPORT_NOTES;
/// Bytes of a page of HTML: what is made of it may have a tenth.
const HTML_BYTES: usize = 2 * 1024 * 1024;
/// More mistakes are not told.
const MOST_ERRORS: usize = 50;

/// How notes are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum Format {
    /// One JSON document.
    Json,
    /// A zip archive of Markdown files, and `labels.json`.
    Markdown,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
enum DocumentKind {
    /// Notes of this service.
    Notes,
}

/// Labels and notes of an account, without identifiers.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Export {
    /// What it is.
    format: DocumentKind,
    /// Of the format.
    #[oai(validator(minimum(value = "1"), maximum(value = "1")))]
    version: i32,
    /// All labels, in the user's order.
    #[oai(validator(max_items = 1000))]
    labels: Option<Vec<PortableLabel>>,
    /// The notes: active ones, archived ones, those in the trash, each pinned ones first, in the user's order.
    #[oai(validator(max_items = 10_000))]
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

/// A note, without its identifier.
#[derive(Debug, Object, Serialize)]
#[oai(
    rename_all = "camelCase",
    deny_unknown_fields,
    skip_serializing_if_is_none
)]
#[serde(rename_all = "camelCase")]
struct PortableNote {
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
    /// When it was made; now if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime<Utc>>,
    /// When it was last changed; when it was made if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<DateTime<Utc>>,
}

impl From<portable::PortableNote> for PortableNote {
    fn from(note: portable::PortableNote) -> Self {
        Self {
            title: Some(note.title),
            content: Some(note.content),
            color: Some(note.color.into()),
            pinned: Some(note.pinned),
            place: Some(note.place.into()),
            labels: Some(note.labels),
            reminder_at: note.reminder_at,
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

impl From<PortableNote> for portable::PortableNote {
    fn from(note: PortableNote) -> Self {
        let labels = note.labels.unwrap_or_default();
        let labels = labels.iter().map(|label| label.trim().to_owned());
        Self {
            color: note.color.map(Into::into).unwrap_or_default(),
            pinned: note.pinned.unwrap_or_default(),
            place: note.place.map_or(note::Place::Active, Into::into),
            labels: labels.filter(|label| !label.is_empty()).collect(),
            reminder_at: note.reminder_at.map(clock::kept),
            created_at: note.created_at.map(clock::kept),
            updated_at: note.updated_at.map(clock::kept),
            ..Self::of(
                note.title.unwrap_or_default(),
                note.content.unwrap_or_default(),
            )
        }
    }
}

/// Something that was left out of an import.
#[derive(Debug, Object, Serialize)]
struct Skipped {
    /// What it is called.
    name: String,
    /// Why.
    reason: String,
}

/// What an import has made.
#[derive(Debug, Object, Serialize)]
struct Imported {
    /// How many notes.
    notes: u64,
    /// How many labels; those that were there are used.
    labels: u64,
    /// What was left out, at most 1,000 of it.
    skipped: Vec<Skipped>,
}

#[derive(ApiResponse)]
enum ImportAnswer {
    /// Everything was imported.
    #[oai(status = 201)]
    Imported(Out<Imported>),
}

#[OpenApi(tag = "Tag::Account")]
impl Transfer {
    /// Export all notes
    ///
    /// As one JSON document, or as a zip archive of Markdown files, each with title, colour, labels and times before its text. Both can be
    /// imported. What the exported notes said before is not in it.
    #[oai(path = "/export", method = "get", operation_id = "exportNotes")]
    async fn export(
        &self,
        caller: Caller,
        /// Which of the two.
        format: Query<Format>,
    ) -> Result<Exported, Problems<{ CALLER | MALFORMED }>> {
        Ok(Exported::of(&caller, format.0).await?)
    }

    /// Import notes
    ///
    /// An export of this service in either form, a zip archive of other Markdown files, one Markdown file, or a page of HTML, which becomes
    /// Markdown. Everything is added above the notes that are there, or nothing is. Labels are found by their names, and made where there are
    /// none. Notes in the trash stay in it for as long as those thrown away now.
    #[oai(path = "/import", method = "post", operation_id = "importNotes")]
    async fn import(
        &self,
        caller: Caller,
        upload: Upload,
    ) -> Result<ImportAnswer, Problems<{ CALLER | JSON | CONFLICT }>> {
        let Upload { kind, data } = upload;
        let budget = &caller.app.budget;
        // What is made of a file takes several times its size in memory: one after another.
        let turn = budget.imports.turn(Ticket::current_key(), 1).await;
        let turn = turn.map_err(|full| full.error("imports"))?;
        let read = budget.work.run_for_current(move |_| read(kind, &data));
        let (bundle, skipped) = read.await??;
        let imported = caller.store().import(caller.owner(), bundle).await?;
        drop(turn);
        Ok(ImportAnswer::Imported(Out(Imported {
            notes: imported.notes as u64,
            labels: imported.labels as u64,
            skipped: skipped
                .into_iter()
                .map(|skipped| Skipped {
                    name: skipped.name,
                    reason: skipped.reason.to_owned(),
                })
                .collect(),
        })))
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
        let writer = match format {
            Format::Json => Writer::json(&portable),
            Format::Markdown => {
                archive::Writer::new(&portable).map(|archive| Writer::Markdown(Box::new(archive)))
            }
        };
        let running = Running {
            app,
            key,
            _place: place,
            store,
            owner,
            ids,
            names: labels
                .into_iter()
                .map(|label| (label.id, label.name))
                .collect(),
            writer: Some(writer.map_err(Error::internal)?),
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
}

impl Running {
    /// The next piece, and what is left; nothing at the end.
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>, Error> {
        let Some(mut writer) = self.writer.take() else {
            return Ok(None);
        };
        if self.ids.is_empty() {
            let last = writer.finish().map_err(Error::internal)?;
            return Ok(Some((last, self)));
        }
        let mut chunk = self.ids.split_off(self.ids.len().saturating_sub(CHUNK));
        chunk.reverse();
        let notes = self.store.notes_of(self.owner, &chunk).await?;
        let notes: Vec<_> = notes.into_iter().map(|note| self.portable(note)).collect();
        let work = self.app.budget.work.run(self.key, move |_| {
            for note in notes {
                writer.add(note)?;
            }
            io::Result::Ok((writer.take(), writer))
        });
        let (piece, writer) = work.await?.map_err(Error::internal)?;
        self.writer = Some(writer);
        Ok(Some((piece, self)))
    }

    /// A label that was made since the export began has no name here.
    fn portable(&self, note: note::Note) -> portable::PortableNote {
        let names = note.label_ids.iter().filter_map(|id| self.names.get(id));
        portable::PortableNote {
            title: note.title,
            content: note.content,
            color: note.color,
            pinned: note.pinned,
            place: note.place,
            labels: names.cloned().collect(),
            reminder_at: note.reminder_at,
            created_at: Some(note.created_at),
            updated_at: Some(note.updated_at),
        }
    }
}

/// What an export is written by.
enum Writer {
    Json { written: Vec<u8>, first: bool },
    Markdown(Box<archive::Writer>),
}

impl Writer {
    fn json(labels: &[portable::PortableLabel]) -> io::Result<Self> {
        let labels = labels.iter().map(|label| PortableLabel {
            name: label.name.clone(),
            color: Some(label.color.into()),
        });
        let labels = serde_json::to_string(&labels.collect::<Vec<_>>())?;
        let head = format!("{{\"format\":\"notes\",\"version\":1,\"labels\":{labels},\"notes\":[");
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

/// What was sent, as labels and notes.
fn read(kind: FileKind, data: &[u8]) -> Result<(portable::Bundle, Vec<archive::Skipped>), Error> {
    let wrong = |wrong: file::Wrong| Error::invalid("", wrong.code, wrong.message);
    let bundle = match kind {
        FileKind::Json => of_json(data)?,
        FileKind::Zip => {
            let (bundle, skipped) = archive::read(data)?;
            if let Some(name) = repeated(bundle.labels.iter().map(|label| &label.name)) {
                let name = &bundle.labels[name].name;
                let message = format!("names the label `{name}` twice; case does not count");
                return Err(Error::invalid("labels.json", "duplicate", message));
            }
            return Ok((bundle, skipped));
        }
        FileKind::Markdown => {
            let text = file::text(data).map_err(wrong)?;
            let note = file::read("", text).map_err(wrong)?;
            portable::Bundle {
                notes: vec![note],
                ..portable::Bundle::default()
            }
        }
        FileKind::Html if data.len() > HTML_BYTES => {
            let detail = format!("a page of HTML may have {HTML_BYTES} bytes");
            return Err(Error::new(Code::PayloadTooLarge).detail(detail));
        }
        FileKind::Html => {
            let note = from_html::convert(file::text(data).map_err(wrong)?)?;
            file::check(&note).map_err(wrong)?;
            portable::Bundle {
                notes: vec![note],
                ..portable::Bundle::default()
            }
        }
    };
    Ok((bundle, Vec::new()))
}

/// The first label whose name another one has already.
fn repeated<'a>(names: impl Iterator<Item = &'a String>) -> Option<usize> {
    let mut seen = HashSet::new();
    names
        .map(|name| name_key(name))
        .position(|key| !seen.insert(key))
}

/// The labels and notes of our own document.
fn of_json(data: &[u8]) -> Result<portable::Bundle, Error> {
    if values(data) > MOST_VALUES {
        let message =
            format!("has more than {MOST_VALUES} values, as no export of {IMPORT_NOTES} notes has");
        return Err(Error::invalid("", "too_long", message));
    }
    let Export { labels, notes, .. } = from_json::<Export>(data)?;
    let labels = labels.unwrap_or_default();
    let mut errors = Vec::new();
    if let Some(index) = repeated(labels.iter().map(|label| &label.name)) {
        errors.push(FieldError {
            field: format!("/labels/{index}/name"),
            code: "duplicate",
            message: "is the name of another label already; case does not count".to_owned(),
        });
    }
    let notes: Vec<_> = notes
        .into_iter()
        .map(portable::PortableNote::from)
        .collect();
    let wrong = (0..).zip(&notes).filter_map(|(index, note): (usize, _)| {
        let wrong = file::check(note).err()?;
        Some(FieldError {
            field: format!("/notes/{index}"),
            code: wrong.code,
            message: wrong.message,
        })
    });
    errors.extend(wrong.take(MOST_ERRORS));
    if !errors.is_empty() {
        return Err(Error::new(Code::ValidationFailed)
            .detail("nothing was imported")
            .fields(errors));
    }
    let labels = labels.into_iter().map(|label| portable::PortableLabel {
        name: label.name,
        color: label.color.map(Into::into).unwrap_or_default(),
    });
    Ok(portable::Bundle {
        labels: labels.collect(),
        notes,
    })
}

/// How many values JSON has, at most: each but the first follows one of three signs. A list of zeroes takes fifty times its size in memory.
fn values(json: &[u8]) -> usize {
    let (mut signs, mut in_text, mut escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b',' | b'[' | b'{' if !in_text => signs += 1,
            _ => {}
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_outside_of_texts() {
        for (json, count) in [
            ("", 0),
            ("[]", 1),
            ("[0,0,0]", 3),
            (r#"{"a,[{": "b,\",{", "c": [1, 2]}"#, 4),
            (r#"["\\", ","]"#, 2),
        ] {
            assert_eq!(values(json.as_bytes()), count, "{json}");
        }
    }
}
