//! Creates the change set of a stack and waits for its changes. An existing change set with the same key is reused.

use std::sync::Arc;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use tokio::time::{Instant, sleep};

use super::binding::{self, Fields};
use super::changes;
use super::key::{self, PlanMarker};
use super::manage::prune_unusable;
use super::options::{FailureBehavior, PendingChangeSet, PlanOptions, Purpose};
use super::preflight::StackState;
use super::problem;
use super::target::Target;
use super::{nested, template_source};
use crate::calls::Calls;
use crate::error::{Class, Error};
use infra_aws::{
    ApiError, ApiErrorKind, ChangeSetDescription, ChangeSetStatus, ChangeSetType, Cloud,
    CreateChangeSet, ExecutionStatus, OnFailure, StackDescription, TemplateSource,
};
use infra_template::Template;

/// Maximum time for CloudFormation to compute the changes.
const SLOW: Duration = Duration::from_mins(15);

/// Maximum number of attempts for a name that is in use.
const ATTEMPTS: u32 = 10;

/// Time after the creation during which "not found" counts as replication delay.
const SETTLING: Duration = Duration::from_secs(15);

/// Result of creating a change set.
#[derive(Clone, Debug)]
pub(crate) enum ChangeSetOutcome {
    /// The changes are known, and the change set can be executed.
    Changes {
        description: Box<ChangeSetDescription>,
        mark: PlanMarker,
    },
    /// There are no changes; the change set has been deleted again.
    Unchanged,
}

/// The template of a request, with the entries that it retains from the deployed one.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) template: Template,
    /// Retained entries, as in [`Mark::keeps`].
    pub(crate) retained: std::collections::BTreeSet<String>,
}

/// Reuse of an existing change set with the same key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reuse {
    /// The existing change set is reused, because its contents are the same.
    Allowed,
    /// The existing change set is replaced, because the state it was computed against has changed.
    Never,
}

