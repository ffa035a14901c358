//! Gives services that are deployed another image, past CloudFormation: for development, where a minute counts.
//!
//! Only where nothing but images differs between what is deployed and what the app says. The stack drifts by it until
//! its next deployment, which registers the same image once more.

mod difference;
mod image;
mod roll_out;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

use crate::deployed;
use crate::deployed::{DeployedStack, construct_of, referred};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::{Operation, Reporter};
use infra_aws::Cloud;
use infra_template::ResourceName;
use infra_template::assembly::CloudAssembly;

use difference::{NewImage, images};
use roll_out::roll_out;

/// What is swapped, and where.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct HotswapOptions {
    /// Stacks; all of the app when empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// The name of the environment, where the app has them.
    pub environment: Option<String>,
    /// Whether what looks like production is swapped too.
    #[builder(default)]
    pub production: Production,
    /// For how long a service may take to become steady.
    pub timeout: Duration,
}

/// What becomes of stacks that look like production: termination protection is on, or the environment says so.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Production {
    /// Nothing is swapped.
    #[default]
    Refused,
    /// They are swapped like any other.
    Forced,
}

/// A service that runs another image now.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Swapped {
    /// The construct of the service.
    pub service: String,
    /// Its stack in CloudFormation.
    pub stack: String,
    /// Each container with its image before and after.
    pub images: Vec<SwappedImage>,
    /// The revision that runs now.
    pub task_definition: String,
}

/// An image that was replaced.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct SwappedImage {
    /// The container.
    pub container: String,
    /// The image before.
    pub before: String,
    /// The image after.
    pub after: String,
}

/// Swaps the images of services, one after the other, and waits until each is steady.
///
/// An empty answer means that every service runs what the app says.
///
/// # Errors
///
/// When anything but images differs, when it looks like production, or when a service does not become steady: its
/// tasks are part of the findings.
pub fn hotswap(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: HotswapOptions,
) -> Operation<Vec<Swapped>> {
    Operation::new(move |reporter| async move {
        let stacks = deployed::read_all(&cloud, &assembly, &options.stacks).await?;
        // Everything is looked at before anything is changed.
        let mut swaps = Vec::new();
        for stack in &stacks {
            swaps.extend(swaps_of(&cloud, stack, &options, &reporter).await?);
        }
        let mut done = Vec::new();
        for swap in swaps {
            done.push(carry_out(&cloud, swap, options.timeout, &reporter).await?);
        }
        Ok(done)
    })
}

/// A service that is to run something else.
struct Swap<'s> {
    stack: &'s DeployedStack,
    service: ResourceName,
    /// What its task definition becomes; `None` goes back to the one that the stack made.
    definition: Option<JsonValue>,
    /// The revision that the stack made.
    deployed: String,
    images: Vec<SwappedImage>,
}

async fn swaps_of<'s>(
    cloud: &Arc<dyn Cloud>,
    stack: &'s DeployedStack,
    options: &HotswapOptions,
    reporter: &Reporter,
) -> Result<Vec<Swap<'s>>, Error> {
    let images = images(stack)?;
    let mut swaps = Vec::new();
    let mut used = BTreeSet::new();
    for service in stack.template.resources() {
        if service.type_name != "AWS::ECS::Service" {
            continue;
        }
        let properties = service.properties();
        let definition = properties.and_then(|properties| properties.get("TaskDefinition"));
        let Some(definition) = definition.and_then(referred) else {
            continue;
        };
        let (Some(deployed), Some(_)) = (
            stack.physical_id(&definition),
            stack.physical_id(service.logical_id),
        ) else {
            continue;
        };
        used.insert(definition.clone());
        let name = stack.name(service.logical_id, service.type_name);
        let new: Vec<&NewImage> = images
            .iter()
            .filter(|image| image.task_definition == definition)
            .collect();
        let swap = if new.is_empty() {
            back(cloud, stack, name, deployed).await?
        } else {
            forth(cloud, stack, name, deployed, &new).await?
        };
        swaps.extend(swap);
    }
    if !swaps.is_empty() {
        check(stack, options)?;
    }
    for image in &images {
        if !used.contains(&image.task_definition) {
            let name = stack.name(&image.task_definition, "AWS::ECS::TaskDefinition");
            reporter.send(Event::Notice {
                stack: Some(stack.description.name.clone()),
                message: format!(
                    "no service runs `{}`: it keeps its image until the next deployment",
                    construct_of(&name)
                ),
            });
        }
    }
    Ok(swaps)
}

