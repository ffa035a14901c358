//! Lists and removes change sets that this tool has created, and never those of others.

use std::sync::Arc;

use super::key::PlanMarker;
use super::options::{Pending, PendingChangeSet, PlanOptions};
use super::target::{Target, resolve_targets};
use super::{DiscardScope, Listed};
use crate::calls::{Calls, run_concurrently};
use crate::error::Error;
use crate::operation::Reporter;
use crate::watch::format_rfc3339;
use infra_aws::{
    ApiErrorKind, ChangeSetStatus, ChangeSetSummary, Cloud, CloudFormation, DeleteStack,
    ExecutionStatus,
};
use infra_template::assembly::CloudAssembly;

/// Lists our change sets of the selected stacks.
pub(super) async fn list_change_sets(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    reporter: Reporter,
) -> Result<Vec<Listed>, Error> {
    let calls = Calls { reporter };
    let targets = resolve_targets(&calls, &cloud, &assembly, &options).await?;
    let lists = run_concurrently(targets.iter().map(|target| {
        list_own(
            &calls,
            &*cloud,
            target,
            &options.name_prefix,
            DiscardScope::All,
        )
    }))
    .await;
    let mut found = Vec::new();
    for list in lists {
        found.extend(list?);
    }
    Ok(found)
}

/// Removes our change sets of the selected stacks.
pub(super) async fn discard_change_sets(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    which: DiscardScope,
    reporter: Reporter,
) -> Result<Vec<Listed>, Error> {
    let calls = Calls { reporter };
    let mut removed = Vec::new();
    for target in resolve_targets(&calls, &cloud, &assembly, &options).await? {
        for listed in list_own(&calls, &*cloud, &target, &options.name_prefix, which).await? {
            if which == DiscardScope::All || is_unusable(&listed) {
                delete_change_set(&calls, &*target.client, &listed.id, &listed.stack).await?;
                removed.push(listed);
            }
        }
        if removed
            .iter()
            .any(|listed| listed.stack == target.stack.name)
        {
            delete_empty_review(&calls, &target).await;
        }
    }
    Ok(removed)
}

/// Removes unusable change sets when the quota is exhausted.
pub(super) async fn prune_unusable(
    calls: &Calls,
    cloud: &dyn Cloud,
    target: &Target,
    prefix: &str,
) -> Result<(), Error> {
    for listed in list_own(calls, cloud, target, prefix, DiscardScope::All).await? {
        if is_unusable(&listed) {
            delete_change_set(calls, &*target.client, &listed.id, &listed.stack).await?;
        }
    }
    Ok(())
}

fn is_unusable(listed: &Listed) -> bool {
    listed.expired || listed.execution_status != ExecutionStatus::Available
}

/// Lists the change sets with our prefix and our mark; both are required, since either alone could belong to others.
///
/// Unusable ones are also found under longer prefixes: `pr` finds those left by `pr7` and `pr12`. They cannot be executed any more, and change sets
/// that another run is still creating do not count as unusable.
async fn list_own(
    calls: &Calls,
    cloud: &dyn Cloud,
    target: &Target,
    prefix: &str,
    which: DiscardScope,
) -> Result<Vec<Listed>, Error> {
    let stack = &target.stack.name;
    let found = calls
        .read_all_pages(|next| target.client.list_change_sets(stack, next))
        .await;
    let found = match found {
        Ok(found) => found,
        Err(error) if error.kind == ApiErrorKind::NotFound => Vec::new(),
        Err(error) => {
            let doing = format!("list the change sets of stack `{stack}`");
            return Err(Error::from_api(doing, error));
        }
    };
    let listed = found.into_iter().filter_map(|summary| {
        // A change set that is or was executed is no longer a plan.
        let executed = matches!(
            summary.execution_status,
            ExecutionStatus::InProgress | ExecutionStatus::Complete
        );
        let mark = parse_own_marker(&summary, prefix, which).filter(|_| !executed)?;
        Some(Listed {
            path: target.stack.path.clone(),
            stack: stack.clone(),
            region: target.region.clone(),
            expired: mark.expires <= cloud.current_time(),
            expires: Some(format_rfc3339(mark.expires)),
            current: mark.key == target.key.as_str(),
            created: summary.created.map(format_rfc3339),
            execution_status: summary.execution_status,
            id: summary.id,
            name: summary.name,
        })
    });
    Ok(listed.collect())
}

