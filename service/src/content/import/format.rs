//! The supported import formats. Each is implemented in a separate file and listed in one table.

use super::gathered::Gathered;
use super::input::{File, Head};
use super::sink::{Flow, Sink};
use super::{evernote, joplin, keep, markdown, notesnook, own, page, simplenote, standard_notes};

/// A reader for one file format.
pub(super) trait Format: Sync {
    /// Returns true if a file has this format, by its content where that is sufficient.
    fn recognizes_file(&self, head: &Head<'_>) -> bool;

    /// Returns the name of the program if one file of this format holds all of its notes, so that text and HTML files next to it in an archive are
    /// copies.
    fn single_file_program(&self) -> Option<&'static str> {
        None
    }

    /// Returns true if such a file is a copy when it is next to a file with all notes.
    fn is_copy_beside_whole(&self) -> bool {
        false
    }

    /// Gathers facts that other files need, from the beginning of a file in an archive.
    fn gather_facts(&self, _head: &Head<'_>, _gathered: &mut Gathered) {}

    /// Passes the notes of a file to the sink one by one, with remarks about values that cannot be imported.
    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow;
}

/// All formats, by priority: the first that recognises a file reads it.
static FORMATS: &[&dyn Format] = &[
    &own::Document,
    &own::Labels,
    &own::Filters,
    &own::History,
    &own::Files,
    &standard_notes::StandardNotes,
    &simplenote::Simplenote,
    &keep::Keep,
    &evernote::Evernote,
    &joplin::Joplin,
    &notesnook::Pages,
    &notesnook::Texts,
    &page::Page,
    &markdown::Markdown,
];

/// Returns the format of a file; `None` for a file without notes.
pub(super) fn detect_format(head: &Head<'_>) -> Option<&'static dyn Format> {
    FORMATS
        .iter()
        .copied()
        .find(|format| format.recognizes_file(head))
}
