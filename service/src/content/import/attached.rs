//! Files that notes name: which note wants which file is gathered while notes are read, and the files follow when all notes are known.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write as _};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use pulldown_cmark::{Event, Parser, Tag};
use tempfile::SpooledTempFile;
use uuid::Uuid;

/// Files that are wanted; more are told as left out.
const MOST_WANTED: usize = 200_000;
/// Files that one note may want.
const MOST_OF_NOTE: usize = 100;
/// Bytes of a file that are kept in memory.
const IN_MEMORY: usize = 256 * 1024;
/// Endings of notes: a link to another note is no attachment.
const NOTES: [&str; 5] = ["md", "markdown", "txt", "html", "htm"];

/// Limits of the files of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Bytes of one file.
    pub bytes: u64,
}

/// A file of a note.
#[derive(Debug)]
pub struct FoundFile {
    /// The key of the note.
    pub note: u64,
    /// Its identifier, if the file of the import names one.
    pub id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Words for those who do not see it.
    pub alt: String,
    /// When it was made, if that is known.
    pub created_at: Option<DateTime<Utc>>,
    /// Its bytes.
    pub data: SpooledTempFile,
    /// Its size.
    pub bytes: u64,
    /// Path in the archive; that of the note, if the file is within it.
    pub file: Arc<str>,
    /// The line of the note it is within.
    pub line: Option<u64>,
}

/// A note's wish for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// The key of the note.
    pub(super) note: u64,
    pub(super) id: Option<Uuid>,
    /// The name that it is to have; that in the archive, if none is known.
    pub(super) name: Option<String>,
    pub(super) alt: String,
    pub(super) created_at: Option<DateTime<Utc>>,
}

impl Wish {
    /// A wish of which nothing is known but the note.
    pub(super) fn of(note: u64) -> Self {
        Self {
            note,
            id: None,
            name: None,
            alt: String::new(),
            created_at: None,
        }
    }
}

/// The files that notes want, by their places.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    by_place: HashMap<String, Wish>,
    /// Paths that notes name as those of their files, by the same without an ending.
    named: HashMap<String, String>,
    /// Keys of notes by the identifiers that they have themselves.
    notes: HashMap<Uuid, u64>,
}

impl Wishes {
    /// Keeps the key of a note that has this identifier.
    pub(super) fn know(&mut self, id: Uuid, note: u64) {
        if self.notes.len() < MOST_WANTED {
            self.notes.insert(id, note);
        }
    }

    /// The key of the note with this identifier.
    pub(super) fn note(&self, id: Uuid) -> Option<u64> {
        self.notes.get(&id).copied()
    }

    /// Wants the file at a path. Who was first has it.
    pub(super) fn want_path(&mut self, path: &str, wish: Wish) {
        self.want(format!("/{}", path.to_lowercase()), wish);
    }

    /// Wants the file at a path that is known to be one, perhaps with another ending: Takeout calls a file of `a.jpeg` `a.jpg`.
    pub(super) fn want_named(&mut self, path: &str, wish: Wish) {
        if self.named.len() < MOST_WANTED {
            let path = path.to_lowercase();
            self.named.insert(without_ending(&path).to_owned(), path);
        }
        self.want_path(path, wish);
    }

    /// Paths of files that notes name and that have not been taken, in order.
    pub(super) fn missing(&self) -> Vec<&str> {
        let mut missing: Vec<&str> = self
            .named
            .values()
            .filter(|path| self.by_place.contains_key(&format!("/{path}")))
            .map(String::as_str)
            .collect();
        missing.sort_unstable();
        missing
    }

    /// Wants the file with a name, wherever it is.
    fn want_name(&mut self, name: &str, wish: Wish) {
        self.want(name.to_lowercase(), wish);
    }

    fn want(&mut self, place: String, wish: Wish) {
        // Nothing is no place: every file would be there.
        let is_place = !place.trim_start_matches('/').is_empty();
        if is_place && self.by_place.len() < MOST_WANTED {
            self.by_place.entry(place).or_insert(wish);
        }
    }

