//! Deletes surveyed stacks one after the other, and reports the resources that remain.

use infra_core::codes;

use super::obstacles::names_resource;
use super::{DeletionEffect, DestroyOptions, DoomedStack, Leftovers, Survey};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operate::ending::{Ending, RequestedOperation, follow_operation};
use crate::operation::{Operation, Reporter};
use infra_aws::{ApiErrorKind, DeleteStack, StackStatus, retry_transient};
use infra_template::ResourceName;
use infra_template::digest::Digest;

/// Result of deleting a stack, with the resources that outlive it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Destroyed {
    /// Name of the deleted stack, such as `notes-dev-data`.
    pub stack: String,
    /// Resources that remain outside any stack, because of a `Retain` policy or because they could not be deleted.
    pub retained: Vec<ResourceName>,
    /// Resources that were deleted after AWS took a snapshot of them, which still exists and costs money.
    pub snapshots: Vec<ResourceName>,
}

/// Deletes the stacks in order. Stops at the first one that cannot be deleted, because it may need the stacks after it.
///
/// # Errors
///
/// The obstacles to the deletion, before the first call that changes anything; or the causes of a failed deletion.
pub fn destroy_stacks(survey: Survey, options: DestroyOptions) -> Operation<Vec<Destroyed>> {
    Operation::new(|reporter| async move {
        let obstacles = survey.find_obstacles(&options);
        if !obstacles.is_empty() {
            return Err(Error::from_findings(Class::Blocked, obstacles));
        }
        let mut gone = Vec::new();
        for doomed in &survey.stacks {
            let deleted = delete_stack(doomed, &options, &reporter).await;
            gone.push(deleted.map_err(|error| mark_partial(&gone, error))?);
        }
        Ok(gone)
    })
}

/// Removes all object versions from the buckets that are deleted with the stack, because CloudFormation deletes only empty buckets.
async fn empty_buckets(doomed: &DoomedStack, reporter: &Reporter) -> Result<(), Error> {
    let target = &doomed.target;
    let store = target.cloud.s3_client(&target.region);
    let buckets = doomed.holdings.iter().filter(|holding| {
        holding.fate == DeletionEffect::Deleted && holding.resource.type_name == "AWS::S3::Bucket"
    });
    for bucket in buckets.filter_map(|holding| holding.resource.physical_id.as_deref()) {
        let mut removed = 0;
        loop {
            let versions = retry_transient(|| store.list_versions(bucket, None)).await;
            let versions = match versions {
                Err(error) if error.kind == ApiErrorKind::NotFound => break,
                page => {
                    page.map_err(|error| target.api_error("empty a bucket of", error))?
                        .items
                }
            };
            if versions.is_empty() {
                break;
            }
            retry_transient(|| store.delete_versions(bucket, &versions))
                .await
                .map_err(|error| target.api_error("empty a bucket of", error))?;
            removed += versions.len();
        }
        if removed > 0 {
            reporter.send_event(Event::Notice {
                stack: Some(doomed.name().to_owned()),
                message: format!("bucket `{bucket}` was emptied; versions of objects: {removed}"),
            });
        }
    }
    Ok(())
}

/// Sets the class of an error that occurs after other stacks were deleted, unless it already states that.
fn mark_partial(gone: &[Destroyed], mut error: Error) -> Error {
    if !gone.is_empty() && !matches!(error.class, Class::Stuck | Class::Interrupted) {
        error.class = Class::Partial;
    }
    error
}

async fn delete_stack(
    doomed: &DoomedStack,
    options: &DestroyOptions,
    reporter: &Reporter,
) -> Result<Destroyed, Error> {
    let (target, stack) = (&doomed.target, &doomed.stack);
    if doomed.discards_data(options) {
        empty_buckets(doomed, reporter).await?;
    }
    let retained: Vec<&ResourceName> = doomed
        .failed
        .iter()
        .filter(|resource| names_resource(&options.retain, resource))
        .collect();
    let key = format!(
        "{}/{}/{:?}/{options:?}",
        stack.id, stack.status, stack.updated
    );
    target
        .client
        .delete_stack(
            DeleteStack::builder()
                // By ARN, so that only the surveyed stack can be deleted, and no later one of the same name.
                .stack(stack.id.clone())
                .retain(
                    retained
                        .iter()
                        .map(|name| name.logical_id.clone())
                        .collect(),
                )
                .force(options.leftovers == Leftovers::LeaveBehind)
                .maybe_role_arn(stack.role_arn.clone())
                .token(format!(
                    "destroy-{}",
                    Digest::hash_bytes(key.as_bytes()).short()
                ))
                .build(),
        )
        .await
        .map_err(|error| target.api_error("delete", error))?;
    let work = RequestedOperation {
        operation: "destroy",
        total: doomed.resources,
        after: doomed.last_event.clone(),
    };
    let followed = follow_operation(target, stack, work, reporter).await?;
    if !followed.status.is_deleted() {
        let ending = Ending::new(target, &followed);
        let failed: Vec<String> = ending
            .list_failures()
            .iter()
            .map(|failure| format!("--retain {}", failure.resource.logical_id))
            .collect();
        let help = if followed.status == StackStatus::new("DELETE_FAILED") && !failed.is_empty() {
            format!(
                "remove the cause and destroy again, or retain the resource: \
                 `destroy --stack {} {}`",
                doomed.path(),
                failed.join(" ")
            )
        } else {
            format!("`diagnose --stack {}` shows details", doomed.path())
        };
        return Err(ending.stuck_error(
            codes::DELETION_FAILED,
            &format!("stack `{}` could not be deleted", doomed.name()),
            help,
        ));
    }
    let of = |fate: DeletionEffect| {
        let held = doomed.holdings.iter();
        held.filter(move |holding| holding.fate == fate)
            .map(|holding| holding.resource.clone())
    };
    let mut left: Vec<ResourceName> = of(DeletionEffect::Retained).collect();
    left.extend(retained.into_iter().cloned());
    if options.leftovers == Leftovers::LeaveBehind {
        let failures = Ending::new(target, &followed).list_failures();
        left.extend(failures.into_iter().map(|failure| failure.resource));
    }
    Ok(Destroyed {
        stack: doomed.name().to_owned(),
        retained: left,
        snapshots: of(DeletionEffect::Snapshot).collect(),
    })
}
