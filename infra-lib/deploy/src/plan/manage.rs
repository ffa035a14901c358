//! Lists and removes change sets that this tool has created, and never those of others.

use std::sync::Arc;

use super::key::Mark;
use super::options::{Made, Pending, PlanOptions};
use super::target::{Target, targets};
use super::{Listed, Which};
use crate::calls::{Calls, together};
use crate::error::Error;
use crate::operation::Reporter;
use crate::watch::rfc3339;
use infra_aws::{
    ApiErrorKind, ChangeSetStatus, ChangeSetSummary, Cloud, CloudFormation, DeleteStack,
    ExecutionStatus,
};
use infra_template::assembly::CloudAssembly;

/// Lists our change sets of the selected stacks.
pub(super) async fn list(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    reporter: Reporter,
) -> Result<Vec<Listed>, Error> {
    let calls = Calls { reporter };
    let targets = targets(&calls, &cloud, &assembly, &options).await?;
    let lists = together(
        targets
            .iter()
            .map(|target| ours(&calls, &*cloud, target, &options.name_prefix, Which::All)),
    )
    .await;
    let mut found = Vec::new();
    for list in lists {
        found.extend(list?);
    }
    Ok(found)
}

/// Removes our change sets of the selected stacks.
pub(super) async fn discard(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    which: Which,
    reporter: Reporter,
) -> Result<Vec<Listed>, Error> {
    let calls = Calls { reporter };
    let mut removed = Vec::new();
    for target in targets(&calls, &cloud, &assembly, &options).await? {
        for listed in ours(&calls, &*cloud, &target, &options.name_prefix, which).await? {
            if which == Which::All || is_dead(&listed) {
                delete(&calls, &*target.client, &listed.id, &listed.stack).await?;
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
pub(super) async fn prune(
    calls: &Calls,
    cloud: &dyn Cloud,
    target: &Target,
    prefix: &str,
) -> Result<(), Error> {
    for listed in ours(calls, cloud, target, prefix, Which::All).await? {
        if is_dead(&listed) {
            delete(calls, &*target.client, &listed.id, &listed.stack).await?;
        }
    }
    Ok(())
}

fn is_dead(listed: &Listed) -> bool {
    listed.expired || listed.execution_status != ExecutionStatus::Available
}

/// Lists the change sets with our prefix and our mark; both are required, since either alone could belong to others.
///
/// Unusable ones are also found under longer prefixes: `pr` finds those left by `pr7` and `pr12`. They cannot be executed any more, and change sets
/// that another run is still creating do not count as unusable.
async fn ours(
    calls: &Calls,
    cloud: &dyn Cloud,
    target: &Target,
    prefix: &str,
    which: Which,
) -> Result<Vec<Listed>, Error> {
    let stack = &target.stack.name;
    let found = calls
        .pages(|next| target.client.list_change_sets(stack, next))
        .await;
    let found = match found {
        Ok(found) => found,
        Err(error) if error.kind == ApiErrorKind::NotFound => Vec::new(),
        Err(error) => {
            let doing = format!("list the change sets of stack `{stack}`");
            return Err(Error::api(doing, error));
        }
    };
    let listed = found.into_iter().filter_map(|summary| {
        // A change set that is or was executed is no longer a plan.
        let executed = matches!(
            summary.execution_status,
            ExecutionStatus::InProgress | ExecutionStatus::Complete
        );
        let mark = own_mark(&summary, prefix, which).filter(|_| !executed)?;
        Some(Listed {
            path: target.stack.path.clone(),
            stack: stack.clone(),
            region: target.region.clone(),
            expired: mark.expires <= cloud.now(),
            expires: Some(rfc3339(mark.expires)),
            current: mark.key == target.key.as_str(),
            created: summary.created.map(rfc3339),
            execution_status: summary.execution_status,
            id: summary.id,
            name: summary.name,
        })
    });
    Ok(listed.collect())
}

fn own_mark(summary: &ChangeSetSummary, prefix: &str, which: Which) -> Option<Mark> {
    let mark = Mark::parse(summary.description.as_deref())?;
    let (of, digits) = summary.name.rsplit_once('-')?;
    let being_made = matches!(
        summary.status,
        ChangeSetStatus::CreatePending | ChangeSetStatus::CreateInProgress
    );
    let ours = match which {
        Which::All => of == prefix,
        Which::Dead => of == prefix || (of.starts_with(prefix) && !being_made),
    };
    (ours && mark.key.starts_with(digits)).then_some(mark)
}

async fn delete(
    calls: &Calls,
    client: &dyn CloudFormation,
    id: &str,
    stack: &str,
) -> Result<(), Error> {
    match calls.call(|| client.delete_change_set(id)).await {
        Err(error) if error.kind != ApiErrorKind::NotFound => Err(Error::api(
            format!("delete our change set of stack `{stack}`"),
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
    let Ok(Some(found)) = calls.call(|| client.describe_stack(stack)).await else {
        return;
    };
    if !found.status.is_review() {
        return;
    }
    let change_sets = calls.pages(|next| client.list_change_sets(stack, next));
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
        let _ = calls.call(|| client.delete_stack(request.clone())).await;
    }
}

/// Removes the change sets that an interrupted run has created.
pub(super) async fn abandon(
    cloud: Arc<dyn Cloud>,
    pending: Pending,
    reporter: Reporter,
) -> Result<Vec<String>, Error> {
    let calls = Calls { reporter };
    let all = pending.take();
    let removed = together(all.iter().map(|made| abandon_one(&calls, &*cloud, made))).await;
    let mut names = Vec::new();
    for (made, removed) in all.iter().zip(removed) {
        if removed? {
            names.push(made.name.clone());
        }
    }
    Ok(names)
}

async fn abandon_one(calls: &Calls, cloud: &dyn Cloud, made: &Made) -> Result<bool, Error> {
    let client = cloud.cloudformation(&made.region);
    let found = calls
        .call(|| client.describe_change_set(&made.name, Some(&made.stack), false, None))
        .await;
    let found = match found {
        Ok(found) => found,
        // It was never created.
        Err(error) if error.kind == ApiErrorKind::NotFound => return Ok(false),
        Err(error) => {
            let doing = format!("look at our change set of stack `{}`", made.stack);
            return Err(Error::api(doing, error));
        }
    };
    let mark = Mark::parse(found.description.as_deref());
    let executing = matches!(
        found.execution_status,
        ExecutionStatus::InProgress | ExecutionStatus::Complete
    );
    if executing || mark.is_none_or(|mark| mark.key != made.key) {
        return Ok(false);
    }
    delete(calls, &*client, &found.id, &made.stack).await?;
    if made.new_stack {
        delete_review(calls, &*client, &made.stack).await;
    }
    Ok(true)
}
