//! Rolls back a stack whose operation failed, or continues a rollback that failed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use super::ending::{Ending, RequestedOperation, follow_operation};
use super::{Target, locate_finding};
use crate::error::{Class, Error};
use crate::failure;
use crate::failure::ResourceFailure;
use crate::operation::Operation;
use crate::watch::add_nested_events;
use infra_aws::{Cloud, ContinueRollback, StackDescription, StackStatus, stack_name};
use infra_template::ResourceName;
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use infra_template::nested::NESTED_STACK;

/// Treatment of resources that cannot be rolled back when a failed rollback is continued.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub enum SkipResources {
    /// Another attempt for every resource; the rollback fails again if the cause remains.
    #[default]
    None,
    /// Resources, by logical ID or construct path, that are skipped and keep their current state.
    Named(BTreeSet<String>),
    /// All resources that fail are skipped and keep their current state.
    AllFailed,
}

/// Kind of rollback to start, which depends on the status of the stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum RollbackKind {
    /// Rolls back a failed creation or update whose resources were kept (`RollbackStack`), from `CREATE_FAILED` or `UPDATE_FAILED`.
    RollbackStack,
    /// Continues a rollback that has failed, from `UPDATE_ROLLBACK_FAILED` (`ContinueUpdateRollback`).
    ContinueUpdateRollback(SkipResources),
}

/// State of a stack before a rollback, with the causes of its failure. Nothing has been changed yet.
#[derive(Clone, Debug)]
pub struct Survey {
    target: Target,
    stack: StackDescription,
    /// Current status of the stack, which decides the kind of rollback.
    pub status: StackStatus,
    /// Resources that failed in the last operation or its rollback, the cause first.
    pub failures: Vec<ResourceFailure>,
    /// ID of the newest event; later events belong to the rollback.
    last_event: Option<String>,
    /// Names of nested stacks, by path.
    nested: BTreeMap<String, String>,
}

/// Result of a rollback that has ended in a stable status.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RolledBack {
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Status of the stack after the rollback; `DELETE_COMPLETE` if it no longer exists.
    pub status: StackStatus,
    /// Skipped resources, whose actual state can differ from the deployed template.
    pub skipped: Vec<ResourceName>,
}

impl Survey {
    /// Returns the name of the stack in CloudFormation, such as `notes-prod-data`.
    pub fn stack(&self) -> &str {
        self.target.name()
    }

    /// Returns true if the status of the stack allows a rollback, or the continuation of a failed one.
    pub fn can_be_rolled_back(&self) -> bool {
        self.is_stuck() || matches!(self.status.as_str(), "CREATE_FAILED" | "UPDATE_FAILED")
    }

    /// Returns true if a rollback of the stack has failed, and can be continued.
    pub fn is_stuck(&self) -> bool {
        self.status.is_rollback_failed()
    }

    /// Returns the findings about the failures, with causes and suggestions.
    pub fn list_findings(&self) -> Vec<Diagnostic> {
        failure::build_findings(&self.failures, &[])
    }
}

/// Reads the status of a stack and the cause of its failure. Makes read-only calls.
pub fn survey_rollback(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stack: String,
) -> Operation<Survey> {
    Operation::new(|_| async move {
        let target = Target::select_one(&cloud, &assembly, &stack).await?;
        let stack = target.describe_deployed().await?;
        if let Some(busy) = target.busy_error(&stack) {
            return Err(busy);
        }
        // Reads back to the start of the operation: a creation, an update or an import.
        let mut begun = false;
        let events = target
            .read_events_while(|event| {
                let more = !begun;
                begun = event.is_stack_event()
                    && matches!(
                        event.status.as_str(),
                        "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" | "IMPORT_IN_PROGRESS"
                    );
                more
            })
            .await?;
        let last_event = events.first().map(|event| event.id.clone());
        let mut events: Vec<_> = events.into_iter().rev().collect();
        add_nested_events(&mut events, &*target.client).await;
        let nested = events.iter().filter_map(|event| {
            let arn = event.nested_stack()?;
            Some((event.logical_id.clone(), stack_name(arn).to_owned()))
        });
        let nested = nested.collect();
        let failures = failure::find_failures(&events, |event| {
            let name = target
                .stack
                .resource_name(&event.logical_id, &event.type_name);
            name.with_physical_id(event.physical_id.clone())
        });
        Ok(Survey {
            status: stack.status.clone(),
            failures,
            last_event,
            nested,
            stack,
            target,
        })
    })
}

