//! Times of all operations: each begins when its prerequisites are complete, and deletions when everything else is.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::interruption::changed_properties;
use super::world::{Place, World};
use super::{Operation, OperationKind, StackRun};
use crate::ResourceName;
use crate::estimate::{Spread, Work, expected_spread, property_spread};
use crate::nested::NESTED_STACK;
use crate::review::{Action, PolicyAction, ResourceChange, StackChange};

/// Durations of the operations of a phase by the path of the resource.
pub(super) type Durations<'w> = BTreeMap<&'w str, Spread>;

/// The times of a phase, by the path of the resource.
pub(super) struct Times<'w> {
    pub(super) slots: BTreeMap<&'w str, Slot<'w>>,
    pub(super) end: Spread,
    /// Operation that ends last with expected durations.
    last: Option<&'w str>,
}

/// The time of one resource in a phase. Resources without an operation take none, but order others.
#[derive(Clone, Copy)]
pub(super) struct Slot<'w> {
    pub(super) start: Spread,
    pub(super) end: Spread,
    /// Prerequisite that ends last with expected durations.
    before: Option<&'w str>,
}

/// Returns the runs of all stacks that change, and the operations that decide the duration.
pub(super) fn schedule(world: &World) -> (Vec<StackRun>, Vec<ResourceName>) {
    let mut runs: Vec<StackRun> = Vec::new();
    // End of each stack of the world, and the position of its run.
    let mut ends: Vec<(Spread, Option<usize>)> = Vec::new();
    let mut predecessors: Vec<Option<usize>> = Vec::new();
    for place in &world.stacks {
        let waits = place.waits_for.iter().filter_map(|at| ends.get(*at));
        let start = waits
            .clone()
            .fold(Spread::default(), |end, (other, _)| end.max_each(*other));
        let last = waits.max_by_key(|(end, _)| end.expected);
        let before = last.and_then(|(_, run)| *run);
        let run = schedule_stack(place, start);
        if run.operations.is_empty() && run.change == StackChange::Unchanged {
            ends.push((start, before));
            continue;
        }
        ends.push((run.end, Some(runs.len())));
        predecessors.push(before);
        runs.push(run);
    }
    let critical = mark_critical(&mut runs, &predecessors);
    (runs, critical)
}

/// Marks the operations of the stacks that decide the duration, and returns their names.
fn mark_critical(runs: &mut [StackRun], predecessors: &[Option<usize>]) -> Vec<ResourceName> {
    let mut chain = Vec::new();
    let mut at = (0..runs.len())
        .rev()
        .max_by_key(|at| runs[*at].end.expected);
    while let Some(run) = at {
        chain.push(run);
        at = predecessors[run];
    }
    chain.reverse();
    let mut names = Vec::new();
    for (at, run) in runs.iter_mut().enumerate() {
        if !chain.contains(&at) {
            for operation in &mut run.operations {
                operation.critical = false;
            }
        }
    }
    for at in chain {
        let operations = runs[at].operations.iter();
        names.extend(
            operations
                .filter(|operation| operation.critical)
                .map(|operation| operation.resource.clone()),
        );
    }
    names
}

fn schedule_stack(place: &Place, start: Spread) -> StackRun {
    let changes = &place.review.resources;
    let forward: Durations<'_> = changes.iter().filter_map(forward_work).collect();
    let times = run_phase(&forward, &place.new.graph, start, |_| None);
    let cleanup: Durations<'_> = changes.iter().filter_map(cleanup_work).collect();
    let reversed = place.old.graph.reversed();
    let deleted = run_phase(&cleanup, &reversed, times.end, |_| None);

    let mut critical: Vec<(&str, bool)> = Vec::new();
    critical.extend(deleted.chain().into_iter().map(|id| (id, true)));
    critical.extend(times.chain().into_iter().map(|id| (id, false)));
    let mut operations: Vec<Operation> = Vec::new();
    for change in changes {
        let id = change.resource.logical_id.as_str();
        let operation = |kind: OperationKind, slot: &Slot<'_>, cleans: bool| Operation {
            resource: change.resource.clone(),
            kind,
            start: slot.start,
            end: slot.end,
            critical: critical.contains(&(id, cleans)),
            interruption: (kind != OperationKind::CleanUp).then(|| place.judge(change)),
        };
        if forward.contains_key(id) {
            operations.push(operation(forward_kind(change), &times.slots[id], false));
        }
        if cleanup.contains_key(id) {
            let kind = if change.action == Action::Remove {
                OperationKind::Delete
            } else {
                OperationKind::CleanUp
            };
            operations.push(operation(kind, &deleted.slots[id], true));
        }
        if change.action == Action::Remove && !cleanup.contains_key(id) {
            // Retained: CloudFormation gives it up in the cleanup, without an operation on it.
            let slot = Slot {
                start: times.end,
                end: times.end,
                before: None,
            };
            operations.push(operation(OperationKind::Delete, &slot, true));
        }
    }
    operations.sort_by_key(|operation| (operation.start.expected, operation.end.expected));
    StackRun {
        path: place.review.path.clone(),
        stack: place.review.stack.clone(),
        change: place.review.change,
        start,
        serving: times.end,
        end: deleted.end,
        operations,
    }
}

