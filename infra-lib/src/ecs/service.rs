//! A service: tasks that are kept running, and replaced one by one when their definition changes.

use bon::Builder;

use super::capacity::Capacity;
use super::cluster::Cluster;
use super::deployment::{CircuitBreaker, Deployment, ZoneRebalancing};
use super::network::{TaskSubnets, security_group};
use super::parts::{Ports, WithPort};
use super::task_definition::FargateTaskDefinition;
use super::{network, roles};
use crate::cfn::ecs::{CfnService, CfnServiceProps, service as cfn};
use crate::core::{
    Arn, Construct, Data, Diagnostic, Duration, IntoValue, Name, Scope, Value, codes,
};
use crate::ec2::{Connectable, Connections, Port, PrivateWithEgress, SecurityGroup, Subnets};
use crate::iam::{Grantable, Role};
use crate::kind;

/// Whether people may open a shell in running containers.
///
/// See [ECS Exec](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ExecuteCommand {
    /// Nobody may: the default, CloudFormation's too.
    Disabled,
    /// Whoever has `ecs:ExecuteCommand` may; what is typed goes to a log group of the cluster.
    ///
    /// It needs containers with a writable root file system.
    Enabled,
}

/// A service on Fargate, in private subnets.
///
/// Defaults, with CloudFormation's own in brackets: two tasks (one); all of them keep running while new ones start (the
/// same); a deployment that fails is rolled back (is tried on for hours); tasks are spread over Availability Zones
/// again when they are not (the same since September 2025); no public address; a security group that lets tasks open
/// connections to port 443 anywhere, for the APIs of AWS, and nothing else (the default security group of the VPC); tags
/// of the service are put on its tasks (are not); no ECS Exec.
///
/// Tasks start after the routes of their subnets exist, after the listeners that send them requests, and with roles
/// that already have their permissions.
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
    cluster: Cluster<'app>,
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
    /// The cluster. Changing it replaces the service.
    cluster: Cluster<'app>,
    /// The tasks.
    task_definition: FargateTaskDefinition<'app, P>,
    /// Where tasks run: private subnets with a way out, `vpc.private()`.
    #[builder(with = |subnets: impl TaskSubnets<'app>| subnets.subnets())]
    subnets: Subnets<'app, PrivateWithEgress>,
    /// The name. Default: generated, so that the service can be replaced.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    service_name: Option<Value<String>>,
    /// How many tasks run. Default: 2 (CloudFormation: 1). With [`auto_scale`](FargateService::auto_scale) the template
    /// leaves it out: every deployment would undo the scaling.
    #[builder(default = 2)]
    desired_count: u32,
    /// How many of them run at least during a deployment. Default: 100 %, CloudFormation's too.
    #[builder(default = 100)]
    min_healthy_percent: u32,
    /// How many tasks run at most during a deployment. Default: 200 %, CloudFormation's too.
    #[builder(default = 200)]
    max_healthy_percent: u32,
    /// What happens to a deployment that fails. Default: [`CircuitBreaker::Rollback`].
    #[builder(default = CircuitBreaker::Rollback)]
    circuit_breaker: CircuitBreaker,
    /// Whether tasks are moved to even out Availability Zones. Default: [`ZoneRebalancing::Enabled`].
    #[builder(default = ZoneRebalancing::Enabled)]
    zone_rebalancing: ZoneRebalancing,
    /// Time after the start of a task in which failed health checks of the load balancer do not stop it. Default:
    /// 60 seconds with a load balancer (CloudFormation: none, so that a slow start never ends).
    #[builder(default = Duration::seconds(60))]
    health_check_grace_period: Duration,
    /// What the tasks run on. Default: [`Capacity::Fargate`].
    #[builder(default = Capacity::Fargate)]
    capacity: Capacity,
    /// Whether people may open a shell in the containers. Default: [`ExecuteCommand::Disabled`].
    #[builder(default = ExecuteCommand::Disabled)]
    execute_command: ExecuteCommand,
    /// The security group of the tasks. Default: one of its own, which lets them reach port 443 anywhere.
    security_group: Option<SecurityGroup<'app>>,
}

impl<'app, P: Ports, S: fargate_service_builder::State> FargateServiceBuilder<'app, P, S> {
    /// Rolls a deployment back when this alarm goes off during it.
    ///
    /// Name an alarm on what users notice, such as errors of the load balancer; an alarm on a metric of this service
    /// would wait for the service, and the service for it.
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
        deployment.check(scope);
        let security_group = props
            .security_group
            .unwrap_or_else(|| security_group(scope, props.subnets));
        let mut cfn = CfnServiceProps::new()
            .availability_zone_rebalancing(match props.zone_rebalancing {
                ZoneRebalancing::Enabled => cfn::AvailabilityZoneRebalancing::ENABLED,
                ZoneRebalancing::Disabled => cfn::AvailabilityZoneRebalancing::DISABLED,
            })
            .cluster(props.cluster.cluster_name())
            .deployment_configuration(deployment.render())
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
        let service = props.capacity.apply(cfn).build(scope, "Service");
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
    cluster: Cluster<'app>,
    task_definition: FargateTaskDefinition<'app, P>,
) {
    roles::allow_execute_command(
        &task_definition.task_role(),
        &cluster.execute_command_log_group(),
    );
    if !task_definition.root_is_writable() {
        scope.report(
            Diagnostic::new(codes::EXEC_NEEDS_WRITABLE_ROOT, "ECS Exec is on, and the containers cannot write to their root file system")
                .property("EnableExecuteCommand")
                .note("the agent that runs the shell writes into the container")
                .help("leave `execute_command` out, or give the containers `.root_file_system(RootFileSystem::Writable)`"),
        );
    }
}

impl<'app, P: Ports> Construct<'app> for FargateService<'app, P> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Grants go to the task role: what the containers may do.
impl<'app, P: Ports> Grantable<'app> for FargateService<'app, P> {
    fn grantee(&self) -> Role<'app> {
        self.task_definition.task_role()
    }
}

/// The default port is the container's.
impl<'app, P: Ports> Connectable<'app> for FargateService<'app, P> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: self.container_port().map(Port::tcp),
        }
    }
}

impl<'app, P: Ports> FargateService<'app, P> {
    /// Starts describing a service.
    pub fn builder() -> FargateServiceBuilder<'app, P> {
        FargateServiceProps::builder()
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::ecs::Service>> {
        self.service.ref_()
    }

    /// The name.
    pub fn service_name(&self) -> Value<Name<kind::ecs::Service>> {
        self.service.attr_name()
    }

    /// The cluster.
    pub fn cluster(&self) -> Cluster<'app> {
        self.cluster
    }

    /// The task definition.
    pub fn task_definition(&self) -> FargateTaskDefinition<'app, P> {
        self.task_definition
    }

    /// The security group of the tasks.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    pub(super) fn container_port(&self) -> Option<u16> {
        let port = self
            .task_definition
            .main_container("PortMappings.0.ContainerPort")?;
        u16::try_from(port.as_int()?).ok()
    }

    /// Whether a load balancer was attached.
    pub(super) fn has_load_balancer(&self) -> bool {
        self.service
            .prop("LoadBalancers")
            .as_ref()
            .and_then(Data::as_list)
            .is_some_and(|list| !list.is_empty())
    }
}
