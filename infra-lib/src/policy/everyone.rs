//! Statements of resource policies that let every account in, for the rules that report them.

use super::{list_items, text_at};
use crate::core::{Data, Map};

/// Keys of conditions whose fixed values limit the callers, in lower case.
///
/// Source: [the meaning of public](https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html)
/// and the [global condition keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
const LIMITING_KEYS: &[&str] = &[
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpcarn",
    "aws:sourcevpce",
    "aws:userid",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
    "elasticfilesystem:accessedviamounttarget",
    "elasticfilesystem:accesspointarn",
    "kms:calleraccount",
    "lambda:functionurlauthtype",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "sns:endpoint",
];

/// Operators that hold for the given values only. Negated ones hold for every other value.
const LIMITING_OPERATORS: &[&str] = &[
    "ArnEquals",
    "ArnLike",
    "Bool",
    "IpAddress",
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
];

/// Returns `true` if a statement allows its actions to every account, and no condition limits the callers.
pub(super) fn allows_everyone(statement: &Data) -> bool {
    text_at(statement, "Effect") == Some("Allow")
        && has_any_principal(statement)
        && !is_limited(statement.pointer("Condition"))
}

/// Returns `true` if the principal is `*` or `AWS: *`, or if everybody is permitted who is not excluded.
fn has_any_principal(statement: &Data) -> bool {
    let Some(map) = statement.as_map() else {
        return false;
    };
    let is_any = |principal: &Data| {
        list_items(Some(principal))
            .iter()
            .any(|one| one.as_text() == Some("*"))
    };
    let named = map
        .get("Principal")
        .is_some_and(|principal| is_any(principal) || principal.pointer("AWS").is_some_and(is_any));
    named || map.get("NotPrincipal").is_some()
}

/// Returns `true` if a condition limits the callers; one that is known at deployment is taken to do so.
fn is_limited(condition: Option<&Data>) -> bool {
    match condition {
        None => false,
        Some(Data::Map(operators)) => operators.iter().any(|(operator, keys)| {
            let operator = operator.strip_prefix("ForAnyValue:").unwrap_or(operator);
            LIMITING_OPERATORS.contains(&operator) && keys.as_map().is_none_or(limits_callers)
        }),
        Some(_) => true,
    }
}

fn limits_callers(keys: &Map) -> bool {
    keys.iter().any(|(key, values)| {
        let is_limiting = LIMITING_KEYS.contains(&key.to_ascii_lowercase().as_str());
        is_limiting && list_items(Some(values)).iter().all(is_fixed)
    })
}

/// Returns `true` for a value that not every account has; one that is known at deployment is taken to be such a value.
pub(super) fn is_fixed(value: &Data) -> bool {
    match value {
        Data::Null | Data::Bool(false) => false,
        Data::Text(text) => is_fixed_text(text),
        _ => true,
    }
}

fn is_fixed_text(text: &str) -> bool {
    let is_wild = |part: &str| part.chars().all(|c| matches!(c, '*' | '?'));
    if text.eq_ignore_ascii_case("false") {
        return false;
    }
    let Some(arn) = text.strip_prefix("arn:") else {
        let stem = text.trim_end_matches('*');
        return !is_wild(text) && stem != "o-" && !text.ends_with("/0");
    };
    // Partition, service, region, account and resource. Names of buckets are unique among all accounts.
    let parts: Vec<&str> = arn.splitn(5, ':').collect();
    match parts[..] {
        [_, service, _, account, resource] if service == "s3" || account.is_empty() => {
            !is_wild(resource)
        }
        [_, _, _, account, _] => !is_wild(account),
        _ => false,
    }
}
