//! Attachments of imported notes. While notes are read, this module records the files they refer to; the files are read after all notes are known.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write as _};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use pulldown_cmark::{Event, Parser, Tag};
use tempfile::SpooledTempFile;
use uuid::Uuid;

/// Maximum number of files to record; further ones are reported as left out.
const MOST_WANTED: usize = 200_000;
/// Maximum number of files to record for one note.
const MOST_OF_NOTE: usize = 100;
/// Size in bytes up to which a file is kept in memory; larger ones go to a temporary file.
const IN_MEMORY: usize = 256 * 1024;
/// Extensions of notes, because a link to another note is not an attachment.
const NOTES: [&str; 5] = ["md", "markdown", "txt", "html", "htm"];

/// Limits for the attachments of an import, from those of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Maximum size of one file in bytes; larger files are reported and left out.
    pub bytes: u64,
}

/// An attachment of an imported note, with its bytes ready to store.
#[derive(Debug)]
pub struct FoundFile {
    /// Key of the note that the file belongs to.
    pub note: u64,
    /// Identifier of the attachment, if the import provides one.
    pub id: Option<Uuid>,
    /// File name in the form of `clean_name`, without folders.
    pub name: String,
    /// Alternative text of a picture within its limit; may be empty.
    pub alt: String,
    /// Time of creation, if the import provides it; only exports of this service do.
    pub created_at: Option<DateTime<Utc>>,
    /// Bytes of the file, in memory or in a temporary file.
    pub data: SpooledTempFile,
    /// Size of the file in bytes, which has been checked against the limit.
    pub bytes: u64,
    /// Path in the archive; for a file embedded in a note, the path of the note's file.
    pub file: Arc<str>,
    /// Line of the note that embeds the file; `None` for a file of an archive.
    pub line: Option<u64>,
}

/// A request of a note for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRequest {
    /// Key of the note.
    pub(super) note: u64,
    pub(super) id: Option<Uuid>,
    /// Name to give to the file; `None` for its name in the archive.
    pub(super) name: Option<String>,
    pub(super) alt: String,
    pub(super) created_at: Option<DateTime<Utc>>,
}

impl FileRequest {
    /// Creates a request without further information about the file.
    pub(super) fn for_note(note: u64) -> Self {
        Self {
            note,
            id: None,
            name: None,
            alt: String::new(),
            created_at: None,
        }
    }
}

/// Requests of notes for files, by path or name.
#[derive(Debug, Default)]
pub(super) struct FileRequests {
    by_path: HashMap<String, FileRequest>,
    /// Paths that notes name as files of their own, by the path without extension.
    named: HashMap<String, String>,
    /// Keys of notes, by their identifiers.
    notes: HashMap<Uuid, u64>,
}

impl FileRequests {
    /// Records the key of a note with this identifier.
    pub(super) fn register_note(&mut self, id: Uuid, note: u64) {
        if self.notes.len() < MOST_WANTED {
            self.notes.insert(id, note);
        }
    }

    /// Returns the key of the note with this identifier.
    pub(super) fn note_key(&self, id: Uuid) -> Option<u64> {
        self.notes.get(&id).copied()
    }

    /// Requests the file at a path. The first request for a path wins.
    pub(super) fn request_path(&mut self, path: &str, wish: FileRequest) {
        self.add_request(format!("/{}", path.to_lowercase()), wish);
    }

    /// Requests the file at a path, possibly with another extension: Google Takeout stores the file `a.jpeg` as `a.jpg`.
    pub(super) fn request_named(&mut self, path: &str, wish: FileRequest) {
        if self.named.len() < MOST_WANTED {
            let path = path.to_lowercase();
            self.named.insert(without_ending(&path).to_owned(), path);
        }
        self.request_path(path, wish);
    }

    /// Returns the paths that notes name and that were not found, in order.
    pub(super) fn list_missing(&self) -> Vec<&str> {
        let mut missing: Vec<&str> = self
            .named
            .values()
            .filter(|path| self.by_path.contains_key(&format!("/{path}")))
            .map(String::as_str)
            .collect();
        missing.sort_unstable();
        missing
    }

    /// Requests the file with a name, in any folder.
    fn request_name(&mut self, name: &str, wish: FileRequest) {
        self.add_request(name.to_lowercase(), wish);
    }

    fn add_request(&mut self, place: String, wish: FileRequest) {
        // An empty place would match every file.
        let is_place = !place.trim_start_matches('/').is_empty();
        if is_place && self.by_path.len() < MOST_WANTED {
            self.by_path.entry(place).or_insert(wish);
        }
    }

    /// Requests the files that a note's text embeds or links to. `path` is the path of the note, from which relative links resolve.
    pub(super) fn request_all_of(&mut self, path: &str, text: &str, note: u64) {
        let mut seen = HashSet::new();
        for embedded in embedded_targets(text) {
            if seen.len() < MOST_OF_NOTE && seen.insert(embedded.to_owned()) {
                let name = embedded.rsplit('/').next().unwrap_or(embedded);
                self.request_name(name, FileRequest::for_note(note));
            }
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for event in Parser::new_ext(text, crate::content::markdown_options()) {
            let Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) = event
            else {
                continue;
            };
            if seen.len() >= MOST_OF_NOTE || !seen.insert(dest_url.to_string()) {
                continue;
            }
            if let Some(id) = dest_url.strip_prefix(":/") {
                let id = id.get(..32).unwrap_or(id);
                self.request_name(id, FileRequest::for_note(note));
            } else if let Some(path) = resolve_link(folder, &dest_url) {
                self.request_path(&path, FileRequest::for_note(note));
            }
        }
    }

