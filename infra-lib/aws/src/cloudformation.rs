//! The trait [`CloudFormation`] with the operations that a deployment uses, and their requests.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;

use super::{
    ApiError, ChangeSetDescription, ChangeSetHook, ChangeSetSummary, CreateChangeSet,
    CreateRefactor, CreatedChangeSet, DriftDetection, ExecuteChangeSet, Export, HookResult,
    OperationEvent, Page, RefactorAction, RefactorDescription, ResourceDrift, StackDescription,
    StackEvent, StackResource, StackSummary,
};

/// The object of a `DescribeEvents` request, which selects the operations whose events are returned.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum EventSelector {
    /// The creation of a change set, by ARN. Its events contain the results of validation.
    ChangeSet(String),
    /// The latest operations of a stack, by name or ARN.
    Stack(String),
    /// A single operation, by ID.
    Operation(String),
}

/// A `DeleteStack` request. CloudFormation refuses it for a stack with termination protection.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct DeleteStack {
    /// Name or ARN of the stack to delete. An ARN cannot match a later stack of the same name.
    pub stack: String,
    /// Logical IDs of resources to retain. CloudFormation accepts them only for a stack in `DELETE_FAILED`.
    #[builder(default)]
    pub retain: Vec<String>,
    /// `true` to delete the stack even if some of its resources cannot be deleted; they are retained (`FORCE_DELETE_STACK`).
    #[builder(default)]
    pub force: bool,
    /// ARN of the role that CloudFormation assumes, or `None` for the role of the stack or the credentials of the caller.
    pub role_arn: Option<String>,
    /// Token of the operation. Every event of the operation carries it, which identifies the events of this request.
    pub token: String,
}

/// A `ContinueUpdateRollback` request, for a stack in the status `UPDATE_ROLLBACK_FAILED`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ContinueRollback {
    /// Name or ARN of the stack whose rollback of an update failed.
    pub stack: String,
    /// Logical IDs of resources to skip. Their state then differs from the template of the stack.
    #[builder(default)]
    pub skip: Vec<String>,
    /// `true` to skip every resource whose rollback fails, without naming them in `skip`.
    #[builder(default)]
    pub force: bool,
    /// ARN of the role that CloudFormation assumes, or `None` for the role of the stack or the credentials of the caller.
    pub role_arn: Option<String>,
    /// Token of the operation. Every event of the operation carries it, which identifies the events of this request.
    pub token: String,
}

/// CloudFormation quotas of the account in one region, as returned by `DescribeAccountLimits`.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct AccountLimits {
    /// Values of the quotas by name, for example `StackLimit`, the maximum number of stacks.
    pub limits: BTreeMap<String, i64>,
}

impl AccountLimits {
    /// Creates the quotas from their values by name, for implementations of [`CloudFormation`].
    pub fn new(limits: BTreeMap<String, i64>) -> Self {
        Self { limits }
    }
}

/// CloudFormation in one region.
///
/// Methods that return a [`Page`] return one page of a list; call them again with its token. A stack that does not exist is `None`, not an error.
#[async_trait]
pub trait CloudFormation: Debug + Send + Sync {
    /// Returns the stack with the given name or ARN, or `None` if it does not exist. Deleted stacks are found by ARN only.
    async fn describe_stack(&self, stack: &str) -> Result<Option<StackDescription>, ApiError>;

    /// Returns a page of the descriptions of all stacks in the region that are not deleted. One call replaces many if several stacks are needed. AWS
    /// requires the permission `cloudformation:DescribeStacks` on `*`.
    async fn describe_stacks(
        &self,
        next: Option<String>,
    ) -> Result<Page<StackDescription>, ApiError>;

    /// Returns a page of the names and statuses of the stacks in the region that are not deleted (`ListStacks`).
    async fn list_stacks(&self, next: Option<String>) -> Result<Page<StackSummary>, ApiError>;