fn parse_own_marker(
    summary: &ChangeSetSummary,
    prefix: &str,
    which: DiscardScope,
) -> Option<PlanMarker> {
    let mark = PlanMarker::parse_description(summary.description.as_deref())?;
    let (of, digits) = summary.name.rsplit_once('-')?;
    let being_made = matches!(
        summary.status,
        ChangeSetStatus::CreatePending | ChangeSetStatus::CreateInProgress
    );
    let ours = match which {
        DiscardScope::All => of == prefix,
        DiscardScope::Unusable => of == prefix || (of.starts_with(prefix) && !being_made),
    };
    (ours && mark.key.starts_with(digits)).then_some(mark)
}

async fn delete_change_set(
    calls: &Calls,
    client: &dyn CloudFormation,
    id: &str,
    stack: &str,
) -> Result<(), Error> {
    match calls
        .call_with_retries(|| client.delete_change_set(id))
        .await
    {
        Err(error) if error.kind != ApiErrorKind::NotFound => Err(Error::from_api(
            format!("delete the change set of stack `{stack}`"),
            error,
        )),
        _ => Ok(()),
    }
}

/// Deletes a stack in review once it has no change sets. Errors are ignored, because an empty stack does no harm.
pub(super) async fn delete_empty_review(calls: &Calls, target: &Target) {
    delete_review(calls, &*target.client, &target.stack.name).await;
}

async fn delete_review(calls: &Calls, client: &dyn CloudFormation, stack: &str) {
    let Ok(Some(found)) = calls
        .call_with_retries(|| client.describe_stack(stack))
        .await
    else {
        return;
    };
    if !found.status.is_review() {
        return;
    }
    let change_sets = calls.read_all_pages(|next| client.list_change_sets(stack, next));
    let Ok(change_sets) = change_sets.await else {
        return;
    };
    let alive = change_sets.iter().any(|summary| {
        !matches!(
            summary.status,
            ChangeSetStatus::DeletePending
                | ChangeSetStatus::DeleteInProgress
                | ChangeSetStatus::DeleteComplete
        )
    });
    if !alive {
        let request = DeleteStack::builder()
            // By ARN, because another stack may have taken the name in the meantime.
            .stack(found.id)
            .token("d-empty-review")
            .build();
        let _ = calls
            .call_with_retries(|| client.delete_stack(request.clone()))
            .await;
    }
}

/// Removes the change sets that an interrupted run has created.
pub(super) async fn abandon_pending(
    cloud: Arc<dyn Cloud>,
    pending: Pending,
    reporter: Reporter,
) -> Result<Vec<String>, Error> {
    let calls = Calls { reporter };
    let all = pending.take_all();
    let removed = run_concurrently(all.iter().map(|made| abandon_one(&calls, &*cloud, made))).await;
    let mut names = Vec::new();
    for (made, removed) in all.iter().zip(removed) {
        if removed? {
            names.push(made.name.clone());
        }
    }
    Ok(names)
}

async fn abandon_one(
    calls: &Calls,
    cloud: &dyn Cloud,
    made: &PendingChangeSet,
) -> Result<bool, Error> {
    let client = cloud.cloudformation_client(&made.region);
    let found = calls
        .call_with_retries(|| {
            client.describe_change_set(&made.name, Some(&made.stack), false, None)
        })
        .await;
    let found = match found {
        Ok(found) => found,
        // It was never created.
        Err(error) if error.kind == ApiErrorKind::NotFound => return Ok(false),
        Err(error) => {
            let doing = format!("describe the change set of stack `{}`", made.stack);
            return Err(Error::from_api(doing, error));
        }
    };
    let mark = PlanMarker::parse_description(found.description.as_deref());
    let executing = matches!(
        found.execution_status,
        ExecutionStatus::InProgress | ExecutionStatus::Complete
    );
    if executing || mark.is_none_or(|mark| mark.key != made.key) {
        return Ok(false);
    }
    delete_change_set(calls, &*client, &found.id, &made.stack).await?;
    if made.new_stack {
        delete_review(calls, &*client, &made.stack).await;
    }
    Ok(true)
}
