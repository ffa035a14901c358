//! Plays a deployment in which one resource fails: the rollback with its duration, in which state the stacks end, and what needs hands.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::interruption::changed_properties;
use super::rules::{self, Subject};
use super::schedule::{Durations, run_phase, update_spread};
use super::world::Place;
use super::{Operation, OperationKind, Simulation, StackRun};
use crate::ResourceName;
use crate::estimate::{Spread, Work, expected_spread};
use crate::review::{Action, Availability, ResourceChange, StackChange};

/// Seconds to give a stack the old physical ID of a replaced resource again.
const POINT_BACK: Spread = Spread::new(1, 5, 15);

/// The consequences of the failure of one operation.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Failure {
    /// Resource whose operation fails, at the end of its duration.
    pub resource: ResourceName,
    /// Kind of the operation that fails.
    pub operation: OperationKind,
    /// Seconds from the start of the deployment to the failure.
    pub at: Spread,
    /// Seconds from the start of the deployment to the end of the last stack.
    pub end: Spread,
    /// Status of the stack of the resource at the end, as CloudFormation shows it, such as `UPDATE_ROLLBACK_COMPLETE`.
    pub state: String,
    /// Statuses of all stacks that the deployment would have changed, in order.
    pub stacks: Vec<StackOutcome>,
    /// Operations of the rollback, in the order of their start.
    pub undone: Vec<Undo>,
    /// Resources that do not have their old state afterwards, or that are left behind.
    pub left: Vec<Left>,
    /// Steps for a person. Empty if the stack is ready for the next deployment.
    pub manual: Vec<ManualStep>,
    /// Worst effect on availability of everything up to the end of the rollback. `None` means that the service kept answering.
    pub interruption: Availability,
}

/// The status of a stack after a failed deployment.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackOutcome {
    /// Construct path of the stack.
    pub path: String,
    /// Name of the stack in CloudFormation.
    pub stack: String,
    /// Status, or `unchanged` if the deployment never reaches the stack.
    pub state: String,
}

/// An operation of the rollback.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Undo {
    /// Names of the resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Kind of the operation.
    pub kind: UndoKind,
    /// Seconds from the start of the deployment to that of the operation.
    pub start: Spread,
    /// Seconds to the end of the operation.
    pub end: Spread,
}

/// The kind of an [`Undo`].
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum UndoKind {
    /// The old values are set again.
    Restore,
    /// The stack returns to the resource that was replaced, which still exists.
    Keep,
    /// The new resource is deleted.
    Delete,
}

/// A resource that does not have its old state after the rollback.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Left {
    /// Names of the resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// `true` if this happens in every case, `false` if it depends on the state of the resource.
    pub certain: bool,
    /// Reason, as a clause for display.
    pub reason: String,
    /// Page of the documentation of AWS. Absent if the reason follows from the failure itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A step that a person has to take after the failure.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ManualStep {
    /// Purpose of the step, as a clause for display.
    pub purpose: String,
    /// Command line. Words in capitals have to be filled in.
    pub command: String,
}

impl Simulation {
    /// Plays the deployment with the failure of a resource, named by its logical ID or construct path. Returns `None` if the deployment has no operation
    /// on such a resource.
    ///
    /// The creation or update of the resource fails, or its deletion if it has no other operation.
    pub fn fail(&self, name: &str) -> Option<Failure> {
        let operations = self.stacks.iter().enumerate().flat_map(|(at, run)| {
            let named = run
                .operations
                .iter()
                .filter(|found| found.resource.is_named(name));
            named.map(move |operation| (at, operation))
        });
        let (at, operation) = operations.min_by_key(|(_, operation)| is_deletion(operation))?;
        self.play(at, operation)
    }

    /// Plays the deployment once for each of its operations, with the failure of that operation.
    pub fn fail_each(&self) -> Vec<Failure> {
        let operations = self
            .stacks
            .iter()
            .enumerate()
            .flat_map(|(at, run)| run.operations.iter().map(move |operation| (at, operation)));
        operations
            .filter_map(|(at, operation)| self.play(at, operation))
            .collect()
    }

    fn play(&self, at: usize, failing: &Operation) -> Option<Failure> {
        let run = &self.stacks[at];
        let place = self.place(run)?;
        let mut failure = Failure {
            resource: failing.resource.clone(),
            operation: failing.kind,
            at: failing.end,
            end: failing.end,
            state: String::new(),
            stacks: Vec::new(),
            undone: Vec::new(),
            left: Vec::new(),
            manual: Vec::new(),
            interruption: Availability::None,
        };
        let mut reached_end = false;
        if is_deletion(failing) {
            reached_end = run.change != StackChange::Delete;
            failure.fail_deletion(run, failing);
        } else {
            failure.roll_back(place, run, failing);
        }
        self.add_stacks(&mut failure, run, reached_end);
        failure
            .undone
            .sort_by_key(|undo| (undo.start.expected, undo.end.expected));
        Some(failure)
    }

