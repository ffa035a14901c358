//! Free-form JSON as source: a `json!` macro that resembles the template.

use serde_json::Value as JsonValue;

use super::code::{Brackets, Code, escaped_literal, string_literal};

/// Limit below the compiler's 128 nested macro expansions; `json!` needs one for every entry before the innermost
/// value.
const EXPANSIONS: usize = 100;

/// Source form of a JSON value.
pub(super) enum JsonCode {
    /// A call of the macro `json!`.
    Macro(Code),
    /// Text that the program parses, for values that are too large for the macro.
    Text(Code),
}

/// Returns `json!(…)`, or text if the macro would not compile.
pub(super) fn convert_json(value: &JsonValue) -> JsonCode {
    if count_expansions(value) > EXPANSIONS {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        return JsonCode::Text(Code::new_call(
            "from_text",
            vec![Code::from_text(string_literal(&text))],
        ));
    }
    JsonCode::Macro(match render_json_value(value) {
        Code::Call(_, Brackets::InJson('{', _), entries) => {
            Code::Call("json!".to_owned(), Brackets::Json, entries)
        }
        other => Code::new_call("json!", vec![other]),
    })
}

fn render_json_value(value: &JsonValue) -> Code {
    match value {
        JsonValue::Object(entries) => {
            let fields = entries.iter().map(|(key, value)| {
                Code::Field(escaped_literal(key), Box::new(render_json_value(value)))
            });
            Code::Call(String::new(), Brackets::InJson('{', '}'), fields.collect())
        }
        JsonValue::Array(items) => Code::Call(
            String::new(),
            Brackets::InJson('[', ']'),
            items.iter().map(render_json_value).collect(),
        ),
        JsonValue::String(text) => Code::from_text(escaped_literal(text)),
        JsonValue::Number(number) => {
            // An integer literal without a suffix is an `i32`.
            let suffix = match (number.as_i64(), number.as_u64()) {
                (Some(signed), _) if i32::try_from(signed).is_err() => "_i64",
                (None, Some(_)) => "_u64",
                _ => "",
            };
            Code::from_text(format!("{number}{suffix}"))
        }
        scalar => Code::from_text(scalar.to_string()),
    }
}

/// Returns the depth of macro expansions that `json!` needs for the value.
fn count_expansions(value: &JsonValue) -> usize {
    let deepest = |items: &mut dyn Iterator<Item = &JsonValue>, each: usize| {
        items
            .enumerate()
            .map(|(at, item)| (at + 1) * each + count_expansions(item))
            .max()
            .unwrap_or(0)
    };
    match value {
        JsonValue::Array(items) => 2 + deepest(&mut items.iter(), 1),
        JsonValue::Object(entries) => 2 + deepest(&mut entries.values(), 3),
        _ => 1,
    }
}
