//! Why an operation failed: the first cause among its events, in words that lead to the line that has to change.
//!
//! One failure makes CloudFormation cancel everything else and roll back, and every one of these steps has an event
//! that says `FAILED`. What is told is what failed by itself, before anything was cancelled or undone.

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

/// A resource that could not be created, changed or deleted.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ResourceFailure {
    /// The resource.
    pub resource: ResourceName,
    /// What was tried: `CREATE_FAILED`, `UPDATE_FAILED`, `DELETE_FAILED`.
    pub status: String,
    /// The words of AWS.
    pub reason: String,
    /// What that means.
    pub cause: Cause,
    /// Whether it failed while a failed operation was being undone.
    pub during_rollback: bool,
}

/// The resources that failed by themselves, in the order of time: the first is the cause.
///
/// `name` gives an event's resource all its names.
pub fn failures(
    events: &[StackEvent],
    name: impl Fn(&StackEvent) -> ResourceName,
) -> Vec<ResourceFailure> {
    let mut found: Vec<ResourceFailure> = Vec::new();
    let nested: BTreeSet<&str> = events.iter().filter_map(StackEvent::nested_stack).collect();
    // A nested stack that fails goes back while the others of its root still go on.
    let mut rolling: BTreeSet<&str> = BTreeSet::new();
    let mut root_rolls: Option<OffsetDateTime> = None;
    for event in events {
        if event.is_of_stack() {
            if event.status.as_str().contains("ROLLBACK") {
                if !nested.contains(event.stack_id.as_str()) {
                    root_rolls.get_or_insert(event.time);
                }
                rolling.insert(&event.stack_id);
            }
            continue;
        }
        // What fails in a nested stack and what its root does about it may have one time.
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
            None => Cause::of(&reason),
        };
        let failure = ResourceFailure {
            resource: name(event),
            status: event.status.to_string(),
            reason,
            cause,
            during_rollback,
        };
        // The event of a resource and that of the hook that refused it say the same.
        let known = |other: &ResourceFailure| {
            other.resource.logical_id == failure.resource.logical_id
                && other.during_rollback == during_rollback
        };
        if !found.iter().any(known) {
            found.push(failure);
        }
    }
    without_parents(found)
}

/// Leaves out nested stacks that failed because of a resource in them, which says why.
fn without_parents(failures: Vec<ResourceFailure>) -> Vec<ResourceFailure> {
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

/// Whether it was given up because something else failed.
fn is_cancelled(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    // `Resource creation cancelled`, `Resource update cancelled`, `Resource creation canceled`.
    (reason.contains("cancelled") || reason.contains("canceled")) && reason.contains("resource")
}

/// Whether it failed only because something else did.
fn is_cascade(reason: &str) -> bool {
    reason
        .to_ascii_lowercase()
        .starts_with("the following resource(s) failed to")
}

/// What to tell about each failure, the cause first, with what was seen of tasks.
pub fn findings(failures: &[ResourceFailure], evidence: &[TaskEvidence]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = failures.iter().map(ResourceFailure::finding).collect();
    found.extend(evidence.iter().filter_map(task_finding));
    found
}

impl ResourceFailure {
    /// What to tell about it.
    pub fn finding(&self) -> Diagnostic {
        let what = match self.status.split('_').next() {
            Some("CREATE") => "created",
            Some("DELETE") => "deleted",
            Some("IMPORT") => "imported",
            _ => "changed",
        };
        let when = if self.during_rollback {
            " while the deployment was being undone"
        } else {
            ""
        };
        let mut finding = Diagnostic::new(
            codes::RESOURCE_FAILED,
            format!(
                "`{}` could not be {what}{when}{}",
                self.resource.shown(),
                self.cause.clause()
            ),
        )
        .note(format!(
            "{}: {}",
            self.resource.type_name,
            printable(&self.reason)
        ));
        finding = locate(finding, &self.resource);
        if let Some(id) = &self.resource.physical_id {
            finding = finding.note(format!("physical id: {id}"));
        }
        match self.cause.help(&self.resource) {
            Some(help) => finding.help(help),
            None => finding,
        }
    }
}

/// Construct path, logical ID and place of a resource, as findings have them.
pub fn locate(mut finding: Diagnostic, resource: &ResourceName) -> Diagnostic {
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
    match resource.source.as_deref().and_then(place) {
        Some(place) => finding.place(place),
        None => finding,
    }
}

/// `file:line:column`, read back.
pub fn place(source: &str) -> Option<Place> {
    let mut parts = source.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(Place {
        file: parts.next()?.to_owned(),
        line,
        column,
    })
}

/// Tasks that never served; a task that was merely replaced has nothing to tell.
fn task_finding(evidence: &TaskEvidence) -> Option<Diagnostic> {
    let failed = |code: Option<i32>| code.is_some_and(|code| code != 0);
    let speaks = evidence
        .containers
        .iter()
        .any(|container| failed(container.exit_code) || container.reason.is_some());
    let reason = evidence
        .stopped_reason
        .as_deref()
        .unwrap_or("the reason is not known");
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
            printable(reason)
        ),
    );
    for container in &evidence.containers {
        let mut note = format!("container `{}`", container.name);
        if let Some(code) = container.exit_code {
            let _ = write!(note, " ended with exit code {code}");
        }
        if let Some(reason) = &container.reason {
            let _ = write!(note, ": {}", printable(reason));
        }
        finding = finding.note(note);
    }
    if !evidence.log.is_empty() {
        let lines: Vec<String> = evidence.log.iter().map(|line| printable(line)).collect();
        finding = finding.note(format!("its last log lines:\n{}", lines.join("\n")));
    }
    Some(finding.note(format!("task: {}", evidence.task)))
}

