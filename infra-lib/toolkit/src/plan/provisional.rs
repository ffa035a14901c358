//! What is expected of a stack that cannot be planned yet, because it reads what another stack has yet to give.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as JsonValue, json};

use super::target::Target;
use crate::cloud::{Action, Recreation};
use crate::digest::Digest;
use crate::review::{
    Direction, PropertyChange, Replacement, ResourceChange, SectionChange, StackReview,
};
use crate::template::{Reference, Template, references};

/// The resources that differ between two templates, and whether the schemas say that a difference replaces.
pub(crate) fn resources(target: &Target, old: &Template, new: &Template) -> Vec<ResourceChange> {
    let mut found = Vec::new();
    for resource in new.resources() {
        let before = old.resource(resource.logical_id);
        let (action, properties) = match before {
            None => (Action::Add, Vec::new()),
            Some(before) => {
                let properties = properties(resource.type_name, before.entry, resource.entry);
                if properties.is_empty() {
                    continue;
                }
                (Action::Modify, properties)
            }
        };
        let because: Vec<String> = properties
            .iter()
            .filter(|property| property.recreation != Recreation::Never)
            .map(|property| property.path.clone())
            .collect();
        found.push(change(
            target,
            resource.logical_id,
            resource.type_name,
            action,
            if because.is_empty() {
                Replacement::No
            } else {
                Replacement::Maybe { because }
            },
            properties,
        ));
    }
    for gone in old.resources() {
        if new.resource(gone.logical_id).is_none() {
            found.push(change(
                target,
                gone.logical_id,
                gone.type_name,
                Action::Remove,
                Replacement::No,
                Vec::new(),
            ));
        }
    }
    found
}

fn change(
    target: &Target,
    logical_id: &str,
    type_name: &str,
    action: Action,
    replacement: Replacement,
    properties: Vec<PropertyChange>,
) -> ResourceChange {
    ResourceChange {
        resource: target.stack.resource(logical_id, type_name),
        action,
        replacement,
        policy_action: None,
        stateful: infra_schema::resource(type_name).is_some_and(|known| known.stateful),
        properties,
        moved_from: None,
    }
}

/// Top-level properties and attributes that differ.
fn properties(
    type_name: &str,
    before: &serde_json::Map<String, JsonValue>,
    after: &serde_json::Map<String, JsonValue>,
) -> Vec<PropertyChange> {
    let known = infra_schema::resource(type_name);
    let replaces = |property: &str| {
        let Some(known) = known else {
            // Custom resources, and types that came later: nobody knows.
            return Recreation::Conditionally;
        };
        let of = |paths: &[infra_schema::Path]| {
            paths
                .iter()
                .any(|path| path.steps().next() == Some(property))
        };
        if of(&known.create_only) {
            Recreation::Always
        } else if of(&known.conditional_create_only) {
            Recreation::Conditionally
        } else {
            Recreation::Never
        }
    };
    let mut found = Vec::new();
    let empty = serde_json::Map::new();
    let of = |entry: &serde_json::Map<String, JsonValue>| {
        let properties = entry.get("Properties").and_then(JsonValue::as_object);
        properties.unwrap_or(&empty).clone()
    };
    for (name, before, after) in differences(&of(before), &of(after)) {
        found.push(PropertyChange {
            recreation: replaces(&name),
            path: format!("Properties.{name}"),
            before,
            after,
            ..PropertyChange::default()
        });
    }
    for (name, before, after) in differences(before, after) {
        // Where it was made is no property of what is deployed.
        if name != "Properties" && name != "Metadata" {
            found.push(PropertyChange {
                path: name,
                before,
                after,
                ..PropertyChange::default()
            });
        }
    }
    found
}

fn differences(
    before: &serde_json::Map<String, JsonValue>,
    after: &serde_json::Map<String, JsonValue>,
) -> Vec<(String, Option<JsonValue>, Option<JsonValue>)> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            (
                name.clone(),
                before.get(name).cloned(),
                after.get(name).cloned(),
            )
        })
        .collect()
}

/// Entries of other sections that differ, and tags of the stack.
pub(crate) fn sections(
    old: &Template,
    new: &Template,
    old_tags: &BTreeMap<String, String>,
    new_tags: &BTreeMap<String, String>,
) -> Vec<SectionChange> {
    let names: BTreeSet<&String> = old.document().keys().chain(new.document().keys()).collect();
    let mut found = Vec::new();
    for section in names {
        if section == "Resources" || section == "Metadata" {
            continue;
        }
        let of = |template: &Template| match template.document().get(section) {
            Some(JsonValue::Object(entries)) => entries.clone(),
            Some(single) => [(section.clone(), single.clone())].into_iter().collect(),
            None => serde_json::Map::new(),
        };
        for (name, before, after) in differences(&of(old), &of(new)) {
            found.push(SectionChange {
                section: section.clone(),
                name,
                before,
                after,
            });
        }
    }
    let tags = |tags: &BTreeMap<String, String>| {
        let entries = tags.iter().map(|(key, value)| (key.clone(), json!(value)));
        entries.collect::<serde_json::Map<String, JsonValue>>()
    };
    for (name, before, after) in differences(&tags(old_tags), &tags(new_tags)) {
        found.push(SectionChange {
            section: "Tags".to_owned(),
            name,
            before,
            after,
        });
    }
    found
}