/// Starts a rollback, and waits for its end.
///
/// # Errors
///
/// When the status of the stack does not allow this kind of rollback, when a resource to skip has not failed, or when the rollback fails.
pub fn roll_back(survey: Survey, way: RollbackKind) -> Operation<RolledBack> {
    Operation::new(|reporter| async move {
        let skipped = check_rollback(&survey, &way).await?;
        let Survey { target, stack, .. } = &survey;
        let token = request_token(stack, &way);
        // By ARN, so that only the surveyed stack is affected, and no later one of the same name.
        match &way {
            RollbackKind::RollbackStack => target
                .client
                .rollback_stack(&stack.id, stack.role_arn.as_deref(), &token)
                .await
                .map_err(|error| target.api_error("roll back", error))?,
            RollbackKind::ContinueUpdateRollback(skip) => target
                .client
                .continue_rollback(
                    ContinueRollback::builder()
                        .stack(stack.id.clone())
                        .skip(
                            skipped
                                .iter()
                                .map(|name| skip_identifier(&name.logical_id, &survey.nested))
                                .collect(),
                        )
                        .force(*skip == SkipResources::AllFailed)
                        .maybe_role_arn(stack.role_arn.clone())
                        .token(token.clone())
                        .build(),
                )
                .await
                .map_err(|error| target.api_error("continue the rollback of", error))?,
        }
        let followed = follow_operation(
            target,
            stack,
            RequestedOperation {
                operation: "rollback",
                total: 0,
                after: survey.last_event.clone(),
            },
            &reporter,
        )
        .await?;
        let is_back = followed.status.is_rolled_back() || followed.status.is_deleted();
        if !is_back {
            return Err(Ending::new(target, &followed).stuck_error(
                codes::ROLLBACK_STUCK,
                &format!("stack `{}` could not be rolled back", target.name()),
                format!(
                    "remove the cause, then `rollback --stack {path} --continue`; \
                     or skip a resource with `--skip LOGICALID`",
                    path = target.stack.path
                ),
            ));
        }
        Ok(RolledBack {
            stack: target.name().to_owned(),
            status: followed.status,
            skipped,
        })
    })
}

/// Returns the name of a resource to skip in the API; `NESTEDSTACKNAME.LOGICALID` in a nested stack. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html>.
fn skip_identifier(id: &str, nested: &BTreeMap<String, String>) -> String {
    let found = id.rsplit_once('/').and_then(|(path, logical_id)| {
        let stack = nested.get(path)?;
        Some(format!("{stack}.{logical_id}"))
    });
    found.unwrap_or_else(|| id.to_owned())
}

/// Returns the client request token. A second call for the same state of the stack has the same token, and finds the first operation.
fn request_token(stack: &StackDescription, way: &RollbackKind) -> String {
    let key = format!("{}/{}/{:?}/{way:?}", stack.id, stack.status, stack.updated);
    format!("rollback-{}", Digest::hash_bytes(key.as_bytes()).short())
}

