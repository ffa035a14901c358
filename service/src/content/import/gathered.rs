//! The knowledge about a whole archive that single files need: gathered before the first note is read.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::limits::LABEL_NAME_CHARS;
use crate::domain::portable::PortableRevision;

/// Bytes of earlier versions that wait for their notes.
const WAITING_BYTES: usize = 64 * 1024 * 1024;
/// Tags of one note that are kept: more than a note may carry, so that the rest is told.
pub(super) const MOST_TAGS: usize = 100;

/// Names, copies and earlier versions that belong to more than one file.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Name of a format of which one file holds all notes: texts and pages beside it are copies.
    pub(super) whole: Option<&'static str>,
    /// The archive is a vault of Obsidian.
    pub(super) is_vault: bool,
    /// Names of notebooks and tags of Joplin by identifier.
    pub(super) names: HashMap<String, String>,
    /// Tags of Joplin's notes: identifiers by that of the note.
    pub(super) tags: HashMap<String, Vec<String>>,
    /// Earlier versions of notes that have not been read yet.
    waiting: HashMap<Uuid, Vec<PortableRevision>>,
    waiting_bytes: usize,
}

impl Gathered {
    /// Keeps earlier versions until their note comes; refused when too much waits.
    pub(super) fn keep_revisions(&mut self, note: Uuid, revisions: Vec<PortableRevision>) -> bool {
        self.waiting_bytes += size(&revisions);
        let fits = self.waiting_bytes <= WAITING_BYTES;
        if fits {
            self.waiting.insert(note, revisions);
        } else {
            self.waiting_bytes -= size(&revisions);
        }
        fits
    }

    /// Earlier versions of this note.
    pub(super) fn take_revisions(&mut self, note: Uuid) -> Vec<PortableRevision> {
        let revisions = self.waiting.remove(&note).unwrap_or_default();
        self.waiting_bytes -= size(&revisions);
        revisions
    }
}

/// Adds a tag that is not there yet, as long as there are fewer than [`MOST_TAGS`].
pub(super) fn add_tag<T: PartialEq>(tags: &mut Vec<T>, tag: T) {
    if tags.len() < MOST_TAGS && !tags.contains(&tag) {
        tags.push(tag);
    }
}

/// The beginning of a tag's name: twice the characters of a label, so that a longer one is told when it is cut.
pub(super) fn name_start(name: &str) -> &str {
    let end = name.char_indices().nth(2 * LABEL_NAME_CHARS);
    end.map_or(name, |(end, _)| &name[..end])
}

fn size(revisions: &[PortableRevision]) -> usize {
    revisions
        .iter()
        .map(|revision| revision.title.len() + revision.content.len() + 64)
        .sum()
}
