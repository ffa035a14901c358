//! The operators of conditions.

use serde_json::Value;

use crate::evaluate::Outcome;
use crate::view::as_call;
use crate::{network, permissions, tasks};

/// A comparison of a value with constants.
#[derive(Clone, Debug)]
pub(crate) enum Operator {
    /// There is a value that is not empty.
    Exists,
    /// The value is missing.
    Absent,
    /// The value is one of several texts.
    Is(Vec<&'static str>),
    /// The value differs from all of several texts; holds without a value.
    Not(Vec<&'static str>),
    /// The number is at least this.
    AtLeast(i64),
    /// The number is at most this.
    AtMost(i64),
    /// The text matches one of several patterns, in which `*` stands for any text.
    Like(Vec<&'static str>),
    /// The text matches none of several patterns; holds without a value.
    NotLike(Vec<&'static str>),
    /// A check that is program text.
    Special(Special, Vec<&'static str>),
}

/// A check with a value and arguments.
type Special = fn(&Value, &[&str]) -> Outcome;

/// The checks that are program text, by name.
const SPECIALS: &[(&str, Special)] = &[
    ("acl-closed", network::check_acl_entry),
    ("length-from", check_length),
    ("listeners-negotiate", network::check_listener_policies),
    ("logs-components", tasks::check_log_components),
    ("not-attribute", check_not_attribute),
    ("pair", check_pair),
    ("pair-if", check_pair_if),
    ("policy-denies-plain-text", permissions::check_plain_text),
    ("policy-no-admin", permissions::check_admin),
    ("policy-no-decrypt-all", permissions::check_decrypt_all),
    (
        "policy-no-foreign-control",
        permissions::check_foreign_control,
    ),
    (
        "policy-no-service-wildcard",
        permissions::check_service_wildcard,
    ),
    ("policy-not-public", permissions::check_public),
    ("ports-closed", network::check_ports_closed),
    ("ports-closed-v4", network::check_ports_closed_v4),
    ("ports-closed-v6", network::check_ports_closed_v6),
    ("ports-only", network::check_ports_only),
];

impl Operator {
    pub(crate) fn parse(name: &str, arguments: Vec<&'static str>) -> Result<Self, String> {
        let number = || {
            let number = arguments.first().and_then(|text| text.parse().ok());
            number.ok_or_else(|| format!("`{name}` needs a number"))
        };
        Ok(match name {
            "exists" => Self::Exists,
            "absent" => Self::Absent,
            "is" => Self::Is(arguments),
            "not" => Self::Not(arguments),
            ">=" => Self::AtLeast(number()?),
            "<=" => Self::AtMost(number()?),
            "like" => Self::Like(arguments),
            "not-like" => Self::NotLike(arguments),
            _ => {
                let special = SPECIALS.iter().find(|(special, _)| *special == name);
                let (_, check) = special.ok_or_else(|| format!("no operator `{name}`"))?;
                Self::Special(*check, arguments)
            }
        })
    }

    /// Evaluates the operator for a value, or for its absence.
    pub(crate) fn evaluate(&self, value: Option<&Value>) -> Outcome {
        let Some(value) = value else {
            return match self {
                Self::Absent | Self::Not(_) | Self::NotLike(_) => Outcome::Holds,
                _ => Outcome::missing(),
            };
        };
        match self {
            Self::Exists => Outcome::of(!is_empty(value), value),
            Self::Absent => Outcome::of(is_empty(value), value),
            Self::Special(check, arguments) => check(value, arguments),
            Self::Like(patterns) | Self::NotLike(patterns) if as_call(value).is_some() => {
                match matches_end(patterns, value) {
                    Some(found) => Outcome::of(found == matches!(self, Self::Like(_)), value),
                    None => Outcome::unknown(),
                }
            }
            _ if as_call(value).is_some() => Outcome::unknown(),
            Self::Is(allowed) => match scalar(value) {
                Some(text) => Outcome::of(allowed.iter().any(|one| equals(one, &text)), value),
                None => Outcome::fails(value),
            },
            Self::Not(refused) => match scalar(value) {
                Some(text) => Outcome::of(!refused.iter().any(|one| equals(one, &text)), value),
                None => Outcome::Holds,
            },
            Self::AtLeast(least) => compare(value, |number| number >= *least),
            Self::AtMost(most) => compare(value, |number| number <= *most),
            Self::Like(patterns) => match scalar(value) {
                Some(text) => Outcome::of(patterns.iter().any(|one| matches(one, &text)), value),
                None => Outcome::fails(value),
            },
            Self::NotLike(patterns) => match scalar(value) {
                Some(text) => Outcome::of(!patterns.iter().any(|one| matches(one, &text)), value),
                None => Outcome::Holds,
            },
        }
    }
}

/// Requires a least number of items. A list that a function makes is unknown.
fn check_length(value: &Value, arguments: &[&str]) -> Outcome {
    let least: usize = arguments
        .first()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    match value {
        Value::Array(items) => Outcome::of(items.len() >= least, value),
        _ if as_call(value).is_some() => Outcome::unknown(),
        _ => Outcome::of(least <= 1, value),
    }
}

/// Refuses `Fn::GetAtt` of an attribute.
fn check_not_attribute(value: &Value, arguments: &[&str]) -> Outcome {
    let attribute = match as_call(value) {
        Some(("Fn::GetAtt", Value::Array(items))) => items.get(1).and_then(Value::as_str),
        Some(("Fn::GetAtt", Value::String(text))) => text.split_once('.').map(|(_, name)| name),
        _ => None,
    };
    Outcome::of(
        attribute.is_none_or(|name| !arguments.contains(&name)),
        value,
    )
}

/// Requires an item of a list whose key has a value, and that its other key has one of several: `pair Key,NAME,Value,TEXT,…`.
fn check_pair(value: &Value, arguments: &[&str]) -> Outcome {
    find_pair(value, arguments).unwrap_or_else(Outcome::missing)
}

/// Requires the values of `pair` if there is such an item.
fn check_pair_if(value: &Value, arguments: &[&str]) -> Outcome {
    find_pair(value, arguments).unwrap_or(Outcome::Holds)
}

fn find_pair(value: &Value, arguments: &[&str]) -> Option<Outcome> {
    let [key, name, other, allowed @ ..] = arguments else {
        return Some(Outcome::unknown());
    };
    let Value::Array(items) = value else {
        return Some(Outcome::unknown());
    };
    let mut unknown = None;
    for (at, item) in items.iter().enumerate() {
        let found = item.get(*key);
        if as_call(item).is_some() || found.is_some_and(|found| as_call(found).is_some()) {
            unknown = Some(Outcome::unknown().within(at));
        } else if found.and_then(scalar).as_deref() == Some(name) {
            let result = match item.get(*other) {
                None => Outcome::missing(),
                Some(value) if as_call(value).is_some() => Outcome::unknown(),
                Some(value) => {
                    let text = scalar(value).unwrap_or_default();
                    Outcome::of(allowed.iter().any(|one| equals(one, &text)), value)
                }
            };
            return Some(result.within(other).within(at));
        }
    }
    unknown
}

fn compare(value: &Value, holds: impl Fn(i64) -> bool) -> Outcome {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    match number {
        Some(number) => Outcome::of(holds(number), value),
        None => Outcome::unknown(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Returns a scalar as text, as CloudFormation converts numbers and booleans.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Compares the literal end of `Fn::Join` or `Fn::Sub` with patterns of the form `*END`. Returns `None` if that does not decide.
fn matches_end(patterns: &[&str], value: &Value) -> Option<bool> {
    let (text, is_whole) = match as_call(value)? {
        ("Fn::Sub", Value::String(text)) => (text.as_str(), false),
        ("Fn::Join", Value::Array(join)) if join.first().and_then(Value::as_str) == Some("") => {
            (join.get(1)?.as_array()?.last()?.as_str()?, true)
        }
        _ => return None,
    };
    let end = if is_whole {
        text
    } else {
        text.rsplit('}').next()?
    };
    let end = end.to_ascii_lowercase();
    let mut found = Some(false);
    for pattern in patterns {
        let wanted = pattern.strip_prefix('*').filter(|rest| !rest.contains('*'));
        match wanted.map(str::to_ascii_lowercase) {
            Some(wanted) if end.ends_with(&wanted) => return Some(true),
            Some(wanted) if end.len() >= wanted.len() => {}
            _ => found = None,
        }
    }
    found
}

/// Compares literally, and booleans in any case.
pub(crate) fn equals(wanted: &str, text: &str) -> bool {
    wanted == text || matches!(wanted, "true" | "false") && wanted.eq_ignore_ascii_case(text)
}

/// Returns `true` if a text matches a pattern in which `*` stands for any text, ignoring case.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_ascii_lowercase(), text.to_ascii_lowercase());
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Operator, matches};
    use crate::evaluate::Outcome;

    #[test]
    fn matches_patterns() {
        for (pattern, text, expected) in [
            ("TLS-1-2*", "tls-1-2-2017", true),
            ("*TLS13*", "ELBSecurityPolicy-TLS13-1-2-2021-06", true),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1c2b", false),
            ("abc", "abcd", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn leaves_functions_undecided_and_converts_scalars() {
        let is = |text: &'static str| Operator::parse("is", vec![text]).unwrap();
        assert!(matches!(
            is("true").evaluate(Some(&json!("True"))),
            Outcome::Holds
        ));
        assert!(matches!(is("7").evaluate(Some(&json!(7))), Outcome::Holds));
        assert!(matches!(
            is("x").evaluate(Some(&json!("X"))),
            Outcome::Fails(_)
        ));
        assert!(matches!(is("x").evaluate(None), Outcome::Fails(_)));
        assert!(matches!(
            is("x").evaluate(Some(&json!({"Ref": "P"}))),
            Outcome::Unknown(_)
        ));
        let like = Operator::parse("like", vec!["*.ec2"]).unwrap();
        for (value, expected) in [
            (
                json!({"Fn::Sub": "com.amazonaws.${AWS::Region}.ec2"}),
                Some(true),
            ),
            (
                json!({"Fn::Join": ["", ["com.amazonaws.", {"Ref": "AWS::Region"}, ".ssm"]]}),
                Some(false),
            ),
            (
                json!({"Fn::Join": ["", ["com.amazonaws.", {"Ref": "Service"}]]}),
                None,
            ),
            (json!({"Fn::Sub": "${Service}2"}), None),
        ] {
            let found = match like.evaluate(Some(&value)) {
                Outcome::Holds => Some(true),
                Outcome::Fails(_) => Some(false),
                Outcome::Unknown(_) => None,
            };
            assert_eq!(found, expected, "{value}");
        }
        let least = Operator::parse(">=", vec!["7"]).unwrap();
        assert!(matches!(least.evaluate(Some(&json!("8"))), Outcome::Holds));
        assert!(matches!(
            least.evaluate(Some(&json!("many"))),
            Outcome::Unknown(_)
        ));
        assert!(Operator::parse(">=", vec![]).is_err());
    }
}
