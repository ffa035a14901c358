//! Stacks of CloudFormation: their description, resources, events, outputs and exports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::status::{ResourceStatus, StackStatus};

/// A deployed stack with its settings and outputs, as returned by the operation `DescribeStacks`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackDescription {
    /// ARN of the stack. A name can be reused after a deletion, an ARN cannot.
    pub id: String,
    /// Name of the stack, unique within the account and region while it exists.
    pub name: String,
    /// ARN of the parent stack, or `None` for a stack that is not nested.
    pub parent: Option<String>,
    /// Status of the stack, which is that of its last operation.
    pub status: StackStatus,
    /// Reason for the status, for example the resources that failed, if CloudFormation provides one.
    pub status_reason: Option<String>,
    /// Values of parameters by logical ID. Those of parameters with `NoEcho` are `****`.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Values that CloudFormation read from the Parameter Store for parameters of the types `AWS::SSM::Parameter::Value<…>`, by logical ID.
    #[builder(default)]
    pub resolved_parameters: BTreeMap<String, String>,
    /// Outputs of the stack with their values, which are known once the stack is deployed.
    #[builder(default)]
    pub outputs: Vec<StackOutput>,
    /// Tags of the stack by key, which CloudFormation propagated to its resources.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Capabilities acknowledged in the last operation, for example `CAPABILITY_IAM`. The list is empty if none were needed.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// ARN of the role that CloudFormation assumes. Later operations use it unless they specify another one.
    pub role_arn: Option<String>,
    /// ARNs of the SNS topics that receive the events of the stack.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// Termination protection: `true` if CloudFormation refuses to delete the stack. Default: `false`.
    #[builder(default)]
    pub termination_protection: bool,
    /// `true` if CloudFormation does not roll back a failed operation of the stack.
    #[builder(default)]
    pub disable_rollback: bool,
    /// Time of the creation, or `None` if CloudFormation does not return it.
    pub created: Option<OffsetDateTime>,
    /// Time of the last update, or `None` for a stack that has never been updated.
    pub updated: Option<OffsetDateTime>,
    /// Drift status of the last detection for the stack: `IN_SYNC`, `DRIFTED`, `NOT_CHECKED`, …
    pub drift_status: Option<String>,
}

/// An output of a deployed stack with its value and export name.
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
    /// Logical ID of the output in the template, unique within the stack.
    pub name: String,
    /// Value of the output, which is always text. CloudFormation converts other values.
    pub value: String,
    /// Description of the output for display. Absent if the template has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Name under which the value is exported. Absent if it is not exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_name: Option<String>,
}

/// An entry of a `ListStacks` response: only the name and status of a stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackSummary {
    /// ARN of the stack, unique even if its name is reused.
    pub id: String,
    /// Name of the stack, unique within the account and region while it exists.
    pub name: String,
    /// Status of the stack, which is that of its last operation.
    pub status: StackStatus,
}

/// A resource of a deployed stack with its status, as returned by `ListStackResources`.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackResource {
    /// Logical ID of the resource in the template, unique within the stack.
    pub logical_id: String,
    /// Physical ID of the resource, or `None` if it has not been created.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource, for example `AWS::ECS::Service`.
    pub type_name: String,
    /// Status of the resource, which is that of the last operation on it.
    pub status: ResourceStatus,
    /// Reason for the status, for example of a failure, or `None` if CloudFormation provides none.
    pub status_reason: Option<String>,
    /// Drift status of the last detection for the resource: `IN_SYNC`, `MODIFIED`, `DELETED` or `NOT_CHECKED`.
    pub drift_status: Option<String>,
}

