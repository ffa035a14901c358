//! Ends the stages of an operation, and starts the next ones.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::evaluate::{Scope, as_text};
use super::execution::Stage;
use super::stacks::Stack;
use super::world::State;
use infra_aws::{OnFailure, StackOutput};
use infra_template::Template;
use infra_template::review::Action;

impl State {
    /// Ends a stage whose jobs are all done, without a failure that matters.
    pub(super) fn complete_stage(&mut self, stack: &mut Stack, at: OffsetDateTime) {
        let Some(execution) = &stack.execution else {
            return;
        };
        match execution.stage {
            Stage::Create => {
                self.commit_template(stack);
                finish_operation(stack, at, "CREATE_COMPLETE", None);
            }
            Stage::Import => {
                self.commit_template(stack);
                finish_operation(stack, at, "IMPORT_COMPLETE", None);
            }
            Stage::Update => {
                if let Some(reason) = self.find_export_in_use(stack) {
                    fail_stage(stack, at, Some(reason));
                    return;
                }
                let removed: Vec<String> = execution
                    .changes
                    .iter()
                    .filter(|change| change.action == Action::Remove)
                    .map(|change| change.logical_id.clone())
                    .collect();
                for id in removed {
                    let resource = stack.resources.remove(&id);
                    if let (Some(resource), Some(execution)) = (resource, &mut stack.execution) {
                        execution.retired.insert(id, resource);
                    }
                }
                self.commit_template(stack);
                if stack.parent.is_some() {
                    stack.set_status(at, "UPDATE_COMPLETE", None);
                    if let Some(execution) = &mut stack.execution {
                        execution.stage = Stage::AwaitingParent;
                    }
                    return;
                }
                stack.set_status(at, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", None);
                if let Some(execution) = &mut stack.execution {
                    execution.enter_stage(Stage::CleanUp, at);
                }
            }
            Stage::CleanUp => {
                let reason = (!execution.failed.is_empty()).then(|| {
                    "Update successful. One or more resources could not be deleted.".to_owned()
                });
                finish_operation(stack, at, "UPDATE_COMPLETE", reason);
            }
            Stage::RollBackCreate => {
                if execution.failed.is_empty() {
                    finish_operation(stack, at, "ROLLBACK_COMPLETE", None);
                } else {
                    let reason = format_failure("delete", &execution.failed);
                    finish_operation(stack, at, "ROLLBACK_FAILED", Some(reason));
                }
            }
            Stage::RollBackUpdate => {
                // Resources created by the update are deleted, replaced ones stay.
                let created: Vec<String> = stack
                    .resources
                    .keys()
                    .filter(|id| !execution.before.resources.contains_key(*id))
                    .cloned()
                    .collect();
                for id in created {
                    let resource = stack.resources.remove(&id);
                    if let (Some(resource), Some(execution)) = (resource, &mut stack.execution) {
                        execution.retired.insert(id, resource);
                    }
                }
                stack.set_status(at, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", None);
                if let Some(execution) = &mut stack.execution {
                    execution.enter_stage(Stage::CleanUpRollback, at);
                }
            }
            Stage::CleanUpRollback => finish_operation(stack, at, "UPDATE_ROLLBACK_COMPLETE", None),
            Stage::Delete => {
                if execution.failed.is_empty() {
                    finish_operation(stack, at, "DELETE_COMPLETE", None);
                } else {
                    let reason = format_failure("delete", &execution.failed);
                    finish_operation(stack, at, "DELETE_FAILED", Some(reason));
                }
            }
            Stage::Busy | Stage::Suspended | Stage::AwaitingParent => {}
        }
    }

    /// Makes the new template the deployed one, and evaluates its outputs.
    fn commit_template(&mut self, stack: &mut Stack) {
        if let Some(execution) = &stack.execution {
            stack.deployed = execution.target.clone();
        }
        let template = stack.parse_template();
        let scope = self.current_scope(stack, &template);
        stack.outputs = evaluate_outputs(&template, &scope);
        stack.imports = list_imports(&template, &scope);
    }

    /// Returns the reason why an update is refused: another stack imports an export that is removed or changed.
    fn find_export_in_use(&self, stack: &Stack) -> Option<String> {
        let execution = stack.execution.as_ref()?;
        let target = Template::parse(&execution.target.template).ok()?;
        let scope = self.current_scope(stack, &target);
        let new = evaluate_outputs(&target, &scope);
        for output in &stack.outputs {
            let Some(name) = &output.export_name else {
                continue;
            };
            let users = self.list_importers(&stack.region, name);
            if users.is_empty() {
                continue;
            }
            let kept = new
                .iter()
                .find(|new| new.export_name.as_ref() == Some(name));
            let verb = match kept {
                None => "deleted",
                Some(kept) if kept.value != output.value => "updated",
                Some(_) => continue,
            };
            return Some(format!(
                "Export {name} cannot be {verb} as it is in use by {}",
                users.join(" and ")
            ));
        }
        None
    }
}

/// Ends a stage after a failure, or after a cancellation with this `reason`.
pub(super) fn fail_stage(stack: &mut Stack, at: OffsetDateTime, reason: Option<String>) {
    let Some(execution) = &mut stack.execution else {
        return;
    };
    let failed = execution.failed.clone();
    match (execution.stage, execution.on_failure) {
        (Stage::Create, OnFailure::Rollback) => {
            let why = format!(
                "{}. Rollback requested by user.",
                format_failure("create", &failed).trim_end_matches(". ")
            );
            execution.enter_stage(Stage::RollBackCreate, at);
            stack.set_status(at, "ROLLBACK_IN_PROGRESS", Some(reason.unwrap_or(why)));
        }
        (Stage::Create, OnFailure::Delete) => {
            let why = format!(
                "{}. Delete requested by user.",
                format_failure("create", &failed).trim_end_matches(". ")
            );
            execution.enter_stage(Stage::Delete, at);
            stack.set_status(at, "DELETE_IN_PROGRESS", Some(reason.unwrap_or(why)));
        }
        (Stage::Create, OnFailure::DoNothing) => {
            execution.stage = Stage::Suspended;
            let why = format_failure("create", &failed);
            stack.set_status(at, "CREATE_FAILED", Some(reason.unwrap_or(why)));
        }
        (Stage::Update, OnFailure::DoNothing) => {
            execution.stage = Stage::Suspended;
            let why = format_failure("update", &failed);
            stack.set_status(at, "UPDATE_FAILED", Some(reason.unwrap_or(why)));
        }
        (Stage::Update | Stage::Import, _) => {
            execution.enter_stage(Stage::RollBackUpdate, at);
            let why = format_failure("update", &failed);
            stack.set_status(
                at,
                "UPDATE_ROLLBACK_IN_PROGRESS",
                Some(reason.unwrap_or(why)),
            );
        }
        (Stage::RollBackUpdate, _) => {
            execution.stage = Stage::Suspended;
            let why = format_failure("update", &failed);
            stack.set_status(at, "UPDATE_ROLLBACK_FAILED", Some(reason.unwrap_or(why)));
        }
        _ => {}
    }
}

/// Ends an operation with a final status.
fn finish_operation(stack: &mut Stack, at: OffsetDateTime, status: &str, reason: Option<String>) {
    if status == "UPDATE_ROLLBACK_COMPLETE"
        && let Some(execution) = &stack.execution
    {
        stack.deployed = execution.before.deployed.clone();
        stack.outputs = execution.before.outputs.clone();
        stack.imports = execution.before.imports.clone();
    }
    if status == "DELETE_COMPLETE" {
        stack.outputs.clear();
        stack.imports.clear();
    }
    stack.set_status(at, status, reason);
    stack.execution = None;
}

fn format_failure(verb: &str, failed: &[String]) -> String {
    format!(
        "The following resource(s) failed to {verb}: [{}]. ",
        failed.join(", ")
    )
}

/// Evaluates the outputs of a template.
pub(super) fn evaluate_outputs(template: &Template, scope: &Scope<'_>) -> Vec<StackOutput> {
    let mut found = Vec::new();
    for (name, output) in template.section_entries("Outputs") {
        let Some(entry) = output.as_object().filter(|entry| scope.is_included(entry)) else {
            continue;
        };
        let text = |value: &JsonValue| {
            scope
                .evaluate_value(value)
                .map(|value| as_text(&value))
                .ok()
        };
        found.push(
            StackOutput::builder()
                .name(name)
                .value(entry.get("Value").and_then(text).unwrap_or_default())
                .maybe_description(entry.get("Description").map(as_text))
                .maybe_export_name(entry.get("Export").and_then(|export| text(&export["Name"])))
                .build(),
        );
    }
    found
}

/// Returns the names of the exports that a template imports.
pub(super) fn list_imports(template: &Template, scope: &Scope<'_>) -> BTreeSet<String> {
    fn collect_imports(value: &JsonValue, scope: &Scope<'_>, found: &mut BTreeSet<String>) {
        match value {
            JsonValue::Array(items) => items
                .iter()
                .for_each(|item| collect_imports(item, scope, found)),
            JsonValue::Object(map) => {
                if let Some(name) = map.get("Fn::ImportValue")
                    && let Ok(name) = scope.evaluate_value(name)
                {
                    found.insert(as_text(&name));
                }
                map.values()
                    .for_each(|inner| collect_imports(inner, scope, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for section in ["Resources", "Outputs"] {
        template
            .section_entries(section)
            .for_each(|(_, value)| collect_imports(value, scope, &mut found));
    }
    found
}