/// Text from outside, without what could move a terminal's cursor.
pub fn printable(text: &str) -> String {
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

    use super::{failures, findings, place};
    use crate::event::{ContainerEvidence, TaskEvidence};
    use infra_aws::{ResourceStatus, StackEvent};
    use infra_template::ResourceName;

    fn event(id: &str, type_name: &str, status: &str, reason: &str) -> StackEvent {
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

    fn name(event: &StackEvent) -> ResourceName {
        ResourceName::builder()
            .stack("web")
            .logical_id(event.logical_id.clone())
            .type_name(event.type_name.clone())
            .construct_path(format!("Web/{}", event.logical_id))
            .source("src/web.rs:12:5")
            .build()
    }

    #[test]
    fn the_cause_is_what_failed_by_itself_before_the_rollback() {
        let stack = "AWS::CloudFormation::Stack";
        let events = [
            event("web", stack, "UPDATE_IN_PROGRESS", "User Initiated"),
            event(
                "Queue",
                "AWS::SQS::Queue",
                "UPDATE_FAILED",
                "Resource update cancelled",
            ),
            event(
                "Role",
                "AWS::IAM::Role",
                "UPDATE_FAILED",
                "User: arn:aws:sts::1:assumed-role/exec/x is not authorized to perform: iam:PutRolePolicy on resource: role api because no identity-based policy allows the iam:PutRolePolicy action (Service: Iam, Status Code: 403, Request ID: 1) (HandlerErrorCode: AccessDenied)",
            ),
            event(
                "web",
                stack,
                "UPDATE_ROLLBACK_IN_PROGRESS",
                "The following resource(s) failed to update: [Role].",
            ),
            event(
                "Bucket",
                "AWS::S3::Bucket",
                "UPDATE_FAILED",
                "Internal error",
            ),
        ];
        let found = failures(&events, name);
        assert_eq!(found.len(), 2);
        assert!(!found[0].during_rollback && found[1].during_rollback);
        let text: String = findings(&found, &[])
            .iter()
            .map(infra_core::render)
            .collect();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn evidence_of_tasks_follows_the_cause() {
        let events = [event(
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
        let text: String = findings(&failures(&events, name), &[evidence])
            .iter()
            .map(infra_core::render)
            .collect();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_place_is_read_back() {
        let found = place("infra-app/src/stacks/web.rs:41:9").unwrap();
        assert_eq!(
            (found.file.as_str(), found.line, found.column),
            ("infra-app/src/stacks/web.rs", 41, 9)
        );
        assert_eq!(place("nowhere"), None);
    }
}
