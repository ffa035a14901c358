//! Simulates drift, which tests set up, and its detection.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::change_sets::cloudformation_error;
use super::evaluate::as_text;
use super::names;
use super::stacks::Resource;
use super::world::State;
use infra_aws::{ApiError, DriftDetection, PropertyDifference, ResourceDrift};

/// Maximum number of logical IDs in `DetectStackDrift`.
const MAX_LOGICAL_IDS: usize = 200;

/// A drift detection that has been started.
#[derive(Clone, Debug)]
pub(super) struct Detection {
    ready: OffsetDateTime,
    drifted: bool,
}

impl State {
    pub(super) fn detect_drift(
        &mut self,
        region: &str,
        stack: &str,
        only: &[String],
        now: OffsetDateTime,
    ) -> Result<String, ApiError> {
        if only.len() > MAX_LOGICAL_IDS {
            return Err(cloudformation_error(
                "DetectStackDrift",
                "ValidationError",
                "1 validation error detected: Value at 'logicalResourceIds' failed to satisfy constraint: Member must have length less than or equal to 200",
            ));
        }
        let number = self.next_number();
        let id = self.find_id(region, stack);
        let Some(stack) = id.and_then(|id| self.stacks.get_mut(&id)) else {
            return Err(cloudformation_error(
                "DetectStackDrift",
                "ValidationError",
                format!("Stack [{stack}] does not exist"),
            ));
        };
        if stack.status.ends_with("_IN_PROGRESS") {
            return Err(cloudformation_error(
                "DetectStackDrift",
                "ValidationError",
                format!(
                    "Drift detection cannot be performed on stack [{}] while it is in {} state",
                    stack.name, stack.status
                ),
            ));
        }
        let mut drifted = false;
        for (logical_id, resource) in &mut stack.resources {
            if !only.is_empty() && !only.contains(logical_id) {
                continue;
            }
            let status = determine_status(resource);
            // A failed detection does not reach resources without drift.
            if self.script.drift_failure.is_some() && status == "IN_SYNC" {
                resource.drift_status = None;
                continue;
            }
            drifted |= matches!(status, "MODIFIED" | "DELETED");
            resource.drift_status = Some(status.to_owned());
        }
        let word = if drifted { "DRIFTED" } else { "IN_SYNC" };
        stack.drift_status = Some(word.to_owned());
        let id = names::derive_uuid(&format!("detection {number}"));
        let detection = Detection {
            ready: now + Duration::from_secs(2),
            drifted,
        };
        self.detections.insert(id.clone(), detection);
        Ok(id)
    }

    pub(super) fn drift_detection(
        &self,
        id: &str,
        now: OffsetDateTime,
    ) -> Result<DriftDetection, ApiError> {
        let Some(detection) = self.detections.get(id) else {
            return Err(cloudformation_error(
                "DescribeStackDriftDetectionStatus",
                "ValidationError",
                format!("Drift detection [{id}] does not exist"),
            ));
        };
        let ready = detection.ready <= now;
        let word = if detection.drifted {
            "DRIFTED"
        } else {
            "IN_SYNC"
        };
        let failure = self.script.drift_failure.clone().filter(|_| ready);
        Ok(DriftDetection::builder()
            .status(match (ready, &failure) {
                (false, _) => "DETECTION_IN_PROGRESS",
                (true, None) => "DETECTION_COMPLETE",
                (true, Some(_)) => "DETECTION_FAILED",
            })
            .maybe_reason(failure)
            .maybe_stack_status(ready.then(|| word.to_owned()))
            .build())
    }

    pub(super) fn resource_drifts(
        &self,
        region: &str,
        stack: &str,
    ) -> Result<Vec<ResourceDrift>, ApiError> {
        let Some(stack) = self.find_stack(region, stack) else {
            return Err(cloudformation_error(
                "DescribeStackResourceDrifts",
                "ValidationError",
                format!("Stack [{stack}] does not exist"),
            ));
        };
        let looked_at = stack
            .resources
            .iter()
            .filter(|(_, r)| r.drift_status.is_some());
        Ok(looked_at
            .map(|(logical_id, resource)| {
                ResourceDrift::builder()
                    .logical_id(logical_id.clone())
                    .maybe_physical_id(resource.physical_id.clone())
                    .type_name(resource.type_name.clone())
                    .status(resource.drift_status.clone().unwrap_or_default())
                    .differences(list_differences(&resource.drift, &resource.properties))
                    .build()
            })
            .collect())
    }
}

fn determine_status(resource: &Resource) -> &'static str {
    if resource.drift.contains_key("") {
        "DELETED"
    } else if !resource.drift.is_empty() {
        "MODIFIED"
    } else if resource.type_name.starts_with("Custom::")
        || resource.type_name.starts_with("AWS::CloudFormation::")
    {
        "NOT_CHECKED"
    } else {
        "IN_SYNC"
    }
}

fn list_differences(
    drift: &BTreeMap<String, String>,
    properties: &serde_json::Map<String, JsonValue>,
) -> Vec<PropertyDifference> {
    let all = JsonValue::Object(properties.clone());
    drift
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, actual)| {
            let expected = all.pointer(path);
            PropertyDifference::builder()
                .path(path.clone())
                .expected(expected.map(as_text).unwrap_or_default())
                .actual(actual.clone())
                .kind(
                    if expected.is_some() {
                        "NOT_EQUAL"
                    } else {
                        "ADD"
                    }
                    .to_owned(),
                )
                .build()
        })
        .collect()
}
