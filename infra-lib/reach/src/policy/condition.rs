//! Conditions of statements: every operator of IAM over the keys of a request.
//!
//! AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;

use serde_json::Value as JsonValue;

use super::context::ContextValue;
use super::document::{Item, is_function, read_list};
use super::pattern::{equal_texts, matches_arn, matches_text};
use super::statement::{Request, substitute};
use crate::answer::Answer;
use crate::atoms::Atoms;
use crate::network::Cidr;

#[derive(Clone, Copy, Eq, PartialEq)]
enum Set {
    Any,
    All,
    /// The operator has no set prefix.
    Single,
}

/// Returns the answer for a whole condition: every operator and every key must match.
pub(super) fn matches_condition(condition: &JsonValue, request: &Request, atoms: &Atoms) -> Answer {
    let Some(operators) = condition.as_object().filter(|map| !is_function(map)) else {
        return Answer::Possible;
    };
    Answer::all(operators.iter().flat_map(|(operator, keys)| {
        let keys = keys.as_object().filter(|map| !is_function(map));
        match keys {
            None => vec![Answer::Possible],
            Some(keys) => keys
                .iter()
                .map(|(key, values)| matches_key(operator, key, values, request, atoms))
                .collect(),
        }
    }))
}

fn matches_key(
    operator: &str,
    key: &str,
    values: &JsonValue,
    request: &Request,
    atoms: &Atoms,
) -> Answer {
    let (set, operator) = match operator.split_once(':') {
        Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => (Set::All, rest),
        Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => (Set::Any, rest),
        Some(_) => return Answer::Possible,
        None => (Set::Single, operator),
    };
    let lower = operator.to_ascii_lowercase();
    let wanted = read_list(values).items;
    let present = request.context.find(key);
    if lower == "null" {
        let absent = match present {
            None => return Answer::Possible,
            Some(found) => *found == ContextValue::Absent,
        };
        return Answer::any(wanted.iter().map(|item| match item.text.as_str() {
            "true" => Answer::from(absent),
            "false" => Answer::from(!absent),
            _ => Answer::Possible,
        }));
    }
    let (base, if_exists) = match lower.strip_suffix("ifexists") {
        Some(base) => (base, true),
        None => (lower.as_str(), false),
    };
    let Some((compare, negated)) = find_operator(base) else {
        return Answer::Possible;
    };
    match present {
        None => Answer::Possible,
        Some(ContextValue::Absent) => {
            (if_exists || set == Set::All || negated && set == Set::Single).into()
        }
        Some(ContextValue::Known(found)) => {
            let one = |value: &String| {
                let any = Answer::any(
                    wanted
                        .iter()
                        .map(|item| compare_one(compare, item, value, request, atoms)),
                );
                if negated { any.negate() } else { any }
            };
            match set {
                Set::All => Answer::all(found.iter().map(one)),
                Set::Any => Answer::any(found.iter().map(one)),
                // A negated operator without prefix must hold for every value of a key that has several.
                Set::Single if negated => Answer::all(found.iter().map(one)),
                Set::Single => Answer::any(found.iter().map(one)),
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Compare {
    Equal,
    EqualIgnoringCase,
    Like,
    Arn,
    Bool,
    Ip,
    Number(fn(Ordering) -> bool),
    Date(fn(Ordering) -> bool),
}

/// Returns the comparison of an operator in lower case, and whether its result is negated.
fn find_operator(name: &str) -> Option<(Compare, bool)> {
    Some(match name {
        "stringequals" | "binaryequals" => (Compare::Equal, false),
        "stringnotequals" => (Compare::Equal, true),
        "stringequalsignorecase" => (Compare::EqualIgnoringCase, false),
        "stringnotequalsignorecase" => (Compare::EqualIgnoringCase, true),
        "stringlike" => (Compare::Like, false),
        "stringnotlike" => (Compare::Like, true),
        "arnequals" | "arnlike" => (Compare::Arn, false),
        "arnnotequals" | "arnnotlike" => (Compare::Arn, true),
        "bool" => (Compare::Bool, false),
        "ipaddress" => (Compare::Ip, false),
        "notipaddress" => (Compare::Ip, true),
        "numericequals" => (Compare::Number(Ordering::is_eq), false),
        "numericnotequals" => (Compare::Number(Ordering::is_eq), true),
        "numericlessthan" => (Compare::Number(Ordering::is_lt), false),
        "numericlessthanequals" => (Compare::Number(Ordering::is_le), false),
        "numericgreaterthan" => (Compare::Number(Ordering::is_gt), false),
        "numericgreaterthanequals" => (Compare::Number(Ordering::is_ge), false),
        "dateequals" => (Compare::Date(Ordering::is_eq), false),
        "datenotequals" => (Compare::Date(Ordering::is_eq), true),
        "datelessthan" => (Compare::Date(Ordering::is_lt), false),
        "datelessthanequals" => (Compare::Date(Ordering::is_le), false),
        "dategreaterthan" => (Compare::Date(Ordering::is_gt), false),
        "dategreaterthanequals" => (Compare::Date(Ordering::is_ge), false),
        _ => return None,
    })
}

fn compare_one(
    compare: Compare,
    wanted: &Item,
    found: &str,
    request: &Request,
    atoms: &Atoms,
) -> Answer {
    let wildcards = matches!(compare, Compare::Like | Compare::Arn);
    let Some(text) = substitute(&wanted.text, request, wildcards) else {
        return Answer::No;
    };
    let answer = match compare {
        Compare::Equal => equal_texts(&text, found, atoms),
        Compare::EqualIgnoringCase => {
            equal_texts(&text.to_lowercase(), &found.to_lowercase(), atoms)
        }
        Compare::Like => matches_text(&text, found, atoms),
        Compare::Arn => matches_arn(&text, found, atoms),
        Compare::Bool => equal_texts(
            &text.to_ascii_lowercase(),
            &found.to_ascii_lowercase(),
            atoms,
        ),
        _ if !Atoms::is_known(&text) || !Atoms::is_known(found) => Answer::Possible,
        Compare::Ip => match (Cidr::parse(&text), Cidr::parse(found)) {
            (Some(range), Some(address)) if range.contains(address) => Answer::Yes,
            (Some(range), Some(address)) if range.overlaps(address) => Answer::Possible,
            _ => Answer::No,
        },
        Compare::Number(accepts) => match (found.parse::<f64>(), text.parse::<f64>()) {
            (Ok(found), Ok(wanted)) => found.partial_cmp(&wanted).is_some_and(accepts).into(),
            _ => Answer::No,
        },
        Compare::Date(accepts) => match (parse_date(found), parse_date(&text)) {
            (Some(found), Some(wanted)) => accepts(found.cmp(&wanted)).into(),
            _ => Answer::Possible,
        },
    };
    if wanted.certain {
        answer
    } else {
        answer.and(Answer::Possible)
    }
}

/// Reads a date such as `2026-01-31`, `2026-01-31T12:30:00Z` or seconds since 1970, as seconds since 1970.
fn parse_date(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00Z"));
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let mut clock = time.strip_suffix('Z')?.split(':');
    let hours: i64 = clock.next()?.parse().ok()?;
    let minutes: i64 = clock.next()?.parse().ok()?;
    let seconds: i64 = clock
        .next()
        .map_or(Ok(0), |text| {
            text.split('.').next().unwrap_or_default().parse()
        })
        .ok()?;
    // Days since 1970 in the calendar that repeats every 400 years, with years that begin in March.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn reads_dates() {
        assert_eq!(parse_date("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse_date("2000-03-01"), Some(951_868_800));
        assert_eq!(parse_date("2026-12-02T19:30:01.5Z"), Some(1_796_239_801));
        assert_eq!(parse_date("1700000000"), Some(1_700_000_000));
        assert_eq!(parse_date("yesterday"), None);
    }
}
