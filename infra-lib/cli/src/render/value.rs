//! Formats values for people: short ones inline, documents line by line with their changes.

use serde_json::Value as JsonValue;

use super::lines::{Line, diff_lines};

/// Maximum number of characters of a value that is shown inline.
const INLINE: usize = 100;

/// A formatted change of a value.
#[derive(Debug)]
pub(super) enum FormattedChange {
    /// A change on one line: `"a" → "b"`.
    Inline(String),
    /// A line-by-line difference of a document.
    Lines(Vec<Line>),
}

/// Number of digits that are shown of a digest, the same as Git and container engines show.
const DIGITS: usize = 12;

/// Formats the change of a value; without `before` it is created, without `after` removed.
pub(super) fn format_change(
    before: Option<&JsonValue>,
    after: Option<&JsonValue>,
) -> FormattedChange {
    let (old, new) = shorten_digests(before.map(format_inline), after.map(format_inline));
    let length = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
    let is_document = [before, after].into_iter().flatten().any(is_document);
    if !is_document && length(&old) + length(&new) <= INLINE {
        return FormattedChange::Inline(match (old, new) {
            (Some(old), Some(new)) => format!("{old} → {new}"),
            (None, Some(new)) => new,
            (Some(old), None) => old,
            (None, None) => String::new(),
        });
    }
    if let (Some(JsonValue::String(old)), Some(JsonValue::String(new))) = (before, after)
        && !is_document
    {
        let (old, new) = shorten_digests(Some(old.clone()), Some(new.clone()));
        let (old, new) = crop_to_difference(
            old.as_deref().unwrap_or_default(),
            new.as_deref().unwrap_or_default(),
        );
        return FormattedChange::Inline(format!("{old:?} → {new:?}"));
    }
    let put_together = |text: &Option<String>| {
        let text = text.as_deref()?.strip_prefix("!Sub \"")?;
        Some(text.strip_suffix('"')?.to_owned())
    };
    if let (Some(old), Some(new)) = (put_together(&old), put_together(&new)) {
        let (old, new) = crop_to_difference(&old, &new);
        return FormattedChange::Inline(format!("\"{old}\" → \"{new}\""));
    }
    let lines = |value: Option<&JsonValue>| value.map(format_block).unwrap_or_default();
    FormattedChange::Lines(diff_lines(&lines(before), &lines(after)))
}

/// Shortens the digests in both texts, unless the shortened texts would be equal.
fn shorten_digests(old: Option<String>, new: Option<String>) -> (Option<String>, Option<String>) {
    let digests = |text: &Option<String>| text.as_deref().map(shorten_text_digests);
    let short = (digests(&old), digests(&new));
    if short.0 == short.1 {
        (old, new)
    } else {
        short
    }
}