/// An event of a stack: a change of the status of a resource or of the stack itself.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackEvent {
    /// Unique ID of the event. The time is not unique, because several events can share it.
    pub id: String,
    /// ARN of the stack that the event belongs to: for a resource of a nested stack, that of the nested stack.
    pub stack_id: String,
    /// Logical ID of the resource, or the name of the stack for events of the stack itself.
    pub logical_id: String,
    /// Physical ID of the resource, or `None` if it does not exist yet. For the stack itself, its ARN.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource. Events of the stack itself and of nested stacks have `AWS::CloudFormation::Stack`.
    pub type_name: String,
    /// Status of the resource or stack after the event, for example `CREATE_IN_PROGRESS`.
    pub status: ResourceStatus,
    /// Reason for the status, for example the error of the service that refused a property.
    pub reason: Option<String>,
    /// More detailed status, `CONFIGURATION_COMPLETE` or `VALIDATION_FAILED`, if CloudFormation provides one.
    pub detailed_status: Option<String>,
    /// Time at which CloudFormation recorded the event, which several events can share.
    pub time: OffsetDateTime,
    /// Token of the request that started the operation, if the request had one.
    pub token: Option<String>,
    /// ID of the operation that the event belongs to. A rollback is a separate operation.
    pub operation_id: Option<String>,
    /// Result of the hook that evaluated the resource, for an event of a hook.
    pub hook: Option<HookEvent>,
}

impl StackEvent {
    /// Returns `true` for an event of the stack itself, and `false` for one of a resource, including nested stacks.
    pub fn is_stack_event(&self) -> bool {
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

/// The result of a hook that evaluated a resource before an operation on it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct HookEvent {
    /// Type name of the hook in the registry, for example `MyCompany::Testing::MyHook`.
    pub type_name: String,
    /// Status of the invocation of the hook, for example `HOOK_COMPLETE_FAILED`, if CloudFormation returns it.
    pub status: Option<String>,
    /// Message of the hook that explains its result, or `None` if the hook provides none.
    pub reason: Option<String>,
    /// Effect of a negative result on the operation: `FAIL` stops it, `WARN` reports the result only.
    pub failure_mode: Option<String>,
}

/// An entry of a `DescribeEvents` response: a result of validation, or the reason of a failure.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct OperationEvent {
    /// Type of the event: `STACK_EVENT`, `VALIDATION_ERROR`, `PROVISIONING_ERROR`, `HOOK_INVOCATION_ERROR` or `PROGRESS_EVENT`.
    pub event_type: String,
    /// Logical ID of the resource, or `None` for an event of the whole stack.
    pub logical_id: Option<String>,
    /// CloudFormation type of the resource, for example `AWS::IAM::Role`, or `None` for an event of the whole stack.
    pub type_name: Option<String>,
    /// Name of the validation that failed, for example `PROPERTY_VALIDATION`, or `None` for events of other types.
    pub validation_name: Option<String>,
    /// Effect of the problem on the operation: `FAIL` stops it, `WARN` reports it only.
    pub failure_mode: Option<String>,
    /// Reason as reported by AWS, for example the violated constraint, or `None` if there was no problem.
    pub reason: Option<String>,
    /// Path of the property as a JSON pointer into the template, or `None` if the event concerns no single property.
    pub path: Option<String>,
}

/// An export of a stack, which other stacks of the account in the region can import.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Export {
    /// Name of the export, unique within the account and region, by which other stacks import the value.
    pub name: String,
    /// Value of the export, which cannot change while another stack imports it.
    pub value: String,
    /// ARN of the stack that exports one of its outputs under this name.
    pub stack_id: String,
}

/// A page of a list, with the token for the page that follows.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// Entries of this page, which may be empty even if more pages follow.
    pub items: Vec<T>,
    /// Token to pass for the next page, or `None` if this page is the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Creates a page from its entries and the token for the next page.
    pub fn new(items: Vec<T>, next: Option<String>) -> Self {
        Self { items, next }
    }

    /// Creates a page that is the last one, without a token for another page.
    pub fn without_next(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

impl Default for StackStatus {
    fn default() -> Self {
        Self::new("")
    }
}
