//! Change sets: creation, delayed computation, description, execution, and invalidation.

mod execute;
mod outcome;
mod request;

use time::OffsetDateTime;

use super::changes::touches_free_form;
use super::stacks::{Deployed, mask_secrets};
use super::world::State;
use infra_aws::{
    ApiError, ApiReplacement, Change, ChangeSetDescription, ChangeSetHook, ChangeSetSettings,
    ChangeSetStatus, ChangeSetSummary, ChangeSetType, CreateChangeSet, ExecutionStatus, HookResult,
    OperationEvent, RollbackTrigger,
};
use infra_template::Template;
use infra_template::review::{Action, PolicyAction, Recreation};

pub(super) const NO_CHANGES: &str = "The submitted information didn't contain changes. Submit different information to create a change set.";

/// Status reason if the templates differ, but no resource changes.
pub(super) const NO_UPDATES: &str = "No updates are to be performed.";

/// Change set as AWS stores it.
#[derive(Clone, Debug)]
pub(super) struct ChangeSet {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) stack_id: String,
    pub(super) region: String,
    pub(super) description: Option<String>,
    pub(super) kind: ChangeSetType,
    pub(super) target: Deployed,
    /// Request that created it.
    pub(super) request: CreateChangeSet,
    pub(super) created: OffsetDateTime,
    pub(super) status: ChangeSetStatus,
    pub(super) reason: Option<String>,
    pub(super) execution: ExecutionStatus,
    pub(super) changes: Vec<Change>,
    pub(super) validation: Vec<OperationEvent>,
    pub(super) hooks: Vec<(ChangeSetHook, HookResult)>,
    /// ARN of the parent's change set; `None` for a root stack.
    pub(super) parent: Option<String>,
    /// Reason of its failure once it is computed; `None` if it will succeed.
    pub(super) failure_reason: Option<String>,
    ready: OffsetDateTime,
}

/// Builds an error of CloudFormation.
pub(super) fn cloudformation_error(
    operation: &'static str,
    code: &str,
    message: impl Into<String>,
) -> ApiError {
    ApiError::new("CloudFormation", operation, code, message)
}

impl State {
    /// Returns a change set by ARN, or by name and stack.
    pub(super) fn change_set(
        &self,
        operation: &'static str,
        region: &str,
        name: &str,
        stack: Option<&str>,
    ) -> Result<&ChangeSet, ApiError> {
        let found = if name.starts_with("arn:") {
            self.change_sets.get(name)
        } else {
            let stack = stack.and_then(|stack| self.find_id(region, stack));
            let mut all = self.change_sets.values();
            all.find(|set| Some(&set.stack_id) == stack.as_ref() && set.name == name)
        };
        found.filter(|set| set.region == region).ok_or_else(|| {
            cloudformation_error(
                operation,
                "ChangeSetNotFound",
                format!("ChangeSet [{name}] does not exist"),
            )
        })
    }

