//! The operations of CloudFormation that we use.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;

use super::{
    ApiError, ChangeSetDescription, ChangeSetHook, ChangeSetSummary, CreateChangeSet,
    CreateRefactor, CreatedChangeSet, DriftDetection, ExecuteChangeSet, Export, HookResult,
    OperationEvent, Page, RefactorAction, RefactorDescription, ResourceDrift, StackDescription,
    StackEvent, StackResource, StackSummary,
};

/// What `DescribeEvents` is asked about.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum EventsOf {
    /// The creation of a change set, by its ARN: what validation found.
    ChangeSet(String),
    /// The last operations of a stack.
    Stack(String),
    /// One operation.
    Operation(String),
}

/// How a stack is deleted.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct DeleteStack {
    /// The stack, by name or ARN.
    pub stack: String,
    /// Resources that stay. Only a stack whose deletion failed accepts them.
    #[builder(default)]
    pub retain: Vec<String>,
    /// Whether resources that cannot be deleted are left behind (`FORCE_DELETE_STACK`).
    #[builder(default)]
    pub force: bool,
    /// The role that CloudFormation works with.
    pub role_arn: Option<String>,
    /// Every event of the operation carries it.
    pub token: String,
}

/// How a rollback that got stuck goes on.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ContinueRollback {
    /// The stack.
    pub stack: String,
    /// Resources that are left as they are, by logical ID.
    #[builder(default)]
    pub skip: Vec<String>,
    /// Whether every resource that fails is skipped.
    #[builder(default)]
    pub force: bool,
    /// The role that CloudFormation works with.
    pub role_arn: Option<String>,
    /// Every event of the operation carries it.
    pub token: String,
}

/// Quotas of the account.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct AccountLimits {
    /// Each quota with its value, such as `StackLimit`.
    pub limits: BTreeMap<String, i64>,
}

impl AccountLimits {
    /// Quotas by name.
    pub fn new(limits: BTreeMap<String, i64>) -> Self {
        Self { limits }
    }
}

/// CloudFormation in a region.
///
/// Lists come page by page, as AWS gives them; a missing stack is `None`, not an error.
#[async_trait]
pub trait CloudFormation: Debug + Send + Sync {
    /// The stack of that name or ARN. By ARN, deleted stacks are found too.
    async fn describe_stack(&self, stack: &str) -> Result<Option<StackDescription>, ApiError>;

    /// The descriptions of all stacks of the region that are not deleted, page by page: one call in place of many where
    /// several stacks are looked at. AWS wants permission for `cloudformation:DescribeStacks` on `*` for it.
    async fn describe_stacks(
        &self,
        next: Option<String>,
    ) -> Result<Page<StackDescription>, ApiError>;

    /// The stacks that are not deleted.
    async fn list_stacks(&self, next: Option<String>) -> Result<Page<StackSummary>, ApiError>;

    /// What happened, newest first.
    async fn stack_events(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<StackEvent>, ApiError>;

    /// The resources of a stack.
    async fn stack_resources(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<StackResource>, ApiError>;

    /// The template as it was sent, byte for byte: of a stack, or of a change set by its ARN.
    async fn template(&self, stack: &str, change_set: Option<&str>) -> Result<String, ApiError>;

    /// Has the changes worked out; nothing is changed, but a stack that does not exist comes to be, in review.
    async fn create_change_set(
        &self,
        request: CreateChangeSet,
    ) -> Result<CreatedChangeSet, ApiError>;

    /// A page of a change set, by ARN, or by name with the stack. `values` asks for properties before and after.
    async fn describe_change_set(
        &self,
        change_set: &str,
        stack: Option<&str>,
        values: bool,
        next: Option<String>,
    ) -> Result<ChangeSetDescription, ApiError>;

    /// The hooks that execution will ask; `None` while AWS works it out.
    async fn change_set_hooks(
        &self,
        change_set: &str,
    ) -> Result<Option<Vec<ChangeSetHook>>, ApiError>;

    /// What hooks answered about a change set.
    async fn hook_results(&self, change_set: &str) -> Result<Vec<HookResult>, ApiError>;

    /// The change sets of a stack.
    async fn list_change_sets(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<ChangeSetSummary>, ApiError>;

    /// Deletes a change set, by ARN.
    async fn delete_change_set(&self, change_set: &str) -> Result<(), ApiError>;

    /// Does what a change set says.
    async fn execute_change_set(&self, request: ExecuteChangeSet) -> Result<(), ApiError>;

    /// What validation found, and why something failed.
    async fn operation_events(
        &self,
        of: EventsOf,
        failed_only: bool,
        next: Option<String>,
    ) -> Result<Page<OperationEvent>, ApiError>;

    /// Ends an update that is under way; it is rolled back.
    async fn cancel_update(&self, stack: &str, token: &str) -> Result<(), ApiError>;

    /// Brings a stack whose creation or update failed without rollback back to how it was.
    async fn rollback_stack(
        &self,
        stack: &str,
        role_arn: Option<&str>,
        token: &str,
    ) -> Result<(), ApiError>;

    /// Goes on with a rollback that got stuck.
    async fn continue_rollback(&self, request: ContinueRollback) -> Result<(), ApiError>;

    /// Deletes a stack.
    async fn delete_stack(&self, request: DeleteStack) -> Result<(), ApiError>;

    /// Sets whether CloudFormation refuses to delete the stack.
    async fn set_termination_protection(&self, stack: &str, on: bool) -> Result<(), ApiError>;

    /// Starts to compare a stack with what is there; answers the id of the comparison.
    async fn detect_drift(&self, stack: &str, resources: &[String]) -> Result<String, ApiError>;

    /// How far the comparison is.
    async fn drift_detection(&self, id: &str) -> Result<DriftDetection, ApiError>;

    /// What the comparison found.
    async fn resource_drifts(
        &self,
        stack: &str,
        next: Option<String>,
    ) -> Result<Page<ResourceDrift>, ApiError>;

    /// Every export of the account in the region.
    async fn exports(&self, next: Option<String>) -> Result<Page<Export>, ApiError>;

    /// The names of the stacks that import an export.
    async fn imports(&self, export: &str, next: Option<String>) -> Result<Page<String>, ApiError>;

    /// Has a refactoring worked out; answers its id.
    async fn create_refactor(&self, request: CreateRefactor) -> Result<String, ApiError>;

    /// Where a refactoring stands.
    async fn describe_refactor(&self, id: &str) -> Result<RefactorDescription, ApiError>;

    /// What a refactoring does.
    async fn refactor_actions(
        &self,
        id: &str,
        next: Option<String>,
    ) -> Result<Page<RefactorAction>, ApiError>;

    /// Does it.
    async fn execute_refactor(&self, id: &str) -> Result<(), ApiError>;

    /// Quotas of the account.
    async fn account_limits(&self) -> Result<AccountLimits, ApiError>;
}
