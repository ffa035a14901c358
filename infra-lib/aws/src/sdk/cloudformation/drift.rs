//! Reads drift detection results of the SDK.

use aws_sdk_cloudformation::operation::describe_stack_drift_detection_status::DescribeStackDriftDetectionStatusOutput;
use aws_sdk_cloudformation::types as sdk;

use super::super::text_or_empty;
use crate::{DriftDetection, PropertyDifference, ResourceDrift};

pub(super) fn convert_detection(answer: DescribeStackDriftDetectionStatusOutput) -> DriftDetection {
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

pub(super) fn convert_resource(drift: sdk::StackResourceDrift) -> ResourceDrift {
    let status = drift
        .stack_resource_drift_status
        .as_ref()
        .map_or("", |status| status.as_str());
    let differences = drift.property_differences.unwrap_or_default().into_iter();
    ResourceDrift {
        logical_id: text_or_empty(drift.logical_resource_id),
        physical_id: drift.physical_resource_id,
        type_name: text_or_empty(drift.resource_type),
        status: status.to_owned(),
        differences: differences.map(convert_difference).collect(),
    }
}

fn convert_difference(difference: sdk::PropertyDifference) -> PropertyDifference {
    let kind = difference
        .difference_type
        .as_ref()
        .map_or("", |kind| kind.as_str());
    PropertyDifference {
        path: text_or_empty(difference.property_path),
        expected: text_or_empty(difference.expected_value),
        actual: text_or_empty(difference.actual_value),
        kind: kind.to_owned(),
    }
}
