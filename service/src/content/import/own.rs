//! Readers for exports of this service other than Markdown: the JSON document of all notes, read note by note, and the additional files of an
//! archive.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::attached::FileRequest;
use super::format::Format;
use super::input::{File, Head, WHOLE_BYTES, line_ends};
use super::note_json::JsonNote;
use super::sink::{Flow, Sink};
use crate::content::archive::{FILES, FILTERS, FileEntry, HISTORY, LABELS, RevisionEntry};
use crate::domain::filter::FilterEntry;
use crate::domain::limits::{CONTENT_BYTES, REVISIONS_PER_NOTE};

/// Maximum size in bytes of a note with all earlier versions in JSON, where a character may take six bytes.
const NOTE_BYTES: u64 = (1 + REVISIONS_PER_NOTE as u64) * 6 * (CONTENT_BYTES as u64 + 8 * 1024);

/// Format of the JSON document `{"format": "notes", "version": 1, "labels": […], "notes": […]}`.
pub(super) struct Document;

impl Format for Document {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        let says_so = head.text.split("\"format\"").nth(1).is_some_and(|rest| {
            let rest = rest.trim_start().strip_prefix(':');
            rest.is_some_and(|rest| rest.trim_start().starts_with("\"notes\""))
        });
        head.is_json_with(&["format"]) && says_so
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let lines = Cell::new(1);
        let mut start = [0; 3];
        // A byte order mark is not valid JSON.
        let starts_with_mark = file
            .reader
            .fill_buf()
            .is_ok_and(|buffer| buffer.starts_with(b"\xef\xbb\xbf"));
        if starts_with_mark {
            let _ = file.reader.read_exact(&mut start);
        }
        let left = Cell::new(NOTE_BYTES);
        let counted = Counted {
            inner: &mut *file.reader,
            lines: &lines,
            left: &left,
        };
        let mut deserializer = serde_json::Deserializer::from_reader(counted);
        let mut reading = Reading {
            sink,
            lines: &lines,
            left: &left,
            ended: false,
        };
        let read = deserializer
            .deserialize_map(&mut reading)
            .and_then(|()| deserializer.end());
        if reading.ended {
            return Flow::Break(());
        }
        if let Err(error) = read {
            let code = if error.is_data() { "document" } else { "json" };
            sink.report_left_out(
                Some(error.line() as u64),
                code,
                format!("is not a valid export from this line on: {error}"),
            );
        }
        Flow::Continue(())
    }
}

/// A reader that counts lines. The parser reads single bytes, so that the number is the line of the current value.
struct Counted<'a> {
    inner: &'a mut dyn BufRead,
    lines: &'a Cell<u64>,
    left: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let Some(left) = self.left.get().checked_sub(count as u64) else {
            return Err(io::Error::other(
                "a note with its earlier versions exceeds the size limit",
            ));
        };
        self.left.set(left);
        self.lines
            .set(self.lines.get() + line_ends(&buffer[..count]));
        Ok(count)
    }
}

/// The state of reading the document.
struct Reading<'a, 'b> {
    sink: &'a mut Sink<'b>,
    lines: &'a Cell<u64>,
    /// Number of bytes that may be read until the end of the current note.
    left: &'a Cell<u64>,
    /// True if the receiver stopped the import.
    ended: bool,
}

impl<'de> Visitor<'de> for &mut Reading<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => {
                    map.next_value::<IgnoredAny>()?;
                }
                "version" => {
                    let version: serde_json::Number = map.next_value()?;
                    if version.as_u64() != Some(1) {
                        return Err(serde::de::Error::custom(format!(
                            "the version of the export is {version}, and this release supports version 1 only"
                        )));
                    }
                }
                "labels" => map.next_value_seed(LabelList(self))?,
                "filters" => map.next_value_seed(FilterList(self))?,
                "notes" => map.next_value_seed(NoteList(self))?,
                other => {
                    map.next_value::<IgnoredAny>()?;
                    let line = Some(self.lines.get());
                    let other = super::sink::quote_value(other);
                    self.sink.report_counted(
                        line,
                        "unknown_key",
                        format!("`{other}` is not a known property; it was ignored"),
                    );
                }
            }
        }
        Ok(())
    }
}

struct LabelList<'a, 'b, 'c>(&'c mut Reading<'a, 'b>);

impl<'de> DeserializeSeed<'de> for LabelList<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for LabelList<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of labels")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element::<LabelEntry>()? {
            let line = Some(self.0.lines.get());
            self.0.left.set(NOTE_BYTES);
            if emit_label(entry, line, self.0.sink).is_break() {
                return Err(stop_reading(self.0));
            }
        }
        Ok(())
    }
}

struct FilterList<'a, 'b, 'c>(&'c mut Reading<'a, 'b>);

impl<'de> DeserializeSeed<'de> for FilterList<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for FilterList<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of filters")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element::<FilterEntry>()? {
            let line = Some(self.0.lines.get());
            self.0.left.set(NOTE_BYTES);
            if self.0.sink.emit_filter(entry.into(), line).is_break() {
                return Err(stop_reading(self.0));
            }
        }
        Ok(())
    }
}

struct NoteList<'a, 'b, 'c>(&'c mut Reading<'a, 'b>);

