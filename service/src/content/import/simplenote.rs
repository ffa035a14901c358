//! Reader for exports of Simplenote: `notes.json` with all notes, next to a text file of each.

use serde_json::Value;

use super::format::Format;
use super::input::{File, Head};
use super::sink::{Flow, Sink};
use crate::domain::note::Place;
use crate::domain::portable::{Identity, PortableNote};

pub(super) struct Simplenote;

impl Format for Simplenote {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        head.is_json_with(&["activeNotes"]) || head.is_json_with(&["trashedNotes"])
    }

    fn single_file_program(&self) -> Option<&'static str> {
        Some("Simplenote")
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(value) = file.read_json(sink) else {
            return Flow::Continue(());
        };
        for (key, place) in [
            ("activeNotes", Place::Active),
            ("trashedNotes", Place::Trash),
        ] {
            for one in value[key].as_array().into_iter().flatten() {
                let note = build_note(one, place, sink);
                sink.emit_note(note, None)?;
            }
        }
        Flow::Continue(())
    }
}

fn build_note(one: &Value, place: Place, sink: &mut Sink<'_>) -> PortableNote {
    let content = one["content"]
        .as_str()
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let (title, content) = split_title(&content);
    let mut time = |key: &str| {
        let text = one[key].as_str()?;
        sink.parse_time(None, key, text)
    };
    let tags = one["tags"].as_array().into_iter().flatten();
    PortableNote {
        identity: match one["id"].as_str() {
            Some(id) => Identity::Foreign(format!("simplenote:{id}")),
            None => Identity::None,
        },
        place,
        pinned: one["pinned"] == true,
        labels: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
        created_at: time("creationDate"),
        updated_at: time("lastModified"),
        ..PortableNote::with_text(title, content)
    }
}

/// Splits a text into its first line as the title, and the rest, for programs whose notes have no titles.
pub(super) fn split_title(text: &str) -> (String, String) {
    let text = text.trim_start_matches('\n');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim();
    // A list item is not a title.
    if first.starts_with("- ") || first.starts_with("* ") || first.chars().count() > 200 {
        return (String::new(), text.to_owned());
    }
    let title = first.trim_start_matches('#').trim();
    (title.to_owned(), rest.trim_start_matches('\n').to_owned())
}
