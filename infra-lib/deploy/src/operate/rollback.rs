//! Brings a stack whose operation failed back to how it was, or goes on with a rollback that got stuck.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use super::ending::{Ending, Work, run};
use super::{Target, at};
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

/// What is done about resources that cannot be brought back.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub enum Skip {
    /// They stop the rollback again.
    #[default]
    Nothing,
    /// These are left as they are, by logical ID or construct path.
    These(BTreeSet<String>),
    /// Each that fails is left as it is.
    WhateverFails,
}

/// Which rollback.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Way {
    /// Back from a creation or update that failed and was left as it is.
    Back,
    /// On with a rollback that got stuck.
    On(Skip),
}

/// How a stack can be rolled back, if at all.
#[derive(Clone, Debug)]
pub struct Survey {
    target: Target,
    stack: StackDescription,
    /// Where it stands.
    pub status: StackStatus,
    /// What failed, the cause first, in the words of the last operation.
    pub failures: Vec<ResourceFailure>,
    /// The newest event: what comes later is of the rollback.
    last_event: Option<String>,
    /// The names of nested stacks, by path.
    nested: BTreeMap<String, String>,
}

/// What a rollback led to.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RolledBack {
    /// The stack.
    pub stack: String,
    /// Where it stands now; `None` when it is gone.
    pub status: StackStatus,
    /// Resources that were left as they are: what is deployed does not say what they are like.
    pub skipped: Vec<ResourceName>,
}

impl Survey {
    /// The name of the stack.
    pub fn stack(&self) -> &str {
        self.target.name()
    }

    /// Whether anything can be rolled back.
    pub fn can_be_rolled_back(&self) -> bool {
        self.is_stuck() || matches!(self.status.as_str(), "CREATE_FAILED" | "UPDATE_FAILED")
    }

    /// Whether it is a rollback that got stuck.
    pub fn is_stuck(&self) -> bool {
        self.status.is_stuck_rollback()
    }

    /// What to tell about what failed.
    pub fn findings(&self) -> Vec<Diagnostic> {
        failure::findings(&self.failures, &[])
    }
}

