//! Front matter of Markdown files, as written by various programs and by people.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::sink::{Sink, quote_value};
use crate::domain::note::Place;
use crate::domain::portable::{Identity, PortableNote};

/// Maximum size of front matter in bytes. Anything longer belongs to the text.
const FRONT_BYTES: usize = 32 * 1024;

/// A value in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<String>),
    /// A value of a type that has no meaning for notes.
    Other,
}

/// A key with its value and its line in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) line: u64,
}

/// Splits a file into front matter, if it has any, and text.
pub(super) fn split_front_matter(file: &str) -> (Option<Vec<Entry>>, &str) {
    let Some(rest) = after_line(file, "---") else {
        return (None, file);
    };
    let mut at = 0;
    for part in rest.split_inclusive('\n') {
        if at > FRONT_BYTES {
            break;
        }
        if part.trim_end() == "---" {
            let content = &rest[at + part.len()..];
            let yaml = &rest[..at];
            return match parse_yaml(yaml).or_else(|| parse_lines(yaml)) {
                Some(front) => (Some(front), after_line(content, "").unwrap_or(content)),
                // Not front matter, but a thematic break of Markdown with text up to the next one.
                None => (None, file),
            };
        }
        at += part.len();
    }
    (None, file)
}

/// Returns the text after the first line, if that line equals `first`.
fn after_line<'a>(text: &'a str, first: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(first)?;
    rest.strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))
}

/// Parses keys and values as YAML. Anything deeper than a list of texts is skipped, and aliases are not expanded.
fn parse_yaml(yaml: &str) -> Option<Vec<Entry>> {
    let mut parser = Parser::new_from_str(yaml);
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    let mut key: Option<(String, u64)> = None;
    let mut list: Option<Vec<String>> = None;
    let entry = |(key, line): (String, u64), value| Entry { key, value, line };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.ok()?;
        match (event, depth) {
            (Event::MappingStart(..), 0) => depth = 1,
            (Event::Scalar(text, style, ..), 1) => match key.take() {
                // Line 1 of the file is the opening `---`.
                None => key = Some((text.into_owned(), span.start.line() as u64 + 1)),
                Some(key) => {
                    let is_null =
                        style == ScalarStyle::Plain && ["", "~", "null"].contains(&&*text);
                    if !is_null {
                        found.push(entry(key, Value::Text(text.into_owned())));
                    }
                }
            },
            (Event::Alias(_), 1) => found.push(entry(key.take()?, Value::Other)),
            (Event::SequenceStart(..), 1) => {
                key.as_ref()?;
                list = Some(Vec::new());
                depth = 2;
            }
            (Event::MappingStart(..), 1) => {
                key.as_ref()?;
                depth = 2;
            }
            (Event::Scalar(text, ..), 2) => {
                if let Some(list) = &mut list {
                    list.push(text.into_owned());
                }
            }
            (Event::SequenceStart(..) | Event::MappingStart(..), 2..) => {
                list = None;
                depth += 1;
            }
            (Event::SequenceEnd | Event::MappingEnd, 2) => {
                let value = list.take().map_or(Value::Other, Value::List);
                found.push(entry(key.take()?, value));
                depth = 1;
            }
            (Event::SequenceEnd | Event::MappingEnd, _) => depth = depth.saturating_sub(1),
            (Event::Scalar(..) | Event::SequenceStart(..), 0) => return None,
            _ => {}
        }
    }
    Some(found)
}

/// Parses lines of keys and values that are not valid YAML, such as `title: Tea: green`, which people write nevertheless. All lines must have this
/// form.
fn parse_lines(text: &str) -> Option<Vec<Entry>> {
    let mut found: Vec<Entry> = Vec::new();
    for (line, number) in text.lines().zip(2..) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(item) = trimmed.strip_prefix("- ") {
            let entry = found.last_mut()?;
            let item = strip_quotes(item).to_owned();
            match &mut entry.value {
                Value::List(list) => list.push(item),
                value if *value == Value::Text(String::new()) => *value = Value::List(vec![item]),
                _ => return None,
            }
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let is_key = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | ' ' | '.');
        if key.is_empty()
            || !key.chars().all(is_key)
            || !(value.is_empty() || value.starts_with(' '))
        {
            return None;
        }
        found.push(Entry {
            key: key.trim().to_owned(),
            value: Value::Text(strip_quotes(value.trim()).to_owned()),
            line: number,
        });
    }
    found.retain(|entry| entry.value != Value::Text(String::new()));
    (!found.is_empty()).then_some(found)
}

