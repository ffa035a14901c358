//! Deletes stacks, consumers before producers, after saying what becomes of everything that holds data.

mod delete;
mod obstacles;
mod survey;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Target;
use infra_aws::StackDescription;
use infra_core::EXPIRES_TAG;
use infra_template::ResourceName;

pub use delete::{Destroyed, destroy};
pub use survey::{survey, survey_preview};

/// Options of a deletion.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DestroyOptions {
    /// Resources whose data may be lost, by logical ID or construct path.
    #[builder(default)]
    pub allow_data_loss: BTreeSet<String>,
    /// Resources that stay behind, by logical ID or construct path. Only after a deletion that failed.
    #[builder(default)]
    pub retain: BTreeSet<String>,
    /// Treatment of resources that cannot be deleted. They stay behind only after a deletion that failed.
    #[builder(default)]
    pub leftovers: Leftovers,
    /// Treatment of data in stacks of previews.
    #[builder(default)]
    pub preview_data: PreviewData,
}

/// Treatment of data in stacks of previews, which have the tag `infra:expires`. That of other stacks is never discarded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PreviewData {
    /// Keeps its stack from being deleted, as data in every other stack does.
    #[default]
    Keep,
    /// Is lost: buckets are emptied, with all versions of their objects.
    Discard,
}

/// Treatment of resources that cannot be deleted.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Leftovers {
    /// They keep the stack from being deleted.
    #[default]
    Keep,
    /// They stay behind, and the stack is deleted (`FORCE_DELETE_STACK`).
    LeaveBehind,
}

/// Fate of a resource when its stack is deleted.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// Deleted.
    Deleted,
    /// Deleted after a snapshot.
    Snapshot,
    /// Stays, outside any stack.
    Retained,
}

/// Content of something that holds data, as far as it is known.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Content {
    /// Nobody looked, or nobody could.
    Unknown,
    /// There is none.
    Empty,
    /// At least so many objects.
    Objects(usize),
}

/// A resource that holds data, or that stays.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Holding {
    /// The resource.
    pub resource: ResourceName,
    /// Fate of the resource.
    pub fate: Fate,
    /// Content of the resource.
    pub content: Content,
    /// True for a type that holds data; a resource of another type is listed because it stays.
    pub stateful: bool,
    /// The property that protects it from deletion, such as `DeletionProtection`.
    pub protected: Option<&'static str>,
}

impl Holding {
    /// Returns true if data is lost for good.
    pub fn loses_data(&self) -> bool {
        self.stateful && self.fate == Fate::Deleted && self.content != Content::Empty
    }
}

/// A stack that would be deleted.
#[derive(Clone, Debug)]
pub struct Doomed {
    pub(super) target: Target,
    pub(super) stack: StackDescription,
    /// The number of its resources.
    pub resources: usize,
    /// Resources that hold data, and those that stay.
    pub holdings: Vec<Holding>,
    /// Its exports that other stacks import which would stay, with those stacks.
    pub imported: Vec<(String, Vec<String>)>,
    /// Deployed stacks of the app that need it and would stay.
    pub needed_by: Vec<String>,
    /// Every resource that failed to be deleted before.
    pub failed: Vec<ResourceName>,
    /// The newest event: what comes later is of the deletion.
    pub(super) last_event: Option<String>,
}

impl Doomed {
    /// The name in CloudFormation.
    pub fn name(&self) -> &str {
        self.target.name()
    }

    /// True where its data is discarded: for the stack of a preview, if that is wanted.
    fn discards(&self, options: &DestroyOptions) -> bool {
        options.preview_data == PreviewData::Discard && self.stack.tags.contains_key(EXPIRES_TAG)
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.target.region
    }

    /// The construct path.
    pub fn path(&self) -> &str {
        &self.target.stack.path
    }
}

/// Stacks that would be deleted, in order. Nothing was changed yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Survey {
    /// The stacks; empty when none of them is deployed.
    pub stacks: Vec<Doomed>,
}
