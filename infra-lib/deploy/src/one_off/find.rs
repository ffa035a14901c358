//! Finds one-off tasks by the outputs of deployed stacks.

use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use serde_json::{Value as JsonValue, json};

use super::rejected_error;
use crate::deployed::{DeployedStack, construct_of, is_called};
use crate::error::Error;
use crate::evidence::last_part;
use crate::outputs::ConstructOutputs;
use infra_aws::Cloud;
use infra_template::ResourceName;

/// One-off ECS task of a deployed stack, with everything that `RunTask` needs to run it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct OneOffTask {
    /// Construct path of the task, such as `Data/Migration`.
    pub name: String,
    /// Name of the stack in CloudFormation that contains the task.
    pub stack: String,
    /// Region of the stack and of its ECS cluster.
    pub region: String,
    /// ARN of the ECS cluster that the task runs in.
    pub cluster: String,
    /// ARN of the task definition, including the revision that is deployed.
    pub task_definition: String,
    /// IDs of the subnets that the task may run in.
    pub subnets: Vec<String>,
    /// ID of the security group that is attached to the task.
    pub security_group: String,
    /// Name of the container whose exit code decides: the first essential one in the task definition.
    pub container: String,
    /// Image of that container, for display, such as `REPOSITORY@sha256:…`.
    pub image: String,
}

impl OneOffTask {
    /// Returns `family:revision` of the task definition, as the ECS console shows it.
    pub fn revision(&self) -> &str {
        last_part(&self.task_definition)
    }

    /// Returns the `awsvpcConfiguration` of the request.
    pub(super) fn network_configuration(&self) -> JsonValue {
        json!({
            "subnets": self.subnets,
            "securityGroups": [self.security_group],
            "assignPublicIp": "DISABLED",
        })
    }
}

/// A one-off task as described by the outputs of a stack.
struct Candidate<'s> {
    stack: &'s DeployedStack,
    resource: ResourceName,
    cluster: String,
    task_definition: String,
    subnets: Vec<String>,
    security_group: String,
}

/// Suffixes of the outputs that the construct `OneOffTask` creates. The name of an output consists of the construct's name, a suffix and a hash.
const OUTPUTS: [&str; 4] = [
    "ClusterArn",
    "TaskDefinitionArn",
    "SubnetIds",
    "SecurityGroupId",
];

pub(crate) async fn find_task(
    cloud: &Arc<dyn Cloud>,
    stacks: &[DeployedStack],
    called: Option<&str>,
) -> Result<OneOffTask, Error> {
    let candidates: Vec<Candidate<'_>> = stacks.iter().flat_map(list_candidates).collect();
    let matching: Vec<&Candidate<'_>> = candidates
        .iter()
        .filter(|candidate| called.is_none_or(|called| is_called(&candidate.resource, called)))
        .collect();
    let known: Vec<String> = candidates
        .iter()
        .map(|candidate| format!("`{}`", construct_of(&candidate.resource)))
        .collect();
    let candidate = match (matching.as_slice(), called) {
        ([one], _) => *one,
        ([], Some(called)) if !known.is_empty() => {
            let finding = Diagnostic::new(
                codes::NO_ONE_OFF_TASK,
                format!("no deployed stack has a one-off task `{called}`"),
            )
            .expected(format!("one of {}", known.join(", ")));
            return Err(rejected_error(finding));
        }
        ([], _) => {
            let names: Vec<String> = stacks
                .iter()
                .map(|stack| format!("`{}`", stack.description.name))
                .collect();
            let finding = Diagnostic::new(
                codes::NO_ONE_OFF_TASK,
                "no deployed stack has a one-off task",
            )
            .note(format!("searched: {}", names.join(", ")))
            .help("add an `ecs::OneOffTask` and deploy it, or deploy the stack that has one");
            return Err(rejected_error(finding));
        }
        (_, _) => {
            let finding = Diagnostic::new(
                codes::NO_ONE_OFF_TASK,
                "there are several one-off tasks, but none was selected",
            )
            .expected(format!("one of {}", known.join(", ")))
            .help("select one with `--task CONSTRUCT`");
            return Err(rejected_error(finding));
        }
    };
    describe_task(cloud, candidate).await
}

/// Adds the container and its image, which only ECS knows.
async fn describe_task(
    cloud: &Arc<dyn Cloud>,
    candidate: &Candidate<'_>,
) -> Result<OneOffTask, Error> {
    let name = construct_of(&candidate.resource);
    let ecs = cloud.ecs_client(&candidate.stack.region);
    let definition = ecs
        .describe_task_definition(&candidate.task_definition)
        .await
        .map_err(|error| Error::from_api(format!("read the task definition of `{name}`"), error))?;
    let containers = definition.definition["containerDefinitions"].as_array();
    let mut containers = containers.into_iter().flatten();
    let main = containers.find(|container| container["essential"] != false);
    let text = |key: &str| {
        let value = main.and_then(|container| container[key].as_str());
        value.unwrap_or_default().to_owned()
    };
    Ok(OneOffTask {
        stack: candidate.stack.description.name.clone(),
        region: candidate.stack.region.clone(),
        cluster: candidate.cluster.clone(),
        task_definition: definition.arn.clone(),
        subnets: candidate.subnets.clone(),
        security_group: candidate.security_group.clone(),
        container: text("name"),
        image: text("image"),
        name,
    })
}

/// Returns the one-off tasks of a stack: constructs with all four outputs.
fn list_candidates(stack: &DeployedStack) -> Vec<Candidate<'_>> {
    let constructs = ConstructOutputs::of_stack(stack, &OUTPUTS).into_iter();
    let complete = constructs.filter_map(|outputs| {
        let value = |kind: &str| outputs.find_value(kind);
        // The output refers to the task definition, which has the construct path.
        let id = outputs.find_resource("TaskDefinitionArn")?;
        Some(Candidate {
            stack,
            resource: stack.resource_name(&id, "AWS::ECS::TaskDefinition"),
            cluster: value("ClusterArn")?,
            task_definition: value("TaskDefinitionArn")?,
            subnets: value("SubnetIds")?
                .split(',')
                .map(|id| id.trim().to_owned())
                .filter(|id| !id.is_empty())
                .collect(),
            security_group: value("SecurityGroupId")?,
        })
    });
    complete.collect()
}
