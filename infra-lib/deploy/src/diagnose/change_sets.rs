//! Reads change sets that failed since the last attempt, with the errors of validation and hooks.

use infra_core::{Diagnostic, codes};

use super::attempt::Attempt;
use crate::failure::{locate_finding, to_printable};
use infra_aws::{
    ApiError, ApiErrorKind, ChangeSetStatus, ChangeSetSummary, CloudFormation, EventSelector,
    OperationEvent, StackDescription,
};
use infra_template::assembly::Stack;

/// Returns the findings of the newest change set if it failed after the last attempt; older ones may have been corrected.
pub(super) async fn find_failures(
    client: &dyn CloudFormation,
    stack: &Stack,
    description: &StackDescription,
    attempt: &Attempt,
) -> Result<Vec<Diagnostic>, ApiError> {
    let Some(change_set) = find_newest(client, description).await? else {
        return Ok(Vec::new());
    };
    let before = attempt
        .since
        .zip(change_set.created)
        .is_some_and(|(since, created)| created < since);
    if change_set.status != ChangeSetStatus::Failed || before {
        return Ok(Vec::new());
    }
    let found = client
        .describe_change_set(&change_set.id, None, false, None)
        .await?;
    let reason = found.status_reason.unwrap_or_default();
    if [
        "didn't contain changes",
        "No updates are to be performed",
        "no changes",
    ]
    .iter()
    .any(|words| reason.contains(words))
    {
        return Ok(Vec::new());
    }
    let mut findings = Vec::new();
    for event in read_events(client, &change_set.id).await? {
        findings.extend(validation_finding(stack, &event));
    }
    for result in read_hook_findings(client, &change_set.id).await? {
        findings.push(result);
    }
    if findings.is_empty() {
        findings.push(
            Diagnostic::new(
                codes::CHANGE_SET_FAILED,
                format!(
                    "CloudFormation could not create the change set `{}` of stack `{}`",
                    change_set.name, stack.name
                ),
            )
            .path(stack.path.clone())
            .note(to_printable(&reason)),
        );
    }
    Ok(findings)
}

async fn find_newest(
    client: &dyn CloudFormation,
    description: &StackDescription,
) -> Result<Option<ChangeSetSummary>, ApiError> {
    let mut newest: Option<ChangeSetSummary> = None;
    let mut next = None;
    loop {
        let page = client.list_change_sets(&description.id, next).await?;
        for found in page.items {
            if newest
                .as_ref()
                .is_none_or(|known| known.created < found.created)
            {
                newest = Some(found);
            }
        }
        next = page.next;
        if next.is_none() {
            return Ok(newest);
        }
    }
}

/// Reads the validation errors of a change set. An endpoint without this API yields none.
async fn read_events(
    client: &dyn CloudFormation,
    change_set: &str,
) -> Result<Vec<OperationEvent>, ApiError> {
    let mut found = Vec::new();
    let mut next = None;
    loop {
        let of = EventSelector::ChangeSet(change_set.to_owned());
        match client.operation_events(of, true, next).await {
            Ok(page) => {
                found.extend(page.items);
                next = page.next;
            }
            Err(error) if error.kind == ApiErrorKind::Unsupported => return Ok(found),
            Err(error) => return Err(error),
        }
        if next.is_none() {
            return Ok(found);
        }
    }
}

async fn read_hook_findings(
    client: &dyn CloudFormation,
    change_set: &str,
) -> Result<Vec<Diagnostic>, ApiError> {
    let results = match client.hook_results(change_set).await {
        Ok(results) => results,
        Err(error)
            if matches!(
                error.kind,
                ApiErrorKind::Unsupported | ApiErrorKind::NotFound
            ) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let refused = results.into_iter().filter(|result| {
        result.status.ends_with("FAILED") && result.failure_mode.as_deref() != Some("WARN")
    });
    Ok(refused
        .map(|result| {
            let mut finding = Diagnostic::new(
                codes::HOOK_REFUSED,
                format!("the hook `{}` rejects the change set", result.type_name),
            );
            if let Some(reason) = &result.reason {
                finding = finding.note(to_printable(reason));
            }
            let said = result.remediation.join("; ");
            finding.help(if said.is_empty() {
                "correct what the hook rejects, or ask its owner".to_owned()
            } else {
                to_printable(&said)
            })
        })
        .collect())
}

fn validation_finding(stack: &Stack, event: &OperationEvent) -> Option<Diagnostic> {
    if event.event_type != "VALIDATION_ERROR" || event.failure_mode.as_deref() == Some("WARN") {
        return None;
    }
    let path = event.path.as_deref().unwrap_or_default();
    let logical_id = event
        .logical_id
        .as_deref()
        .or_else(|| path.strip_prefix("/Resources/")?.split('/').next())
        .unwrap_or_default();
    let reason = event.reason.as_deref().unwrap_or("no reason given");
    let resource = stack.resource_name(logical_id, event.type_name.as_deref().unwrap_or_default());
    let what = if logical_id.is_empty() {
        format!("stack `{}`", stack.name)
    } else {
        format!("`{}`", resource.display_name())
    };
    let mut finding = Diagnostic::new(
        codes::VALIDATION_FAILED,
        format!("AWS rejects {what}: {}", to_printable(reason)),
    );
    finding = if logical_id.is_empty() {
        finding.path(stack.path.clone())
    } else {
        locate_finding(finding, &resource)
    };
    if !path.is_empty() {
        finding = finding.property(path.to_owned());
    }
    Some(finding.note("found before anything was changed"))
}
