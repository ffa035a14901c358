//! Predicts consequences of changes: replacing a resource changes its physical ID, which changes the values that refer to it and may replace further
//! resources.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use super::compare::{identity_key, is_intrinsic};
use super::path::{Path, Step};
use super::policies;
use super::recreation;
use super::security::display_output_name;
use crate::review::{Action, Recreation};
use crate::review::{PropertyChange, Replacement, ResourceChange};
use crate::{Template, TemplateResource};
use infra_core::template::{Reference, references};

/// The certainty with which a value changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Certainty {
    Possible,
    Certain,
}

/// Values outside the resources of the template that change.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    /// Parameters of this template whose default changes.
    pub(super) parameters: BTreeMap<String, Certainty>,
    /// Conditions of this template that change.
    pub(super) conditions: BTreeMap<String, Certainty>,
    /// Outputs of other stacks, by stack and output name.
    pub(super) outputs: BTreeMap<(String, String), Certainty>,
    /// Exports of other stacks by name.
    pub(super) exports: BTreeMap<String, Certainty>,
}

/// Adds all consequences to the changes: to existing ones, and as new ones for resources that do not change otherwise.
pub(super) fn follow_consequences(
    changes: &mut Vec<ResourceChange>,
    template: &Template,
    origins: &Origins,
    fresh: impl Fn(TemplateResource<'_>) -> ResourceChange,
) {
    // Each pass adds or changes at least one resource, or is the last one.
    for _ in 0..=template.resources().count() {
        let causes = Causes::new(changes, origins);
        let mut grew = false;
        for resource in template.resources() {
            grew |= visit_resource(changes, resource, &causes, &fresh);
        }
        if !grew {
            return;
        }
    }
}

/// Returns the certainty with which the targets of references in `value` change, and the name of the cause.
pub(super) fn find_value_cause(
    value: &JsonValue,
    changes: &[ResourceChange],
    origins: &Origins,
) -> Option<(Certainty, String)> {
    Causes::new(changes, origins).find_cause(value)
}

fn visit_resource(
    changes: &mut Vec<ResourceChange>,
    resource: TemplateResource<'_>,
    causes: &Causes<'_>,
    fresh: &impl Fn(TemplateResource<'_>) -> ResourceChange,
) -> bool {
    let at = changes
        .iter()
        .position(|change| change.resource.logical_id == resource.logical_id);
    if at.is_some_and(|at| changes[at].action != Action::Modify) {
        return false;
    }
    let Some(properties) = resource.entry.get("Properties") else {
        return false;
    };
    let mut found = Vec::new();
    visit_intrinsics(
        properties,
        &Path::default().join_key("Properties"),
        &mut |path, value| {
            if let Some((certainty, cause)) = causes.find_cause(value) {
                found.push((path.clone(), certainty, cause));
            }
        },
    );
    let model = infra_schema::resource(resource.type_name);
    let mut grew = false;
    let mut change = at.map_or_else(|| fresh(resource), |at| changes[at].clone());
    for (path, certainty, cause) in found {
        let marked = model.map_or(Recreation::Never, |model| {
            let there = &JsonValue::Null;
            recreation::predict_recreation(
                model,
                recreation::below_properties(&path),
                Some(there),
                Some(there),
            )
        });
        let recreation = match (marked, certainty) {
            (Recreation::Always, Certainty::Possible) => Recreation::Conditionally,
            (marked, _) => marked,
        };
        let shown = path.to_string();
        let known = |property: &&mut PropertyChange| covers_path(&property.path, &shown);
        match change.properties.iter_mut().find(known) {
            Some(known)
                if known.caused_by.is_some()
                    && rank_recreation(&recreation) > rank_recreation(&known.recreation) =>
            {
                known.recreation = recreation;
                known.caused_by = Some(cause);
            }
            Some(_) => continue,
            None => change.properties.push(PropertyChange {
                path: shown,
                recreation,
                caused_by: Some(cause),
                ..PropertyChange::default()
            }),
        }
        grew = true;
    }
    if grew {
        // A stronger verdict about the resource itself, for example a different type, is kept.
        let worse = recreation::derive_replacement(&change.properties);
        if rank_replacement(&worse) >= rank_replacement(&change.replacement) {
            change.replacement = worse;
        }
        if change.replacement.is_possible() {
            change.policy_action = Some(policies::replacement_action(resource));
        }
        match at {
            Some(at) => changes[at] = change,
            None => changes.push(change),
        }
    }
    grew
}

fn rank_recreation(recreation: &Recreation) -> u8 {
    match recreation {
        Recreation::Always => 2,
        Recreation::Conditionally => 1,
        _ => 0,
    }
}

fn rank_replacement(replacement: &Replacement) -> u8 {
    match replacement {
        Replacement::Yes { .. } => 2,
        Replacement::Maybe { .. } => 1,
        _ => 0,
    }
}

/// Returns `true` if a change at `changed` includes the value at `path`.
fn covers_path(changed: &str, path: &str) -> bool {
    path.strip_prefix(changed)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Calls `each` with every outermost intrinsic function and its path.
fn visit_intrinsics(value: &JsonValue, path: &Path, each: &mut dyn FnMut(&Path, &JsonValue)) {
    if is_intrinsic(value) {
        return each(path, value);
    }
    match value {
        JsonValue::Object(map) => {
            for (key, inner) in map {
                visit_intrinsics(inner, &path.join_key(key), each);
            }
        }
        JsonValue::Array(items) => {
            let by = identity_key(items, &[]);
            for (at, item) in items.iter().enumerate() {
                let step = by.and_then(|by| Step::from_element(by, item));
                visit_intrinsics(item, &path.join_step(step.unwrap_or(Step::Index(at))), each);
            }
        }
        _ => {}
    }
}

struct Causes<'c> {
    resources: BTreeMap<String, (Certainty, bool)>,
    origins: &'c Origins,
}

impl<'c> Causes<'c> {
    fn new(changes: &[ResourceChange], origins: &'c Origins) -> Self {
        let mut resources = BTreeMap::new();
        for change in changes
            .iter()
            .filter(|change| change.action == Action::Modify)
        {
            let of = match change.replacement {
                Replacement::Yes { .. } => (Certainty::Certain, true),
                Replacement::Maybe { .. } => (Certainty::Possible, true),
                // An update in place changes only attributes with a version that AWS increments.
                _ if change.properties.is_empty() => continue,
                _ => (Certainty::Possible, false),
            };
            resources.insert(change.resource.logical_id.clone(), of);
        }
        Self { resources, origins }
    }

    /// Returns the most certain reason for which a value changes.
    fn find_cause(&self, value: &JsonValue) -> Option<(Certainty, String)> {
        let found = references(value).into_iter();
        let mut found: Vec<_> = found
            .filter_map(|reference| self.find_reference_cause(reference))
            .collect();
        // Of equally certain reasons, the first one in the template is used.
        found.reverse();
        found.into_iter().max_by_key(|(certainty, _)| *certainty)
    }

    fn find_reference_cause(&self, reference: Reference) -> Option<(Certainty, String)> {
        match reference {
            Reference::Local {
                logical_id,
                attribute,
            } => {
                if let Some(certainty) = self.origins.parameters.get(&logical_id) {
                    return Some((*certainty, logical_id));
                }
                let (certainty, replaced) = *self.resources.get(&logical_id)?;
                let Some(attribute) = attribute else {
                    return replaced.then_some((certainty, logical_id));
                };
                let certainty = if !replaced {
                    attribute
                        .contains("Version")
                        .then_some(Certainty::Possible)?
                } else if ["Arn", "Id", "Name"]
                    .iter()
                    .any(|end| attribute.ends_with(end))
                {
                    certainty
                } else {
                    Certainty::Possible
                };
                Some((certainty, format!("{logical_id}.{attribute}")))
            }
            Reference::StackOutput { stack, output } => {
                let key = (stack, output);
                let certainty = *self.origins.outputs.get(&key)?;
                Some((
                    certainty,
                    format!("{} of {}", display_output_name(&key.1), key.0),
                ))
            }
            Reference::Import { export } => {
                let certainty = *self.origins.exports.get(&export)?;
                Some((certainty, export))
            }
            Reference::Condition { name } => {
                let certainty = *self.origins.conditions.get(&name)?;
                Some((certainty, format!("condition {name}")))
            }
        }
    }
}
