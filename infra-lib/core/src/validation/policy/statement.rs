//! Checks the statements of a policy: their elements, actions, resources and conditions.

use std::collections::BTreeMap;

use infra_schema::iam::{
    CONDITION_OPERATORS, is_condition_operator, is_known_action, is_known_condition_key,
    nearest_action, nearest_condition_key,
};
use infra_schema::nearest::find_nearest;

use super::{
    Kind, check_keys, for_each_item, presence_of, principal, report, report_key, resources,
};
use crate::diagnostic::codes;
use crate::validation::view::{Entries, Form, View, find_entry};
use crate::validation::walk::{Presence, Walk, join_path};

const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

const OPERATORS_URL: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const KEYS_URL: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
pub(super) const ACTIONS_URL: &str = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html";

pub(super) fn check_statements<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    statements: &[(V, String)],
    kind: Kind,
) {
    let mut identifiers: BTreeMap<&str, &str> = BTreeMap::new();
    for (value, at) in statements {
        let map = match value.form() {
            Form::Map(map) => map,
            Form::Text(_) | Form::Number(_) | Form::Bool(_) | Form::Null => {
                report(walk, *value, at, "a statement is a map".to_owned());
                continue;
            }
            _ => continue,
        };
        if !check_keys(walk, &map, &ELEMENTS, "a statement", at) {
            continue;
        }
        check_effect(walk, *value, &map, at);
        check_elements(walk, *value, &map, at, kind);
        if matches!(kind, Kind::Identity | Kind::Trust) {
            check_identifier(walk, &map, at, &mut identifiers);
        }
        for name in ["Action", "NotAction"] {
            if let Some(actions) = find_entry(&map, name) {
                check_actions(walk, actions, &join_path(at, name));
            }
        }
        for name in ["Resource", "NotResource"] {
            if let Some(resources) = find_entry(&map, name)
                && matches!(kind, Kind::Identity | Kind::Resource)
            {
                check_resources(walk, resources, &join_path(at, name));
            }
        }
        if matches!(kind, Kind::Identity | Kind::Resource) {
            resources::check_action_resources(walk, &map, at);
        }
        for name in ["Principal", "NotPrincipal"] {
            if let Some(value) = find_entry(&map, name) {
                principal::check_principal(walk, value, &join_path(at, name));
            }
        }
        if let Some(conditions) = find_entry(&map, "Condition") {
            check_conditions(walk, conditions, &join_path(at, "Condition"));
        }
    }
}

fn check_effect<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    statement: V,
    map: &Entries<'t, V>,
    at: &str,
) {
    let at_effect = join_path(at, "Effect");
    if presence_of(map, "Effect") == Presence::Absent {
        let message = "a statement requires `Effect`".to_owned();
        report(walk, statement, &at_effect, message).expected = Some("Allow or Deny".to_owned());
        return;
    }
    let Some(effect) = find_entry(map, "Effect") else {
        return;
    };
    for_each_item(effect, &at_effect, &mut |value, at| {
        if let Form::Text(text) = value.form()
            && !matches!(text, "Allow" | "Deny")
        {
            let message = format!("`{text}` is not an effect");
            let finding = report(walk, value, at, message);
            finding.actual = Some(text.to_owned());
            finding.expected = Some("Allow or Deny".to_owned());
        }
    });
}

/// Checks which of the paired elements a statement has.
fn check_elements<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    statement: V,
    map: &Entries<'t, V>,
    at: &str,
    kind: Kind,
) {
    let prohibited: &[&str] = match kind {
        Kind::Identity => &["Principal", "NotPrincipal"],
        Kind::Trust => &["Resource", "NotResource"],
        Kind::Resource | Kind::Other => &[],
    };
    let owner = match kind {
        Kind::Identity => "a policy of an identity",
        Kind::Trust => "a trust policy",
        Kind::Resource | Kind::Other => "a policy of a resource",
    };
    for name in prohibited {
        if let Some(value) = find_entry(map, name)
            && Presence::of_value(Some(value)) == Presence::Present
        {
            let message = format!("{owner} cannot have `{name}`");
            report_key(walk, value, &join_path(at, name), message).help =
                Some(format!("remove `{name}`"));
        }
    }
    for (one, other) in [
        ("Action", "NotAction"),
        ("Resource", "NotResource"),
        ("Principal", "NotPrincipal"),
    ] {
        let required = match kind {
            _ if one == "Action" => true,
            Kind::Resource => true,
            Kind::Identity => one == "Resource",
            Kind::Trust => one == "Principal",
            Kind::Other => false,
        };
        match (presence_of(map, one), presence_of(map, other)) {
            (Presence::Present, Presence::Present) => {
                let message = format!("`{one}` and `{other}` are mutually exclusive");
                let at = join_path(at, other);
                match find_entry(map, other) {
                    Some(value) => report_key(walk, value, &at, message),
                    None => report(walk, statement, &at, message),
                };
            }
            (Presence::Absent, Presence::Absent) if required => {
                let message = format!("a statement of {owner} requires `{one}` or `{other}`");
                report(walk, statement, &join_path(at, one), message);
            }
            _ => {}
        }
    }
}

