//! Resolves plain scalars by the rules of YAML 1.1 or 1.2.

mod yaml11;
mod yaml12;

use serde_json::Number;

use crate::node::Value;
use crate::rules::Scalars;

/// Returns the value of a plain scalar, or `None` for a number that JSON cannot represent (`.inf`, `.nan`).
pub(crate) fn resolve_scalar(text: &str, scalars: Scalars) -> Option<Value> {
    let read = match scalars {
        Scalars::Yaml11 => yaml11::resolve_plain(text),
        Scalars::Yaml12 => yaml12::resolve_plain(text),
    };
    Some(match read {
        ScalarValue::Null => Value::Null,
        ScalarValue::Bool(value) => Value::Bool(value),
        ScalarValue::Number(number) => Value::Number(number),
        ScalarValue::Text => Value::String(text.to_owned()),
        ScalarValue::Unsupported => return None,
    })
}

/// The reading of a plain scalar in one version of YAML.
#[derive(Debug, PartialEq)]
enum ScalarValue {
    Null,
    Bool(bool),
    Number(Number),
    Text,
    /// A number that JSON cannot represent.
    Unsupported,
}

#[cfg(test)]
impl ScalarValue {
    /// Returns the value as JSON, or `None` for a number that JSON cannot represent.
    fn into_json(self, text: &str) -> Option<serde_json::Value> {
        Some(match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => value.into(),
            Self::Number(number) => number.into(),
            Self::Text => text.into(),
            Self::Unsupported => return None,
        })
    }
}

/// Returns a whole number. A number with more than 64 bits stays text, so that no digits are lost.
fn whole_number(value: Option<u64>, negative: bool) -> ScalarValue {
    let number = match value {
        Some(value) if negative => 0_i64.checked_sub_unsigned(value).map(Number::from),
        value => value.map(Number::from),
    };
    number.map_or(ScalarValue::Text, ScalarValue::Number)
}

/// Returns a number with a fraction, written in Rust's syntax. A number too large for JSON is [`Outside`](Reading::Outside).
fn parse_fraction(text: &str) -> ScalarValue {
    match text.parse::<f64>().ok().and_then(Number::from_f64) {
        Some(number) => ScalarValue::Number(number),
        None => ScalarValue::Unsupported,
    }
}
