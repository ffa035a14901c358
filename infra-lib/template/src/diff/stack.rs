//! Compares the deployed state of a stack with its desired state.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as JsonValue;

use super::compare::{find_differences, is_same_value};
use super::consequences::{Certainty, Origins, follow_consequences};
use super::path::Path;
use super::stops::{find_blockers, is_stateful};
use super::{moves, policies, recreation, sections, security};
use crate::ResourceName;
use crate::assembly::Stack;
use crate::estimate::estimate_changes;
use crate::migration;
use crate::review::{Action, Recreation};
use crate::review::{
    Basis, Note, NoteSource, PropertyChange, Replacement, ResourceChange, StackChange, StackReview,
};
use crate::{Template, TemplateResource};

/// Attributes of a resource that affect its handling by CloudFormation.
const ATTRIBUTES: [&str; 6] = [
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "UpdatePolicy",
    "UpdateReplacePolicy",
];

/// Returns the changes of deploying `new` over `old`. An empty template stands for a stack that does not exist.
///
/// `against` describes `old` in messages, for example `deployed`.
pub fn diff_stack(old: &Template, new: &Stack, against: &str) -> StackReview {
    diff_with_origins(old, new, against, &Origins::default())
}

/// Compares like [`diff`], given values of other stacks that change as well.
pub(super) fn diff_with_origins(
    deployed: &Template,
    new: &Stack,
    against: &str,
    outside: &Origins,
) -> StackReview {
    let declared = moves::find_declared_moves(deployed, new);
    let old = &moves::rename_resources(deployed, &declared);
    let mut changes = collect_changes(deployed, old, new, &declared);
    propose_moves(&mut changes, old, new);

    let sections = sections::compare_sections(old, &new.template);
    let mut origins = outside.clone();
    for change in &sections {
        // The deployment supplies the value of a parameter, so a new default has an effect only in some cases.
        let into = match change.section.as_str() {
            "Parameters" => &mut origins.parameters,
            "Conditions" => &mut origins.conditions,
            _ => continue,
        };
        if change.before.is_some() && change.after.is_some() {
            into.insert(change.name.clone(), Certainty::Possible);
        }
    }
    if deployed.document().is_empty() {
        origins = Origins::default();
    }
    follow_consequences(&mut changes, &new.template, &origins, |resource| {
        new_change(new, resource, Action::Modify)
    });
    sort_changes(&mut changes, &new.template);

    let change = if deployed.document().is_empty() {
        StackChange::Create
    } else if changes.is_empty() && sections.is_empty() {
        StackChange::Unchanged
    } else {
        StackChange::Update
    };
    StackReview {
        path: new.path.clone(),
        stack: new.name.clone(),
        region: new.region.clone(),
        change,
        basis: Basis::Templates {
            against: against.to_owned(),
        },
        provisional: false,
        security: security::security_changes(old, new),
        opened: Vec::new(),
        stops: find_blockers(&changes),
        notes: collect_notes(&changes, old, new),
        migrations: migration::plan_runs(old, new),
        estimate: estimate_changes(&changes, old, &new.template),
        unchecked: list_unchecked(&changes, &new.template),
        resources: changes,
        nested: Vec::new(),
        sections,
    }
}

/// Returns the names of a resource of the old template.
pub(super) fn old_name(old: TemplateResource<'_>, new: &Stack) -> ResourceName {
    let mut name = new.resource_name(old.logical_id, old.type_name);
    if name.construct_path.is_none() {
        name.construct_path = old.construct_path().map(str::to_owned);
    }
    name
}

fn new_change(new: &Stack, resource: TemplateResource<'_>, action: Action) -> ResourceChange {
    ResourceChange {
        resource: new.resource_name(resource.logical_id, resource.type_name),
        action,
        replacement: Replacement::No,
        policy_action: None,
        stateful: is_stateful(resource.type_name),
        properties: Vec::new(),
        moved_from: None,
    }
}

