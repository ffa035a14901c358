//! Change sets as CloudFormation describes them.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::ChangeSetSettings;
use infra_template::open_enum;
use infra_template::review::{Action, PolicyAction, PropertyDrift, Recreation};

/// A template, inline or in S3.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum TemplateSource {
    /// At most 51,200 bytes.
    Body(String),
    /// An `https` address of an object in S3, in the region of the stack; at most 1 MB.
    Url(String),
    /// That of the stack as it is.
    Previous,
}

open_enum! {
    /// What a change set does to its stack.
    ChangeSetType {
        /// Makes a stack that does not exist.
        Create = "CREATE",
        /// Changes one that exists.
        Update = "UPDATE",
        /// Takes resources that exist into the stack.
        Import = "IMPORT",
    }
}

/// What becomes of resources when an operation fails.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum OnFailure {
    /// Back to how it was; what was created is deleted.
    Rollback,
    /// A stack that was to be created is deleted altogether.
    Delete,
    /// Everything stays as it is, for a person to look at.
    DoNothing,
}

impl OnFailure {
    /// Word of CloudFormation's API: `ROLLBACK`, `DELETE` or `DO_NOTHING`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rollback => "ROLLBACK",
            Self::Delete => "DELETE",
            Self::DoNothing => "DO_NOTHING",
        }
    }
}

/// An alarm that ends an operation.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RollbackAlarms {
    /// ARNs of the alarms.
    pub alarms: Vec<String>,
    /// Minutes after which success counts, 0 to 180.
    pub monitoring_minutes: u16,
}

/// What `CreateChangeSet` is asked for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[expect(clippy::struct_excessive_bools, reason = "parameters of a call")]
#[non_exhaustive]
pub struct CreateChangeSet {
    /// The stack.
    pub stack_name: String,
    /// The name, unique in the stack.
    pub name: String,
    /// The kind.
    pub change_set_type: ChangeSetType,
    /// The template.
    pub template: TemplateSource,
    /// Values of parameters; `None` keeps the value that is deployed.
    #[builder(default)]
    pub parameters: BTreeMap<String, Option<String>>,
    /// Tags of the stack.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Capabilities, such as `CAPABILITY_IAM`.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// The role that CloudFormation works with.
    pub role_arn: Option<String>,
    /// Topics that are told of events.
    #[builder(default)]
    pub notification_arns: Vec<String>,
    /// What people read.
    pub description: Option<String>,
    /// What becomes of resources when execution fails. `Delete` is for `CREATE` only.
    pub on_failure: OnFailure,
    /// Alarms that end the execution. `None` for an update takes away those that the stack has.
    pub rollback_alarms: Option<RollbackAlarms>,
    /// Leaves the alarms of the stack as they are, in an update without any.
    #[builder(default)]
    pub keep_rollback_triggers: bool,
    /// Takes resources with names that exist into the stack, instead of failing.
    #[builder(default)]
    pub import_existing: bool,
    /// Resources to take in, for `IMPORT`.
    #[builder(default)]
    pub imports: Vec<ResourceImport>,
    /// Brings resources that drifted back to what the template says.
    #[builder(default)]
    pub revert_drift: bool,
    /// Has the operation end once resources are configured, before they are ready (`DeploymentConfig.Mode: EXPRESS`).
    #[builder(default)]
    pub express: bool,
    /// Makes a change set of every nested stack as well, each bound to the one of its parent.
    #[builder(default)]
    pub include_nested: bool,
    /// Makes a second call with the same token find the first.
    pub token: String,
}

impl CreateChangeSet {
    /// Value of `OnStackFailure` that is sent; `None` for updates, of which `ExecuteChangeSet` says it.
    ///
    /// CloudFormation refuses a change set that says it together with an execution that says it.
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html>
    pub fn sent_on_failure(&self) -> Option<&'static str> {
        (self.change_set_type == ChangeSetType::Create).then(|| self.on_failure.as_str())
    }
}

/// A resource that exists and is to belong to a stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ResourceImport {
    /// Its type.
    pub type_name: String,
    /// Its name in the template.
    pub logical_id: String,
    /// What it is found by, such as `BucketName`.
    pub identifier: BTreeMap<String, String>,
}

/// A change set that was asked for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CreatedChangeSet {
    /// Its ARN.
    pub id: String,
    /// The ARN of its stack.
    pub stack_id: String,
}

impl CreatedChangeSet {
    /// A change set by its ARN and that of its stack.
    pub fn new(id: impl Into<String>, stack_id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            stack_id: stack_id.into(),
        }
    }
}

open_enum! {
    /// Whether the changes of a change set are known.
    ChangeSetStatus {
        /// Not looked at yet.
        CreatePending = "CREATE_PENDING",
        /// Being worked out.
        CreateInProgress = "CREATE_IN_PROGRESS",
        /// Known.
        CreateComplete = "CREATE_COMPLETE",
        /// There is nothing to change, or validation found something.
        Failed = "FAILED",
        /// Being deleted.
        DeletePending = "DELETE_PENDING",
        /// Being deleted.
        DeleteInProgress = "DELETE_IN_PROGRESS",
        /// Gone.
        DeleteComplete = "DELETE_COMPLETE",
        /// It cannot be deleted.
        DeleteFailed = "DELETE_FAILED",
    }
}

