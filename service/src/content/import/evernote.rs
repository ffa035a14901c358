//! Reader for ENEX, the XML export of Evernote, in which the text of each note is an embedded XML document. The parser expands the five predefined
//! entities of XML only, never those of a document type.

use std::io::{self, BufRead};
use std::mem;

use base64::engine::general_purpose::STANDARD;
use base64::read::DecoderReader;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use tempfile::SpooledTempFile;

use super::attached::{self, FileRequest};
use super::format::Format;
use super::gathered::{add_tag, name_start};
use super::input::{File, Head, TEXT_BYTES, line_ends};
use super::sink::{Flow, Sink};
use crate::content::from_html;
use crate::domain::portable::PortableNote;

/// Maximum size in bytes of one tag or piece of text, many times that of a text which is kept. Attachments are skipped without holding them.
const PIECE_BYTES: u64 = 32 * 1024 * 1024;
/// Maximum nesting of elements; exports use six levels.
const MOST_DEPTH: usize = 32;
/// Maximum length of an element's name in bytes.
const NAME_BYTES: usize = 256;

pub(super) struct Evernote;

impl Format for Evernote {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        let start = head.text.trim_start();
        start.starts_with('<') && start.contains("<en-export")
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
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
                let line = reader.get_ref().ends + 1;
                if let Some(limits) = sink.file_limits() {
                    reading.keep_file(reader.get_mut(), limits.bytes, line, sink);
                }
                reader.get_mut().skip_text()
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
                        sink.report_left_out(Some(line), "damaged", "the file ends within a note");
                    }
                    return Flow::Continue(());
                }
                Ok(Event::Start(tag)) if !reading.has_room_for(&tag) => {
                    let message = "is not a valid Evernote export from this line on: an element is nested too deeply, or has too long a name";
                    sink.report_left_out(Some(line), "xml", message);
                    return Flow::Continue(());
                }
                Ok(event) => {
                    if let Some((note, files)) = reading.handle_event(&event, line, sink) {
                        let key = sink.next_key();
                        sink.emit_note(note, Some(reading.line))?;
                        for Resource { name, data, bytes } in files {
                            let line = Some(reading.line);
                            sink.emit_file_data(
                                line,
                                &FileRequest::for_note(key),
                                &name,
                                data,
                                bytes,
                            )?;
                        }
                    }
                }
                Err(error) => {
                    sink.report_left_out(
                        Some(line),
                        "xml",
                        format!("is not valid XML from this line on: {error}"),
                    );
                    return Flow::Continue(());
                }
            }
        }
    }
}

/// A reader that counts lines, and fails at a piece that is too large for memory.
struct Lines<'a> {
    inner: &'a mut dyn BufRead,
    ends: u64,
    left: u64,
}