/// Returns the changes that follow directly from the templates.
fn collect_changes(
    deployed: &Template,
    old: &Template,
    new: &Stack,
    declared: &BTreeMap<String, (String, String)>,
) -> Vec<ResourceChange> {
    let mut changes = Vec::new();
    for resource in new.template.resources() {
        let Some(before) = old.find_resource(resource.logical_id) else {
            changes.push(describe_added(new, resource));
            continue;
        };
        let mut change = describe_modified(new, before, resource);
        let former = declared.values().find(|(id, _)| id == resource.logical_id);
        change.moved_from = former.map(|(_, former)| former.clone());
        if !change.properties.is_empty() || change.moved_from.is_some() {
            changes.push(change);
        }
    }
    for resource in deployed.resources() {
        let moved = declared.contains_key(resource.logical_id);
        if !moved && new.template.find_resource(resource.logical_id).is_none() {
            let mut change = new_change(new, resource, Action::Remove);
            change.resource = old_name(resource, new);
            change.policy_action = Some(policies::removal_action(resource));
            changes.push(change);
        }
    }
    changes
}

/// Returns the change for a new resource, with all its properties.
fn describe_added(new: &Stack, resource: TemplateResource<'_>) -> ResourceChange {
    let mut change = new_change(new, resource, Action::Add);
    let root = Path::default().join_key("Properties");
    for (name, value) in resource.properties().into_iter().flatten() {
        change.properties.push(PropertyChange {
            path: root.join_key(name).to_string(),
            after: Some(value.clone()),
            ..PropertyChange::default()
        });
    }
    change
}

fn describe_modified(
    new: &Stack,
    before: TemplateResource<'_>,
    after: TemplateResource<'_>,
) -> ResourceChange {
    let mut change = new_change(new, after, Action::Modify);
    let nothing = JsonValue::Object(serde_json::Map::new());
    let root = Path::default().join_key("Properties");
    let properties = |resource: TemplateResource<'_>| {
        resource
            .entry
            .get("Properties")
            .cloned()
            .unwrap_or_else(|| nothing.clone())
    };
    let model = infra_schema::resource(after.type_name);
    for difference in find_differences(&properties(before), &properties(after), &root) {
        let recreation = model.map_or(Recreation::Never, |model| {
            recreation::predict_for_difference(model, &difference)
        });
        change.properties.push(PropertyChange {
            path: difference.path.to_string(),
            before: difference.before,
            after: difference.after,
            recreation,
            ..PropertyChange::default()
        });
    }
    change.replacement = recreation::derive_replacement(&change.properties);
    if before.type_name != after.type_name {
        change.properties.insert(
            0,
            PropertyChange {
                path: "Type".to_owned(),
                before: Some(before.type_name.into()),
                after: Some(after.type_name.into()),
                recreation: Recreation::Always,
                ..PropertyChange::default()
            },
        );
        change.replacement = Replacement::Yes {
            because: vec!["Type".to_owned()],
        };
        change.stateful |= is_stateful(before.type_name);
    }
    for name in ATTRIBUTES {
        let (old, now) = (before.entry.get(name), after.entry.get(name));
        if !same_attribute(name, old, now) {
            change.properties.push(PropertyChange {
                path: name.to_owned(),
                before: old.cloned(),
                after: now.cloned(),
                ..PropertyChange::default()
            });
        }
    }
    if change.replacement.is_possible() {
        change.policy_action = Some(policies::replacement_action(after));
    }
    change
}

fn same_attribute(name: &str, old: Option<&JsonValue>, new: Option<&JsonValue>) -> bool {
    if name == "DependsOn" {
        // The value is one name or a list of names in any order.
        let ids = |value: Option<&JsonValue>| -> BTreeSet<String> {
            match value {
                Some(JsonValue::String(id)) => BTreeSet::from([id.clone()]),
                Some(JsonValue::Array(ids)) => ids
                    .iter()
                    .filter_map(|id| Some(id.as_str()?.to_owned()))
                    .collect(),
                _ => BTreeSet::new(),
            }
        };
        return ids(old) == ids(new);
    }
    match (old, new) {
        (Some(old), Some(new)) => is_same_value(old, new),
        (None, None) => true,
        _ => false,
    }
}

