//! The changes of a deployment as one model for terminal, JSON and Markdown. `diff` creates it from templates, `plan` from a change set.
//!
//! [`Review`] holds a [`StackReview`] for each stack, which lists [`ResourceChange`]s, blockers ([`Blocker`]), [`SecurityChange`]s and [`Note`]s.

mod change;
mod interruption;
mod left;
mod migration;
mod nested;
mod opened;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::ResourceName;
use crate::digest::Digest;

pub use change::{Action, PolicyAction, PropertyDrift, Recreation};
pub use interruption::{Availability, ExcessiveInterruption, Interruption};
pub use left::{OrphanedStack, OrphanedStacks, SearchedRegion};
pub use migration::{Effect, MigrationRun, Step};
pub use nested::{NestedBasis, NestedReview};
pub use opened::{OpenedPath, PathStep};

/// The changes of a deployment by stack, in deployment order.
#[derive(Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Review {
    /// Reviews of the stacks in deployment order, including unchanged stacks.
    pub stacks: Vec<StackReview>,
    /// Stacks that left the app. Absent if they were not searched for: only a part of the app was selected, its stacks have no mark, or the
    /// comparison is not with the deployed state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<OrphanedStacks>,
}

impl Review {
    /// Creates a review from stack reviews in deployment order, without stacks that left the app.
    pub fn new(stacks: Vec<StackReview>) -> Self {
        Self { stacks, left: None }
    }
}

/// The source of the information in a review.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Basis {
    /// A prediction from two templates and the resource schemas.
    Templates {
        /// Description of the old template: `deployed`, `infra.out.old`, `git main~1`.
        against: String,
    },
    /// A change set computed by CloudFormation.
    ChangeSet {
        /// ARN of the change set.
        id: String,
        /// Name of the change set, unique within the stack.
        name: String,
        /// Digest of the inputs of the change set.
        plan_key: Digest,
        /// Digest of the changes in the change set.
        change_digest: Digest,
        /// Time after which the change set must not be executed, in the format of RFC 3339.
        expires: String,
    },
}

/// The action of a deployment on a whole stack or nested stack.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StackChange {
    /// The stack does not change.
    Unchanged,
    /// The stack is created.
    Create,
    /// The stack is updated.
    Update,
    /// The stack is deleted: it is deployed, but no longer part of the app.
    Delete,
}

/// The changes of one stack, with everything that a reviewer needs to approve them.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackReview {
    /// Construct path of the stack, by which users select it on the command line.
    pub path: String,
    /// Name of the stack in CloudFormation, unique within the account and region.
    pub stack: String,
    /// Region of the stack, for example `eu-west-1`. Absent if unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Action of the deployment on the stack as a whole.
    pub change: StackChange,
    /// Source of the information: templates, for a prediction, or a change set.
    pub basis: Basis,
    /// `true` if values that another stack provides are not known yet, so that the stack is planned again later.
    #[builder(default)]
    pub provisional: bool,
    /// Resources that change. Those of a nested stack follow it, with paths as logical IDs, for example `Child/Table`.
    #[builder(default)]
    pub resources: Vec<ResourceChange>,
    /// Nested stacks that change, parents before children. JSON omits an empty list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    #[builder(default)]
    pub nested: Vec<NestedReview>,
    /// Entries outside the resources that change: outputs, parameters, conditions, … and the tags of the stack.
    #[builder(default)]
    pub sections: Vec<SectionChange>,
    /// Changes of permissions, network reachability, public exposure and protections.
    #[builder(default)]
    pub security: Vec<SecurityChange>,
    /// Paths from outside of the account that the change opens. JSON omits an empty list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    #[builder(default)]
    pub opened: Vec<OpenedPath>,
    /// Blockers of the execution: changes that need an explicit approval each.
    #[builder(default)]
    pub stops: Vec<Blocker>,
    /// Messages of validation, hooks, drift detection and the deployer that a reviewer should read.
    #[builder(default)]
    pub notes: Vec<Note>,
    /// Migrations that run after the stack is deployed and before any stack that depends on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    #[builder(default)]
    pub migrations: Vec<MigrationRun>,
    /// Expected duration of the deployment of this stack. Absent if nothing changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// Aspects that the review does not cover, as clauses for display.
    #[builder(default)]
    pub unchecked: Vec<String>,
}

/// The replacement of a resource, which deletes the old one and creates a new one.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "verdict",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Replacement {
    /// The resource is not replaced.
    No,
    /// The resource is most likely not replaced, although CloudFormation reports that it depends on runtime values.
    Inferred {
        /// Reason for the assumption, as a clause for display.
        reason: String,
    },
    /// Replacement depends on values that are known during the deployment.
    Maybe {
        /// Paths of the properties that may cause the replacement.
        because: Vec<String>,
    },
    /// The resource is replaced.
    Yes {
        /// Paths of the properties that cause the replacement.
        because: Vec<String>,
    },
}

