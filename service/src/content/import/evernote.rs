//! Evernote's ENEX: notes in XML, the text of each a document of its own. Entities of a document type are never expanded: the parser knows
//! the five of XML only.

use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::format::Format;
use super::input::{File, Head, TEXT_BYTES, line_ends};
use super::sink::{Flow, Sink};
use crate::content::from_html;
use crate::domain::portable::PortableNote;

/// Bytes of one tag or piece of text. Attachments are the largest: they are passed over, and have to be read for it.
const PIECE_BYTES: u64 = 256 * 1024 * 1024;

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
            let event = reader.read_event_into(&mut buffer);
            let line = reader.get_ref().ends + 1;
            match event {
                Ok(Event::Eof) => {
                    if reading.is_open() {
                        sink.left_out(Some(line), "damaged", "the file ends within a note");
                    }
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
}

impl Reading {
    fn is_open(&self) -> bool {
        !self.path.is_empty()
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
                    Ok(text) => self.text.push_str(&text),
                    Err(_) => self.text.push_str(&String::from_utf8_lossy(text)),
                }
            }
            Event::CData(text) if self.wants_text() => {
                self.text.push_str(&String::from_utf8_lossy(text));
            }
            _ => {}
        }
        None
    }

    /// Says whether the text is of an element of a note, and not of an attachment.
    fn wants_text(&self) -> bool {
        self.note.is_some()
            && self.text.len() < TEXT_BYTES
            && !self.path.iter().any(|name| name == "resource")
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
            "tag" => note.labels.push(text),
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
