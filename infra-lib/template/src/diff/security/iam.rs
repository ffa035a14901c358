//! Compares IAM permissions: grants of one template that the other one does not imply.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as JsonValue;

use super::grants::{Grant, Kind, NOT, collect_grants};
use super::name_of;
use super::pattern::covers_action;
use super::text::{DisplayNames, render_text, render_texts};
use crate::Template;
use crate::review::{Direction, SecurityChange, SecurityKind};

/// Maximum number of actions or resources to name; the others are counted.
const MOST_NAMED: usize = 8;

/// Adds changes for statements that permit more or less than before.
pub(super) fn compare_statements(words: DisplayNames<'_>, found: &mut Vec<SecurityChange>) {
    let (old, new) = (
        collect_grants(words.old),
        collect_grants(&words.new.template),
    );
    let beyond = |some: &BTreeSet<Grant>, others: &BTreeSet<Grant>, allow: bool| -> Vec<Grant> {
        some.iter()
            .filter(|grant| {
                grant.allow == allow && !others.iter().any(|other| other.covers_grant(grant))
            })
            .cloned()
            .collect()
    };
    for (grants, direction, appears) in [
        (beyond(&new, &old, true), Direction::Broadening, true),
        (beyond(&old, &new, false), Direction::Broadening, false),
        (beyond(&old, &new, true), Direction::Narrowing, false),
        (beyond(&new, &old, false), Direction::Narrowing, true),
    ] {
        for group in group_grants(grants) {
            let public = direction == Direction::Broadening && appears && group.grant.is_public();
            found.push(SecurityChange {
                resource: name_of(&group.grant.owner, words),
                direction,
                kind: match group.grant.kind {
                    Kind::Trust => SecurityKind::Trust,
                    _ if public => SecurityKind::PublicAccess,
                    _ => SecurityKind::IamStatement,
                },
                summary: describe_group(&group, appears, words),
                public,
            });
        }
    }
}

/// Adds changes for managed policies that identities gain or lose.
pub(super) fn compare_attachments(words: DisplayNames<'_>, found: &mut Vec<SecurityChange>) {
    let attached = |template: &Template| -> BTreeSet<(String, String)> {
        let of_identity = template.resources().filter(|resource| {
            ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"].contains(&resource.type_name)
        });
        of_identity
            .flat_map(|resource| {
                let arns = render_texts(
                    resource
                        .properties()
                        .and_then(|p| p.get("ManagedPolicyArns")),
                );
                let id = resource.logical_id.to_owned();
                arns.into_iter().map(move |arn| (id.clone(), arn))
            })
            .collect()
    };
    let (old, new) = (attached(words.old), attached(&words.new.template));
    let mut say = |id: &str, arn: &str, direction: Direction, does: &str| {
        let policy = words.expand_references(arn);
        let policy = policy
            .rsplit(":policy/")
            .next()
            .unwrap_or(&policy)
            .to_owned();
        let all = if policy == "AdministratorAccess" {
            ", which permits everything"
        } else {
            ""
        };
        found.push(SecurityChange {
            resource: name_of(id, words),
            direction,
            kind: SecurityKind::ManagedPolicy,
            summary: format!(
                "{} {does} the managed policy {policy}{all}",
                words.name_resource(id)
            ),
            public: false,
        });
    };
    for (id, arn) in new.difference(&old) {
        say(id, arn, Direction::Broadening, "gets");
    }
    for (id, arn) in old.difference(&new) {
        say(id, arn, Direction::Narrowing, "loses");
    }
}

/// Grants that are described in one sentence.
struct Group {
    grant: Grant,
    actions: Vec<String>,
    resources: Vec<String>,
}

