//! Markdown and plain text of any program, and the files of this one: each is a note.

use super::format::Format;
use super::front;
use super::input::{File, Head, Hint, TEXT_BYTES};
use super::obsidian;
use super::sink::{Flow, Sink};
use crate::content::file::heading;
use crate::domain::portable::{Identity, PortableNote};

/// Endings of texts: nothing in them tells them from the texts of programs.
const ENDINGS: [&str; 4] = ["md", "markdown", "txt", "text"];

pub(super) struct Markdown;

impl Format for Markdown {
    fn sees(&self, head: &Head<'_>) -> bool {
        match head.hint {
            Hint::Markdown => true,
            Hint::Html => false,
            _ => ENDINGS.contains(&head.ending().as_str()),
        }
    }

    fn is_copy_beside_whole(&self) -> bool {
        true
    }

    fn read(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(text) = file.text(TEXT_BYTES, sink) else {
            return Flow::Continue(());
        };
        let mut note = note(file.stem(), &text, sink);
        if let Identity::Id(id) = note.identity {
            note.revisions = file.gathered.take_revisions(id);
        }
        if file.gathered.is_vault {
            obsidian::complete(&mut note, sink);
        }
        sink.note(note, None)
    }
}

/// The note of a file with this name, without its ending. Files of other programs need nothing before their text: the title is a first line
/// `# Title` then, or the name of the file.
pub(super) fn note(name: &str, text: &str, sink: &mut Sink<'_>) -> PortableNote {
    let (entries, content) = front::parts(text);
    let mut note = PortableNote::of(String::new(), content.to_owned());
    let is_titled = entries.is_some_and(|entries| front::apply(entries, &mut note, sink));
    if !is_titled {
        match heading(content) {
            Some((title, rest)) => {
                title.clone_into(&mut note.title);
                rest.clone_into(&mut note.content);
            }
            None => name.clone_into(&mut note.title),
        }
    }
    note
}
