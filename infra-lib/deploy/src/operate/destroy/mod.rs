//! Deletes stacks, consumers before producers, after a survey of the data that would be lost.
//!
//! [`survey`](fn@survey) makes read-only calls and returns the stacks with their resources that hold data; [`destroy`] deletes them.

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

/// Options for deleting stacks.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DestroyOptions {
    /// Logical IDs or construct paths of resources whose data may be lost.
    #[builder(default)]
    pub allow_data_loss: BTreeSet<String>,
    /// Logical IDs or construct paths of resources to leave behind; only allowed after a failed deletion.
    #[builder(default)]
    pub retain: BTreeSet<String>,
    /// Treatment of resources that cannot be deleted. Leaving them behind is only allowed after a failed deletion.
    #[builder(default)]
    pub leftovers: Leftovers,
    /// Treatment of data in preview stacks; kept by default.
    #[builder(default)]
    pub preview_data: PreviewData,
}

/// Treatment of data in preview stacks, which have the tag `infra:expires`. Data of other stacks is never discarded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PreviewData {
    /// Data blocks the deletion of its stack, as in any other stack.
    #[default]
    Keep,
    /// Data is discarded: buckets are emptied, including all object versions.
    Discard,
}

/// Treatment of resources that cannot be deleted.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Leftovers {
    /// They make the deletion of the stack fail.
    #[default]
    Keep,
    /// They remain outside any stack, and the stack is deleted (`FORCE_DELETE_STACK`).
    LeaveBehind,
}

/// Effect on a resource when its stack is deleted.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// Resource is deleted.
    Deleted,
    /// Resource is deleted after a snapshot.
    Snapshot,
    /// Resource is retained, outside any stack.
    Retained,
}

/// Content of a resource that holds data, as far as known.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Content {
    /// Content was not read, or could not be read.
    Unknown,
    /// Resource is empty.
    Empty,
    /// Minimum number of objects, from the first page of the listing.
    Objects(usize),
}

/// A resource that holds data, or that is retained.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Holding {
    /// Names of the resource: stack, logical ID, type, physical ID.
    pub resource: ResourceName,
    /// Effect of the deletion on the resource.
    pub fate: Fate,
    /// Content of the resource; read for buckets only.
    pub content: Content,
    /// True if the resource type holds data. Resources of other types are listed because they are retained.
    pub stateful: bool,
    /// Property that protects the resource from deletion, such as `DeletionProtection`.
    pub protected: Option<&'static str>,
}

impl Holding {
    /// Returns true if the deletion loses data permanently.
    pub fn loses_data(&self) -> bool {
        self.stateful && self.fate == Fate::Deleted && self.content != Content::Empty
    }
}

/// A deployed stack that would be deleted.
#[derive(Clone, Debug)]
pub struct Doomed {
    pub(super) target: Target,
    pub(super) stack: StackDescription,
    /// Number of existing resources, including those of nested stacks.
    pub resources: usize,
    /// Resources that hold data, and resources that are retained.
    pub holdings: Vec<Holding>,
    /// Exports that other stacks import, with the names of the importing stacks that are not deleted.
    pub imported: Vec<(String, Vec<String>)>,
    /// Construct paths of deployed stacks that depend on this one and are not deleted.
    pub needed_by: Vec<String>,
    /// Resources whose deletion failed before.
    pub failed: Vec<ResourceName>,
    /// ID of the newest event; later events belong to the deletion.
    pub(super) last_event: Option<String>,
}

impl Doomed {
    /// Returns the name in CloudFormation.
    pub fn name(&self) -> &str {
        self.target.name()
    }

    /// Returns true if the options discard its data, which applies to preview stacks only.
    fn discards(&self, options: &DestroyOptions) -> bool {
        options.preview_data == PreviewData::Discard && self.stack.tags.contains_key(EXPIRES_TAG)
    }

    /// Returns the region of the stack.
    pub fn region(&self) -> &str {
        &self.target.region
    }

    /// Returns the construct path; the stack name for a stack that left the app.
    pub fn path(&self) -> &str {
        &self.target.stack.path
    }
}

/// Stacks that would be deleted, with their data. Nothing has been changed yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Survey {
    /// Stacks in the order of their deletion; empty if none of them is deployed.
    pub stacks: Vec<Doomed>,
}
