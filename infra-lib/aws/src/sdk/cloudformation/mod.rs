//! Client for CloudFormation: sends the requests. The other modules read the responses.

mod change_set;
mod drift;
mod refactor;
mod stack;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_cloudformation::config::Builder;
use aws_sdk_cloudformation::types as sdk;

use super::whole::TruncationDetector;
use super::{ApiResult, problem, retry, text_or_empty};
use crate::{
    AccountLimits, ApiErrorKind, ChangeSetDescription, ChangeSetHook, ChangeSetSummary,
    CloudFormation, ContinueRollback, CreateChangeSet, CreateRefactor, CreatedChangeSet,
    DeleteStack, DriftDetection, EventSelector, ExecuteChangeSet, Export, HookResult,
    OperationEvent, Page, RefactorAction, RefactorDescription, ResourceDrift, StackDescription,
    StackEvent, StackResource, StackSummary,
};

const SERVICE: &str = "CloudFormation";

/// CloudFormation client over the AWS SDK.
#[derive(Debug)]
pub(super) struct Client {
    reads: aws_sdk_cloudformation::Client,
    writes: aws_sdk_cloudformation::Client,
}

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        let both = Builder::from(config)
            .interceptor(TruncationDetector)
            .retry_classifier(TruncationDetector)
            .retry_classifier(retry::ThrottlingClassifier);
        let reads = both.clone().retry_config(retry::read_retries()).build();
        let writes = both.retry_classifier(retry::QuotaClassifier).build();
        Self {
            reads: aws_sdk_cloudformation::Client::from_conf(reads),
            writes: aws_sdk_cloudformation::Client::from_conf(writes),
        }
    }

    /// Returns the remediation messages of a failed hook.
    async fn fetch_remediation(&self, hook_result: &str) -> ApiResult<Vec<String>> {
        let answer = self
            .reads
            .get_hook_result()
            .hook_result_id(hook_result)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "GetHookResult"))?;
        let annotations = answer.annotations.unwrap_or_default().into_iter();
        Ok(annotations
            .filter_map(|annotation| annotation.remediation_message)
            .collect())
    }
}