open_enum! {
    /// Whether a change set can be executed.
    ExecutionStatus {
        /// Its changes are not known, or it failed.
        Unavailable = "UNAVAILABLE",
        /// It can be.
        Available = "AVAILABLE",
        /// It is being executed.
        InProgress = "EXECUTE_IN_PROGRESS",
        /// It was.
        Complete = "EXECUTE_COMPLETE",
        /// It was, in vain.
        Failed = "EXECUTE_FAILED",
        /// The stack has changed since.
        Obsolete = "OBSOLETE",
    }
}

/// A change set: one page of its changes with everything else about it.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeSetDescription {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The ARN of its stack.
    pub stack_id: String,
    /// The name of its stack.
    pub stack_name: String,
    /// What people read.
    pub description: Option<String>,
    /// Whether its changes are known.
    pub status: ChangeSetStatus,
    /// Why.
    pub status_reason: Option<String>,
    /// Whether it can be executed.
    pub execution_status: ExecutionStatus,
    /// Values of parameters, those with `NoEcho` as `****`.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Tags of the stack.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// Capabilities.
    #[builder(default)]
    pub capabilities: Vec<String>,
    /// Everything else that it was made with.
    #[builder(default)]
    pub settings: ChangeSetSettings,
    /// When it was asked for.
    pub created: Option<OffsetDateTime>,
    /// The changes of this page.
    #[builder(default)]
    pub changes: Vec<Change>,
    /// What to ask with for the next page.
    pub next: Option<String>,
}

/// A line of `ListChangeSets`.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeSetSummary {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether its changes are known.
    pub status: ChangeSetStatus,
    /// Whether it can be executed.
    pub execution_status: ExecutionStatus,
    /// What people read.
    pub description: Option<String>,
    /// When it was asked for.
    pub created: Option<OffsetDateTime>,
}

open_enum! {
    /// Whether a change replaces the resource.
    ApiReplacement {
        /// It does.
        True = "True",
        /// It does not.
        False = "False",
        /// It depends on values that are not known before execution.
        Conditional = "Conditional",
    }
}

/// A change of a resource.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Change {
    /// The name in the template.
    pub logical_id: String,
    /// The name in AWS, when it exists.
    pub physical_id: Option<String>,
    /// The type.
    pub type_name: String,
    /// What is done.
    pub action: Action,
    /// Whether it is replaced; only modifications have it.
    pub replacement: Option<ApiReplacement>,
    /// What becomes of the physical resource.
    pub policy_action: Option<PolicyAction>,
    /// What of it changes: `Properties`, `Tags`, `Metadata`, …
    #[builder(default)]
    pub scope: Vec<String>,
    /// Why.
    #[builder(default)]
    pub details: Vec<ChangeDetail>,
    /// The whole resource before, as JSON text.
    pub before_context: Option<String>,
    /// The whole resource after, as JSON text.
    pub after_context: Option<String>,
    /// `IN_SYNC`, `MODIFIED`, … where drift was looked at.
    pub drift_status: Option<String>,
    /// The ARN of the change set of the nested stack, for a resource that is one; `None` when nested stacks were not
    /// included, or when the endpoint does not know of nested change sets.
    pub nested_change_set_id: Option<String>,
}

/// Why a resource changes.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeDetail {
    /// `Properties`, `Tags`, `Metadata`, `DeletionPolicy`, …
    pub attribute: String,
    /// The property, where it is one.
    pub name: Option<String>,
    /// The path below it, as a JSON pointer.
    pub path: Option<String>,
    /// Whether it replaces the resource.
    #[builder(default)]
    pub recreation: Recreation,
    /// Before, as JSON or text.
    pub before: Option<String>,
    /// After, as JSON or text.
    pub after: Option<String>,
    /// What the live resource has, where it is not what was deployed.
    pub drift: Option<PropertyDrift>,
    /// Whether only execution shows if it changes.
    #[builder(default)]
    pub dynamic: bool,
    /// `ResourceReference`, `ParameterReference`, `ResourceAttribute`, `DirectModification`, `Automatic`.
    pub source: Option<String>,
    /// The parameter, resource or attribute that causes it, such as `Database.Endpoint.Address`.
    pub causing_entity: Option<String>,
}

/// A hook that will be asked.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ChangeSetHook {
    /// The type of the hook.
    pub type_name: String,
    /// The resource.
    pub logical_id: Option<String>,
    /// `FAIL` or `WARN`.
    pub failure_mode: Option<String>,
}

/// What a hook answered.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct HookResult {
    /// The type of the hook.
    pub type_name: String,
    /// `HOOK_COMPLETE_SUCCEEDED`, `HOOK_COMPLETE_FAILED`, …
    pub status: String,
    /// What it says.
    pub reason: Option<String>,
    /// `FAIL` or `WARN`.
    pub failure_mode: Option<String>,
    /// What to do about it, where the hook says so.
    #[builder(default)]
    pub remediation: Vec<String>,
}

/// What `ExecuteChangeSet` is asked for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ExecuteChangeSet {
    /// The ARN of the change set: a name could have been used again.
    pub id: String,
    /// Every event of the operation carries it.
    pub token: String,
    /// For an update without rollback. A change set for creation says so itself.
    pub disable_rollback: Option<bool>,
    /// Resources created by an operation that fails are deleted even if their policy is to retain them.
    #[builder(default)]
    pub retain_except_on_create: bool,
}
