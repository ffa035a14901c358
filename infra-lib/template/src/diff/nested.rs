//! Compares nested stacks as stacks of their own, and reports their resources in the review of the root stack.

use std::collections::{BTreeMap, BTreeSet};

use super::consequences::{Certainty, Origins};
use super::stack::diff_with_origins;
use super::stops::is_stateful;
use crate::assembly::Stack;
use crate::nested::{DEEPEST, NESTED_STACK, NestedTemplate, nested_path};
use crate::review::{
    Action, Blocker, Direction, MigrationRun, NestedBasis, NestedReview, Note, PolicyAction,
    Replacement, ResourceChange, SecurityChange, SecurityKind, StackChange, StackReview,
};
use crate::{ResourceName, Template};

/// One side of the comparison of a nested stack: the deployed or the desired state.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum NestedSide {
    /// The nested stack does not exist on this side.
    Absent,
    /// The nested stack exists with this template.
    Template(Template),
    /// The nested stack exists, but its template cannot be read.
    Unknown {
        /// Reason for which the template cannot be read, in one line.
        reason: String,
    },
}

/// A nested stack in its deployed and its desired state.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct NestedPair {
    /// Logical IDs that lead to the nested stack from its root stack, for example `Child/Grandchild`.
    pub path: String,
    /// The deployed state of the nested stack, read from AWS.
    pub old: NestedSide,
    /// The desired state of the nested stack, from the assembly.
    pub new: NestedSide,
}

impl NestedPair {
    /// Creates the pair for the nested stack at a path such as `Child/Grandchild`.
    pub fn new(path: impl Into<String>, old: NestedSide, new: NestedSide) -> Self {
        Self {
            path: path.into(),
            old,
            new,
        }
    }
}

/// Returns the nested stacks that may change between the deployed and the desired state, parents before children. `old` holds the deployed templates
/// by path.
pub fn nested_pairs(
    deployed: &Template,
    old: &BTreeMap<String, Template>,
    new: &Stack,
) -> Vec<NestedPair> {
    let mut found = Vec::new();
    let sides = Sides {
        old: Some(deployed),
        new: Some(&new.template),
        nested: Some(&new.nested),
    };
    collect_pairs("", sides, old, &mut found, 0);
    found
}

#[derive(Clone, Copy)]
struct Sides<'s> {
    old: Option<&'s Template>,
    new: Option<&'s Template>,
    nested: Option<&'s BTreeMap<String, NestedTemplate>>,
}

fn collect_pairs<'s>(
    above: &str,
    sides: Sides<'s>,
    old: &'s BTreeMap<String, Template>,
    found: &mut Vec<NestedPair>,
    depth: usize,
) {
    if depth >= DEEPEST {
        return;
    }
    let is_nested = |template: Option<&'s Template>| {
        let resources = template.into_iter().flat_map(Template::resources);
        resources.filter(|resource| resource.type_name == NESTED_STACK)
    };
    let ids: BTreeSet<&str> = is_nested(sides.old)
        .chain(is_nested(sides.new))
        .map(|resource| resource.logical_id)
        .collect();
    for id in ids {
        let path = nested_path(above, id);
        let before = is_nested(sides.old).find(|resource| resource.logical_id == id);
        let after = is_nested(sides.new).find(|resource| resource.logical_id == id);
        let known = sides.nested.and_then(|nested| nested.get(id));
        let was = match (before, old.get(&path)) {
            (None, _) => NestedSide::Absent,
            (Some(_), Some(template)) => NestedSide::Template(template.clone()),
            (Some(_), None) => NestedSide::Unknown {
                reason: "its deployed template was not read".to_owned(),
            },
        };
        let is = match (after, known) {
            (None, _) => NestedSide::Absent,
            (Some(_), Some(known)) => NestedSide::Template(known.template.clone()),
            // Equal properties are considered unchanged: addresses of templates contain their hash.
            (Some(after), None)
                if before.is_some_and(|before| before.properties() == after.properties()) =>
            {
                continue;
            }
            (Some(_), None) => NestedSide::Unknown {
                reason: "the assembly does not contain its template".to_owned(),
            },
        };
        let known_enough = !matches!(is, NestedSide::Unknown { .. });
        found.push(NestedPair::new(path.clone(), was, is));
        if !known_enough {
            // Assumptions about this nested stack cover those nested in it.
            continue;
        }
        let below = Sides {
            old: before.and_then(|_| old.get(&path)),
            new: known.map(|known| &known.template),
            nested: known.map(|known| &known.nested),
        };
        collect_pairs(&path, below, old, found, depth + 1);
    }
}

