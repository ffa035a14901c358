//! Finds the root cause of a failed operation among its events, and explains it with the source line to change.
//!
//! After one failure, CloudFormation cancels all other work and rolls back, and each of these steps has an event with a `FAILED` status. [`find_failures`]
//! returns only resources that failed first, before anything was cancelled or rolled back.

mod cause;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use infra_core::{Diagnostic, Place, codes};
use time::OffsetDateTime;

use crate::event::TaskEvidence;
use infra_aws::StackEvent;
use infra_template::ResourceName;
use infra_template::nested::NESTED_STACK;

pub use cause::Cause;

/// A resource that could not be created, updated, deleted or imported, with the derived cause.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ResourceFailure {
    /// Names of the resource: stack, logical ID, type, and construct path where known.
    pub resource: ResourceName,
    /// Resource status at the failure: `CREATE_FAILED`, `UPDATE_FAILED`, `DELETE_FAILED`, …
    pub status: String,
    /// Status reason from AWS, unchanged; that of the hook if a hook rejected it.
    pub reason: String,
    /// Cause derived from the reason; [`Cause::Unknown`] if it was not recognized.
    pub cause: Cause,
    /// True if it failed during the rollback of a failed operation, so that it did not cause the failure.
    pub during_rollback: bool,
}

/// Returns the resources that failed independently, in order of time; the first is the cause.
///
/// `name` returns all names of the resource that an event is about.
pub fn find_failures(
    events: &[StackEvent],
    name: impl Fn(&StackEvent) -> ResourceName,
) -> Vec<ResourceFailure> {
    let mut found: Vec<ResourceFailure> = Vec::new();
    let nested: BTreeSet<&str> = events.iter().filter_map(StackEvent::nested_stack).collect();
    // A nested stack that fails rolls back while its siblings continue.
    let mut rolling: BTreeSet<&str> = BTreeSet::new();
    let mut root_rolls: Option<OffsetDateTime> = None;
    for event in events {
        if event.is_stack_event() {
            if event.status.as_str().contains("ROLLBACK") {
                if !nested.contains(event.stack_id.as_str()) {
                    root_rolls.get_or_insert(event.time);
                }
                rolling.insert(&event.stack_id);
            }
            continue;
        }
        // A failure in a nested stack and the reaction of its root stack can have the same time.
        let during_rollback = rolling.contains(event.stack_id.as_str())
            || root_rolls.is_some_and(|at| event.time > at);
        let hook_failed = event.hook.as_ref().is_some_and(|hook| {
            hook.status.as_deref() == Some("HOOK_COMPLETE_FAILED")
                && hook.failure_mode.as_deref() != Some("WARN")
        });
        if !event.status.is_failed() && !hook_failed {
            continue;
        }
        let hook = event.hook.as_ref().filter(|_| hook_failed);
        let reason = hook
            .and_then(|hook| hook.reason.clone())
            .or_else(|| event.reason.clone())
            .unwrap_or_default();
        let is_nested = event.type_name == NESTED_STACK;
        if is_cascade(&reason) && !is_nested || is_cancelled(&reason) {
            continue;
        }
        let cause = match hook {
            Some(hook) => Cause::Hook {
                type_name: hook.type_name.clone(),
            },
            None => Cause::from_reason(&reason),
        };
        let failure = ResourceFailure {
            resource: name(event),
            status: event.status.to_string(),
            reason,
            cause,
            during_rollback,
        };
        // The event of a resource and that of the hook which rejected it are about the same failure.
        let known = |other: &ResourceFailure| {
            other.resource.logical_id == failure.resource.logical_id
                && other.during_rollback == during_rollback
        };
        if !found.iter().any(known) {
            found.push(failure);
        }
    }
    remove_parents(found)
}

/// Removes nested stacks whose failure is explained by a failed resource inside them.
fn remove_parents(failures: Vec<ResourceFailure>) -> Vec<ResourceFailure> {
    let explained = |failure: &ResourceFailure| {
        let prefix = format!("{}/", failure.resource.logical_id);
        failure.resource.type_name == NESTED_STACK
            && failures.iter().any(|other| {
                other.resource.logical_id.starts_with(&prefix)
                    && (other.during_rollback == failure.during_rollback || !other.during_rollback)
            })
    };
    let explained: Vec<bool> = failures.iter().map(explained).collect();
    let all = failures.into_iter().zip(explained);
    all.filter_map(|(failure, explained)| (!explained).then_some(failure))
        .collect()
}

