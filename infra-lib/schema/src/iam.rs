//! The IAM actions of all services, for detecting misspelled actions in policies.
//!
//! IAM ignores the case of actions. The catalog contains the usual spelling of some actions only; the others are in lower case.

use std::cmp::Ordering;

use crate::iam_actions::ACTIONS;
use crate::nearest::find_nearest;

pub use crate::iam_resources::{
    action_resources, is_known_condition_key, nearest_condition_key, overlap,
};

/// Condition operators without their `ForAnyValue:`, `ForAllValues:` and `IfExists` forms.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub const CONDITION_OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "Null",
];

/// Returns `true` for a condition operator, also with `ForAnyValue:` or `ForAllValues:` before it and `IfExists` after it.
///
/// ```
/// use infra_schema::iam::is_condition_operator;
///
/// assert!(is_condition_operator("ForAnyValue:StringLikeIfExists"));
/// assert!(!is_condition_operator("StringIs"));
/// ```
pub fn is_condition_operator(operator: &str) -> bool {
    let plain = operator
        .strip_prefix("ForAnyValue:")
        .or_else(|| operator.strip_prefix("ForAllValues:"))
        .unwrap_or(operator);
    let plain = plain.strip_suffix("IfExists").unwrap_or(plain);
    CONDITION_OPERATORS.contains(&plain)
}

/// Returns the actions of a service, separated by spaces.
fn action_names(service: &str) -> &'static str {
    let service = service.to_ascii_lowercase();
    ACTIONS
        .binary_search_by(|(name, _)| (*name).cmp(&service))
        .map_or("", |at| ACTIONS[at].1)
}

/// Returns the names of the actions of a service such as `s3`, sorted regardless of case. An unknown service has none.
pub fn list_actions(service: &str) -> impl Iterator<Item = &'static str> + use<> {
    action_names(service).split_ascii_whitespace()
}

/// Returns the action prefixes of all services in lower case, sorted alphabetically, for example `s3` of `s3:GetObject`.
pub fn list_prefixes() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|(name, _)| *name)
}

/// Returns `true` if an action of a policy exists. A pattern with `*` and `?` must match at least one action.
///
/// ```
/// use infra_schema::iam::is_known_action;
///
/// assert!(is_known_action("s3:GetObject"));
/// assert!(is_known_action("s3:get*"));
/// assert!(is_known_action("*"));
/// assert!(!is_known_action("s3:GetObjekt"));
/// assert!(!is_known_action("s4:GetObject"));
/// ```
pub fn is_known_action(action: &str) -> bool {
    if action == "*" {
        return true;
    }
    let Some((service, name)) = action.split_once(':') else {
        return false;
    };
    if name.contains(['*', '?']) {
        return list_actions(service)
            .any(|known| matches_pattern(name.as_bytes(), known.as_bytes()));
    }
    find_place(service, name).is_some()
}

/// Returns `true` if an action, or a narrower pattern, matches a pattern of a policy, regardless of case.
///
/// ```
/// use infra_schema::iam::matches_action;
///
/// assert!(matches_action("s3:Get*", "s3:GetObject"));
/// assert!(matches_action("*", "s3:Get*"));
/// assert!(!matches_action("s3:GetObject", "s3:Get*"));
/// ```
pub fn matches_action(pattern: &str, action: &str) -> bool {
    matches_pattern(pattern.as_bytes(), action.as_bytes())
}

/// Returns the existing action most similar to a misspelled one, including its service, or `None` if no action is similar.
///
/// ```
/// assert_eq!(infra_schema::iam::nearest_action("s3:GetObjekt").as_deref(), Some("s3:GetObject"));
/// assert_eq!(infra_schema::iam::nearest_action("sss3:GetObject"), None);
/// ```
pub fn nearest_action(action: &str) -> Option<String> {
    let (service, name) = action.split_once(':')?;
    let known = find_nearest(service, list_prefixes())?;
    let name = find_nearest(name, list_actions(known))?;
    Some(format!("{known}:{name}"))
}

/// Returns the position of an action among those of its service. The binary search works on the text, without splitting it.
pub(crate) fn find_place(service: &str, name: &str) -> Option<usize> {
    let list = action_names(service);
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list[low..middle].rfind(' ').map_or(low, |at| low + at + 1);
        let end = list[middle..high].find(' ').map_or(high, |at| middle + at);
        match compare_ignoring_case(&list[start..end], name) {
            Ordering::Equal => return Some(list[..start].matches(' ').count()),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

/// Compares two names regardless of case.
fn compare_ignoring_case(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}

/// Returns `true` if `text` matches a pattern of letters, `*` (any text) and `?` (any character), regardless of case.
fn matches_pattern(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len()
            && (pattern[p] == b'?' || pattern[p].eq_ignore_ascii_case(&text[t]))
        {
            p += 1;
            t += 1;
        } else if let Some((at, matched)) = star {
            // Extend the text matched by the last star by one character.
            star = Some((at, matched + 1));
            p = at + 1;
            t = matched + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&c| c == b'*')
}

#[cfg(test)]
mod tests {
    use super::{
        ACTIONS, compare_ignoring_case, is_known_action, list_actions, list_prefixes,
        matches_pattern,
    };

    #[test]
    fn matches_wildcards() {
        assert!(matches_pattern(b"get*", b"getobject"));
        assert!(matches_pattern(b"*object*", b"getobjectacl"));
        assert!(matches_pattern(b"get?bject", b"getobject"));
        assert!(!matches_pattern(b"get?", b"getobject"));
        assert!(!matches_pattern(b"*objekt", b"getobject"));
    }

    #[test]
    fn lists_known_actions_in_sorted_catalog() {
        let services: Vec<&str> = list_prefixes().collect();
        assert!(services.is_sorted() && services.len() > 400);
        assert!(ACTIONS.iter().all(|(_, list)| list.is_ascii()));
        for service in services {
            let all: Vec<&str> = list_actions(service).collect();
            assert!(!all.is_empty(), "{service}");
            assert!(
                all.is_sorted_by(|a, b| compare_ignoring_case(a, b).is_lt()),
                "{service}"
            );
            for name in all {
                assert!(
                    is_known_action(&format!("{service}:{name}")),
                    "{service}:{name}"
                );
            }
        }
        assert!(list_actions("s3").any(|name| name == "GetObject"));
        for action in [
            "secretsmanager:GetSecretValue",
            "kms:Decrypt",
            "logs:PutLogEvents",
            "ecs:*",
            "sts:AssumeRole",
        ] {
            assert!(is_known_action(action), "{action}");
        }
        assert!(!is_known_action("s3:Fly*"));
        assert!(!is_known_action("GetObject"));
    }
}