/// Creates the change set and waits for its changes.
pub(crate) async fn create_change_set(
    calls: &Calls,
    cloud: &Arc<dyn Cloud>,
    target: &Target,
    options: &PlanOptions,
    standing: &StackState,
    sent: &Sent,
    reuse: Reuse,
) -> Result<ChangeSetOutcome, Error> {
    let stack = &target.stack.name;
    let lifetime = time::Duration::try_from(options.expires).unwrap_or(time::Duration::WEEK);
    // Truncated to whole seconds for readability.
    let now = cloud
        .current_time()
        .replace_nanosecond(0)
        .unwrap_or_else(|_| cloud.current_time());
    let mark = PlanMarker {
        key: target.key.as_str().to_owned(),
        expires: now.checked_add(lifetime).unwrap_or(now),
        creates: standing.deployed_stack().is_none(),
        parts: key::shorten_parts(&key::digest_parts(target, options)),
        retained: sent.retained.clone(),
    };
    let body = sent.template.json();
    let source = template_source::create_template_source(
        calls,
        cloud,
        target,
        body,
        options.bucket.as_deref(),
    )
    .await?;
    let deployed = standing.deployed_stack();
    let exists = deployed.is_some();
    let kind = if exists {
        ChangeSetType::Update
    } else {
        ChangeSetType::Create
    };
    let mut request = build_request(target, options, kind, deployed, source)?;
    request.description = Some(mark.render_description());
    request.token = format!(
        "c-{}-{}",
        target.key.short(),
        now.unix_timestamp_nanos() / 1_000_000
    );
    let wanted = expected_fields(target, options, !exists, deployed, &sent.template)?;
    options.pending.add_pending(PendingChangeSet {
        region: target.region.clone(),
        stack: stack.clone(),
        name: target.change_set.clone(),
        key: mark.key.clone(),
        new_stack: matches!(standing, StackState::Missing),
    });
    let (mut replaced, mut pruned, mut attempts) = (false, false, 0);
    let (id, mark) = loop {
        attempts += 1;
        let error = match calls
            .call_with_retries(|| target.client.create_change_set(request.clone()))
            .await
        {
            Ok(created) => break (created.id, mark),
            Err(error) => error,
        };
        match error.kind {
            // Created before, by an earlier run or by this one if the reply was lost.
            ApiErrorKind::AlreadyExists => {
                match inspect_existing(calls, target, options, sent, &wanted, !exists).await? {
                    // Created by this run, whose reply was lost. Since descriptions can be copied, this is no proof for a plan file.
                    ExistingChangeSet::Usable(id, found)
                        if found == mark && options.purpose == Purpose::Review =>
                    {
                        break (id, mark);
                    }
                    ExistingChangeSet::Usable(id, found)
                        if reuse == Reuse::Allowed && !has_hidden_values(target) =>
                    {
                        // It existed before this run, and is kept if the run ends early.
                        options.pending.remove_pending(&target.region, stack);
                        break (id, found);
                    }
                    ExistingChangeSet::Usable(id, _) | ExistingChangeSet::Unusable(id)
                        if !replaced =>
                    {
                        replaced = true;
                        match calls
                            .call_with_retries(|| target.client.delete_change_set(&id))
                            .await
                        {
                            Err(error) if error.kind != ApiErrorKind::NotFound => {
                                return Err(explain_rejection(calls, target, exists, error).await);
                            }
                            _ => {}
                        }
                    }
                    // The deletion of a change set takes a moment.
                    _ if attempts < ATTEMPTS => sleep(Duration::from_secs(1)).await,
                    _ => return Err(explain_rejection(calls, target, exists, error).await),
                }
            }
            ApiErrorKind::LimitExceeded if !pruned => {
                pruned = true;
                prune_unusable(calls, &**cloud, target, &options.name_prefix).await?;
            }
            _ => return Err(explain_rejection(calls, target, exists, error).await),
        }
    };
    let description = wait_for_changes(calls, target, &id).await?;
    if description.status == ChangeSetStatus::CreateComplete {
        return Ok(ChangeSetOutcome::Changes {
            description: Box::new(description),
            mark,
        });
    }
    let unchanged = problem::is_unchanged(description.status_reason.as_deref());
    let failure = if unchanged {
        None
    } else {
        Some(problem::failed_change_set_error(calls, target, &description).await)
    };
    // A failed change set can never be executed, and only blocks its name.
    delete_change_set(calls, target, &id).await?;
    if matches!(standing, StackState::Missing) {
        super::manage::delete_empty_review(calls, target).await;
    }
    options.pending.remove_pending(&target.region, stack);
    match failure {
        None => Ok(ChangeSetOutcome::Unchanged),
        Some(error) => Err(error),
    }
}

/// Builds the `CreateChangeSet` request, without description and token. `deployed` is the stack to update, `None` for a new stack.
pub(crate) fn build_request(
    target: &Target,
    options: &PlanOptions,
    kind: ChangeSetType,
    deployed: Option<&StackDescription>,
    template: TemplateSource,
) -> Result<CreateChangeSet, Error> {
    let update = kind == ChangeSetType::Update;
    Ok(CreateChangeSet::builder()
        .stack_name(target.stack.name.clone())
        .name(target.change_set.clone())
        .change_set_type(kind)
        .template(template)
        .parameters(target.request_parameters(deployed)?)
        .tags(target.stack.tags.clone())
        .capabilities(target.capabilities.clone())
        .maybe_role_arn(target.role_arn.clone())
        .notification_arns(target.notification_arns.clone())
        .on_failure(match options.when_it_fails {
            FailureBehavior::Keep => OnFailure::DoNothing,
            FailureBehavior::RollBack if update => OnFailure::Rollback,
            FailureBehavior::RollBack => OnFailure::Delete,
        })
        .maybe_rollback_alarms(options.rollback_alarms.clone())
        .import_existing(options.import_existing)
        // A new stack has no drift to revert.
        .revert_drift(options.revert_drift && update)
        .express(options.express)
        .include_nested(nested::has_nested(target))
        .token(String::new())
        .build())
}

