//! Stacks as CloudFormation describes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::status::{ResourceStatus, StackStatus};

/// A deployed stack.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackDescription {
    /// The ARN; names can be used again after a deletion, ARNs cannot.
    pub id: String,
    /// The name.
    pub name: String,
    /// The ARN of the stack that it is nested in; `None` for a stack of its own.
    pub parent: Option<String>,
    /// Where it stands.
    pub status: StackStatus,
    /// Why, where CloudFormation says so.
    pub status_reason: Option<String>,
    /// Parameters with their values; those with `NoEcho` are `****`.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Outputs.
    #[builder(default)]
    pub outputs: Vec<StackOutput>,
    /// Tags of the stack.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Capabilities given to the last operation.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// The role that CloudFormation works with; it sticks to the stack.
    pub role_arn: Option<String>,
    /// Topics that are told of events.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// Whether CloudFormation refuses to delete it.
    #[builder(default)]
    pub termination_protection: bool,
    /// Whether a failed operation leaves things as they are.
    #[builder(default)]
    pub disable_rollback: bool,
    /// When it was created.
    pub created: Option<OffsetDateTime>,
    /// When it was last changed.
    pub updated: Option<OffsetDateTime>,
    /// `IN_SYNC`, `DRIFTED`, `NOT_CHECKED`, … of the last check.
    pub drift_status: Option<String>,
}

/// A value that a stack publishes.
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
    /// The logical ID.
    pub name: String,
    /// The value.
    pub value: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The name under which other stacks import it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_name: Option<String>,
}

/// A line of `ListStacks`.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackSummary {
    /// The ARN.
    pub id: String,
    /// The name.
    pub name: String,
    /// Where it stands.
    pub status: StackStatus,
}

/// A resource of a deployed stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackResource {
    /// The name in the template.
    pub logical_id: String,
    /// The name in AWS.
    pub physical_id: Option<String>,
    /// The type.
    pub type_name: String,
    /// Where it stands.
    pub status: ResourceStatus,
    /// Why.
    pub status_reason: Option<String>,
    /// `IN_SYNC`, `MODIFIED`, `DELETED`, `NOT_CHECKED` of the last check.
    pub drift_status: Option<String>,
}

/// Something that happened to a resource or to the stack itself.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct StackEvent {
    /// By which events are told apart; times are not enough, several share one.
    pub id: String,
    /// The ARN of the stack.
    pub stack_id: String,
    /// The name in the template; the name of the stack for events of the stack itself.
    pub logical_id: String,
    /// The name in AWS.
    pub physical_id: Option<String>,
    /// The type; `AWS::CloudFormation::Stack` for events of the stack itself and of nested stacks.
    pub type_name: String,
    /// What became of it.
    pub status: ResourceStatus,
    /// Why.
    pub reason: Option<String>,
    /// `CONFIGURATION_COMPLETE` or `VALIDATION_FAILED`, where AWS says more.
    pub detailed_status: Option<String>,
    /// When.
    pub time: OffsetDateTime,
    /// The token of the request that caused it.
    pub token: Option<String>,
    /// The operation that it belongs to; a rollback is an operation of its own.
    pub operation_id: Option<String>,
    /// The hook that was asked, with what it answered.
    pub hook: Option<HookEvent>,
}

impl StackEvent {
    /// True for an event about the stack itself, false for one about a resource, a nested stack included.
    pub fn is_of_stack(&self) -> bool {
        self.type_name == "AWS::CloudFormation::Stack"
            && match self.physical_id.as_deref().filter(|id| !id.is_empty()) {
                Some(id) => id == self.stack_id,
                // A nested stack has no ARN yet in the first event of its creation.
                None => self.logical_id == stack_name(&self.stack_id),
            }
    }

    /// The ARN of the nested stack that the event is about; `None` for events about anything else, and until the nested
    /// stack has an ARN.
    pub fn nested_stack(&self) -> Option<&str> {
        let id = self.physical_id.as_deref()?;
        (self.type_name == "AWS::CloudFormation::Stack"
            && id != self.stack_id
            && id.starts_with("arn:"))
        .then_some(id)
    }
}

/// The name of the stack with that ARN; the text itself where it is a name already.
pub fn stack_name(arn: &str) -> &str {
    // `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`
    match arn.split_once(":stack/") {
        Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
        None => arn,
    }
}

/// A hook that looked at a resource.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct HookEvent {
    /// The type of the hook.
    pub type_name: String,
    /// `HOOK_COMPLETE_FAILED` and the like.
    pub status: Option<String>,
    /// What it says.
    pub reason: Option<String>,
    /// `FAIL` or `WARN`.
    pub failure_mode: Option<String>,
}

/// An entry of `DescribeEvents`: what validation found before anything was done, or why something failed.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct OperationEvent {
    /// `STACK_EVENT`, `VALIDATION_ERROR`, `PROVISIONING_ERROR`, `HOOK_INVOCATION_ERROR`, `PROGRESS_EVENT`.
    pub event_type: String,
    /// The resource.
    pub logical_id: Option<String>,
    /// Its type.
    pub type_name: Option<String>,
    /// Which validation it was, such as `PROPERTY_VALIDATION`.
    pub validation_name: Option<String>,
    /// `FAIL` or `WARN`.
    pub failure_mode: Option<String>,
    /// The words of AWS.
    pub reason: Option<String>,
    /// The property, as a JSON pointer below the template.
    pub path: Option<String>,
}

/// A value that other stacks may import.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Export {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// The stack that exports it.
    pub stack_id: String,
}

/// Some entries, and how to ask for more.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// What to ask with for the next page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Entries with the token of the page after them; `None` on the last page.
    pub fn new(items: Vec<T>, next: Option<String>) -> Self {
        Self { items, next }
    }

    /// All there is.
    pub fn last(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

impl Default for StackStatus {
    fn default() -> Self {
        Self::new("")
    }
}
