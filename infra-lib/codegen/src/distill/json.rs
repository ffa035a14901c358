//! Small readers over untyped JSON.

use infra_schema::Text;
use serde_json::Value;

/// The texts of an array; none when it is not one.
pub(super) fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// A text of the model.
pub(super) fn text(value: &Value) -> Text {
    Text::from(value.as_str().unwrap_or_default().to_owned())
}

/// A number, written as such or as text.
pub(super) fn number(value: &Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}