    /// Implements `DescribeChangeSet`, without pagination.
    pub(super) fn describe_change_set(
        &self,
        region: &str,
        name: &str,
        stack: Option<&str>,
        values: bool,
    ) -> Result<ChangeSetDescription, ApiError> {
        let set = self.change_set("DescribeChangeSet", region, name, stack)?;
        let known = matches!(set.status, ChangeSetStatus::CreateComplete);
        let mut changes = if known {
            set.changes.clone()
        } else {
            Vec::new()
        };
        let mut reason = set.reason.clone();
        if values && self.script.incomplete_values {
            let all = changes.len();
            changes.retain(|change| !touches_free_form(change));
            if changes.len() < all {
                reason = Some(
                    "[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for some resources".to_owned(),
                );
            }
        }
        if self.script.unknown_values {
            for change in &mut changes {
                change.policy_action = Some(PolicyAction::Other("Archive".to_owned()));
                if change.action == Action::Modify {
                    change.replacement = Some(ApiReplacement::Other("Perhaps".to_owned()));
                }
                for detail in &mut change.details {
                    detail.recreation = Recreation::Other("Rarely".to_owned());
                }
            }
        }
        if !values {
            for change in &mut changes {
                change.before_context = None;
                change.after_context = None;
                for detail in &mut change.details {
                    detail.before = None;
                    detail.after = None;
                }
            }
        }
        let template = Template::parse(&set.target.template);
        let template = template.unwrap_or_else(|_| Template::empty());
        let mut description = ChangeSetDescription::builder()
            .id(set.id.clone())
            .name(set.name.clone())
            .stack_id(set.stack_id.clone())
            .stack_name(
                self.stacks
                    .get(&set.stack_id)
                    .map(|stack| stack.name.clone())
                    .unwrap_or_default(),
            )
            .maybe_description(set.description.clone())
            .status(set.status.clone())
            .maybe_status_reason(reason)
            .execution_status(set.execution.clone())
            .parameters(mask_secrets(&template, &set.target.parameters))
            .tags(set.target.tags.clone())
            .capabilities(set.target.capabilities.clone())
            .created(set.created)
            .settings(build_settings(&set.request))
            .changes(changes)
            .build();
        if let Some(alter) = self.script.alter_description {
            alter(&mut description);
        }
        Ok(description)
    }

    /// Implements `ListChangeSets`, without pagination.
    pub(super) fn list_change_sets(
        &self,
        region: &str,
        stack: &str,
    ) -> Result<Vec<ChangeSetSummary>, ApiError> {
        let Some(id) = self.find_id(region, stack) else {
            return Err(cloudformation_error(
                "ListChangeSets",
                "ValidationError",
                format!("Stack [{stack}] does not exist"),
            ));
        };
        let sets = self.change_sets.values().filter(|set| set.stack_id == id);
        Ok(sets
            .map(|set| {
                ChangeSetSummary::builder()
                    .id(set.id.clone())
                    .name(set.name.clone())
                    .status(set.status.clone())
                    .execution_status(set.execution.clone())
                    .maybe_description(set.description.clone())
                    .created(set.created)
                    .build()
            })
            .collect())
    }

    /// Implements `DeleteChangeSet`; deleting a change set that does not exist succeeds.
    pub(super) fn delete_change_set(
        &mut self,
        region: &str,
        name: &str,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        let Ok(set) = self.change_set("DeleteChangeSet", region, name, None) else {
            return Ok(());
        };
        if set.execution == ExecutionStatus::InProgress {
            return Err(cloudformation_error(
                "DeleteChangeSet",
                "InvalidChangeSetStatus",
                format!(
                    "ChangeSet [{name}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]"
                ),
            ));
        }
        let id = set.id.clone();
        self.remove_nested_change_sets(&id, now);
        self.change_sets.remove(&id);
        Ok(())
    }

    /// Marks the change sets of a stack as obsolete, like an update without a change set.
    pub(super) fn make_obsolete(&mut self, region: &str, stack: &str) {
        let Some(id) = self.find_stack(region, stack).map(|stack| stack.id.clone()) else {
            return;
        };
        for set in self.change_sets.values_mut() {
            if set.stack_id == id && set.execution == ExecutionStatus::Available {
                set.execution = ExecutionStatus::Obsolete;
            }
        }
    }
}

/// Returns the settings as in `DescribeChangeSet`; settings that were not requested are omitted.
fn build_settings(request: &CreateChangeSet) -> ChangeSetSettings {
    let mut settings = ChangeSetSettings::default();
    settings
        .notification_arns
        .clone_from(&request.notification_arns);
    if let Some(alarms) = &request.rollback_alarms {
        let triggers = alarms.alarms.iter();
        settings.rollback_triggers = triggers.map(RollbackTrigger::from_alarm).collect();
        settings.monitoring_minutes = Some(alarms.monitoring_minutes.into());
    }
    settings.on_stack_failure = request.on_stack_failure().map(str::to_owned);
    settings.import_existing = request.import_existing;
    settings.include_nested_stacks = request.include_nested;
    settings.deployment_mode = request.revert_drift.then(|| "REVERT_DRIFT".to_owned());
    settings
}
