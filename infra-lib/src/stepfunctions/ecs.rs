//! Integration of Fargate tasks.

#[cfg(feature = "ecs")]
use super::integration::{Integration, WithCallback, WithoutPayload};
#[cfg(feature = "ecs")]
use super::services::managed_rule;
#[cfg(feature = "ecs")]
use crate::core::{Data, Value, pseudo, sub};
#[cfg(feature = "ecs")]
use crate::ec2::SecurityGroup;
#[cfg(feature = "ecs")]
use crate::ecs::{AsCluster, FargateTaskDefinition, Ports, TaskSubnets};
#[cfg(feature = "ecs")]
use crate::iam::Statement;

#[cfg(feature = "ecs")]
impl Integration<WithCallback, WithoutPayload> {
    /// Creates a Fargate task in private subnets, without a public address; the state ends with the task. Only standard
    /// machines can (`INF4950`).
    ///
    /// The role may run this task definition in this cluster only, stop tasks of the cluster, and pass the two roles of the
    /// task only to ECS. The argument `Overrides` sets environment variables and commands.
    pub fn ecs_run_task<'app, P: Ports>(
        cluster: &impl AsCluster<'app>,
        task_definition: &FargateTaskDefinition<'app, P>,
        subnets: impl TaskSubnets<'app>,
        security_group: &SecurityGroup<'app>,
    ) -> Self {
        let cluster = cluster.as_cluster();
        let ids = subnets.subnets().id_list();
        let network = Data::map([
            ("AssignPublicIp", Data::from("DISABLED")),
            (
                "SecurityGroups",
                Data::list([security_group.id().into_data()]),
            ),
            ("Subnets", Data::list(ids.into_iter().map(Value::into_data))),
        ]);
        let roles = [
            task_definition.task_role(),
            task_definition.execution_role(),
        ];
        let tasks = sub![
            "arn:",
            pseudo::partition(),
            ":ecs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":task/",
            cluster.cluster_name(),
            "/*"
        ];
        Self::run_job("ecs:runTask", ".sync")
            .argument("Cluster", cluster.arn().into_data())
            .argument("LaunchType", "FARGATE")
            .argument(
                "NetworkConfiguration",
                Data::map([("AwsvpcConfiguration", network)]),
            )
            .argument("TaskDefinition", task_definition.arn().into_data())
            .statement(
                Statement::allow()
                    .action("ecs:RunTask")
                    .resource(task_definition.arn())
                    .condition("ArnEquals", "ecs:cluster", cluster.arn()),
            )
            .statement(
                Statement::allow()
                    .actions(["ecs:DescribeTasks", "ecs:StopTask"])
                    .resource(tasks),
            )
            .statement(
                Statement::allow()
                    .action("iam:PassRole")
                    .resources(roles.iter().map(crate::iam::Role::arn))
                    .condition(
                        "StringEquals",
                        "iam:PassedToService",
                        "ecs-tasks.amazonaws.com",
                    ),
            )
            .statement(managed_rule("StepFunctionsGetEventsForECSTaskRule"))
    }
}