/// A service whose image changes.
async fn forth<'s>(
    cloud: &Arc<dyn Cloud>,
    stack: &'s DeployedStack,
    service: ResourceName,
    deployed: &str,
    new: &[&NewImage],
) -> Result<Option<Swap<'s>>, Error> {
    let ecs = cloud.ecs(&stack.region);
    let found = ecs.task_definition(deployed).await.map_err(|error| {
        let doing = format!("read the task definition of `{}`", construct_of(&service));
        Error::api(doing, error)
    })?;
    let mut definition = found.definition;
    let mut images = Vec::new();
    for image in new {
        let container = &mut definition["containerDefinitions"][image.container];
        let (Some(name), Some(before)) = (container["name"].as_str(), container["image"].as_str())
        else {
            return Err(image.cannot_be_told(stack));
        };
        let (name, before) = (name.to_owned(), before.to_owned());
        let after = image
            .resolve(stack, &before)
            .ok_or_else(|| image.cannot_be_told(stack))?;
        container["image"] = JsonValue::String(after.clone());
        images.push(SwappedImage {
            container: name,
            before,
            after,
        });
    }
    // The template may still be that of before, and the service run the new image since the last swap.
    if let Some(running) = running(cloud, stack, &service).await?
        && running != deployed
        && let Ok(running) = ecs.task_definition(&running).await
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

/// A service that a former swap left with something else than what both template and app say.
async fn back<'s>(
    cloud: &Arc<dyn Cloud>,
    stack: &'s DeployedStack,
    service: ResourceName,
    deployed: &str,
) -> Result<Option<Swap<'s>>, Error> {
    let running = running(cloud, stack, &service).await?;
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

/// The revision that a service runs.
async fn running(
    cloud: &Arc<dyn Cloud>,
    stack: &DeployedStack,
    service: &ResourceName,
) -> Result<Option<String>, Error> {
    let arn = service.physical_id.as_deref().unwrap_or_default();
    let Some((cluster, name)) = crate::evidence::cluster_and_name(arn) else {
        return Ok(None);
    };
    let found = cloud.ecs(&stack.region).service(cluster, name).await;
    let found = found.map_err(|error| {
        Error::api(
            format!("look at the service `{}`", construct_of(service)),
            error,
        )
    })?;
    Ok(found.map(|service| service.task_definition))
}

/// Refuses where a swap would be in somebody's way.
fn check(stack: &DeployedStack, options: &HotswapOptions) -> Result<(), Error> {
    let name = &stack.description.name;
    if stack.description.status.is_in_progress() {
        let finding = Diagnostic::new(
            codes::STACK_BUSY,
            format!("stack `{name}` is {}", stack.description.status),
        )
        .path(stack.wanted.path.clone())
        .help(format!(
            "wait for it: `watch --stack {}`",
            stack.wanted.path
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
                    "stack `{name}` looks like production, where nothing goes past CloudFormation"
                ),
            )
            .path(stack.wanted.path.clone())
            .note(reason)
            .help("run `deploy`; if this is no production, add `--force`");
            Err(Error::new(Class::Blocked, finding))
        }
        _ => Ok(()),
    }
}

async fn carry_out(
    cloud: &Arc<dyn Cloud>,
    swap: Swap<'_>,
    timeout: Duration,
    reporter: &Reporter,
) -> Result<Swapped, Error> {
    let service = construct_of(&swap.service);
    let region = &swap.stack.region;
    let task_definition = match &swap.definition {
        Some(definition) => {
            let registered = cloud.ecs(region).register_task_definition(definition).await;
            registered.map_err(|error| {
                Error::api(format!("register a task definition for `{service}`"), error)
            })?
        }
        None => swap.deployed.clone(),
    };
    roll_out(
        cloud,
        region,
        &swap.service,
        &task_definition,
        timeout,
        reporter,
    )
    .await?;
    if swap.definition.is_some() {
        reporter.send(Event::Notice {
            stack: Some(swap.stack.description.name.clone()),
            message: "the stack drifts now: CloudFormation knows nothing of this image until the next `deploy`"
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