    /// Requests the file that a link in the file at `path` points to.
    pub(super) fn request_link(&mut self, path: &str, link: &str, note: u64) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(path) = resolve_link(folder, link.trim()) {
            self.request_path(&path, FileRequest::for_note(note));
        }
    }

    /// Takes the request for the file at a path.
    pub(super) fn take_request(&mut self, path: &str) -> Option<FileRequest> {
        let path = path.to_lowercase();
        let name = path.rsplit('/').next().unwrap_or(&path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        // Joplin stores the properties of a file under the same identifier, in another folder.
        let folder = path.rsplit('/').nth(1);
        let number = if folder == Some("resources") {
            stem
        } else {
            ""
        };
        // The file of the note itself, beside `Door.png`, is `Door.json` or `Door.html`.
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let named = self
            .named
            .get(without_ending(&path))
            .filter(|_| ending != "json" && !NOTES.contains(&ending));
        let places = [
            format!("/{path}"),
            name.to_owned(),
            number.to_owned(),
            named.map_or_else(String::new, |path| format!("/{path}")),
        ];
        places.iter().find_map(|place| self.by_path.remove(place))
    }
}

fn without_ending(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// Returns the targets of `![[…]]`, the syntax of Obsidian for embedded files.
fn embedded_targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("![[").skip(1).filter_map(|rest| {
        let (target, _) = rest.split_once("]]")?;
        let end = target.find(['|', '#', '\n']).unwrap_or(target.len());
        let target = target[..end].trim();
        let is_note = !target.contains('.') || is_note(target);
        (!is_note && !target.is_empty()).then_some(target)
    })
}

fn is_note(path: &str) -> bool {
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| NOTES.contains(&ending.as_str()))
}

/// Resolves a relative link of a text in this folder to a path in the archive; `None` for other links, and for links to notes.
fn resolve_link(folder: &str, link: &str) -> Option<String> {
    let link = link.split(['?', '#']).next()?;
    if link.is_empty() || link.contains(':') || link.starts_with('/') || is_note(link) {
        return None;
    }
    let link = decode_percent(link)?;
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Decodes percent-encoding; `None` if the result is not UTF-8.
fn decode_percent(link: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok()
}

/// The reason why a file was not kept.
#[derive(Debug)]
pub(super) enum CopyError {
    TooLong,
    Broken(io::Error),
}

/// Copies a file to memory or a temporary file, and returns it with its size.
pub(super) fn copy_limited(
    source: &mut dyn Read,
    most: u64,
) -> Result<(SpooledTempFile, u64), CopyError> {
    let mut data = SpooledTempFile::new(IN_MEMORY);
    let bytes = io::copy(&mut source.take(most + 1), &mut data).map_err(CopyError::Broken)?;
    if bytes > most {
        return Err(CopyError::TooLong);
    }
    data.flush().map_err(CopyError::Broken)?;
    Ok((data, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_no_file_of_a_note_for_its_picture() {
        for picture in ["Keep/Door.png", "Keep/door.JPG"] {
            let mut wishes = FileRequests::default();
            wishes.request_named("Keep/Door.png", FileRequest::for_note(7));
            assert_eq!(wishes.take_request("Keep/Door.json"), None);
            assert_eq!(wishes.take_request("Keep/Door.html"), None);
            let taken = wishes.take_request(picture).map(|wish| wish.note);
            assert_eq!(taken, Some(7), "{picture}");
        }
        let mut wishes = FileRequests::default();
        wishes.request_named("Keep/data.json", FileRequest::for_note(7));
        assert!(wishes.take_request("Keep/data.json").is_some());
    }

    #[test]
    fn requests_only_embedded_files() {
        let mut wishes = FileRequests::default();
        let text = "![a](img/a%20b.png) ![b](../up.jpg) [c](c.pdf#page=2) [n](other.md) ![w](https://example.com/x.png)\n\
                    ![[deep.png|100]] ![[Note]] ![[Note.md#part]] ![j](:/0123456789abcdef0123456789abcdef) `![no](code.png)`";
        wishes.request_all_of("folder/sub/note.md", text, 7);
        assert_eq!(
            wishes.take_request("0123456789abcdef0123456789abcdef.md"),
            None
        );
        for path in [
            "folder/sub/img/a b.png",
            "folder/up.jpg",
            "folder/sub/c.pdf",
            "anywhere/deep.png",
            "resources/0123456789abcdef0123456789abcdef.jpg",
        ] {
            assert_eq!(
                wishes.take_request(path).map(|wish| wish.note),
                Some(7),
                "{path}"
            );
            assert_eq!(wishes.take_request(path), None, "{path}");
        }
        assert!(wishes.by_path.is_empty(), "{wishes:?}");
    }

    #[test]
    fn ignores_links_without_name() {
        let mut wishes = FileRequests::default();
        wishes.request_all_of("note.md", "![](:/) ![](.) ![[a.b/]] [x](./)", 7);
        assert_eq!(wishes.take_request("other.png"), None);
    }

    #[test]
    fn rejects_paths_outside_archive() {
        assert_eq!(resolve_link("a", "../../etc/passwd"), None);
        assert_eq!(resolve_link("a", "/etc/passwd"), None);
        assert_eq!(resolve_link("a/b", "../c.png").as_deref(), Some("a/c.png"));
    }
}
