//! Services: tasks that ECS keeps running and replaces when their definition changes.

use bon::Builder;

use super::capacity::Capacity;
use super::deployment::{CircuitBreaker, Deployment, ZoneRebalancing};
use super::imported_cluster::{AsCluster, ClusterRef};
use super::network::{TaskSubnets, security_group};
use super::parts::{Ports, WithPort};
use super::task_definition::FargateTaskDefinition;
use super::{network, roles};
use crate::cfn::ecs::{CfnService, CfnServiceProps, service as cfn};
use crate::core::{
    Arn, Construct, Data, Diagnostic, Duration, IntoValue, Name, Scope, Value, codes,
};
use crate::ec2::{Connectable, Connections, Port, PrivateWithEgress, SecurityGroup, Subnets};
use crate::iam::{Grantable, Grantee, Identity};
use crate::kind;

/// Access to a shell in running containers through ECS Exec.
///
/// See [ECS Exec](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExecuteCommand {
    /// No access; the default here and in CloudFormation.
    Disabled,
    /// Principals with `ecs:ExecuteCommand` have access; their input is recorded in a log group of the cluster. With an
    /// existing cluster, its own settings decide.
    ///
    /// ECS Exec needs containers with a writable root file system (`INF4217` otherwise).
    Enabled,
}

/// An ECS service on Fargate, in private subnets.
///
/// Creates an
/// [`AWS::ECS::Service`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html)
/// and a security group for its tasks. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | number of tasks | 2 | 1 |
/// | tasks during a deployment | 100 % to 200 % | the same |
/// | failed deployment | rolled back | retried for hours |
/// | Availability Zone rebalancing | on | on since September 2025 |
/// | public IP address | none | none |
/// | security group | a separate one; tasks may connect to port 443 anywhere, for AWS APIs, and to nothing else | the default group of the VPC |
/// | tags of the service on its tasks | yes | no |
/// | health check grace period with a load balancer | 60 seconds | none |
/// | ECS Exec | off | off |
///
/// Tasks start only after the routes of their subnets exist, the listeners that forward to them exist, and their
/// roles have all permissions.
///
/// ```
/// use infra_lib::ec2::Vpc;
/// use infra_lib::ecs::{Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition};
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, task_size};
///
/// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
/// let app = App::new();
/// let stack = Stack::new(&app, "Service");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let task = FargateTaskDefinition::builder()
///     .size(task_size!(512 cpu, 1024 MiB))
///     .container(ContainerDefinition::new("api", image).port(8080))
///     .build(stack, "TaskDefinition");
/// let service = FargateService::builder()
///     .cluster(Cluster::builder().build(stack, "Cluster"))
///     .task_definition(task)
///     .subnets(vpc.private())
///     .build(stack, "Service");
/// service.auto_scale(2, 10).on_cpu(60);
/// # assert!(!app.synth().has_errors());
/// ```
///
/// Public and isolated subnets do not compile:
///
/// ```compile_fail
/// # use infra_lib::ec2::Vpc;
/// # use infra_lib::ecs::{FargateService, WithPort};
/// # fn wrong<'app>(vpc: Vpc<'app>) {
/// FargateService::<'app, WithPort>::builder().subnets(vpc.isolated());
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FargateService<'app, P: Ports = WithPort> {
    scope: Scope<'app>,
    pub(super) service: CfnService<'app>,
    cluster: ClusterRef<'app>,
    task_definition: FargateTaskDefinition<'app, P>,
    security_group: SecurityGroup<'app>,
    pub(super) health_check_grace_period: Duration,
}

