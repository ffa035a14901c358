//! The IAM actions of all services, for detecting misspelled actions in policies.
//!
//! IAM ignores the case of actions. The catalog contains the usual spelling of some actions only; the others are in lower case.

use crate::iam_catalog::find_place;
use crate::nearest::find_nearest;

pub use crate::iam_catalog::{list_actions, list_prefixes, matches_action};
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
        return list_actions(service).any(|known| matches_action(name, known));
    }
    find_place(service, name).is_some()
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

#[cfg(test)]
mod tests {
    use super::{is_known_action, list_actions, list_prefixes};
    use crate::iam_actions::ACTIONS;
    use crate::iam_catalog::compare_ignoring_case;

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
