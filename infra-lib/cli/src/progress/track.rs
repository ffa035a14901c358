//! Tracks operations in progress, and describes them when a command leaves them to AWS.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::{Diagnostic, codes};
use infra_deploy::Event;
use infra_deploy::deploy::{Reached, StackReached};

/// Operations in progress, needed to handle Ctrl-C.
#[derive(Debug, Default)]
pub(super) struct OperationTracker {
    pub(super) executing: BTreeSet<String>,
    pub(super) done: Vec<String>,
    /// States of the stacks in a deployment, as far as they are known.
    pub(super) reached: BTreeMap<String, Reached>,
    /// Running migrations by stack: construct and task ARN.
    pub(super) migrating: BTreeMap<String, (String, String)>,
    /// Stacks whose operation this command cancelled.
    pub(super) cancelled: Vec<String>,
}

impl OperationTracker {
    pub(super) fn record_event(&mut self, event: &Event) {
        match event {
            Event::StackStarted {
                stack, operation, ..
            } => {
                if matches!(operation.as_str(), "plan" | "diff" | "drift") {
                    self.executing.remove(stack);
                } else {
                    self.executing.insert(stack.clone());
                    if operation == "deploy" {
                        self.reached.insert(stack.clone(), Reached::Started);
                    }
                }
            }
            Event::MigrationStarted {
                stack,
                construct,
                task,
            } => {
                let running = (construct.clone(), task.clone());
                self.migrating.insert(stack.clone(), running);
            }
            Event::MigrationFinished { stack, .. } => {
                self.migrating.remove(stack);
            }
            Event::StackFinished { stack, status, .. } if self.executing.remove(stack) => {
                self.done.push(stack.clone());
                if let Some(reached) = self.reached.get_mut(stack) {
                    *reached = if status.is_success() && !status.is_deleted() {
                        Reached::Deployed
                    } else if status.is_rolled_back() || status.is_deleted() {
                        Reached::RolledBack
                    } else {
                        Reached::Stuck
                    };
                }
            }
            _ => {}
        }
    }
}

impl OperationTracker {
    /// Returns the states of these stacks; empty if no deployment was started.
    pub(super) fn stack_states(&self, stacks: &[String]) -> Vec<StackReached> {
        if self.reached.is_empty() {
            return Vec::new();
        }
        let reached = |stack: &String| self.reached.get(stack).copied();
        let stacks = stacks.iter().map(|stack| {
            StackReached::new(stack.clone(), reached(stack).unwrap_or(Reached::NotStarted))
        });
        stacks.collect()
    }
}

/// Creates the finding for a command that leaves only migrations running, with no stack in progress.
fn running_migrations_finding(track: &OperationTracker) -> Diagnostic {
    let names: Vec<String> = track
        .migrating
        .values()
        .map(|(construct, _)| construct.clone())
        .collect();
    let mut finding = Diagnostic::new(
        codes::DETACHED,
        format!(
            "{} continues in ECS, but progress is no longer displayed",
            format_names(&names)
        ),
    );
    for (_, task) in track.migrating.values() {
        finding = finding.note(format!("task: {task}"));
    }
    if !track.done.is_empty() {
        finding = finding.note(format!("done: {}", format_names(&track.done)));
    }
    finding.help(
        "`logs --follow` shows its output; deploy again when it has finished: stacks that depend on it were not changed",
    )
}

/// Creates the finding for a command that leaves its operations to AWS.
pub(super) fn detached_finding(track: &OperationTracker) -> Diagnostic {
    if track.executing.is_empty() {
        return running_migrations_finding(track);
    }
    let stacks: Vec<String> = track.executing.iter().cloned().collect();
    let mut finding = Diagnostic::new(
        codes::DETACHED,
        format!(
            "the operation on {} continues in AWS, but progress is no longer displayed",
            format_names(&stacks)
        ),
    );
    if !track.done.is_empty() {
        finding = finding.note(format!("done: {}", format_names(&track.done)));
    }
    let options: Vec<String> = stacks
        .iter()
        .map(|name| format!("--stack {name}"))
        .collect();
    finding.help(format!(
        "follow it again with `watch {}`",
        options.join(" ")
    ))
}

/// Formats names as `` `A`, `B` and `C` ``.
pub(super) fn format_names(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
