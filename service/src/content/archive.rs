//! Writer for the zip archive of an export, with a Markdown file per note, produced in parts that are sent as they are ready.

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::file;
use crate::domain::attachment::Attachment;
use crate::domain::filter::{FilterEntry, PortableFilter};
use crate::domain::note::Place;
use crate::domain::portable::{Identity, PortableLabel, PortableNote, PortableRevision};

/// Path of the file with all labels and their colours; notes contain the names only.
pub(super) const LABELS: &str = "labels.json";
/// Path of the file with all saved filters.
pub(super) const FILTERS: &str = "filters.json";
/// Folder with earlier versions: one JSON file for each note that has some, placed before the note.
pub(super) const HISTORY: &str = "history/";
/// Folder with attachments: for each note that has some, a list and a folder with the files, placed after the note.
pub(super) const FILES: &str = "files/";
/// Maximum length in bytes of a file name before its extension.
const STEM_BYTES: usize = 80;

/// An entry of [`LABELS`].
#[derive(Serialize)]
struct LabelEntry<'a> {
    name: &'a str,
    color: &'static str,
}

/// An earlier version of a note, as an entry of a file in [`HISTORY`].
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RevisionEntry {
    version: i64,
    title: String,
    content: String,
    replaced_at: DateTime<Utc>,
}

/// An attachment, as an entry of a list in [`FILES`].
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileEntry {
    pub(super) id: Uuid,
    pub(super) name: String,
    #[serde(default)]
    pub(super) alt: String,
    pub(super) media_type: String,
    pub(super) bytes: u64,
    pub(super) created_at: DateTime<Utc>,
    /// Path of the file in the archive.
    pub(super) path: String,
}

impl From<RevisionEntry> for PortableRevision {
    fn from(entry: RevisionEntry) -> Self {
        Self {
            version: entry.version,
            title: entry.title,
            content: entry.content,
            replaced_at: entry.replaced_at,
        }
    }
}

impl From<&PortableRevision> for RevisionEntry {
    fn from(revision: &PortableRevision) -> Self {
        Self {
            version: revision.version,
            title: revision.title.clone(),
            content: revision.content.clone(),
            replaced_at: revision.replaced_at,
        }
    }
}

/// An archive in the process of writing. Take the bytes regularly, so that memory stays bounded.
#[derive(Debug)]
pub struct Writer {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
    names: HashSet<String>,
}

/// Bytes that were written and not taken yet.
#[derive(Debug, Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take_bytes(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Writer {
    /// Starts an archive with the files for these labels and filters.
    pub fn new(labels: &[PortableLabel], filters: &[PortableFilter]) -> io::Result<Self> {
        let written = Written::default();
        let mut writer = Self {
            zip: ZipWriter::new_stream(written.clone()),
            written,
            names: HashSet::new(),
        };
        let entries: Vec<LabelEntry<'_>> = labels
            .iter()
            .map(|label| LabelEntry {
                name: &label.name,
                color: label.color.as_str(),
            })
            .collect();
        writer.zip.start_file(LABELS, entry_options())?;
        writer
            .zip
            .write_all(&serde_json::to_vec_pretty(&entries)?)?;
        if !filters.is_empty() {
            let entries: Vec<_> = filters.iter().cloned().map(FilterEntry::from).collect();
            writer.zip.start_file(FILTERS, entry_options())?;
            writer
                .zip
                .write_all(&serde_json::to_vec_pretty(&entries)?)?;
        }
        Ok(writer)
    }

    /// Adds a note, after a file with its earlier versions.
    pub fn add_note(&mut self, note: &PortableNote) -> io::Result<()> {
        if let Identity::Id(id) = note.identity
            && !note.revisions.is_empty()
        {
            let entries: Vec<RevisionEntry> = note.revisions.iter().map(Into::into).collect();
            self.zip
                .start_file(format!("{HISTORY}{id}.json"), entry_options())?;
            self.zip.write_all(&serde_json::to_vec(&entries)?)?;
        }
        let folder = match note.place {
            Place::Active => "",
            Place::Archived => "archive/",
            Place::Trash => "trash/",
        };
        let name = self.free_name(folder, &file_stem(note));
        let options = match note.updated_at.and_then(dos_time) {
            Some(time) => entry_options().last_modified_time(time),
            None => entry_options(),
        };
        self.zip.start_file(name, options)?;
        self.zip.write_all(file::render_note_file(note).as_bytes())
    }

    /// Adds the list of a note's attachments. Returns the paths at which the files must follow, in order.
    pub fn add_list(&mut self, note: Uuid, files: &[Attachment]) -> io::Result<Vec<String>> {
        let entries: Vec<FileEntry> = (1..)
            .zip(files)
            .map(|(number, file)| FileEntry {
                id: file.id,
                path: format!("{FILES}{note}/{}", file_name(number, &file.name)),
                name: file.name.clone(),
                alt: file.alt.clone(),
                media_type: file.media_type.clone(),
                bytes: file.bytes,
                created_at: file.created_at,
            })
            .collect();
        self.zip
            .start_file(format!("{FILES}{note}.json"), entry_options())?;
        self.zip.write_all(&serde_json::to_vec_pretty(&entries)?)?;
        Ok(entries.into_iter().map(|entry| entry.path).collect())
    }

    /// Starts a file, whose bytes follow. Uses the fastest compression, because most attachments are compressed already.
    pub fn begin_file(&mut self, path: &str) -> io::Result<()> {
        let options = entry_options().compression_level(Some(1));
        Ok(self.zip.start_file(path, options)?)
    }

    /// Adds bytes to the file that was started last.
    pub fn write_file(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.zip.write_all(bytes)
    }

    /// Returns the number of bytes that were not taken yet.
    pub fn pending_bytes(&self) -> usize {
        self.written.len()
    }

    /// Takes the bytes that were written since the last call.
    pub fn take_written(&self) -> Vec<u8> {
        self.written.take_bytes()
    }

    /// Writes the directory of the archive, and returns the remaining bytes.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.zip.finish()?;
        Ok(self.written.take_bytes())
    }

    /// Reserves a path that no other file has, even on file systems that ignore case.
    fn free_name(&mut self, folder: &str, stem: &str) -> String {
        let mut name = format!("{folder}{stem}.md");
        for number in 2.. {
            if self.names.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{folder}{stem} ({number}).md");
        }
        name
    }
}

