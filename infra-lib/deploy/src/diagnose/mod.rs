//! Finds the reason why the last attempt on a stack failed, from the events, change sets, tasks and logs that still exist.
//!
//! [`diagnose_stacks`] makes read-only calls and returns a [`Diagnosis`] for each stack.

mod attempt;
mod change_sets;
mod tasks;

use std::sync::Arc;

use infra_core::Diagnostic;

use crate::access;
use crate::deployed::list_resources;
use crate::error::Error;
use crate::failure::{build_findings, find_failures};
use crate::operation::Operation;
use crate::plan::preflight::{split_retained, suggest_removal};
use crate::watch::{format_rfc3339, region_of};
use infra_aws::{Cloud, StackDescription, StackStatus};
use infra_template::assembly::{CloudAssembly, Stack};

use attempt::Attempt;

/// Options of [`diagnose_stacks`]: the stacks whose last attempt is examined.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DiagnoseOptions {
    /// Stacks to diagnose, by construct path, artifact ID or name; deleted ones by their ARN. Empty for all stacks of the app.
    pub stacks: Vec<String>,
}

impl DiagnoseOptions {
    /// Creates options for these stacks, named as in [`stacks`](Self::stacks); all stacks of the app if empty.
    pub fn new(stacks: Vec<String>) -> Self {
        Self { stacks }
    }
}

/// Result of diagnosing the last attempt on a stack: verdict, findings and suggested next steps.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Diagnosis {
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Current stack status, such as `UPDATE_ROLLBACK_COMPLETE`; `None` if the stack does not exist.
    pub status: Option<StackStatus>,
    /// Start of the attempt, in RFC 3339 format; `None` if the events do not go back that far.
    pub since: Option<String>,
    /// Overall verdict on the stack: missing, well, in progress, or failed.
    pub verdict: Verdict,
    /// Findings about the failure, the cause first; empty if nothing failed.
    pub findings: Vec<Diagnostic>,
    /// Suggested next steps, as sentences with commands such as `rollback --stack Data`.
    pub next: Vec<String>,
}

/// Overall verdict on a stack, derived from its status and its failed change sets.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Verdict {
    /// The stack does not exist, or was deleted after a failed creation.
    NotDeployed,
    /// The last attempt succeeded, or the stack only has change sets in review.
    Healthy,
    /// An operation is in progress; findings of its failures so far are included.
    InProgress,
    /// The last attempt failed, or a change set created since then did.
    Failed,
}

impl Verdict {
    /// Returns the name in JSON output, in camel case, such as `notDeployed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotDeployed => "notDeployed",
            Self::Healthy => "well",
            Self::InProgress => "underWay",
            Self::Failed => "failed",
        }
    }
}

/// Diagnoses the last attempt on each selected stack. Makes read-only calls, and resolves to one result per stack.
pub fn diagnose_stacks(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: DiagnoseOptions,
) -> Operation<Vec<Diagnosis>> {
    Operation::new(move |_| async move {
        let mut found = Vec::new();
        let (arns, names): (Vec<String>, Vec<String>) = options
            .stacks
            .into_iter()
            .partition(|name| name.starts_with("arn:"));
        for arn in &arns {
            // `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`
            let name = arn.split('/').nth(1).unwrap_or_default();
            let wanted = assembly.select_stacks(&[name.to_owned()])?;
            for stack in wanted {
                found.push(diagnose_stack(&cloud, stack, Some(arn)).await?);
            }
        }
        if arns.is_empty() || !names.is_empty() {
            for stack in assembly.select_stacks(&names)? {
                found.push(diagnose_stack(&cloud, stack, None).await?);
            }
        }
        Ok(found)
    })
}

