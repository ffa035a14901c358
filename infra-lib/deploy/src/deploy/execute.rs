//! Executes a change set by its ARN, and follows the operation to its end, success or not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use time::OffsetDateTime;

use super::{DeployOptions, Outcome, Source, WatchUntil};
use crate::access;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::failure::{build_findings, find_failures};
use crate::plan::FailureBehavior;
use crate::plan::engine::{Engine, Planned, Ready};
use crate::plan::preflight::{busy_error, suggest_next_command};
use crate::plan::target::Target;
use crate::plan::{changes, key, verify};
use crate::watch::{CLOCK_SKEW, Followed, Following, follow_stack};
use infra_aws::{
    ApiError, ApiErrorKind, DeleteStack, ExecuteChangeSet, ExecutionStatus, StackDescription,
    StackEvent, StackStatus,
};

/// Flag that is set once AWS may have started to execute the change set of a stack.
#[derive(Debug, Default)]
pub(super) struct StartedFlag(AtomicBool);

impl StartedFlag {
    fn mark_started(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Executes the change set, or follows its execution if that is already in progress.
pub(super) async fn execute_plan(
    engine: &Engine,
    planned: &Planned,
    ready: &Ready,
    options: &DeployOptions,
    begun: &StartedFlag,
) -> Result<Outcome, Error> {
    let target = &planned.target;
    let stack = &target.stack.name;
    let token = key::execution_token(&target.key, &ready.id);
    // All events of a stack that is being created belong to this operation. For other stacks, the creation time of the change set is the lower
    // bound; without one, the newest earlier event is.
    let before = if ready.creates || ready.created.is_some() {
        None
    } else {
        last_event_before(engine, planned, ready, &token).await?
    };
    let typical_secs = planned
        .review
        .estimate
        .as_ref()
        .map(|estimate| estimate.seconds);
    let reporter = &engine.calls.reporter;
    reporter.send_event(Event::StackStarted {
        stack: stack.clone(),
        operation: "deploy".to_owned(),
        total: planned.review.resources.len(),
        typical_secs,
    });
    // Set as soon as the request may have reached AWS, with or without a reply.
    let started = start_execution(engine, planned, ready, &token, &options.source).await;
    let unknown = matches!(&started, Err(error) if error.class == Class::Interrupted);
    if started.is_ok() || unknown {
        begun.mark_started();
    }
    started?;
    engine.options.pending.remove_pending(&target.region, stack);
    if options.follow == WatchUntil::Started {
        return Ok(Outcome::Detached);
    }
    // A missing permission to read services does not stop the deployment.
    let services = access::observer_as(
        &engine.cloud,
        &target.stack,
        &target.region,
        &target.identity,
    );
    let services = services.await.unwrap_or_else(|_| Arc::clone(&target.cloud));
    let following = |after: Option<String>, timeout: Option<Duration>| Following {
        origins: target.stack.origins.clone(),
        after,
        total: planned.review.resources.len(),
        typical_secs,
        timeout,
        poll_interval: options.poll_interval,
        observer: Some(crate::evidence::create_observer_with(
            Arc::clone(&services),
            &target.region,
            options.fail_fast,
        )),
        since: if ready.creates {
            OffsetDateTime::UNIX_EPOCH
        } else {
            let by_our_clock = || engine.cloud.current_time().saturating_sub(CLOCK_SKEW);
            ready.created.unwrap_or_else(by_our_clock)
        },
        ..Following::new(
            Arc::clone(&target.cloud),
            &target.region,
            stack,
            &ready.stack_id,
        )
    };
    let followed = follow_stack(following(before, options.timeout), reporter).await;
    let mut followed = followed.map_err(|error| as_interrupted(error, stack))?;
    let mut late = None;
    if followed.timed_out {
        let limit = options.timeout.unwrap_or_default();
        let cancelled = cancel_execution(engine, planned, ready, &token).await;
        if !cancelled.map_err(|error| as_interrupted(error, stack))? {
            return Err(crate::watch::timed_out_error(stack, limit));
        }
        late = Some(TimeLimitExceeded {
            limit,
            waited_for: find_unfinished(&followed.events),
        });
        let last = followed.events.last().map(|event| event.id.clone());
        let rest = follow_stack(following(last, None), reporter).await;
        let mut rest = rest.map_err(|error| as_interrupted(error, stack))?;
        rest.elapsed += followed.elapsed;
        rest.events.splice(0..0, followed.events);
        rest.evidence.splice(0..0, followed.evidence);
        followed = rest;
    }
    report_end(engine, planned, followed, late).await
}

/// Turns an error of the poll loop into [`Class::Interrupted`], since the operation continues in AWS.
fn as_interrupted(mut error: Error, stack: &str) -> Error {
    if error.class == Class::Interrupted {
        return error;
    }
    error.class = Class::Interrupted;
    if error
        .findings
        .iter()
        .any(|finding| finding.code == codes::LOST_SIGHT)
    {
        return error;
    }
    let finding = Diagnostic::new(
        codes::LOST_SIGHT,
        format!(
            "the operation on stack `{stack}` continues in AWS, but its progress is no longer displayed"
        ),
    );
    error.with_finding(finding.help(format!("follow it again with `watch --stack {stack}`")))
}

/// Returns the ID of the newest event before the operation, so that the difference between clocks does not matter. For an operation already in
/// progress, this is the event before its first one.
async fn last_event_before(
    engine: &Engine,
    planned: &Planned,
    ready: &Ready,
    token: &str,
) -> Result<Option<String>, Error> {
    let client = &planned.target.client;
    let mut next = None;
    let mut seen_ours = false;
    loop {
        let page = engine
            .calls
            .call_with_retries(|| client.stack_events(&ready.stack_id, next.clone()))
            .await;
        let page = page.map_err(|error| {
            let doing = format!("read the events of stack `{}`", planned.target.stack.name);
            Error::from_api(doing, error)
        })?;
        for event in page.items {
            if event.token.as_deref() == Some(token) {
                seen_ours = true;
            } else if !seen_ours || event.token.is_some() {
                return Ok(Some(event.id));
            }
        }
        next = page.next;
        if next.is_none() {
            return Ok(None);
        }
    }
}

/// Starts the execution. The client request token makes a repeated call harmless when a reply is lost.
async fn start_execution(
    engine: &Engine,
    planned: &Planned,
    ready: &Ready,
    token: &str,
    source: &Source,
) -> Result<(), Error> {
    let target = &planned.target;
    let stack = &target.stack.name;
    let keep = engine.options.when_it_fails == FailureBehavior::Keep;
    let request = ExecuteChangeSet::builder()
        .id(ready.id.clone())
        .token(token)
        // For a new stack, the change set already holds this setting; AWS refuses to receive it twice, and the defaults differ.
        .maybe_disable_rollback((!ready.creates).then_some(keep))
        .retain_except_on_create(true)
        .build();
    let asked = engine
        .calls
        .call_with_retries(|| target.client.execute_change_set(request.clone()))
        .await;
    let error = match asked {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    match error.kind {
        // An earlier call has started this operation.
        ApiErrorKind::TokenInUse => Ok(()),
        ApiErrorKind::Busy => {
            let found = engine
                .calls
                .call_with_retries(|| target.client.describe_stack(stack))
                .await;
            match found {
                Ok(Some(found)) => Err(busy_error(&engine.calls, target, &found).await),
                _ => Err(Error::from_api(format!("deploy stack `{stack}`"), error)),
            }
        }
        ApiErrorKind::WrongState | ApiErrorKind::NotFound => {
            let found = changes::describe_completely(&engine.calls, target, &ready.id, None).await;
            match found {
                Ok(found) => match found.execution_status {
                    // An earlier attempt succeeded, and its reply was lost.
                    ExecutionStatus::InProgress | ExecutionStatus::Complete => Ok(()),
                    ExecutionStatus::Available => {
                        Err(Error::from_api(format!("deploy stack `{stack}`"), error))
                    }
                    _ if *source == Source::New => Err(overtaken_error(target)),
                    _ => Err(verify::obsolete_error(target, &found)),
                },
                Err(gone) if gone.kind == ApiErrorKind::NotFound && *source == Source::New => {
                    Err(overtaken_error(target))
                }
                Err(gone) if gone.kind == ApiErrorKind::NotFound => {
                    Err(verify::mismatch_error(target, &["it no longer exists"]))
                }
                Err(_) => Err(maybe_started_error(stack, error)),
            }
        }
        ApiErrorKind::Network | ApiErrorKind::Server | ApiErrorKind::Unreadable => {
            Err(maybe_started_error(stack, error))
        }
        _ => Err(Error::from_api(format!("deploy stack `{stack}`"), error)),
    }
}

/// Builds the error for an execution request without a reply: AWS may have started.
fn maybe_started_error(stack: &str, error: ApiError) -> Error {
    let finding = Diagnostic::new(
        codes::LOST_SIGHT,
        format!(
            "AWS may have started to deploy stack `{stack}`, but its progress is not displayed"
        ),
    )
    .help(format!(
        "check with `watch --stack {stack}`; if no operation is in progress, deploy again"
    ));
    let mut error = Error::from_api(format!("deploy stack `{stack}`"), error).with_finding(finding);
    error.class = Class::Interrupted;
    error
}

/// Builds the error for a stack that another deployment changed between planning and execution. CloudFormation then deletes the other change sets of
/// the stack or marks them as obsolete.
fn overtaken_error(target: &Target) -> Error {
    let stack = &target.stack.name;
    let finding = Diagnostic::new(
        codes::PLAN_OBSOLETE,
        format!("another deployment of stack `{stack}` was executed in the meantime, so this one was not"),
    )
    .path(target.stack.path.clone())
    .help(format!(
        "see it with `watch --stack {stack}`, then deploy again: the new plan is based on the new state of the stack"
    ));
    Error::new(Class::Stale, finding)
}

/// Stops a deployment that exceeded its time limit: cancels an update, or deletes a stack that is being created. Returns false if the options keep
/// failed resources, so that there is no rollback to follow.
async fn cancel_execution(
    engine: &Engine,
    planned: &Planned,
    ready: &Ready,
    token: &str,
) -> Result<bool, Error> {
    if engine.options.when_it_fails == FailureBehavior::Keep {
        return Ok(false);
    }
    let target = &planned.target;
    let token = format!("{token}-late");
    let asked = if ready.creates {
        let request = DeleteStack::builder()
            .stack(ready.stack_id.clone())
            .maybe_role_arn(target.role_arn.clone())
            .token(token)
            .build();
        engine
            .calls
            .call_with_retries(|| target.client.delete_stack(request.clone()))
            .await
    } else {
        engine
            .calls
            .call_with_retries(|| target.client.cancel_update(&ready.stack_id, &token))
            .await
    };
    match asked {
        // The operation has ended, or is being rolled back, in the meantime; following it shows which.
        Ok(()) => Ok(true),
        Err(error) if error.kind == ApiErrorKind::WrongState => Ok(true),
        Err(error) => {
            let doing = format!("cancel the deployment of stack `{}`", target.stack.name);
            Err(Error::from_api(doing, error))
        }
    }
}

/// A deployment that exceeded its time limit.
struct TimeLimitExceeded {
    limit: Duration,
    /// Logical IDs and types of the resources still in progress at the time limit.
    waited_for: Vec<(String, String)>,
}

fn find_unfinished(events: &[StackEvent]) -> Vec<(String, String)> {
    let mut open = BTreeMap::new();
    for event in events.iter().filter(|event| !event.is_stack_event()) {
        if event.status.is_in_progress() {
            open.insert(event.logical_id.clone(), event.type_name.clone());
        } else {
            open.remove(&event.logical_id);
        }
    }
    open.into_iter().collect()
}

/// Reports the end of the operation and returns its outcome, or the error for a failed one.
async fn report_end(
    engine: &Engine,
    planned: &Planned,
    followed: Followed,
    late: Option<TimeLimitExceeded>,
) -> Result<Outcome, Error> {
    let target = &planned.target;
    let status = &followed.status;
    let outputs = followed.stack.as_ref().map(|stack| stack.outputs.clone());
    let outputs = outputs.unwrap_or_default();
    engine.calls.reporter.send_event(Event::StackFinished {
        stack: target.stack.name.clone(),
        status: status.clone(),
        elapsed_secs: followed.elapsed.as_secs(),
        outputs: outputs.clone(),
    });
    // A late event can lag behind the stack; the status of the stack decides.
    if status.is_success() && !status.is_deleted() {
        if let Some(stack) = &followed.stack {
            set_protection(engine, planned, stack).await?;
        }
        return Ok(Outcome::Deployed {
            outputs,
            elapsed: followed.elapsed,
        });
    }
    Err(failed_error(planned, &followed, late.as_ref()))
}

/// Sets termination protection to the value that the app wants, if it differs.
pub(super) async fn set_protection(
    engine: &Engine,
    planned: &Planned,
    stack: &StackDescription,
) -> Result<(), Error> {
    let target = &planned.target;
    let wanted = target.stack.termination_protection;
    if stack.termination_protection == wanted {
        return Ok(());
    }
    engine
        .calls
        .call_with_retries(|| target.client.set_termination_protection(&stack.id, wanted))
        .await
        .map_err(|error| {
            let doing = format!(
                "set termination protection of stack `{}`",
                target.stack.name
            );
            Error::from_api(doing, error)
        })
}

/// Builds the error for a failed deployment: first the cause, then the status of the stack and the next command.
fn failed_error(planned: &Planned, followed: &Followed, late: Option<&TimeLimitExceeded>) -> Error {
    let target = &planned.target;
    let (stack, status) = (&target.stack.name, &followed.status);
    let found = find_failures(&followed.events, |event| {
        let name = target
            .stack
            .resource_name(&event.logical_id, &event.type_name);
        name.with_physical_id(event.physical_id.clone().filter(|id| !id.is_empty()))
    });
    let mut told = build_findings(&found, &followed.evidence);
    let undone = status.is_rolled_back() || status.is_deleted();
    let ids: Vec<&str> = found
        .iter()
        .filter(|failure| failure.during_rollback)
        .map(|failure| failure.resource.logical_id.as_str())
        .collect();
    let mut verdict =
        build_verdict(stack, status, undone, late, &ids).path(target.stack.path.clone());
    for (logical_id, type_name) in late.iter().flat_map(|late| &late.waited_for) {
        let resource = target.stack.resource_name(logical_id, type_name);
        verdict = verdict.note(format!(
            "it was waiting for `{}` ({type_name})",
            resource.display_name()
        ));
    }
    // If no resource failed first, the time limit is the cause.
    if late.is_some() && undone {
        told.insert(0, verdict);
    } else {
        told.push(verdict);
    }
    let class = if undone {
        Class::RolledBack
    } else {
        Class::Stuck
    };
    Error::from_findings(class, told)
}

fn build_verdict(
    stack: &str,
    status: &StackStatus,
    undone: bool,
    late: Option<&TimeLimitExceeded>,
    failed: &[&str],
) -> Diagnostic {
    let what = if status.is_deleted() {
        "rolled back: the new stack was deleted".to_owned()
    } else if undone {
        format!("rolled back: {status}")
    } else {
        String::new()
    };
    match late {
        Some(late) if undone => Diagnostic::new(
            codes::OUT_OF_TIME,
            format!(
                "stack `{stack}` did not finish within {} seconds: the deployment was cancelled and {what}",
                late.limit.as_secs()
            ),
        )
        .help(format!(
            "find out what it waited for with `diagnose --stack {stack}`, or increase the time limit"
        )),
        _ if undone => Diagnostic::new(
            codes::DEPLOYMENT_ROLLED_BACK,
            format!("the deployment of stack `{stack}` failed and was {what}"),
        )
        .help("correct the cause, then deploy again"),
        _ => Diagnostic::new(
            codes::ROLLBACK_STUCK,
            format!("the deployment of stack `{stack}` failed and was not rolled back: {status}"),
        )
        .help(suggest_next_command(stack, status, failed)),
    }
}

/// Builds the finding for a caller without permission to delete a failed creation. Delivery roles lack it, because IAM has no condition on the status
/// of a stack: they could delete stacks that serve.
fn missing_permission_finding(target: &Target) -> Diagnostic {
    let name = &target.stack.name;
    Diagnostic::new(
        codes::STACK_STUCK,
        format!("stack `{name}` was not created completely, and must be deleted"),
    )
    .path(target.stack.path.clone())
    .note("delivery roles have no permission to delete stacks, because IAM cannot limit it to stacks whose creation failed")
    .help(format!(
        "with the credentials of an administrator: `aws cloudformation delete-stack --region {} --stack-name {name}`, then deploy \
         again",
        target.region
    ))
}

/// Deletes a stack whose creation failed and that has no resources left.
pub(super) async fn delete_failed_creation(
    engine: &Engine,
    planned: &Planned,
    stack: &StackDescription,
) -> Result<(), Error> {
    let target = &planned.target;
    let name = &target.stack.name;
    let request = DeleteStack::builder()
        // By ARN, because a stack of the same name is created right afterwards.
        .stack(stack.id.clone())
        .maybe_role_arn(target.role_arn.clone())
        .token(format!("d-{}", target.key.short()))
        .build();
    let asked = engine
        .calls
        .call_with_retries(|| target.client.delete_stack(request.clone()))
        .await;
    asked.map_err(|error| {
        let denied = matches!(error.kind, ApiErrorKind::AccessDenied { .. });
        let error = Error::from_api(format!("delete the remains of stack `{name}`"), error);
        if denied {
            error.with_finding(missing_permission_finding(target))
        } else {
            error
        }
    })?;
    let following = Following {
        origins: target.stack.origins.clone(),
        ..Following::new(Arc::clone(&target.cloud), &target.region, name, &stack.id)
    };
    let followed = follow_stack(following, &engine.calls.reporter).await?;
    if followed.status.is_deleted() {
        return Ok(());
    }
    let finding = Diagnostic::new(
        codes::STACK_STUCK,
        format!(
            "cannot delete the remains of stack `{name}`: {}",
            followed.status
        ),
    )
    .path(target.stack.path.clone())
    .help(suggest_next_command(name, &followed.status, &[]));
    Err(Error::new(Class::Stuck, finding))
}
