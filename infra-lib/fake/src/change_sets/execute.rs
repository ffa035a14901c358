//! Executes change sets: validates the request, and starts the operation of the stack.

use std::time::Duration;

use time::OffsetDateTime;

use super::super::execution::{Execution, PreviousState, Stage};
use super::super::names;
use super::super::world::State;
use super::cloudformation_error;
use infra_aws::{
    ApiError, ChangeSetStatus, ChangeSetType, ExecuteChangeSet, ExecutionStatus, OnFailure,
};

impl State {
    /// Implements `ExecuteChangeSet`: starts the operation, and removes the other change sets of the stack.
    pub(crate) fn execute_change_set(
        &mut self,
        region: &str,
        request: ExecuteChangeSet,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        const OPERATION: &str = "ExecuteChangeSet";
        let set = self
            .change_set(OPERATION, region, &request.id, None)?
            .clone();
        let known = self.stacks.get(&set.stack_id);
        if known.is_some_and(|stack| stack.tokens.contains(&request.token)) {
            // A repeated request, which was accepted before.
            if set.execution != ExecutionStatus::Available {
                return Ok(());
            }
            return Err(cloudformation_error(
                OPERATION,
                "TokenAlreadyExistsException",
                format!("A client request token already exists: {}", request.token),
            ));
        }
        if set.status != ChangeSetStatus::CreateComplete {
            return Err(cloudformation_error(
                OPERATION,
                "InvalidChangeSetStatus",
                format!(
                    "ChangeSet [{}] cannot be executed in its current status of [{}]",
                    set.id, set.status
                ),
            ));
        }
        if set.execution != ExecutionStatus::Available {
            return Err(cloudformation_error(
                OPERATION,
                "InvalidChangeSetStatus",
                format!(
                    "ChangeSet [{}] cannot be executed in its current execution status of [{}]",
                    set.id, set.execution
                ),
            ));
        }
        if request.disable_rollback.is_some()
            && set.kind == ChangeSetType::Create
            && set.request.on_failure != OnFailure::Rollback
        {
            return Err(cloudformation_error(
                OPERATION,
                "ValidationError",
                "You can't specify DisableRollback when OnStackFailure was specified for the change set",
            ));
        }
        let busy = known.filter(|stack| {
            stack.status.ends_with("_IN_PROGRESS") && stack.status != "REVIEW_IN_PROGRESS"
        });
        if let Some(stack) = busy {
            return Err(cloudformation_error(
                OPERATION,
                "InvalidChangeSetStatus",
                format!(
                    "Stack:{} is in {} state and can not be updated.",
                    stack.id, stack.status
                ),
            ));
        }
        if set.parent.is_some() {
            return Err(cloudformation_error(
                OPERATION,
                "ValidationError",
                format!(
                    "ChangeSet [{}] cannot be executed: it is of a nested stack, and goes with the change set of its root stack",
                    set.id
                ),
            ));
        }
        // This change set and all others of the stack are removed, because they no longer match the stack.
        let others = self
            .change_sets
            .values()
            .filter(|other| other.stack_id == set.stack_id && other.id != set.id);
        for other in others.map(|other| other.id.clone()).collect::<Vec<_>>() {
            self.remove_nested_change_sets(&other, now);
        }
        self.change_sets
            .retain(|_, other| other.stack_id != set.stack_id || other.id == set.id);
        if let Some(kept) = self.change_sets.get_mut(&set.id) {
            kept.execution = ExecutionStatus::Complete;
        }
        let number = self.next_number();
        let Some(stack) = self.stacks.get_mut(&set.stack_id) else {
            return Ok(());
        };
        stack.tokens.insert(request.token.clone());
        let (stage, status) = match set.kind {
            ChangeSetType::Create => (Stage::Create, "CREATE_IN_PROGRESS"),
            ChangeSetType::Import => (Stage::Import, "IMPORT_IN_PROGRESS"),
            _ => (Stage::Update, "UPDATE_IN_PROGRESS"),
        };
        let kept = stack.execution.take().map(|execution| execution.before);
        let before = kept.unwrap_or_else(|| PreviousState {
            deployed: stack.deployed.clone(),
            resources: stack.resources.clone(),
            outputs: stack.outputs.clone(),
            imports: stack.imports.clone(),
        });
        let operation = names::derive_uuid(&format!("operation {number}"));
        let mut execution = Execution::new(
            stage,
            Some(request.token),
            operation,
            now + Duration::from_secs(1),
        );
        execution.on_failure = match (request.disable_rollback, set.request.on_failure) {
            (Some(true), _) => OnFailure::DoNothing,
            (Some(false), OnFailure::Rollback) | (None, _) => set.request.on_failure,
            (Some(false), _) => OnFailure::Rollback,
        };
        execution.retain_except_on_create = request.retain_except_on_create;
        stack.disable_rollback = execution.on_failure == OnFailure::DoNothing;
        stack.express = set.request.express;
        execution.target = set.target.clone();
        execution.changes.clone_from(&set.changes);
        execution.before = before;
        stack.execution = Some(execution);
        if stage == Stage::Create {
            // The template of a stack can be read while it is created.
            stack.deployed = set.target.clone();
        } else {
            stack.updated = Some(now);
        }
        if let Some(role) = &set.request.role_arn {
            stack.role_arn = Some(role.clone());
        }
        stack.set_status(now, status, Some("User Initiated".to_owned()));
        Ok(())
    }
}