impl Replacement {
    /// Returns `true` if the resource is or may be replaced, including immutable revisions.
    pub fn is_possible(&self) -> bool {
        matches!(self, Self::Maybe { .. } | Self::Yes { .. })
    }
}

/// The changes of one resource, with their effect on the physical resource.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResourceChange {
    /// Names of the resource in the template, in AWS and in the app.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Action on the resource: add, modify, remove or import.
    pub action: Action,
    /// Replacement of the resource by a new one, with the properties that cause it.
    pub replacement: Replacement,
    /// Action on the physical resource. Absent if unknown or not applicable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_action: Option<PolicyAction>,
    /// `true` if the resource holds data that a deletion would lose.
    #[builder(default)]
    pub stateful: bool,
    /// Properties and attributes that change, with their old and new values.
    #[builder(default)]
    pub properties: Vec<PropertyChange>,
    /// Former construct path, relative to the stack, or the former logical ID if the resource has no construct path.
    ///
    /// For a modified resource, the path was declared with `moved_from`. For an added resource, it is the path of a similar removed one, as a
    /// proposal for `moved_from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
}

/// A change of a property, or of an attribute such as `DeletionPolicy`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PropertyChange {
    /// Path in the entry of the resource, for example `Properties.Tags[0].Value` or `DeletionPolicy`.
    pub path: String,
    /// Old value as in the template. Absent if the property is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<JsonValue>,
    /// New value. Absent if the property is removed, or the value is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<JsonValue>,
    /// Effect of the change on the resource: update in place, or replacement.
    #[builder(default)]
    pub recreation: Recreation,
    /// Cause of the change if the template itself does not change, for example `Database.Endpoint.Address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<String>,
    /// Drift of the property. The deployment overwrites the actual value of the live resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<PropertyDrift>,
}

/// A change of an entry outside the resources of the template.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SectionChange {
    /// Section of the template: `Outputs`, `Parameters`, `Conditions`, `Mappings`, `Rules`, …, or `Tags` for the tags of the stack.
    pub section: String,
    /// Name of the entry. It is empty for sections that are a single value.
    pub name: String,
    /// Old value as in the template. Absent if the entry is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<JsonValue>,
    /// New value as in the template. Absent if the entry is removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<JsonValue>,
}

/// The direction in which permissions, reachability or protections change.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// More is permitted or reachable than before.
    Broadening,
    /// Less is permitted or reachable than before.
    Narrowing,
}

/// A change of permissions, network reachability, public exposure or protections.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SecurityChange {
    /// Resource that contains the permission, rule or setting.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Direction of the change. Removing a protection is broadening.
    pub direction: Direction,
    /// Kind of the permission, rule or setting that changes.
    pub kind: SecurityKind,
    /// Description in one line, for example `Service/TaskRole may s3:GetObject on Assets/*`.
    pub summary: String,
    /// `true` if the change opens a resource to the internet or to every AWS account.
    #[builder(default)]
    pub public: bool,
}

/// The kind of a security change.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SecurityKind {
    /// A statement of an identity or resource policy.
    IamStatement,
    /// A managed policy that is attached or detached.
    ManagedPolicy,
    /// A trust policy, which lists the principals that may assume a role.
    Trust,
    /// A rule of a security group.
    SecurityGroupRule,
    /// A setting that makes a resource reachable or readable by everyone.
    PublicAccess,
    /// A protection that is added or removed: encryption, logging, deletion protection.
    Protection,
    /// Unknown changes, because the template of a nested stack cannot be read.
    Unknown,
}

/// A blocker: a change that is executed only with an explicit approval of it.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Blocker {
    /// Stateful resource that would be removed or replaced, the resource that would be interrupted, or the one that the internet would reach.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Consequence for the resource and its data, in one line.
    pub message: String,
    /// Reasons: the properties that cause a replacement or an interruption, the changed resources that open a path, or the removal from the app.
    #[builder(default)]
    pub because: Vec<String>,
    /// `true` if the data is deleted permanently; `false` if a snapshot is taken or the resource is retained outside the stack.
    #[builder(default)]
    pub data_loss: bool,
    /// Interruption that is worse than allowed. Absent for other blockers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interruption: Option<ExcessiveInterruption>,
    /// Paths from the internet to the resource that the change opens. JSON omits an empty list, which other blockers have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    #[builder(default)]
    pub opened: Vec<OpenedPath>,
}

impl Blocker {
    /// Returns `true` if the blocker is about data that is lost or leaves its stack, and neither about an interruption nor about a path from the internet.
    pub fn is_about_data(&self) -> bool {
        self.interruption.is_none() && self.opened.is_empty()
    }
}

/// A message that a reviewer should read before approving the deployment.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Note {
    /// Source of the message: CloudFormation, a hook, drift detection or the deployer.
    pub source: NoteSource,
    /// Code of the finding, for `infra explain CODE`. Absent if the message has no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `true` if the execution would fail because of the cause of the message.
    #[builder(default)]
    pub fatal: bool,
    /// Text of the message: lower case, no final period.
    pub message: String,
    /// Resource to which the message refers. Absent if it concerns the whole stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<ResourceName>,
    /// Path of the property to which the message refers. Absent if it concerns no single property.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
}

