//! Accessors for untyped JSON.

use infra_schema::Text;
use serde_json::Value;

/// Returns the texts of an array; empty for other values.
pub(super) fn string_items(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// Returns a text of the model.
pub(super) fn text_value(value: &Value) -> Text {
    Text::from(value.as_str().unwrap_or_default().to_owned())
}

/// Returns a number that is written as a number or as text.
pub(super) fn number_value(value: &Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}