/// Returns the expected fields of the change set from these sources. `sent` is its template.
pub(crate) fn expected_fields(
    target: &Target,
    options: &PlanOptions,
    creates: bool,
    deployed: Option<&StackDescription>,
    sent: &Template,
) -> Result<Fields, Error> {
    let kind = if creates {
        ChangeSetType::Create
    } else {
        ChangeSetType::Update
    };
    let request = build_request(target, options, kind, deployed, TemplateSource::Previous)?;
    let place = binding::join_place(&target.region, &target.account);
    Ok(Fields::of_request(&request, sent, deployed, &place))
}

/// Returns true if parameters with hidden values are given, so that an existing change set may contain other values.
fn has_hidden_values(target: &Target) -> bool {
    let mut given = target.parameters.keys();
    given.any(|name| target.no_echo.contains(name))
}

enum ExistingChangeSet {
    /// Created by this tool, with the same key and template.
    Usable(String, PlanMarker),
    /// Has our name, but cannot be executed any more, or differs from what these sources request.
    Unusable(String),
    /// Does not exist any more.
    Deleted,
}

/// Inspects the existing change set with our name.
async fn inspect_existing(
    calls: &Calls,
    target: &Target,
    options: &PlanOptions,
    sent: &Sent,
    wanted: &Fields,
    creates: bool,
) -> Result<ExistingChangeSet, Error> {
    let (stack, name) = (&target.stack.name, &target.change_set);
    let found = calls
        .call_with_retries(|| {
            target
                .client
                .describe_change_set(name, Some(stack), false, None)
        })
        .await;
    let found = match found {
        Ok(found) => found,
        Err(error) if error.kind == ApiErrorKind::NotFound => {
            return Ok(ExistingChangeSet::Deleted);
        }
        Err(error) => {
            return Err(Error::from_api(
                format!("describe the change set of stack `{stack}`"),
                error,
            ));
        }
    };
    let mark = PlanMarker::parse_description(found.description.as_deref());
    let Some(mark) = mark.filter(|mark| mark.key == target.key.as_str()) else {
        let finding = Diagnostic::new(
            codes::FOREIGN_CHANGE_SET,
            format!("stack `{stack}` has a change set `{name}` that this tool did not create"),
        )
        .path(target.stack.path.clone())
        .help("plan under another name with `--change-set-prefix NAME`");
        return Err(Error::new(Class::Error, finding));
    };
    let alive = matches!(
        found.execution_status,
        ExecutionStatus::Available | ExecutionStatus::Unavailable
    ) && matches!(
        found.status,
        ChangeSetStatus::CreatePending
            | ChangeSetStatus::CreateInProgress
            | ChangeSetStatus::CreateComplete
    );
    let fields = Fields::of_description(&found, &sent.template, options.import_existing);
    let same = fields.find_differences(wanted).is_empty();
    Ok(
        if alive && same && mark.retained == sent.retained && mark.creates == creates {
            ExistingChangeSet::Usable(found.id, mark)
        } else {
            ExistingChangeSet::Unusable(found.id)
        },
    )
}

async fn delete_change_set(calls: &Calls, target: &Target, id: &str) -> Result<(), Error> {
    match calls
        .call_with_retries(|| target.client.delete_change_set(id))
        .await
    {
        Err(error) if error.kind != ApiErrorKind::NotFound => Err(Error::from_api(
            format!("delete the change set of stack `{}`", target.stack.name),
            error,
        )),
        _ => Ok(()),
    }
}

