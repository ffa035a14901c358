//! Change sets of CloudFormation: requests that create and execute them, and their descriptions.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::ChangeSetSettings;
use infra_template::open_enum;
use infra_template::review::{Action, PolicyAction, PropertyDrift, Recreation};

/// The template of a change set: inline, in S3, or that of the stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum TemplateSource {
    /// The text of the template, at most 51,200 bytes.
    Body(String),
    /// The `https` address of an object in S3 with the template, at most 1 MB, in the region of the stack.
    Url(String),
    /// The current template of the stack.
    Previous,
}

open_enum! {
    /// The kind of a change set, which determines the operation on the stack.
    ChangeSetType {
        /// Creates a stack that does not exist.
        Create = "CREATE",
        /// Updates an existing stack.
        Update = "UPDATE",
        /// Imports existing resources into the stack.
        Import = "IMPORT",
    }
}

/// The handling of resources after a failed operation, as in the parameter `OnStackFailure` of a change set.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum OnFailure {
    /// Rolls the stack back to its previous state. Created resources are deleted.
    Rollback,
    /// Deletes the stack, if it was being created.
    Delete,
    /// Keeps the stack in its failed state for inspection.
    DoNothing,
}

impl OnFailure {
    /// Returns the value of the parameter `OnStackFailure` in the CloudFormation API: `ROLLBACK`, `DELETE` or `DO_NOTHING`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rollback => "ROLLBACK",
            Self::Delete => "DELETE",
            Self::DoNothing => "DO_NOTHING",
        }
    }
}

/// CloudWatch alarms that trigger a rollback of the operation when one of them goes into the state `ALARM`.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RollbackAlarms {
    /// ARNs of the alarms, at most five. An alarm that does not exist fails the operation.
    pub alarms: Vec<String>,
    /// Minutes to monitor the alarms after all resources are deployed, from 0 to 180.
    pub monitoring_minutes: u16,
}

/// A `CreateChangeSet` request.
///
/// AWS: [`CreateChangeSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html).
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[expect(clippy::struct_excessive_bools, reason = "parameters of a call")]
#[non_exhaustive]
pub struct CreateChangeSet {
    /// Name or ARN of the stack. A change set of type `CREATE` needs a name that is not in use.
    pub stack_name: String,
    /// Name of the change set, unique within the stack until the change set is deleted.
    pub name: String,
    /// Kind of the change set, which must match the existence of the stack: `CREATE` for a new one.
    pub change_set_type: ChangeSetType,
    /// Template of the change set. `Previous` reuses that of the stack, for changes of parameters or tags only.
    pub template: TemplateSource,
    /// Values of parameters by logical ID. `None` keeps the deployed value, which only an existing stack has.
    #[builder(default)]
    pub parameters: BTreeMap<String, Option<String>>,
    /// Tags of the stack, at most 50, which CloudFormation propagates to its resources. An update replaces all of them.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Acknowledged capabilities: `CAPABILITY_IAM`, `CAPABILITY_NAMED_IAM` for IAM resources with custom names, `CAPABILITY_AUTO_EXPAND` for macros.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// ARN of the role that CloudFormation assumes, or `None` for the role of the stack or the credentials of the caller.
    pub role_arn: Option<String>,
    /// ARNs of SNS topics that receive the events of the stack. An empty list removes those of the stack.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// Description for display in the console and in lists of change sets, at most 1,024 characters.
    pub description: Option<String>,
    /// Handling of resources if the execution fails. `Delete` is valid only for change sets of type `CREATE`.
    pub on_failure: OnFailure,
    /// Alarms that trigger a rollback. `None` in an update removes the alarms of the stack.
    pub rollback_alarms: Option<RollbackAlarms>,
    /// `true` to keep the alarms of the stack in an update without `rollback_alarms`.
    #[builder(default)]
    pub keep_rollback_triggers: bool,
    /// `true` to import existing resources with the names in the template, instead of failing because they exist.
    #[builder(default)]
    pub import_existing: bool,
    /// Resources to import, for change sets of type `IMPORT`, which must not contain other changes.
    #[builder(default)]
    pub imports: Vec<ResourceImport>,
    /// `true` to revert drifted resources to the values in the template (`DeploymentMode: REVERT_DRIFT`).
    #[builder(default)]
    pub revert_drift: bool,
    /// `true` to complete the operation once resources are configured, before they are ready (`DeploymentConfig.Mode: EXPRESS`).
    #[builder(default)]
    pub express: bool,
    /// `true` to create a change set for every nested stack as well, each linked to the one of its parent.
    #[builder(default)]
    pub include_nested: bool,
    /// Idempotency token: a second request with the same token returns the change set of the first.
    pub token: String,
}

impl CreateChangeSet {
    /// Returns the value of `OnStackFailure` in the request, or `None` for updates, for which `ExecuteChangeSet` carries the setting.
    ///
    /// CloudFormation refuses the setting if both the change set and its execution contain it.
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html>
    pub fn on_stack_failure(&self) -> Option<&'static str> {
        (self.change_set_type == ChangeSetType::Create).then(|| self.on_failure.as_str())
    }
}