/// Checks the identifier of a statement of a policy in IAM.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
fn check_identifier<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    map: &Entries<'t, V>,
    at: &str,
    seen: &mut BTreeMap<&'t str, &'t str>,
) {
    let Some(value) = find_entry(map, "Sid") else {
        return;
    };
    let Form::Text(text) = value.form() else {
        return;
    };
    let at = join_path(at, "Sid");
    if !text.chars().all(|c| c.is_ascii_alphanumeric()) {
        let message = format!("the identifier `{text}` of a statement is not alphanumeric");
        report(walk, value, &at, message).expected =
            Some("letters `A` to `Z`, `a` to `z` and digits".to_owned());
    } else if !text.is_empty() && seen.insert(text, text).is_some() {
        let message = format!("the policy has two statements with the identifier `{text}`");
        report(walk, value, &at, message);
    }
}

fn check_actions<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, actions: V, at: &str) {
    if matches!(actions.form(), Form::List(items) if items.is_empty()) {
        report(
            walk,
            actions,
            at,
            "a statement requires at least one action".to_owned(),
        );
    }
    for_each_item(actions, at, &mut |value, at| {
        let Form::Text(text) = value.form() else {
            return;
        };
        if text == "*" || text == "*:*" || is_known_action(text) {
            return;
        }
        let is_whole = text.split_once(':').is_some_and(|(service, name)| {
            !service.is_empty() && !service.contains(['*', '?']) && !name.is_empty()
        });
        let finding = if is_whole {
            let message = format!("the action `{text}` does not exist");
            walk.add_finding(codes::UNKNOWN_ACTION, Some(value), at, message)
        } else {
            let message = format!("`{text}` is not an action");
            report(walk, value, at, message)
        };
        finding.url = Some(ACTIONS_URL.to_owned());
        finding.help = Some(nearest_action(text).map_or_else(
            || {
                "an action consists of a service prefix, `:` and a name, such as `s3:GetObject`"
                    .to_owned()
            },
            |near| format!("did you mean `{near}`?"),
        ));
    });
}

fn check_resources<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, resources: V, at: &str) {
    for_each_item(resources, at, &mut |value, at| {
        let text = match value.form() {
            Form::Text(text) => text,
            Form::Map(_) => {
                let message = "a resource of a policy is text, found a map".to_owned();
                report(walk, value, at, message);
                return;
            }
            _ => return,
        };
        // Policy variables, dynamic references and patterns can stand for any part.
        if text.contains(['*', '?']) && text.starts_with("arn:")
            || text == "*"
            || text.contains("${")
            || text.contains("{{")
            || (text.starts_with("arn:") && text.matches(':').count() >= 5)
        {
            return;
        }
        let message = format!("`{text}` is not a resource of a policy");
        let finding = report(walk, value, at, message);
        finding.actual = Some(text.to_owned());
        finding.expected = Some("`*`, or an ARN with six parts".to_owned());
    });
}

/// Checks operators, keys and values of conditions.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
fn check_conditions<'t, V: View<'t>>(walk: &mut Walk<'_, 't, V>, conditions: V, at: &str) {
    let operators = match conditions.form() {
        Form::Map(operators) => operators,
        Form::If(then, otherwise) => {
            check_conditions(walk, then, at);
            check_conditions(walk, otherwise, at);
            return;
        }
        Form::Text(_) | Form::List(_) | Form::Number(_) | Form::Bool(_) => {
            let message = "`Condition` is a map from operators to keys and values".to_owned();
            report(walk, conditions, at, message);
            return;
        }
        _ => return,
    };
    for (operator, value) in &operators {
        let at = join_path(at, operator);
        if operator.starts_with("Fn::") {
            continue;
        }
        if !is_condition_operator(operator) {
            let message = format!("`{operator}` is not a condition operator");
            let finding =
                walk.add_key_finding(codes::UNKNOWN_CONDITION_OPERATOR, *value, &at, message);
            finding.url = Some(OPERATORS_URL.to_owned());
            finding.help = find_nearest(operator, CONDITION_OPERATORS.iter().copied())
                .map(|near| format!("did you mean `{near}`?"));
            continue;
        }
        match value.form() {
            Form::Map(keys) => {
                for (key, value) in &keys {
                    check_condition(walk, operator, key, *value, &join_path(&at, key));
                }
            }
            Form::Text(_) | Form::List(_) | Form::Number(_) | Form::Bool(_) => {
                let message = format!("`{operator}` is a map from condition keys to values");
                report(walk, *value, &at, message);
            }
            _ => {}
        }
    }
}

fn check_condition<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    operator: &str,
    key: &str,
    value: V,
    at: &str,
) {
    if key.starts_with("Fn::") {
        return;
    }
    if !key.contains(':') {
        let message = format!("the condition key `{key}` has no prefix");
        report_key(walk, value, at, message).help = Some(
            "a key has the prefix of a service, or `aws:`, such as `aws:SourceArn`".to_owned(),
        );
    } else if !is_known_condition_key(key) {
        let message = format!("no service knows the condition key `{key}`");
        let finding = walk.add_key_finding(codes::UNKNOWN_CONDITION_KEY, value, at, message);
        finding.url = Some(KEYS_URL.to_owned());
        finding.help = nearest_condition_key(key).map(|near| format!("did you mean `{near}`?"));
    }
    let is_null = operator.ends_with("Null");
    for_each_item(value, at, &mut |value, at| match value.form() {
        Form::Map(_) => {
            let message = "the value of a condition is text or a list of texts".to_owned();
            report(walk, value, at, message);
        }
        Form::Text(text) if is_null && !matches!(text, "true" | "false") => {
            let message = format!("`Null` compares with `true` or `false`, found `{text}`");
            report(walk, value, at, message);
        }
        _ => {}
    });
}
