//! Implements the CloudFormation API of the fake for one region.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::change_sets::cloudformation_error;
use super::{FakeCloud, paginate};
use infra_aws::{
    AccountLimits, ApiError, ChangeSetDescription, ChangeSetHook, ChangeSetStatus,
    ChangeSetSummary, CloudFormation, ContinueRollback, CreateChangeSet, CreateRefactor,
    CreatedChangeSet, DeleteStack, DriftDetection, EventSelector, ExecuteChangeSet, Export,
    HookResult, OperationEvent, Page, RefactorAction, RefactorDescription, ResourceDrift,
    ResourceStatus, StackDescription, StackEvent, StackResource, StackStatus, StackSummary,
};

const SERVICE: &str = "CloudFormation";

/// Client for CloudFormation in one region.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) fake: FakeCloud,
    pub(super) region: String,
}

fn stack_not_found(operation: &'static str, stack: &str) -> ApiError {
    cloudformation_error(
        operation,
        "ValidationError",
        format!("Stack [{stack}] does not exist"),
    )
}

/// Returns the event with renamed statuses, as a newer version of the API might report them.
fn rename_event_status(event: &StackEvent, words: &BTreeMap<String, String>) -> StackEvent {
    let mut event = event.clone();
    if let Some(word) = words.get(event.status.as_str()) {
        event.status = ResourceStatus::new(word);
    }
    event
}