/// An existing resource to import into a stack, located by the properties that identify it.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ResourceImport {
    /// CloudFormation type of the resource, for example `AWS::S3::Bucket`. The type must support import.
    pub type_name: String,
    /// Logical ID under which the template of the change set contains the resource.
    pub logical_id: String,
    /// Values of the properties that identify the resource, by name, for example `BucketName`.
    pub identifier: BTreeMap<String, String>,
}

/// The result of a `CreateChangeSet` request: the change set exists, but its changes may not be computed yet.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CreatedChangeSet {
    /// ARN of the change set, by which later requests identify it without the name of the stack.
    pub id: String,
    /// ARN of the stack, which is new for change sets of type `CREATE`.
    pub stack_id: String,
}

impl CreatedChangeSet {
    /// Creates the result from the ARNs of the change set and the stack.
    pub fn new(id: impl Into<String>, stack_id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            stack_id: stack_id.into(),
        }
    }
}

open_enum! {
    /// The creation status of a change set.
    ChangeSetStatus {
        /// The creation has not started.
        CreatePending = "CREATE_PENDING",
        /// CloudFormation computes the changes.
        CreateInProgress = "CREATE_IN_PROGRESS",
        /// The changes are available.
        CreateComplete = "CREATE_COMPLETE",
        /// There are no changes, or validation failed; the status reason has the details.
        Failed = "FAILED",
        /// The deletion has not started.
        DeletePending = "DELETE_PENDING",
        /// CloudFormation deletes the change set.
        DeleteInProgress = "DELETE_IN_PROGRESS",
        /// The change set is deleted.
        DeleteComplete = "DELETE_COMPLETE",
        /// The change set could not be deleted.
        DeleteFailed = "DELETE_FAILED",
    }
}

open_enum! {
    /// The execution status of a change set.
    ExecutionStatus {
        /// The change set is not complete yet, or it failed.
        Unavailable = "UNAVAILABLE",
        /// The change set can be executed.
        Available = "AVAILABLE",
        /// CloudFormation executes the change set.
        InProgress = "EXECUTE_IN_PROGRESS",
        /// The execution succeeded; the stack has the new template.
        Complete = "EXECUTE_COMPLETE",
        /// The execution failed; the events of the stack have the reason.
        Failed = "EXECUTE_FAILED",
        /// The stack has changed since, so the change set cannot be executed.
        Obsolete = "OBSOLETE",
    }
}

/// A page of a `DescribeChangeSet` response: some of the changes, and all other information about the change set.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeSetDescription {
    /// ARN of the change set, unique even if its name is reused after a deletion.
    pub id: String,
    /// Name of the change set, unique within the stack until the change set is deleted.
    pub name: String,
    /// ARN of the stack that the change set applies to, including one that it creates.
    pub stack_id: String,
    /// Name of the stack that the change set applies to.
    pub stack_name: String,
    /// Description given in the request that created the change set, or `None` if it contained none.
    pub description: Option<String>,
    /// Creation status. The changes are complete and valid once it is `CREATE_COMPLETE`.
    pub status: ChangeSetStatus,
    /// Reason for the creation status, for example the errors found by validation, or `None` if CloudFormation provides none.
    pub status_reason: Option<String>,
    /// Execution status, which states whether the change set can be executed: `AVAILABLE`, `UNAVAILABLE`, `OBSOLETE`, …
    pub execution_status: ExecutionStatus,
    /// Values of parameters by logical ID. Those of parameters with `NoEcho` are `****`.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Tags that the stack has after the execution, by key, including unchanged ones.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Capabilities acknowledged in the request that created the change set, for example `CAPABILITY_IAM`.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// Other settings from the request that created the change set, such as alarms and notification topics.
    #[builder(default)]
    pub settings: ChangeSetSettings,
    /// Time of the request that created the change set, or `None` if CloudFormation does not return it.
    pub created: Option<OffsetDateTime>,
    /// Changes of resources on this page. The pages that follow have the others.
    #[builder(default)]
    pub changes: Vec<Change>,
    /// Token to pass for the next page, or `None` if this page is the last one.
    pub next: Option<String>,
}

/// An entry of a `ListChangeSets` response: a change set without its parameters and changes.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeSetSummary {
    /// ARN of the change set, unique even if its name is reused after a deletion.
    pub id: String,
    /// Name of the change set, unique within the stack.
    pub name: String,
    /// Creation status. The changes of the change set can be read once it is `CREATE_COMPLETE`.
    pub status: ChangeSetStatus,
    /// Execution status, which states whether the change set can be executed: `AVAILABLE`, `UNAVAILABLE`, `OBSOLETE`, …
    pub execution_status: ExecutionStatus,
    /// Description given in the request that created the change set, or `None` if it contained none.
    pub description: Option<String>,
    /// Time of the request that created the change set, or `None` if CloudFormation does not return it.
    pub created: Option<OffsetDateTime>,
}