fn group_grants(grants: Vec<Grant>) -> Vec<Group> {
    let mut by_resource: BTreeMap<Grant, Vec<String>> = BTreeMap::new();
    for mut grant in grants {
        let action = std::mem::take(&mut grant.action);
        by_resource.entry(grant).or_default().push(action);
    }
    let mut by_actions: BTreeMap<(Grant, Vec<String>), Vec<String>> = BTreeMap::new();
    for (mut grant, actions) in by_resource {
        let resource = std::mem::take(&mut grant.resource);
        by_actions
            .entry((grant, actions))
            .or_default()
            .push(resource);
    }
    let groups = by_actions.into_iter();
    groups
        .map(|((grant, actions), resources)| Group {
            grant,
            actions,
            resources,
        })
        .collect()
}

/// Returns a sentence such as `Service/TaskRole may s3:GetObject on Assets/*`.
fn describe_group(group: &Group, appears: bool, words: DisplayNames<'_>) -> String {
    let grant = &group.grant;
    let who = match grant.principal.as_str() {
        "*" => "everyone".to_owned(),
        who => words.expand_references(who),
    };
    let verb = match (grant.allow, appears) {
        (true, true) => "may",
        (true, false) => "may no longer",
        (false, true) => "is denied",
        (false, false) => "is no longer denied",
    };
    let condition = describe_condition(&grant.condition, words);
    let is_assume = |action: &String| action.eq_ignore_ascii_case("sts:AssumeRole");
    if grant.kind == Kind::Trust && grant.allow && group.actions.iter().all(is_assume) {
        return format!(
            "{who} {verb} assume {}{condition}",
            words.expand_references(&grant.scope)
        );
    }
    let everything = |list: &[String]| list.iter().any(|item| item == "*");
    let actions = if everything(&group.actions) {
        "do everything".to_owned()
    } else {
        join_names(
            group
                .actions
                .iter()
                .map(|action| words.expand_references(action)),
        )
    };
    let on = match (grant.kind, everything(&group.resources)) {
        (Kind::Identity, true) => "everything".to_owned(),
        (_, true) => words.expand_references(&grant.scope),
        _ => join_names(
            group
                .resources
                .iter()
                .map(|resource| words.expand_references(resource)),
        ),
    };
    // Passing a role includes all permissions of the role.
    let passes = grant.allow
        && grant.kind == Kind::Identity
        && group
            .actions
            .iter()
            .any(|action| !action.starts_with(NOT) && covers_action(action, "iam:PassRole"));
    let passes = match (passes, everything(&group.resources)) {
        (true, true) => " (and with that pass any role to a service)",
        (true, false) => " (and with that do what such a role may)",
        _ => "",
    };
    format!("{who} {verb} {actions} on {on}{condition}{passes}")
}

fn join_names(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    match items.get(..MOST_NAMED) {
        Some(first) if items.len() > MOST_NAMED + 1 => {
            format!("{} and {} more", first.join(", "), items.len() - MOST_NAMED)
        }
        _ => items.join(", "),
    }
}

/// Returns a clause such as ` if aws:SourceAccount = 123456789012`, or an empty string.
fn describe_condition(canonical: &str, words: DisplayNames<'_>) -> String {
    let Ok(JsonValue::Object(operators)) = serde_json::from_str(canonical) else {
        return String::new();
    };
    let mut parts = Vec::new();
    for (operator, keys) in &operators {
        let is = match operator.as_str() {
            "StringEquals" | "Bool" | "ArnEquals" | "NumericEquals" => "=".to_owned(),
            "StringLike" | "ArnLike" => "is like".to_owned(),
            "StringNotEquals" | "ArnNotEquals" => "is not".to_owned(),
            other => other.to_owned(),
        };
        for (key, value) in keys.as_object().into_iter().flatten() {
            let value = match value {
                JsonValue::Array(_) => join_names(
                    render_texts(Some(value))
                        .iter()
                        .map(|v| words.expand_references(v)),
                ),
                one => words.expand_references(&render_text(one)),
            };
            parts.push(format!("{key} {is} {value}"));
        }
    }
    format!(" if {}", parts.join(" and "))
}
