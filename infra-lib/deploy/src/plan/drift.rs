//! Detects drift of the resources that a change set affects, which its execution would overwrite.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::engine::{Engine, Planned, Work};
use super::target::Target;
use crate::error::{Class, Error};
use crate::event::Event;
use infra_aws::{ApiError, ResourceDrift};
use infra_template::digest::Digest;
use infra_template::review::{Action, Note, NoteSource};

/// Maximum time for drift detection, which reads every resource from its service.
const SLOW: Duration = Duration::from_mins(5);

/// Maximum number of logical IDs in `DetectStackDrift`; above that, the whole stack is compared. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html>.
const MOST_IDS: usize = 200;

/// Detects the drift of all resources that these plans affect, records it for the plan file, and adds it to the reviews.
pub(crate) async fn record_drift(engine: &Engine, planned: &mut [Planned]) {
    let looks = planned.iter().map(|plan| detect_plan_drift(engine, plan));
    let found = crate::calls::run_concurrently(looks).await;
    for (plan, found) in planned.iter_mut().zip(found) {
        match found {
            Ok(Some(drifts)) => {
                for drift in &drifts {
                    let name = plan
                        .target
                        .stack
                        .resource_name(&drift.logical_id, &drift.type_name);
                    let first = drift.differences.first();
                    let note = Note::builder()
                        .source(NoteSource::Drift)
                        .message(format!(
                            "`{}` was changed outside CloudFormation, and will be overwritten: {}",
                            name.display_name(),
                            describe_drift(drift)
                        ))
                        .resource(name)
                        .maybe_property(first.map(|first| first.path.clone()));
                    plan.review.notes.push(note.build());
                }
                let digests = drifts
                    .iter()
                    .map(|drift| (drift.logical_id.clone(), digest_drift(drift)));
                plan.drift = Some(digests.collect());
            }
            Ok(None) => {}
            Err(reason) => plan.review.unchecked.push(format!(
                "resources that were changed outside CloudFormation: {reason}"
            )),
        }
    }
}

/// Refuses to overwrite drift that has appeared since the plan file was created.
///
/// # Errors
///
/// An error of class [`Stale`](Class::Stale) that names each resource with its properties. A failed detection is reported and does not refuse the
/// deployment: permission to change resources is not enough to make it fail.
pub(crate) async fn reject_new_drift(
    engine: &Engine,
    plan: &Planned,
    recorded: &BTreeMap<String, Digest>,
) -> Result<(), Error> {
    let target = &plan.target;
    let stack = &target.stack.name;
    let drifts = match detect_plan_drift(engine, plan).await {
        Ok(drifts) => drifts.unwrap_or_default(),
        Err(reason) => {
            engine.calls.reporter.send_event(Event::Notice {
                stack: Some(stack.clone()),
                message: format!(
                    "not checked: resources that were changed outside CloudFormation since the plan: {reason}"
                ),
            });
            return Ok(());
        }
    };
    let new: Vec<&ResourceDrift> = drifts
        .iter()
        .filter(|drift| recorded.get(&drift.logical_id) != Some(&digest_drift(drift)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut finding = Diagnostic::new(
        codes::DRIFT_SINCE_PLAN,
        format!("stack `{stack}` was changed outside CloudFormation since it was planned"),
    )
    .path(target.stack.path.clone());
    for drift in new {
        let name = target
            .stack
            .resource_name(&drift.logical_id, &drift.type_name);
        finding = finding.note(format!(
            "`{}`: {}",
            name.display_name(),
            describe_drift(drift)
        ));
    }
    let finding = finding.help(format!(
        "see the changes with `drift --stack {stack}`; then create a new plan and have it reviewed, or overwrite the changes with `--ignore-drift`"
    ));
    Err(Error::new(Class::Stale, finding))
}

/// Returns the drift of the resources that a plan changes or removes; `None` if it affects no existing resource. The error is the reason of a failed
/// detection.
async fn detect_plan_drift(
    engine: &Engine,
    plan: &Planned,
) -> Result<Option<Vec<ResourceDrift>>, String> {
    let updates = match &plan.work {
        Work::Ready(ready) => !ready.creates,
        Work::Provisional => true,
        Work::Unchanged { .. } => false,
    };
    let resources = plan.review.resources.iter();
    let touched: BTreeSet<String> = resources
        .filter(|resource| matches!(resource.action, Action::Modify | Action::Remove))
        .map(|resource| resource.resource.logical_id.clone())
        .collect();
    if !updates || touched.is_empty() {
        return Ok(None);
    }
    let found = detect_drift(engine, &plan.target, &touched).await;
    found.map(Some).map_err(|reason| match reason {
        Reason::Api(error) => error.to_string(),
        Reason::Other(text) => text,
    })
}

enum Reason {
    Api(ApiError),
    Other(String),
}

/// Detects the drift of these resources, and returns those that have drifted, ordered by logical ID.
async fn detect_drift(
    engine: &Engine,
    target: &Target,
    touched: &BTreeSet<String>,
) -> Result<Vec<ResourceDrift>, Reason> {
    let (calls, client, stack) = (&engine.calls, &target.client, &target.stack.name);
    let ids: Vec<String> = if touched.len() > MOST_IDS {
        Vec::new()
    } else {
        touched.iter().cloned().collect()
    };
    let id = calls
        .call_with_retries(|| client.detect_drift(stack, &ids))
        .await;
    let id = id.map_err(Reason::Api)?;
    let started = Instant::now();
    let detection = loop {
        let detection = calls
            .call_with_retries(|| client.drift_detection(&id))
            .await;
        let detection = detection.map_err(Reason::Api)?;
        if detection.status != "DETECTION_IN_PROGRESS" {
            break detection;
        }
        if started.elapsed() >= SLOW {
            let text = format!("CloudFormation did not finish within {} s", SLOW.as_secs());
            return Err(Reason::Other(text));
        }
        sleep(Duration::from_secs(2)).await;
    };
    let drifts = calls
        .read_all_pages(|next| client.resource_drifts(stack, next))
        .await;
    let mut drifts = drifts.map_err(Reason::Api)?;
    // A failed detection can still have results.
    if detection.status != "DETECTION_COMPLETE" && drifts.is_empty() {
        return Err(Reason::Other(detection.reason.unwrap_or(detection.status)));
    }
    drifts.retain(|drift| {
        touched.contains(&drift.logical_id)
            && matches!(drift.status.as_str(), "MODIFIED" | "DELETED")
    });
    drifts.sort_by(|a, b| a.logical_id.cmp(&b.logical_id));
    Ok(drifts)
}

/// Returns the digest of the differences for the plan file, since the values may be secret.
fn digest_drift(drift: &ResourceDrift) -> Digest {
    let differences: BTreeMap<&str, (&str, &str)> = drift
        .differences
        .iter()
        .map(|found| {
            (
                found.path.as_str(),
                (found.kind.as_str(), found.actual.as_str()),
            )
        })
        .collect();
    Digest::hash_json(&json!({
        "status": drift.status,
        "physicalId": drift.physical_id,
        "differences": differences,
    }))
}

/// Describes the drift of a resource by its property paths. Leaves values to the `drift` command, which masks them.
fn describe_drift(drift: &ResourceDrift) -> String {
    if drift.status == "DELETED" {
        return "it was deleted".to_owned();
    }
    let paths = drift
        .differences
        .iter()
        .map(|found| format!("`{}`", found.path));
    let paths: BTreeSet<String> = paths.collect();
    if paths.is_empty() {
        "CloudFormation does not report the property".to_owned()
    } else {
        paths.into_iter().collect::<Vec<_>>().join(", ")
    }
}