open_enum! {
    /// The replacement of a resource, as reported by CloudFormation.
    ApiReplacement {
        /// The resource is replaced.
        True = "True",
        /// The resource is updated in place.
        False = "False",
        /// Replacement depends on values that are known during execution.
        Conditional = "Conditional",
    }
}

/// A change of a resource in a change set.
///
/// AWS: [`ResourceChange`](https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html).
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Change {
    /// Logical ID of the resource in the template, or in the deployed template for a removal.
    pub logical_id: String,
    /// Physical ID of the resource, or `None` if it does not exist yet.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource, for example `AWS::SQS::Queue`.
    pub type_name: String,
    /// Action on the resource: added, modified, removed, imported, or determined during the execution.
    pub action: Action,
    /// Replacement of the resource. CloudFormation reports it for modifications only; `None` for other actions.
    pub replacement: Option<ApiReplacement>,
    /// Action on the physical resource, for example its retention after a removal or replacement. `None` if CloudFormation reports none.
    pub policy_action: Option<PolicyAction>,
    /// Parts of the resource that change: `Properties`, `Tags`, `Metadata`, `DeletionPolicy`, …
    #[builder(default)]
    pub scope: Vec<String>,
    /// Changed properties and other parts of the resource, each with the cause of its change.
    #[builder(default)]
    pub details: Vec<ChangeDetail>,
    /// The complete resource before the change as JSON text, if property values were requested.
    pub before_context: Option<String>,
    /// The complete resource after the change as JSON text, if property values were requested.
    pub after_context: Option<String>,
    /// Drift status of the resource (`IN_SYNC`, `MODIFIED`, …), if drift was detected for the change set.
    pub drift_status: Option<String>,
    /// ARN of the nested change set, for a resource that is a nested stack. `None` if nested stacks were not included, or if the endpoint does not
    /// support nested change sets.
    pub nested_change_set_id: Option<String>,
}

/// A changed property or attribute of a resource, with the cause of the change.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeDetail {
    /// Part of the resource that changes: `Properties`, `Tags`, `Metadata`, `DeletionPolicy`, …
    pub attribute: String,
    /// Name of the top-level property, or `None` if another part of the resource changes.
    pub name: Option<String>,
    /// Path of the changed value as a JSON pointer, for example `/Properties/Tags/0/Value`, or `None` if CloudFormation reports none.
    pub path: Option<String>,
    /// Effect on the resource: update in place, possible replacement, or certain replacement.
    #[builder(default)]
    pub recreation: Recreation,
    /// Old value as JSON or text, which CloudFormation truncates if it is large. `None` for an added value.
    pub before: Option<String>,
    /// New value as JSON or text. It is missing if it is known only during the execution.
    pub after: Option<String>,
    /// Drift of the property, or `None` if its live value equals the deployed one or drift was not detected.
    pub drift: Option<PropertyDrift>,
    /// `true` if only the execution determines whether the value changes (`Evaluation: Dynamic`).
    #[builder(default)]
    pub dynamic: bool,
    /// Kind of the cause: `ResourceReference`, `ParameterReference`, `ResourceAttribute`, `DirectModification` for a change of the template, or
    /// `Automatic`.
    pub source: Option<String>,
    /// Name of the parameter, resource or attribute that causes the change, for example `Database.Endpoint.Address`.
    pub causing_entity: Option<String>,
}

/// A hook that CloudFormation will invoke for a resource during the execution of a change set.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeSetHook {
    /// Type name of the hook, for example `MyCompany::Testing::MyHook`.
    pub type_name: String,
    /// Logical ID of the resource that the hook evaluates, or `None` if it evaluates something else.
    pub logical_id: Option<String>,
    /// Effect of a negative result on the operation: `FAIL` stops it, `WARN` reports the result only.
    pub failure_mode: Option<String>,
}

/// The result of a hook that evaluated a change set before its execution.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct HookResult {
    /// Type name of the hook, for example `MyCompany::Testing::MyHook`.
    pub type_name: String,
    /// Status of the invocation of the hook: `HOOK_COMPLETE_SUCCEEDED`, `HOOK_COMPLETE_FAILED`, …
    pub status: String,
    /// Message of the hook that explains its result, or `None` if the hook provides none.
    pub reason: Option<String>,
    /// Effect of a negative result on the operation: `FAIL` stops it, `WARN` reports the result only.
    pub failure_mode: Option<String>,
    /// Remediation messages of the hook, if it provides any. They are requested for failed invocations only.
    #[builder(default)]
    pub remediation: Vec<String>,
}

/// An `ExecuteChangeSet` request. Its execution deletes all other change sets of the stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ExecuteChangeSet {
    /// ARN of the change set. A name is ambiguous, because it can be reused.
    pub id: String,
    /// Token of the operation. Every event of the operation carries it, which identifies the events of this request.
    pub token: String,
    /// `true` to disable the rollback of an update. A change set for creation contains the setting itself.
    pub disable_rollback: Option<bool>,
    /// `true` to delete resources created by a failed operation even if their policy is `Retain`.
    #[builder(default)]
    pub retain_except_on_create: bool,
}
