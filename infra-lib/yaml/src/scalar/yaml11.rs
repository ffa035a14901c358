//! Plain scalars of YAML 1.1, which CloudFormation uses.
//!
//! The syntax is that of <https://yaml.org/type/>. Timestamps stay text, as CloudFormation requires for `Version: 2012-10-17`.

use super::{ScalarValue, parse_fraction};

pub(super) fn resolve_plain(text: &str) -> ScalarValue {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarValue::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            ScalarValue::Bool(true)
        }
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            ScalarValue::Bool(false)
        }
        _ => parse_number(text),
    }
}

fn parse_number(text: &str) -> ScalarValue {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        Some(b'0'..=b'9' | b'.') => (false, text),
        _ => return ScalarValue::Text,
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return ScalarValue::Unsupported;
    }
    if let Some(value) = parse_whole(digits) {
        return super::whole_number(value, negative);
    }
    if is_fraction(digits) {
        let plain: String = text.chars().filter(|c| *c != '_').collect();
        return parse_fraction(&plain);
    }
    ScalarValue::Text
}

/// Reads the digits of a whole number in any base.
///
/// Returns `Some(None)` for a number with more than 64 bits, and `None` if the text is not a whole number.
#[expect(clippy::option_option, reason = "not a number, or too large")]
fn parse_whole(digits: &str) -> Option<Option<u64>> {
    let first = digits.bytes().next()?;
    let of = |digits: &str, radix: u32| -> Option<Option<u64>> {
        let digits: String = digits.chars().filter(|c| *c != '_').collect();
        let valid = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        valid.then(|| u64::from_str_radix(&digits, radix).ok())
    };
    if digits == "0" {
        return Some(Some(0));
    }
    if let Some(binary) = digits.strip_prefix("0b") {
        return of(binary, 2);
    }
    if let Some(hexadecimal) = digits.strip_prefix("0x") {
        return of(hexadecimal, 16);
    }
    if let Some(octal) = digits.strip_prefix('0') {
        return of(octal, 8);
    }
    if !first.is_ascii_digit() {
        return None;
    }
    if digits.contains(':') {
        return parse_sexagesimal(digits);
    }
    of(digits, 10)
}

/// Reads a base-60 number: `22:30` is 1350 in YAML 1.1, so templates must quote times and ports of this form.
#[expect(clippy::option_option, reason = "not a number, or too large")]
fn parse_sexagesimal(digits: &str) -> Option<Option<u64>> {
    let mut parts = digits.split(':');
    let first = parts.next()?;
    if first.is_empty() || !first.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return None;
    }
    let mut value: Option<u64> = first.replace('_', "").parse().ok();
    for part in parts {
        let digits =
            part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let below_sixty = part
            .parse::<u64>()
            .ok()
            .filter(|part| digits && *part < 60)?;
        value = value.and_then(|value| value.checked_mul(60)?.checked_add(below_sixty));
    }
    Some(value)
}

/// Returns `true` for digits with one dot and an optional exponent with a sign: `1.5`, `.5`, `1.`, `1.0e+3`. `1e3` is text.
fn is_fraction(digits: &str) -> bool {
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let Some((before, after)) = mantissa.split_once('.') else {
        return false;
    };
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let some_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        exponent
            .strip_prefix(['+', '-'])
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    });
    let begins = before.is_empty() || before.bytes().next().is_some_and(|b| b.is_ascii_digit());
    begins
        && all_digits(before)
        && all_digits(after)
        && (some_digit(before) || after.bytes().next().is_some_and(|b| b.is_ascii_digit()))
        && exponent_fits
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::super::ScalarValue;
    use super::resolve_plain;

    /// The expected values are those of PyYAML's `safe_load`, except for timestamps.
    #[test]
    fn resolves_plain_scalars_of_yaml_1_1() {
        let cases: &[(&str, JsonValue)] = &[
            ("2012-10-17", json!("2012-10-17")),
            ("2010-09-09T10:00:00Z", json!("2010-09-09T10:00:00Z")),
            ("80", json!(80)),
            ("-1", json!(-1)),
            ("+7", json!(7)),
            ("0", json!(0)),
            ("0644", json!(420)),
            ("0x1F", json!(31)),
            ("0b101", json!(5)),
            ("1_000", json!(1000)),
            ("22:30", json!(1350)),
            ("1:60", json!("1:60")),
            ("08", json!("08")),
            ("012345678901", json!("012345678901")),
            ("1.5", json!(1.5)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("1.0e+3", json!(1000.0)),
            ("1e3", json!("1e3")),
            ("1.0e3", json!("1.0e3")),
            ("3.11.2", json!("3.11.2")),
            ("10.0.0.0/16", json!("10.0.0.0/16")),
            ("yes", json!(true)),
            ("Off", json!(false)),
            ("y", json!("y")),
            ("tRUE", json!("tRUE")),
            ("~", json!(null)),
            ("-", json!("-")),
            ("+", json!("+")),
            (".", json!(".")),
            ("0x", json!("0x")),
            ("*", json!("*")),
            (
                "18446744073709551615",
                json!(18_446_744_073_709_551_615_u64),
            ),
            ("-9223372036854775808", json!(i64::MIN)),
            ("99999990000000000277", json!("99999990000000000277")),
        ];
        for (text, expected) in cases {
            let read = resolve_plain(text).into_json(text);
            assert_eq!(read.as_ref(), Some(expected), "{text}");
        }
        for outside in [".inf", "-.Inf", ".nan"] {
            assert_eq!(
                resolve_plain(outside),
                ScalarValue::Unsupported,
                "{outside}"
            );
        }
    }
}
