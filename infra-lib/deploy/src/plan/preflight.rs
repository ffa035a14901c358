//! Reads the state of a stack before planning: missing, busy, in a failed state, or to be created again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use tokio::time::{Instant, sleep};

use super::target::Target;
use crate::calls::{Calls, run_concurrently};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::failure::to_printable;
use crate::listing::{Listed, Listing, collect_orphaned_stacks};
use crate::together::collect_results;
use crate::watch::format_rfc3339;
use infra_aws::{StackDescription, StackResource, StackStatus};
use infra_template::Template;
use infra_template::nested::NESTED_STACK;
use infra_template::review::OrphanedStacks;

/// Interval between two polls of a busy stack.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// State of a stack before planning.
#[derive(Clone, Debug)]
pub(crate) enum StackState {
    /// The stack does not exist.
    Missing,
    /// The stack is in review and has only change sets, possibly of others.
    InReview,
    /// The creation failed, and the stack has no resources left; it is deleted and created again.
    FailedCreation {
        stack: Box<StackDescription>,
        /// Resources that remain in AWS, outside any stack.
        retained: Vec<StackResource>,
    },
    /// The stack is deployed.
    Deployed {
        stack: Box<StackDescription>,
        template: Box<Template>,
    },
}

impl StackState {
    /// Returns the description of a deployed stack.
    pub(crate) fn deployed_stack(&self) -> Option<&StackDescription> {
        match self {
            Self::Deployed { stack, .. } => Some(stack),
            _ => None,
        }
    }

    /// Returns the deployed template; an empty one if the stack is not deployed.
    pub(crate) fn deployed_template(&self) -> Template {
        match self {
            Self::Deployed { template, .. } => (**template).clone(),
            _ => Template::empty(),
        }
    }
}

/// States of the stacks of an app.
pub(crate) struct StackStates {
    /// State of each stack, in the order of the targets.
    pub(crate) stacks: Vec<StackState>,
    /// Stacks that left the app; `None` if they were not looked for.
    pub(crate) orphaned: Option<OrphanedStacks>,
}

/// Reads the states of these stacks, with one listing per account and region instead of a call per stack.
///
/// Stacks with one of the marks that are not among the targets have left the app. Marks must only be given if the targets are all stacks of the app.
pub(crate) async fn read_states(
    calls: &Calls,
    targets: &[&Target],
    marks: &BTreeSet<String>,
    wait_for_stack: Option<Duration>,
) -> Result<StackStates, Error> {
    let place = |target: &Target| (target.account.clone(), target.region.clone());
    let mut listings: BTreeMap<(String, String), Listing> = BTreeMap::new();
    for target in targets {
        if listings.contains_key(&place(target)) {
            continue;
        }
        let here = targets.iter().filter(|other| place(other) == place(target));
        let names = here.map(|other| other.stack.name.clone()).collect();
        let mut listing = Listing::with_marks(names, marks.clone());
        while listing.wants_more() {
            let page =
                calls.call_with_retries(|| target.client.describe_stacks(listing.next_page()));
            listing.add_page(page.await)?;
        }
        listings.insert(place(target), listing);
    }
    let looks = run_concurrently(targets.iter().map(|target| {
        let listing = listings.get(&place(target));
        let known = listing.map_or(Listed::Unknown, |listing| {
            listing.find_stack(&target.stack.name)
        });
        wait_for_state(calls, target, wait_for_stack, known)
    }))
    .await;
    let looked_at = listings.iter();
    let looked_at =
        looked_at.map(|((account, region), listing)| (Some(&**account), &**region, listing));
    Ok(StackStates {
        stacks: collect_results(looks)?,
        orphaned: collect_orphaned_stacks(marks, looked_at),
    })
}

/// Reads the state of one stack.
pub(crate) async fn read_state(
    calls: &Calls,
    target: &Target,
    wait_for_stack: Option<Duration>,
) -> Result<StackState, Error> {
    wait_for_state(calls, target, wait_for_stack, Listed::Unknown).await
}

