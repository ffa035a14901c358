//! Cancels an operation in progress: the update of a stack, or the ECS deployments inside it.

use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::{Operation, Reporter};
use crate::watch::region_of;
use infra_aws::{Cloud, CloudFormation, StackDescription};
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::digest::Digest;

/// Part of an update that [`cancel_updates`] ends: all of it, or only the ECS deployments in it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CancelScope {
    /// The stack update: `CancelUpdateStack`, after which CloudFormation rolls back all resources. It first waits for resources in progress.
    #[default]
    Update,
    /// The ECS deployments that CloudFormation waits for. ECS returns to the previous revision, so that the update fails and is rolled back. This is
    /// much faster than cancelling the update, which first waits for the service to stabilize.
    EcsDeployments,
}

/// Cancellation that AWS has accepted for one stack; the rollback itself is still in progress.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Cancelled {
    /// Name of the stack in CloudFormation whose update is being ended.
    pub stack: String,
    /// ARNs of the ECS service deployments that are rolled back; empty when the update itself was cancelled.
    pub roll_outs: Vec<String>,
}

/// Cancels the updates in progress on the selected stacks (all stacks of the app if `names` is empty). Does not wait for the rollback; use
/// [`attach_to_stacks`](crate::attach_to_stacks) for that.
///
/// # Errors
///
/// `NOTHING_TO_CANCEL` if no selected stack is being updated, or if an operation in progress cannot be cancelled.
pub fn cancel_updates(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    names: Vec<String>,
    end: CancelScope,
) -> Operation<Vec<Cancelled>> {
    Operation::new(move |reporter| async move {
        let mut cancelled = Vec::new();
        let mut refused = Vec::new();
        for stack in assembly.select_stacks(&names)? {
            let region = region_of(&*cloud, stack)?;
            let client = cloud.cloudformation_client(&region);
            let found = client.describe_stack(&stack.name).await;
            let found = found.map_err(|error| {
                Error::from_api(format!("describe stack `{}`", stack.name), error)
            })?;
            match found {
                Some(found) if found.status.is_named("UPDATE_IN_PROGRESS") => {
                    let roll_outs = match end {
                        CancelScope::Update => {
                            cancel_update(&*client, &found).await?;
                            Vec::new()
                        }
                        CancelScope::EcsDeployments => {
                            roll_back_services(&*cloud, &region, stack, &*client, &reporter).await?
                        }
                    };
                    cancelled.push(Cancelled {
                        stack: stack.name.clone(),
                        roll_outs,
                    });
                }
                Some(found) if found.status.is_in_progress() => {
                    refused.push(not_cancellable_finding(&stack.name, &found));
                }
                _ => {}
            }
        }
        if !refused.is_empty() {
            return Err(Error::from_findings(Class::Error, refused));
        }
        if cancelled.is_empty() {
            let finding = Diagnostic::new(
                codes::NOTHING_TO_CANCEL,
                "no stack of this app has an operation in progress",
            );
            return Err(Error::new(Class::Error, finding));
        }
        Ok(cancelled)
    })
}

/// Cancels the update of one stack.
///
/// # Errors
///
/// `NOTHING_TO_CANCEL` if the stack does not exist or is not being updated, because CloudFormation can cancel updates only.
pub async fn cancel_stack(cloud: &dyn Cloud, region: &str, stack: &str) -> Result<(), Error> {
    let client = cloud.cloudformation_client(region);
    let found = client.describe_stack(stack).await;
    let found =
        found.map_err(|error| Error::from_api(format!("describe stack `{stack}`"), error))?;
    match found {
        Some(found) if found.status.is_named("UPDATE_IN_PROGRESS") => {
            cancel_update(&*client, &found).await
        }
        Some(found) => Err(Error::new(
            Class::Error,
            not_cancellable_finding(stack, &found),
        )),
        None => Err(Error::new(
            Class::Error,
            Diagnostic::new(
                codes::NOTHING_TO_CANCEL,
                format!("stack `{stack}` does not exist"),
            ),
        )),
    }
}

