//! Reader for exports of Joplin, as a folder or as a JEX archive: each item is a Markdown file that ends with a block of properties.

use std::collections::HashMap;

use super::format::Format;
use super::gathered::{Gathered, add_tag, name_start};
use super::input::{File, Head, Hint, TEXT_BYTES};
use super::sink::{Flow, Sink, place_from_flags};
use crate::content::from_html;
use crate::domain::portable::{Identity, PortableNote};

/// Types of items (`type_`).
const NOTE: &str = "1";
const NOTEBOOK: &str = "2";
const TAG: &str = "5";
const TAG_OF_NOTE: &str = "6";
const RESOURCE: &str = "4";

pub(super) struct Joplin;

impl Format for Joplin {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        (head.hint == Hint::Markdown || head.file_extension() == "md")
            && !head.text.starts_with("---\ntitle: ")
            && split_properties(head.text).is_some()
    }

    fn gather_facts(&self, head: &Head<'_>, gathered: &mut Gathered) {
        let Some((text, all)) = split_properties(head.text) else {
            return;
        };
        let of = |key: &str| all.get(key).copied().unwrap_or_default().to_owned();
        match of("type_").as_str() {
            NOTEBOOK | TAG | RESOURCE => {
                let name = name_start(text.trim()).to_owned();
                gathered.names.insert(of("id"), name);
            }
            TAG_OF_NOTE => {
                let (note, tag) = (of("note_id"), of("tag_id"));
                if is_id(&note) && is_id(&tag) {
                    add_tag(gathered.tags.entry(note).or_default(), tag);
                }
            }
            _ => {}
        }
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(text) = file.read_text(TEXT_BYTES, sink) else {
            return Flow::Continue(());
        };
        let Some((text, all)) = split_properties(&text) else {
            return Flow::Continue(());
        };
        match all.get("type_").copied() {
            Some(NOTE) => {}
            // The file itself follows later, and belongs to the note that refers to it.
            Some(RESOURCE) => {
                if sink.file_limits().is_none() {
                    sink.report_counted(None, "attachment", "pictures and files are not imported");
                }
                return Flow::Continue(());
            }
            // They become labels of notes.
            Some(NOTEBOOK | TAG | TAG_OF_NOTE) => return Flow::Continue(()),
            _ => {
                sink.report_left_out(None, "kind", "is an item of Joplin other than a note");
                return Flow::Continue(());
            }
        }
        if all.get("encryption_applied") == Some(&"1") {
            sink.report_left_out(None, "encrypted", "is encrypted");
            return Flow::Continue(());
        }
        let note = build_note(text, &all, file.gathered, sink);
        sink.emit_note(note, None)
    }
}

fn build_note(
    text: &str,
    all: &HashMap<&str, &str>,
    gathered: &Gathered,
    sink: &mut Sink<'_>,
) -> PortableNote {
    let of = |key: &str| all.get(key).copied().unwrap_or_default();
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let body = body.strip_prefix('\n').unwrap_or(body);
    let mut content = if of("markup_language") == "2" {
        from_html::convert_to_note(body).map_or_else(|_| body.to_owned(), |note| note.content)
    } else {
        body.to_owned()
    };
    if of("is_todo") == "1" {
        let mark = if matches!(of("todo_completed"), "" | "0") {
            ' '
        } else {
            'x'
        };
        content.insert_str(0, &format!("- [{mark}] {}\n\n", title.trim()));
        content.truncate(content.trim_end().len());
    }
    let tags = gathered
        .tags
        .get(of("id"))
        .into_iter()
        .flatten()
        .map(String::as_str);
    let labels = std::iter::once(of("parent_id")).chain(tags);
    let millis = |text: &str| {
        text.parse::<i64>()
            .unwrap_or_default()
            .saturating_mul(1_000)
    };
    let mut time = |keys: [&str; 2]| {
        let key = keys.into_iter().find(|key| !of(key).is_empty())?;
        sink.parse_time(None, key, of(key))
    };
    let (created_at, updated_at) = (
        time(["user_created_time", "created_time"]),
        time(["user_updated_time", "updated_time"]),
    );
    PortableNote {
        identity: Identity::Foreign(format!("joplin:{}", of("id"))),
        labels: labels
            .filter_map(|id| gathered.names.get(id).cloned())
            .collect(),
        place: place_from_flags(!matches!(of("deleted_time"), "" | "0"), false),
        reminder_at: sink.parse_micros(None, "todo_due", millis(of("todo_due"))),
        created_at,
        updated_at,
        ..PortableNote::with_text(title.trim().to_owned(), content)
    }
}

/// Splits an item into its text and its properties: the lines `key: value` at the end, which include an identifier and a type.
fn split_properties(text: &str) -> Option<(&str, HashMap<&str, &str>)> {
    let trimmed = text.trim_end();
    let (before, block) = trimmed.rsplit_once("\n\n").unwrap_or(("", trimmed));
    let mut all = HashMap::new();
    for line in block.lines() {
        let (key, value) = line.split_once(':')?;
        if key.is_empty()
            || !key
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return None;
        }
        all.insert(key, value.trim());
    }
    let has_id = all.get("id").is_some_and(|id| is_id(id));
    (has_id && all.contains_key("type_")).then_some((before, all))
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
