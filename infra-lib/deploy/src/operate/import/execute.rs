//! Creates the change set of an import, compares it with the request, and executes it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_core::{Diagnostic, codes};

use super::{Planned, Prepared};
use crate::error::{Class, Error};
use crate::operate::ending::{Ending, RequestedOperation, follow_operation};
use crate::operate::{Poller, bootstrap, read_all_pages};
use crate::operation::Operation;
use infra_aws::{
    ApiErrorKind, Change, ChangeSetStatus, ChangeSetType, Cloud, CreateChangeSet, DeleteStack,
    ExecuteChangeSet, OnFailure, Page, PutObject, StackDescription, StackStatus, TemplateSource,
};
use infra_template::digest::Digest;
use infra_template::review::Action;

/// Result of an import that CloudFormation has completed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Imported {
    /// Name of the stack in CloudFormation that the resources now belong to.
    pub stack: String,
    /// Number of resources that were imported into the stack.
    pub count: usize,
}

/// Creates the change set of an import. Resources are not changed, but a stack that does not exist is created in review.
pub fn plan_import(cloud: Arc<dyn Cloud>, prepared: Prepared) -> Operation<Planned> {
    Operation::new(|reporter| async move {
        let target = &prepared.target;
        let request = build_request(&cloud, &prepared).await?;
        let name = request.name.clone();
        let created = match target.client.create_change_set(request).await {
            Ok(created) => created,
            // Left by an interrupted run: the name of the change set is derived from its contents.
            Err(error) if error.kind == ApiErrorKind::AlreadyExists => {
                let known = target
                    .client
                    .describe_change_set(&name, Some(target.name()), false, None)
                    .await
                    .map_err(|error| target.api_error("describe the change set of", error))?;
                infra_aws::CreatedChangeSet::new(known.id, known.stack_id)
            }
            Err(error) => return Err(target.api_error("create an import change set for", error)),
        };
        let described = Poller::new(&reporter)
            .poll_until(
                || {
                    target
                        .client
                        .describe_change_set(&created.id, None, false, None)
                },
                |set| {
                    let settled = matches!(
                        set.status,
                        ChangeSetStatus::CreateComplete | ChangeSetStatus::Failed
                    );
                    settled.then_some(set)
                },
            )
            .await
            .map_err(|error| target.api_error("describe the import change set of", error))?;
        if described.status == ChangeSetStatus::Failed {
            let reason = described.status_reason.unwrap_or_default();
            remove_change_set(&prepared, &created.id).await;
            let finding = Diagnostic::new(
                codes::CHANGE_SET_FAILED,
                format!(
                    "CloudFormation rejects the import into stack `{}`",
                    target.name()
                ),
            )
            .note(reason)
            .help("check that the resource exists in this region and belongs to no other stack");
            return Err(Error::new(Class::Error, finding));
        }
        let mut changes = described.changes;
        if let Some(next) = described.next {
            let mut next = Some(next);
            let more = read_all_pages(|following| {
                let next = following.or_else(|| next.take());
                let asked = target
                    .client
                    .describe_change_set(&created.id, None, false, next);
                async move {
                    let set = asked.await?;
                    Ok(Page::new(set.changes, set.next))
                }
            })
            .await
            .map_err(|error| target.api_error("read the changes of", error))?;
            changes.extend(more);
        }
        if let Some(finding) = find_other_changes(&prepared, &changes) {
            remove_change_set(&prepared, &created.id).await;
            return Err(Error::new(Class::Stale, finding));
        }
        Ok(Planned {
            prepared,
            created,
            changes,
        })
    })
}

/// Executes the change set of an import, and waits until CloudFormation reports its end.
pub fn execute_import(planned: Planned) -> Operation<Imported> {
    Operation::new(|reporter| async move {
        let target = &planned.prepared.target;
        let id = &planned.created.id;
        let token = format!("import-{}", Digest::hash_bytes(id.as_bytes()).short());
        let request = ExecuteChangeSet::builder()
            .id(id.clone())
            .token(token)
            .disable_rollback(false)
            .build();
        let asked = target.client.execute_change_set(request).await;
        asked.map_err(|error| target.api_error("import into", error))?;
        let stack = StackDescription::builder()
            .id(planned.created.stack_id.clone())
            .name(target.name().to_owned())
            .status(StackStatus::default())
            .build();
        let work = RequestedOperation {
            operation: "import",
            total: planned.changes.len(),
            after: None,
        };
        let followed = follow_operation(target, &stack, work, &reporter).await?;
        if !followed.status.is_success() {
            let mut error = Ending::new(target, &followed).stuck_error(
                codes::IMPORT_FAILED,
                &format!(
                    "the resources could not be imported into stack `{}`",
                    target.name()
                ),
                "correct the cause, then import again".to_owned(),
            );
            if followed.status.is_rolled_back() || followed.status.is_deleted() {
                error.class = Class::RolledBack;
            }
            return Err(error);
        }
        Ok(Imported {
            stack: target.name().to_owned(),
            count: planned.changes.len(),
        })
    })
}