    /// Wants the files that a text shows or links to. The text is that of a file at this path.
    pub(super) fn want_all_of(&mut self, path: &str, text: &str, note: u64) {
        let mut seen = HashSet::new();
        for embedded in embedded(text) {
            if seen.len() < MOST_OF_NOTE && seen.insert(embedded.to_owned()) {
                let name = embedded.rsplit('/').next().unwrap_or(embedded);
                self.want_name(name, Wish::of(note));
            }
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for event in Parser::new_ext(text, crate::content::dialect()) {
            let Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) = event
            else {
                continue;
            };
            if seen.len() >= MOST_OF_NOTE || !seen.insert(dest_url.to_string()) {
                continue;
            }
            if let Some(id) = dest_url.strip_prefix(":/") {
                let id = id.get(..32).unwrap_or(id);
                self.want_name(id, Wish::of(note));
            } else if let Some(path) = resolved(folder, &dest_url) {
                self.want_path(&path, Wish::of(note));
            }
        }
    }

    /// Wants the file that a link in a file at this path leads to.
    pub(super) fn want_link(&mut self, path: &str, link: &str, note: u64) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(path) = resolved(folder, link.trim()) {
            self.want_path(&path, Wish::of(note));
        }
    }

    /// The wish for the file at a path, which is fulfilled then.
    pub(super) fn take(&mut self, path: &str) -> Option<Wish> {
        let path = path.to_lowercase();
        let name = path.rsplit('/').next().unwrap_or(&path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        // Joplin has what is known of a file under the same number, in another folder.
        let folder = path.rsplit('/').nth(1);
        let number = if folder == Some("resources") {
            stem
        } else {
            ""
        };
        let named = self.named.get(without_ending(&path));
        let places = [
            format!("/{path}"),
            name.to_owned(),
            number.to_owned(),
            named.map_or_else(String::new, |path| format!("/{path}")),
        ];
        places.iter().find_map(|place| self.by_place.remove(place))
    }
}

fn without_ending(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// Targets of `![[…]]`, as Obsidian embeds files.
fn embedded(text: &str) -> impl Iterator<Item = &str> {
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

/// The path in the archive of a link in a text in this folder; none if it leads elsewhere.
fn resolved(folder: &str, link: &str) -> Option<String> {
    let link = link.split(['?', '#']).next()?;
    if link.is_empty() || link.contains(':') || link.starts_with('/') || is_note(link) {
        return None;
    }
    let link = decoded(link)?;
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

/// Percent signs and two digits as the bytes they stand for.
fn decoded(link: &str) -> Option<String> {
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

/// A file that could not be kept.
#[derive(Debug)]
pub(super) enum NotKept {
    TooLong,
    Broken(io::Error),
}

/// Keeps the bytes of a file until somebody stores them; says how many there are.
pub(super) fn keep(source: &mut dyn Read, most: u64) -> Result<(SpooledTempFile, u64), NotKept> {
    let mut data = SpooledTempFile::new(IN_MEMORY);
    let bytes = io::copy(&mut source.take(most + 1), &mut data).map_err(NotKept::Broken)?;
    if bytes > most {
        return Err(NotKept::TooLong);
    }
    data.flush().map_err(NotKept::Broken)?;
    Ok((data, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_texts_show_and_nothing_else() {
        let mut wishes = Wishes::default();
        let text = "![a](img/a%20b.png) ![b](../up.jpg) [c](c.pdf#page=2) [n](other.md) ![w](https://example.com/x.png)\n\
                    ![[deep.png|100]] ![[Note]] ![[Note.md#part]] ![j](:/0123456789abcdef0123456789abcdef) `![no](code.png)`";
        wishes.want_all_of("folder/sub/note.md", text, 7);
        assert_eq!(wishes.take("0123456789abcdef0123456789abcdef.md"), None);
        for path in [
            "folder/sub/img/a b.png",
            "folder/up.jpg",
            "folder/sub/c.pdf",
            "anywhere/deep.png",
            "resources/0123456789abcdef0123456789abcdef.jpg",
        ] {
            assert_eq!(wishes.take(path).map(|wish| wish.note), Some(7), "{path}");
            assert_eq!(wishes.take(path), None, "{path}");
        }
        assert!(wishes.by_place.is_empty(), "{wishes:?}");
    }

    #[test]
    fn wants_nothing_that_has_no_name() {
        let mut wishes = Wishes::default();
        wishes.want_all_of("note.md", "![](:/) ![](.) ![[a.b/]] [x](./)", 7);
        assert_eq!(wishes.take("other.png"), None);
    }

    #[test]
    fn leads_nowhere_out_of_the_archive() {
        assert_eq!(resolved("a", "../../etc/passwd"), None);
        assert_eq!(resolved("a", "/etc/passwd"), None);
        assert_eq!(resolved("a/b", "../c.png").as_deref(), Some("a/c.png"));
    }
}
