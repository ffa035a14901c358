//! Replaces container images of deployed ECS services without CloudFormation, for fast development cycles.
//!
//! [`hotswap_images`] works only if the deployed template and the app differ in nothing but images. The stack then drifts until its next deployment, which
//! registers the same image.

mod difference;
mod image;
mod roll_out;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

use crate::deployed;
use crate::deployed::{DeployedStack, construct_of, referenced_logical_id};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::{Operation, Reporter};
use infra_aws::Cloud;
use infra_template::ResourceName;
use infra_template::assembly::CloudAssembly;

use difference::{NewImage, find_changed_images};
use roll_out::wait_for_roll_out;

/// Options of [`hotswap_images`]: the stacks, the environment, and limits for safety.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct HotswapOptions {
    /// Stacks to update, by construct path, artifact ID or name; all stacks of the app if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Name of the environment, if the app has environments; names that start with `prod` count as production.
    pub environment: Option<String>,
    /// Behavior for stacks that look like production. By default they are refused.
    #[builder(default)]
    pub production: Production,
    /// Time limit for each service to reach a steady state with its new tasks.
    pub timeout: Duration,
}

/// Behavior for stacks that look like production, because of termination protection or the name of the environment.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Production {
    /// Refuses to update them with an error that names the reason.
    #[default]
    Refused,
    /// Updates them like any other stack, as requested with `--force`.
    Forced,
}

/// ECS service that [`hotswap_images`] has moved to another task definition revision.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Swapped {
    /// Construct path of the service, such as `Web/Api`.
    pub service: String,
    /// Name of the stack in CloudFormation that contains the service.
    pub stack: String,
    /// Replaced images; empty if the service returned to the task definition of its stack.
    pub images: Vec<SwappedImage>,
    /// ARN of the task definition revision that the service runs after the update.
    pub task_definition: String,
}

/// Replaced image of one container in the task definition of a service.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct SwappedImage {
    /// Name of the container as given in the task definition.
    pub container: String,
    /// Image before the update, as the deployed revision has it.
    pub before: String,
    /// Image after the update, such as `REPOSITORY@sha256:…`.
    pub after: String,
}

/// Replaces the images of services, one after the other, and waits until each reaches a steady state.
///
/// An empty result means that all services already run the images of the app.
///
/// # Errors
///
/// When anything other than images differs, when a stack looks like production, or when a service does not reach a steady state; the findings then
/// contain evidence about its tasks.
pub fn hotswap_images(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: HotswapOptions,
) -> Operation<Vec<Swapped>> {
    Operation::new(move |reporter| async move {
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        // All checks are made before the first change.
        let mut swaps = Vec::new();
        for stack in &stacks {
            swaps.extend(plan_swaps(&cloud, stack, &options, &reporter).await?);
        }
        let mut done = Vec::new();
        for swap in swaps {
            done.push(execute_swap(&cloud, swap, options.timeout, &reporter).await?);
        }
        Ok(done)
    })
}

/// A service whose task definition is to change.
struct Swap<'s> {
    stack: &'s DeployedStack,
    service: ResourceName,
    /// New contents of the task definition; `None` returns to the revision of the stack.
    definition: Option<JsonValue>,
    /// ARN of the revision that the stack created.
    deployed: String,
    images: Vec<SwappedImage>,
}

async fn plan_swaps<'s>(
    cloud: &Arc<dyn Cloud>,
    stack: &'s DeployedStack,
    options: &HotswapOptions,
    reporter: &Reporter,
) -> Result<Vec<Swap<'s>>, Error> {
    let images = find_changed_images(stack)?;
    let mut swaps = Vec::new();
    let mut used = BTreeSet::new();
    for service in stack.template.resources() {
        if service.type_name != "AWS::ECS::Service" {
            continue;
        }
        let properties = service.properties();
        let definition = properties.and_then(|properties| properties.get("TaskDefinition"));
        let Some(definition) = definition.and_then(referenced_logical_id) else {
            continue;
        };
        let (Some(deployed), Some(_)) = (
            stack.physical_id(&definition),
            stack.physical_id(service.logical_id),
        ) else {
            continue;
        };
        used.insert(definition.clone());
        let name = stack.resource_name(service.logical_id, service.type_name);
        let new: Vec<&NewImage> = images
            .iter()
            .filter(|image| image.task_definition == definition)
            .collect();
        let swap = if new.is_empty() {
            plan_return(cloud, stack, name, deployed).await?
        } else {
            plan_forward(cloud, stack, name, deployed, &new).await?
        };
        swaps.extend(swap);
    }
    if !swaps.is_empty() {
        check_allowed(stack, options)?;
    }
    for image in &images {
        if !used.contains(&image.task_definition) {
            let name = stack.resource_name(&image.task_definition, "AWS::ECS::TaskDefinition");
            reporter.send_event(Event::Notice {
                stack: Some(stack.description.name.clone()),
                message: format!(
                    "no service uses `{}`, which keeps its image until the next deployment",
                    construct_of(&name)
                ),
            });
        }
    }
    Ok(swaps)
}