/// Deletes the change set without executing it, and the stack in review that was created for it.
pub fn abandon_import(planned: Planned) -> Operation<()> {
    Operation::new(|_| async move {
        remove_change_set(&planned.prepared, &planned.created.id).await;
        Ok(())
    })
}

/// Deletes the change set. Errors are ignored, because they must not hide the original one; `plan prune` and `doctor` find the remains.
async fn remove_change_set(prepared: &Prepared, id: &str) {
    let client = &prepared.target.client;
    let _ = client.delete_change_set(id).await;
    if !prepared.creates_stack() {
        return;
    }
    // The stack was created for this change set, and is deleted unless it has other change sets.
    let name = prepared.target.name();
    let Ok(Some(stack)) = client.describe_stack(name).await else {
        return;
    };
    let Ok(sets) = read_all_pages(|next| client.list_change_sets(&stack.id, next)).await else {
        return;
    };
    if stack.status.is_review() && sets.iter().all(|set| set.id == id) {
        let request = DeleteStack::builder()
            .stack(stack.id.clone())
            .token(format!(
                "abandon-{}",
                Digest::hash_bytes(id.as_bytes()).short()
            ))
            .build();
        let _ = client.delete_stack(request).await;
    }
}

/// Returns a finding if the change set would do anything other than the requested imports.
fn find_other_changes(prepared: &Prepared, changes: &[Change]) -> Option<Diagnostic> {
    let wanted: BTreeSet<&str> = prepared
        .imports
        .iter()
        .map(|(name, _)| name.logical_id.as_str())
        .collect();
    let mut finding = Diagnostic::new(
        codes::IMPORT_FAILED,
        "CloudFormation would make other changes than this import",
    );
    for change in changes {
        if change.action != Action::Import || !wanted.contains(change.logical_id.as_str()) {
            finding = finding.note(format!("{} {}", change.action, change.logical_id));
        }
    }
    let planned: BTreeSet<&str> = changes
        .iter()
        .map(|change| change.logical_id.as_str())
        .collect();
    for id in wanted.difference(&planned) {
        finding = finding.note(format!("it would not import {id}"));
    }
    (!finding.notes.is_empty()).then(|| finding.help("nothing was executed"))
}

async fn build_request(
    cloud: &Arc<dyn Cloud>,
    prepared: &Prepared,
) -> Result<CreateChangeSet, Error> {
    let target = &prepared.target;
    let text = prepared.template.json();
    let key = Digest::hash_bytes(
        format!(
            "import/{}/{}/{:?}/{text}",
            target.region,
            target.name(),
            prepared.imports
        )
        .as_bytes(),
    );
    // An import keeps the parameter values of the stack; new parameters have their defaults.
    let known = prepared.stack.clone().unwrap_or_default();
    let parameters: BTreeMap<String, Option<String>> = known
        .parameters
        .keys()
        .map(|name| (name.clone(), None))
        .collect();
    Ok(CreateChangeSet::builder()
        .stack_name(target.name().to_owned())
        .name(format!("infra-import-{}", key.short()))
        .change_set_type(ChangeSetType::Import)
        .template(template_source(cloud, prepared, text).await?)
        .parameters(parameters)
        .tags(if prepared.stack.is_some() {
            known.tags
        } else {
            target.stack.tags.clone()
        })
        .capabilities(known.capabilities)
        .maybe_role_arn(known.role_arn)
        .notification_arns(known.notification_arns)
        .description(format!("infra import {key}"))
        .on_failure(OnFailure::Rollback)
        .imports(
            prepared
                .imports
                .iter()
                .map(|(_, import)| import.clone())
                .collect(),
        )
        .token(format!("import-{}", key.short()))
        .build())
}

async fn template_source(
    cloud: &Arc<dyn Cloud>,
    prepared: &Prepared,
    text: String,
) -> Result<TemplateSource, Error> {
    if text.len() <= INLINE_TEMPLATE_BYTES {
        return Ok(TemplateSource::Body(text));
    }
    let region = &prepared.target.region;
    let Some(bucket) = bootstrap::find_bucket(&**cloud, region).await? else {
        let finding = Diagnostic::new(
            codes::NO_TEMPLATE_BUCKET,
            format!(
                "the template of stack `{}` must be uploaded to S3",
                prepared.target.name()
            ),
        )
        .actual(format!("{} bytes", text.len()))
        .expected(format!("at most {INLINE_TEMPLATE_BYTES} bytes"))
        .help("create a bucket for templates with `bootstrap`");
        return Err(Error::new(Class::Error, finding));
    };
    let key = format!("{}.json", Digest::hash_bytes(text.as_bytes()));
    let url = infra_aws::object_url(&bucket, region, &key);
    let upload = PutObject::builder()
        .bucket(bucket)
        .key(key)
        .body(text.into_bytes())
        .content_type("application/json")
        .only_if_absent(true)
        .build();
    let uploaded = cloud.s3_client(region).put_object(upload).await;
    uploaded.map_err(|error| prepared.target.api_error("upload the template of", error))?;
    Ok(TemplateSource::Url(url))
}
