//! Determines from the create-only properties of the registry whether a change replaces a resource.

use infra_schema::ResourceType;
use serde_json::Value as JsonValue;

use super::compare::{Difference, is_same_value};
use super::path::{Path, Step};
use crate::review::Recreation;
use crate::review::{PropertyChange, Replacement};

/// Returns the effect of changing a property. `steps` is its path below `Properties`.
pub(super) fn predict_recreation(
    model: &ResourceType,
    steps: &[Step],
    before: Option<&JsonValue>,
    after: Option<&JsonValue>,
) -> Recreation {
    let marked = |marks: &[infra_schema::Path]| {
        marks
            .iter()
            .map(|mark| match_mark(mark, steps, before, after))
            .max()
            .unwrap_or(MarkMatch::No)
    };
    match (
        marked(&model.create_only),
        marked(&model.conditional_create_only),
    ) {
        (MarkMatch::Changes, _) => Recreation::Always,
        (MarkMatch::AddedOrRemoved, _) | (_, MarkMatch::Changes | MarkMatch::AddedOrRemoved) => {
            Recreation::Conditionally
        }
        (MarkMatch::No, MarkMatch::No) => Recreation::Never,
    }
}

/// Returns the effect of a difference below `Properties`.
pub(super) fn predict_for_difference(model: &ResourceType, difference: &Difference) -> Recreation {
    predict_recreation(
        model,
        below_properties(&difference.path),
        difference.before.as_ref(),
        difference.after.as_ref(),
    )
}

/// Returns the combined effect of all property changes of a resource.
pub(super) fn derive_replacement(properties: &[PropertyChange]) -> Replacement {
    let because = |recreation: &Recreation| -> Vec<String> {
        properties
            .iter()
            .filter(|property| property.recreation == *recreation)
            .map(|property| property.path.clone())
            .collect()
    };
    let (certain, perhaps) = (
        because(&Recreation::Always),
        because(&Recreation::Conditionally),
    );
    if !certain.is_empty() {
        Replacement::Yes { because: certain }
    } else if !perhaps.is_empty() {
        Replacement::Maybe { because: perhaps }
    } else {
        Replacement::No
    }
}

pub(super) fn below_properties(path: &Path) -> &[Step] {
    path.0.get(1..).unwrap_or_default()
}

/// The effect of a change on a create-only property.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum MarkMatch {
    No,
    /// An object that contains the property is added or removed.
    AddedOrRemoved,
    Changes,
}

fn match_mark(
    mark: &infra_schema::Path,
    steps: &[Step],
    before: Option<&JsonValue>,
    after: Option<&JsonValue>,
) -> MarkMatch {
    let mut mark = mark.steps();
    for step in steps {
        let Some(expected) = mark.next() else {
            return MarkMatch::Changes;
        };
        let fits = match step {
            Step::Key(key) => expected == key || expected == "*",
            Step::Index(_) | Step::Element { .. } => expected == "*",
        };
        if !fits {
            return MarkMatch::No;
        }
    }
    let rest: Vec<&str> = mark.collect();
    if rest.is_empty() {
        return MarkMatch::Changes;
    }
    let inside = |value: Option<&JsonValue>| {
        let mut found = Vec::new();
        if let Some(value) = value {
            collect_values(value, &rest, &mut found);
        }
        found
    };
    let (old, new) = (inside(before), inside(after));
    let equal = old.len() == new.len()
        && old
            .iter()
            .zip(&new)
            .all(|(old, new)| is_same_value(old, new));
    match (old.is_empty(), new.is_empty()) {
        _ if equal => MarkMatch::No,
        (false, false) => MarkMatch::Changes,
        _ => MarkMatch::AddedOrRemoved,
    }
}

fn collect_values(value: &JsonValue, steps: &[&str], found: &mut Vec<JsonValue>) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value.clone());
        return;
    };
    match value {
        JsonValue::Array(items) if *step == "*" => {
            for item in items {
                collect_values(item, rest, found);
            }
        }
        JsonValue::Object(map) if *step == "*" => {
            for inner in map.values() {
                collect_values(inner, rest, found);
            }
        }
        JsonValue::Object(map) => {
            if let Some(inner) = map.get(*step) {
                collect_values(inner, rest, found);
            }
        }
        _ => {}
    }
}