/// What a stack reads from others: names of stacks with outputs, and exports.
pub(crate) fn reads(template: &Template) -> Vec<Reference> {
    let document = JsonValue::Object(template.document().clone());
    let mut found = references(&document);
    found.retain(|reference| {
        matches!(
            reference,
            Reference::StackOutput { .. } | Reference::Import { .. }
        )
    });
    found.sort();
    found.dedup();
    found
}

/// What a person has agreed to, one line for each thing; the order does not matter.
fn items(review: &StackReview) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for change in &review.resources {
        let id = &change.resource.logical_id;
        let what = match (&change.action, change.replacement.is_possible()) {
            (Action::Add, _) => format!("create `{id}`"),
            (Action::Remove, _) => format!("remove `{id}`"),
            (Action::Import, _) => format!("import `{id}`"),
            (_, true) => format!("replace `{id}`"),
            (_, false) => format!("change `{id}`"),
        };
        items.insert(what);
    }
    for stop in review.stops.iter().filter(|stop| stop.data_loss) {
        items.insert(format!("lose the data of `{}`", stop.resource.logical_id));
    }
    for change in &review.security {
        if change.direction == Direction::Broadening {
            items.insert(format!("broaden: {}", change.summary));
        }
    }
    items
}

/// The digest of what is expected, for the plan file.
pub(crate) fn digest(review: &StackReview) -> Digest {
    Digest::of_json(&json!(items(review)))
}

/// What the real plan says that the expected one did not. To replace includes to change.
pub(crate) fn more(expected: &StackReview, real: &StackReview) -> Vec<String> {
    let expected = items(expected);
    let known = |item: &String| {
        expected.contains(item)
            || item
                .strip_prefix("change ")
                .is_some_and(|id| expected.contains(&format!("replace {id}")))
    };
    items(real)
        .into_iter()
        .filter(|item| !known(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{digest, more};
    use crate::cloud::Action;
    use crate::event::ResourceName;
    use crate::review::{
        Basis, Direction, Replacement, ResourceChange, SecurityChange, SecurityKind, StackChange,
        StackReview,
    };

    fn resource(id: &str) -> ResourceName {
        ResourceName {
            logical_id: id.to_owned(),
            ..ResourceName::default()
        }
    }

    fn review(changes: &[(&str, Action, Replacement)]) -> StackReview {
        StackReview {
            path: "web".to_owned(),
            stack: "web".to_owned(),
            region: None,
            change: StackChange::Update,
            basis: Basis::Templates {
                against: "deployed".to_owned(),
            },
            provisional: true,
            resources: changes
                .iter()
                .map(|(id, action, replacement)| ResourceChange {
                    resource: resource(id),
                    action: action.clone(),
                    replacement: replacement.clone(),
                    policy_action: None,
                    stateful: false,
                    properties: Vec::new(),
                    moved_from: None,
                })
                .collect(),
            sections: Vec::new(),
            security: Vec::new(),
            stops: Vec::new(),
            notes: Vec::new(),
            estimate: None,
            unchecked: Vec::new(),
        }
    }

    fn maybe() -> Replacement {
        Replacement::Maybe {
            because: vec!["Name".to_owned()],
        }
    }

    #[test]
    fn only_what_nobody_has_seen_is_more() {
        let expected = review(&[
            ("New", Action::Add, Replacement::No),
            ("Risky", Action::Modify, maybe()),
            ("Plain", Action::Modify, Replacement::No),
        ]);
        // Less than expected, and a risk that did not come true.
        let less = review(&[
            ("New", Action::Add, Replacement::No),
            ("Risky", Action::Modify, Replacement::No),
        ]);
        assert!(more(&expected, &less).is_empty());
        let mut worse = review(&[
            ("Plain", Action::Modify, maybe()),
            ("Gone", Action::Remove, Replacement::No),
        ]);
        worse.security.push(SecurityChange {
            resource: resource("Role"),
            direction: Direction::Broadening,
            kind: SecurityKind::IamStatement,
            summary: "Allow s3:*".to_owned(),
            public: false,
        });
        assert_eq!(
            more(&expected, &worse),
            ["broaden: Allow s3:*", "remove `Gone`", "replace `Plain`"]
        );
        assert_ne!(digest(&expected), digest(&worse));
    }
}
