//! Evaluation and checks of event patterns.

use std::net::IpAddr;

use serde_json::Value as JsonValue;

use crate::core::{Data, Map};

/// Maximum number of characters of a pattern, the default quota of EventBridge.
const SIZE_LIMIT: usize = 2_048;

/// Fields of every event.
const FIELDS: [&str; 11] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
    "replay-name",
    "$or",
];

/// Returns `true` if an event, or a part of it, has the fields of a pattern. An array matches if one of its items does.
pub(super) fn matches_map(pattern: &Map, event: Option<&JsonValue>) -> bool {
    if let Some(JsonValue::Array(items)) = event {
        return items.iter().any(|item| matches_map(pattern, Some(item)));
    }
    pattern.iter().all(|(key, condition)| match condition {
        Data::List(branches) if key == "$or" => branches
            .iter()
            .filter_map(Data::as_map)
            .any(|branch| matches_map(branch, event)),
        Data::List(rules) => {
            let field = event.and_then(|event| event.get(key));
            rules.iter().any(|rule| matches_field(rule, field))
        }
        Data::Map(inner) => matches_map(inner, event.and_then(|event| event.get(key))),
        _ => false,
    })
}

fn matches_field(rule: &Data, field: Option<&JsonValue>) -> bool {
    if let Some(wanted) = rule.pointer("exists").and_then(Data::as_bool) {
        return field.is_some() == wanted;
    }
    match field {
        None => false,
        Some(JsonValue::Array(items)) => items.iter().any(|item| matches_value(rule, item)),
        Some(value) => matches_value(rule, value),
    }
}

fn matches_value(rule: &Data, value: &JsonValue) -> bool {
    let Some(operator) = rule.as_map() else {
        return is_equal(rule, value);
    };
    operator.iter().all(|(name, argument)| match name {
        "anything-but" => match argument {
            Data::Map(_) => value.is_string() && !matches_value(argument, value),
            Data::List(values) => !values.iter().any(|one| is_equal(one, value)),
            one => !is_equal(one, value),
        },
        "numeric" => value
            .as_f64()
            .is_some_and(|number| matches_number(argument, number)),
        _ => value
            .as_str()
            .is_some_and(|text| matches_text(name, argument, text)),
    })
}

/// Compares a literal; text that is known only at deployment equals every text.
fn is_equal(literal: &Data, value: &JsonValue) -> bool {
    match literal {
        Data::Null => value.is_null(),
        Data::Bool(given) => value.as_bool() == Some(*given),
        Data::Int(_) | Data::Float(_) => number(literal)
            .is_some_and(|given| value.as_f64().is_some_and(|number| same(number, given))),
        Data::Text(text) => value.as_str() == Some(text),
        Data::Expr(_) => value.is_string(),
        Data::List(_) | Data::Map(_) => false,
    }
}

fn matches_text(operator: &str, argument: &Data, text: &str) -> bool {
    if let Some(given) = argument
        .pointer("equals-ignore-case")
        .and_then(Data::as_text)
    {
        let (text, given) = (text.to_lowercase(), given.to_lowercase());
        return match operator {
            "prefix" => text.starts_with(&given),
            "suffix" => text.ends_with(&given),
            _ => false,
        };
    }
    let Some(given) = argument.as_text() else {
        return argument.as_expr().is_some();
    };
    match operator {
        "prefix" => text.starts_with(given),
        "suffix" => text.ends_with(given),
        "equals-ignore-case" => text.to_lowercase() == given.to_lowercase(),
        "wildcard" => matches_wildcard(given, text),
        "cidr" => in_block(given, text),
        _ => false,
    }
}

/// Compares with a wildcard, in which `\` makes the next character a literal.
fn matches_wildcard(wildcard: &str, text: &str) -> bool {
    let mut rest = wildcard.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('*') => {
            let after = rest.as_str();
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter()
                .any(|at| matches_wildcard(after, &text[at..]))
        }
        Some(first) => {
            let first = if first == '\\' {
                rest.next().unwrap_or('\\')
            } else {
                first
            };
            text.strip_prefix(first)
                .is_some_and(|text| matches_wildcard(rest.as_str(), text))
        }
    }
}

fn number(data: &Data) -> Option<f64> {
    match data {
        #[expect(
            clippy::cast_precision_loss,
            reason = "EventBridge compares numbers as doubles"
        )]
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        _ => None,
    }
}

fn same(left: f64, right: f64) -> bool {
    left.total_cmp(&right).is_eq()
}

/// Returns the comparisons of `numeric`, or `None` if it is malformed.
fn comparisons(argument: &Data) -> Option<Vec<(&str, f64)>> {
    let items = argument.as_list()?;
    if !matches!(items.len(), 2 | 4) {
        return None;
    }
    items
        .chunks(2)
        .map(|pair| {
            let sign = pair[0].as_text()?;
            let known = ["=", "<", "<=", ">", ">="].contains(&sign);
            known.then_some((sign, number(&pair[1])?))
        })
        .collect()
}