/// Properties of a [`FargateService`], set through [`FargateService::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = FargateServiceBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct FargateServiceProps<'app, P: Ports> {
    #[builder(field)]
    deployment_alarms: Vec<Value<Name<kind::cloudwatch::Alarm>>>,
    /// Cluster of the service. Changing it replaces the service.
    #[builder(with = |cluster: impl AsCluster<'app>| cluster.as_cluster())]
    cluster: ClusterRef<'app>,
    /// Task definition that the service runs.
    task_definition: FargateTaskDefinition<'app, P>,
    /// Private subnets with a route out of the VPC for the tasks, `vpc.private()`.
    #[builder(with = |subnets: impl TaskSubnets<'app>| subnets.subnets())]
    subnets: Subnets<'app, PrivateWithEgress>,
    /// Physical name of the service. Default: a generated name, so that CloudFormation can replace the service.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    service_name: Option<Value<String>>,
    /// Number of tasks. Default: 2 (CloudFormation: 1). With [`auto_scale`](FargateService::auto_scale) the template
    /// omits it, since every deployment would otherwise undo the scaling.
    #[builder(default = 2)]
    desired_count: u32,
    /// Minimum number of running tasks during a deployment, in percent of the desired count. Default: 100, as in
    /// CloudFormation.
    #[builder(default = 100)]
    min_healthy_percent: u32,
    /// Maximum number of running tasks during a deployment, in percent of the desired count. Default: 200, as in
    /// CloudFormation.
    #[builder(default = 200)]
    max_healthy_percent: u32,
    /// Reaction to a failed deployment. Default: [`CircuitBreaker::Rollback`].
    #[builder(default = CircuitBreaker::Rollback)]
    circuit_breaker: CircuitBreaker,
    /// Rebalancing of tasks across Availability Zones. Default: [`ZoneRebalancing::Enabled`].
    #[builder(default = ZoneRebalancing::Enabled)]
    zone_rebalancing: ZoneRebalancing,
    /// Time after the start of a task during which failed health checks of the load balancer do not stop it. Default:
    /// 60 seconds with a load balancer (CloudFormation: none, so a task that starts slowly is replaced again and
    /// again).
    #[builder(default = Duration::seconds(60))]
    health_check_grace_period: Duration,
    /// Capacity that the tasks run on. Default: [`Capacity::Fargate`].
    #[builder(default = Capacity::Fargate)]
    capacity: Capacity,
    /// Access to a shell in the containers. Default: [`ExecuteCommand::Disabled`].
    #[builder(default = ExecuteCommand::Disabled)]
    execute_command: ExecuteCommand,
    /// Security group of the tasks. Default: a separate one that allows connections to port 443 anywhere.
    security_group: Option<SecurityGroup<'app>>,
}

impl<'app, P: Ports, S: fargate_service_builder::State> FargateServiceBuilder<'app, P, S> {
    /// Adds an alarm that rolls a deployment back if it goes off during the deployment.
    ///
    /// Use an alarm on symptoms that users notice, such as errors of the load balancer. An alarm on a metric of this
    /// service would create a circular dependency.
    pub fn deployment_alarm(
        mut self,
        alarm: impl IntoValue<Name<kind::cloudwatch::Alarm>>,
    ) -> Self {
        self.deployment_alarms.push(alarm.into_value());
        self
    }

