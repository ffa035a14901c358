//! Evernote's ENEX: notes in XML, the text of each a document of its own. Entities of a document type are never expanded: the parser knows
//! the five of XML only.

use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::format::Format;
use super::gathered::{add_tag, name_start};
use super::input::{File, Head, TEXT_BYTES, line_ends};
use super::sink::{Flow, Sink};
use crate::content::from_html;
use crate::domain::portable::PortableNote;

/// Bytes of one tag or piece of text: many times those of a text that is kept. Attachments are passed over, whatever their size.
const PIECE_BYTES: u64 = 32 * 1024 * 1024;
/// Elements within each other; an export has six.
const MOST_DEPTH: usize = 32;
/// Bytes of an element's name.
const NAME_BYTES: usize = 256;

pub(super) struct Evernote;

impl Format for Evernote {
    fn sees(&self, head: &Head<'_>) -> bool {
        let start = head.text.trim_start();
        start.starts_with('<') && start.contains("<en-export")
    }

    fn read(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let counted = Lines {
            inner: &mut *file.reader,
            ends: 0,
            left: PIECE_BYTES,
        };
        let mut reader = Reader::from_reader(counted);
        let mut reading = Reading::default();
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            buffer.shrink_to(1024 * 1024);
            reader.get_mut().left = PIECE_BYTES;
            let passed = if reading.is_at_data() {
                reader.get_mut().pass_over_text()
            } else {
                Ok(())
            };
            let event = match passed {
                Ok(()) => reader.read_event_into(&mut buffer),
                Err(error) => Err(error.into()),
            };
            let line = reader.get_ref().ends + 1;
            match event {
                Ok(Event::Eof) => {
                    if reading.is_open() {
                        sink.left_out(Some(line), "damaged", "the file ends within a note");
                    }
                    return Flow::Continue(());
                }
                Ok(Event::Start(tag)) if !reading.has_room_for(&tag) => {
                    let message = "is no export of Evernote from here on: an element lies too deep, or has too long a name";
                    sink.left_out(Some(line), "xml", message);
                    return Flow::Continue(());
                }
                Ok(event) => {
                    if let Some(note) = reading.take(&event, line, sink) {
                        sink.note(note, Some(reading.line))?;
                    }
                }
                Err(error) => {
                    sink.left_out(
                        Some(line),
                        "xml",
                        format!("is no XML from here on: {error}"),
                    );
                    return Flow::Continue(());
                }
            }
        }
    }
}

/// Counts lines, and ends a piece that is too large for memory.
struct Lines<'a> {
    inner: &'a mut dyn BufRead,
    ends: u64,
    left: u64,
}

impl Lines<'_> {
    /// Passes over all that stands before the next tag, without holding it.
    fn pass_over_text(&mut self) -> io::Result<()> {
        loop {
            let piece = self.inner.fill_buf()?;
            let end = piece.iter().position(|byte| *byte == b'<');
            let passed = end.unwrap_or(piece.len());
            if passed == 0 {
                return Ok(());
            }
            self.ends += line_ends(&piece[..passed]);
            self.inner.consume(passed);
        }
    }
}

impl io::Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = {
            let most = u64::min(buffer.len() as u64, self.left);
            (&mut *self.inner).take(most).read(buffer)?
        };
        self.ends += line_ends(&buffer[..count]);
        self.left -= count as u64;
        Ok(count)
    }
}

impl BufRead for Lines<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("a piece of it is too large"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            let read = &buffer[..count.min(buffer.len())];
            self.ends += line_ends(read);
        }
        self.left = self.left.saturating_sub(count as u64);
        self.inner.consume(count);
    }
}

/// A note that is being read.
#[derive(Default)]
struct Reading {
    path: Vec<String>,
    text: String,
    line: u64,
    note: Option<Draft>,
}

#[derive(Default)]
struct Draft {
    title: String,
    content: String,
    labels: Vec<String>,
    created: String,
    updated: String,
    reminder: String,
    has_files: bool,
    is_cut: bool,
}

