//! Detects drift of deployed stacks, and filters out differences that are known and accepted.

mod ignore;

use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::time::Instant;

use super::target::read_all_pages;
use super::{Poller, Target};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::{Operation, Reporter};
use infra_aws::{Cloud, PropertyDifference, StackStatus};
use infra_template::ResourceName;
use infra_template::assembly::CloudAssembly;

pub use ignore::{Ignore, Ignores};

/// Drift of one stack: differences between its actual resources and the deployed template.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackDrift {
    /// Construct path of the stack below the app, such as `Prod/Data`.
    pub path: String,
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// Resources that have drifted, without the differences that are accepted.
    pub drifted: Vec<Drifted>,
    /// Differences that an ignore file accepts, each with its reason.
    pub ignored: Vec<Ignored>,
    /// Resources whose drift is unknown, because CloudFormation cannot detect it for their type.
    pub unchecked: Vec<ResourceName>,
    /// Number of resources that CloudFormation compared and found without drift.
    pub in_sync: usize,
    /// Status reason from CloudFormation if the detection was incomplete, for instance for lack of a permission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A resource whose actual properties differ from the deployed template, or that no longer exists.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Drifted {
    /// Names of the resource: stack, logical ID, type, physical ID, and construct path where known.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// True if the resource was deleted outside of CloudFormation.
    pub deleted: bool,
    /// Differences between actual and deployed properties, with both values; empty for a deleted resource.
    pub differences: Vec<PropertyDifference>,
}

/// A difference that an entry of the ignore file accepts.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ignored {
    /// Names of the resource: stack, logical ID, type, physical ID, and construct path where known.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// JSON pointer to the property that differs, such as `/Tags/0/Value`.
    pub property: String,
    /// Reason for accepting the difference, from the entry in the ignore file.
    pub reason: String,
}

/// Result of drift detection for all selected stacks.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Drift {
    /// Drift of each stack that was compared, including stacks without drift.
    pub stacks: Vec<StackDrift>,
    /// Warnings about ignore entries that match no difference; only if all stacks were compared.
    pub findings: Vec<Diagnostic>,
}

impl Drift {
    /// Returns true if any stack has drift that the ignore file does not accept.
    pub fn is_there(&self) -> bool {
        self.stacks.iter().any(|stack| !stack.drifted.is_empty())
    }
}

/// Detects the drift of the selected stacks; of all deployed stacks of the app if none is named.
pub fn detect_drift(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
    ignores: Ignores,
) -> Operation<Drift> {
    Operation::new(|reporter| async move {
        let mut result = Drift::default();
        let mut used = vec![false; ignores.entries.len()];
        let mut targets = Vec::new();
        for target in Target::select_stacks(&cloud, &assembly, &stacks).await? {
            let deployed = if stacks.is_empty() {
                target.describe_stack().await?
            } else {
                Some(target.describe_deployed().await?)
            };
            if let Some(deployed) = deployed {
                if let Some(busy) = target.busy_error(&deployed) {
                    return Err(busy);
                }
                // All detections start before the first wait, because each takes a while.
                let id = target.client.detect_drift(target.name(), &[]).await;
                let id = id.map_err(|error| target.api_error("compare", error))?;
                reporter.send_event(Event::StackStarted {
                    stack: target.name().to_owned(),
                    operation: "drift".to_owned(),
                    total: 0,
                    typical_secs: None,
                });
                targets.push((target, id));
            }
        }
        let all = targets.len() == assembly.stacks.len();
        let started = Instant::now();
        for (target, id) in targets {
            let (found, status) =
                read_stack_drift(&target, &id, &ignores, &mut used, &reporter).await?;
            reporter.send_event(Event::StackFinished {
                stack: target.name().to_owned(),
                status: StackStatus::new(status),
                elapsed_secs: started.elapsed().as_secs(),
                outputs: Vec::new(),
            });
            result.stacks.push(found);
        }
        // Unused entries can only be recognized if all stacks were compared.
        if all {
            let stale = ignores.entries.iter().zip(used).filter(|(_, used)| !used);
            result
                .findings
                .extend(stale.map(|(entry, _)| entry.stale_warning()));
        }
        Ok(result)
    })
}

async fn read_stack_drift(
    target: &Target,
    id: &str,
    ignores: &Ignores,
    used: &mut [bool],
    reporter: &Reporter,
) -> Result<(StackDrift, String), Error> {
    let detection = Poller::new(reporter)
        .poll_until(
            || target.client.drift_detection(id),
            |detection| (detection.status != "DETECTION_IN_PROGRESS").then_some(detection),
        )
        .await
        .map_err(|error| target.api_error("get the status of the drift detection of", error))?;
    let drifts = read_all_pages(|next| target.client.resource_drifts(target.name(), next))
        .await
        .map_err(|error| target.api_error("read the drift of", error))?;
    // A failed detection can still have results.
    if detection.status != "DETECTION_COMPLETE" && drifts.is_empty() {
        let finding = Diagnostic::new(
            codes::DRIFT_NOT_DETECTED,
            format!("cannot detect drift of stack `{}`", target.name()),
        )
        .note(detection.reason.unwrap_or(detection.status))
        .help("the role needs permission to read every resource: drift detection uses your permissions");
        return Err(Error::new(Class::Error, finding));
    }
    let mut found = StackDrift {
        path: target.stack.path.clone(),
        stack: target.name().to_owned(),
        region: target.region.clone(),
        drifted: Vec::new(),
        ignored: Vec::new(),
        unchecked: Vec::new(),
        in_sync: 0,
        reason: detection.reason,
    };
    let mut looked_at = std::collections::BTreeSet::new();
    for drift in drifts {
        looked_at.insert(drift.logical_id.clone());
        let resource = target
            .stack
            .resource_name(&drift.logical_id, &drift.type_name);
        let resource = resource.with_physical_id(drift.physical_id);
        match drift.status.as_str() {
            "IN_SYNC" => found.in_sync += 1,
            "DELETED" => found.drifted.push(Drifted {
                resource,
                deleted: true,
                differences: Vec::new(),
            }),
            "MODIFIED" => {
                let mut differences = Vec::new();
                for difference in drift.differences {
                    match ignores.find_match(&resource, &difference.path) {
                        Some((at, reason)) => {
                            used[at] = true;
                            found.ignored.push(Ignored {
                                resource: resource.clone(),
                                property: difference.path,
                                reason: reason.to_owned(),
                            });
                        }
                        None => differences.push(difference),
                    }
                }
                if !differences.is_empty() {
                    found.drifted.push(Drifted {
                        resource,
                        deleted: false,
                        differences,
                    });
                }
            }
            // `NOT_CHECKED`, `UNKNOWN`, and statuses that AWS may add.
            _ => found.unchecked.push(resource),
        }
    }
    // Resources without a result were not compared, because their type does not support it.
    for resource in target.list_resources().await? {
        if !looked_at.contains(&resource.logical_id) && !resource.status.is_named("DELETE_COMPLETE")
        {
            found.unchecked.push(target.resource_name(&resource));
        }
    }
    found.drifted.sort_by(|a, b| a.resource.cmp(&b.resource));
    found.unchecked.sort();
    Ok((found, detection.stack_status.unwrap_or(detection.status)))
}