impl Lines<'_> {
    /// Skips everything before the next tag, without holding it.
    fn skip_text(&mut self) -> io::Result<()> {
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
            return Err(io::Error::other("an XML event is too large"));
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

/// A reader of the text before the next tag, without white space.
struct UntilTag<'a, 'b>(&'a mut Lines<'b>);

impl io::Read for UntilTag<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let piece = self.0.inner.fill_buf()?;
            let end = piece.iter().position(|byte| *byte == b'<');
            let piece = &piece[..end.unwrap_or(piece.len()).min(buffer.len())];
            if piece.is_empty() {
                return Ok(0);
            }
            let mut kept = 0;
            for byte in piece.iter().filter(|byte| !byte.is_ascii_whitespace()) {
                buffer[kept] = *byte;
                kept += 1;
            }
            let read = piece.len();
            self.0.ends += line_ends(piece);
            self.0.inner.consume(read);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// An attachment of a note.
struct Resource {
    name: String,
    data: SpooledTempFile,
    bytes: u64,
}

/// The state of reading a note.
#[derive(Default)]
struct Reading {
    path: Vec<String>,
    text: String,
    line: u64,
    note: Option<Draft>,
    /// Name and media type of the attachment in progress.
    name: String,
    kind: String,
    data: Option<(SpooledTempFile, u64)>,
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
    files: Vec<Resource>,
}

/// Maximum number of attachments of one note held until the note ends, and their maximum total size in bytes; both are above the limits of Evernote.
const MOST_FILES: usize = 100;
const MOST_FILE_BYTES: u64 = 512 * 1024 * 1024;

impl Reading {
    /// Reads the data of an attachment, which comes next.
    fn keep_file(&mut self, source: &mut Lines<'_>, most: u64, line: u64, sink: &mut Sink<'_>) {
        let Some(note) = &self.note else {
            return;
        };
        let held: u64 = note.files.iter().map(|file| file.bytes).sum();
        if note.files.len() >= MOST_FILES || held >= MOST_FILE_BYTES {
            let message = "a note has more files, or larger files, than allowed";
            sink.report_left_out(Some(line), "too_long", message);
            return;
        }
        let mut decoded = DecoderReader::new(UntilTag(source), &STANDARD);
        match attached::copy_limited(&mut decoded, most) {
            Ok(kept) => self.data = Some(kept),
            Err(error) => sink.report_copy_error(Some(line), &error),
        }
    }

    /// Adds the attachment in progress to its note.
    fn end_file(&mut self) {
        let (name, kind) = (mem::take(&mut self.name), mem::take(&mut self.kind));
        let Some(((data, bytes), note)) = self.data.take().zip(self.note.as_mut()) else {
            return;
        };
        let name = match name.trim() {
            // Only the media type is known: `image/png` becomes `image.png`.
            "" => kind.trim().replace('/', "."),
            name => name.to_owned(),
        };
        if bytes > 0 {
            note.files.push(Resource { name, data, bytes });
        }
    }

    fn is_open(&self) -> bool {
        !self.path.is_empty()
    }

    /// Returns true if the data of an attachment comes next.
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

    /// Processes an event. Returns a note with its attachments at the end of its element.
    fn handle_event(
        &mut self,
        event: &Event<'_>,
        line: u64,
        sink: &mut Sink<'_>,
    ) -> Option<(PortableNote, Vec<Resource>)> {
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
                let text = mem::take(&mut self.text);
                if name == "note" && self.path.len() == 1 {
                    return self.note.take().map(|mut draft| {
                        let files = mem::take(&mut draft.files);
                        (draft.into_note(self.line, sink), files)
                    });
                }
                match name.as_str() {
                    "resource" => self.end_file(),
                    "mime" if self.is_in_attachment() => self.kind = text,
                    "file-name" if self.is_in_attachment() => self.name = text,
                    _ => self.store_value(&name, text),
                }
            }
            Event::Text(text) if self.wants_text() => {
                // A reference to an unknown entity stays as it is written.
                match text.unescape() {
                    Ok(text) => self.push_text(&text),
                    Err(_) => self.push_text(&String::from_utf8_lossy(text)),
                }
            }
            Event::CData(text) if self.wants_text() => {
                self.push_text(&String::from_utf8_lossy(text));
            }
            _ => {}
        }
        None
    }

    /// Returns true for the text of an element of a note, or of the name or media type of an attachment.
    fn wants_text(&self) -> bool {
        let of_file = self
            .path
            .last()
            .is_some_and(|name| name == "mime" || name == "file-name");
        self.note.is_some() && (!self.is_in_attachment() || of_file)
    }

    /// Appends to the text, up to its limit.
    fn push_text(&mut self, piece: &str) {
        let end = piece.floor_char_boundary(TEXT_BYTES - self.text.len());
        self.text.push_str(&piece[..end]);
        if end < piece.len()
            && let Some(note) = &mut self.note
        {
            note.is_cut = true;
        }
    }

    fn store_value(&mut self, name: &str, text: String) {
        // Some elements of attachments have the same names.
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
    fn into_note(self, line: u64, sink: &mut Sink<'_>) -> PortableNote {
        let line = Some(line);
        if self.has_files && sink.file_limits().is_none() {
            sink.report_counted(line, "attachment", "pictures and files are not imported");
        }
        if self.is_cut {
            let message = format!("a text has more than {TEXT_BYTES} bytes; it was truncated");
            sink.report_changed(line, "too_long", message);
        }
        let content = match from_html::convert_to_note(&self.content) {
            // The title is the one from Evernote, so a heading at the beginning is text.
            Ok(note) if note.title.is_empty() => note.content,
            Ok(note) => format!("# {}\n\n{}", note.title, note.content),
            Err(_) => self.content,
        };
        let mut time = |key: &str, text: &str| {
            if text.is_empty() {
                None
            } else {
                sink.parse_time(line, key, text)
            }
        };
        PortableNote {
            labels: self.labels,
            created_at: time("created", &self.created),
            updated_at: time("updated", &self.updated),
            reminder_at: time("reminder-time", &self.reminder),
            ..PortableNote::with_text(self.title, content)
        }
    }
}
