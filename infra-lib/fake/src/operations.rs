//! Operations on stacks without a change set: deletion, cancellation, rollback, and continuation of a rollback.

use std::time::Duration;

use time::OffsetDateTime;

use super::change_sets::cloudformation_error;
use super::execution::{Execution, Stage, cancel_jobs};
use super::names;
use super::stacks::Stack;
use super::stages::fail_stage;
use super::world::State;
use infra_aws::{ApiError, ContinueRollback, DeleteStack, OnFailure};

impl State {
    fn stack_mut(
        &mut self,
        operation: &'static str,
        region: &str,
        stack: &str,
    ) -> Result<&mut Stack, ApiError> {
        let id = self.find_id(region, stack);
        id.and_then(|id| self.stacks.get_mut(&id)).ok_or_else(|| {
            cloudformation_error(
                operation,
                "ValidationError",
                format!("Stack [{stack}] does not exist"),
            )
        })
    }

    /// Implements `DeleteStack`; deleting a stack that does not exist succeeds.
    pub(super) fn delete_stack(
        &mut self,
        region: &str,
        request: DeleteStack,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        const OPERATION: &str = "DeleteStack";
        let number = self.next_number();
        let Ok(stack) = self.stack_mut(OPERATION, region, &request.stack) else {
            return Ok(());
        };
        if stack.status == "DELETE_COMPLETE" || stack.tokens.contains(&request.token) {
            return Ok(());
        }
        let invalid =
            |message: String| Err(cloudformation_error(OPERATION, "ValidationError", message));
        if stack.protected {
            return invalid(format!(
                "Stack [{}] cannot be deleted while TerminationProtection is enabled",
                stack.name
            ));
        }
        if !request.retain.is_empty() && stack.status != "DELETE_FAILED" {
            return invalid(format!(
                "Invalid operation on stack [{}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.",
                stack.id
            ));
        }
        if stack.status.ends_with("_IN_PROGRESS")
            && stack.status != "REVIEW_IN_PROGRESS"
            && stack.status != "CREATE_IN_PROGRESS"
        {
            return invalid(format!(
                "Stack [{}] cannot be deleted while in status {}",
                stack.id, stack.status
            ));
        }
        let id = stack.id.clone();
        let name = stack.name.clone();
        let exports: Vec<String> = stack
            .outputs
            .iter()
            .filter_map(|o| o.export_name.clone())
            .collect();
        for export in exports {
            let mut users = self.list_importers(region, &export);
            users.retain(|user| *user != name);
            if !users.is_empty() {
                let reason = format!(
                    "Delete canceled. Cannot delete export {export} as it is in use by {}.",
                    users.join(" and ")
                );
                if let Some(stack) = self.stacks.get_mut(&id) {
                    let status = stack.status.clone();
                    stack.set_status(now, &status, Some(reason));
                    if let Some(event) = stack.events.last_mut() {
                        event.token = Some(request.token.clone());
                    }
                }
                return Ok(());
            }
        }
        self.change_sets.retain(|_, set| set.stack_id != id);
        let Some(stack) = self.stacks.get_mut(&id) else {
            return Ok(());
        };
        if stack.status == "REVIEW_IN_PROGRESS" {
            stack.set_status(now, "DELETE_COMPLETE", Some("User Initiated".to_owned()));
            return Ok(());
        }
        let operation = names::derive_uuid(&format!("operation {number}"));
        let token = Some(request.token.clone());
        let mut execution = Execution::new(
            Stage::Delete,
            token,
            operation,
            now + Duration::from_secs(1),
        );
        execution.skip = request.retain.into_iter().collect();
        execution.force = request.force;
        stack.tokens.insert(request.token);
        stack.execution = Some(execution);
        stack.set_status(now, "DELETE_IN_PROGRESS", Some("User Initiated".to_owned()));
        Ok(())
    }

    /// Implements `CancelUpdateStack`: only an update in progress can be cancelled.
    pub(super) fn cancel_update(
        &mut self,
        region: &str,
        stack: &str,
        token: &str,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        const OPERATION: &str = "CancelUpdateStack";
        let ignored = self.script.cancel_is_ignored;
        let stack = self.stack_mut(OPERATION, region, stack)?;
        let updates = stack
            .execution
            .as_ref()
            .is_some_and(|e| e.stage == Stage::Update);
        if stack.status != "UPDATE_IN_PROGRESS" || !updates {
            return Err(cloudformation_error(
                OPERATION,
                "ValidationError",
                "CancelUpdateStack cannot be called from current stack status",
            ));
        }
        stack.tokens.insert(token.to_owned());
        if ignored {
            return Ok(());
        }
        let id = stack.id.clone();
        let Some(mut stack) = self.stacks.remove(&id) else {
            return Ok(());
        };
        let children = cancel_jobs(&mut stack, now);
        self.cancel_children(children, now);
        if let Some(execution) = &mut stack.execution {
            execution.on_failure = OnFailure::Rollback;
        }
        fail_stage(&mut stack, now, Some("User Initiated".to_owned()));
        self.stacks.insert(id, stack);
        Ok(())
    }

