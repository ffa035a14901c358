//! The two roles of a task, with no more than it needs.

use super::container::ContainerDefinition;
use crate::core::{Arn, Scope, Value};
use crate::iam::{Principal, Role, Statement};
use crate::kind;
use crate::logs::LogGroup;

/// A role that tasks of this account can take on.
///
/// The condition keeps ECS from being talked into using it for another account:
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>.
pub(super) fn for_tasks<'app>(scope: Scope<'app>, id: &str, description: &str) -> Role<'app> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com").for_this_account())
        .description(description)
        .build(scope, id)
}

/// Lets the role start these containers: pull from the repositories they use, write to the log group, read the secrets
/// they are given.
pub(super) fn allow_start(
    role: &Role<'_>,
    containers: &[ContainerDefinition],
    log_group: &LogGroup<'_>,
) {
    for container in containers {
        if let Some(repository) = container.image.repository() {
            allow_pull(role, repository);
        }
        for (_, field) in &container.secrets {
            for statement in field.read_statements() {
                role.add_statement(statement);
            }
        }
    }
    log_group.grant_write(role);
}

fn allow_pull(role: &Role<'_>, repository: &Value<Arn<kind::ecr::Repository>>) {
    // Knows no resources, so nothing narrower can be said.
    role.add_statement(
        Statement::allow()
            .actions(["ecr:GetAuthorizationToken"])
            .resources(["*"]),
    );
    role.add_statement(
        Statement::allow()
            .actions([
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ])
            .resources([repository]),
    );
}

/// Lets the containers open sessions of ECS Exec and record them.
///
/// See <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html>.
pub(super) fn allow_execute_command(role: &Role<'_>, log_group: &Value<Arn<kind::logs::LogGroup>>) {
    role.add_statement(
        Statement::allow()
            .actions([
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
            ])
            .resources(["*"]),
    );
    role.add_statement(
        Statement::allow()
            .actions(["logs:DescribeLogGroups"])
            .resources(["*"]),
    );
    role.add_statement(
        Statement::allow()
            .actions([
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ])
            .resources([log_group]),
    );
}
