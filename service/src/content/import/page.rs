//! Reader for HTML pages of any program. Each page is a note.

use super::format::Format;
use super::input::{File, Head, Hint};
use super::sink::{Flow, Sink};
use crate::content::from_html;
use crate::domain::portable::PortableNote;

/// Maximum size of a page in bytes. The resulting note may have a tenth of it.
const PAGE_BYTES: usize = 2 * 1024 * 1024;

pub(super) struct Page;

impl Format for Page {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        is_page(head)
    }

    fn is_copy_beside_whole(&self) -> bool {
        true
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        match read_note(file, "", sink) {
            Some(note) => sink.emit_note(note, None),
            None => Flow::Continue(()),
        }
    }
}

/// Returns true if a file is an HTML page, by its beginning, its extension or the type according to the sender.
pub(super) fn is_page(head: &Head<'_>) -> bool {
    let start: String = head
        .text
        .trim_start()
        .chars()
        .take(15)
        .collect::<String>()
        .to_lowercase();
    let begins = ["<!doctype html", "<html"]
        .iter()
        .any(|tag| start.starts_with(tag));
    head.hint == Hint::Html
        || head.hint.is_undecided()
            && (begins || ["html", "htm"].contains(&head.file_extension().as_str()))
}

/// Reads a page as a note, with the properties in its head. The suffix `ending` is removed from its title.
pub(super) fn read_note(
    file: &mut File<'_>,
    ending: &str,
    sink: &mut Sink<'_>,
) -> Option<PortableNote> {
    let html = file.read_text(PAGE_BYTES, sink)?;
    let page = match from_html::parse_page(&html) {
        Ok(page) => page,
        Err(error) => {
            sink.report_left_out(None, "html", format!("cannot be parsed as HTML: {error}"));
            return None;
        }
    };
    let meta: Vec<(String, String)> = page.meta.clone();
    let key = sink.next_key();
    for address in &page.local_addresses {
        sink.file_requests.request_link(file.path, address, key);
    }
    let mut note = page.into_note(ending);
    if note.title.is_empty() {
        file.file_stem().clone_into(&mut note.title);
    }
    for (name, value) in meta {
        match name.as_str() {
            "created-at" | "created" => note.created_at = sink.parse_time(None, &name, &value),
            "updated-at" | "updated" => note.updated_at = sink.parse_time(None, &name, &value),
            "tags" | "keywords" => note
                .labels
                .extend(value.split(',').map(|name| name.trim().to_owned())),
            "pinned" => note.pinned = value == "true",
            "color" => note.color = sink.parse_color(None, &value),
            _ => {}
        }
    }
    Some(note)
}