    /// Implements `RollbackStack`: only failed creations and updates whose resources were kept can be rolled back.
    pub(super) fn rollback_stack(
        &mut self,
        region: &str,
        stack: &str,
        role: Option<&str>,
        token: &str,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        const OPERATION: &str = "RollbackStack";
        let number = self.next_number();
        let stack = self.stack_mut(OPERATION, region, stack)?;
        let stage = match &*stack.status {
            "CREATE_FAILED" => Stage::RollBackCreate,
            "UPDATE_FAILED" => Stage::RollBackUpdate,
            status => {
                return Err(cloudformation_error(
                    OPERATION,
                    "ValidationError",
                    format!(
                        "Stack:{} is in {status} state and can not be rolled back.",
                        stack.id
                    ),
                ));
            }
        };
        start_rollback(stack, stage, role, token, number, now);
        Ok(())
    }

    /// Implements `ContinueUpdateRollback`: only a failed rollback of an update can be continued.
    pub(super) fn continue_rollback(
        &mut self,
        region: &str,
        request: ContinueRollback,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        const OPERATION: &str = "ContinueUpdateRollback";
        let number = self.next_number();
        let mut request = request;
        // Form `NESTEDSTACKNAME.LOGICALID`.
        let nested: Vec<String> = request.skip.extract_if(.., |id| id.contains('.')).collect();
        for name in nested {
            let (child, id) = name.split_once('.').unwrap_or_default();
            let child = self.stack_mut(OPERATION, region, child)?;
            if let Some(execution) = &mut child.execution {
                execution.skip.insert(id.to_owned());
            }
        }
        let stack = self.stack_mut(OPERATION, region, &request.stack)?;
        let invalid =
            |message: String| Err(cloudformation_error(OPERATION, "ValidationError", message));
        if stack.status != "UPDATE_ROLLBACK_FAILED" {
            return invalid(format!(
                "Stack:{} is in {} state and can not continue rollback.",
                stack.id, stack.status
            ));
        }
        if request.force && !request.skip.is_empty() {
            return invalid(
                "ForceRollback and ResourcesToSkip cannot be specified together".to_owned(),
            );
        }
        let failed = |id: &&String| {
            stack
                .resources
                .get(*id)
                .is_some_and(|r| r.status == "UPDATE_FAILED")
        };
        if let Some(wrong) = request.skip.iter().find(|id| !failed(id)) {
            return invalid(format!(
                "Resource [{wrong}] is not in UPDATE_FAILED state and cannot be skipped"
            ));
        }
        start_rollback(
            stack,
            Stage::RollBackUpdate,
            request.role_arn.as_deref(),
            &request.token,
            number,
            now,
        );
        if let Some(execution) = &mut stack.execution {
            // Resources that are already rolled back stay as they are.
            let back = |id: &String| {
                let before = execution.before.resources.get(id);
                before.is_some() && stack.resources.get(id) == before
            };
            execution.touched.retain(|id| !back(id));
            execution.skip = request.skip.into_iter().collect();
            execution.force = request.force;
        }
        Ok(())
    }
}

fn start_rollback(
    stack: &mut Stack,
    stage: Stage,
    role: Option<&str>,
    token: &str,
    number: u64,
    now: OffsetDateTime,
) {
    if let Some(role) = role {
        stack.role_arn = Some(role.to_owned());
    }
    stack.tokens.insert(token.to_owned());
    if let Some(execution) = &mut stack.execution {
        execution.stage = stage;
        execution.starts_at = now + Duration::from_secs(1);
        execution.has_started = false;
        execution.jobs.clear();
        execution.failed.clear();
        execution.token = Some(token.to_owned());
        execution.operation_id = names::derive_uuid(&format!("operation {number}"));
    }
    let status = match stage {
        Stage::RollBackCreate => "ROLLBACK_IN_PROGRESS",
        _ => "UPDATE_ROLLBACK_IN_PROGRESS",
    };
    stack.set_status(now, status, Some("User Initiated".to_owned()));
}