/// Returns true if the resource was cancelled because another one failed.
fn is_cancelled(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    // `Resource creation cancelled`, `Resource update cancelled`, `Resource creation canceled`.
    (reason.contains("cancelled") || reason.contains("canceled")) && reason.contains("resource")
}

/// Returns true if the resource failed only as a consequence of other failures.
fn is_cascade(reason: &str) -> bool {
    reason
        .to_ascii_lowercase()
        .starts_with("the following resource(s) failed to")
}

/// Returns the findings about failed resources, the cause first, followed by those about stopped tasks.
pub fn build_findings(failures: &[ResourceFailure], evidence: &[TaskEvidence]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = failures.iter().map(ResourceFailure::to_finding).collect();
    found.extend(evidence.iter().filter_map(stopped_task_finding));
    found
}

impl ResourceFailure {
    /// Returns the finding about this failure, with cause, location in the program, and a suggestion.
    pub fn to_finding(&self) -> Diagnostic {
        let what = match self.status.split('_').next() {
            Some("CREATE") => "created",
            Some("DELETE") => "deleted",
            Some("IMPORT") => "imported",
            _ => "changed",
        };
        let when = if self.during_rollback {
            " during the rollback"
        } else {
            ""
        };
        let mut finding = Diagnostic::new(
            codes::RESOURCE_FAILED,
            format!(
                "`{}` could not be {what}{when}{}",
                self.resource.display_name(),
                self.cause.render_clause()
            ),
        )
        .note(format!(
            "{}: {}",
            self.resource.type_name,
            to_printable(&self.reason)
        ));
        finding = locate_finding(finding, &self.resource);
        if let Some(id) = &self.resource.physical_id {
            finding = finding.note(format!("physical id: {id}"));
        }
        match self.cause.suggest_help(&self.resource) {
            Some(help) => finding.help(help),
            None => finding,
        }
    }
}

/// Adds construct path, logical ID, stack and source location of a resource to a finding.
pub fn locate_finding(mut finding: Diagnostic, resource: &ResourceName) -> Diagnostic {
    finding.logical_id = Some(resource.logical_id.clone());
    finding.stack = Some(resource.stack.clone());
    if let Some(path) = &resource.construct_path {
        finding = finding.path(path.clone());
    } else {
        finding = finding.note(format!(
            "logical id: {} (of stack `{}`)",
            resource.logical_id, resource.stack
        ));
    }
    match resource.source.as_deref().and_then(parse_place) {
        Some(place) => finding.place(place),
        None => finding,
    }
}

/// Parses a source location of the form `file:line:column`; returns `None` for other text.
pub fn parse_place(source: &str) -> Option<Place> {
    let mut parts = source.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(Place {
        file: parts.next()?.to_owned(),
        line,
        column,
    })
}

/// Returns the finding about a failed task; `None` for a task that was merely replaced or scaled in.
fn stopped_task_finding(evidence: &TaskEvidence) -> Option<Diagnostic> {
    let failed = |code: Option<i32>| code.is_some_and(|code| code != 0);
    let speaks = evidence
        .containers
        .iter()
        .any(|container| failed(container.exit_code) || container.reason.is_some());
    let reason = evidence
        .stopped_reason
        .as_deref()
        .unwrap_or("no reason given");
    if !speaks
        && (reason.starts_with("Scaling activity") || reason.starts_with("Service scheduler"))
    {
        return None;
    }
    let mut finding = Diagnostic::new(
        codes::TASK_FAILED,
        format!(
            "a task of `{}` stopped: {}",
            evidence.service,
            to_printable(reason)
        ),
    );
    for container in &evidence.containers {
        let mut note = format!("container `{}`", container.name);
        if let Some(code) = container.exit_code {
            let _ = write!(note, " exited with code {code}");
        }
        if let Some(reason) = &container.reason {
            let _ = write!(note, ": {}", to_printable(reason));
        }
        finding = finding.note(note);
    }
    if !evidence.log.is_empty() {
        let lines: Vec<String> = evidence.log.iter().map(|line| to_printable(line)).collect();
        finding = finding.note(format!("its last log lines:\n{}", lines.join("\n")));
    }
    Some(finding.note(format!("task: {}", evidence.task)))
}