/// Checks that the status of the stack allows the rollback, and returns the resources to skip.
async fn check_rollback(survey: &Survey, way: &RollbackKind) -> Result<Vec<ResourceName>, Error> {
    let name = survey.stack();
    let path = &survey.target.stack.path;
    if !survey.can_be_rolled_back() {
        let finding = Diagnostic::new(
            codes::NOTHING_TO_ROLL_BACK,
            format!(
                "stack `{name}` has nothing to roll back: status {}",
                survey.status
            ),
        )
        .expected("CREATE_FAILED, UPDATE_FAILED or UPDATE_ROLLBACK_FAILED")
        .help(if survey.status.is_failed_creation() {
            format!("delete its remains with `destroy --stack {path}`, then deploy again")
        } else {
            "to go back to an earlier version, deploy that version of the program".to_owned()
        });
        return Err(Error::new(Class::Error, finding));
    }
    match way {
        RollbackKind::RollbackStack if survey.is_stuck() => {
            let finding = Diagnostic::new(
                codes::ROLLBACK_STUCK,
                format!("a previous rollback of stack `{name}` failed"),
            )
            .help(format!(
                "remove the cause, then `rollback --stack {path} --continue`"
            ));
            let mut findings = vec![finding];
            findings.extend(survey.list_findings());
            Err(Error::from_findings(Class::Stuck, findings))
        }
        RollbackKind::ContinueUpdateRollback(_) if !survey.is_stuck() => {
            let finding = Diagnostic::new(
                codes::NOTHING_TO_ROLL_BACK,
                format!(
                    "stack `{name}` has no rollback to continue: status {}",
                    survey.status
                ),
            )
            .help(format!("roll it back with `rollback --stack {path}`"));
            Err(Error::new(Class::Error, finding))
        }
        RollbackKind::ContinueUpdateRollback(SkipResources::Named(wanted)) => {
            resolve_skipped(survey, wanted).await
        }
        RollbackKind::RollbackStack | RollbackKind::ContinueUpdateRollback(_) => Ok(Vec::new()),
    }
}

/// Returns the resources of nested stacks whose rollback failed.
fn nested_failures(survey: &Survey) -> impl Iterator<Item = ResourceName> {
    let failures = survey.failures.iter();
    let nested = failures.filter(|failure| {
        failure.during_rollback
            && failure.status == "UPDATE_FAILED"
            && failure.resource.logical_id.contains('/')
    });
    nested.map(|failure| failure.resource.clone())
}

/// Finds the resources to skip. CloudFormation skips only resources that are `UPDATE_FAILED`, according to the resource itself or its last event. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html>.
async fn resolve_skipped(
    survey: &Survey,
    wanted: &BTreeSet<String>,
) -> Result<Vec<ResourceName>, Error> {
    let resources = survey.target.list_resources().await?;
    let failed: Vec<ResourceName> = resources
        .iter()
        .filter(|resource| {
            let failed = |failure: &ResourceFailure| {
                failure.during_rollback
                    && failure.status == "UPDATE_FAILED"
                    && failure.resource.logical_id == resource.logical_id
            };
            // A nested stack cannot be skipped itself, only the failed resources in it.
            resource.type_name != NESTED_STACK
                && (resource.status.is_named("UPDATE_FAILED") || survey.failures.iter().any(failed))
        })
        .map(|resource| survey.target.resource_name(resource))
        .chain(nested_failures(survey))
        .collect();
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for id in wanted {
        let matching = failed.iter().find(|resource| {
            resource.logical_id == *id || resource.construct_path.as_deref() == Some(id)
        });
        if let Some(resource) = matching {
            found.push(resource.clone());
            continue;
        }
        let ids: Vec<String> = failed
            .iter()
            .map(|resource| format!("`{}`", resource.logical_id))
            .collect();
        let finding = Diagnostic::new(
            codes::CANNOT_SKIP,
            format!("`{id}` cannot be skipped: it did not fail"),
        )
        .expected(if ids.is_empty() {
            "none: no resource is UPDATE_FAILED".to_owned()
        } else {
            format!("one of {}", ids.join(", "))
        });
        problems.push(match resources.iter().find(|one| one.logical_id == *id) {
            Some(one) => locate_finding(
                finding.actual(one.status.as_str()),
                &survey.target.resource_name(one),
            ),
            None => finding,
        });
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(Error::from_findings(Class::Error, problems))
    }
}

#[cfg(test)]
mod tests {
    use super::skip_identifier;

    #[test]
    fn qualifies_nested_resources_with_stack_name() {
        let nested = [
            ("Child".to_owned(), "web-Child-1".to_owned()),
            ("Child/Deep".to_owned(), "web-Child-1-Deep-2".to_owned()),
        ]
        .into();
        assert_eq!(skip_identifier("Queue", &nested), "Queue");
        assert_eq!(skip_identifier("Child/Queue", &nested), "web-Child-1.Queue");
        assert_eq!(
            skip_identifier("Child/Deep/Queue", &nested),
            "web-Child-1-Deep-2.Queue"
        );
        assert_eq!(skip_identifier("Other/Queue", &nested), "Other/Queue");
    }
}
