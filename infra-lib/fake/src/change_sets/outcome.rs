//! Outcome of change sets after a delay: with changes, without changes, or failed.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::super::changes::{ComparedTemplate, ComparisonInputs, compute_changes};
use super::super::evaluate::reads_output;
use super::super::stacks::{Resource, Stack, mask_secrets};
use super::super::world::State;
use super::{ChangeSet, NO_CHANGES, NO_UPDATES};
use infra_aws::{ChangeSetStatus, CreateChangeSet, ExecutionStatus, OperationEvent};
use infra_template::Template;

/// Returns the drift as a drift-aware change set shows it. AWS reports a property that reads an output of another stack as drifted.
fn visible_drift(resource: &Resource) -> BTreeMap<String, String> {
    let mut drift = resource.drift.clone();
    let properties = resource.entry.get("Properties");
    let properties = properties
        .and_then(JsonValue::as_object)
        .into_iter()
        .flatten();
    for (name, value) in properties.filter(|(_, value)| reads_output(value)) {
        drift
            .entry(format!("/{name}"))
            .or_insert_with(|| value.to_string());
    }
    drift
}

impl State {
    /// Determines changes and outcome of a change set, which become visible after a delay.
    pub(super) fn compute_outcome(
        &mut self,
        set: &mut ChangeSet,
        stack: &Stack,
        template: &Template,
        request: &CreateChangeSet,
        now: OffsetDateTime,
    ) {
        let old = stack.parse_template();
        let deployed = &stack.deployed.parameters;
        let before = ComparedTemplate {
            template: &old,
            scope: self.scope_with(stack, &old, deployed.clone()),
            masked_scope: self.scope_with(stack, &old, mask_secrets(&old, deployed)),
        };
        let wanted = &set.target.parameters;
        let after = ComparedTemplate {
            template,
            scope: self.scope_with(stack, template, wanted.clone()),
            masked_scope: self.scope_with(stack, template, mask_secrets(template, wanted)),
        };
        let drifted = stack.resources.iter().filter(|_| request.revert_drift);
        let beside = ComparisonInputs {
            tags_changed: stack.status != "REVIEW_IN_PROGRESS"
                && stack.deployed.tags != request.tags,
            imports: &request.imports,
            drift: drifted
                .map(|(id, resource)| (id.clone(), visible_drift(resource)))
                .filter(|(_, drift)| !drift.is_empty())
                .collect(),
        };
        match compute_changes(&before, &after, &beside) {
            Ok(found) => set.changes = found,
            Err(reason) => {
                set.failure_reason = Some(reason);
                return;
            }
        }
        if request.include_nested && !self.script.ignores_nested_change_sets {
            self.create_nested_change_sets(set, stack, template, request, now);
            if set.failure_reason.is_some() {
                return;
            }
        }
        let outputs = |side: &ComparedTemplate<'_>| {
            super::super::stages::evaluate_outputs(side.template, &side.scope)
        };
        let same_beside = outputs(&before) == outputs(&after)
            && stack.deployed.tags == request.tags
            && stack.deployed.notification_arns == request.notification_arns
            && (request.role_arn.is_none() || request.role_arn == stack.role_arn);
        let fatal = |event: &OperationEvent| event.failure_mode.as_deref() != Some("WARN");
        let failing: Vec<&str> = set
            .hooks
            .iter()
            .filter(|(_, result)| {
                result.status.ends_with("FAILED") && result.failure_mode.as_deref() != Some("WARN")
            })
            .map(|(hook, _)| hook.type_name.as_str())
            .collect();
        set.failure_reason = if stack.status != "REVIEW_IN_PROGRESS"
            && set.changes.is_empty()
            && same_beside
        {
            Some(if old == *template {
                NO_CHANGES.to_owned()
            } else {
                NO_UPDATES.to_owned()
            })
        } else if set.validation.iter().any(fatal) {
            let mut named: Vec<String> = set
                .validation
                .iter()
                .filter(|event| fatal(event))
                .map(|event| early_validation_name(event.validation_name.as_deref()))
                .collect();
            named.dedup();
            Some(format!(
                "The following hook(s)/validation failed: [{}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.",
                named.join(", ")
            ))
        } else if !failing.is_empty() {
            Some(format!(
                "The following hook(s)/validation failed: [{}].",
                failing.join(", ")
            ))
        } else {
            None
        };
    }

    /// Completes the change sets whose delay is over.
    pub(crate) fn complete_change_sets(&mut self, now: OffsetDateTime) {
        for set in self.change_sets.values_mut() {
            let pending = matches!(
                set.status,
                ChangeSetStatus::CreatePending | ChangeSetStatus::CreateInProgress
            );
            if !pending {
                continue;
            }
            if set.ready <= now {
                set.reason.clone_from(&set.failure_reason);
                if set.failure_reason.is_some() {
                    set.status = ChangeSetStatus::Failed;
                    set.changes.clear();
                } else {
                    set.status = ChangeSetStatus::CreateComplete;
                    if set.execution == ExecutionStatus::Unavailable {
                        set.execution = ExecutionStatus::Available;
                    }
                }
            } else if now - set.created >= time::Duration::SECOND {
                set.status = ChangeSetStatus::CreateInProgress;
            }
        }
    }
}

/// Converts `PROPERTY_VALIDATION` to `AWS::EarlyValidation::PropertyValidation`.
fn early_validation_name(name: Option<&str>) -> String {
    let words = name
        .unwrap_or("PROPERTY_VALIDATION")
        .split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            format!("{first}{}", rest.to_ascii_lowercase())
        });
    format!("AWS::EarlyValidation::{}", words.collect::<String>())
}