/// Polls until the changes are known, more often at first because most change sets take a few seconds.
async fn wait_for_changes(
    calls: &Calls,
    target: &Target,
    id: &str,
) -> Result<ChangeSetDescription, Error> {
    let started = Instant::now();
    let mut waits = [150, 350, 1_000, 1_000, 2_000, 2_000].into_iter();
    loop {
        sleep(Duration::from_millis(waits.next().unwrap_or(3_000))).await;
        match changes::describe_completely(calls, target, id, None).await {
            Ok(found)
                if matches!(
                    found.status,
                    ChangeSetStatus::CreateComplete | ChangeSetStatus::Failed
                ) =>
            {
                return Ok(found);
            }
            // Includes statuses that this version does not know.
            Ok(_) => {}
            Err(error) if error.kind == ApiErrorKind::NotFound && started.elapsed() < SETTLING => {}
            // Another process has replaced it with its own, or executed one.
            Err(error) if error.kind == ApiErrorKind::NotFound => {
                return Err(vanished_error(calls, target, error).await);
            }
            Err(error) => {
                return Err(Error::from_api(
                    format!("read the changes of stack `{}`", target.stack.name),
                    error,
                ));
            }
        }
        if started.elapsed() >= SLOW {
            let finding = Diagnostic::new(
                codes::CHANGE_SET_SLOW,
                format!(
                    "CloudFormation did not finish the change set of stack `{}` within {} seconds",
                    target.stack.name,
                    SLOW.as_secs()
                ),
            )
            .path(target.stack.path.clone())
            .help("plan again later: the same change set is used");
            return Err(Error::new(Class::Error, finding));
        }
    }
}

/// Explains a refused request by what another deployment has done to the stack since it was read, if that is the cause.
async fn explain_rejection(calls: &Calls, target: &Target, exists: bool, error: ApiError) -> Error {
    let may_be_a_race = matches!(
        error.kind,
        ApiErrorKind::WrongState
            | ApiErrorKind::Invalid
            | ApiErrorKind::NotFound
            | ApiErrorKind::AlreadyExists
            | ApiErrorKind::Busy
    );
    if !may_be_a_race {
        return rejected_error(target, exists, error);
    }
    let stack = &target.stack.name;
    match calls
        .call_with_retries(|| target.client.describe_stack(stack))
        .await
    {
        Ok(Some(found)) if found.status.is_in_progress() => {
            super::preflight::busy_error(calls, target, &found).await
        }
        Ok(Some(found)) if !exists && !found.status.is_review() => overtaken_error(target, error),
        Ok(None) if exists => overtaken_error(target, error),
        _ => rejected_error(target, exists, error),
    }
}

/// Builds the error for a change set that no longer exists. CloudFormation deletes the change sets of a stack when one of them is executed.
async fn vanished_error(calls: &Calls, target: &Target, error: ApiError) -> Error {
    let stack = &target.stack.name;
    match calls
        .call_with_retries(|| target.client.describe_stack(stack))
        .await
    {
        Ok(Some(found)) if found.status.is_in_progress() => {
            super::preflight::busy_error(calls, target, &found).await
        }
        _ => overtaken_error(target, error),
    }
}

/// Builds the error for a stack that another deployment has created, changed or deleted in the meantime.
fn overtaken_error(target: &Target, error: ApiError) -> Error {
    let finding = Diagnostic::new(
        codes::STACK_BUSY,
        format!(
            "another deployment of stack `{}` was executed first",
            target.stack.name
        ),
    )
    .path(target.stack.path.clone())
    .note(error.message)
    .help("run this one again: it starts from the new state of the stack");
    Error::new(Class::Busy, finding)
}

fn rejected_error(target: &Target, exists: bool, error: ApiError) -> Error {
    let stack = &target.stack.name;
    match error.kind {
        ApiErrorKind::LimitExceeded => {
            let finding = Diagnostic::new(
                codes::TOO_MANY_CHANGE_SETS,
                format!("stack `{stack}` has reached its quota of change sets"),
            )
            .path(target.stack.path.clone())
            .note(error.message)
            .help(
                "remove those of this tool with `plan prune`, and others in the CloudFormation console",
            );
            Error::new(Class::Error, finding)
        }
        // Another operation has started since the stack was read.
        ApiErrorKind::Busy => {
            let finding = Diagnostic::new(
                codes::STACK_BUSY,
                format!("another operation on stack `{stack}` is in progress"),
            )
            .path(target.stack.path.clone())
            .note(error.message)
            .help(format!(
                "wait for it with `--wait-for-stack 30m`, or follow it with `watch --stack {stack}`"
            ));
            Error::new(Class::Busy, finding)
        }
        _ if exists => Error::from_api(format!("create a change set for stack `{stack}`"), error),
        _ => Error::from_api(
            format!("create a change set for the new stack `{stack}`"),
            error,
        ),
    }
}
