//! Drift: what is there against what was deployed.

use schemars::JsonSchema;
use serde::Serialize;

/// How far a comparison is.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct DriftDetection {
    /// `DETECTION_IN_PROGRESS`, `DETECTION_COMPLETE` or `DETECTION_FAILED`.
    pub status: String,
    /// Why it failed, in part or whole.
    pub reason: Option<String>,
    /// `IN_SYNC`, `DRIFTED`, `UNKNOWN`.
    pub stack_status: Option<String>,
}

/// What became of a resource.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ResourceDrift {
    /// The name in the template.
    pub logical_id: String,
    /// The name in AWS.
    pub physical_id: Option<String>,
    /// The type.
    pub type_name: String,
    /// `IN_SYNC`, `MODIFIED`, `DELETED`, `NOT_CHECKED`, `UNKNOWN`.
    pub status: String,
    /// What differs.
    #[builder(default)]
    pub differences: Vec<PropertyDifference>,
}

/// A property that is not what was deployed.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PropertyDifference {
    /// Where, as a JSON pointer below the properties.
    pub path: String,
    /// What was deployed, as JSON or text.
    pub expected: String,
    /// What is there, as JSON or text.
    pub actual: String,
    /// `ADD`, `REMOVE` or `NOT_EQUAL`.
    pub kind: String,
}
