//! Readers for archives: zip, and the tar files of Joplin. An import reads an archive several times; the first pass gathers facts that single files
//! need about the others.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

use zip::ZipArchive;

use super::sink::Flow;
use crate::error::{Code, Error};

/// Number of bytes of a zip directory to read for each permitted entry.
const ENTRY_BYTES: u64 = 160;
const BLOCK: usize = 512;

/// A file in an archive.
pub(super) struct Entry<'a> {
    pub(super) path: &'a str,
    pub(super) reader: &'a mut dyn BufRead,
}

/// An entry that is not a regular file, or that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RejectedEntry {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// An archive that is open for reading.
pub(super) enum Archive<R: Read + Seek> {
    Zip(Box<ZipArchive<Limited<R>>>),
    Tar(R),
}

/// A callback for each entry of an archive.
pub(super) type EntryVisitor<'a> = dyn FnMut(&str, Result<Entry<'_>, RejectedEntry>) -> Flow + 'a;

impl<R: Read + Seek> Archive<R> {
    /// Opens a zip archive. Its directory is read at once, and is limited to the size for this number of entries.
    ///
    /// # Errors
    ///
    /// `too_long` for more entries, `malformed_request` for a damaged archive.
    pub(super) fn open_zip(source: R, most_entries: usize) -> Result<Self, Error> {
        let left = Rc::new(Cell::new(64 * 1024 + ENTRY_BYTES * most_entries as u64));
        let limited = Limited {
            inner: source,
            left: Rc::clone(&left),
        };
        let archive = ZipArchive::new(limited).map_err(|error| {
            if left.get() == 0 {
                let message = format!(
                    "has more than {most_entries} entries; divide the import into several archives"
                );
                return Error::invalid("", "too_long", message);
            }
            let detail =
                format!("the body is not a zip archive, or the archive is damaged: {error}");
            Error::new(Code::MalformedRequest).detail(detail)
        })?;
        if archive.len() > most_entries {
            let message = format!(
                "has {} entries, and at most {most_entries} are allowed",
                archive.len()
            );
            return Err(Error::invalid("", "too_long", message));
        }
        left.set(u64::MAX);
        Ok(Self::Zip(Box::new(archive)))
    }

    /// Calls `each` for all entries in order, until it breaks.
    pub(super) fn for_each_entry(&mut self, each: &mut EntryVisitor<'_>) -> Result<Flow, Error> {
        match self {
            Self::Zip(archive) => Ok(each_of_zip(archive, each)),
            Self::Tar(source) => {
                source.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
                Ok(each_of_tar(&mut BufReader::new(source), each))
            }
        }
    }
}

/// A reader with a limited number of bytes, which can be lifted.
pub(super) struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.get().saturating_sub(count as u64);
        self.left.set(left);
        if left == 0 {
            return Err(io::Error::other(
                "the directory of the archive is too large",
            ));
        }
        Ok(count)
    }
}

impl<R: Seek> Seek for Limited<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.inner.seek(position)
    }
}

fn each_of_zip<R: Read + Seek>(archive: &mut ZipArchive<R>, each: &mut EntryVisitor<'_>) -> Flow {
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).unwrap_or_default().to_owned();
        let refused = |code, message: String| Err(RejectedEntry { code, message });
        match archive.by_index(index) {
            Ok(entry) if entry.is_dir() => {}
            Ok(entry) if entry.enclosed_name().is_none() => {
                each(
                    &name,
                    refused("path", "has a path outside of the archive".to_owned()),
                )?;
            }
            Ok(entry) if entry.is_symlink() => {
                each(
                    &name,
                    refused(
                        "link",
                        "is a symbolic link, which is not supported".to_owned(),
                    ),
                )?;
            }
            Ok(entry) => {
                let mut reader = BufReader::new(entry);
                let entry = Entry {
                    path: &name,
                    reader: &mut reader,
                };
                each(&name, Ok(entry))?;
            }
            Err(error) => {
                each(
                    &name,
                    refused("damaged", format!("cannot be unpacked: {error}")),
                )?;
            }
        }
    }
    Flow::Continue(())
}

/// Reads the regular files of a tar archive (POSIX ustar). Extended headers, which hold long names, are skipped: Joplin names its items by
/// identifiers.
fn each_of_tar(source: &mut dyn BufRead, each: &mut EntryVisitor<'_>) -> Flow {
    let mut header = [0_u8; BLOCK];
    loop {
        if source.read_exact(&mut header).is_err() || header.iter().all(|byte| *byte == 0) {
            return Flow::Continue(());
        }
        let path = decode_field(&header[..100]);
        let refused = |message: &str| {
            Err(RejectedEntry {
                code: "damaged",
                message: message.to_owned(),
            })
        };
        let Some(size) = parse_octal(&header[124..136]).filter(|_| is_header(&header)) else {
            return each(&path, refused("the archive is damaged after this entry"));
        };
        let mut data = source.take(size);
        if matches!(header[156], b'0' | 0) {
            let entry = Entry {
                path: &path,
                reader: &mut data,
            };
            each(&path, Ok(entry))?;
        }
        let rest = data.limit();
        let padding = size.next_multiple_of(BLOCK as u64) - size;
        let skipped = io::copy(&mut source.take(rest + padding), &mut io::sink());
        if skipped.is_err() {
            return ControlFlow::Continue(());
        }
    }
}

/// Returns true if a file starts with a tar header.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(..BLOCK).is_some_and(is_header)
}

fn is_header(header: &[u8]) -> bool {
    let sum: u64 = (header[..148].iter().chain(&header[156..BLOCK]))
        .map(|byte| u64::from(*byte))
        .sum();
    parse_octal(&header[148..156]) == Some(sum + 8 * u64::from(b' '))
}

fn decode_field(field: &[u8]) -> String {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn parse_octal(field: &[u8]) -> Option<u64> {
    let text = decode_field(field);
    u64::from_str_radix(text.trim(), 8).ok()
}