async fn wait_for_state(
    calls: &Calls,
    target: &Target,
    wait_for_stack: Option<Duration>,
    mut known: Listed,
) -> Result<StackState, Error> {
    let name = &target.stack.name;
    let started = Instant::now();
    let mut told = false;
    let stack = loop {
        let found = match std::mem::replace(&mut known, Listed::Unknown) {
            Listed::Known(found) => found.map(|stack| *stack),
            Listed::Unknown => {
                let found = calls
                    .call_with_retries(|| target.client.describe_stack(name))
                    .await;
                found.map_err(|error| Error::from_api(format!("describe stack `{name}`"), error))?
            }
        };
        let Some(stack) = found else {
            return Ok(StackState::Missing);
        };
        if !stack.status.is_in_progress() {
            break stack;
        }
        if wait_for_stack.is_none_or(|limit| started.elapsed() >= limit) {
            return Err(busy_error(calls, target, &stack).await);
        }
        if !told {
            told = true;
            calls.reporter.send_event(Event::Notice {
                stack: Some(name.clone()),
                message: format!(
                    "waiting for the operation on stack `{name}`: {}",
                    stack.status
                ),
            });
        }
        sleep(LOOK_AGAIN).await;
    };
    let status = &stack.status;
    if status.is_deleted() {
        return Ok(StackState::Missing);
    }
    if status.is_review() {
        return Ok(StackState::InReview);
    }
    if status.is_rollback_failed() || status.is_named("DELETE_FAILED") {
        return Err(stuck_error(calls, target, &stack).await);
    }
    if status.is_failed_creation() {
        return check_failed_creation(calls, target, stack).await;
    }
    let text = calls
        .call_with_retries(|| target.client.get_template(name, None))
        .await;
    let text = text.map_err(|error| {
        Error::from_api(
            format!("read the deployed template of stack `{name}`"),
            error,
        )
    })?;
    let read = Template::parse_deployed(&text).map(|(template, _)| template);
    let template = read.map_err(|error| {
        let finding = Diagnostic::new(
            codes::TEMPLATE_NOT_READABLE,
            format!("cannot read the deployed template of stack `{name}`: {error}"),
        );
        Error::new(Class::Error, finding)
    })?;
    Ok(StackState::Deployed {
        stack: Box::new(stack),
        template: Box::new(template),
    })
}

/// Builds the error for a stack with another operation in progress, with its start and token.
pub(crate) async fn busy_error(calls: &Calls, target: &Target, stack: &StackDescription) -> Error {
    let name = &target.stack.name;
    let mut finding = Diagnostic::new(
        codes::STACK_BUSY,
        format!(
            "another operation on stack `{name}` is in progress: {}",
            stack.status
        ),
    )
    .path(target.stack.path.clone());
    // The operation started with the newest event of the stack itself that has this status.
    if let Ok(page) = calls
        .call_with_retries(|| target.client.stack_events(name, None))
        .await
    {
        let begun = page
            .items
            .iter()
            .find(|event| event.is_stack_event() && event.status.as_str() == stack.status.as_str());
        if let Some(event) = begun {
            let token = event.token.as_deref().map_or_else(String::new, |token| {
                format!(", started with the token `{}`", to_printable(token))
            });
            finding = finding.note(format!("since {}{token}", format_rfc3339(event.time)));
        }
        let mut seen = Vec::new();
        let current = page.items.iter().find(|event| {
            let newest = !seen.contains(&&event.logical_id);
            seen.push(&event.logical_id);
            newest && !event.is_stack_event() && event.status.is_in_progress()
        });
        if let Some(event) = current {
            finding = finding.note(format!(
                "in progress: `{}` ({})",
                event.logical_id, event.type_name
            ));
        }
    }
    let finding = finding.help(format!(
        "wait for it with `--wait-for-stack 30m`, or follow it with `watch --stack {name}`"
    ));
    Error::new(Class::Busy, finding)
}

/// Builds the error for a stack in a failed state, with the failed resources and the next steps.
async fn stuck_error(calls: &Calls, target: &Target, stack: &StackDescription) -> Error {
    let resources = calls
        .read_all_pages(|next| target.client.stack_resources(&stack.id, next))
        .await;
    let failed = resources.unwrap_or_default();
    let failed = failed.iter().filter(|resource| resource.status.is_failed());
    let failed: Vec<&StackResource> = failed.collect();
    let finding = Diagnostic::new(
        codes::STACK_STUCK,
        format!("stack `{}` needs repair: {}", stack.name, stack.status),
    )
    .path(target.stack.path.clone());
    let finding = failed.iter().fold(finding, |finding, resource| {
        finding.note(describe_failed_resource(target, resource))
    });
    // A nested stack cannot be skipped itself, only the failed resources in it, which `rollback` names.
    let ids: Vec<&str> = failed
        .iter()
        .filter(|failed| failed.type_name != NESTED_STACK)
        .map(|failed| failed.logical_id.as_str())
        .collect();
    Error::new(
        Class::Stuck,
        finding.help(suggest_next_command(&stack.name, &stack.status, &ids)),
    )
}

/// Builds the error for a stack whose last update was neither completed nor rolled back, and that has no further changes.
pub(crate) fn unfinished_error(target: &Target, stack: &StackDescription) -> Error {
    let finding = Diagnostic::new(
        codes::STACK_STUCK,
        format!(
            "stack `{}` is {}: its last update did not finish, and the template has no further changes",
            stack.name, stack.status
        ),
    )
    .path(target.stack.path.clone());
    let finding = match stack.status_reason.as_deref().map(to_printable) {
        Some(reason) if !reason.is_empty() => finding.note(reason),
        _ => finding,
    };
    Error::new(
        Class::Stuck,
        finding.help(suggest_next_command(&stack.name, &stack.status, &[])),
    )
}