/// Looks at a stack and at why it failed. Reads only.
pub fn survey(cloud: Arc<dyn Cloud>, assembly: CloudAssembly, stack: String) -> Operation<Survey> {
    Operation::new(|_| async move {
        let target = Target::one(&cloud, &assembly, &stack).await?;
        let stack = target.deployed().await?;
        if let Some(busy) = target.busy(&stack) {
            return Err(busy);
        }
        // Back to where the operation began: a creation, or an update of what stood before.
        let mut begun = false;
        let events = target
            .events_while(|event| {
                let more = !begun;
                begun = event.is_of_stack()
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
        let failures = failure::failures(&events, |event| {
            let name = target.stack.resource(&event.logical_id, &event.type_name);
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

/// Rolls back, and waits for the end of it.
///
/// # Errors
///
/// When the stack is in another state than that way needs, when a resource to be skipped is not one that failed, and
/// when the rollback fails.
pub fn roll_back(survey: Survey, way: Way) -> Operation<RolledBack> {
    Operation::new(|reporter| async move {
        let skipped = check(&survey, &way).await?;
        let Survey { target, stack, .. } = &survey;
        let token = token(stack, &way);
        // The ARN, not the name: the stack that was looked at, and no other.
        match &way {
            Way::Back => target
                .client
                .rollback_stack(&stack.id, stack.role_arn.as_deref(), &token)
                .await
                .map_err(|error| target.api("roll back", error))?,
            Way::On(skip) => target
                .client
                .continue_rollback(
                    ContinueRollback::builder()
                        .stack(stack.id.clone())
                        .skip(
                            skipped
                                .iter()
                                .map(|name| skip_name(&name.logical_id, &survey.nested))
                                .collect(),
                        )
                        .force(*skip == Skip::WhateverFails)
                        .maybe_role_arn(stack.role_arn.clone())
                        .token(token.clone())
                        .build(),
                )
                .await
                .map_err(|error| target.api("go on with the rollback of", error))?,
        }
        let followed = run(
            target,
            stack,
            Work {
                operation: "rollback",
                total: 0,
                after: survey.last_event.clone(),
            },
            &reporter,
        )
        .await?;
        let is_back = followed.status.is_rolled_back() || followed.status.is_deleted();
        if !is_back {
            return Err(Ending::new(target, &followed).stuck(
                codes::ROLLBACK_STUCK,
                &format!("stack `{}` could not be rolled back", target.name()),
                format!(
                    "remove what is in the way, then `rollback --stack {path} --continue`; \
                     or leave a resource as it is with `--skip LOGICALID`",
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

/// How CloudFormation names a resource that is skipped: of a nested stack as `NESTEDSTACKNAME.LOGICALID`.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html>
fn skip_name(id: &str, nested: &BTreeMap<String, String>) -> String {
    let found = id.rsplit_once('/').and_then(|(path, logical_id)| {
        let stack = nested.get(path)?;
        Some(format!("{stack}.{logical_id}"))
    });
    found.unwrap_or_else(|| id.to_owned())
}

/// A second call for the same state of the stack finds the first one's operation.
fn token(stack: &StackDescription, way: &Way) -> String {
    let key = format!("{}/{}/{:?}/{way:?}", stack.id, stack.status, stack.updated);
    format!("rollback-{}", Digest::of(key.as_bytes()).short())
}

/// Whether the stack can go that way; answers the resources that are skipped.
async fn check(survey: &Survey, way: &Way) -> Result<Vec<ResourceName>, Error> {
    let name = survey.stack();
    let path = &survey.target.stack.path;
    if !survey.can_be_rolled_back() {
        let finding = Diagnostic::new(
            codes::NOTHING_TO_ROLL_BACK,
            format!(
                "stack `{name}` has nothing to roll back: it is {}",
                survey.status
            ),
        )
        .expected("CREATE_FAILED, UPDATE_FAILED or UPDATE_ROLLBACK_FAILED")
        .help(if survey.status.is_failed_creation() {
            format!("remove what is left of it with `destroy --stack {path}`, then deploy again")
        } else {
            "to go back to an earlier version, deploy that version of the program".to_owned()
        });
        return Err(Error::new(Class::Error, finding));
    }
    match way {
        Way::Back if survey.is_stuck() => {
            let finding = Diagnostic::new(
                codes::ROLLBACK_STUCK,
                format!("the rollback of stack `{name}` got stuck before"),
            )
            .help(format!(
                "remove what is in the way, then `rollback --stack {path} --continue`"
            ));
            let mut findings = vec![finding];
            findings.extend(survey.findings());
            Err(Error::all(Class::Stuck, findings))
        }
        Way::On(_) if !survey.is_stuck() => {
            let finding = Diagnostic::new(
                codes::NOTHING_TO_ROLL_BACK,
                format!(
                    "stack `{name}` has no rollback to go on with: it is {}",
                    survey.status
                ),
            )
            .help(format!("roll it back with `rollback --stack {path}`"));
            Err(Error::new(Class::Error, finding))
        }
        Way::On(Skip::These(wanted)) => to_skip(survey, wanted).await,
        Way::Back | Way::On(_) => Ok(Vec::new()),
    }
}

/// The resources of nested stacks that could not be brought back.
fn nested_failures(survey: &Survey) -> impl Iterator<Item = ResourceName> {
    let failures = survey.failures.iter();
    let nested = failures.filter(|failure| {
        failure.during_rollback
            && failure.status == "UPDATE_FAILED"
            && failure.resource.logical_id.contains('/')
    });
    nested.map(|failure| failure.resource.clone())
}

/// CloudFormation skips only what is `UPDATE_FAILED`: as it lists the resource, or as its last event says.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html>
async fn to_skip(survey: &Survey, wanted: &BTreeSet<String>) -> Result<Vec<ResourceName>, Error> {
    let resources = survey.target.resources().await?;
    let failed: Vec<ResourceName> = resources
        .iter()
        .filter(|resource| {
            let failed = |failure: &ResourceFailure| {
                failure.during_rollback
                    && failure.status == "UPDATE_FAILED"
                    && failure.resource.logical_id == resource.logical_id
            };
            // A nested stack is never skipped, but what failed in it.
            resource.type_name != NESTED_STACK
                && (resource.status.is("UPDATE_FAILED") || survey.failures.iter().any(failed))
        })
        .map(|resource| survey.target.resource(resource))
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
            "nothing: no resource is UPDATE_FAILED".to_owned()
        } else {
            format!("one of {}", ids.join(", "))
        });
        problems.push(match resources.iter().find(|one| one.logical_id == *id) {
            Some(one) => at(
                finding.actual(one.status.as_str()),
                &survey.target.resource(one),
            ),
            None => finding,
        });
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(Error::all(Class::Error, problems))
    }
}

#[cfg(test)]
mod tests {
    use super::skip_name;

    #[test]
    fn resources_of_nested_stacks_are_named_by_their_stack() {
        let nested = [
            ("Child".to_owned(), "web-Child-1".to_owned()),
            ("Child/Deep".to_owned(), "web-Child-1-Deep-2".to_owned()),
        ]
        .into();
        assert_eq!(skip_name("Queue", &nested), "Queue");
        assert_eq!(skip_name("Child/Queue", &nested), "web-Child-1.Queue");
        assert_eq!(
            skip_name("Child/Deep/Queue", &nested),
            "web-Child-1-Deep-2.Queue"
        );
        assert_eq!(skip_name("Other/Queue", &nested), "Other/Queue");
    }
}
