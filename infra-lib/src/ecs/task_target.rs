//! Fargate tasks as targets of rules, schedules and pipes.

use super::imported_cluster::AsCluster;
use super::network::TaskSubnets;
use super::parts::Ports;
use super::task_definition::FargateTaskDefinition;
use crate::core::{Arn, Data, Value};
use crate::ec2::{PrivateWithEgress, SecurityGroup, Subnets};
use crate::iam::{Role, Statement};
use crate::kind;

/// A Fargate task that a rule of EventBridge, a schedule or a pipe starts.
///
/// The role of the rule, schedule or pipe may run this task definition in this cluster only, and pass its two roles only to ECS.
/// Tasks have no public address.
///
/// ```
/// # fn start<'app>(stack: infra_lib::Stack<'app>, vpc: infra_lib::ec2::Vpc<'app>) {
/// use infra_lib::ecs::{Cluster, ContainerDefinition, ContainerImage, OneOffTask, TaskTarget};
/// use infra_lib::task_size;
///
/// let image = ContainerImage::from_registry_digest(
///     "example.com/report@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
/// );
/// let cluster = Cluster::builder().build(stack, "Cluster");
/// let report = OneOffTask::builder()
///     .cluster(cluster)
///     .size(task_size!(256 cpu, 512 MiB))
///     .container(ContainerDefinition::new("report", image))
///     .subnets(vpc.private())
///     .build(stack, "Report");
/// let target = TaskTarget::new(
///     &cluster,
///     &report.task_definition(),
///     vpc.private(),
///     &report.security_group(),
/// );
/// # }
/// ```
///
/// See [ECS tasks as
/// targets](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html).
#[derive(Clone, Debug)]
pub struct TaskTarget<'app> {
    cluster: Value<Arn<kind::ecs::Cluster>>,
    task_definition: Value<Arn<kind::ecs::TaskDefinition>>,
    roles: [Role<'app>; 2],
    subnets: Subnets<'app, PrivateWithEgress>,
    security_group: SecurityGroup<'app>,
    count: u32,
}

impl<'app> TaskTarget<'app> {
    /// Creates a target that starts a task in private subnets. Tasks of a [`OneOffTask`](super::OneOffTask) use its task
    /// definition and security group.
    pub fn new<P: Ports>(
        cluster: &impl AsCluster<'app>,
        task_definition: &FargateTaskDefinition<'app, P>,
        subnets: impl TaskSubnets<'app>,
        security_group: &SecurityGroup<'app>,
    ) -> Self {
        Self {
            cluster: cluster.as_cluster().arn(),
            task_definition: task_definition.arn(),
            roles: [
                task_definition.task_role(),
                task_definition.execution_role(),
            ],
            subnets: subnets.subnets(),
            security_group: *security_group,
            count: 1,
        }
    }

    /// Sets the number of tasks to start. Default: 1.
    pub fn count(mut self, tasks: u32) -> Self {
        self.count = tasks;
        self
    }

    /// Returns the permissions to start the task.
    #[cfg(any(feature = "events", feature = "pipes", feature = "scheduler"))]
    pub(crate) fn statements(&self) -> [Statement; 2] {
        let run = Statement::allow()
            .action("ecs:RunTask")
            .resource(&self.task_definition)
            .condition("ArnEquals", "ecs:cluster", &self.cluster);
        let pass = Statement::allow()
            .action("iam:PassRole")
            .resources(self.roles.iter().map(Role::arn))
            .condition(
                "StringEquals",
                "iam:PassedToService",
                "ecs-tasks.amazonaws.com",
            );
        [run, pass]
    }

    /// Returns the ARN of the cluster, which is the resource that starts the task.
    #[cfg(feature = "pipes")]
    pub(crate) fn cluster_arn(&self) -> Value<Arn<kind::ecs::Cluster>> {
        self.cluster.clone()
    }

    /// Returns the parameters of the task, in which rules name the network differently than schedules and pipes.
    #[cfg(any(feature = "events", feature = "pipes", feature = "scheduler"))]
    pub(crate) fn parameters(&self, network: &'static str) -> Data {
        let network_configuration = Data::map([(
            network,
            Data::map([
                ("AssignPublicIp", Data::from("DISABLED")),
                (
                    "SecurityGroups",
                    Data::list([self.security_group.id().into_data()]),
                ),
                ("Subnets", self.subnets.ids().into_data()),
            ]),
        )]);
        Data::map([
            ("LaunchType", Data::from("FARGATE")),
            ("NetworkConfiguration", network_configuration),
            ("TaskCount", Data::Int(i64::from(self.count))),
            (
                "TaskDefinitionArn",
                self.task_definition.clone().into_data(),
            ),
        ])
    }
}

/// Starts the task with the role of the rule.
#[cfg(feature = "events")]
impl<'app> crate::events::RuleTarget<'app> for TaskTarget<'app> {
    fn rule_target(&self) -> crate::events::Target<'app> {
        let target = crate::events::Target::new(&self.cluster)
            .parameters("EcsParameters", self.parameters("AwsVpcConfiguration"));
        let statements = self.statements().into_iter();
        statements.fold(target, crate::events::Target::statement)
    }
}

/// Starts the task with the role of the schedule.
#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::ScheduleTarget<'app> for TaskTarget<'app> {
    fn schedule_target(&self) -> crate::scheduler::Target<'app> {
        let target = crate::scheduler::Target::new(&self.cluster)
            .parameters("EcsParameters", self.parameters("AwsvpcConfiguration"));
        let statements = self.statements().into_iter();
        statements.fold(target, crate::scheduler::Target::statement)
    }
}