fn describe_failed_resource(target: &Target, resource: &StackResource) -> String {
    let name = target
        .stack
        .resource_name(&resource.logical_id, &resource.type_name);
    let mut text = format!(
        "`{}` ({}): {}",
        name.display_name(),
        resource.type_name,
        resource.status
    );
    if let Some(reason) = &resource.status_reason {
        text.push_str(", ");
        text.push_str(&to_printable(reason));
    }
    text
}

/// Returns the next command for a stack in a failed state.
pub(crate) fn suggest_next_command(stack: &str, status: &StackStatus, failed: &[&str]) -> String {
    if status.is_rollback_failed() {
        let mut text =
            format!("repair the failed resources, then run `rollback --stack {stack} --continue`");
        if !failed.is_empty() {
            let skips: Vec<String> = failed.iter().map(|id| format!("--skip {id}")).collect();
            text.push_str("; skip resources with `");
            text.push_str(&skips.join(" "));
            text.push('`');
        }
        text
    } else if status.as_str().starts_with("DELETE") {
        format!("run `destroy --stack {stack}` again; it shows the cause")
    } else if status.is_failed_creation() {
        suggest_removal(stack)
    } else {
        format!("roll back with `rollback --stack {stack}`, or correct the cause and deploy again")
    }
}

/// Accepts a failed creation for deletion only if it has no resources left.
async fn check_failed_creation(
    calls: &Calls,
    target: &Target,
    stack: StackDescription,
) -> Result<StackState, Error> {
    let name = &target.stack.name;
    let resources = calls
        .read_all_pages(|next| target.client.stack_resources(&stack.id, next))
        .await
        .map_err(|error| Error::from_api(format!("list the resources of stack `{name}`"), error))?;
    let (alive, retained) = split_retained(resources);
    if alive.is_empty() && stack.termination_protection {
        return Err(protected_error(target, &stack));
    }
    if alive.is_empty() {
        return Ok(StackState::FailedCreation {
            stack: Box::new(stack),
            retained,
        });
    }
    let held = match alive.len() {
        1 => "1 resource".to_owned(),
        number => format!("{number} resources"),
    };
    let finding = Diagnostic::new(
        codes::LEFTOVERS,
        format!("stack `{name}` was not created completely, and still contains {held}"),
    )
    .path(target.stack.path.clone())
    .note(format!("status: {}", stack.status));
    let finding = alive.iter().fold(finding, |finding, resource| {
        let physical_id = resource.physical_id.as_deref().unwrap_or_default();
        finding.note(format!(
            "{}, {physical_id}",
            describe_failed_resource(target, resource)
        ))
    });
    Err(Error::new(
        Class::Stuck,
        finding.help(suggest_removal(name)),
    ))
}

/// Splits the resources of a failed creation into those that the stack still has, and those that remain outside any stack.
pub(crate) fn split_retained(
    resources: Vec<StackResource>,
) -> (Vec<StackResource>, Vec<StackResource>) {
    let made = resources.into_iter().filter(|resource| {
        let never_made = resource.physical_id.as_deref().is_none_or(str::is_empty);
        !resource.status.is_named("DELETE_COMPLETE") && !never_made
    });
    made.partition(|resource| !resource.status.is_named("DELETE_SKIPPED"))
}

/// Returns the next commands for a failed creation that still has resources.
pub(crate) fn suggest_removal(stack: &str) -> String {
    format!(
        "check the remaining resources, then delete the stack with `destroy --stack {stack}` and deploy again"
    )
}

/// Builds the error for a failed creation with termination protection, which prevents its deletion.
fn protected_error(target: &Target, stack: &StackDescription) -> Error {
    let name = &stack.name;
    let finding = Diagnostic::new(
        codes::TERMINATION_PROTECTED,
        format!(
            "stack `{name}` was not created completely ({}) and is protected against deletion",
            stack.status
        ),
    )
    .path(target.stack.path.clone())
    .help(format!(
        "disable the protection with `aws cloudformation update-termination-protection --stack-name {name} --no-enable-termination-protection`, then deploy again"
    ));
    Error::new(Class::Blocked, finding)
}

/// Describes the deletion of a failed creation, with the resources that remain, on one line.
pub(crate) fn describe_deletion(stack: &StackDescription, retained: &[StackResource]) -> String {
    let mut text = format!(
        "stack `{}` was not created completely ({}): it is deleted first, and created again",
        stack.name, stack.status
    );
    if !retained.is_empty() {
        let listed: Vec<String> = retained
            .iter()
            .map(|resource| {
                let physical_id = resource.physical_id.as_deref().unwrap_or_default();
                format!(
                    "`{}` ({}) {physical_id}",
                    resource.logical_id, resource.type_name
                )
            })
            .collect();
        text.push_str("; retained in AWS, outside of any stack: ");
        text.push_str(&listed.join(", "));
    }
    text
}