async fn diagnose_stack(
    cloud: &Arc<dyn Cloud>,
    stack: &Stack,
    arn: Option<&str>,
) -> Result<Diagnosis, Error> {
    let region = region_of(&**cloud, stack)?;
    let cloud = &access::observer_for_stack(cloud, stack, &region).await?;
    let client = cloud.cloudformation_client(&region);
    let refused = |error| Error::from_api(format!("describe stack `{}`", stack.name), error);
    let name = arn.unwrap_or(&stack.name);
    let Some(description) = client.describe_stack(name).await.map_err(refused)? else {
        return Ok(Diagnosis {
            stack: stack.name.clone(),
            status: None,
            since: None,
            verdict: Verdict::NotDeployed,
            findings: Vec::new(),
            next: vec![
                format!("`deploy --stack {}` creates it", stack.path),
                "a failed first deployment deletes its stack; its events are available by the ARN that was printed: `diagnose --stack ARN`"
                    .to_owned(),
            ],
        });
    };
    let attempt = Attempt::read_last(&*client, &description.id)
        .await
        .map_err(refused)?;
    let verdict = verdict_for_status(&description.status);
    let (mut told, mut left) = (Vec::new(), Vec::new());
    if verdict != Verdict::Healthy {
        let names = |event: &infra_aws::StackEvent| {
            let mut name = stack.resource_name(&event.logical_id, &event.type_name);
            name.physical_id = event.physical_id.clone().filter(|id| !id.is_empty());
            name
        };
        let failed = find_failures(&attempt.events, names);
        let evidence = tasks::read_evidence(cloud, &region, &attempt, &failed).await;
        left = failed
            .iter()
            .filter(|failure| failure.during_rollback)
            .map(|failure| failure.resource.logical_id.clone())
            .collect();
        told = build_findings(&failed, &evidence);
    }
    let held = if description.status.is_failed_creation() {
        let found = list_resources(&*client, &description.id).await;
        !split_retained(found.map_err(refused)?).0.is_empty()
    } else {
        false
    };
    let refusals = change_sets::find_failures(&*client, stack, &description, &attempt)
        .await
        .map_err(refused)?;
    let verdict = if refusals.is_empty() || verdict == Verdict::InProgress {
        verdict
    } else {
        Verdict::Failed
    };
    told.extend(refusals);
    Ok(Diagnosis {
        stack: stack.name.clone(),
        since: attempt.since.map(format_rfc3339),
        next: suggest_next_steps(stack, &description, verdict, &left, held),
        status: Some(description.status),
        verdict,
        findings: told,
    })
}

fn verdict_for_status(status: &StackStatus) -> Verdict {
    if status.is_in_progress() {
        Verdict::InProgress
    } else if status.is_success() || status.is_review() {
        Verdict::Healthy
    } else {
        Verdict::Failed
    }
}

/// Returns the next steps for the current stack status.
fn suggest_next_steps(
    stack: &Stack,
    description: &StackDescription,
    verdict: Verdict,
    left: &[String],
    held: bool,
) -> Vec<String> {
    let path = &stack.path;
    let status = &description.status;
    match (verdict, status.as_str()) {
        (Verdict::InProgress, _) => vec![format!("`watch --stack {path}` shows its progress")],
        (_, "UPDATE_ROLLBACK_FAILED") => vec![
            format!(
                "correct the cause of the failed rollback, then `rollback --continue --stack {path}`"
            ),
            format!(
                "if that is not possible, skip the resource with `rollback --continue --skip {} --stack {path}`",
                if left.is_empty() {
                    "LOGICALID".to_owned()
                } else {
                    left.join(" --skip ")
                }
            ),
        ],
        // Agrees with planning, which deletes a failed creation only if it has no resources.
        _ if status.is_failed_creation() && held => vec![suggest_removal(&description.name)],
        _ if status.is_failed_creation() => vec![format!(
            "correct the cause, then `deploy --stack {path}`: the remains of the failed creation are deleted first"
        )],
        (_, "UPDATE_FAILED") => vec![
            format!("correct the cause, then `deploy --stack {path}`"),
            format!("or roll back: `rollback --stack {path}`"),
        ],
        (_, "DELETE_FAILED") => vec![
            format!("correct the cause, then `destroy --stack {path}`"),
            format!("or keep what cannot be deleted: `destroy --stack {path} --retain LOGICALID`"),
        ],
        (Verdict::Failed, _) => vec![format!(
            "correct the cause, then `deploy --stack {path}`; the stack still serves the previous version"
        )],
        (_, "REVIEW_IN_PROGRESS") => vec![format!(
            "the stack contains only change sets: `deploy --stack {path}` creates it"
        )],
        _ => Vec::new(),
    }
}
