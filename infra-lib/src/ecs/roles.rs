//! The task role and the execution role, with minimal permissions.

use super::container::ContainerDefinition;
use crate::core::{Arn, Scope, Value};
use crate::iam::{Principal, Role, Statement};
use crate::kind;
use crate::logs::LogGroupRef;

/// Creates a role that only ECS tasks of this account can assume.
///
/// The condition on the account prevents the [confused deputy
/// problem](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html).
pub(super) fn for_tasks<'app>(scope: Scope<'app>, id: &str, description: &str) -> Role<'app> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com").for_this_account())
        .description(description)
        .build(scope, id)
}

/// Allows the role to start these containers: to pull from their repositories, write to the log group and read their
/// secrets.
pub(super) fn allow_start(
    role: &Role<'_>,
    containers: &[ContainerDefinition],
    log_group: LogGroupRef<'_>,
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
    // The action has no resource-level permissions.
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

/// Allows the containers to open ECS Exec sessions and to record them.
///
/// See [ECS Exec](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html).
pub(super) fn allow_execute_command(
    role: &Role<'_>,
    log_group: Option<&Value<Arn<kind::logs::LogGroup>>>,
) {
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
    let Some(log_group) = log_group else {
        return;
    };
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
