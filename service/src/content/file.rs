//! The Markdown file of a note in exports, with its properties as YAML front matter.

use std::fmt::Write as _;

use chrono::SecondsFormat;

use crate::domain::portable::{Identity, PortableNote};

/// Returns the file of a note: front matter, and its text byte for byte.
pub fn render_note_file(note: &PortableNote) -> String {
    let mut file = String::with_capacity(note.content.len() + 256);
    let labels: Vec<String> = note.labels.iter().map(|label| quote_yaml(label)).collect();
    let _ = write!(
        file,
        "---\ntitle: {}\ncolor: {}\npinned: {}\nplace: {}\nlabels: [{}]\n",
        quote_yaml(&note.title),
        note.color.as_str(),
        note.pinned,
        note.place.as_str(),
        labels.join(", "),
    );
    for (key, time) in [
        ("reminder", note.reminder_at),
        ("created", note.created_at),
        ("updated", note.updated_at),
    ] {
        if let Some(time) = time {
            let time = time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let _ = writeln!(file, "{key}: {time}");
        }
    }
    if let Some(series) = &note.recurrence {
        let _ = writeln!(
            file,
            "rrule: {}\ntimezone: {}\nrrule-start: {}",
            quote_yaml(&series.rule.to_string()),
            series.zone.name(),
            series.start_text()
        );
    }
    if let Identity::Id(id) = note.identity {
        let _ = writeln!(file, "id: {id}");
    }
    if let Some(version) = note.version {
        let _ = writeln!(file, "version: {version}");
    }
    let _ = write!(file, "---\n\n{}", note.content);
    file
}

/// Returns a text as a double-quoted YAML scalar, valid in YAML 1.1 and 1.2.
fn quote_yaml(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(char);
            }
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char if char.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// Splits text into a first line `# Title` and the rest; `None` for text without such a line.
pub(super) fn split_heading(content: &str) -> Option<(&str, &str)> {
    let rest = content.strip_prefix("# ")?;
    let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let title = title.trim();
    let rest = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))
        .unwrap_or(rest);
    (!title.is_empty()).then_some((title, rest))
}