/// Plans the update of a service whose image changes. Returns `None` if an earlier hotswap has deployed the same image.
async fn plan_forward<'s>(
    cloud: &Arc<dyn Cloud>,
    stack: &'s DeployedStack,
    service: ResourceName,
    deployed: &str,
    new: &[&NewImage],
) -> Result<Option<Swap<'s>>, Error> {
    let ecs = cloud.ecs_client(&stack.region);
    let found = ecs
        .describe_task_definition(deployed)
        .await
        .map_err(|error| {
            let doing = format!("read the task definition of `{}`", construct_of(&service));
            Error::from_api(doing, error)
        })?;
    let mut definition = found.definition;
    let mut images = Vec::new();
    for image in new {
        let container = &mut definition["containerDefinitions"][image.container];
        let (Some(name), Some(before)) = (container["name"].as_str(), container["image"].as_str())
        else {
            return Err(image.unresolved_image_error(stack));
        };
        let (name, before) = (name.to_owned(), before.to_owned());
        let after = image
            .resolve_image(stack, &before)
            .ok_or_else(|| image.unresolved_image_error(stack))?;
        container["image"] = JsonValue::String(after.clone());
        images.push(SwappedImage {
            container: name,
            before,
            after,
        });
    }
    // The template may be unchanged although the service runs the new image since the last hotswap.
    if let Some(running) = running_revision(cloud, stack, &service).await?
        && running != deployed
        && let Ok(running) = ecs.describe_task_definition(&running).await
        && running.definition["containerDefinitions"] == definition["containerDefinitions"]
    {
        return Ok(None);
    }
    Ok(Some(Swap {
        stack,
        service,
        definition: Some(definition),
        deployed: deployed.to_owned(),
        images,
    }))
}

/// Plans the return of a service to its stack's revision, after an earlier hotswap that neither template nor app contains.
async fn plan_return<'s>(
    cloud: &Arc<dyn Cloud>,
    stack: &'s DeployedStack,
    service: ResourceName,
    deployed: &str,
) -> Result<Option<Swap<'s>>, Error> {
    let running = running_revision(cloud, stack, &service).await?;
    if running.is_none_or(|running| running == deployed) {
        return Ok(None);
    }
    Ok(Some(Swap {
        stack,
        service,
        definition: None,
        deployed: deployed.to_owned(),
        images: Vec::new(),
    }))
}

/// Returns the ARN of the revision that a service runs.
async fn running_revision(
    cloud: &Arc<dyn Cloud>,
    stack: &DeployedStack,
    service: &ResourceName,
) -> Result<Option<String>, Error> {
    let arn = service.physical_id.as_deref().unwrap_or_default();
    let Some((cluster, name)) = crate::evidence::cluster_and_name(arn) else {
        return Ok(None);
    };
    let found = cloud
        .ecs_client(&stack.region)
        .describe_service(cluster, name)
        .await;
    let found = found.map_err(|error| {
        Error::from_api(
            format!("describe the service `{}`", construct_of(service)),
            error,
        )
    })?;
    Ok(found.map(|service| service.task_definition))
}

/// Refuses to update a stack with an operation in progress, or one that looks like production.
fn check_allowed(stack: &DeployedStack, options: &HotswapOptions) -> Result<(), Error> {
    let name = &stack.description.name;
    if stack.description.status.is_in_progress() {
        let finding = Diagnostic::new(
            codes::STACK_BUSY,
            format!(
                "an operation on stack `{name}` is in progress: {}",
                stack.description.status
            ),
        )
        .path(stack.expected.path.clone())
        .help(format!(
            "wait for it with `watch --stack {}`",
            stack.expected.path
        ));
        return Err(Error::new(Class::Busy, finding));
    }
    let environment = options.environment.as_deref().unwrap_or_default();
    let reason = if stack.description.termination_protection {
        Some("its termination protection is on".to_owned())
    } else if environment.to_ascii_lowercase().starts_with("prod") {
        Some(format!("the environment is `{environment}`"))
    } else {
        None
    };
    match reason {
        Some(reason) if options.production == Production::Refused => {
            let finding = Diagnostic::new(
                codes::HOTSWAP_IN_PRODUCTION,
                format!(
                    "stack `{name}` appears to be in production, where changes must be deployed with CloudFormation"
                ),
            )
            .path(stack.expected.path.clone())
            .note(reason)
            .help("run `deploy`; if this is not production, add `--force`");
            Err(Error::new(Class::Blocked, finding))
        }
        _ => Ok(()),
    }
}

async fn execute_swap(
    cloud: &Arc<dyn Cloud>,
    swap: Swap<'_>,
    timeout: Duration,
    reporter: &Reporter,
) -> Result<Swapped, Error> {
    let service = construct_of(&swap.service);
    let region = &swap.stack.region;
    let task_definition = match &swap.definition {
        Some(definition) => {
            let registered = cloud
                .ecs_client(region)
                .register_task_definition(definition)
                .await;
            registered.map_err(|error| {
                Error::from_api(format!("register a task definition for `{service}`"), error)
            })?
        }
        None => swap.deployed.clone(),
    };
    wait_for_roll_out(
        cloud,
        region,
        &swap.service,
        &task_definition,
        timeout,
        reporter,
    )
    .await?;
    if swap.definition.is_some() {
        reporter.send_event(Event::Notice {
            stack: Some(swap.stack.description.name.clone()),
            message:
                "the stack has drifted: the template contains another image until the next `deploy`"
                    .to_owned(),
        });
    }
    Ok(Swapped {
        service,
        stack: swap.stack.description.name.clone(),
        images: swap.images,
        task_definition,
    })
}