/// The source of a [`Note`].
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum NoteSource {
    /// Validation of the change set by CloudFormation before the deployment.
    Validation,
    /// A CloudFormation hook that evaluated the change set.
    Hook,
    /// Drift detection: a resource was changed outside CloudFormation.
    Drift,
    /// A check of the deployer, for example of names that a replacement cannot reuse.
    Deployer,
}

/// The expected duration of a deployment, from typical durations of its resources along their dependencies.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Estimate {
    /// Expected duration in seconds: that of the longest chain of dependent changes.
    pub seconds: u64,
    /// Logical IDs of the resources in the longest chain in the order of their operations, with deletions at the end.
    pub critical_path: Vec<String>,
}

/// The severity of a review. Variants are in ascending order.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// No stack changes, so that there is nothing to execute.
    NoChanges,
    /// Resources or other entries change, without any of the effects below.
    Changes,
    /// Permissions or network reachability broaden, or a protection is removed.
    Broadening,
    /// A resource is or may be replaced or removed, or a stack is deleted.
    Destructive,
    /// Data would or may be lost: a stateful resource is deleted without a snapshot.
    DataLoss,
}

/// Types whose resources are immutable revisions: every change creates a new one, and the old one is not used any more. Their replacement is not
/// reported.
const REVISIONS: [&str; 2] = ["AWS::ECS::TaskDefinition", "AWS::Lambda::Version"];

impl ResourceChange {
    /// Returns `true` if the resource is or may be replaced, except for immutable revisions such as task definitions.
    pub fn is_replaced(&self) -> bool {
        self.replacement.is_possible() && !REVISIONS.contains(&self.resource.type_name.as_str())
    }
}

impl StackReview {
    /// Counts the resources that are added, updated in place, replaced (or possibly replaced), removed and imported.
    pub fn count_changes(&self) -> Counts {
        let mut counts = Counts::default();
        counts.add_stack(self);
        counts
    }

    /// Returns the severity of the changes of this stack, which is that of its most severe change.
    pub fn verdict(&self) -> Verdict {
        let removed =
            |change: &ResourceChange| change.action == Action::Remove || change.is_replaced();
        let broadens = |change: &SecurityChange| change.direction == Direction::Broadening;
        if self.stops.iter().any(|stop| stop.data_loss) {
            Verdict::DataLoss
        } else if self.change == StackChange::Delete || self.resources.iter().any(removed) {
            Verdict::Destructive
        } else if !self.opened.is_empty() || self.security.iter().any(broadens) {
            Verdict::Broadening
        } else if self.change == StackChange::Unchanged {
            Verdict::NoChanges
        } else {
            Verdict::Changes
        }
    }

    /// Returns `true` if permissions or reachability broaden, or a protection is removed.
    pub fn is_broadening(&self) -> bool {
        let broadens = |change: &SecurityChange| change.direction == Direction::Broadening;
        !self.opened.is_empty() || self.security.iter().any(broadens)
    }
}

impl Review {
    /// Returns the severity of the review, which is that of its most severe stack.
    pub fn verdict(&self) -> Verdict {
        let stacks = self.stacks.iter().map(StackReview::verdict);
        stacks.max().unwrap_or(Verdict::NoChanges)
    }

    /// Returns the stacks that left the app, or an empty slice if they were not searched for.
    pub fn orphaned_stacks(&self) -> &[OrphanedStack] {
        self.left.as_ref().map_or(&[], |left| &left.stacks)
    }

    /// Counts the resources of all stacks that are added, updated in place, replaced (or possibly replaced), removed and imported.
    pub fn count_changes(&self) -> Counts {
        let mut counts = Counts::default();
        for stack in &self.stacks {
            counts.add_stack(stack);
        }
        counts
    }

    /// Returns `true` if the name of a property suggests a secret, such as `MasterUserPassword`. Every output format hides the values of such
    /// properties.
    pub fn is_secret_name(name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        [
            "secret",
            "password",
            "passwd",
            "token",
            "apikey",
            "api_key",
            "privatekey",
            "credential",
        ]
        .iter()
        .any(|word| name.contains(word))
    }
}

/// Numbers of resources by kind of change, over one stack or several.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Counts {
    /// Number of resources that are created, without replacements.
    pub add: usize,
    /// Number of resources that are updated in place.
    pub modify: usize,
    /// Number of resources that are or may be replaced.
    pub replace: usize,
    /// Number of resources that are removed from the stack.
    pub remove: usize,
    /// Number of existing resources that are imported into a stack.
    pub import: usize,
}

impl Counts {
    fn add_stack(&mut self, stack: &StackReview) {
        for change in &stack.resources {
            match &change.action {
                Action::Add => self.add += 1,
                Action::Remove => self.remove += 1,
                Action::Import => self.import += 1,
                _ if change.is_replaced() => self.replace += 1,
                _ => self.modify += 1,
            }
        }
    }
}