#[async_trait]
impl CloudFormation for Client {
    async fn describe_stack(&self, stack: &str) -> Result<Option<StackDescription>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeStacks", stack, |state, _| {
                Ok(state
                    .find_stack(&self.region, stack)
                    .map(super::stacks::Stack::to_description))
            })
            .await
    }

    async fn describe_stacks(
        &self,
        next: Option<String>,
    ) -> Result<Page<StackDescription>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeStacks", "*", |state, _| {
                let stacks = state.stacks.values();
                let stacks = stacks.filter(|stack| {
                    stack.region == self.region && stack.status != "DELETE_COMPLETE"
                });
                let all = stacks.map(super::stacks::Stack::to_description);
                Ok(paginate(state, all.collect(), next, 100))
            })
            .await
    }

    async fn list_stacks(&self, next: Option<String>) -> Result<Page<StackSummary>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListStacks", "*", |state, _| {
                let stacks = state.stacks.values();
                let stacks = stacks.filter(|stack| {
                    stack.region == self.region && stack.status != "DELETE_COMPLETE"
                });
                let all = stacks.map(|stack| {
                    StackSummary::builder()
                        .id(stack.id.clone())
                        .name(stack.name.clone())
                        .status(StackStatus::new(&stack.status))
                        .build()
                });
                Ok(paginate(state, all.collect(), next, 100))
            })
            .await
    }

    async fn stack_events(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<StackEvent>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeStackEvents", stack, |state, _| {
                let found = state.find_stack(&self.region, stack);
                let found = found.ok_or_else(|| stack_not_found("DescribeStackEvents", stack))?;
                // Page tokens count from the oldest event, so that new events do not shift a page.
                let end = next.and_then(|next| next.parse().ok());
                let end = end.unwrap_or(found.events.len()).min(found.events.len());
                let size = state.script.page_size.unwrap_or(100);
                let start = end.saturating_sub(size);
                Ok(Page::new(
                    found.events[start..end]
                        .iter()
                        .rev()
                        .map(|event| rename_event_status(event, &state.script.status_names))
                        .collect(),
                    (start > 0).then(|| start.to_string()),
                ))
            })
            .await
    }

    async fn stack_resources(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<StackResource>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListStackResources", stack, |state, _| {
                let found = state.find_stack(&self.region, stack);
                let found = found.ok_or_else(|| stack_not_found("ListStackResources", stack))?;
                Ok(paginate(state, found.list_resources(), next, 100))
            })
            .await
    }

    async fn get_template(
        &self,
        stack: &str,
        change_set: Option<&str>,
    ) -> Result<String, ApiError> {
        self.fake
            .make_read_call(SERVICE, "GetTemplate", stack, |state, _| {
                if let Some(set) = change_set {
                    let set = state.change_set("GetTemplate", &self.region, set, Some(stack))?;
                    Ok(set.target.template.clone())
                } else {
                    let found = state.find_stack(&self.region, stack);
                    let found = found.filter(|stack| !stack.deployed.template.is_empty());
                    let found = found.ok_or_else(|| stack_not_found("GetTemplate", stack))?;
                    Ok(found.deployed.template.clone())
                }
            })
            .await
    }

    async fn create_change_set(
        &self,
        request: CreateChangeSet,
    ) -> Result<CreatedChangeSet, ApiError> {
        let stack = request.stack_name.clone();
        self.fake
            .make_write_call(SERVICE, "CreateChangeSet", &stack, |state, now| {
                state.create_change_set(&self.region, &request, now)
            })
            .await
    }

    async fn describe_change_set(
        &self,
        change_set: &str,
        stack: Option<&str>,
        values: bool,
        next: Option<String>,
    ) -> Result<ChangeSetDescription, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeChangeSet", change_set, |state, _| {
                let mut found =
                    state.describe_change_set(&self.region, change_set, stack, values)?;
                let changes = std::mem::take(&mut found.changes);
                let page = paginate(state, changes, next, 100);
                found.changes = page.items;
                found.next = page.next;
                Ok(found)
            })
            .await
    }

    async fn change_set_hooks(
        &self,
        change_set: &str,
    ) -> Result<Option<Vec<ChangeSetHook>>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeChangeSetHooks", change_set, |state, _| {
                let set =
                    state.change_set("DescribeChangeSetHooks", &self.region, change_set, None)?;
                let known = matches!(
                    set.status,
                    ChangeSetStatus::CreateComplete | ChangeSetStatus::Failed
                );
                Ok(known.then(|| set.hooks.iter().map(|(hook, _)| hook.clone()).collect()))
            })
            .await
    }

    async fn hook_results(&self, change_set: &str) -> Result<Vec<HookResult>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListHookResults", change_set, |state, _| {
                let set = state.change_set("ListHookResults", &self.region, change_set, None)?;
                Ok(set.hooks.iter().map(|(_, result)| result.clone()).collect())
            })
            .await
    }

    async fn list_change_sets(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<ChangeSetSummary>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListChangeSets", stack, |state, _| {
                let all = state.list_change_sets(&self.region, stack)?;
                Ok(paginate(state, all, next, 100))
            })
            .await
    }

    async fn delete_change_set(&self, change_set: &str) -> Result<(), ApiError> {
        self.fake
            .make_write_call(SERVICE, "DeleteChangeSet", change_set, |state, now| {
                state.delete_change_set(&self.region, change_set, now)
            })
            .await
    }

    async fn execute_change_set(&self, request: ExecuteChangeSet) -> Result<(), ApiError> {
        let id = request.id.clone();
        self.fake
            .make_write_call(SERVICE, "ExecuteChangeSet", &id, |state, now| {
                state.execute_change_set(&self.region, request, now)
            })
            .await
    }

    async fn operation_events(
        &self,
        of: EventSelector,
        failed_only: bool,
        next: Option<String>,
    ) -> Result<Page<OperationEvent>, ApiError> {
        let (EventSelector::ChangeSet(target)
        | EventSelector::Stack(target)
        | EventSelector::Operation(target)) = &of;
        self.fake
            .make_read_call(SERVICE, "DescribeEvents", target, |state, _| {
                let mut found = match &of {
                    EventSelector::ChangeSet(set) => {
                        let set = state.change_set("DescribeEvents", &self.region, set, None)?;
                        set.validation.clone()
                    }
                    EventSelector::Stack(name) => state
                        .find_stack(&self.region, name)
                        .ok_or_else(|| stack_not_found("DescribeEvents", name))?
                        .operation_events(None),
                    EventSelector::Operation(id) => {
                        let stacks = state.stacks.values();
                        stacks
                            .flat_map(|stack| stack.operation_events(Some(id)))
                            .collect()
                    }
                };
                if failed_only {
                    found.retain(|event| event.event_type.ends_with("_ERROR"));
                }
                Ok(paginate(state, found, next, 100))
            })
            .await
    }

    async fn cancel_update(&self, stack: &str, token: &str) -> Result<(), ApiError> {
        self.fake
            .make_write_call(SERVICE, "CancelUpdateStack", stack, |state, now| {
                state.cancel_update(&self.region, stack, token, now)
            })
            .await
    }

    async fn rollback_stack(
        &self,
        stack: &str,
        role_arn: Option<&str>,
        token: &str,
    ) -> Result<(), ApiError> {
        self.fake
            .make_write_call(SERVICE, "RollbackStack", stack, |state, now| {
                state.rollback_stack(&self.region, stack, role_arn, token, now)
            })
            .await
    }

    async fn continue_rollback(&self, request: ContinueRollback) -> Result<(), ApiError> {
        let stack = request.stack.clone();
        self.fake
            .make_write_call(SERVICE, "ContinueUpdateRollback", &stack, |state, now| {
                state.continue_rollback(&self.region, request, now)
            })
            .await
    }

    async fn delete_stack(&self, request: DeleteStack) -> Result<(), ApiError> {
        let stack = request.stack.clone();
        self.fake
            .make_write_call(SERVICE, "DeleteStack", &stack, |state, now| {
                state.delete_stack(&self.region, request, now)
            })
            .await
    }

    async fn set_termination_protection(&self, stack: &str, on: bool) -> Result<(), ApiError> {
        self.fake
            .make_write_call(SERVICE, "UpdateTerminationProtection", stack, |state, _| {
                let id = state.find_id(&self.region, stack);
                let found = id.and_then(|id| state.stacks.get_mut(&id));
                let found =
                    found.ok_or_else(|| stack_not_found("UpdateTerminationProtection", stack))?;
                found.protected = on;
                Ok(())
            })
            .await
    }

    async fn detect_drift(&self, stack: &str, resources: &[String]) -> Result<String, ApiError> {
        self.fake
            .make_write_call(SERVICE, "DetectStackDrift", stack, |state, now| {
                state.detect_drift(&self.region, stack, resources, now)
            })
            .await
    }

    async fn drift_detection(&self, id: &str) -> Result<DriftDetection, ApiError> {
        self.fake
            .make_read_call(
                SERVICE,
                "DescribeStackDriftDetectionStatus",
                id,
                |state, now| state.drift_detection(id, now),
            )
            .await
    }

    async fn resource_drifts(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<ResourceDrift>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeStackResourceDrifts", stack, |state, _| {
                let all = state.resource_drifts(&self.region, stack)?;
                Ok(paginate(state, all, next, 100))
            })
            .await
    }

    async fn list_exports(&self, next: Option<String>) -> Result<Page<Export>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListExports", "*", |state, _| {
                let stacks = state.stacks.values();
                let stacks = stacks.filter(|stack| stack.region == self.region);
                let all = stacks.flat_map(|stack| {
                    stack.outputs.iter().filter_map(|output| {
                        Some(
                            Export::builder()
                                .name(output.export_name.clone()?)
                                .value(output.value.clone())
                                .stack_id(stack.id.clone())
                                .build(),
                        )
                    })
                });
                Ok(paginate(state, all.collect(), next, 100))
            })
            .await
    }

    async fn list_imports(
        &self,
        export: &str,
        next: Option<String>,
    ) -> Result<Page<String>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListImports", export, |state, _| {
                let users = state.list_importers(&self.region, export);
                if users.is_empty() {
                    return Err(cloudformation_error(
                        "ListImports",
                        "ValidationError",
                        format!("Export '{export}' is not imported by any stack."),
                    ));
                }
                Ok(paginate(state, users, next, 100))
            })
            .await
    }

    async fn create_refactor(&self, request: CreateRefactor) -> Result<String, ApiError> {
        self.fake
            .make_write_call(SERVICE, "CreateStackRefactor", "*", |state, _| {
                Ok(state.create_refactor(&self.region, request))
            })
            .await
    }

    async fn describe_refactor(&self, id: &str) -> Result<RefactorDescription, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeStackRefactor", id, |state, _| {
                state.describe_refactor(id)
            })
            .await
    }

    async fn refactor_actions(
        &self,
        id: &str,
        next: Option<String>,
    ) -> Result<Page<RefactorAction>, ApiError> {
        self.fake
            .make_read_call(SERVICE, "ListStackRefactorActions", id, |state, _| {
                let all = state.refactor_actions(id)?;
                Ok(paginate(state, all, next, 100))
            })
            .await
    }

    async fn execute_refactor(&self, id: &str) -> Result<(), ApiError> {
        self.fake
            .make_write_call(SERVICE, "ExecuteStackRefactor", id, |state, now| {
                state.execute_refactor(id, now)
            })
            .await
    }

    async fn account_limits(&self) -> Result<AccountLimits, ApiError> {
        self.fake
            .make_read_call(SERVICE, "DescribeAccountLimits", "*", |_, _| {
                let limits = [
                    ("StackLimit", 2000),
                    ("StackOutputsLimit", 200),
                    ("ConcurrentResourcesLimit", 2500),
                ];
                Ok(AccountLimits::new(
                    limits
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect::<BTreeMap<_, _>>(),
                ))
            })
            .await
    }
}
