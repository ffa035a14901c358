//! Tasks that run once on request, such as a database migration before a deployment.

use bon::Builder;

use super::container::ContainerDefinition;
use super::imported_cluster::{AsCluster, ClusterRef};
use super::migration::{METADATA, Migration};
use super::network::{self, TaskSubnets};
use super::parts::WithoutPort;
use super::service::ExecuteCommand;
use super::task_definition::{CpuArchitecture, FargateTaskDefinition};
use super::task_size::TaskSize;
use crate::core::{Construct, IntoValue, Output, Scope, Value, intrinsics};
use crate::ec2::{Connectable, Connections, PrivateWithEgress, SecurityGroup, Subnets};
use crate::iam::{Grantable, Grantee, Identity};
use crate::logs::{AsLogGroup, LogGroupRef};

/// A task that runs to completion when a user or a deployment tool starts it: a migration, a repair, a report.
///
/// Creates an
/// [`AWS::ECS::TaskDefinition`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html)
/// with roles, a log group and a security group of the task, separate from those of services. Outputs name the
/// cluster, task definition, subnets and security group for [`aws ecs
/// run-task`](https://docs.aws.amazon.com/cli/latest/reference/ecs/run-task.html). CloudFormation has no equivalent;
/// deploying the stack does not start the task, except for a [migration](OneOffTaskBuilder::migration). Defaults:
///
/// | property | here | CloudFormation's task definition |
/// |---|---|---|
/// | processor architecture | ARM64 | X86_64 |
/// | task role, execution role, log group | as of [`FargateTaskDefinition`] | none |
/// | family | derived from the construct path | generated |
/// | security group | a separate one; the task may connect to port 443 anywhere, for AWS APIs, and to nothing else | – |
/// | start | on request | – |
///
/// ```
/// use infra_lib::ec2::Vpc;
/// use infra_lib::ecs::{Cluster, ContainerDefinition, ContainerImage, OneOffTask};
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, task_size};
///
/// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
/// let app = App::new();
/// let stack = Stack::new(&app, "Reports");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let report = OneOffTask::builder()
///     .cluster(Cluster::builder().build(stack, "Cluster"))
///     .size(task_size!(256 cpu, 512 MiB))
///     .container(ContainerDefinition::new("report", image).command(["report", "--month"]))
///     .subnets(vpc.private())
///     .build(stack, "Report");
/// # assert!(!app.synth().has_errors());
/// ```
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
    /// Cluster that the task runs in.
    #[builder(with = |cluster: impl AsCluster<'app>| cluster.as_cluster())]
    cluster: ClusterRef<'app>,
    /// CPU and memory of the task; see [`task_size!`](crate::task_size).
    size: TaskSize,
    /// Container to run. It listens on no port.
    container: ContainerDefinition,
    /// Private subnets with a route out of the VPC for the task, `vpc.private()`.
    #[builder(with = |subnets: impl TaskSubnets<'app>| subnets.subnets())]
    subnets: Subnets<'app, PrivateWithEgress>,
    /// Processor architecture that the image is built for. Default: [`CpuArchitecture::Arm64`].
    #[builder(default = CpuArchitecture::Arm64)]
    cpu_architecture: CpuArchitecture,
    /// Family name that all revisions share. Default: derived from the construct path.
    #[builder(with = |family: impl IntoValue<String>| family.into_value())]
    family: Option<Value<String>>,
    /// Log group of the container. Default: a separate one.
    #[builder(with = |group: impl AsLogGroup<'app>| group.as_log_group())]
    log_group: Option<LogGroupRef<'app>>,
    /// Steps of a migration, which make the task part of every deployment: it runs after its stack is deployed, and
    /// stacks that depend on that stack are deployed only if it succeeds. Default: the task runs on request only.
    migration: Option<Migration>,
}

impl<'app, S: one_off_task_builder::State> OneOffTaskBuilder<'app, S> {
    /// Adds the task under `scope`, with the outputs that are needed to run it.
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
            migration.check_steps(scope);
            task_definition.add_metadata(METADATA, migration.to_metadata());
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

/// Grants permissions to the task role, which the container uses.
impl<'app> Grantable<'app> for OneOffTask<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.task_definition.grantee()
    }
}

impl<'app> Identity<'app> for OneOffTask<'app> {}

/// Opens connections and accepts none; the task has no default port.
impl<'app> Connectable<'app> for OneOffTask<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: None,
        }
    }
}

impl<'app> OneOffTask<'app> {
    /// Returns a builder for a one-off task.
    pub fn builder() -> OneOffTaskBuilder<'app> {
        OneOffTaskProps::builder()
    }

    /// Returns the task definition of the task.
    pub fn task_definition(&self) -> FargateTaskDefinition<'app, WithoutPort> {
        self.task_definition
    }

    /// Returns the security group of the task.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }
}
