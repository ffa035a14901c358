//! The formats: one file each, and a line in the table.

use super::gathered::Gathered;
use super::input::{File, Head};
use super::sink::{Flow, Sink};
use super::{evernote, joplin, keep, markdown, notesnook, own, page, simplenote, standard_notes};

/// A kind of file that notes come from.
pub(super) trait Format: Sync {
    /// Says whether a file is of this kind, by its content wherever that tells.
    fn sees(&self, head: &Head<'_>) -> bool;

    /// The program of which one file of this kind holds all notes, so that texts and pages beside it in an archive are copies.
    fn whole(&self) -> Option<&'static str> {
        None
    }

    /// Says whether such a file beside one that holds everything is a copy.
    fn is_copy_beside_whole(&self) -> bool {
        false
    }

    /// Gathers knowledge that other files need, from the beginning of a file in an archive.
    fn gather(&self, _head: &Head<'_>, _gathered: &mut Gathered) {}

    /// Puts the notes of a file into the sink, one after the other, with remarks about what cannot be taken.
    fn read(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow;
}

/// All formats; the first that sees its kind reads a file.
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

/// The format of a file; none if notes do not come in such files.
pub(super) fn of(head: &Head<'_>) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.sees(head))
}