fn strip_quotes(text: &str) -> &str {
    let inner = |sign| {
        text.strip_prefix(sign)
            .and_then(|text: &str| text.strip_suffix(sign))
    };
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// Applies front matter to a note. Returns true if it contained a title.
pub(super) fn apply_to_note(
    entries: Vec<Entry>,
    note: &mut PortableNote,
    sink: &mut Sink<'_>,
) -> bool {
    let mut is_titled = false;
    let (mut is_trashed, mut is_archived) = (false, false);
    let mut place = None;
    let mut rule: Option<(String, u64)> = None;
    let mut start = None;
    let zone = entries
        .iter()
        .find(|entry| is_zone(&normalize_key(&entry.key)));
    if let Some(Entry { key, value, line }) = zone {
        let name = take_text(key, value, Some(*line), sink);
        sink.set_zone(Some(*line), name.as_deref());
    }
    for entry in entries {
        let Entry { key, value, line } = &entry;
        let (key, line) = (key.as_str(), Some(*line));
        match normalize_key(key).as_str() {
            key if is_zone(key) => {}
            "rrule" | "recurrence" | "recurring" => {
                rule = take_text(key, value, line, sink).map(|rule| (rule, entry.line));
            }
            "rrulestart" | "dtstart" => start = take_text(key, value, line, sink),
            "title" => {
                if let Some(text) = take_text(key, value, line, sink) {
                    note.title = text;
                    is_titled = true;
                }
            }
            "id" => {
                // Identifiers of other programs are not UUIDs.
                if let Value::Text(text) = value
                    && let Ok(id) = text.parse()
                {
                    note.identity = Identity::Id(id);
                }
            }
            "version" => {
                if let Value::Text(text) = value {
                    note.version = text.parse().ok();
                }
            }
            "color" | "colour" => {
                if let Some(name) = take_text(key, value, line, sink) {
                    note.color = sink.parse_color(line, &name);
                }
            }
            "place" => {
                if let Some(name) = take_text(key, value, line, sink) {
                    place = Place::ALL.into_iter().find(|place| place.as_str() == name);
                    if place.is_none() {
                        let message = format!(
                            "`{key}` is `{}`, and must be one of active, archived, trash; the note is active",
                            quote_value(&name)
                        );
                        sink.report_changed(line, "front_matter", message);
                    }
                }
            }
            "pinned" | "pin" | "ispinned" => note.pinned = parse_bool(key, value, line, sink),
            "archived" | "isarchived" => is_archived = parse_bool(key, value, line, sink),
            "trashed" | "istrashed" | "deleted" => is_trashed = parse_bool(key, value, line, sink),
            "labels" | "label" | "tags" | "tag" | "categories" | "category" | "keywords" => {
                match parse_names(value) {
                    Some(names) => note.labels.extend(names),
                    None => {
                        sink.report_changed(
                            line,
                            "front_matter",
                            format!("`{key}` is not a list of names; it was ignored"),
                        );
                    }
                }
            }
            "reminder" | "reminderat" | "due" => set_time(&mut note.reminder_at, &entry, sink),
            "created" | "createdat" | "datecreated" | "creationdate" | "createddate" | "date"
            | "ctime" => {
                set_time(&mut note.created_at, &entry, sink);
            }
            "updated" | "updatedat" | "modified" | "modifiedat" | "datemodified"
            | "dateupdated" | "lastmodified" | "lastmod" | "mtime" | "edited" => {
                set_time(&mut note.updated_at, &entry, sink);
            }
            _ => {
                let message = format!(
                    "`{}` in the front matter is not a known key; it was ignored",
                    quote_value(key)
                );
                sink.report_counted(line, "unknown_key", message);
            }
        }
    }
    if let Some((rule, line)) = rule {
        let start = start.as_deref();
        note.recurrence = sink.parse_series(Some(line), &rule, (None, start), note.reminder_at);
    }
    sink.set_zone(None, None);
    note.place = place.unwrap_or_else(|| super::sink::place_from_flags(is_trashed, is_archived));
    is_titled
}

/// Returns a key in the form in which keys are compared: "Date created" and "date_created" are the same.
fn normalize_key(key: &str) -> String {
    key.chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_zone(plain: &str) -> bool {
    matches!(plain, "timezone" | "tz" | "tzid")
}

fn set_time(time: &mut Option<chrono::DateTime<chrono::Utc>>, entry: &Entry, sink: &mut Sink<'_>) {
    let line = Some(entry.line);
    if let Some(text) = take_text(&entry.key, &entry.value, line, sink) {
        *time = sink.parse_time(line, &entry.key, &text).or(*time);
    }
}

fn take_text(key: &str, value: &Value, line: Option<u64>, sink: &mut Sink<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::List(_) | Value::Other => {
            sink.report_changed(
                line,
                "front_matter",
                format!("`{key}` must be a text, not a list or an object; it was ignored"),
            );
            None
        }
    }
}

/// Parses a boolean in the spellings of YAML and of people.
fn parse_bool(key: &str, value: &Value, line: Option<u64>, sink: &mut Sink<'_>) -> bool {
    let text = match value {
        Value::Text(text) => text.trim().to_lowercase(),
        Value::List(_) | Value::Other => String::new(),
    };
    match text.as_str() {
        "true" | "yes" | "y" | "on" | "1" => true,
        "false" | "no" | "n" | "off" | "0" => false,
        other => {
            let message = format!(
                "`{key}` is `{}`, and must be true or false; false was used",
                quote_value(other)
            );
            sink.report_changed(line, "front_matter", message);
            false
        }
    }
}

/// Returns a list of names, or names separated by commas, such as those of tags.
fn parse_names(value: &Value) -> Option<Vec<String>> {
    let names: Vec<String> = match value {
        Value::List(names) => names.clone(),
        Value::Text(text) => text.split(',').map(str::to_owned).collect(),
        Value::Other => return None,
    };
    let names = names.iter().map(|name| name.trim());
    Some(
        names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}