fn matches_number(argument: &Data, number: f64) -> bool {
    comparisons(argument).is_some_and(|all| {
        all.into_iter().all(|(sign, limit)| match sign {
            "=" => same(number, limit),
            "<" => number < limit,
            "<=" => number <= limit,
            ">" => number > limit,
            _ => number >= limit,
        })
    })
}

fn block(text: &str) -> Option<(IpAddr, u32)> {
    let (address, length) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let length: u32 = length.parse().ok()?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    (length <= longest).then_some((address, length))
}

fn in_block(cidr: &str, address: &str) -> bool {
    let (Some((network, length)), Ok(address)) = (block(cidr), address.parse::<IpAddr>()) else {
        return false;
    };
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let differing = network.to_bits() ^ address.to_bits();
            differing.leading_zeros() >= length
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let differing = network.to_bits() ^ address.to_bits();
            differing.leading_zeros() >= length
        }
        _ => false,
    }
}

/// Returns mistakes of a pattern, each with its path.
pub(super) fn check(pattern: &Map) -> Vec<(String, String)> {
    let mut problems = Vec::new();
    if pattern.is_empty() {
        problems.push((
            String::new(),
            "an event pattern has no conditions".to_owned(),
        ));
    }
    for key in pattern.keys().filter(|key| !FIELDS.contains(key)) {
        let text =
            format!("events have no field `{key}`; fields of the application are in `detail`");
        problems.push((key.to_owned(), text));
    }
    check_map(pattern, "", &mut problems);
    let data = Data::Map(pattern.clone());
    let mut deferred = false;
    data.for_each_expr(&mut |_| deferred = true);
    let size = data.to_json().to_string().chars().count();
    if !deferred && size > SIZE_LIMIT {
        let text =
            format!("an event pattern has {size} characters, but EventBridge accepts {SIZE_LIMIT}");
        problems.push((String::new(), text));
    }
    problems
}

fn check_map(pattern: &Map, above: &str, problems: &mut Vec<(String, String)>) {
    for (key, condition) in pattern.iter() {
        let path = if above.is_empty() {
            key.to_owned()
        } else {
            format!("{above}.{key}")
        };
        match condition {
            Data::Map(inner) if inner.is_empty() => {
                problems.push((path, "a field has no conditions".to_owned()));
            }
            Data::Map(inner) => check_map(inner, &path, problems),
            Data::List(branches) if key == "$or" => {
                for branch in branches {
                    match branch {
                        Data::Map(inner) => check_map(inner, &path, problems),
                        _ => problems
                            .push((path.clone(), "`$or` takes a list of patterns".to_owned())),
                    }
                }
            }
            Data::List(rules) if rules.is_empty() => {
                problems.push((path, "a list of alternatives is empty".to_owned()));
            }
            Data::List(rules) => {
                for problem in rules.iter().filter_map(check_rule) {
                    problems.push((path.clone(), problem));
                }
            }
            _ => problems.push((
                path,
                "a condition is not in a list, as in `[\"value\"]`".to_owned(),
            )),
        }
    }
}

/// Returns the mistake of a single rule, if there is one.
fn check_rule(rule: &Data) -> Option<String> {
    let operator = match rule {
        Data::Map(operator) => operator,
        Data::List(_) => return Some("a list of alternatives is in another list".to_owned()),
        _ => return None,
    };
    let Some((name, argument)) = operator.iter().next().filter(|_| operator.len() == 1) else {
        return Some("a condition does not have exactly one operator".to_owned());
    };
    let is_text = |data: &Data| data.as_text().is_some() || data.as_expr().is_some();
    let valid = match name {
        "prefix" | "suffix" => {
            is_text(argument) || argument.pointer("equals-ignore-case").is_some_and(is_text)
        }
        "equals-ignore-case" => is_text(argument),
        "wildcard" => {
            is_text(argument) && !argument.as_text().is_some_and(|text| text.contains("**"))
        }
        "exists" => argument.as_bool().is_some(),
        "numeric" => comparisons(argument).is_some(),
        "cidr" => argument.as_text().is_some_and(|text| block(text).is_some()),
        "anything-but" => match argument {
            Data::List(values) => {
                !values.is_empty()
                    && values
                        .iter()
                        .all(|one| is_text(one) || number(one).is_some())
            }
            Data::Map(_) => check_rule(argument).is_none(),
            one => is_text(one) || number(one).is_some(),
        },
        _ => return Some(format!("`{name}` is not an operator of event patterns")),
    };
    (!valid).then(|| format!("the operator `{name}` has an invalid argument"))
}
