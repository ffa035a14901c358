//! Reader for unencrypted backups of Standard Notes, alone or next to a text file of each note.

use std::collections::HashMap;

use serde_json::Value;

use super::format::Format;
use super::gathered::{add_tag, name_start};
use super::input::{File, Head};
use super::sink::{Flow, Sink, place_from_flags};
use crate::content::from_html;
use crate::domain::portable::{Identity, PortableNote};

/// Key under which applications store their data about an item.
const DATA: &str = "org.standardnotes.sn";

pub(super) struct StandardNotes;

impl Format for StandardNotes {
    fn recognizes_file(&self, head: &Head<'_>) -> bool {
        head.is_json_with(&["items", "content_type"])
    }

    fn single_file_program(&self) -> Option<&'static str> {
        Some("Standard Notes")
    }

    fn read_notes(&self, file: &mut File<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(value) = file.read_json(sink) else {
            return Flow::Continue(());
        };
        let items: Vec<&Value> = value["items"].as_array().into_iter().flatten().collect();
        let tags = tags_by_note(&items);
        for item in items {
            if item["content_type"] != "Note" {
                continue;
            }
            if !item["content"].is_object() {
                sink.report_left_out(
                    None,
                    "encrypted",
                    "a note is encrypted; import the decrypted backup instead",
                );
                continue;
            }
            let note = build_note(item, &tags, sink);
            sink.emit_note(note, None)?;
        }
        Flow::Continue(())
    }
}

/// Returns the names of tags by the notes that carry them, at most as many as [`add_tag`] accepts.
fn tags_by_note<'a>(items: &[&'a Value]) -> HashMap<&'a str, Vec<&'a str>> {
    let mut tags: HashMap<&str, Vec<&str>> = HashMap::new();
    for item in items.iter().filter(|item| item["content_type"] == "Tag") {
        let Some(name) = item["content"]["title"].as_str() else {
            continue;
        };
        let name = name_start(name.trim());
        let references = item["content"]["references"].as_array();
        for id in references
            .into_iter()
            .flatten()
            .filter_map(|reference| reference["uuid"].as_str())
        {
            add_tag(tags.entry(id).or_default(), name);
        }
    }
    tags
}

fn build_note(item: &Value, tags: &HashMap<&str, Vec<&str>>, sink: &mut Sink<'_>) -> PortableNote {
    let content = &item["content"];
    let text = content["text"].as_str().unwrap_or_default();
    let id = item["uuid"].as_str().unwrap_or_default();
    let data = &content["appData"][DATA];
    let is = |value: &Value| value == true;
    let markdown = match content["noteType"].as_str() {
        Some("super") => lexical_to_markdown(text).unwrap_or_else(|| {
            sink.report_changed(
                None,
                "text",
                "the text of a Super note cannot be parsed; it was imported unchanged",
            );
            text.to_owned()
        }),
        Some("rich-text") => {
            from_html::convert_to_note(text).map_or_else(|_| text.to_owned(), |note| note.content)
        }
        _ => text.replace("\r\n", "\n"),
    };
    let updated = data["client_updated_at"]
        .as_str()
        .or_else(|| item["updated_at"].as_str());
    PortableNote {
        identity: match id {
            "" => Identity::None,
            id => Identity::Foreign(format!("standard-notes:{id}")),
        },
        pinned: is(&data["pinned"]),
        place: place_from_flags(is(&content["trashed"]), is(&data["archived"])),
        labels: tags
            .get(id)
            .into_iter()
            .flatten()
            .map(|name| (*name).to_owned())
            .collect(),
        created_at: item["created_at"]
            .as_str()
            .and_then(|time| sink.parse_time(None, "created_at", time)),
        updated_at: updated.and_then(|time| sink.parse_time(None, "updated_at", time)),
        ..PortableNote::with_text(
            content["title"].as_str().unwrap_or_default().to_owned(),
            markdown,
        )
    }
}

/// Converts a document of the Lexical editor to Markdown: blocks, headings and lists with checkboxes. Character formatting is lost.
fn lexical_to_markdown(text: &str) -> Option<String> {
    let document: Value = serde_json::from_str(text).ok()?;
    let blocks = document["root"]["children"].as_array()?;
    let mut lines = Vec::new();
    for block in blocks {
        convert_block(block, 0, &mut lines);
    }
    Some(lines.join("\n").trim().to_owned())
}

/// Converts a block. `serde_json` limits documents to 128 levels, which bounds the recursion.
fn convert_block(block: &Value, depth: usize, lines: &mut Vec<String>) {
    match block["type"].as_str().unwrap_or_default() {
        "list" => {
            for item in block["children"].as_array().into_iter().flatten() {
                let mark = match (block["listType"].as_str(), item["checked"].as_bool()) {
                    (Some("check"), checked) => {
                        format!("- [{}] ", if checked == Some(true) { 'x' } else { ' ' })
                    }
                    (Some("number"), _) => format!("{}. ", item["value"].as_i64().unwrap_or(1)),
                    _ => "- ".to_owned(),
                };
                let words = join_inline_text(item);
                if !words.is_empty() {
                    lines.push(format!("{}{mark}{words}", "  ".repeat(depth)));
                }
                let inner = item["children"].as_array().into_iter().flatten();
                for list in inner.filter(|child| child["type"] == "list") {
                    convert_block(list, depth + 1, lines);
                }
            }
            if depth == 0 {
                lines.push(String::new());
            }
        }
        kind => {
            let words = join_inline_text(block);
            let level = block["tag"]
                .as_str()
                .and_then(|tag| tag.strip_prefix('h')?.parse::<usize>().ok());
            lines.push(match (kind, level) {
                ("heading", Some(level)) => format!("{} {words}", "#".repeat(level.min(6))),
                ("quote", _) => format!("> {words}"),
                ("code", _) => format!("```\n{words}\n```"),
                _ => words,
            });
            lines.push(String::new());
        }
    }
}

fn join_inline_text(block: &Value) -> String {
    let mut words = String::new();
    for child in block["children"].as_array().into_iter().flatten() {
        match child["type"].as_str().unwrap_or_default() {
            "list" => {}
            "linebreak" => words.push('\n'),
            "link" | "autolink" => {
                let (text, url) = (
                    join_inline_text(child),
                    child["url"].as_str().unwrap_or_default(),
                );
                if text == url {
                    words.extend(["<", url, ">"]);
                } else {
                    words.extend(["[", &text, "](<", url, ">)"]);
                }
            }
            _ => match child["text"].as_str() {
                Some(text) => words.push_str(text),
                None => words.push_str(&join_inline_text(child)),
            },
        }
    }
    words
}
