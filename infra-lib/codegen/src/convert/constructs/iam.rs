//! Policy documents as calls of `Statement` and `Principal`.

use serde_json::Value as JsonValue;

use super::values::{is_same, is_text};
use super::{Arg, Call, Context};
use crate::convert::types::Meaning;
use infra_schema::iam::{is_condition_operator, is_known_action};

/// Use of a policy, which decides if its statements have principals.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PolicyUse {
    Identity,
    Resource,
}

/// Returns the statements of a policy document as `PolicyDocument` renders it.
pub(super) fn statements(document: &JsonValue) -> Option<&[JsonValue]> {
    let map = document.as_object().filter(|map| map.len() == 2)?;
    (map.get("Version")? == "2012-10-17").then_some(())?;
    let all = map.get("Statement")?.as_array()?;
    let mergeable = (0..all.len()).any(|at| all[..at].iter().any(|old| can_merge(old, &all[at])));
    (!mergeable).then_some(all.as_slice())
}

/// Returns `true` if `PolicyDocument` would make one statement of two.
fn can_merge(old: &JsonValue, new: &JsonValue) -> bool {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
        return true;
    };
    if old == new {
        return true;
    }
    if old.contains_key("Sid") || new.contains_key("Sid") || old.len() != new.len() {
        return false;
    }
    let differing: Vec<&String> = new
        .iter()
        .filter(|(key, value)| old.get(*key) != Some(value))
        .map(|(key, _)| key)
        .collect();
    differing.len() == 1 && ["Action", "Resource"].contains(&differing[0].as_str())
}

/// Returns the items of a value that is rendered as such for one item, and as a list for several.
fn one_or_many(value: &JsonValue) -> Option<Vec<&JsonValue>> {
    let JsonValue::Array(items) = value else {
        return Some(vec![value]);
    };
    let is_repeated =
        (0..items.len()).any(|at| items[..at].iter().any(|one| is_same(one, &items[at])));
    (items.len() > 1 && !is_repeated).then(|| items.iter().collect())
}

/// Returns the calls that add the statements of an inline policy named `Default`.
pub(super) fn inline<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Option<Vec<Call<'s>>> {
    let [policy] = value.as_array()?.as_slice() else {
        return None;
    };
    let map = policy.as_object().filter(|map| map.len() == 2)?;
    (map.get("PolicyName")? == "Default").then_some(())?;
    identity_document(map.get("PolicyDocument")?)
}

/// Returns the calls that add the statements of a managed policy.
pub(super) fn document<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Option<Vec<Call<'s>>> {
    identity_document(value)
}

fn identity_document(document: &JsonValue) -> Option<Vec<Call<'_>>> {
    let statements = statements(document)?;
    (!statements.is_empty()).then_some(())?;
    let calls = statements
        .iter()
        .map(|one| Some(("statement", vec![statement(one, PolicyUse::Identity)?])));
    calls.collect()
}

/// Returns the calls that attach managed policies.
pub(super) fn managed_policies<'s>(
    context: &Context<'_, 's>,
    value: &'s JsonValue,
) -> Option<Vec<Call<'s>>> {
    let Meaning::List(item) = context.meaning("ManagedPolicyArns")? else {
        return None;
    };
    let items = value.as_array().filter(|items| !items.is_empty())?;
    let calls = items
        .iter()
        .map(|arn| ("managed_policy", vec![Arg::Value(arn, (*item).clone())]));
    Some(calls.collect())
}

/// Returns `Statement::allow()…` for a statement.
pub(super) fn statement(value: &JsonValue, policy: PolicyUse) -> Option<Arg<'_>> {
    const KEYS: [&str; 8] = [
        "Sid",
        "Effect",
        "Principal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    ];
    let map = value.as_object()?;
    map.keys()
        .all(|key| KEYS.contains(&key.as_str()))
        .then_some(())?;
    let effect = match map.get("Effect")?.as_str()? {
        "Allow" => "::allow()",
        "Deny" => "::deny()",
        _ => return None,
    };
    let mut calls: Vec<Call<'_>> = Vec::new();
    if let Some(sid) = map.get("Sid") {
        calls.push((
            "sid",
            vec![Arg::Value(sid.is_string().then_some(sid)?, Meaning::String)],
        ));
    }
    match map.get("Principal") {
        Some(given) if policy == PolicyUse::Resource => {
            calls.extend(
                principals(given)?
                    .into_iter()
                    .map(|one| ("principal", vec![one])),
            );
        }
        None if policy == PolicyUse::Identity => {}
        _ => return None,
    }
    let has = |name| map.contains_key(name);
    if has("Action") == has("NotAction") || has("Resource") && has("NotResource") {
        return None;
    }
    if policy == PolicyUse::Identity && !has("Resource") && !has("NotResource") {
        return None;
    }
    if let Some(given) = map.get("Action") {
        let names = actions(given)?;
        calls.push(match <[_; 1]>::try_from(names) {
            Ok([only]) => ("action", vec![only]),
            Err(several) => ("actions", vec![Arg::List(several)]),
        });
    }
    if let Some(given) = map.get("NotAction") {
        calls.push(("not_actions", vec![Arg::List(actions(given)?)]));
    }
    for item in map.get("Resource").map_or(Some(vec![]), one_or_many)? {
        is_text(item).then_some(())?;
        calls.push(("resource", vec![Arg::Value(item, Meaning::String)]));
    }
    for item in map.get("NotResource").map_or(Some(vec![]), one_or_many)? {
        is_text(item).then_some(())?;
        let list = Arg::List(vec![Arg::Value(item, Meaning::String)]);
        calls.push(("not_resources", vec![list]));
    }
    calls.extend(conditions(map.get("Condition"))?);
    let start = Arg::Item("iam", "Statement", effect.to_owned());
    Some(Arg::Chain(Box::new(start), calls))
}

