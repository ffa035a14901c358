//! Writes YAML for display, quoted so that YAML 1.1 parsers (CloudFormation, PyYAML) and YAML 1.2 parsers read the same values.
//!
//! Common emitters follow YAML 1.2 and leave `on`, `yes`, `12:30:45`, `1_000` and `=` unquoted, which YAML 1.1 parsers read as a boolean, a number or
//! an error. This emitter omits quotes only for text that has a single reading.

use std::fmt::Write as _;

use serde_json::Value as JsonValue;

/// Returns JSON data as block-style YAML.
pub fn to_yaml(json: &JsonValue) -> String {
    let mut out = String::new();
    match json {
        JsonValue::Object(entries) if !entries.is_empty() => write_object(&mut out, entries, 0),
        JsonValue::Array(items) if !items.is_empty() => write_array(&mut out, items, 0),
        other => {
            write_scalar(&mut out, other, 0);
            out.push('\n');
        }
    }
    out
}

fn write_object(out: &mut String, entries: &serde_json::Map<String, JsonValue>, depth: usize) {
    for (at, (key, value)) in entries.iter().enumerate() {
        // The first line of an object in a list follows the dash.
        if at > 0 || !out.ends_with("- ") {
            write_indent(out, depth);
        }
        write_text(out, key);
        out.push(':');
        write_nested(out, value, depth);
    }
}

fn write_array(out: &mut String, items: &[JsonValue], depth: usize) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || !out.ends_with("- ") {
            write_indent(out, depth);
        }
        out.push_str("- ");
        match item {
            JsonValue::Object(entries) if !entries.is_empty() => {
                write_object(out, entries, depth + 1);
            }
            JsonValue::Array(items) if !items.is_empty() => write_array(out, items, depth + 1),
            other => {
                write_scalar(out, other, depth);
                out.push('\n');
            }
        }
    }
}

fn write_nested(out: &mut String, value: &JsonValue, depth: usize) {
    match value {
        JsonValue::Object(entries) if !entries.is_empty() => {
            out.push('\n');
            write_object(out, entries, depth + 1);
        }
        JsonValue::Array(items) if !items.is_empty() => {
            out.push('\n');
            write_array(out, items, depth + 1);
        }
        other => {
            out.push(' ');
            write_scalar(out, other, depth);
            out.push('\n');
        }
    }
}

fn write_scalar(out: &mut String, value: &JsonValue, depth: usize) {
    match value {
        JsonValue::String(content) if can_be_block(content) => write_block(out, content, depth),
        JsonValue::String(content) => write_text(out, content),
        JsonValue::Array(_) => out.push_str("[]"),
        JsonValue::Object(_) => out.push_str("{}"),
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

fn write_indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn write_text(out: &mut String, content: &str) {
    if is_safe_bare(content) {
        out.push_str(content);
    } else {
        // The escapes of JSON are a subset of those of double-quoted YAML scalars.
        out.push_str(&JsonValue::from(content).to_string());
    }
}

/// Returns `true` if the text without quotes is the same text in YAML 1.1 and 1.2.
///
/// It must start with a letter, `/` or `_`, contain only characters without a function in YAML, and not be a word for a boolean or null.
fn is_safe_bare(content: &str) -> bool {
    const WORDS: [&str; 11] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ];
    let starts_well =
        content.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '_');
    starts_well
        && content
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/_-.:+@$=".contains(c))
        && !content.ends_with(':')
        && !WORDS.contains(&content.to_ascii_lowercase().as_str())
}

/// Returns `true` if a text of several lines can be written as a literal block without loss.
fn can_be_block(content: &str) -> bool {
    content.contains('\n')
        && content.ends_with('\n')
        && !content.ends_with("\n\n")
        && !content.starts_with([' ', '\n'])
        && content
            .chars()
            .all(|c| c == '\n' || (' '..='~').contains(&c))
        && content.lines().all(|line| !line.ends_with(' '))
}

fn write_block(out: &mut String, content: &str, depth: usize) {
    out.push('|');
    for line in content.lines() {
        out.push('\n');
        if !line.is_empty() {
            write_indent(out, depth + 1);
            out.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_yaml;
    use serde_json::json;

    #[test]
    fn quotes_text_ambiguous_in_yaml_1_1() {
        let yaml = to_yaml(&json!({
            "on": "yes", "time": "12:30:45", "number": "1_000", "merge": "<<", "equals": "=", "plain": "AWS::S3::Bucket",
            "date": "2012-10-17", "empty": "", "space": " x", "null": "~",
        }));
        insta::assert_snapshot!(yaml);
    }

    #[test]
    fn writes_nested_lists_and_maps() {
        let yaml = to_yaml(
            &json!({ "a": [{ "b": 1, "c": [] }, ["x", ["y", {}]], { "d": { "e": null } }], "f": "one\ntwo\n" }),
        );
        insta::assert_snapshot!(yaml);
    }
}
