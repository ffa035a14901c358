//! Reattaches to operations that are still running in AWS: after a crash, after detaching, or from another machine.

use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::access;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::evidence::create_observer;
use crate::failure;
use crate::operation::{Operation, Reporter};
use infra_aws::{Cloud, StackDescription, StackOutput, StackStatus};
use infra_template::assembly::{CloudAssembly, Stack};

use crate::watch::{CLOCK_SKEW, Following, follow_stack, region_of};

/// Result of [`attach_to_stacks`] for one stack: the end of the operation that was watched, or the current state of an idle stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Attached {
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Stack status after the operation, or the current one if no operation was in progress; `None` if the stack does not exist.
    pub status: Option<StackStatus>,
    /// True if an operation was in progress and has been watched to its end.
    pub watched: bool,
    /// Outputs of the stack after the operation; empty if the stack does not exist.
    pub outputs: Vec<StackOutput>,
}

/// Watches the operations in progress on the selected stacks (all stacks of the app if `names` is empty) until they end.
///
/// All stacks are watched at the same time; the results are in the order of the assembly.
///
/// # Errors
///
/// The error of the watched operation if it fails or is rolled back, with its cause. Errors of several stacks are joined and have the highest class.
///
/// # Panics
///
/// Never: watching a stack does not panic.
pub fn attach_to_stacks(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    names: Vec<String>,
) -> Operation<Vec<Attached>> {
    Operation::new(move |reporter| async move {
        let stacks: Vec<Stack> = assembly
            .select_stacks(&names)?
            .into_iter()
            .cloned()
            .collect();
        let mut watched = tokio::task::JoinSet::new();
        for (at, stack) in stacks.into_iter().enumerate() {
            let (cloud, reporter) = (cloud.clone(), reporter.clone());
            watched.spawn(async move { (at, attach_one(cloud, stack, reporter).await) });
        }
        let mut ended = Vec::new();
        while let Some(joined) = watched.join_next().await {
            ended.push(joined.expect("watching a stack does not panic and is not aborted"));
        }
        ended.sort_by_key(|(at, _)| *at);
        let mut attached = Vec::new();
        let mut failed: Option<Error> = None;
        for (_, result) in ended {
            match result {
                Ok(one) => attached.push(one),
                Err(error) => match &mut failed {
                    Some(first) => {
                        first.class = first.class.max(error.class);
                        first.findings.extend(error.findings);
                    }
                    None => failed = Some(error),
                },
            }
        }
        failed.map_or(Ok(attached), Err)
    })
}

async fn attach_one(
    cloud: Arc<dyn Cloud>,
    stack: Stack,
    reporter: Reporter,
) -> Result<Attached, Error> {
    let region = region_of(&*cloud, &stack)?;
    let cloud = access::observer_for_stack(&cloud, &stack, &region).await?;
    let found = cloud
        .cloudformation_client(&region)
        .describe_stack(&stack.name)
        .await;
    let found = found
        .map_err(|error| Error::from_api(format!("describe stack `{}`", stack.name), error))?;
    let Some(found) = found else {
        return Ok(describe_idle_stack(&stack, None));
    };
    if !found.status.is_in_progress() {
        return Ok(describe_idle_stack(&stack, Some(found)));
    }
    let operation = if found.status.as_str().starts_with("DELETE") {
        "destroy"
    } else if found.status.as_str().contains("ROLLBACK") {
        "rollback"
    } else {
        "watch"
    };
    let mut following = Following::new(cloud.clone(), &region, &stack.name, &found.id);
    following.origins.clone_from(&stack.origins);
    following.observer = Some(create_observer(cloud.clone(), &region));
    // Events before the last update of the stack belong to an earlier operation.
    if let Some(began) = found.updated.or(found.created) {
        following.since = began.saturating_sub(CLOCK_SKEW);
    }
    reporter.send_event(Event::StackStarted {
        stack: stack.name.clone(),
        operation: operation.to_owned(),
        total: 0,
        typical_secs: None,
    });
    let followed = follow_stack(following, &reporter).await?;
    let outputs = followed.stack.map_or_else(Vec::new, |stack| stack.outputs);
    reporter.send_event(Event::StackFinished {
        stack: stack.name.clone(),
        status: followed.status.clone(),
        elapsed_secs: followed.elapsed.as_secs(),
        outputs: outputs.clone(),
    });
    // A failed creation can end with the stack deleted: that is no success for the user who wanted it created.
    let undone = followed.status.is_deleted() && operation != "destroy";
    if followed.status.is_success() && !undone {
        return Ok(Attached {
            stack: stack.name,
            status: Some(followed.status),
            watched: true,
            outputs,
        });
    }
    let name = |event: &infra_aws::StackEvent| {
        let name = stack.resource_name(&event.logical_id, &event.type_name);
        name.with_physical_id(event.physical_id.clone())
    };
    let failures = failure::find_failures(&followed.events, name);
    let mut findings = failure::build_findings(&failures, &followed.evidence);
    findings.push(build_verdict(&stack, &followed.status, failures.is_empty()));
    let class = if followed.status.is_rolled_back() || undone {
        Class::RolledBack
    } else {
        Class::Stuck
    };
    Err(Error::from_findings(class, findings))
}

/// Builds the finding that states where the stack ended and suggests the next command.
fn build_verdict(stack: &Stack, status: &StackStatus, cancelled: bool) -> Diagnostic {
    let name = &stack.name;
    if cancelled && status.is_rolled_back() {
        let message =
            format!("the update of stack `{name}` was cancelled and rolled back: {status}");
        return Diagnostic::new(codes::DEPLOYMENT_ROLLED_BACK, message);
    }
    if status.is_rolled_back() || status.is_deleted() {
        let message =
            format!("the operation on stack `{name}` failed and was rolled back: {status}");
        return Diagnostic::new(codes::DEPLOYMENT_ROLLED_BACK, message)
            .help("correct the cause, then deploy again");
    }
    let message =
        format!("the operation on stack `{name}` failed and was not rolled back: {status}");
    Diagnostic::new(codes::ROLLBACK_STUCK, message).help(if status.is_rollback_failed() {
        format!("remove the cause, then `rollback --continue --stack {name}`")
    } else {
        format!(
            "`diagnose --stack {name}` shows the cause, `rollback --stack {name}` rolls it back"
        )
    })
}

fn describe_idle_stack(stack: &Stack, found: Option<StackDescription>) -> Attached {
    let (status, outputs) = found.map_or((None, Vec::new()), |found| {
        (Some(found.status), found.outputs)
    });
    Attached {
        stack: stack.name.clone(),
        status,
        watched: false,
        outputs,
    }
}