/// Marks additions that are similar to removed resources.
fn propose_moves(changes: &mut [ResourceChange], old: &Template, new: &Stack) {
    let ids = |action: Action| -> BTreeSet<String> {
        let of_action = changes.iter().filter(|change| change.action == action);
        of_action
            .map(|change| change.resource.logical_id.clone())
            .collect()
    };
    let proposed = moves::find_proposed_moves(old, new, &ids(Action::Remove), &ids(Action::Add));
    for change in changes
        .iter_mut()
        .filter(|change| change.action == Action::Add)
    {
        let former = proposed.get(&change.resource.logical_id);
        let former = former.and_then(|id| old.find_resource(id));
        change.moved_from = former.map(|former| match former.construct_path() {
            Some(path) => path
                .split_once('/')
                .map_or(path, |(_, below)| below)
                .to_owned(),
            None => former.logical_id.to_owned(),
        });
    }
}

/// Sorts the changes in the order of the new template, removals last.
fn sort_changes(changes: &mut [ResourceChange], template: &Template) {
    let place: BTreeMap<&str, usize> = template
        .resources()
        .enumerate()
        .map(|(at, resource)| (resource.logical_id, at))
        .collect();
    changes.sort_by_key(|change| {
        let place = place.get(change.resource.logical_id.as_str());
        place.copied().unwrap_or(usize::MAX)
    });
}

fn collect_notes(changes: &[ResourceChange], old: &Template, new: &Stack) -> Vec<Note> {
    let note =
        |change: &ResourceChange, fatal: bool, property: Option<&str>, message: String| Note {
            source: NoteSource::Deployer,
            code: None,
            fatal,
            message,
            resource: Some(change.resource.clone()),
            property: property.map(str::to_owned),
        };
    let mut notes = Vec::new();
    for change in changes
        .iter()
        .filter(|change| change.action == Action::Modify)
    {
        let id = &change.resource.logical_id;
        if change
            .properties
            .iter()
            .any(|property| property.path == "Type")
        {
            let message = "CloudFormation cannot change the type of a resource: give the new resource another construct id";
            notes.push(note(change, true, Some("Type"), message.to_owned()));
        } else if matches!(change.replacement, Replacement::Yes { .. })
            && let Some((name, value)) = fixed_name(id, old, &new.template)
        {
            let path = format!("Properties.{name}");
            let message = format!(
                "a replacement cannot have the name of the resource that it replaces: change `{name}` from \"{value}\", or remove it"
            );
            notes.push(note(change, true, Some(&path), message));
        }
        if let Some(former) = &change.moved_from {
            let message = format!(
                "moves from `{former}`: run `refactor` first; without it, `deploy` removes the old resource and creates a new one"
            );
            notes.push(note(change, false, None, message));
        }
    }
    notes
}

/// Returns the explicit name that both templates give to a resource whose name is its only identifier, so that two of them cannot exist at the same
/// time. <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html>
fn fixed_name(id: &str, old: &Template, new: &Template) -> Option<(String, String)> {
    let after = new.find_resource(id)?;
    let model = infra_schema::resource(after.type_name)?;
    let [identifier] = model.primary_identifier.as_slice() else {
        return None;
    };
    let name = identifier.0.as_ref();
    let value = after.properties()?.get(name)?;
    let before = old.find_resource(id)?.properties()?.get(name)?;
    let settable = model
        .property(name)
        .is_some_and(|property| !property.read_only);
    let first_new = model.replacement != Some(infra_schema::Replacement::DeleteFirst);
    let is_name = name.ends_with("Name") || name.ends_with("Identifier");
    (settable && first_new && is_name && is_same_value(before, value))
        .then(|| Some((name.to_owned(), value.as_str()?.to_owned())))?
}

fn list_unchecked(changes: &[ResourceChange], new: &Template) -> Vec<String> {
    let mut found = Vec::new();
    let modified = || {
        changes
            .iter()
            .filter(|change| change.action == Action::Modify)
    };
    let unknown: BTreeSet<&str> = modified()
        .map(|change| change.resource.type_name.as_str())
        .filter(|name| infra_schema::resource(name).is_none_or(|model| model.open))
        .collect();
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.into_iter().collect();
        found.push(format!(
            "whether a change replaces {}: the schema does not specify it",
            names.join(", ")
        ));
    }
    if modified().next().is_some() {
        found.push(
            "drift, values of parameters and validation by AWS: `plan` checks these with CloudFormation".to_owned(),
        );
    }
    if new.section_entries("Conditions").next().is_some() {
        found.push("values of conditions: both alternatives are compared".to_owned());
    }
    if let Some(transform) = new.document().get("Transform") {
        found.push(format!("the output of the transform {transform}"));
    }
    found
}