    /// Adds the service under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> FargateService<'app, P>
    where
        S: fargate_service_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.ecs.FargateService");
        let deployment = Deployment {
            desired_count: props.desired_count,
            min_healthy_percent: props.min_healthy_percent,
            max_healthy_percent: props.max_healthy_percent,
            circuit_breaker: props.circuit_breaker,
            zone_rebalancing: props.zone_rebalancing,
            alarms: props.deployment_alarms,
        };
        deployment.check_percentages(scope);
        let security_group = props
            .security_group
            .unwrap_or_else(|| security_group(scope, props.subnets));
        let mut cfn = CfnServiceProps::new()
            .availability_zone_rebalancing(match props.zone_rebalancing {
                ZoneRebalancing::Enabled => cfn::AvailabilityZoneRebalancing::ENABLED,
                ZoneRebalancing::Disabled => cfn::AvailabilityZoneRebalancing::DISABLED,
            })
            .cluster(props.cluster.cluster_name())
            .deployment_configuration(deployment.render_configuration())
            .deployment_controller(
                cfn::DeploymentController::new().type_(cfn::DeploymentControllerType::ECS),
            )
            .desired_count(props.desired_count)
            .enable_ecs_managed_tags(true)
            .network_configuration(
                cfn::NetworkConfiguration::new().awsvpc_configuration(
                    cfn::AwsVpcConfiguration::new()
                        .assign_public_ip(cfn::AwsVpcConfigurationAssignPublicIp::DISABLED)
                        .security_groups([security_group.id()])
                        .subnets(props.subnets.ids()),
                ),
            )
            .platform_version("LATEST")
            .propagate_tags(cfn::PropagateTags::SERVICE)
            .task_definition(props.task_definition.arn());
        if let Some(name) = props.service_name {
            cfn = cfn.service_name(name);
        }
        if props.execute_command == ExecuteCommand::Enabled {
            cfn = cfn.enable_execute_command(true);
            allow_execute_command(scope, props.cluster, props.task_definition);
        }
        let service = props.capacity.apply_to(cfn).build(scope, "Service");
        network::start_after_routes(
            scope,
            props.subnets,
            *service,
            props.task_definition,
            props.execute_command,
        );
        FargateService {
            scope,
            service,
            cluster: props.cluster,
            task_definition: props.task_definition,
            security_group,
            health_check_grace_period: props.health_check_grace_period,
        }
    }
}

fn allow_execute_command<'app, P: Ports>(
    scope: Scope<'app>,
    cluster: ClusterRef<'app>,
    task_definition: FargateTaskDefinition<'app, P>,
) {
    roles::allow_execute_command(
        &task_definition.task_role(),
        cluster.execute_command_log_group().as_ref(),
    );
    if !task_definition.root_is_writable() {
        scope.report(
            Diagnostic::new(codes::EXEC_NEEDS_WRITABLE_ROOT, "ECS Exec is enabled, but the root file system of the containers is read-only")
                .property("EnableExecuteCommand")
                .note("the agent of ECS Exec writes to the root file system")
                .help("omit `execute_command`, or set on the containers `.root_file_system(RootFileSystem::Writable)`"),
        );
    }
}

impl<'app, P: Ports> Construct<'app> for FargateService<'app, P> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Grants permissions to the task role, which the containers use.
impl<'app, P: Ports> Grantable<'app> for FargateService<'app, P> {
    fn grantee(&self) -> Grantee<'app> {
        self.task_definition.grantee()
    }
}

impl<'app, P: Ports> Identity<'app> for FargateService<'app, P> {}

/// Uses the port of the main container as the default port.
impl<'app, P: Ports> Connectable<'app> for FargateService<'app, P> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: self.container_port().map(Port::tcp),
        }
    }
}

impl<'app, P: Ports> FargateService<'app, P> {
    /// Returns a builder for a service.
    pub fn builder() -> FargateServiceBuilder<'app, P> {
        FargateServiceProps::builder()
    }

    /// Returns the ARN of the service.
    pub fn arn(&self) -> Value<Arn<kind::ecs::Service>> {
        self.service.ref_()
    }

    /// Returns the physical name of the service.
    pub fn service_name(&self) -> Value<Name<kind::ecs::Service>> {
        self.service.attr_name()
    }

    /// Returns the cluster of the service.
    pub fn cluster(&self) -> ClusterRef<'app> {
        self.cluster
    }

    /// Returns the task definition that the service runs.
    pub fn task_definition(&self) -> FargateTaskDefinition<'app, P> {
        self.task_definition
    }

    /// Returns the security group of the tasks.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    pub(super) fn container_port(&self) -> Option<u16> {
        let port = self
            .task_definition
            .main_container("PortMappings.0.ContainerPort")?;
        u16::try_from(port.as_int()?).ok()
    }

    /// Returns `true` if a load balancer is attached.
    pub(super) fn has_load_balancer(&self) -> bool {
        self.service
            .prop("LoadBalancers")
            .as_ref()
            .and_then(Data::as_list)
            .is_some_and(|list| !list.is_empty())
    }
}
