//! Partial comparison of JSON: objects may have more keys than the pattern names.

use serde_json::{Value as JsonValue, json};

/// Key that marks a special pattern; no template has it.
const MARK: &str = "\u{0}match";

/// Special patterns, which can be placed anywhere inside a pattern.
#[derive(Clone, Copy, Debug)]
pub struct Match;

impl Match {
    /// Matches if the key or value is absent.
    pub fn absent() -> JsonValue {
        json!({ MARK: "absent" })
    }

    /// Matches any value that is present.
    pub fn any() -> JsonValue {
        json!({ MARK: "any" })
    }

    /// Matches a list that contains items for each of these patterns, in this order; other items may be in between.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn list_with(items: JsonValue) -> JsonValue {
        json!({ MARK: "list_with", "items": items })
    }

    /// Matches exactly this value: objects may have no further keys.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn exact(value: JsonValue) -> JsonValue {
        json!({ MARK: "exact", "value": value })
    }
}

/// Returns the differences that keep `actual` from matching, each with its path.
pub(super) fn find_differences(pattern: &JsonValue, actual: Option<&JsonValue>) -> Vec<String> {
    let mut found = Vec::new();
    collect_differences(pattern, actual, "", &mut found);
    found
}

fn collect_differences(
    pattern: &JsonValue,
    actual: Option<&JsonValue>,
    at: &str,
    found: &mut Vec<String>,
) {
    let shown = if at.is_empty() { "it" } else { at };
    if let Some(special) = pattern.get(MARK).and_then(JsonValue::as_str) {
        match (special, actual) {
            ("absent", None) | ("any", Some(_)) => {}
            ("absent", Some(actual)) => {
                found.push(format!("{shown}: expected nothing, found {actual}"));
            }
            ("exact", Some(actual)) if *actual == pattern["value"] => {}
            ("exact", _) => found.push(format!(
                "{shown}: expected exactly {}, found {}",
                pattern["value"],
                display_value(actual)
            )),
            ("list_with", Some(JsonValue::Array(items))) => {
                list_with(&pattern["items"], items, shown, found);
            }
            _ => found.push(format!("{shown}: missing")),
        }
        return;
    }
    let Some(actual) = actual else {
        found.push(format!("{shown}: expected {pattern}, found nothing"));
        return;
    };
    match (pattern, actual) {
        (JsonValue::Object(entries), JsonValue::Object(fields)) => {
            for (key, expected) in entries {
                let below = if at.is_empty() {
                    key.clone()
                } else {
                    format!("{at}.{key}")
                };
                collect_differences(expected, fields.get(key), &below, found);
            }
        }
        (JsonValue::Array(expected), JsonValue::Array(items)) if expected.len() == items.len() => {
            for (index, (expected, item)) in expected.iter().zip(items).enumerate() {
                collect_differences(expected, Some(item), &format!("{at}.{index}"), found);
            }
        }
        _ if pattern == actual => {}
        _ => found.push(format!("{shown}: expected {pattern}, found {actual}")),
    }
}

fn list_with(patterns: &JsonValue, items: &[JsonValue], at: &str, found: &mut Vec<String>) {
    let mut rest = items.iter();
    for pattern in patterns.as_array().into_iter().flatten() {
        if !rest.any(|item| find_differences(pattern, Some(item)).is_empty()) {
            found.push(format!(
                "{at}: no item (in order) matches {pattern}; items: {items:?}"
            ));
            return;
        }
    }
}

fn display_value(actual: Option<&JsonValue>) -> String {
    actual.map_or_else(|| "nothing".to_owned(), JsonValue::to_string)
}