impl<'de> DeserializeSeed<'de> for NoteList<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for NoteList<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of notes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(note) = list.next_element::<JsonNote>()? {
            let line = Some(self.0.lines.get());
            self.0.left.set(NOTE_BYTES);
            let note = note.into_note(line, self.0.sink);
            if let Some(note) = note
                && self.0.sink.emit_note(note, line).is_break()
            {
                return Err(stop_reading(self.0));
            }
        }
        Ok(())
    }
}

fn stop_reading<E: serde::de::Error>(reading: &mut Reading<'_, '_>) -> E {
    reading.ended = true;
    E::custom("the import was ended")
}

#[derive(Deserialize)]
struct LabelEntry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    color: Option<String>,
}

fn emit_label(entry: LabelEntry, line: Option<u64>, sink: &mut Sink<'_>) -> Flow {
    let color = entry
        .color
        .map(|color| sink.parse_color(line, &color))
        .unwrap_or_default();
    sink.emit_label(&entry.name, color)
}

/// Format of the file with all labels and their colours in an archive.
pub(super) struct Labels;

impl Format for Labels {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        head.path == LABELS && head.text.trim_start().starts_with('[')
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(bytes) = file.read_bytes(WHOLE_BYTES / 8, sink) else {
            return Flow::Continue(());
        };
        match serde_json::from_slice::<Vec<LabelEntry>>(&bytes) {
            Ok(entries) => entries
                .into_iter()
                .try_for_each(|entry| emit_label(entry, None, sink)),
            Err(error) => {
                sink.report_left_out(
                    Some(error.line() as u64),
                    "labels",
                    format!("is not a valid list of labels in the format of an export: {error}"),
                );
                Flow::Continue(())
            }
        }
    }
}

/// Format of the file with all saved filters in an archive.
pub(super) struct Filters;

impl Format for Filters {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        head.path == FILTERS && head.text.trim_start().starts_with('[')
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(bytes) = file.read_bytes(WHOLE_BYTES / 8, sink) else {
            return Flow::Continue(());
        };
        match serde_json::from_slice::<Vec<FilterEntry>>(&bytes) {
            Ok(entries) => entries
                .into_iter()
                .try_for_each(|entry| sink.emit_filter(entry.into(), None)),
            Err(error) => {
                sink.report_left_out(
                    Some(error.line() as u64),
                    "filters",
                    format!("is not a valid list of filters in the format of an export: {error}"),
                );
                Flow::Continue(())
            }
        }
    }
}

/// Format of the file with the earlier versions of one note, which precedes the note in an archive.
pub(super) struct History;

impl Format for History {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        history_note_id(head.path).is_some() && head.text.trim_start().starts_with('[')
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some((id, bytes)) = history_note_id(file.path).zip(file.read_bytes(WHOLE_BYTES, sink))
        else {
            return Flow::Continue(());
        };
        match serde_json::from_slice::<Vec<RevisionEntry>>(&bytes) {
            Ok(entries) => {
                let revisions = entries.into_iter().map(Into::into).collect();
                if !file.gathered.keep_revisions(id, revisions) {
                    sink.report_left_out(None, "history", "the notes are too far behind their earlier versions in the archive; import the archive as it was exported");
                }
            }
            Err(error) => {
                sink.report_left_out(
                    Some(error.line() as u64),
                    "history",
                    format!("is not a valid list of earlier versions: {error}"),
                );
            }
        }
        Flow::Continue(())
    }
}

/// Returns the note that a file of earlier versions belongs to.
fn history_note_id(path: &str) -> Option<uuid::Uuid> {
    path.strip_prefix(HISTORY)?
        .strip_suffix(".json")?
        .parse()
        .ok()
}

/// Format of the list of one note's attachments in an archive, which the files follow.
pub(super) struct Files;

impl Format for Files {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        file_list_note_id(head.path).is_some() && head.text.trim_start().starts_with('[')
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some((id, bytes)) =
            file_list_note_id(file.path).zip(file.read_bytes(WHOLE_BYTES / 8, sink))
        else {
            return Flow::Continue(());
        };
        let Some(note) = sink.file_requests.note_key(id) else {
            sink.report_left_out(
                None,
                "attachment",
                "the note of these files is not in the archive",
            );
            return Flow::Continue(());
        };
        match serde_json::from_slice::<Vec<FileEntry>>(&bytes) {
            Ok(entries) => {
                for entry in entries {
                    let wish = FileRequest {
                        note,
                        id: Some(entry.id),
                        name: Some(entry.name),
                        alt: entry.alt,
                        created_at: Some(entry.created_at),
                    };
                    sink.file_requests.request_named(&entry.path, wish);
                }
            }
            Err(error) => {
                sink.report_left_out(
                    Some(error.line() as u64),
                    "attachment",
                    format!("is not a valid list of files in the format of an export: {error}"),
                );
            }
        }
        Flow::Continue(())
    }
}

/// Returns the note that a list of attachments belongs to.
fn file_list_note_id(path: &str) -> Option<uuid::Uuid> {
    path.strip_prefix(FILES)?
        .strip_suffix(".json")?
        .parse()
        .ok()
}

/// Returns true for the path of an attachment in an archive of this service, which is never read as a note.
pub(super) fn is_file(path: &str) -> bool {
    let rest = path
        .strip_prefix(FILES)
        .and_then(|rest| rest.split_once('/'));
    rest.is_some_and(|(note, _)| note.parse::<uuid::Uuid>().is_ok())
}
