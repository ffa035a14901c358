//! Ends what is under way: an update of a stack, or the roll-out of a service inside it.

use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::{Operation, Reporter};
use crate::watch::region_of;
use infra_aws::{Cloud, CloudFormation, StackDescription};
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::digest::Digest;

/// What is ended.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum End {
    /// The update of the stack: CloudFormation rolls everything back.
    #[default]
    Update,
    /// The roll-outs of ECS services that CloudFormation waits for: they go back to the version before, the update
    /// fails and is rolled back. Much faster than cancelling, which waits for the service first.
    RollOuts,
}

/// What was asked of AWS for a stack.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Cancelled {
    /// The stack.
    pub stack: String,
    /// The roll-outs that go back, by ARN; empty when the update itself was cancelled.
    pub roll_outs: Vec<String>,
}

/// Asks AWS to end the updates that are under way on the stacks of these names, or on all stacks of the app. It does
/// not wait for the rollback: that is what [`attach`](crate::attach) is for.
///
/// # Errors
///
/// When nothing is under way that can be ended.
pub fn cancel(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    names: Vec<String>,
    end: End,
) -> Operation<Vec<Cancelled>> {
    Operation::new(move |reporter| async move {
        let mut cancelled = Vec::new();
        let mut refused = Vec::new();
        for stack in assembly.select(&names)? {
            let region = region_of(&*cloud, stack)?;
            let client = cloud.cloudformation(&region);
            let found = client.describe_stack(&stack.name).await;
            let found = found
                .map_err(|error| Error::api(format!("look at stack `{}`", stack.name), error))?;
            match found {
                Some(found) if found.status.is("UPDATE_IN_PROGRESS") => {
                    let roll_outs = match end {
                        End::Update => {
                            cancel_update(&*client, &found).await?;
                            Vec::new()
                        }
                        End::RollOuts => {
                            roll_back_services(&*cloud, &region, stack, &*client, &reporter).await?
                        }
                    };
                    cancelled.push(Cancelled {
                        stack: stack.name.clone(),
                        roll_outs,
                    });
                }
                Some(found) if found.status.is_in_progress() => {
                    refused.push(cannot(&stack.name, &found));
                }
                _ => {}
            }
        }
        if !refused.is_empty() {
            return Err(Error::all(Class::Error, refused));
        }
        if cancelled.is_empty() {
            let finding = Diagnostic::new(
                codes::NOTHING_TO_CANCEL,
                "no stack of this app has an operation under way",
            );
            return Err(Error::new(Class::Error, finding));
        }
        Ok(cancelled)
    })
}

/// Asks CloudFormation to end the update of a stack.
///
/// # Errors
///
/// When it is no update: CloudFormation cancels nothing else.
pub async fn cancel_stack(cloud: &dyn Cloud, region: &str, stack: &str) -> Result<(), Error> {
    let client = cloud.cloudformation(region);
    let found = client.describe_stack(stack).await;
    let found = found.map_err(|error| Error::api(format!("look at stack `{stack}`"), error))?;
    match found {
        Some(found) if found.status.is("UPDATE_IN_PROGRESS") => {
            cancel_update(&*client, &found).await
        }
        Some(found) => Err(Error::new(Class::Error, cannot(stack, &found))),
        None => Err(Error::new(
            Class::Error,
            Diagnostic::new(
                codes::NOTHING_TO_CANCEL,
                format!("there is no stack `{stack}`"),
            ),
        )),
    }
}

async fn cancel_update(client: &dyn CloudFormation, stack: &StackDescription) -> Result<(), Error> {
    // A token of the operation, so that a call that is made twice cancels once.
    let token = Digest::of(format!("cancel {} {:?}", stack.id, stack.updated).as_bytes());
    let token = format!("cancel-{}", token.short());
    let asked = client.cancel_update(&stack.id, &token).await;
    asked.map_err(|error| Error::api(format!("cancel the update of `{}`", stack.name), error))
}

fn cannot(name: &str, stack: &StackDescription) -> Diagnostic {
    let status = stack.status.as_str();
    let finding = Diagnostic::new(
        codes::NOTHING_TO_CANCEL,
        format!("stack `{name}` is {status}: only an update can be cancelled"),
    );
    finding.help(if status == "CREATE_IN_PROGRESS" {
        format!("`destroy --stack {name}` ends its creation and deletes it")
    } else {
        format!("`watch --stack {name}` shows how it ends")
    })
}

/// Rolls back every roll-out that is under way.
async fn roll_back_services(
    cloud: &dyn Cloud,
    region: &str,
    stack: &Stack,
    client: &dyn CloudFormation,
    reporter: &Reporter,
) -> Result<Vec<String>, Error> {
    let ecs = cloud.ecs(region);
    let mut rolled_back = Vec::new();
    for (logical_id, service) in services(stack, client).await? {
        let Some(cluster) = cluster_of(&service) else {
            continue;
        };
        let deployments = ecs.deployments(cluster, &service).await;
        let deployments = deployments.map_err(|error| {
            Error::api(format!("look at the roll-outs of `{logical_id}`"), error)
        })?;
        let under_way = |status: &str| matches!(status, "PENDING" | "IN_PROGRESS");
        for deployment in deployments {
            let Some(arn) = deployment.arn.filter(|_| under_way(&deployment.status)) else {
                continue;
            };
            ecs.roll_back_deployment(&arn).await.map_err(|error| {
                Error::api(format!("roll back the roll-out of `{logical_id}`"), error)
            })?;
            let name = stack.resource(&logical_id, "AWS::ECS::Service");
            reporter.send(Event::Notice {
                stack: Some(stack.name.clone()),
                message: format!("ECS takes {} back to the version before", name.shown()),
            });
            rolled_back.push(arn);
        }
    }
    if rolled_back.is_empty() {
        let finding = Diagnostic::new(
            codes::NOTHING_TO_CANCEL,
            format!(
                "no ECS service of stack `{}` is being rolled out",
                stack.name
            ),
        )
        .help(format!(
            "`cancel --stack {}` cancels the update itself",
            stack.name
        ));
        return Err(Error::new(Class::Error, finding));
    }
    Ok(rolled_back)
}

/// The ECS services of a stack: logical ID and ARN.
async fn services(
    stack: &Stack,
    client: &dyn CloudFormation,
) -> Result<Vec<(String, String)>, Error> {
    let mut services = Vec::new();
    let mut next = None;
    loop {
        let page = client.stack_resources(&stack.name, next).await;
        let page = page.map_err(|error| {
            Error::api(
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

/// The cluster in `arn:aws:ecs:eu-west-1:123456789012:service/CLUSTER/NAME`.
fn cluster_of(service: &str) -> Option<&str> {
    let (_, path) = service.split_once(":service/")?;
    path.split_once('/').map(|(cluster, _)| cluster)
}

#[cfg(test)]
mod tests {
    use super::cluster_of;

    #[test]
    fn a_service_names_its_cluster() {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:service/notes/api";
        assert_eq!(cluster_of(arn), Some("notes"));
        assert_eq!(cluster_of("api"), None);
    }
}