    fn place(&self, run: &StackRun) -> Option<&Place> {
        let mut places = self.world.stacks.iter();
        places.find(|place| place.review.stack == run.stack)
    }

    /// Adds the statuses of all stacks: those after the failed one are not reached, unless only its cleanup failed.
    fn add_stacks(&self, failure: &mut Failure, failed: &StackRun, reached_end: bool) {
        let mut stopped: Vec<bool> = Vec::new();
        for place in &self.world.stacks {
            let is_failed = place.review.stack == failed.stack;
            let behind = place.waits_for.iter().any(|at| stopped[*at]);
            stopped.push(behind || is_failed && !reached_end);
            let Some(run) = self
                .stacks
                .iter()
                .find(|run| run.stack == place.review.stack)
            else {
                continue;
            };
            let state = if is_failed {
                failure.state.clone()
            } else if behind {
                "unchanged".to_owned()
            } else {
                failure.end = failure.end.max_each(run.end);
                for operation in &run.operations {
                    failure.count_interruption(operation, false);
                }
                completed_state(run.change).to_owned()
            };
            failure.stacks.push(StackOutcome {
                path: run.path.clone(),
                stack: run.stack.clone(),
                state,
            });
        }
    }
}

fn is_deletion(operation: &Operation) -> bool {
    matches!(
        operation.kind,
        OperationKind::Delete | OperationKind::CleanUp
    )
}

fn completed_state(change: StackChange) -> &'static str {
    match change {
        StackChange::Create => "CREATE_COMPLETE",
        StackChange::Update => "UPDATE_COMPLETE",
        StackChange::Delete => "DELETE_COMPLETE",
        StackChange::Unchanged => "unchanged",
    }
}

impl Failure {
    /// Plays the failure of a deletion: an update leaves the resource behind, a deletion of the stack stops.
    fn fail_deletion(&mut self, run: &StackRun, failing: &Operation) {
        for operation in &run.operations {
            self.count_interruption(operation, false);
        }
        self.end = run.end;
        let id = &failing.resource.logical_id;
        let stack = &run.stack;
        self.left.push(Left {
            resource: failing.resource.clone(),
            certain: true,
            reason: "it was not deleted, and costs go on".to_owned(),
            source: None,
        });
        if run.change == StackChange::Delete {
            self.end = failing.end;
            "DELETE_FAILED".clone_into(&mut self.state);
            self.manual.push(ManualStep {
                purpose:
                    "remove the cause and delete the stack again, or delete it without the resource"
                        .to_owned(),
                command: format!(
                    "aws cloudformation delete-stack --stack-name {stack} --retain-resources {id}"
                ),
            });
        } else {
            completed_state(run.change).clone_into(&mut self.state);
            self.manual.push(delete_by_hand(&failing.resource));
        }
    }