/// Returns a nested stack as a separate stack with the given template. Name and path remain those of its root stack.
pub fn nested_stack(root: &Stack, path: &str, template: Template) -> Stack {
    let prefix = format!("{path}/");
    let origins = root.origins.iter().filter_map(|(id, origin)| {
        let id = id.strip_prefix(&prefix)?;
        Some((id.to_owned(), origin.clone()))
    });
    Stack {
        template,
        origins: origins.collect(),
        nested: BTreeMap::new(),
        ..root.clone()
    }
}

/// Adds the changes in the templates of a nested stack to the review of its root stack.
///
/// If the new template is unknown, the worst case is assumed: data in the deployed resources is reported as lost, and permissions as broadened.
pub fn add_nested(review: &mut StackReview, root: &Stack, pair: &NestedPair, against: &str) {
    let path = &pair.path;
    if is_retained(review, path) {
        return;
    }
    let (old, new) = match (&pair.old, &pair.new) {
        (NestedSide::Absent, NestedSide::Absent) => return,
        (NestedSide::Absent, NestedSide::Template(new)) => (Template::empty(), new.clone()),
        (NestedSide::Template(old), NestedSide::Absent) => (old.clone(), Template::empty()),
        (NestedSide::Template(old), NestedSide::Template(new)) => (old.clone(), new.clone()),
        (old, NestedSide::Unknown { reason }) | (old @ NestedSide::Unknown { reason }, _) => {
            return add_unknown(review, root, path, old, reason);
        }
    };
    let goes = pair.new == NestedSide::Absent;
    let outside = changed_parameters(review, path);
    let child = nested_stack(root, path, new);
    let mut found = diff_with_origins(&old, &child, against, &outside);
    if goes {
        found.change = StackChange::Delete;
        for change in &mut found.resources {
            change.policy_action.get_or_insert(PolicyAction::Delete);
        }
    }
    if found.change != StackChange::Unchanged {
        merge_nested_review(review, root, path, found, NestedBasis::Templates);
    }
}

