//! What a deployment would change, as one model for terminal, JSON and Markdown: made by `diff` from templates, by
//! `plan` from a change set.

mod change;
mod left;
mod migration;
mod nested;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::ResourceName;
use crate::digest::Digest;

pub use change::{Action, PolicyAction, PropertyDrift, Recreation};
pub use left::{LeftStack, LeftStacks, LookedAt};
pub use migration::{Effect, MigrationRun, Step};
pub use nested::{NestedBasis, NestedReview};

/// What would change, stack by stack in the order of deployment.
#[derive(Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Review {
    /// The stacks, unchanged ones included.
    pub stacks: Vec<StackReview>,
    /// The stacks that left the app. Missing where nobody looked: a part of the app was chosen, its stacks have no mark, or the
    /// comparison is with something else than what is deployed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<LeftStacks>,
}

impl Review {
    /// A review of these stacks, in the order of deployment.
    pub fn new(stacks: Vec<StackReview>) -> Self {
        Self { stacks, left: None }
    }
}

/// Where a review got its knowledge.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Basis {
    /// Two templates and the resource schemas: a prediction.
    Templates {
        /// What the new template was compared with, in words: `deployed`, `infra.out.old`, `git main~1`.
        against: String,
    },
    /// A change set: what CloudFormation says it will do.
    ChangeSet {
        /// Its ARN.
        id: String,
        /// Its name.
        name: String,
        /// What it was made from.
        plan_key: Digest,
        /// What it changes.
        change_digest: Digest,
        /// When it may not be executed any more, RFC 3339.
        expires: String,
    },
}

/// What becomes of a stack.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StackChange {
    /// Nothing.
    Unchanged,
    /// It is created.
    Create,
    /// It is changed.
    Update,
    /// It is deleted: it is deployed, and the app does not have it any more.
    Delete,
}

/// What would change in a stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackReview {
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub stack: String,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// What becomes of it.
    pub change: StackChange,
    /// Where this comes from.
    pub basis: Basis,
    /// Whether it was worked out against values that another stack has yet to give: it will be planned again.
    #[builder(default)]
    pub provisional: bool,
    /// Resources that change. Those of a nested stack follow it, with paths as logical IDs: `Child/Table`.
    #[builder(default)]
    pub resources: Vec<ResourceChange>,
    /// Nested stacks that change, parents before their children.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    #[builder(default)]
    pub nested: Vec<NestedReview>,
    /// Entries of other sections that change: outputs, parameters, conditions, …
    #[builder(default)]
    pub sections: Vec<SectionChange>,
    /// What becomes more, or less, open.
    #[builder(default)]
    pub security: Vec<SecurityChange>,
    /// What keeps it from being executed without a word of approval for each.
    #[builder(default)]
    pub stops: Vec<Stop>,
    /// What validation, hooks and drift have to say.
    #[builder(default)]
    pub notes: Vec<Note>,
    /// Migrations that run once the stack is deployed, before any stack that depends on it is touched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    #[builder(default)]
    pub migrations: Vec<MigrationRun>,
    /// Seconds it is expected to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// What nobody looked at.
    #[builder(default)]
    pub unchecked: Vec<String>,
}

/// Whether a resource is replaced by another, with the loss of what it holds.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "verdict",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Replacement {
    /// It stays.
    No,
    /// It stays, as far as we can tell: AWS says it depends.
    Inferred {
        /// Why we think so.
        reason: String,
    },
    /// It depends on values that are known during the deployment.
    Maybe {
        /// The properties.
        because: Vec<String>,
    },
    /// It is replaced.
    Yes {
        /// The properties.
        because: Vec<String>,
    },
}

impl Replacement {
    /// Whether it cannot be excluded.
    pub fn is_possible(&self) -> bool {
        matches!(self, Self::Maybe { .. } | Self::Yes { .. })
    }
}

/// What would change in a resource.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResourceChange {
    /// The resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// What is done.
    pub action: Action,
    /// Whether it is replaced.
    pub replacement: Replacement,
    /// What becomes of the physical resource, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_action: Option<PolicyAction>,
    /// Whether it holds data.
    #[builder(default)]
    pub stateful: bool,
    /// Properties and attributes that change.
    #[builder(default)]
    pub properties: Vec<PropertyChange>,
    /// The resource that this was before it was moved or renamed, when it looks like one: a proposal for `moved_from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
}

/// A property, or an attribute such as `DeletionPolicy`, that changes.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PropertyChange {
    /// Where: `Properties.Tags[0].Value`, `DeletionPolicy`.
    pub path: String,
    /// Before; missing when it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<JsonValue>,
    /// After; missing when it goes, or is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<JsonValue>,
    /// Whether it replaces the resource.
    #[builder(default)]
    pub recreation: Recreation,
    /// What causes it, when it is not a change of the template: `Database.Endpoint.Address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<String>,
    /// What the live resource has instead of what was deployed; it is overwritten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<PropertyDrift>,
}

/// An entry of another section that changes.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SectionChange {
    /// `Outputs`, `Parameters`, `Conditions`, `Mappings`, `Rules`, `Tags`, …
    pub section: String,
    /// The name of the entry.
    pub name: String,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<JsonValue>,
    /// After.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<JsonValue>,
}

