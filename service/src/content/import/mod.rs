//! Import of notes from files of this service and of other programs. Values that cannot be imported are reported with file, line and reason.
//!
//! Sources must be seekable, because archives are read several times. Notes are emitted one by one, so that memory is bounded by the largest file in
//! an archive and not by the archive. The receiver can stop the import at each note.

mod archives;
mod attached;
mod evernote;
mod format;
mod front;
mod gathered;
mod input;
mod joplin;
mod keep;
mod markdown;
mod note_json;
mod notesnook;
mod obsidian;
mod own;
mod page;
mod report;
mod simplenote;
mod sink;
mod standard_notes;
#[cfg(test)]
mod tests;
mod times;

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use chrono::FixedOffset;

use self::archives::{Archive, Entry, RejectedEntry};
pub use self::attached::{FileLimits, FoundFile};
use self::gathered::Gathered;
pub use self::input::Hint;
use self::input::{File, Head};
pub use self::report::{Effect, MOST_REMARKS, Remark, Report};
use self::sink::Sink;
pub use self::sink::{Found, FoundNote};
use crate::error::{Code, Error};

/// Number of bytes from which the format of a file is recognised. They cover a whole note, because the properties of Joplin are at its end.
const HEAD_BYTES: usize = 256 * 1024;
/// Number of bytes of each file to read in the first pass over an archive.
const SURVEY_BYTES: usize = 8 * 1024;

/// Options of an import, from the request and the limits of the service.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Type of the file according to the sender, for example by the media type of the request.
    pub hint: Hint,
    /// UTC offset for times without a time zone, from the request.
    pub zone: FixedOffset,
    /// Maximum number of entries in an archive; an archive with more is rejected.
    pub most_entries: usize,
    /// Maximum total size of all files in an archive, unpacked, in bytes.
    pub most_bytes: u64,
    /// Limits for attachments; `None` if the installation stores no files.
    pub files: Option<FileLimits>,
}

/// Reads the notes of a file or an archive, and emits each. Before each file of an archive, it calls `is_wanted` and stops if that returns false.
///
/// # Errors
///
/// `malformed_request` if the file is not a readable archive where one is expected, `too_long` for an archive with too many entries. Damage inside of
/// files is reported by remarks.
pub fn read_import<R: Read + Seek>(
    mut source: R,
    options: &Options,
    is_wanted: &dyn Fn() -> bool,
    emit: &mut dyn FnMut(Found) -> ControlFlow<()>,
) -> Result<Report, Error> {
    let mut start = Vec::new();
    (&mut source)
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut start)
        .map_err(Error::internal)?;
    source.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    let mut sink = Sink::new(options, emit);
    let is_zip = start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06");
    let is_open = options.hint.is_undecided();
    if is_open && is_zip {
        let zip = Archive::open_zip(source, options.most_entries)?;
        read_archive(zip, options, is_wanted, &mut sink)?;
    } else if is_open && archives::is_tar(&start) {
        read_archive(Archive::Tar(source), options, is_wanted, &mut sink)?;
    } else if options.hint == Hint::Archive {
        let detail = "the body is not a zip or tar archive, or the archive is damaged";
        return Err(Error::new(Code::MalformedRequest).detail(detail));
    } else {
        read_single_file(source, &Head::new("", &start, options.hint), &mut sink);
    }
    Ok(sink.into_report())
}

/// Reads a single file.
fn read_single_file(source: impl Read, head: &Head<'_>, sink: &mut Sink<'_>) {
    let start = head.text.trim_start();
    let format = format::detect_format(head).or_else(|| {
        // A single text needs no file name; but text that looks like the data of a program is rejected.
        let is_text = !start.is_empty() && !start.starts_with(['{', '[', '<']);
        let text: &dyn format::Format = &markdown::Markdown;
        (is_text && head.hint != Hint::Data).then_some(text)
    });
    let Some(format) = format else {
        let message = "is not in a supported format";
        sink.report_left_out(None, "format", message);
        return;
    };
    let mut reader = BufReader::new(source);
    let mut gathered = Gathered::default();
    let mut file = File {
        path: "",
        reader: &mut reader,
        gathered: &mut gathered,
    };
    let _ = format.read_notes(&mut file, sink);
}

