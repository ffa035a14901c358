//! Reader for Markdown and plain text of any program, including the Markdown files of this service. Each file is a note.

use super::format::Format;
use super::front;
use super::input::{File, Head, Hint, TEXT_BYTES};
use super::obsidian;
use super::sink::{Flow, Sink};
use crate::content::file::split_heading;
use crate::domain::portable::{Identity, PortableNote};

/// Extensions of text files, which are needed because plain text has no other sign.
const ENDINGS: [&str; 4] = ["md", "markdown", "txt", "text"];

pub(super) struct Markdown;

impl Format for Markdown {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        match head.hint {
            Hint::Markdown => true,
            Hint::Html => false,
            _ => ENDINGS.contains(&head.file_extension().as_str()),
        }
    }

    fn is_copy_beside_whole(&self) -> bool {
        true
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(text) = file.read_text(TEXT_BYTES, sink) else {
            return Flow::Continue(());
        };
        let mut note = note_from_text(file.file_stem(), &text, sink);
        if let Identity::Id(id) = note.identity {
            note.revisions = file.gathered.take_revisions(id);
        }
        if file.gathered.is_vault {
            obsidian::complete_note(&mut note, sink);
        }
        sink.emit_note(note, None)
    }
}

/// Creates a note from a text and the name of its file without extension. Files without a title in front matter get it from a first line `# Title`,
/// or from the name.
pub(super) fn note_from_text(name: &str, text: &str, sink: &mut Sink<'_>) -> PortableNote {
    let (entries, content) = front::split_front_matter(text);
    let mut note = PortableNote::with_text(String::new(), content.to_owned());
    let is_titled = entries.is_some_and(|entries| front::apply_to_note(entries, &mut note, sink));
    if !is_titled {
        match split_heading(content) {
            Some((title, rest)) => {
                title.clone_into(&mut note.title);
                rest.clone_into(&mut note.content);
            }
            None => name.clone_into(&mut note.title),
        }
    }
    note
}
