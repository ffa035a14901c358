//! Reader for Google Keep, as exported by Google Takeout: one JSON file for each note, next to an HTML copy and a list of labels.

use std::collections::HashSet;

use serde_json::Value;

use super::attached::FileRequest;
use super::format::Format;
use super::input::{File, Head};
use super::sink::{Flow, Sink, place_from_flags};
use crate::content::from_html;
use crate::domain::note::Color;
use crate::domain::portable::{Identity, PortableNote};

/// Maximum number of pictures and recordings of a note; Keep permits fewer.
const MOST_FILES: usize = 100;
/// Maximum number of links to append to a text; Keep shows fewer.
const MOST_LINKS: usize = 100;

pub(super) struct Keep;

impl Format for Keep {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        let is = |keys: &[&str]| head.is_json_with(keys);
        is(&["isTrashed"])
            && (is(&["userEditedTimestampUsec"]) || is(&["textContent"]) || is(&["listContent"]))
    }

    fn single_file_program(&self) -> Option<&'static str> {
        Some("Google Keep")
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(value) = file.read_json(sink) else {
            return Flow::Continue(());
        };
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        let is = |key: &str| value[key].as_bool().unwrap_or_default();
        let mut content = text("textContent").replace("\r\n", "\n");
        if content.is_empty() && !text("textContentHtml").is_empty() {
            content = from_html::convert_to_note(text("textContentHtml"))
                .map(|note| note.content)
                .unwrap_or_default();
        }
        if let Some(items) = value["listContent"].as_array() {
            let lines: Vec<String> = items.iter().map(convert_item).collect();
            if !content.is_empty() && !lines.is_empty() {
                content.push_str("\n\n");
            }
            content.push_str(&lines.join("\n"));
        }
        let links = value["annotations"].as_array().into_iter().flatten();
        let mut urls = HashSet::new();
        for link in links.take(MOST_LINKS) {
            let url = link["url"].as_str().unwrap_or_default();
            if !url.is_empty() && urls.insert(url) && !content.contains(url) {
                let title = link["title"]
                    .as_str()
                    .unwrap_or(url)
                    .replace(['[', ']', '\n'], " ");
                content.extend(["\n\n[", title.trim(), "](<", url, ">)"]);
            }
        }
        let files = value["attachments"].as_array().into_iter().flatten();
        let files: Vec<&str> = files
            .filter_map(|file| file["filePath"].as_str())
            .take(MOST_FILES)
            .collect();
        if !files.is_empty() && (sink.file_limits().is_none() || !sink.is_archive) {
            let message = "pictures and recordings are not imported";
            sink.report_counted(None, "attachment", message);
        }
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let note = sink.next_key();
        for name in files {
            let path = format!("{folder}/{name}");
            let path = path.trim_start_matches('/');
            sink.file_requests
                .request_named(path, FileRequest::for_note(note));
        }
        let created = value["createdTimestampUsec"].as_i64().unwrap_or_default();
        let updated = value["userEditedTimestampUsec"]
            .as_i64()
            .unwrap_or_default();
        let labels = value["labels"].as_array().into_iter().flatten();
        let mut note = PortableNote {
            color: map_color(text("color"), sink),
            pinned: is("isPinned"),
            place: place_from_flags(is("isTrashed"), is("isArchived")),
            labels: labels
                .filter_map(|label| label["name"].as_str())
                .map(str::to_owned)
                .collect(),
            created_at: sink.parse_micros(None, "createdTimestampUsec", created),
            updated_at: sink.parse_micros(None, "userEditedTimestampUsec", updated),
            ..PortableNote::with_text(
                text("title").to_owned(),
                content.trim_start_matches('\n').to_owned(),
            )
        };
        if created != 0 {
            // Takeout has no identifiers, and two notes are hardly ever created in the same microsecond.
            note.identity = Identity::Foreign(format!("keep:{created}:{}", note.title));
        }
        sink.emit_note(note, None)
    }
}

/// Converts an item of a list to a line of a checklist.
fn convert_item(item: &Value) -> String {
    let mark = if item["isChecked"] == true { 'x' } else { ' ' };
    let text = item["text"].as_str().unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("- [{mark}] {text}").trim_end().to_owned()
}

/// Returns the colour for one of Keep: the same or a close one. Brown and grey have no counterpart and are reported.
fn map_color(name: &str, sink: &mut Sink<'_>) -> Color {
    match name {
        "" | "DEFAULT" => Color::default(),
        "CERULEAN" => Color::Blue,
        name => sink.parse_color(None, name),
    }
}
