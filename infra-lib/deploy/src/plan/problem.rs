//! Explains why a change set failed: no changes, validation errors, a hook, or another reason, each at its location.

use infra_core::{Diagnostic, codes};

use super::target::Target;
use crate::calls::Calls;
use crate::error::{Class, Error};
use crate::failure::{locate_finding, to_printable};
use infra_aws::{ApiError, ApiErrorKind, ChangeSetDescription, EventSelector, OperationEvent};
use infra_template::nested::DEEPEST;

/// Status reasons of change sets without changes, including those of updates and transforms.
const NOTHING: [&str; 3] = [
    "The submitted information didn't contain changes",
    "No updates are to be performed",
    "There are no changes",
];

/// Returns true if the change set failed only because there are no changes.
pub(crate) fn is_unchanged(reason: Option<&str>) -> bool {
    reason.is_some_and(|reason| NOTHING.iter().any(|words| reason.contains(words)))
}

/// Builds the error for a failed change set.
pub(crate) async fn failed_change_set_error(
    calls: &Calls,
    target: &Target,
    found: &ChangeSetDescription,
) -> Error {
    let reason = found.status_reason.clone().unwrap_or_default();
    let (mut findings, refusals) = tokio::join!(
        hook_findings(target, found),
        validation_findings(target, found)
    );
    findings.extend(refusals);
    findings.extend(nested_findings(calls, target, found).await);
    if !findings.is_empty() {
        return Error::from_findings(Class::Error, findings);
    }
    let stack = &target.stack.name;
    let denied = ApiError::new("CloudFormation", "CreateChangeSet", "", reason.clone());
    if matches!(denied.kind, ApiErrorKind::AccessDenied { .. }) {
        return Error::from_api(format!("determine the changes of stack `{stack}`"), denied);
    }
    let finding = Diagnostic::new(
        codes::CHANGE_SET_FAILED,
        format!("CloudFormation cannot determine the changes of stack `{stack}`"),
    )
    .path(target.stack.path.clone());
    let finding = if reason.is_empty() {
        finding.note("no reason given")
    } else {
        finding.note(to_printable(&reason))
    };
    Error::new(Class::Error, finding)
}

/// Returns the findings about a failed nested change set, which the status reason of its root names only by ARN.
async fn nested_findings(
    calls: &Calls,
    target: &Target,
    found: &ChangeSetDescription,
) -> Vec<Diagnostic> {
    let mut reason = found.status_reason.clone().unwrap_or_default();
    let mut deepest = None;
    for _ in 0..DEEPEST {
        let Some(arn) = find_nested_change_set(&reason) else {
            break;
        };
        let client = &target.client;
        let described = calls
            .call_with_retries(|| client.describe_change_set(&arn, None, false, None))
            .await;
        let Ok(described) = described else { break };
        reason = described.status_reason.clone().unwrap_or_default();
        deepest = Some(described);
    }
    let Some(set) = deepest else {
        return Vec::new();
    };
    let (mut refused, more) = tokio::join!(
        hook_findings(target, &set),
        validation_findings(target, &set)
    );
    refused.extend(more);
    if !refused.is_empty() {
        return refused;
    }
    let said = if reason.is_empty() {
        "no reason given".to_owned()
    } else {
        to_printable(&reason)
    };
    let finding = Diagnostic::new(
        codes::CHANGE_SET_FAILED,
        format!(
            "CloudFormation cannot determine the changes of `{}`, which is nested in stack `{}`",
            set.stack_name, target.stack.name
        ),
    )
    .path(target.stack.path.clone())
    .note(said)
    .help("correct the template of the nested stack, then plan again");
    vec![finding]
}

/// Extracts the ARN from `Nested change set ARN was not successfully created: Currently in FAILED.`
fn find_nested_change_set(reason: &str) -> Option<String> {
    let (_, rest) = reason.split_once("Nested change set ")?;
    let arn = rest.split_whitespace().next()?;
    arn.starts_with("arn:").then(|| arn.to_owned())
}

async fn hook_findings(target: &Target, found: &ChangeSetDescription) -> Vec<Diagnostic> {
    let reason = found.status_reason.as_deref().unwrap_or_default();
    if !reason.to_ascii_lowercase().contains("hook") {
        return Vec::new();
    }
    let results = target.client.hook_results(&found.id).await;
    let refusals = results.unwrap_or_default().into_iter().filter(|result| {
        result.status.ends_with("FAILED") && result.failure_mode.as_deref() != Some("WARN")
    });
    refusals
        .map(|result| {
            let mut finding = Diagnostic::new(
                codes::HOOK_REFUSED,
                format!(
                    "the hook `{}` rejects stack `{}`",
                    result.type_name, target.stack.name
                ),
            )
            .path(target.stack.path.clone());
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
        .collect()
}

/// Returns the errors of validation before deployment. An endpoint without validation yields none.
async fn validation_findings(target: &Target, found: &ChangeSetDescription) -> Vec<Diagnostic> {
    let events = read_validation_events(target, &found.id).await;
    let events = events.unwrap_or_default();
    let failed = events.iter().filter(|event| !is_warning(event));
    failed
        .map(|event| validation_finding(target, event))
        .collect()
}

/// Reads all validation events, errors and warnings, without retries.
pub(crate) async fn read_validation_events(
    target: &Target,
    change_set: &str,
) -> Result<Vec<OperationEvent>, ApiError> {
    let (mut events, mut next) = (Vec::new(), None);
    loop {
        let of = EventSelector::ChangeSet(change_set.to_owned());
        let page = target.client.operation_events(of, true, next).await?;
        events.extend(page.items);
        next = page.next;
        if next.is_none() {
            events.retain(|event| event.event_type == "VALIDATION_ERROR");
            return Ok(events);
        }
    }
}

pub(crate) fn is_warning(event: &OperationEvent) -> bool {
    event.failure_mode.as_deref() == Some("WARN")
}

/// Builds the finding for a validation error, with construct, property and source location.
fn validation_finding(target: &Target, event: &OperationEvent) -> Diagnostic {
    let reason = event.reason.as_deref().unwrap_or("no reason given");
    let path = event.path.as_deref().unwrap_or_default();
    let logical_id = event
        .logical_id
        .as_deref()
        .or_else(|| path.strip_prefix("/Resources/")?.split('/').next())
        .unwrap_or_default();
    let type_name = event.type_name.as_deref().unwrap_or_default();
    let resource = target.stack.resource_name(logical_id, type_name);
    let what = if logical_id.is_empty() {
        format!("stack `{}`", target.stack.name)
    } else {
        format!("`{}`", resource.display_name())
    };
    let mut finding = Diagnostic::new(
        codes::VALIDATION_FAILED,
        format!("AWS rejects {what}: {}", to_printable(reason)),
    );
    finding = if logical_id.is_empty() {
        finding.path(target.stack.path.clone())
    } else {
        locate_finding(finding, &resource)
    };
    if !path.is_empty() {
        finding = finding.property(path.to_owned());
    }
    let finding = finding.help("correct the value, then plan again");
    match &event.validation_name {
        Some(name) => finding.note(format!("found by {name}, before anything was changed")),
        None => finding.note("found before anything was changed"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_unchanged;

    #[test]
    fn recognizes_reasons_without_changes() {
        assert!(is_unchanged(Some(
            "The submitted information didn't contain changes. Submit different information to create a change set."
        )));
        assert!(is_unchanged(Some("No updates are to be performed.")));
        assert!(!is_unchanged(Some("Template format error")));
        assert!(!is_unchanged(None));
    }
}