async fn cancel_update(client: &dyn CloudFormation, stack: &StackDescription) -> Result<(), Error> {
    // The token identifies the operation, so that a retried call cancels only once.
    let token = Digest::hash_bytes(format!("cancel {} {:?}", stack.id, stack.updated).as_bytes());
    let token = format!("cancel-{}", token.short());
    let asked = client.cancel_update(&stack.id, &token).await;
    asked.map_err(|error| Error::from_api(format!("cancel the update of `{}`", stack.name), error))
}

fn not_cancellable_finding(name: &str, stack: &StackDescription) -> Diagnostic {
    let status = stack.status.as_str();
    let finding = Diagnostic::new(
        codes::NOTHING_TO_CANCEL,
        format!("stack `{name}` has the status {status}: only updates can be cancelled"),
    );
    finding.help(if status == "CREATE_IN_PROGRESS" {
        format!("`destroy --stack {name}` stops its creation and deletes it")
    } else {
        format!("`watch --stack {name}` shows its progress")
    })
}

/// Rolls back every ECS deployment of the stack that is pending or in progress, and returns their ARNs.
async fn roll_back_services(
    cloud: &dyn Cloud,
    region: &str,
    stack: &Stack,
    client: &dyn CloudFormation,
    reporter: &Reporter,
) -> Result<Vec<String>, Error> {
    let ecs = cloud.ecs_client(region);
    let mut rolled_back = Vec::new();
    for (logical_id, service) in list_services(stack, client).await? {
        let Some(cluster) = cluster_of(&service) else {
            continue;
        };
        let deployments = ecs.list_deployments(cluster, &service).await;
        let deployments = deployments.map_err(|error| {
            Error::from_api(format!("list the deployments of `{logical_id}`"), error)
        })?;
        let under_way = |status: &str| matches!(status, "PENDING" | "IN_PROGRESS");
        for deployment in deployments {
            let Some(arn) = deployment.arn.filter(|_| under_way(&deployment.status)) else {
                continue;
            };
            ecs.roll_back_deployment(&arn).await.map_err(|error| {
                Error::from_api(format!("roll back the deployment of `{logical_id}`"), error)
            })?;
            let name = stack.resource_name(&logical_id, "AWS::ECS::Service");
            reporter.send_event(Event::Notice {
                stack: Some(stack.name.clone()),
                message: format!(
                    "ECS rolls {} back to the previous version",
                    name.display_name()
                ),
            });
            rolled_back.push(arn);
        }
    }
    if rolled_back.is_empty() {
        let finding = Diagnostic::new(
            codes::NOTHING_TO_CANCEL,
            format!(
                "no ECS service of stack `{}` has a deployment in progress",
                stack.name
            ),
        )
        .help(format!(
            "`cancel --stack {}` cancels the stack update",
            stack.name
        ));
        return Err(Error::new(Class::Error, finding));
    }
    Ok(rolled_back)
}

/// Lists the ECS services of a stack as pairs of logical ID and ARN.
async fn list_services(
    stack: &Stack,
    client: &dyn CloudFormation,
) -> Result<Vec<(String, String)>, Error> {
    let mut services = Vec::new();
    let mut next = None;
    loop {
        let page = client.stack_resources(&stack.name, next).await;
        let page = page.map_err(|error| {
            Error::from_api(
                format!("list the resources of stack `{}`", stack.name),
                error,
            )
        })?;
        services.extend(page.items.into_iter().filter_map(|resource| {
            let is_service = resource.type_name == "AWS::ECS::Service";
            is_service.then_some((resource.logical_id, resource.physical_id?))
        }));
        next = page.next;
        if next.is_none() {
            return Ok(services);
        }
    }
}

/// Returns the cluster name in `arn:aws:ecs:eu-west-1:123456789012:service/CLUSTER/NAME`; `None` for an ARN of the old format without a cluster.
fn cluster_of(service: &str) -> Option<&str> {
    let (_, path) = service.split_once(":service/")?;
    path.split_once('/').map(|(cluster, _)| cluster)
}

#[cfg(test)]
mod tests {
    use super::cluster_of;

    #[test]
    fn extracts_cluster_from_service_arn() {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:service/notes/api";
        assert_eq!(cluster_of(arn), Some("notes"));
        assert_eq!(cluster_of("api"), None);
    }
}