    /// Plays the rollback of a stack whose creation or update failed.
    fn roll_back(&mut self, place: &Place, run: &StackRun, failing: &Operation) {
        let started: BTreeMap<&str, &Operation> = run
            .operations
            .iter()
            .filter(|operation| !is_deletion(operation))
            .filter(|operation| {
                operation.start.expected < failing.end.expected
                    || operation.resource.logical_id == failing.resource.logical_id
            })
            .map(|operation| (operation.resource.logical_id.as_str(), operation))
            .collect();
        for operation in started.values() {
            self.count_interruption(operation, true);
        }
        let changes = place.review.resources.iter();
        let started_changes: Vec<&ResourceChange> = changes
            .filter(|change| started.contains_key(change.resource.logical_id.as_str()))
            .collect();
        // An operation in progress ends before it is undone.
        let earliest = |id: &str| {
            started
                .get(id)
                .map(|operation| operation.end.max_each(self.at))
        };

        let mut restored: Durations<'_> = BTreeMap::new();
        let mut deleted: Durations<'_> = BTreeMap::new();
        for change in &started_changes {
            let id = change.resource.logical_id.as_str();
            let removal = expected_spread(&change.resource.type_name, Work::Delete);
            match started[id].kind {
                OperationKind::Update => {
                    restored.insert(id, update_spread(change));
                }
                OperationKind::Replace => {
                    restored.insert(id, POINT_BACK);
                    deleted.insert(id, removal);
                }
                OperationKind::Create => {
                    deleted.insert(id, removal);
                }
                // The stack gives the resource up; nothing happens to it.
                _ => {}
            }
        }
        let back = run_phase(&restored, &place.old.graph, self.at, earliest);
        let reversed = place.new.graph.reversed();
        let gone = run_phase(&deleted, &reversed, back.end, earliest);

        let mut stuck: Vec<&ResourceName> = Vec::new();
        for change in &started_changes {
            let id = change.resource.logical_id.as_str();
            let is_failing = id == failing.resource.logical_id;
            if let Some(duration) = restored.get(id) {
                let slot = &back.slots[id];
                let kind = if started[id].kind == OperationKind::Update {
                    UndoKind::Restore
                } else {
                    UndoKind::Keep
                };
                self.undone.push(Undo {
                    resource: change.resource.clone(),
                    kind,
                    start: slot.end.saturating_sub(*duration),
                    end: slot.end,
                });
                // A failed update has changed nothing that would have to be undone.
                if kind == UndoKind::Restore && !is_failing {
                    let names = changed_properties(change);
                    let certain = self.add_obstacle("undo", change, &names, place.subject(change));
                    if certain {
                        stuck.push(&change.resource);
                    }
                }
            }
        }
        self.end = back.end;
        if !stuck.is_empty() {
            "UPDATE_ROLLBACK_FAILED".clone_into(&mut self.state);
            let mut skip = String::new();
            for name in &stuck {
                skip.push_str(" --skip ");
                skip.push_str(&name.logical_id);
            }
            self.manual.push(ManualStep {
                purpose: "finish the rollback without the resources that keep their new state"
                    .to_owned(),
                command: format!("infra rollback --stack {} --continue{skip}", run.path),
            });
            let ids: Vec<&str> = stuck.iter().map(|name| name.logical_id.as_str()).collect();
            self.manual.push(ManualStep {
                purpose: "the same without this tool".to_owned(),
                command: format!(
                    "aws cloudformation continue-update-rollback --stack-name {} --resources-to-skip {}",
                    run.stack,
                    ids.join(" ")
                ),
            });
            self.manual.push(ManualStep {
                purpose: "then bring the program in line with what the resources are".to_owned(),
                command: format!("infra drift --stack {}", run.path),
            });
            // New resources are deleted only when the rollback has been continued.
            return;
        }
        self.end = gone.end;
        let mut kept: Vec<&ResourceName> = Vec::new();
        for change in &started_changes {
            let id = change.resource.logical_id.as_str();
            let Some(duration) = deleted.get(id) else {
                continue;
            };
            let end = gone.slots[id].end;
            self.undone.push(Undo {
                resource: change.resource.clone(),
                kind: UndoKind::Delete,
                start: end.saturating_sub(*duration),
                end,
            });
            let created = id != failing.resource.logical_id;
            if created && self.add_obstacle("delete", change, &["*"], place.subject(change)) {
                kept.push(&change.resource);
            }
        }
        let creates = run.change == StackChange::Create;
        let state = match (creates, kept.is_empty()) {
            (true, true) => "ROLLBACK_COMPLETE",
            (true, false) => "ROLLBACK_FAILED",
            // The cleanup of a rollback passes over what it cannot delete.
            (false, _) => "UPDATE_ROLLBACK_COMPLETE",
        };
        state.clone_into(&mut self.state);
        if creates && !kept.is_empty() {
            self.manual.push(ManualStep {
                purpose: "remove what prevents the deletion, then delete the stack".to_owned(),
                command: format!("aws cloudformation delete-stack --stack-name {}", run.stack),
            });
        } else {
            self.manual.extend(kept.into_iter().map(delete_by_hand));
        }
    }

    /// Adds the obstacle to undoing a change, if there is one. Returns `true` if it occurs in every case.
    fn add_obstacle(
        &mut self,
        kind: &str,
        change: &ResourceChange,
        properties: &[&str],
        subject: Subject<'_>,
    ) -> bool {
        let found = rules::find_obstacle(&change.resource.type_name, kind, properties, subject);
        let Some(rule) = found else {
            return false;
        };
        self.left.push(Left {
            resource: change.resource.clone(),
            certain: rule.certain,
            reason: rule.reason.to_owned(),
            source: Some(rule.source.to_owned()),
        });
        rule.certain && change.action != Action::Import
    }

    /// Counts the effect of an operation. One that is undone never deletes the old resource, so that its data is kept.
    fn count_interruption(&mut self, operation: &Operation, undone: bool) {
        let Some(found) = &operation.interruption else {
            return;
        };
        let worst = if undone {
            found.verdict.min(Availability::Outage)
        } else {
            found.verdict
        };
        self.interruption = self.interruption.max(worst);
    }
}

fn delete_by_hand(resource: &ResourceName) -> ManualStep {
    let id = resource.physical_id.as_deref().unwrap_or("PHYSICAL_ID");
    ManualStep {
        purpose: format!(
            "delete `{}`, which the stack has given up",
            resource.display_name()
        ),
        command: format!(
            "aws cloudcontrol delete-resource --type-name {} --identifier {id}",
            resource.type_name
        ),
    }
}
