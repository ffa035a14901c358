//! Support for Obsidian vaults: Markdown with tags in the text. Links between notes stay unchanged, so that the notes can become a vault again.

use std::collections::HashSet;

use super::gathered::MOST_TAGS;
use super::sink::Sink;
use crate::domain::portable::PortableNote;

/// Name of the folder that identifies a vault.
pub(super) const FOLDER: &str = ".obsidian";

/// Adds the tags in the text to the labels, and reports embedded files that are not displayed.
pub(super) fn complete_note(note: &mut PortableNote, sink: &mut Sink<'_>) {
    for label in &mut note.labels {
        if let Some(name) = label.strip_prefix('#') {
            *label = name.to_owned();
        }
    }
    let there: HashSet<&str> = note.labels.iter().map(String::as_str).collect();
    let tags = find_tags(&note.content).into_iter();
    let tags = tags.filter(|tag| !there.contains(tag));
    let tags: Vec<String> = tags.map(str::to_owned).collect();
    note.labels.extend(tags);
    if note.content.contains("![[") {
        sink.report_counted(
            None,
            "attachment",
            "content that `![[…]]` embeds was not imported into the note; its text still contains the reference",
        );
    }
}

/// Returns the first [`MOST_TAGS`] tags outside of code: `#` after white space, then letters, digits, `_`, `-` and `/`, but not digits alone.
fn find_tags(text: &str) -> Vec<&str> {
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            is_code = !is_code;
        }
        if is_code {
            continue;
        }
        // Every second part is between backticks.
        for piece in line.split('`').step_by(2) {
            for word in piece.split_whitespace() {
                let Some(rest) = word.strip_prefix('#') else {
                    continue;
                };
                let is_part =
                    |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '/');
                let end = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
                let tag = rest[..end].trim_end_matches('/');
                if !tag.is_empty()
                    && !tag.bytes().all(|byte| byte.is_ascii_digit())
                    && known.insert(tag)
                {
                    found.push(tag);
                }
                if found.len() == MOST_TAGS {
                    return found;
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tags_outside_of_code() {
        for (text, expected) in [
            ("#tea and #area/kitchen, #2026", vec!["tea", "area/kitchen"]),
            ("# Heading\na#b ## c `#code` #d", vec!["d"]),
            ("```\n#code\n```\n#after #after", vec!["after"]),
            ("#茶", vec!["茶"]),
        ] {
            assert_eq!(find_tags(text), expected, "{text}");
        }
    }

    #[test]
    fn limits_number_of_tags() {
        let text: Vec<String> = (0..2 * MOST_TAGS)
            .map(|number| format!("#t{number} #t{number}"))
            .collect();
        let text = text.join("\n");
        let found = find_tags(&text);
        assert_eq!((found.len(), found[MOST_TAGS - 1]), (MOST_TAGS, "t99"));
    }
}
