//! Deletes stacks, consumers before producers, after a survey of the data that would be lost.
//!
//! [`survey_stacks`] makes read-only calls and returns the stacks with their resources that hold data; [`destroy_stacks`] deletes them.

mod delete;
mod obstacles;
mod survey;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Target;
use infra_aws::StackDescription;
use infra_core::EXPIRES_TAG;
use infra_template::ResourceName;

pub use delete::{Destroyed, destroy_stacks};
pub use survey::{survey_preview, survey_stacks};

/// Options for deleting stacks. By default, any loss of data blocks the deletion.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DestroyOptions {
    /// Logical IDs or construct paths of resources whose data may be lost. Others block the deletion.
    #[builder(default)]
    pub allow_data_loss: BTreeSet<String>,
    /// Logical IDs or construct paths of resources to leave behind; only allowed after a failed deletion.
    #[builder(default)]
    pub retain: BTreeSet<String>,
    /// Treatment of resources that cannot be deleted. Leaving them behind is only allowed after a failed deletion.
    #[builder(default)]
    pub leftovers: Leftovers,
    /// Treatment of data in preview stacks. By default it blocks the deletion, as in other stacks.
    #[builder(default)]
    pub preview_data: PreviewData,
}

/// Treatment of data in preview stacks, which have the tag `infra:expires`. Data of other stacks is never discarded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PreviewData {
    /// Data blocks the deletion of its stack, as it does in any other stack.
    #[default]
    Keep,
    /// Data is discarded: it blocks nothing, and buckets are emptied, including all object versions.
    Discard,
}

/// Treatment of resources that cannot be deleted in a second attempt.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Leftovers {
    /// Failure: the deletion of the stack fails again, in the status `DELETE_FAILED`.
    #[default]
    Keep,
    /// Retention: the resources remain outside any stack, and the stack is deleted (deletion mode `FORCE_DELETE_STACK`).
    LeaveBehind,
}

/// Effect on a resource when its stack is deleted, as its `DeletionPolicy` determines.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DeletionEffect {
    /// Resource is deleted without a snapshot, including any data in it.
    Deleted,
    /// Resource is deleted after AWS has taken a snapshot of it.
    Snapshot,
    /// Resource is retained, and belongs to no stack afterwards.
    Retained,
}

/// Content of a resource that holds data, as far as it can be read.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Content {
    /// Content was not read, or could not be read for lack of permission.
    Unknown,
    /// Resource is empty, so that deleting it loses nothing.
    Empty,
    /// Number of objects on the first page of the listing; there may be more.
    Objects(usize),
}

/// A resource that holds data, or that is retained when its stack is deleted.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct HeldResource {
    /// Names of the resource: stack, logical ID, type, physical ID, and construct path where known.
    pub resource: ResourceName,
    /// Effect of the stack's deletion on the resource.
    pub fate: DeletionEffect,
    /// Content of the resource. Only buckets that would be deleted are read.
    pub content: Content,
    /// True if the resource type holds data. Resources of other types are listed because they are retained.
    pub stateful: bool,
    /// Property that is set and protects the resource from deletion, such as `DeletionProtection`.
    pub protected: Option<&'static str>,
}

impl HeldResource {
    /// Returns true if the deletion loses data permanently: it is stateful, deleted without a snapshot, and not empty.
    pub fn loses_data(&self) -> bool {
        self.stateful && self.fate == DeletionEffect::Deleted && self.content != Content::Empty
    }
}

/// A deployed stack that would be deleted, with its data and dependents.
#[derive(Clone, Debug)]
pub struct DoomedStack {
    pub(super) target: Target,
    pub(super) stack: StackDescription,
    /// Number of existing resources in the stack, including those of nested stacks.
    pub resources: usize,
    /// Resources that hold data, and resources of any type that are retained.
    pub holdings: Vec<HeldResource>,
    /// Exports that other stacks import, with the names of the importing stacks that are not deleted.
    pub imported_exports: Vec<(String, Vec<String>)>,
    /// Construct paths of deployed stacks that depend on this one and are not deleted.
    pub dependents: Vec<String>,
    /// Resources of the stack whose deletion failed in an earlier attempt.
    pub failed: Vec<ResourceName>,
    /// ID of the newest event; later events belong to the deletion.
    pub(super) last_event: Option<String>,
}

impl DoomedStack {
    /// Returns the name of the stack in CloudFormation, such as `notes-dev-data`.
    pub fn name(&self) -> &str {
        self.target.name()
    }

    /// Returns true if the options discard its data, which applies to preview stacks only.
    fn discards_data(&self, options: &DestroyOptions) -> bool {
        options.preview_data == PreviewData::Discard && self.stack.tags.contains_key(EXPIRES_TAG)
    }

    /// Returns the region that the stack is deployed in, such as `eu-west-1`.
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
    pub stacks: Vec<DoomedStack>,
}
