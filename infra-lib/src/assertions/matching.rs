//! Partial comparison of JSON: objects may have more keys than the pattern names.

use serde_json::{Value as JsonValue, json};

use super::Captures;

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

    /// Matches any value that is present, and captures it under a name. The assertions of a
    /// [`Template`](super::Template) return the [`Captures`]. Patterns in [`not`](Self::not) capture nothing.
    ///
    /// ```
    /// # use infra_lib::assertions::{Match, Template};
    /// # use infra_lib::cfn::sqs::CfnQueueProps;
    /// let template = Template::of_stack(|stack| {
    ///     CfnQueueProps::new().delay_seconds(5).build(stack, "Queue");
    /// });
    /// let delay = serde_json::json!({ "DelaySeconds": Match::capture("delay") });
    /// let found = template.has_properties("AWS::SQS::Queue", delay);
    /// assert_eq!(found.int("delay"), 5);
    /// ```
    pub fn capture(name: &str) -> JsonValue {
        Self::capture_like(name, Self::any())
    }

    /// Matches what a pattern matches, and captures the value under a name.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn capture_like(name: &str, pattern: JsonValue) -> JsonValue {
        json!({ MARK: "capture", "name": name, "pattern": pattern })
    }

    /// Matches exactly this value: objects may have no further keys.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn exact(value: JsonValue) -> JsonValue {
        json!({ MARK: "exact", "value": value })
    }

    /// Matches a text in which each `*` of the pattern stands for any number of characters.
    ///
    /// ```
    /// # use infra_lib::assertions::{Match, Template};
    /// # use infra_lib::cfn::sqs::CfnQueueProps;
    /// let template = Template::of_stack(|stack| {
    ///     CfnQueueProps::new().queue_name("orders-dev-dead").build(stack, "Queue");
    /// });
    /// template.has_properties("AWS::SQS::Queue", serde_json::json!({ "QueueName": Match::string_like("orders-*-dead") }));
    /// ```
    pub fn string_like(pattern: &str) -> JsonValue {
        json!({ MARK: "string_like", "pattern": pattern })
    }

    /// Matches everything that the pattern does not match, and an absent key or value.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn not(pattern: JsonValue) -> JsonValue {
        json!({ MARK: "not", "pattern": pattern })
    }

    /// Matches a text that contains JSON, such as a dashboard or a state machine, against a pattern.
    ///
    /// References within the text are compared as `${LogicalId}` and `${LogicalId.Attribute}`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn serialized_json(pattern: JsonValue) -> JsonValue {
        json!({ MARK: "serialized_json", "pattern": pattern })
    }
}

/// The result of a comparison.
#[derive(Debug, Default)]
struct Comparison {
    differences: Vec<String>,
    captures: Captures,
}

impl Comparison {
    fn push(&mut self, difference: String) {
        self.differences.push(difference);
    }
}

/// Returns the captured values if `actual` matches, or the differences that keep it from matching, each with its path.
pub(super) fn compare(
    pattern: &JsonValue,
    actual: Option<&JsonValue>,
) -> Result<Captures, Vec<String>> {
    let mut found = Comparison::default();
    collect_differences(pattern, actual, "", &mut found);
    if found.differences.is_empty() {
        Ok(found.captures)
    } else {
        Err(found.differences)
    }
}

