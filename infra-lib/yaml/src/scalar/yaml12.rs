//! Plain scalars of YAML 1.2: the core schema (<https://yaml.org/spec/1.2.2/#103-core-schema>) as `serde_yaml` reads it.

use super::{ScalarValue, parse_fraction, whole_number};

pub(super) fn resolve_plain(text: &str) -> ScalarValue {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarValue::Null,
        "true" | "True" | "TRUE" => ScalarValue::Bool(true),
        "false" | "False" | "FALSE" => ScalarValue::Bool(false),
        ".nan" | ".NaN" | ".NAN" => ScalarValue::Unsupported,
        _ => parse_number(text),
    }
}

fn parse_number(text: &str) -> ScalarValue {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return ScalarValue::Unsupported;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
                return ScalarValue::Text;
            }
            return whole_number(u64::from_str_radix(digits, radix).ok(), negative);
        }
    }
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits.is_empty() && is_digits(digits) {
        // Digits with a leading zero, for example the account ID 012345678901, are text.
        if digits.len() > 1 && digits.starts_with('0') {
            return ScalarValue::Text;
        }
        return whole_number(digits.parse().ok(), negative);
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
        ),
        None => (digits, "0"),
    };
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let some = !before.is_empty() || !after.is_empty();
    if some && is_digits(before) && is_digits(after) && !exponent.is_empty() && is_digits(exponent)
    {
        // Numbers that are too large stay text, for example a digest such as 4e99999999.
        return match parse_fraction(text) {
            ScalarValue::Unsupported => ScalarValue::Text,
            number => number,
        };
    }
    ScalarValue::Text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::super::ScalarValue;
    use super::resolve_plain;

    #[test]
    fn resolves_plain_scalars_of_core_schema() {
        let cases: &[(&str, JsonValue)] = &[
            ("", json!(null)),
            ("~", json!(null)),
            ("NULL", json!(null)),
            ("nULL", json!("nULL")),
            ("true", json!(true)),
            ("FALSE", json!(false)),
            ("yes", json!("yes")),
            ("off", json!("off")),
            ("80", json!(80)),
            ("+7", json!(7)),
            ("-1", json!(-1)),
            ("0", json!(0)),
            ("-0", json!(0)),
            ("0644", json!("0644")),
            ("-012", json!("-012")),
            ("0o644", json!(420)),
            ("-0x1F", json!(-31)),
            ("0b101", json!(5)),
            ("0b102", json!("0b102")),
            ("0x", json!("0x")),
            ("0x+1", json!("0x+1")),
            ("1_000", json!("1_000")),
            ("22:30", json!("22:30")),
            ("1.5", json!(1.5)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("1e3", json!(1000.0)),
            ("-1.5E-1", json!(-0.15)),
            ("1e", json!("1e")),
            ("4e99999999", json!("4e99999999")),
            (".", json!(".")),
            ("-", json!("-")),
            ("+-1", json!("+-1")),
            ("3.11.2", json!("3.11.2")),
            ("2012-10-17", json!("2012-10-17")),
            ("inf", json!("inf")),
            ("18446744073709551615", json!(u64::MAX)),
            ("18446744073709551616", json!("18446744073709551616")),
            ("-9223372036854775808", json!(i64::MIN)),
            ("-9223372036854775809", json!("-9223372036854775809")),
        ];
        for (text, expected) in cases {
            let read = resolve_plain(text).into_json(text);
            assert_eq!(read.as_ref(), Some(expected), "{text}");
        }
        for outside in [".inf", "-.Inf", "+.INF", ".nan"] {
            assert_eq!(
                resolve_plain(outside),
                ScalarValue::Unsupported,
                "{outside}"
            );
        }
    }
}
