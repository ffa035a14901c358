//! Drift detection: its progress, and the differences between deployed and actual resources.

use schemars::JsonSchema;
use serde::Serialize;

/// The progress of a drift detection.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct DriftDetection {
    /// Status: `DETECTION_IN_PROGRESS`, `DETECTION_COMPLETE` or `DETECTION_FAILED`.
    pub status: String,
    /// Reason of a failure, for the whole stack or some of its resources.
    pub reason: Option<String>,
    /// Drift status of the stack: `IN_SYNC`, `DRIFTED` or `UNKNOWN`.
    pub stack_status: Option<String>,
}

/// The drift of a resource.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ResourceDrift {
    /// Logical ID of the resource.
    pub logical_id: String,
    /// Physical ID of the resource.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource.
    pub type_name: String,
    /// Drift status: `IN_SYNC`, `MODIFIED`, `DELETED`, `NOT_CHECKED` or `UNKNOWN`.
    pub status: String,
    /// Properties whose actual values differ from the deployed ones.
    #[builder(default)]
    pub differences: Vec<PropertyDifference>,
}

/// A property whose actual value differs from the deployed one.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PropertyDifference {
    /// JSON pointer of the property, below the properties of the resource.
    pub path: String,
    /// Deployed value, as JSON or text.
    pub expected: String,
    /// Actual value, as JSON or text.
    pub actual: String,
    /// Kind of the difference: `ADD`, `REMOVE` or `NOT_EQUAL`.
    pub kind: String,
}
