//! Nested stacks in a review. Their resources are listed with those of the root stack, under paths such as `Child/Table`.

use schemars::JsonSchema;
use serde::Serialize;

use super::StackChange;

/// A nested stack that changes, at any depth below the root stack.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NestedReview {
    /// Path of logical IDs from the root stack, for example `Child` or `Child/Grandchild`.
    pub path: String,
    /// Action of the deployment on the nested stack as a whole.
    pub change: StackChange,
    /// Source of the information about the changes of the nested stack.
    pub basis: NestedBasis,
}

impl NestedReview {
    /// Creates the entry for the nested stack at a path such as `Child/Grandchild`.
    pub fn new(path: impl Into<String>, change: StackChange, basis: NestedBasis) -> Self {
        Self {
            path: path.into(),
            change,
            basis,
        }
    }
}

/// The source of the information about the changes of a nested stack.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum NestedBasis {
    /// A nested change set computed by CloudFormation.
    ChangeSet {
        /// ARN of the nested change set.
        id: String,
    },
    /// A prediction from the deployed and the new template.
    Templates,
    /// Unknown changes, because a template could not be read.
    Unknown {
        /// Reason for which the template could not be read, in one line.
        reason: String,
    },
}