impl Reading {
    fn is_open(&self) -> bool {
        !self.path.is_empty()
    }

    /// Says whether the data of an attachment come next.
    fn is_at_data(&self) -> bool {
        let is_data = self.path.last().is_some_and(|name| name == "data");
        is_data && self.is_in_attachment()
    }

    fn is_in_attachment(&self) -> bool {
        self.path.iter().any(|name| name == "resource")
    }

    fn has_room_for(&self, tag: &BytesStart<'_>) -> bool {
        self.path.len() < MOST_DEPTH && tag.name().as_ref().len() <= NAME_BYTES
    }

    /// Takes an event; returns a note at its end.
    fn take(&mut self, event: &Event<'_>, line: u64, sink: &mut Sink<'_>) -> Option<PortableNote> {
        match event {
            Event::Start(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                if name == "note" && self.path.len() == 1 {
                    (self.note, self.line) = (Some(Draft::default()), line);
                }
                if name == "resource"
                    && let Some(note) = &mut self.note
                {
                    note.has_files = true;
                }
                self.path.push(name);
                self.text.clear();
            }
            Event::End(_) => {
                let name = self.path.pop()?;
                let text = std::mem::take(&mut self.text);
                if name == "note" && self.path.len() == 1 {
                    return self.note.take().map(|draft| draft.finish(self.line, sink));
                }
                self.keep(&name, text);
            }
            Event::Text(text) if self.wants_text() => {
                // An entity that XML does not know stays as it is.
                match text.unescape() {
                    Ok(text) => self.push(&text),
                    Err(_) => self.push(&String::from_utf8_lossy(text)),
                }
            }
            Event::CData(text) if self.wants_text() => {
                self.push(&String::from_utf8_lossy(text));
            }
            _ => {}
        }
        None
    }

    /// Says whether the text is of an element of a note, and not of an attachment.
    fn wants_text(&self) -> bool {
        self.note.is_some() && !self.is_in_attachment()
    }

    /// Adds to the text as much as there is room for.
    fn push(&mut self, piece: &str) {
        let end = piece.floor_char_boundary(TEXT_BYTES - self.text.len());
        self.text.push_str(&piece[..end]);
        if end < piece.len()
            && let Some(note) = &mut self.note
        {
            note.is_cut = true;
        }
    }

    fn keep(&mut self, name: &str, text: String) {
        // The elements of an attachment have some of the same names.
        let is_of_note = self.path.len() == 2
            || self
                .path
                .last()
                .is_some_and(|name| name == "note-attributes");
        let Some(note) = self.note.as_mut().filter(|_| is_of_note) else {
            return;
        };
        match name {
            "title" => note.title = text.trim().to_owned(),
            "content" => note.content = text,
            "tag" => add_tag(&mut note.labels, name_start(text.trim()).to_owned()),
            "created" => note.created = text,
            "updated" => note.updated = text,
            "reminder-time" => note.reminder = text,
            _ => {}
        }
    }
}

impl Draft {
    fn finish(self, line: u64, sink: &mut Sink<'_>) -> PortableNote {
        let line = Some(line);
        if self.has_files {
            sink.counted(line, "attachment", "pictures and files are not imported");
        }
        if self.is_cut {
            let message = format!("a text of it has more than {TEXT_BYTES} bytes; it was cut");
            sink.changed(line, "too_long", message);
        }
        let content = match from_html::convert(&self.content) {
            // The title is the one of Evernote: a heading at the beginning is text.
            Ok(note) if note.title.is_empty() => note.content,
            Ok(note) => format!("# {}\n\n{}", note.title, note.content),
            Err(_) => self.content,
        };
        let mut time = |key: &str, text: &str| {
            if text.is_empty() {
                None
            } else {
                sink.time(line, key, text)
            }
        };
        PortableNote {
            labels: self.labels,
            created_at: time("created", &self.created),
            updated_at: time("updated", &self.updated),
            reminder_at: time("reminder-time", &self.reminder),
            ..PortableNote::of(self.title, content)
        }
    }
}
