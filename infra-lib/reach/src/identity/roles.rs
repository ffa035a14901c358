//! The roles with which resources act, and the ways from one role to another.

use super::policies::{Guards, PolicySet};
use super::{data, decide, may, role_principal};
use crate::answer::Answer;
use crate::policy::{Request, choices};
use crate::proof::Proof;
use crate::world::{NodeId, World};

/// Properties that name the role with which the program of a resource acts.
const ROLE_PROPERTIES: [&str; 9] = [
    "TaskRoleArn",
    "Role",
    "RoleArn",
    "RoleARN",
    "ServiceRole",
    "InstanceRoleArn",
    "JobRoleArn",
    "ExecutionRoleArn",
    "NodeRole",
];

/// Returns the roles with which the program of a resource acts, itself for a role.
pub(crate) fn roles_of(world: &World, node: NodeId) -> Vec<NodeId> {
    if world.node(node).type_name == "AWS::IAM::Role" {
        return vec![node];
    }
    if world.node(node).type_name == "AWS::ECS::Service" {
        let task = world.denoted_by(world.property(node, "TaskDefinition"));
        return task.map_or_else(Vec::new, |task| roles_of(world, task));
    }
    // The role of a task is that of its program; the execution role is that of ECS.
    let properties: &[&str] = match world.node(node).type_name.as_str() {
        "AWS::ECS::TaskDefinition" => &["TaskRoleArn"],
        _ => &ROLE_PROPERTIES,
    };
    let mut found: Vec<NodeId> = properties
        .iter()
        .flat_map(|property| choices(world.property(node, property)))
        .filter_map(|(value, _)| world.denoted_of_type(value, &["AWS::IAM::Role"]))
        .collect();
    let profiles = [
        "IamInstanceProfile",
        "LaunchTemplateData/IamInstanceProfile/Arn",
        "LaunchTemplateData/IamInstanceProfile/Name",
    ];
    for path in profiles {
        if let Some(profile) =
            world.denoted_of_type(world.property(node, path), &["AWS::IAM::InstanceProfile"])
        {
            for (role, _) in choices(world.property(profile, "Roles")) {
                found.extend(world.denoted_of_type(role, &["AWS::IAM::Role"]));
            }
        }
    }
    if let Some(template) = world.denoted_of_type(
        world.property(node, "LaunchTemplate/LaunchTemplateId"),
        &["AWS::EC2::LaunchTemplate"],
    ) {
        found.extend(roles_of(world, template));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the proof that a role may assume another one.
pub(crate) fn assume_role(world: &World, guards: &Guards, from: NodeId, to: NodeId) -> Proof {
    let (caller, on) = (guards.role(world, from), guards.target(world, to));
    may(
        world,
        &caller,
        &on,
        &role_principal(world, from),
        "sts:AssumeRole",
        to,
    )
}

/// Actions that start a program with a role that the caller passes, with the service that receives it.
const STARTS: &[(&str, &str)] = &[
    ("lambda:CreateFunction", "lambda.amazonaws.com"),
    ("lambda:UpdateFunctionConfiguration", "lambda.amazonaws.com"),
    ("ecs:RunTask", "ecs-tasks.amazonaws.com"),
    ("ecs:RegisterTaskDefinition", "ecs-tasks.amazonaws.com"),
    ("ec2:RunInstances", "ec2.amazonaws.com"),
    ("cloudformation:CreateStack", "cloudformation.amazonaws.com"),
    ("codebuild:CreateProject", "codebuild.amazonaws.com"),
    ("states:CreateStateMachine", "states.amazonaws.com"),
    ("glue:CreateJob", "glue.amazonaws.com"),
];

/// Returns the proof that a role may pass another one to its own program. It is at most possible: the service and its
/// other settings decide.
pub(crate) fn pass_role(world: &World, guards: &Guards, from: NodeId, to: NodeId) -> Proof {
    let caller = guards.role(world, from);
    let principal = role_principal(world, from);
    let ask = |action: &str, resource: String, service: &str| {
        let mut request = Request::new(
            principal.clone(),
            action,
            resource,
            world.node(from).account.clone(),
        );
        data::add_context(world, &mut request, to);
        request.context.set("iam:PassedToService", service);
        decide(world, &caller, &PolicySet::default(), &request, to)
    };
    let proofs = STARTS.iter().map(|(action, service)| {
        ask("iam:PassRole", world.arn(to), service)
            .then(|| ask(action, "*".to_owned(), service).limited(Answer::Possible))
            .then(|| super::service::trusts(world, to, service))
    });
    Proof::best(proofs)
        .unwrap_or_default()
        .limited(Answer::Possible)
}
