//! Drift detection: its progress, and the differences between deployed and actual resources.

use schemars::JsonSchema;
use serde::Serialize;

/// The progress of a drift detection, which takes from seconds to minutes depending on the number of resources.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct DriftDetection {
    /// Status of the detection: `DETECTION_IN_PROGRESS`, `DETECTION_COMPLETE` or `DETECTION_FAILED`.
    pub status: String,
    /// Reason of a failure, for the whole stack or some of its resources. `None` without one.
    pub reason: Option<String>,
    /// Drift status of the stack after the detection: `IN_SYNC`, `DRIFTED` or `UNKNOWN`. `None` while it is in progress.
    pub stack_status: Option<String>,
}

/// The drift of a resource: its status, and the properties whose values differ.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct ResourceDrift {
    /// Logical ID of the resource in the deployed template of the stack.
    pub logical_id: String,
    /// Physical ID of the resource, for example the name of a bucket, if CloudFormation returns one.
    pub physical_id: Option<String>,
    /// CloudFormation type of the resource, for example `AWS::S3::Bucket`.
    pub type_name: String,
    /// Drift status: `IN_SYNC`, `MODIFIED`, `DELETED`, `NOT_CHECKED` for types without drift detection, or `UNKNOWN`.
    pub status: String,
    /// Properties whose actual values differ from the deployed ones, for resources with the status `MODIFIED`.
    #[builder(default)]
    pub differences: Vec<PropertyDifference>,
}

/// A property of a resource whose actual value differs from the deployed one.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PropertyDifference {
    /// JSON pointer of the property below the properties of the resource, for example `/Tags/0/Value`.
    pub path: String,
    /// Value of the property in the deployed template, as JSON or text.
    pub expected: String,
    /// Value of the property of the live resource, as JSON or text.
    pub actual: String,
    /// Kind of the difference: `ADD` for an additional value, `REMOVE` for a missing one, or `NOT_EQUAL`.
    pub kind: String,
}