#[async_trait]
impl CloudFormation for Client {
    async fn describe_stack(&self, stack: &str) -> ApiResult<Option<StackDescription>> {
        let answer = self.reads.describe_stacks().stack_name(stack).send().await;
        match answer.map_err(problem::convert_sdk_error(SERVICE, "DescribeStacks")) {
            Ok(answer) => {
                let found = answer.stacks.unwrap_or_default().into_iter().next();
                Ok(found.map(stack::convert_description))
            }
            Err(error) if error.kind == ApiErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn describe_stacks(&self, next: Option<String>) -> ApiResult<Page<StackDescription>> {
        let answer = self
            .reads
            .describe_stacks()
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DescribeStacks"))?;
        Ok(convert_page(
            answer.stacks,
            answer.next_token,
            stack::convert_description,
        ))
    }

    async fn list_stacks(&self, next: Option<String>) -> ApiResult<Page<StackSummary>> {
        // Without a filter, stacks deleted in the last 90 days are included.
        let deleted = sdk::StackStatus::DeleteComplete;
        let wanted = sdk::StackStatus::values().iter().map(|&name| name.into());
        let answer = self
            .reads
            .list_stacks()
            .set_stack_status_filter(Some(wanted.filter(|status| *status != deleted).collect()))
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListStacks"))?;
        Ok(convert_page(
            answer.stack_summaries,
            answer.next_token,
            stack::convert_summary,
        ))
    }

    async fn stack_events(&self, stack: &str, next: Option<String>) -> ApiResult<Page<StackEvent>> {
        let answer = self
            .reads
            .describe_stack_events()
            .stack_name(stack)
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DescribeStackEvents"))?;
        Ok(convert_page(
            answer.stack_events,
            answer.next_token,
            stack::convert_event,
        ))
    }

    async fn stack_resources(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> ApiResult<Page<StackResource>> {
        let answer = self
            .reads
            .list_stack_resources()
            .stack_name(stack)
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListStackResources"))?;
        Ok(convert_page(
            answer.stack_resource_summaries,
            answer.next_token,
            stack::convert_resource,
        ))
    }

    async fn get_template(&self, stack: &str, change_set: Option<&str>) -> ApiResult<String> {
        let call = self
            .reads
            .get_template()
            .template_stage(sdk::TemplateStage::Original);
        // The ARN of a change set identifies its stack.
        let call = match change_set {
            Some(change_set) => call.change_set_name(change_set),
            None => call.stack_name(stack),
        };
        let answer = call
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "GetTemplate"))?;
        Ok(text_or_empty(answer.template_body))
    }

    async fn create_change_set(&self, request: CreateChangeSet) -> ApiResult<CreatedChangeSet> {
        let call = change_set::build_create_request(&self.writes, request);
        let made = call
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "CreateChangeSet"))?;
        Ok(CreatedChangeSet {
            id: text_or_empty(made.id),
            stack_id: text_or_empty(made.stack_id),
        })
    }

    async fn describe_change_set(
        &self,
        change_set: &str,
        stack: Option<&str>,
        values: bool,
        next: Option<String>,
    ) -> ApiResult<ChangeSetDescription> {
        let answer = self
            .reads
            .describe_change_set()
            .change_set_name(change_set)
            .set_stack_name(stack.map(str::to_owned))
            .set_include_property_values(values.then_some(true))
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DescribeChangeSet"))?;
        Ok(change_set::convert_description(answer))
    }

    async fn change_set_hooks(&self, change_set: &str) -> ApiResult<Option<Vec<ChangeSetHook>>> {
        let (mut hooks, mut next) = (Vec::new(), None);
        loop {
            let answer = self
                .reads
                .describe_change_set_hooks()
                .change_set_name(change_set)
                .set_next_token(next)
                .send()
                .await
                .map_err(problem::convert_sdk_error(
                    SERVICE,
                    "DescribeChangeSetHooks",
                ))?;
            if answer.status == Some(sdk::ChangeSetHooksStatus::Planning) {
                return Ok(None);
            }
            hooks.extend(
                answer
                    .hooks
                    .unwrap_or_default()
                    .into_iter()
                    .map(change_set::convert_hook),
            );
            next = answer.next_token;
            if next.is_none() {
                return Ok(Some(hooks));
            }
        }
    }

    async fn hook_results(&self, change_set: &str) -> ApiResult<Vec<HookResult>> {
        let (mut results, mut next) = (Vec::new(), None);
        loop {
            let answer = self
                .reads
                .list_hook_results()
                .target_type(sdk::ListHookResultsTargetType::ChangeSet)
                .target_id(change_set)
                .set_next_token(next)
                .send()
                .await
                .map_err(problem::convert_sdk_error(SERVICE, "ListHookResults"))?;
            for summary in answer.hook_results.unwrap_or_default() {
                let failed = summary.status == Some(sdk::HookStatus::HookCompleteFailed);
                let remediation = match summary.hook_result_id.as_deref().filter(|_| failed) {
                    Some(id) => self.fetch_remediation(id).await?,
                    None => Vec::new(),
                };
                results.push(change_set::convert_hook_result(summary, remediation));
            }
            next = answer.next_token;
            if next.is_none() {
                return Ok(results);
            }
        }
    }

    async fn list_change_sets(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> ApiResult<Page<ChangeSetSummary>> {
        let answer = self
            .reads
            .list_change_sets()
            .stack_name(stack)
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListChangeSets"))?;
        Ok(convert_page(
            answer.summaries,
            answer.next_token,
            change_set::convert_summary,
        ))
    }

    async fn delete_change_set(&self, change_set: &str) -> ApiResult<()> {
        let call = self.writes.delete_change_set().change_set_name(change_set);
        call.send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DeleteChangeSet"))?;
        Ok(())
    }

    async fn execute_change_set(&self, request: ExecuteChangeSet) -> ApiResult<()> {
        self.writes
            .execute_change_set()
            .change_set_name(request.id)
            .client_request_token(request.token)
            .set_disable_rollback(request.disable_rollback)
            .set_retain_except_on_create(request.retain_except_on_create.then_some(true))
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ExecuteChangeSet"))?;
        Ok(())
    }

    async fn operation_events(
        &self,
        of: EventSelector,
        failed_only: bool,
        next: Option<String>,
    ) -> ApiResult<Page<OperationEvent>> {
        let call = self.reads.describe_events().set_next_token(next);
        let mut call = match of {
            EventSelector::ChangeSet(id) => call.change_set_name(id),
            EventSelector::Stack(stack) => call.stack_name(stack),
            EventSelector::Operation(id) => call.operation_id(id),
        };
        if failed_only {
            call = call.filters(sdk::EventFilter::builder().failed_events(true).build());
        }
        let answer = call
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DescribeEvents"))?;
        Ok(convert_page(
            answer.operation_events,
            answer.next_token,
            stack::convert_operation_event,
        ))
    }

    async fn cancel_update(&self, stack: &str, token: &str) -> ApiResult<()> {
        let call = self
            .writes
            .cancel_update_stack()
            .stack_name(stack)
            .client_request_token(token);
        call.send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "CancelUpdateStack"))?;
        Ok(())
    }

    async fn rollback_stack(
        &self,
        stack: &str,
        role_arn: Option<&str>,
        token: &str,
    ) -> ApiResult<()> {
        self.writes
            .rollback_stack()
            .stack_name(stack)
            .set_role_arn(role_arn.map(str::to_owned))
            .client_request_token(token)
            .retain_except_on_create(true)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "RollbackStack"))?;
        Ok(())
    }

    async fn continue_rollback(&self, request: ContinueRollback) -> ApiResult<()> {
        self.writes
            .continue_update_rollback()
            .stack_name(request.stack)
            .set_resources_to_skip((!request.skip.is_empty()).then_some(request.skip))
            .set_force_rollback(request.force.then_some(true))
            .set_role_arn(request.role_arn)
            .client_request_token(request.token)
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "ContinueUpdateRollback",
            ))?;
        Ok(())
    }

    async fn delete_stack(&self, request: DeleteStack) -> ApiResult<()> {
        let force = request.force.then_some(sdk::DeletionMode::ForceDeleteStack);
        self.writes
            .delete_stack()
            .stack_name(request.stack)
            .set_retain_resources((!request.retain.is_empty()).then_some(request.retain))
            .set_deletion_mode(force)
            .set_role_arn(request.role_arn)
            .client_request_token(request.token)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DeleteStack"))?;
        Ok(())
    }

    async fn set_termination_protection(&self, stack: &str, on: bool) -> ApiResult<()> {
        self.writes
            .update_termination_protection()
            .stack_name(stack)
            .enable_termination_protection(on)
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "UpdateTerminationProtection",
            ))?;
        Ok(())
    }

    async fn detect_drift(&self, stack: &str, resources: &[String]) -> ApiResult<String> {
        let some = (!resources.is_empty()).then(|| resources.to_vec());
        let answer = self
            .writes
            .detect_stack_drift()
            .stack_name(stack)
            .set_logical_resource_ids(some)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DetectStackDrift"))?;
        Ok(text_or_empty(answer.stack_drift_detection_id))
    }

    async fn drift_detection(&self, id: &str) -> ApiResult<DriftDetection> {
        let answer = self
            .reads
            .describe_stack_drift_detection_status()
            .stack_drift_detection_id(id)
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "DescribeStackDriftDetectionStatus",
            ))?;
        Ok(drift::convert_detection(answer))
    }

    async fn resource_drifts(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> ApiResult<Page<ResourceDrift>> {
        let answer = self
            .reads
            .describe_stack_resource_drifts()
            .stack_name(stack)
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "DescribeStackResourceDrifts",
            ))?;
        Ok(convert_page(
            answer.stack_resource_drifts,
            answer.next_token,
            drift::convert_resource,
        ))
    }

    async fn list_exports(&self, next: Option<String>) -> ApiResult<Page<Export>> {
        let call = self.reads.list_exports().set_next_token(next);
        let answer = call
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListExports"))?;
        Ok(convert_page(
            answer.exports,
            answer.next_token,
            stack::convert_export,
        ))
    }

    async fn list_imports(&self, export: &str, next: Option<String>) -> ApiResult<Page<String>> {
        let answer = self
            .reads
            .list_imports()
            .export_name(export)
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListImports"));
        match answer {
            Ok(answer) => Ok(convert_page(answer.imports, answer.next_token, |name| name)),
            // An export without imports is reported as an error.
            Err(error) if error.message.contains("is not imported by any stack") => {
                Ok(Page::without_next(Vec::new()))
            }
            Err(error) => Err(error),
        }
    }

    async fn create_refactor(&self, request: CreateRefactor) -> ApiResult<String> {
        let call = refactor::build_create_request(&self.writes, request);
        let made = call
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "CreateStackRefactor"))?;
        Ok(text_or_empty(made.stack_refactor_id))
    }

    async fn describe_refactor(&self, id: &str) -> ApiResult<RefactorDescription> {
        let call = self.reads.describe_stack_refactor().stack_refactor_id(id);
        let answer = call
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DescribeStackRefactor"))?;
        Ok(refactor::convert_description(answer))
    }

    async fn refactor_actions(
        &self,
        id: &str,
        next: Option<String>,
    ) -> ApiResult<Page<RefactorAction>> {
        let answer = self
            .reads
            .list_stack_refactor_actions()
            .stack_refactor_id(id)
            .set_next_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "ListStackRefactorActions",
            ))?;
        Ok(convert_page(
            answer.stack_refactor_actions,
            answer.next_token,
            refactor::convert_action,
        ))
    }

    async fn execute_refactor(&self, id: &str) -> ApiResult<()> {
        let call = self.writes.execute_stack_refactor().stack_refactor_id(id);
        call.send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ExecuteStackRefactor"))?;
        Ok(())
    }

    async fn account_limits(&self) -> ApiResult<AccountLimits> {
        let (mut limits, mut next) = (AccountLimits::default(), None);
        loop {
            let call = self.reads.describe_account_limits().set_next_token(next);
            let answer = call
                .send()
                .await
                .map_err(problem::convert_sdk_error(SERVICE, "DescribeAccountLimits"))?;
            for limit in answer.account_limits.unwrap_or_default() {
                if let (Some(name), Some(value)) = (limit.name, limit.value) {
                    limits.limits.insert(name, value.into());
                }
            }
            next = answer.next_token;
            if next.is_none() {
                return Ok(limits);
            }
        }
    }
}

/// Converts a page of a list and each of its entries.
fn convert_page<T, R>(
    items: Option<Vec<T>>,
    next: Option<String>,
    read: impl Fn(T) -> R,
) -> Page<R> {
    let items = items.unwrap_or_default().into_iter().map(read).collect();
    Page { items, next }
}
