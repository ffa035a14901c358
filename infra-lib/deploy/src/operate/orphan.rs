//! Removes the mark of the app from stacks that left it, without deleting anything.
//!
//! The mark is a tag, and CloudFormation changes the tags of a stack by an update with the deployed template and parameters. The change set of the
//! update is checked before its execution: it may change tags only.

use std::collections::BTreeMap;
use std::sync::Arc;

use infra_core::{APP_TAG, Diagnostic, codes};

use super::ending::{Ending, RequestedOperation, follow_operation};
use super::{Poller, Target, left};
use crate::error::{Class, Error};
use crate::failure::to_printable;
use crate::operation::{Operation, Reporter};
use infra_aws::{
    ApiError, ApiReplacement, Change, ChangeSetDescription, ChangeSetStatus, ChangeSetType, Cloud,
    CreateChangeSet, ExecuteChangeSet, OnFailure, StackDescription, TemplateSource,
};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use infra_template::nested::NESTED_STACK;
use infra_template::review::Action;

/// A stack that left the app, and whose mark can be removed with [`remove_mark`].
#[derive(Clone, Debug)]
pub struct OrphanSurvey {
    target: Target,
    stack: StackDescription,
    /// Value of its tag `infra:app`: the app with its environment, such as `notes/prod`.
    pub app: String,
}

impl OrphanSurvey {
    /// Returns the name of the stack in CloudFormation, such as `notes-prod-old`.
    pub fn name(&self) -> &str {
        self.target.name()
    }

    /// Returns the region that the stack is deployed in, such as `eu-west-1`.
    pub fn region(&self) -> &str {
        &self.target.region
    }
}

/// Finds the stacks with these names among those that left the app. Makes read-only calls.
///
/// # Errors
///
/// When the app still contains a stack, which would be marked again by its next deployment; when a stack does not exist or lacks the mark of the app;
/// when an operation is in progress on it, or its status does not allow updates.
pub fn survey_orphaned(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
) -> Operation<Vec<OrphanSurvey>> {
    Operation::new(|_| async move {
        let mut found: Vec<OrphanSurvey> = Vec::new();
        for name in &stacks {
            // A construct path can look like the full name of a stack that left the app.
            if left::region_and_name(name).is_none()
                && let Some(stack) = assembly.find_stack(name)
            {
                return Err(left::still_in_app_error(&stack.path, &stack.name));
            }
            let target = left::find_orphaned(&cloud, &assembly, name).await?;
            let is_known = |known: &OrphanSurvey| {
                known.name() == target.name() && known.target.region == target.region
            };
            if !found.iter().any(is_known) {
                found.push(inspect_stack(target).await?);
            }
        }
        Ok(found)
    })
}

async fn inspect_stack(target: Target) -> Result<OrphanSurvey, Error> {
    let stack = target.describe_deployed().await?;
    if let Some(busy) = target.busy_error(&stack) {
        return Err(busy);
    }
    if !stack.status.can_be_updated() {
        let finding = Diagnostic::new(
            codes::STACK_STUCK,
            format!("stack `{}` cannot be updated in the status {}", stack.name, stack.status),
        )
        .help(format!(
            "first repair it, using the stack events in the console, or delete it with `destroy --stack {}`",
            left::full_name(&target)
        ));
        return Err(Error::new(Class::Stuck, finding));
    }
    Ok(OrphanSurvey {
        app: stack.tags.get(APP_TAG).cloned().unwrap_or_default(),
        target,
        stack,
    })
}

/// Removes the mark from a stack, and waits for the end of the update. The stack keeps its resources, and belongs to no app afterwards.
///
/// # Errors
///
/// When CloudFormation would change more than tags, before anything is changed; or when the update fails.
pub fn remove_mark(leaving: OrphanSurvey) -> Operation<String> {
    Operation::new(|reporter| async move {
        let target = &leaving.target;
        let created = target
            .client
            .create_change_set(build_request(&leaving))
            .await;
        let created = created
            .map_err(|error| target.api_error("create a change set for the tags of", error))?;
        let changes = match check_changes(&leaving, &created.id, &reporter).await {
            Ok(changes) => changes,
            Err(error) => {
                // An error of the cleanup must not hide the original one.
                let _ = target.client.delete_change_set(&created.id).await;
                return Err(error);
            }
        };
        let request = ExecuteChangeSet::builder()
            .id(created.id.clone())
            .token(format!(
                "orphan-{}",
                Digest::hash_bytes(created.id.as_bytes()).short()
            ))
            .disable_rollback(false)
            .build();
        if let Err(error) = target.client.execute_change_set(request).await {
            // As above; a change set that is being executed cannot be deleted.
            let _ = target.client.delete_change_set(&created.id).await;
            return Err(target.api_error("change the tags of", error));
        }
        let work = RequestedOperation {
            operation: "orphan",
            total: changes,
            after: None,
        };
        let followed = follow_operation(target, &leaving.stack, work, &reporter).await?;
        let marked = |stack: &StackDescription| stack.tags.contains_key(APP_TAG);
        if !followed.status.is_success() || followed.stack.as_ref().is_some_and(marked) {
            let mut error = Ending::new(target, &followed).stuck_error(
                codes::NOT_GIVEN_UP,
                &format!("stack `{}` could not be orphaned", target.name()),
                "correct the cause, then run `orphan` again".to_owned(),
            );
            if followed.status.is_rolled_back() {
                error.class = Class::RolledBack;
            }
            return Err(error);
        }
        Ok(target.name().to_owned())
    })
}