    /// Returns a page of the events of a stack, the newest first (`DescribeStackEvents`).
    async fn stack_events(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<StackEvent>, ApiError>;

    /// Returns a page of the resources of a stack, without those of nested stacks (`ListStackResources`).
    async fn stack_resources(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<StackResource>, ApiError>;

    /// Returns the original template, as it was submitted: that of a stack, or that of a change set by ARN.
    async fn get_template(&self, stack: &str, change_set: Option<&str>)
    -> Result<String, ApiError>;

    /// Creates a change set. CloudFormation then computes its changes without applying them. A stack that does not exist is created in
    /// `REVIEW_IN_PROGRESS`.
    async fn create_change_set(
        &self,
        request: CreateChangeSet,
    ) -> Result<CreatedChangeSet, ApiError>;

    /// Returns a page of a change set, by ARN, or by its name and the stack. `values` includes old and new property values.
    async fn describe_change_set(
        &self,
        change_set: &str,
        stack: Option<&str>,
        values: bool,
        next: Option<String>,
    ) -> Result<ChangeSetDescription, ApiError>;

    /// Returns the hooks that the execution will invoke, or `None` while AWS determines them.
    async fn change_set_hooks(
        &self,
        change_set: &str,
    ) -> Result<Option<Vec<ChangeSetHook>>, ApiError>;

    /// Returns the results of all hooks for a change set, with remediation messages of failed ones (`ListHookResults`, `GetHookResult`).
    async fn hook_results(&self, change_set: &str) -> Result<Vec<HookResult>, ApiError>;

    /// Returns a page of the active change sets of a stack, with their status (`ListChangeSets`).
    async fn list_change_sets(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<ChangeSetSummary>, ApiError>;

    /// Deletes a change set by ARN, without an effect on the stack (`DeleteChangeSet`).
    async fn delete_change_set(&self, change_set: &str) -> Result<(), ApiError>;

    /// Starts the execution of a change set (`ExecuteChangeSet`). Its progress is visible in the events of the stack.
    async fn execute_change_set(&self, request: ExecuteChangeSet) -> Result<(), ApiError>;

    /// Returns a page of the events of an operation, including results of validation and reasons of failures.
    async fn operation_events(
        &self,
        of: EventSelector,
        failed_only: bool,
        next: Option<String>,
    ) -> Result<Page<OperationEvent>, ApiError>;

    /// Cancels an update in progress, which CloudFormation then rolls back (`CancelUpdateStack`). The events of the rollback contain `token`.
    async fn cancel_update(&self, stack: &str, token: &str) -> Result<(), ApiError>;

    /// Rolls back a stack whose creation or update failed with rollback disabled (`RollbackStack`).
    async fn rollback_stack(
        &self,
        stack: &str,
        role_arn: Option<&str>,
        token: &str,
    ) -> Result<(), ApiError>;

    /// Continues the rollback of an update that failed, optionally without some resources (`ContinueUpdateRollback`).
    async fn continue_rollback(&self, request: ContinueRollback) -> Result<(), ApiError>;

    /// Starts the deletion of a stack (`DeleteStack`). Its progress is visible in the events of the stack.
    async fn delete_stack(&self, request: DeleteStack) -> Result<(), ApiError>;

    /// Enables or disables termination protection of a stack, which prevents its deletion (`UpdateTerminationProtection`).
    async fn set_termination_protection(&self, stack: &str, on: bool) -> Result<(), ApiError>;

    /// Starts drift detection for a stack, or for some of its resources by logical ID. Returns the ID of the detection.
    async fn detect_drift(&self, stack: &str, resources: &[String]) -> Result<String, ApiError>;

    /// Returns the progress of a drift detection by the ID that `detect_drift` returned (`DescribeStackDriftDetectionStatus`).
    async fn drift_detection(&self, id: &str) -> Result<DriftDetection, ApiError>;

    /// Returns a page of the latest drift detection results of a stack (`DescribeStackResourceDrifts`).
    async fn resource_drifts(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<ResourceDrift>, ApiError>;

    /// Returns a page of the exports of the account in the region (`ListExports`).
    async fn list_exports(&self, next: Option<String>) -> Result<Page<Export>, ApiError>;

    /// Returns a page of the names of the stacks that import an export.
    async fn list_imports(
        &self,
        export: &str,
        next: Option<String>,
    ) -> Result<Page<String>, ApiError>;

    /// Creates a stack refactor, whose actions CloudFormation then computes, and returns its ID (`CreateStackRefactor`).
    async fn create_refactor(&self, request: CreateRefactor) -> Result<String, ApiError>;

    /// Returns the progress of a stack refactor by the ID that `create_refactor` returned (`DescribeStackRefactor`).
    async fn describe_refactor(&self, id: &str) -> Result<RefactorDescription, ApiError>;

    /// Returns a page of the actions of a stack refactor, which are known once its creation is complete (`ListStackRefactorActions`).
    async fn refactor_actions(
        &self,
        id: &str,
        next: Option<String>,
    ) -> Result<Page<RefactorAction>, ApiError>;

    /// Starts the execution of a stack refactor by its ID (`ExecuteStackRefactor`). `describe_refactor` returns its progress.
    async fn execute_refactor(&self, id: &str) -> Result<(), ApiError>;

    /// Returns the CloudFormation quotas of the account in the region, such as the maximum number of stacks (`DescribeAccountLimits`).
    async fn account_limits(&self) -> Result<AccountLimits, ApiError>;
}