fn collect_differences(
    pattern: &JsonValue,
    actual: Option<&JsonValue>,
    at: &str,
    found: &mut Comparison,
) {
    let shown = if at.is_empty() { "it" } else { at };
    if let Some(special) = pattern.get(MARK).and_then(JsonValue::as_str) {
        match (special, actual) {
            ("absent", None) | ("any", Some(_)) => {}
            ("capture", _) => {
                let before = found.differences.len();
                collect_differences(&pattern["pattern"], actual, at, found);
                let matches = found.differences.len() == before;
                if let Some(actual) = actual.filter(|_| matches) {
                    let name = pattern["name"].as_str().unwrap_or_default();
                    found.captures.push(name, actual);
                }
            }
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
            ("string_like", Some(JsonValue::String(text)))
                if is_like(text, pattern["pattern"].as_str().unwrap_or_default()) => {}
            ("string_like", _) => found.push(format!(
                "{shown}: expected a text like {}, found {}",
                pattern["pattern"],
                display_value(actual)
            )),
            ("not", _) if compare(&pattern["pattern"], actual).is_err() => {}
            ("not", _) => found.push(format!(
                "{shown}: expected no match of {}, found {}",
                pattern["pattern"],
                display_value(actual)
            )),
            ("serialized_json", Some(actual)) => match parse_text(actual) {
                Some(json) => collect_differences(&pattern["pattern"], Some(&json), at, found),
                None => found.push(format!(
                    "{shown}: expected a text with JSON, found {actual}"
                )),
            },
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

fn list_with(patterns: &JsonValue, items: &[JsonValue], at: &str, found: &mut Comparison) {
    let mut rest = items.iter();
    for pattern in patterns.as_array().into_iter().flatten() {
        if let Some(captures) = rest.find_map(|item| compare(pattern, Some(item)).ok()) {
            found.captures.append(captures);
        } else {
            found.push(format!(
                "{at}: no item (in order) matches {pattern}; items: {items:?}"
            ));
            return;
        }
    }
}

/// Returns `true` if the text matches a pattern in which `*` stands for any characters.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let Some(text) = text.strip_prefix(first) else {
        return false;
    };
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.into_iter().any(|at| is_like(&text[at..], rest))
}

/// Parses JSON in a text, or in the parts of a text that `Fn::Join` or `Fn::Sub` put together.
fn parse_text(value: &JsonValue) -> Option<JsonValue> {
    let text = match value {
        JsonValue::String(text) => text.clone(),
        JsonValue::Object(_) if value["Fn::Sub"].is_string() => {
            value["Fn::Sub"].as_str()?.to_owned()
        }
        _ => {
            let parts = value["Fn::Join"][1].as_array()?;
            let delimiter = value["Fn::Join"][0].as_str()?;
            let parts: Vec<String> = parts.iter().map(display_part).collect();
            parts.join(delimiter)
        }
    };
    serde_json::from_str(&text).ok()
}

/// Returns a part of a text, with references in the notation of `Fn::Sub`.
fn display_part(part: &JsonValue) -> String {
    match part {
        JsonValue::String(text) => text.clone(),
        _ => match (&part["Ref"], &part["Fn::GetAtt"]) {
            (JsonValue::String(id), _) => format!("${{{id}}}"),
            (_, JsonValue::Array(names)) => {
                let names: Vec<&str> = names.iter().filter_map(JsonValue::as_str).collect();
                format!("${{{}}}", names.join("."))
            }
            // Any other function; its quotes would end the text.
            _ => format!("${{{}}}", part.to_string().replace('"', "'")),
        },
    }
}

fn display_value(actual: Option<&JsonValue>) -> String {
    actual.map_or_else(|| "nothing".to_owned(), JsonValue::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(pattern: &JsonValue, actual: &JsonValue) -> Vec<String> {
        compare(pattern, Some(actual)).err().unwrap_or_default()
    }

    #[test]
    fn compares_texts_with_wildcards() {
        for (pattern, matches) in [
            ("orders-dev", true),
            ("orders-*", true),
            ("*-dev", true),
            ("*", true),
            ("o*rs-*v", true),
            ("orders-dev*", true),
            ("orders", false),
            ("*orders", false),
            ("o*x*v", false),
        ] {
            let found = differences(&Match::string_like(pattern), &json!("orders-dev"));
            assert_eq!(found.is_empty(), matches, "{pattern}: {found:?}");
        }
        let number = differences(&Match::string_like("*"), &json!(5));
        assert_eq!(number, [r#"it: expected a text like "*", found 5"#]);
    }

    #[test]
    fn inverts_patterns() {
        let not_five = Match::not(json!({ "DelaySeconds": 5 }));
        assert!(differences(&not_five, &json!({ "DelaySeconds": 6 })).is_empty());
        assert!(compare(&not_five, None).is_ok());
        let found = differences(&not_five, &json!({ "DelaySeconds": 5 }));
        assert_eq!(
            found,
            [r#"it: expected no match of {"DelaySeconds":5}, found {"DelaySeconds":5}"#]
        );
    }

    #[test]
    fn reads_json_within_texts() {
        let pattern = Match::serialized_json(json!({ "Queue": "${Orders.Arn}" }));
        let joined = json!({ "Fn::Join": ["", [
            "{\"Queue\":\"", { "Fn::GetAtt": ["Orders", "Arn"] }, "\",\"Name\":\"", { "Ref": "Orders" }, "\"}",
        ]] });
        assert!(differences(&pattern, &joined).is_empty());
        let substituted = json!({ "Fn::Sub": "{\"Queue\":\"${Orders.Arn}\"}" });
        assert!(differences(&pattern, &substituted).is_empty());
        let other = differences(&pattern, &json!("{\"Queue\":\"x\"}"));
        assert_eq!(other, [r#"Queue: expected "${Orders.Arn}", found "x""#]);
        let unreadable = differences(&pattern, &json!("{"));
        assert_eq!(unreadable, [r#"it: expected a text with JSON, found "{""#]);
        let nested = json!({ "Fn::Join": ["", [
            "{\"Queue\":\"", { "Fn::Select": [0, ["a"]] }, "\"}",
        ]] });
        let found = differences(&pattern, &nested);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("Queue:"), "{found:?}");
    }

    #[test]
    fn captures_values_where_pattern_matches() {
        let pattern = json!({
            "Name": Match::capture("name"),
            "Items": Match::list_with(json!([{ "Kind": "b", "Size": Match::capture("size") }])),
            "Text": Match::serialized_json(json!({ "In": Match::capture_like("in", Match::string_like("x*")) })),
            "Other": Match::not(json!({ "A": Match::capture("never") })),
        });
        let actual = json!({
            "Name": "orders",
            "Items": [{ "Kind": "a", "Size": 1 }, { "Kind": "b", "Size": 2 }],
            "Text": r#"{"In":"xyz"}"#,
        });
        let found = compare(&pattern, Some(&actual)).unwrap();
        assert_eq!(found.text("name"), "orders");
        assert_eq!(found.int("size"), 2);
        assert_eq!(found.text("in"), "xyz");
        assert!(found.all("never").is_empty());
        let missing = compare(&json!({ "No": Match::capture("no") }), Some(&actual));
        assert_eq!(missing.unwrap_err(), ["No: missing"]);
    }
}