/// Builds the update of the stack that only removes its mark.
fn build_request(leaving: &OrphanSurvey) -> CreateChangeSet {
    let stack = &leaving.stack;
    let key = format!("orphan/{}/{:?}/{:?}", stack.id, stack.updated, stack.tags);
    let key = Digest::hash_bytes(key.as_bytes());
    let mut tags = stack.tags.clone();
    tags.remove(APP_TAG);
    let parameters = stack.parameters.keys().map(|name| (name.clone(), None));
    CreateChangeSet::builder()
        .stack_name(stack.id.clone())
        .name(format!("infra-orphan-{}", key.short()))
        .change_set_type(ChangeSetType::Update)
        .template(TemplateSource::Previous)
        .parameters(parameters.collect::<BTreeMap<_, _>>())
        .tags(tags)
        .capabilities(stack.capabilities.clone())
        .maybe_role_arn(stack.role_arn.clone())
        .notification_arns(stack.notification_arns.clone())
        .description("infra orphan: removes the tag of the app and changes nothing else")
        .on_failure(OnFailure::Rollback)
        .keep_rollback_triggers(true)
        .include_nested(true)
        .token(format!("orphan-{}", key.short()))
        .build()
}

/// Checks all changes, including those of nested stacks, and returns the number of resources whose tags change.
async fn check_changes(
    leaving: &OrphanSurvey,
    id: &str,
    reporter: &Reporter,
) -> Result<usize, Error> {
    let target = &leaving.target;
    let refused = |error: ApiError| target.api_error("read the changes of", error);
    let mut waiting = vec![id.to_owned()];
    let (mut count, mut more) = (0, Vec::new());
    while let Some(id) = waiting.pop() {
        let described = wait_until_complete(target, &id, reporter)
            .await
            .map_err(refused)?;
        if described.status == ChangeSetStatus::Failed {
            let reason = described.status_reason.unwrap_or_default();
            let message = format!(
                "CloudFormation rejects the change of the tags of `{}`",
                target.name()
            );
            let finding = Diagnostic::new(codes::NOT_GIVEN_UP, message)
                .note(to_printable(&reason))
                .help("nothing was changed; correct the cause, then run `orphan` again");
            return Err(Error::new(Class::Error, finding));
        }
        for change in &described.changes {
            match &change.nested_change_set_id {
                Some(nested)
                    if change.type_name == NESTED_STACK && change.action == Action::Modify =>
                {
                    waiting.push(nested.clone());
                }
                _ if is_tag_change(change) => count += 1,
                _ => more.push(format!(
                    "{} {} ({})",
                    change.action, change.logical_id, change.type_name
                )),
            }
        }
    }
    if more.is_empty() {
        return Ok(count);
    }
    let message = format!(
        "the change set of stack `{}` would change more than tags",
        target.name()
    );
    let finding = Diagnostic::new(codes::NOT_GIVEN_UP, message);
    let finding = more.into_iter().fold(finding, Diagnostic::note);
    Err(Error::new(
        Class::Blocked,
        finding.help("nothing was changed: the stack keeps the tag. Add it to the program again to change it, or delete it with `destroy`"),
    ))
}

/// Waits until a change set is complete or failed, and returns it with all of its changes.
async fn wait_until_complete(
    target: &Target,
    id: &str,
    reporter: &Reporter,
) -> Result<ChangeSetDescription, ApiError> {
    let client = &target.client;
    let mut whole = Poller::new(reporter)
        .poll_until(
            || client.describe_change_set(id, None, false, None),
            |set| {
                let settled = matches!(
                    set.status,
                    ChangeSetStatus::CreateComplete | ChangeSetStatus::Failed
                );
                settled.then_some(set)
            },
        )
        .await?;
    while let Some(next) = whole.next.take() {
        let page = client
            .describe_change_set(id, None, false, Some(next))
            .await?;
        whole.changes.extend(page.changes);
        whole.next = page.next;
    }
    Ok(whole)
}

/// Returns true if a change only modifies the tags of a resource, without replacing it.
fn is_tag_change(change: &Change) -> bool {
    // A nested stack whose changes were not read could change in any way.
    let is_seen = change.type_name != NESTED_STACK;
    let stays = matches!(&change.replacement, None | Some(ApiReplacement::False));
    change.action == Action::Modify
        && stays
        && is_seen
        && !change.scope.is_empty()
        && change.scope.iter().all(|scope| scope == "Tags")
}