/// Returns `true` if a nested stack, or one that contains it, is retained in AWS when it leaves its parent's template.
pub fn is_retained(review: &StackReview, path: &str) -> bool {
    let mut resources = review.resources.iter();
    resources.any(|change| {
        let rest = path.strip_prefix(change.resource.logical_id.as_str());
        change.policy_action == Some(PolicyAction::Retain)
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Returns the parameters of a nested stack for which its parent passes another value.
fn changed_parameters(review: &StackReview, path: &str) -> Origins {
    let mut origins = Origins::default();
    let parent = review
        .resources
        .iter()
        .find(|change| change.resource.logical_id == path);
    for property in parent.into_iter().flat_map(|change| &change.properties) {
        let name = property.path.strip_prefix("Properties.Parameters.");
        let Some(name) = name.and_then(|rest| rest.split(['.', '[']).next()) else {
            continue;
        };
        let literal = |value: &Option<serde_json::Value>| {
            value.as_ref().is_some_and(|value| !value.is_object())
        };
        let certain = literal(&property.before) && literal(&property.after);
        let certainty = if certain {
            Certainty::Certain
        } else {
            Certainty::Possible
        };
        origins.parameters.insert(name.to_owned(), certainty);
    }
    origins
}

/// Moves the review of a nested stack into that of its root stack. Resources get their path as logical ID, and follow the nested stack that contains
/// them.
pub fn merge_nested_review(
    review: &mut StackReview,
    root: &Stack,
    path: &str,
    nested: StackReview,
    basis: NestedBasis,
) {
    let within = |id: &str| nested_path(path, id);
    let renamed = |mut name: ResourceName| {
        name.logical_id = within(&name.logical_id);
        name
    };
    note_nested(review, root, path, nested.change, basis);
    let mut changes = nested.resources;
    for change in &mut changes {
        change.resource = renamed(std::mem::take(&mut change.resource));
        for property in &mut change.properties {
            if let Some(cause) = &mut property.caused_by {
                *cause = within(cause);
            }
        }
    }
    let prefix = format!("{path}/");
    let mut place = review.resources.len();
    for (at, change) in review.resources.iter().enumerate() {
        let id = &change.resource.logical_id;
        if id == path || id.starts_with(&prefix) {
            place = at + 1;
        }
    }
    review.resources.splice(place..place, changes);
    review
        .stops
        .extend(nested.stops.into_iter().map(|stop| Blocker {
            resource: renamed(stop.resource),
            ..stop
        }));
    let security = nested.security.into_iter();
    review
        .security
        .extend(security.map(|change| SecurityChange {
            resource: renamed(change.resource),
            ..change
        }));
    review
        .notes
        .extend(nested.notes.into_iter().map(|note| Note {
            resource: note.resource.map(renamed),
            ..note
        }));
    let sections = nested.sections.into_iter().filter(|s| s.section != "Tags");
    review.sections.extend(sections.map(|mut section| {
        section.name = within(&section.name);
        section
    }));
    for text in nested.unchecked {
        if !review.unchecked.contains(&text) {
            review.unchecked.push(text);
        }
    }
    let runs = nested.migrations.into_iter();
    review.migrations.extend(runs.map(|run| MigrationRun {
        resource: renamed(run.resource),
        ..run
    }));
}

/// Records a nested stack in the review, and adds its resource in the parent to the changes if it is missing.
fn note_nested(
    review: &mut StackReview,
    root: &Stack,
    path: &str,
    change: StackChange,
    basis: NestedBasis,
) {
    if review.change == StackChange::Unchanged {
        review.change = StackChange::Update;
    }
    let mut resources = review.resources.iter();
    if !resources.any(|change| change.resource.logical_id == path) {
        let above = path.rsplit_once('/').map(|(above, _)| format!("{above}/"));
        let place = review.resources.iter().rposition(|change| {
            let id = &change.resource.logical_id;
            above.as_ref().is_some_and(|above| {
                id.starts_with(above.as_str()) || *id == above.trim_end_matches('/')
            })
        });
        let entry = ResourceChange {
            resource: root.resource_name(path, NESTED_STACK),
            action: Action::Modify,
            replacement: Replacement::No,
            policy_action: None,
            stateful: false,
            properties: Vec::new(),
            moved_from: None,
        };
        let place = place.map_or(review.resources.len(), |at| at + 1);
        review.resources.insert(place, entry);
    }
    review.nested.push(NestedReview::new(path, change, basis));
}

/// Records that the changes of a nested stack are unknown, and adds a blocker if data could be lost.
pub fn add_unknown(
    review: &mut StackReview,
    root: &Stack,
    path: &str,
    old: &NestedSide,
    reason: &str,
) {
    let change = match old {
        NestedSide::Absent => StackChange::Create,
        _ => StackChange::Update,
    };
    let basis = NestedBasis::Unknown {
        reason: reason.to_owned(),
    };
    note_nested(review, root, path, change, basis);
    let resource = root.resource_name(path, NESTED_STACK);
    review
        .unchecked
        .push(format!("changes in the nested stack `{path}`: {reason}"));
    review.security.push(SecurityChange {
        resource: resource.clone(),
        direction: Direction::Broadening,
        kind: SecurityKind::Unknown,
        summary: format!("permissions in the nested stack `{path}` are unknown"),
        public: false,
    });
    // Data can be lost only if the stack may hold any. A stack nested in it may hold data of any kind.
    let holds_data = match old {
        NestedSide::Absent => false,
        NestedSide::Unknown { .. } => true,
        NestedSide::Template(old) => old
            .resources()
            .any(|resource| is_stateful(resource.type_name) || resource.type_name == NESTED_STACK),
    };
    if holds_data {
        review.stops.push(Blocker {
            resource,
            message: "may lose its data: the changes of its resources are unknown".to_owned(),
            because: vec![reason.to_owned()],
            data_loss: true,
            interruption: None,
            opened: Vec::new(),
        });
    }
}