/// Reads all files of an archive.
fn read_archive<R: Read + Seek>(
    mut archive: Archive<R>,
    options: &Options,
    is_wanted: &dyn Fn() -> bool,
    sink: &mut Sink<'_>,
) -> Result<(), Error> {
    let mut gathered = Gathered::default();
    let _ = archive.for_each_entry(&mut |path, entry| {
        if !is_wanted() {
            return ControlFlow::Break(());
        }
        if path.split('/').any(|part| part == obsidian::FOLDER) {
            gathered.is_vault = true;
        }
        let Ok(Entry { path, reader }) = entry else {
            return ControlFlow::Continue(());
        };
        let mut start = Vec::new();
        // Damage is reported when the file is read.
        if !is_hidden(path)
            && !own::is_file(path)
            && reader
                .take(SURVEY_BYTES as u64)
                .read_to_end(&mut start)
                .is_ok()
        {
            let head = Head::new(path, &start, Hint::None);
            if let Some(format) = format::detect_format(&head) {
                gathered.whole = gathered.whole.or(format.single_file_program());
                format.gather_facts(&head, &mut gathered);
            }
        }
        ControlFlow::Continue(())
    })?;
    let mut left = options.most_bytes;
    sink.is_archive = true;
    let _ = archive.for_each_entry(&mut |path, entry| {
        if !is_wanted() {
            return ControlFlow::Break(());
        }
        sink.begin_file(path);
        match entry {
            Ok(Entry { path, reader }) => {
                let mut reader = Unpacked {
                    inner: reader,
                    left: &mut left,
                };
                read_entry(path, &mut reader, &mut gathered, sink)
            }
            Err(RejectedEntry { code, message }) => {
                sink.report_left_out(None, code, message);
                ControlFlow::Continue(())
            }
        }
    })?;
    emit_files(&mut archive, is_wanted, &mut left, &gathered, sink)
}

/// Emits the attachments that notes refer to, and reports files that are neither notes nor attachments.
fn emit_files<R: Read + Seek>(
    archive: &mut Archive<R>,
    is_wanted: &dyn Fn() -> bool,
    left: &mut u64,
    gathered: &Gathered,
    sink: &mut Sink<'_>,
) -> Result<(), Error> {
    let _ = archive.for_each_entry(&mut |_, entry| {
        if !is_wanted() {
            return ControlFlow::Break(());
        }
        let Ok(Entry { path, reader }) = entry else {
            return ControlFlow::Continue(());
        };
        if is_hidden(path) {
            return ControlFlow::Continue(());
        }
        sink.begin_file(path);
        let mut reader = Unpacked {
            inner: reader,
            left: &mut *left,
        };
        if let Some(mut wish) = sink.file_requests.take_request(path) {
            // Joplin names files by identifiers, and stores their names elsewhere.
            let known = gathered.names.get(&stem_of(path).to_lowercase());
            wish.name = wish.name.or_else(|| known.cloned());
            return sink.emit_file(path, &wish, &mut reader);
        }
        if own::is_file(path) || !is_note(path, &mut reader) {
            sink.report_left_out(
                None,
                "format",
                "is not in a supported format, and no note refers to it",
            );
        }
        ControlFlow::Continue(())
    })?;
    if sink.file_limits().is_some() {
        sink.report_missing_files();
    }
    Ok(())
}

/// Returns the last part of a path, without extension.
fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Returns true if the file has a format from which notes were read.
fn is_note(path: &str, reader: &mut dyn BufRead) -> bool {
    let mut start = Vec::new();
    // Damage was reported when the notes were read.
    let read = reader.take(HEAD_BYTES as u64).read_to_end(&mut start);
    read.is_err() || format::detect_format(&Head::new(path, &start, Hint::None)).is_some()
}

fn read_entry(
    path: &str,
    reader: &mut dyn BufRead,
    gathered: &mut Gathered,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    if is_hidden(path) || own::is_file(path) {
        return ControlFlow::Continue(());
    }
    let mut start = Vec::new();
    if let Err(error) = (&mut *reader)
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut start)
    {
        sink.report_left_out(None, "damaged", format!("cannot be unpacked: {error}"));
        return ControlFlow::Continue(());
    }
    let head = Head::new(path, &start, Hint::None);
    // The file may be an attachment of a note.
    let Some(format) = format::detect_format(&head) else {
        return ControlFlow::Continue(());
    };
    if let Some(whole) = gathered.whole
        && format.is_copy_beside_whole()
    {
        sink.report_left_out(
            None,
            "copy",
            format!("is a copy or a list of the notes in {whole}"),
        );
        return ControlFlow::Continue(());
    }
    let mut reader = BufReader::new(start.as_slice().chain(reader));
    format.read_notes(
        &mut File {
            path,
            reader: &mut reader,
            gathered,
        },
        sink,
    )
}

/// Returns true for files of the system or of a program's settings, which contain no notes.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// A file in the process of unpacking, within the limit for all files together.
struct Unpacked<'a> {
    inner: &'a mut dyn BufRead,
    left: &'a mut u64,
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.consume_left(count)?;
        Ok(count)
    }
}

impl Unpacked<'_> {
    fn consume_left(&mut self, count: usize) -> io::Result<()> {
        *self.left = self.left.saturating_sub(count as u64);
        if *self.left == 0 {
            return Err(io::Error::other(
                "the unpacked archive is too large; divide the import into several archives",
            ));
        }
        Ok(())
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if *self.left == 0 {
            return Err(io::Error::other(
                "the unpacked archive is too large; divide the import into several archives",
            ));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        *self.left = self.left.saturating_sub(count as u64);
        self.inner.consume(count);
    }
}
