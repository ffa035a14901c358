//! Nested stacks of a review: their resources stand among those of the root stack, by paths such as `Child/Table`.

use schemars::JsonSchema;
use serde::Serialize;

use super::StackChange;

/// A nested stack that changes.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NestedReview {
    /// The logical IDs that lead to it from the root stack: `Child`, `Child/Grandchild`.
    pub path: String,
    /// What becomes of it.
    pub change: StackChange,
    /// Where its changes come from.
    pub basis: NestedBasis,
}

impl NestedReview {
    /// The nested stack at that path.
    pub fn new(path: impl Into<String>, change: StackChange, basis: NestedBasis) -> Self {
        Self {
            path: path.into(),
            change,
            basis,
        }
    }
}

/// Where the changes of a nested stack come from.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum NestedBasis {
    /// A nested change set: what CloudFormation says it will do.
    ChangeSet {
        /// Its ARN.
        id: String,
    },
    /// Its deployed template and the new one: a prediction.
    Templates,
    /// Nothing: a template could not be read.
    Unknown {
        /// Why, in one line.
        reason: String,
    },
}