fn entry_options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

fn dos_time(time: DateTime<Utc>) -> Option<zip::DateTime> {
    let small = |number: u32| u8::try_from(number).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(time.year()).ok()?,
        small(time.month())?,
        small(time.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
    )
    .ok()
}

/// Returns the file name of a note without extension, valid on every file system: its title, or the first line of its text, or `Untitled`.
fn file_stem(note: &PortableNote) -> String {
    let words = |text: &str| {
        let mut stem = String::new();
        for word in text.split(|char: char| !is_safe(char)) {
            let space = usize::from(!stem.is_empty());
            if word.trim_matches('.').is_empty() {
                continue;
            }
            let room = STEM_BYTES.saturating_sub(stem.len() + space);
            let end = word.floor_char_boundary(room);
            if end == 0 {
                break;
            }
            if space == 1 {
                stem.push(' ');
            }
            stem.push_str(&word[..end]);
        }
        let length = stem.trim_end_matches('.').len();
        stem.truncate(length);
        stem
    };
    let mut stem = words(note.title.trim_start_matches(['.', '-', ' ']));
    if stem.is_empty() {
        let text = super::text::to_plain_text(&note.content);
        let line = text.lines().find(|line| !line.trim().is_empty());
        stem = words(line.unwrap_or_default().trim_start_matches(['.', '-', ' ']));
    }
    // Windows reserves these names for devices, with any extension.
    let first = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&first.as_str())
        || (first.len() == 4 && (first.starts_with("COM") || first.starts_with("LPT")));
    if stem.is_empty() {
        "Untitled".to_owned()
    } else if device {
        format!("_{stem}")
    } else {
        stem
    }
}

/// Returns the file name of an attachment in the archive, valid on every file system. A number makes it unique, and different from device names of
/// Windows.
fn file_name(number: usize, name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|char| {
            let is_kept = char == ' ' || is_safe(char);
            if is_kept { char } else { '_' }
        })
        .collect();
    let start = safe.floor_char_boundary(STEM_BYTES);
    let ending = safe
        .rfind('.')
        .filter(|at| *at >= start && safe.len() - at <= 16);
    let ending = ending.map_or("", |at| &safe[at..]);
    let stem = safe[..start].trim_end_matches(['.', ' ']);
    format!("{number:03} {stem}{ending}")
        .trim_end_matches(['.', ' '])
        .to_owned()
}

/// Returns true for a character that is visible and has no special meaning in paths, file systems and shells.
fn is_safe(char: char) -> bool {
    let invisible = matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !(char.is_control()
        || char.is_whitespace()
        || invisible
        || matches!(char, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
}