fn actions(given: &JsonValue) -> Option<Vec<Arg<'_>>> {
    let names = one_or_many(given)?.into_iter().map(|action| {
        let name = action.as_str()?;
        is_known_action(name).then_some(Arg::Value(action, Meaning::String))
    });
    names.collect()
}

fn conditions(given: Option<&JsonValue>) -> Option<Vec<Call<'_>>> {
    let mut calls = Vec::new();
    let Some(given) = given else {
        return Some(calls);
    };
    let operators = given.as_object().filter(|map| !map.is_empty())?;
    for (operator, keys) in operators {
        is_condition_operator(operator).then_some(())?;
        let keys = keys.as_object().filter(|map| !map.is_empty())?;
        for (key, values) in keys {
            for value in one_or_many(values)? {
                is_text(value).then_some(())?;
                let arguments = vec![
                    Arg::Plain(format!("{operator:?}")),
                    Arg::Plain(format!("{key:?}")),
                    Arg::Value(value, Meaning::String),
                ];
                calls.push(("condition", arguments));
            }
        }
    }
    Some(calls)
}

/// Returns the principals of a statement in a resource-based policy.
fn principals(given: &JsonValue) -> Option<Vec<Arg<'_>>> {
    let kinds = given.as_object().filter(|map| !map.is_empty())?;
    let mut found = Vec::new();
    for (kind, values) in kinds {
        for value in one_or_many(values)? {
            found.push(principal(kind, value, "sts:AssumeRole")?);
        }
    }
    Some(found)
}

fn principal<'s>(kind: &str, value: &'s JsonValue, action: &str) -> Option<Arg<'s>> {
    let plain = |name: &str| Arg::Item("iam", "Principal", format!("::{name}"));
    let of = |name: &str| {
        let value = Arg::Value(is_text(value).then_some(value)?, Meaning::String);
        Some(Arg::Call(Box::new(plain(name)), vec![value]))
    };
    let account =
        serde_json::json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" });
    match (kind, action) {
        ("AWS", "sts:AssumeRole") if value == "*" => Some(plain("any()")),
        ("AWS", "sts:AssumeRole") if *value == account => Some(plain("this_account()")),
        ("AWS", "sts:AssumeRole") => of("arn"),
        ("Service", "sts:AssumeRole") => of("service"),
        ("Federated", "sts:AssumeRole") => of("federated"),
        ("Federated", "sts:AssumeRoleWithWebIdentity") => of("web_identity"),
        _ => None,
    }
}

/// Returns the call that names the principals of a trust policy.
pub(super) fn trust<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Option<Vec<Call<'s>>> {
    let mut found = Vec::new();
    let mut terms: Vec<(&str, &JsonValue)> = Vec::new();
    let no_condition = &JsonValue::Null;
    for statement in statements(value)? {
        let map = statement.as_object()?;
        let known = ["Effect", "Principal", "Action", "Condition"];
        map.keys()
            .all(|key| known.contains(&key.as_str()))
            .then_some(())?;
        (map.get("Effect")? == "Allow").then_some(())?;
        let action = map.get("Action")?.as_str()?;
        let term = (action, map.get("Condition").unwrap_or(no_condition));
        // Principals with the same terms share a statement.
        (!terms.contains(&term)).then_some(())?;
        terms.push(term);
        let conditions = conditions(map.get("Condition"))?;
        let kinds = map
            .get("Principal")?
            .as_object()
            .filter(|map| !map.is_empty())?;
        for (kind, values) in kinds {
            for value in one_or_many(values)? {
                let one = principal(kind, value, action)?;
                found.push(if conditions.is_empty() {
                    one
                } else {
                    Arg::Chain(Box::new(one), conditions.clone())
                });
            }
        }
    }
    (!found.is_empty()).then_some(())?;
    let argument = match <[_; 1]>::try_from(found) {
        Ok([only]) => only,
        Err(several) => Arg::List(several),
    };
    Some(vec![("assumed_by", vec![argument])])
}