/// Returns the creation or update that a change requires; `None` if it only removes, or changes nothing on the resource.
pub(super) fn forward_work(change: &ResourceChange) -> Option<(&str, Spread)> {
    let type_name = change.resource.type_name.as_str();
    let duration = match change.action {
        Action::Remove => return None,
        Action::Add => expected_spread(type_name, Work::Create),
        _ if change.moved_from.is_some() && change.properties.is_empty() => return None,
        // The resources of a nested stack have operations of their own.
        _ if type_name == NESTED_STACK => Spread::new(1, 5, 15),
        _ if change.replacement.is_possible() => expected_spread(type_name, Work::Create),
        _ => update_spread(change),
    };
    Some((&change.resource.logical_id, duration))
}

/// Returns the duration of an update: that of the slowest changed property, if the table lists one, else that of the type.
pub(super) fn update_spread(change: &ResourceChange) -> Spread {
    let type_name = change.resource.type_name.as_str();
    let names = changed_properties(change);
    let own = names
        .iter()
        .filter_map(|name| property_spread(type_name, name));
    own.max_by_key(|spread| spread.expected)
        .unwrap_or_else(|| expected_spread(type_name, Work::Update))
}

/// Returns the deletion that a change requires in the cleanup.
fn cleanup_work(change: &ResourceChange) -> Option<(&str, Spread)> {
    let retained = matches!(
        change.policy_action,
        Some(PolicyAction::Retain | PolicyAction::ReplaceAndRetain)
    );
    let obsolete = change.action == Action::Remove
        || change.action == Action::Modify && change.replacement.is_possible();
    let duration = expected_spread(&change.resource.type_name, Work::Delete);
    (obsolete && !retained).then_some((change.resource.logical_id.as_str(), duration))
}

fn forward_kind(change: &ResourceChange) -> OperationKind {
    match change.action {
        Action::Add => OperationKind::Create,
        Action::Import => OperationKind::Import,
        _ if change.replacement.is_possible() => OperationKind::Replace,
        _ => OperationKind::Update,
    }
}

/// Runs the operations of a phase, each after its prerequisites, and not before the time that `earliest` returns.
pub(super) fn run_phase<'w>(
    work: &Durations<'w>,
    graph: &'w Graph,
    start: Spread,
    earliest: impl Fn(&str) -> Option<Spread>,
) -> Times<'w> {
    let mut times = Times {
        slots: BTreeMap::new(),
        end: start,
        last: None,
    };
    let outside = work.keys().filter(|id| !graph.contains(id)).copied();
    let order: Vec<&'w str> = graph.order().into_iter().chain(outside).collect();
    for id in order {
        let mut slot = Slot {
            start,
            end: start,
            before: None,
        };
        for before in graph.prerequisites(id) {
            let Some((before, found)) = times.slots.get_key_value(before) else {
                continue;
            };
            if found.end.expected > slot.start.expected {
                slot.before = Some(before);
            }
            slot.start = slot.start.max_each(found.end);
        }
        if let Some(duration) = work.get(id) {
            slot.start = slot.start.max_each(earliest(id).unwrap_or_default());
            slot.end = slot.start + *duration;
            if slot.end.expected > times.end.expected {
                times.last = Some(id);
            }
            times.end = times.end.max_each(slot.end);
        } else {
            slot.end = slot.start;
        }
        times.slots.insert(id, slot);
    }
    times
}

impl<'w> Times<'w> {
    /// Returns the operations that decide the end of the phase, the last one first.
    fn chain(&self) -> Vec<&'w str> {
        let mut chain = Vec::new();
        let mut at = self.last;
        while let Some(id) = at {
            chain.push(id);
            at = self.slots[id].before;
        }
        chain
    }
}
