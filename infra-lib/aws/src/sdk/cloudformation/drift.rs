//! Reads drift detection results of the SDK.

use aws_sdk_cloudformation::operation::describe_stack_drift_detection_status::DescribeStackDriftDetectionStatusOutput;
use aws_sdk_cloudformation::types as sdk;

use super::super::text;
use crate::{DriftDetection, PropertyDifference, ResourceDrift};

pub(super) fn detection(answer: DescribeStackDriftDetectionStatusOutput) -> DriftDetection {
    let status = answer
        .detection_status
        .as_ref()
        .map_or("", |status| status.as_str());
    DriftDetection {
        status: status.to_owned(),
        reason: answer.detection_status_reason,
        stack_status: answer
            .stack_drift_status
            .map(|status| status.as_str().to_owned()),
    }
}

pub(super) fn resource(drift: sdk::StackResourceDrift) -> ResourceDrift {
    let status = drift
        .stack_resource_drift_status
        .as_ref()
        .map_or("", |status| status.as_str());
    let differences = drift.property_differences.unwrap_or_default().into_iter();
    ResourceDrift {
        logical_id: text(drift.logical_resource_id),
        physical_id: drift.physical_resource_id,
        type_name: text(drift.resource_type),
        status: status.to_owned(),
        differences: differences.map(difference).collect(),
    }
}

fn difference(difference: sdk::PropertyDifference) -> PropertyDifference {
    let kind = difference
        .difference_type
        .as_ref()
        .map_or("", |kind| kind.as_str());
    PropertyDifference {
        path: text(difference.property_path),
        expected: text(difference.expected_value),
        actual: text(difference.actual_value),
        kind: kind.to_owned(),
    }
}