/// Replaces control characters other than line breaks and tabs, so that text from outside cannot control the terminal.
pub fn to_printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::{build_findings, find_failures, parse_place};
    use crate::event::{ContainerEvidence, TaskEvidence};
    use infra_aws::{ResourceStatus, StackEvent};
    use infra_template::ResourceName;

    fn build_event(id: &str, type_name: &str, status: &str, reason: &str) -> StackEvent {
        StackEvent::builder()
            .id(format!("{id}-{status}"))
            .stack_id("arn:stack")
            .logical_id(id)
            .maybe_physical_id(
                (type_name == "AWS::CloudFormation::Stack").then(|| "arn:stack".to_owned()),
            )
            .type_name(type_name)
            .status(ResourceStatus::new(status))
            .maybe_reason(Some(reason.to_owned()).filter(|reason| !reason.is_empty()))
            .time(OffsetDateTime::UNIX_EPOCH)
            .build()
    }

    fn resource_name(event: &StackEvent) -> ResourceName {
        ResourceName::builder()
            .stack("web")
            .logical_id(event.logical_id.clone())
            .type_name(event.type_name.clone())
            .construct_path(format!("Web/{}", event.logical_id))
            .source("src/web.rs:12:5")
            .build()
    }

    #[test]
    fn reports_failures_before_the_rollback_as_cause() {
        let stack = "AWS::CloudFormation::Stack";
        let events = [
            build_event("web", stack, "UPDATE_IN_PROGRESS", "User Initiated"),
            build_event(
                "Queue",
                "AWS::SQS::Queue",
                "UPDATE_FAILED",
                "Resource update cancelled",
            ),
            build_event(
                "Role",
                "AWS::IAM::Role",
                "UPDATE_FAILED",
                "User: arn:aws:sts::1:assumed-role/exec/x is not authorized to perform: iam:PutRolePolicy on resource: role api because no identity-based policy allows the iam:PutRolePolicy action (Service: Iam, Status Code: 403, Request ID: 1) (HandlerErrorCode: AccessDenied)",
            ),
            build_event(
                "web",
                stack,
                "UPDATE_ROLLBACK_IN_PROGRESS",
                "The following resource(s) failed to update: [Role].",
            ),
            build_event(
                "Bucket",
                "AWS::S3::Bucket",
                "UPDATE_FAILED",
                "Internal error",
            ),
        ];
        let found = find_failures(&events, resource_name);
        assert_eq!(found.len(), 2);
        assert!(!found[0].during_rollback && found[1].during_rollback);
        let text: String = build_findings(&found, &[])
            .iter()
            .map(infra_core::render)
            .collect();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn lists_task_evidence_after_the_cause() {
        let events = [build_event(
            "Service",
            "AWS::ECS::Service",
            "CREATE_FAILED",
            "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (RequestToken: 1, HandlerErrorCode: GeneralServiceException)",
        )];
        let evidence = TaskEvidence {
            service: "Web/Service".to_owned(),
            task: "arn:task/1".to_owned(),
            stopped_reason: Some("Essential container in task exited".to_owned()),
            containers: vec![ContainerEvidence {
                name: "app".to_owned(),
                exit_code: Some(78),
                reason: None,
            }],
            log: vec!["configuration: DB_HOST is not set\u{1b}[2J".to_owned()],
        };
        let text: String = build_findings(&find_failures(&events, resource_name), &[evidence])
            .iter()
            .map(infra_core::render)
            .collect();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn parses_source_location() {
        let found = parse_place("infra-app/src/stacks/web.rs:41:9").unwrap();
        assert_eq!(
            (found.file.as_str(), found.line, found.column),
            ("infra-app/src/stacks/web.rs", 41, 9)
        );
        assert_eq!(parse_place("nowhere"), None);
    }
}
