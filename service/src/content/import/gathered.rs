//! Facts about a whole archive that single files need, gathered before the first note is read.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::limits::LABEL_NAME_CHARS;
use crate::domain::portable::PortableRevision;

/// Maximum size in bytes of earlier versions that wait for their notes.
const WAITING_BYTES: usize = 64 * 1024 * 1024;
/// Maximum number of tags to keep for one note. It is above the limit of labels, so that the surplus is reported.
pub(super) const MOST_TAGS: usize = 100;

/// Names, copies and earlier versions that concern more than one file.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Program of which one file holds all notes; text and HTML files next to it are copies.
    pub(super) whole: Option<&'static str>,
    /// True for an archive that is an Obsidian vault.
    pub(super) is_vault: bool,
    /// Names of Joplin's notebooks, tags and resources, by identifier.
    pub(super) names: HashMap<String, String>,
    /// Identifiers of the tags of Joplin's notes, by identifier of the note.
    pub(super) tags: HashMap<String, Vec<String>>,
    /// Earlier versions of notes that have not been read yet.
    waiting: HashMap<Uuid, Vec<PortableRevision>>,
    waiting_bytes: usize,
}

impl Gathered {
    /// Keeps earlier versions until their note follows. Returns false if too many bytes wait already.
    pub(super) fn keep_revisions(&mut self, note: Uuid, revisions: Vec<PortableRevision>) -> bool {
        self.waiting_bytes += total_size(&revisions);
        let fits = self.waiting_bytes <= WAITING_BYTES;
        if fits {
            self.waiting.insert(note, revisions);
        } else {
            self.waiting_bytes -= total_size(&revisions);
        }
        fits
    }

    /// Takes the earlier versions of a note.
    pub(super) fn take_revisions(&mut self, note: Uuid) -> Vec<PortableRevision> {
        let revisions = self.waiting.remove(&note).unwrap_or_default();
        self.waiting_bytes -= total_size(&revisions);
        revisions
    }
}

/// Adds a tag unless it is present, up to [`MOST_TAGS`].
pub(super) fn add_tag<T: PartialEq>(tags: &mut Vec<T>, tag: T) {
    if tags.len() < MOST_TAGS && !tags.contains(&tag) {
        tags.push(tag);
    }
}

/// Returns the beginning of a tag's name: twice the length of a label, so that a longer name is reported as cut.
pub(super) fn name_start(name: &str) -> &str {
    let end = name.char_indices().nth(2 * LABEL_NAME_CHARS);
    end.map_or(name, |(end, _)| &name[..end])
}

fn total_size(revisions: &[PortableRevision]) -> usize {
    revisions
        .iter()
        .map(|revision| revision.title.len() + revision.content.len() + 64)
        .sum()
}
