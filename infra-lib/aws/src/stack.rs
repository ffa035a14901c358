//! Stacks of CloudFormation: their description, resources, events, outputs and exports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::status::{ResourceStatus, StackStatus};

/// A deployed stack, as returned by `DescribeStacks`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackDescription {
    /// ARN of the stack. A name can be reused after a deletion, an ARN cannot.
    pub id: String,
    /// Name of the stack.
    pub name: String,
    /// ARN of the parent stack, or `None` for a stack that is not nested.
    pub parent: Option<String>,
    /// Status of the stack.
    pub status: StackStatus,
    /// Reason for the status, if CloudFormation provides one.
    pub status_reason: Option<String>,
    /// Values of parameters. Those with `NoEcho` are `****`.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Outputs of the stack.
    #[builder(default)]
    pub outputs: Vec<StackOutput>,
    /// Tags of the stack by key.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Capabilities acknowledged in the last operation.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// ARN of the role that CloudFormation assumes. Later operations use it unless they specify another one.
    pub role_arn: Option<String>,
    /// ARNs of SNS topics that receive the events of the stack.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// Termination protection: `true` if CloudFormation refuses to delete the stack.
    #[builder(default)]
    pub termination_protection: bool,
    /// `true` if a failed operation is not rolled back.
    #[builder(default)]
    pub disable_rollback: bool,
    /// Time of the creation.
    pub created: Option<OffsetDateTime>,
    /// Time of the last update.
    pub updated: Option<OffsetDateTime>,
    /// Drift status of the last detection: `IN_SYNC`, `DRIFTED`, `NOT_CHECKED`, …
    pub drift_status: Option<String>,
}

/// An output of a stack.
#[derive(
    bon::Builder,
    Clone,
    Debug,
    Default,
    Deserialize,
    Eq,
    Hash,
    schemars::JsonSchema,
    PartialEq,
    Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackOutput {
    /// Logical ID of the output.
    pub name: String,
    /// Value of the output.
    pub value: String,
    /// Description of the output. Absent if the template has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Name under which the value is exported. Absent if it is not exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_name: Option<String>,
}

/// An entry of a `ListStacks` response.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackSummary {
    /// ARN of the stack.
    pub id: String,
    /// Name of the stack.
    pub name: String,
    /// Status of the stack.
    pub status: StackStatus,
}

/// A resource of a deployed stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackResource {
    /// Logical ID of the resource.
    pub logical_id: String,
    /// Physical ID of the resource.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource.
    pub type_name: String,
    /// Status of the resource.
    pub status: ResourceStatus,
    /// Reason for the status.
    pub status_reason: Option<String>,
    /// Drift status of the last detection: `IN_SYNC`, `MODIFIED`, `DELETED` or `NOT_CHECKED`.
    pub drift_status: Option<String>,
}

/// An event of a resource or of the stack itself.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackEvent {
    /// Unique ID of the event. Several events can have the same time.
    pub id: String,
    /// ARN of the stack.
    pub stack_id: String,
    /// Logical ID of the resource, or the name of the stack for events of the stack itself.
    pub logical_id: String,
    /// Physical ID of the resource.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource. Events of the stack itself and of nested stacks have `AWS::CloudFormation::Stack`.
    pub type_name: String,
    /// New status of the resource.
    pub status: ResourceStatus,
    /// Reason for the status.
    pub reason: Option<String>,
    /// Additional status, `CONFIGURATION_COMPLETE` or `VALIDATION_FAILED`, if CloudFormation provides one.
    pub detailed_status: Option<String>,
    /// Time of the event.
    pub time: OffsetDateTime,
    /// Token of the request that started the operation.
    pub token: Option<String>,
    /// ID of the operation. A rollback is a separate operation.
    pub operation_id: Option<String>,
    /// Result of the hook that evaluated the resource, for events of hooks.
    pub hook: Option<HookEvent>,
}

impl StackEvent {
    /// Returns `true` for an event of the stack itself, and `false` for one of a resource, including nested stacks.
    pub fn is_of_stack(&self) -> bool {
        self.type_name == "AWS::CloudFormation::Stack"
            && match self.physical_id.as_deref().filter(|id| !id.is_empty()) {
                Some(id) => id == self.stack_id,
                // A nested stack has no ARN in the first event of its creation.
                None => self.logical_id == stack_name(&self.stack_id),
            }
    }

    /// Returns the ARN of the nested stack of the event. Returns `None` for events of other resources, and until the nested stack has an ARN.
    pub fn nested_stack(&self) -> Option<&str> {
        let id = self.physical_id.as_deref()?;
        (self.type_name == "AWS::CloudFormation::Stack"
            && id != self.stack_id
            && id.starts_with("arn:"))
        .then_some(id)
    }
}

/// Returns the name of the stack with the given ARN. A name is returned unchanged.
pub fn stack_name(arn: &str) -> &str {
    // `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`
    match arn.split_once(":stack/") {
        Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
        None => arn,
    }
}

/// The result of a hook for a resource, in a stack event.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct HookEvent {
    /// Type name of the hook.
    pub type_name: String,
    /// Status: `HOOK_COMPLETE_FAILED`, …
    pub status: Option<String>,
    /// Message of the hook.
    pub reason: Option<String>,
    /// Effect of a failure on the operation: `FAIL` or `WARN`.
    pub failure_mode: Option<String>,
}

/// An entry of a `DescribeEvents` response: a result of validation, or the reason of a failure.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct OperationEvent {
    /// Type: `STACK_EVENT`, `VALIDATION_ERROR`, `PROVISIONING_ERROR`, `HOOK_INVOCATION_ERROR` or `PROGRESS_EVENT`.
    pub event_type: String,
    /// Logical ID of the resource.
    pub logical_id: Option<String>,
    /// CloudFormation type of the resource.
    pub type_name: Option<String>,
    /// Name of the validation, for example `PROPERTY_VALIDATION`.
    pub validation_name: Option<String>,
    /// Effect of a failure on the operation: `FAIL` or `WARN`.
    pub failure_mode: Option<String>,
    /// Reason as reported by AWS.
    pub reason: Option<String>,
    /// Path of the property, as a JSON pointer into the template.
    pub path: Option<String>,
}

/// An export, which other stacks in the region can import.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Export {
    /// Name of the export, unique within the account and region.
    pub name: String,
    /// Value of the export.
    pub value: String,
    /// ARN of the stack that exports the value.
    pub stack_id: String,
}

/// A page of a list.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// Entries of the page.
    pub items: Vec<T>,
    /// Token for the next page, or `None` on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Creates a page from its entries and the token for the next page.
    pub fn new(items: Vec<T>, next: Option<String>) -> Self {
        Self { items, next }
    }

    /// Creates the last page of a list.
    pub fn last(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

impl Default for StackStatus {
    fn default() -> Self {
        Self::new("")
    }
}
