//! Reader for exports of Notesnook: archives of HTML pages, or of Markdown with front matter.

use super::format::Format;
use super::input::{File, Head, Hint, TEXT_BYTES};
use super::sink::{Flow, Sink};
use super::{markdown, page};
use crate::content::file::split_heading;

/// Suffix of the title of each page.
const ENDING: &str = " - Notesnook";

pub(super) struct Pages;

impl Format for Pages {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        page::is_page(head) && head.text.contains(" - Notesnook</title>")
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        match page::read_note(file, ENDING, sink) {
            Some(note) => sink.emit_note(note, None),
            None => Flow::Continue(()),
        }
    }
}

pub(super) struct Texts;

impl Format for Texts {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        let front = head
            .text
            .strip_prefix("---")
            .and_then(|rest| rest.split_once("\n---"));
        head.hint != Hint::Html
            && front.is_some_and(|(front, _)| {
                ["\ntitle: \"", "\ncreated_at: ", "\nupdated_at: "]
                    .iter()
                    .all(|key| front.contains(key))
            })
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(text) = file.read_text(TEXT_BYTES, sink) else {
            return Flow::Continue(());
        };
        let mut note = markdown::note_from_text(file.file_stem(), &text, sink);
        // The text starts with the title once more.
        let rest = split_heading(&note.content).filter(|(title, _)| *title == note.title.trim());
        if let Some(rest) = rest.map(|(_, rest)| rest.to_owned()) {
            note.content = rest;
        }
        sink.emit_note(note, None)
    }
}