/// Shortens the SHA-256 digests in a text to their first digits.
fn shorten_text_digests(text: &str) -> String {
    const MARK: &str = "sha256:";
    const WHOLE: usize = 64;
    let mut pieces = text.split(MARK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_hexdigit).count();
        out.push_str(MARK);
        if digits == WHOLE {
            out.push_str(&piece[..DIGITS]);
            out.push('…');
            out.push_str(&piece[WHOLE..]);
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// Formats a value on one line, with the short form of intrinsic functions as in YAML.
pub(super) fn format_inline(value: &JsonValue) -> String {
    match value {
        JsonValue::Object(map) => {
            if let Some(call) = format_intrinsic(value) {
                return call;
            }
            let entries = map
                .iter()
                .map(|(key, value)| format!("{key}: {}", format_inline(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        JsonValue::Array(items) => {
            let items: Vec<String> = items.iter().map(format_inline).collect();
            format!("[{}]", items.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

/// Formats an intrinsic function in its short form: `!Ref Vpc`, `!GetAtt Role.Arn`. `Fn::Join` is shown as the equivalent `!Sub`.
fn format_intrinsic(value: &JsonValue) -> Option<String> {
    let (function, argument) = value
        .as_object()
        .filter(|map| map.len() == 1)?
        .iter()
        .next()?;
    match (function.as_str(), argument) {
        ("Ref", JsonValue::String(id)) => Some(format!("!Ref {id}")),
        ("Fn::GetAtt", JsonValue::String(dotted)) => Some(format!("!GetAtt {dotted}")),
        ("Fn::GetAtt", JsonValue::Array(parts)) => {
            let parts: Option<Vec<&str>> = parts.iter().map(JsonValue::as_str).collect();
            Some(format!("!GetAtt {}", parts?.join(".")))
        }
        ("Fn::Join", JsonValue::Array(parts)) => {
            let [separator, JsonValue::Array(items)] = parts.as_slice() else {
                return None;
            };
            let items: Option<Vec<String>> = items.iter().map(sub_placeholder).collect();
            Some(format!("!Sub {:?}", items?.join(separator.as_str()?)))
        }
        ("Fn::GetStackOutput", call) => Some(format!(
            "!GetStackOutput {}.{}",
            call["StackName"].as_str()?,
            call["OutputName"].as_str()?
        )),
        (name, argument) => name
            .strip_prefix("Fn::")
            .map(|name| format!("!{name} {}", format_inline(argument))),
    }
}

fn sub_placeholder(value: &JsonValue) -> Option<String> {
    if let JsonValue::String(text) = value {
        return Some(text.clone());
    }
    let text = format_intrinsic(value)?;
    let name = text
        .strip_prefix("!Ref ")
        .or_else(|| text.strip_prefix("!GetAtt "))
        .or_else(|| text.strip_prefix("!GetStackOutput "))?;
    Some(format!("${{{name}}}"))
}

/// Returns true for text of several lines, and for JSON in a string.
fn is_document(value: &JsonValue) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.contains('\n') || parse_embedded_json(text).is_some())
}

fn parse_embedded_json(text: &str) -> Option<JsonValue> {
    if !text.starts_with(['{', '[']) || text.starts_with("{{") {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// Formats a value over several lines.
fn format_block(value: &JsonValue) -> Vec<String> {
    let mut lines = Vec::new();
    write_block(value, 0, &mut lines);
    lines
}

fn write_block(value: &JsonValue, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let mut entry = |head: String, value: &JsonValue| {
        let short = format_inline(value);
        if short.chars().count() <= INLINE && !is_document(value) {
            lines.push(format!("{indent}{head} {short}"));
        } else {
            lines.push(format!("{indent}{head}"));
            write_block(value, depth + 1, lines);
        }
    };
    match value {
        JsonValue::Object(map) if format_intrinsic(value).is_none() => {
            for (key, inner) in map {
                entry(format!("{key}:"), inner);
            }
        }
        JsonValue::Array(items) => items.iter().for_each(|item| entry("-".to_owned(), item)),
        JsonValue::String(text) => match parse_embedded_json(text) {
            Some(document) => write_block(&document, depth, lines),
            None => lines.extend(text.lines().map(|line| format!("{indent}{line}"))),
        },
        other => lines.push(format!("{indent}{}", format_inline(other))),
    }
}

/// Shortens two long texts to the part in which they differ, with some context.
fn crop_to_difference(old: &str, new: &str) -> (String, String) {
    const CONTEXT: usize = 16;
    let same = |one: char, other: char| one == other;
    let head = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| same(*a, *b))
        .count();
    let most = old.chars().count().min(new.chars().count()) - head;
    let tail = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take(most)
        .take_while(|(a, b)| same(*a, *b))
        .count();
    let cut = |text: &str| {
        let length = text.chars().count();
        let (from, to) = (
            head.saturating_sub(CONTEXT),
            (length - tail + CONTEXT).min(length),
        );
        let middle: Vec<char> = text.chars().skip(from).take(to - from).collect();
        let mut out = String::new();
        if from > 0 {
            out.push('…');
        }
        if middle.len() > 2 * INLINE {
            out.extend(&middle[..INLINE]);
            out.push('…');
            out.extend(&middle[middle.len() - CONTEXT..]);
        } else {
            out.extend(&middle);
        }
        if to < length {
            out.push('…');
        }
        out
    };
    (cut(old), cut(new))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::{FormattedChange, format_change, format_inline};

    #[test]
    fn renders_intrinsic_functions_in_short_form() {
        for (value, expected) in [
            (json!({ "Ref": "Vpc" }), "!Ref Vpc"),
            (json!({ "Fn::GetAtt": ["Role", "Arn"] }), "!GetAtt Role.Arn"),
            (
                json!({ "Fn::Join": ["", [{ "Fn::GetAtt": ["Assets", "Arn"] }, "/*"]] }),
                r#"!Sub "${Assets.Arn}/*""#,
            ),
            (json!({ "Fn::If": ["Prod", 2, 1] }), r#"!If ["Prod", 2, 1]"#),
            (
                json!({ "Key": "env", "Value": ["a"] }),
                r#"{Key: "env", Value: ["a"]}"#,
            ),
        ] {
            assert_eq!(format_inline(&value), expected);
        }
    }

    #[test]
    fn shortens_digests_while_distinguishable() {
        let image = |tag: &str, digit: &str| {
            let digest = format!("{}{digit}", "0".repeat(64 - digit.len()));
            json!(format!("registry.example/notes{tag}@sha256:{digest}"))
        };
        let shown = |old: &JsonValue, new: &JsonValue| {
            let FormattedChange::Inline(shown) = format_change(Some(old), Some(new)) else {
                panic!("one line is enough");
            };
            shown
        };
        let other = json!(format!("registry.example/notes@sha256:{}", "1".repeat(64)));
        assert_eq!(
            shown(&image("", ""), &other),
            r#""registry.example/notes@sha256:000000000000…" → "registry.example/notes@sha256:111111111111…""#
        );
        // Digests that differ only at the end are shown in full.
        assert!(shown(&image("", ""), &image("", "1")).ends_with("0001\""));
        assert_eq!(
            shown(&json!("sha256:12"), &json!("sha256:13")),
            r#""sha256:12" → "sha256:13""#
        );
    }

    #[test]
    fn cuts_long_texts_around_difference() {
        let text = |tag: &str| {
            json!(format!(
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com/notes/api:{tag}-and-something-more-behind-it"
            ))
        };
        let shown = |old: &JsonValue, new: &JsonValue| {
            let FormattedChange::Inline(shown) = format_change(Some(old), Some(new)) else {
                panic!("one line is enough");
            };
            shown
        };
        assert_eq!(
            shown(&text("v1"), &text("v2")),
            r#""….com/notes/api:v1-and-something-m…" → "….com/notes/api:v2-and-something-m…""#
        );
        let image = |digit: &str| {
            let output = json!({ "StackName": "notes-foundation", "OutputName": "PublishOutputFnGetAttImagesRepositoryUri" });
            let digest = format!("@sha256:{}", digit.repeat(64));
            json!({ "Fn::Join": ["", [{ "Fn::GetStackOutput": output }, digest]] })
        };
        assert_eq!(
            shown(&image("1"), &image("2")),
            r#""…toryUri}@sha256:111111111111…" → "…toryUri}@sha256:222222222222…""#
        );
    }
}