/// In which direction permissions or reachability change.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// More is permitted or reachable than before.
    Broadening,
    /// Less.
    Narrowing,
}

/// Something that becomes more, or less, open.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SecurityChange {
    /// The resource that says so.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Which way.
    pub direction: Direction,
    /// What kind.
    pub kind: SecurityKind,
    /// In one line: `Allow s3:GetObject on Assets for the role of Service`.
    pub summary: String,
    /// Whether it opens something to the whole internet or to every AWS account.
    #[builder(default)]
    pub public: bool,
}

/// What kind of permission or reachability.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SecurityKind {
    /// A statement of an identity or resource policy.
    IamStatement,
    /// A managed policy that is attached.
    ManagedPolicy,
    /// Who may assume a role.
    Trust,
    /// A rule of a security group.
    SecurityGroupRule,
    /// Something that makes a resource reachable or readable by everyone.
    PublicAccess,
    /// A protection that is taken away: encryption, logging, deletion protection.
    Protection,
    /// Not known: the template of a nested stack cannot be read.
    Unknown,
}

/// Something that is not executed without approval of exactly that.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Stop {
    /// The resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// What would be lost, in one line.
    pub message: String,
    /// Why: the properties that replace it, or that the app does not have it any more.
    #[builder(default)]
    pub because: Vec<String>,
    /// Whether the data is deleted for good, rather than kept as a snapshot or left outside the stack.
    #[builder(default)]
    pub data_loss: bool,
}

/// Something to read before approving.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Note {
    /// What has something to say.
    pub source: NoteSource,
    /// What kind of finding it is, where it is one: `explain CODE` says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether execution would fail.
    #[builder(default)]
    pub fatal: bool,
    /// In words.
    pub message: String,
    /// The resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<ResourceName>,
    /// The property.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
}

/// What has something to say.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum NoteSource {
    /// Validation before deployment.
    Validation,
    /// A CloudFormation hook.
    Hook,
    /// Somebody changed a resource by other means.
    Drift,
    /// The deployer itself.
    Deployer,
}

/// How long it takes, guessed from how long such resources usually take, along what waits for what.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Estimate {
    /// Seconds along the longest chain.
    pub seconds: u64,
    /// The logical IDs of that chain.
    pub critical_path: Vec<String>,
}

/// How much a review weighs; the order is that of weight.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Nothing changes.
    NoChanges,
    /// Something changes.
    Changes,
    /// Something becomes more open.
    Broadening,
    /// Something is replaced or removed.
    Destructive,
    /// Data would be lost.
    DataLoss,
}

/// Types whose resources are never changed: each change makes another, and the former has done its work. That this
/// replaces something is true and no news.
const REVISIONS: [&str; 2] = ["AWS::ECS::TaskDefinition", "AWS::Lambda::Version"];

impl ResourceChange {
    /// Whether something that people rely on is replaced, or may be.
    pub fn replaces(&self) -> bool {
        self.replacement.is_possible() && !REVISIONS.contains(&self.resource.type_name.as_str())
    }
}

impl StackReview {
    /// Counts the resources that are added, changed in place, replaced (perhaps), removed and imported.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        counts.add_stack(self);
        counts
    }

    /// How much it weighs.
    pub fn verdict(&self) -> Verdict {
        let removed =
            |change: &ResourceChange| change.action == Action::Remove || change.replaces();
        let broadens = |change: &SecurityChange| change.direction == Direction::Broadening;
        if self.stops.iter().any(|stop| stop.data_loss) {
            Verdict::DataLoss
        } else if self.change == StackChange::Delete || self.resources.iter().any(removed) {
            Verdict::Destructive
        } else if self.security.iter().any(broadens) {
            Verdict::Broadening
        } else if self.change == StackChange::Unchanged {
            Verdict::NoChanges
        } else {
            Verdict::Changes
        }
    }

    /// Whether something becomes more open.
    pub fn broadens(&self) -> bool {
        self.security
            .iter()
            .any(|change| change.direction == Direction::Broadening)
    }
}

impl Review {
    /// How much it weighs: as its heaviest stack.
    pub fn verdict(&self) -> Verdict {
        let stacks = self.stacks.iter().map(StackReview::verdict);
        stacks.max().unwrap_or(Verdict::NoChanges)
    }

    /// The stacks that left the app; empty where nobody looked.
    pub fn left_stacks(&self) -> &[LeftStack] {
        self.left.as_ref().map_or(&[], |left| &left.stacks)
    }

    /// How many resources are added, changed in place, replaced (perhaps) and removed.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for stack in &self.stacks {
            counts.add_stack(stack);
        }
        counts
    }

    /// Values that must not be shown, by the words that replace them: used by every renderer.
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

/// How many resources change in which way.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Counts {
    /// Created.
    pub add: usize,
    /// Changed in place.
    pub modify: usize,
    /// Replaced, or perhaps.
    pub replace: usize,
    /// Removed.
    pub remove: usize,
    /// Taken in.
    pub import: usize,
}

impl Counts {
    fn add_stack(&mut self, stack: &StackReview) {
        for change in &stack.resources {
            match &change.action {
                Action::Add => self.add += 1,
                Action::Remove => self.remove += 1,
                Action::Import => self.import += 1,
                _ if change.replaces() => self.replace += 1,
                _ => self.modify += 1,
            }
        }
    }
}
