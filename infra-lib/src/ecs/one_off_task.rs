//! A task that runs once when somebody asks, such as a database migration before a deployment.

use bon::Builder;

use super::cluster::Cluster;
use super::container::ContainerDefinition;
use super::migration::{METADATA, Migration};
use super::network::{self, TaskSubnets};
use super::parts::WithoutPort;
use super::service::ExecuteCommand;
use super::task_definition::{CpuArchitecture, FargateTaskDefinition};
use super::task_size::TaskSize;
use crate::core::{Construct, IntoValue, Output, Scope, Value, intrinsics};
use crate::ec2::{Connectable, Connections, PrivateWithEgress, SecurityGroup, Subnets};
use crate::iam::{Grantable, Role};
use crate::logs::LogGroup;

/// A task that is run by hand or by a deployment tool and ends by itself: a migration, a repair, a report.
///
/// It has roles, a log group and a security group of its own, so it may do what it is granted and no more, and what
/// the service may do says nothing about it. Outputs tell whoever runs it with `ecs run-task` the cluster, the task
/// definition, the subnets and the security group. CloudFormation has no such thing; nothing runs until it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct OneOffTask<'app> {
    scope: Scope<'app>,
    task_definition: FargateTaskDefinition<'app, WithoutPort>,
    security_group: SecurityGroup<'app>,
}

/// Properties of a [`OneOffTask`], set through [`OneOffTask::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = OneOffTaskBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct OneOffTaskProps<'app> {
    /// The cluster it runs in.
    cluster: Cluster<'app>,
    /// CPU and memory; see [`task_size!`](crate::task_size).
    size: TaskSize,
    /// What runs. It listens on no port.
    container: ContainerDefinition,
    /// Where it runs: private subnets with a way out, `vpc.private()`.
    #[builder(with = |subnets: impl TaskSubnets<'app>| subnets.subnets())]
    subnets: Subnets<'app, PrivateWithEgress>,
    /// The processors that the image is built for. Default: [`CpuArchitecture::Arm64`].
    #[builder(default = CpuArchitecture::Arm64)]
    cpu_architecture: CpuArchitecture,
    /// The name that the revisions share. Default: made from the construct path.
    #[builder(with = |family: impl IntoValue<String>| family.into_value())]
    family: Option<Value<String>>,
    /// Where the container logs to. Default: a log group of its own.
    log_group: Option<LogGroup<'app>>,
    /// Makes it part of every deployment: once its stack is deployed it runs, and stacks that depend on that stack are
    /// left as they are unless it succeeds. The steps are what it brings a database to. Default: it runs when somebody
    /// asks.
    migration: Option<Migration>,
}

impl<'app, S: one_off_task_builder::State> OneOffTaskBuilder<'app, S> {
    /// Adds the task under `scope`, with the outputs needed to run it.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> OneOffTask<'app>
    where
        S: one_off_task_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.ecs.OneOffTask");
        let task_definition = FargateTaskDefinition::builder()
            .size(props.size)
            .container(props.container)
            .cpu_architecture(props.cpu_architecture)
            .maybe_family(props.family)
            .maybe_log_group(props.log_group)
            .build(scope, "TaskDefinition");
        if let Some(migration) = &props.migration {
            migration.check(scope);
            task_definition.add_metadata(METADATA, migration.data());
        }
        let security_group = network::security_group(scope, props.subnets);
        network::require_reach(
            scope,
            props.subnets,
            task_definition,
            ExecuteCommand::Disabled,
        );
        let output = |id: &str, value: Value<String>, text: &str| {
            Output::new(scope, id, value).description(text);
        };
        output(
            "ClusterArn",
            props.cluster.arn().cast(),
            "Cluster to run the task in",
        );
        output(
            "TaskDefinitionArn",
            task_definition.arn().cast(),
            "Task definition to run",
        );
        output(
            "SubnetIds",
            intrinsics::join(",", props.subnets.ids()),
            "Subnets to run the task in",
        );
        output(
            "SecurityGroupId",
            security_group.id().cast(),
            "Security group to run the task with",
        );
        OneOffTask {
            scope,
            task_definition,
            security_group,
        }
    }
}

impl<'app> Construct<'app> for OneOffTask<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Grants go to the task role: what the container may do.
impl<'app> Grantable<'app> for OneOffTask<'app> {
    fn grantee(&self) -> Role<'app> {
        self.task_definition.task_role()
    }
}

/// It opens connections and takes none.
impl<'app> Connectable<'app> for OneOffTask<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: None,
        }
    }
}

impl<'app> OneOffTask<'app> {
    /// Starts describing a one-off task.
    pub fn builder() -> OneOffTaskBuilder<'app> {
        OneOffTaskProps::builder()
    }

    /// The task definition.
    pub fn task_definition(&self) -> FargateTaskDefinition<'app, WithoutPort> {
        self.task_definition
    }

    /// The security group that it runs with.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }
}
