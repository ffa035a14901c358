//! Web services: a container behind a load balancer.

use super::alarms::{Actions, Watch, alarm_actions};
use super::task_count::TaskCount;
use super::web_address::WebAddress;
use super::{cluster, stands_for};
use crate::certificatemanager::Certificate;
use crate::cloudwatch::{Alarm, AlarmAction, MathExpression, Period};
use crate::core::{Duration, Scope, Value, sub};
use crate::ec2::Vpc;
use crate::ecs::{
    AsCluster, Capacity, CircuitBreaker, ClusterRef, ContainerDefinition, CpuArchitecture,
    ExecuteCommand, FargateService, FargateTaskDefinition, FargateTaskDefinitionBuilder,
    TaskScaling, TaskSize, WithPort,
};
use crate::elbv2::{
    AccessLogs, Action, ApplicationLoadBalancer, DeletionProtection, HealthCheck, Listener,
    ListenerProtocol, Scheme, TargetGroup,
};
use crate::logs::{AsLogGroup, LogGroupRef};
use crate::task_size;

crate::construct! {
    /// A web service: a container on Fargate behind an application load balancer.
    ///
    /// Creates a load balancer with its listeners and target group, a task definition, and a service that is scaled; a
    /// certificate and DNS records if the [address](WebAddress) is a domain; and alarms if they have an
    /// [action](WebServiceBuilder::alarm_action). Defaults, in addition to those of the constructs behind it:
    ///
    /// | property | here | `ApplicationLoadBalancedFargateService` of the CDK |
    /// |---|---|---|
    /// | address | required: a domain, a certificate, or a VPC | HTTP from the internet |
    /// | HTTP, where the address has HTTPS | redirected | not answered |
    /// | health check | required | `/` |
    /// | tasks | 2 to 10, at 60 % of their CPU | 1 |
    /// | size of a task | 256 CPU units, 512 MiB | the same |
    /// | failed deployment | rolled back | retried for hours |
    /// | cluster | that of the patterns of the stack | that of the patterns of the stack |
    /// | deletion protection of the load balancer | on | off |
    ///
    /// Alarms watch failed requests (more than 5 % for 3 minutes), unhealthy tasks (5 minutes), CPU and memory (more than 85 %
    /// for 15 minutes); with them, a deployment during which requests fail is rolled back. IDs of children are those of the
    /// CDK.
    ///
    /// ```
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::ecs::{ContainerDefinition, ContainerImage};
    /// use infra_lib::elbv2::HealthCheck;
    /// use infra_lib::patterns::{WebAddress, WebService};
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::HostedZone;
    ///
    /// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Shop");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// let shop = WebService::builder()
    ///     .vpc(vpc)
    ///     .container(ContainerDefinition::new("shop", image).port(8080))
    ///     .health_check(HealthCheck::http("/healthz"))
    ///     .address(WebAddress::domain("shop.example.com", &zone))
    ///     .build(stack, "Web");
    /// Output::new(stack, "Address", shop.url());
    /// # let synthesis = app.synth();
    /// # assert!(!synthesis.has_errors(), "{:?}", synthesis.findings());
    /// ```
    ///
    /// A container without a port does not compile:
    ///
    /// ```compile_fail
    /// # use infra_lib::ecs::{ContainerDefinition, ContainerImage};
    /// # use infra_lib::patterns::WebService;
    /// # fn wrong(image: ContainerImage) {
    /// WebService::builder().container(ContainerDefinition::new("shop", image));
    /// # }
    /// ```
    pub struct WebService<'app>: "infra-lib.patterns.WebService" {
        load_balancer: ApplicationLoadBalancer<'app>,
        listener: Listener<'app>,
        redirect_listener: Option<Listener<'app>>,
        target_group: TargetGroup<'app>,
        certificate: Option<Certificate<'app>>,
        service: FargateService<'app>,
        scaling: Option<TaskScaling<'app>>,
        alarms: [Option<Alarm<'app>>; 4],
    }

    /// Properties of a [`WebService`], set through [`WebService::builder`].
    pub struct WebServiceProps, WebServiceBuilder, web_service_builder {
        /// Actions of every alarm.
        list alarm_actions: std::rc::Rc<dyn AlarmAction + 'app>,
        /// Containers next to the one that listens.
        list sidecars: ContainerDefinition,
        /// VPC of the load balancer and the tasks. Changing it replaces both.
        required_handle vpc: Vpc<'app>,
        /// Container that answers requests, with its image, port and environment.
        required container: ContainerDefinition<WithPort>,
        /// Health check of the load balancer; a task that fails it is replaced.
        required health_check: HealthCheck,
        /// Address of the service: its domain and certificate, and the network that it is reached from.
        required address: WebAddress<'app>,
        /// CPU and memory of a task; see [`task_size!`](crate::task_size). Default: 256 CPU units and 512 MiB.
        default size: TaskSize = task_size!(256 cpu, 512 MiB),
        /// Processor architecture that the image is built for. Default: ARM64 (CloudFormation: X86_64).
        default cpu_architecture: CpuArchitecture = CpuArchitecture::Arm64,
        /// Number of tasks. Default: 2 to 10 (CloudFormation: 1).
        default tasks: TaskCount = TaskCount::Scaled { min: 2, max: 10 },
        /// Average CPU utilization that scaling keeps, in percent. Without effect for a fixed number of tasks. Default: 60.
        default target_cpu: u32 = 60,
        /// Number of requests per task and minute that scaling keeps as well; the larger number of tasks applies. Default: none.
        optional requests_per_task: u32,
        /// Capacity that the tasks run on. Default: [`Capacity::Fargate`].
        default capacity: Capacity = Capacity::Fargate,
        /// Reaction to a failed deployment. Default: a rollback (CloudFormation: retried for hours).
        default circuit_breaker: CircuitBreaker = CircuitBreaker::Rollback,
        /// Time after the start of a task during which failed health checks do not stop it. Default: 60 seconds
        /// (CloudFormation: none).
        default health_check_grace_period: Duration = Duration::seconds(60),
        /// Access to a shell in the containers. Default: off, as in CloudFormation.
        default execute_command: ExecuteCommand = ExecuteCommand::Disabled,
        /// Cluster of the service. Default: one that the patterns of the stack share for a VPC.
        reference cluster: AsCluster::as_cluster => ClusterRef<'app>,
        /// Log group of the containers. Default: a separate one with limited retention (CloudFormation: none).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Destination of access logs of the load balancer. Default: none, as in CloudFormation.
        optional access_logs: AccessLogs<'app>,
        /// Deletion protection of the load balancer. Default: on (CloudFormation: off).
        default deletion_protection: DeletionProtection = DeletionProtection::Enabled,
    }
}

alarm_actions!(WebServiceBuilder, web_service_builder);

impl<S: web_service_builder::State> WebServiceBuilder<'_, S> {
    /// Adds a container next to the one that listens.
    pub fn sidecar(mut self, container: ContainerDefinition) -> Self {
        self.sidecars.push(container);
        self
    }
}

stands_for!(
    WebService,
    service,
    "Grants permissions to the task role, which the containers use.",
    "Connects the tasks, on the port of the container. Clients connect to the [listener](WebService::listener)."
);

/// Address of a web service, with its protocol.
struct Url(Value<String>);

impl<'app> WebService<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: WebServiceProps<'app>) -> Self {
        let WebServiceProps { vpc, address, .. } = &props;
        let (vpc, address) = (*vpc, address.clone());
        let cluster = cluster::given_or_shared(scope, props.cluster, vpc);
        let balancer = ApplicationLoadBalancer::builder();
        let load_balancer = match address.scheme() {
            Scheme::Internal => balancer.internal(vpc.private()),
            Scheme::InternetFacing => balancer.internet_facing(vpc.public()),
        }
        .deletion_protection(props.deletion_protection)
        .maybe_access_logs(props.access_logs)
        .build(scope, "LB");
        let certificate = address.certificate_in(scope);
        let listener = Listener::builder()
            .load_balancer(load_balancer)
            .protocol(WebAddress::protocol(certificate))
            .build(load_balancer, "PublicListener");
        let redirect_listener = add_redirect(load_balancer, listener);
        let target_group = TargetGroup::builder()
            .vpc(vpc)
            .port(props.container.listening_port())
            .health_check(props.health_check)
            .build(listener, "ECSGroup");
        listener.forward_to(&target_group);
        let listeners: Vec<_> = std::iter::once(listener).chain(redirect_listener).collect();
        address.open(vpc, &listeners);
        address.add_records(scope, vpc, load_balancer);
        let failed_requests =
            watch_requests(load_balancer, target_group).add(scope, &props.alarm_actions);

        let task_definition = FargateTaskDefinition::builder()
            .size(props.size)
            .container(props.container)
            .cpu_architecture(props.cpu_architecture)
            .maybe_log_group(props.log_group);
        let task_definition = props
            .sidecars
            .into_iter()
            .fold(task_definition, FargateTaskDefinitionBuilder::sidecar)
            .build(scope, "TaskDef");
        let service = FargateService::builder()
            .cluster(cluster)
            .task_definition(task_definition)
            .subnets(vpc.private())
            .desired_count(props.tasks.initial())
            .capacity(props.capacity)
            .circuit_breaker(props.circuit_breaker)
            .health_check_grace_period(props.health_check_grace_period)
            .execute_command(props.execute_command);
        let service = match failed_requests {
            Some(alarm) => service.deployment_alarm(alarm.name()),
            None => service,
        }
        .build(scope, "Service");
        service.load_balance(&target_group);
        let scaling = match props.tasks.scale(&service) {
            Some(tasks) => Some(match props.requests_per_task {
                Some(requests) => tasks
                    .on_cpu(props.target_cpu)
                    .on_requests_per_target(&target_group, requests),
                None => tasks.on_cpu(props.target_cpu),
            }),
            None => None,
        };
        let [unhealthy, cpu, memory] = watch_tasks(
            scope,
            load_balancer,
            target_group,
            &service,
            &props.alarm_actions,
        );
        scope.attach(Url(url(&address, listener, load_balancer)));
        Self {
            scope,
            load_balancer,
            listener,
            redirect_listener,
            target_group,
            certificate,
            service,
            scaling,
            alarms: [failed_requests, unhealthy, cpu, memory],
        }
    }

    /// Returns the load balancer.
    pub fn load_balancer(&self) -> ApplicationLoadBalancer<'app> {
        self.load_balancer
    }

    /// Returns the listener that forwards requests to the tasks: on port 443, or on port 80 without a certificate.
    pub fn listener(&self) -> Listener<'app> {
        self.listener
    }

    /// Returns the listener on port 80 that redirects to HTTPS, or `None` for an address without HTTPS.
    pub fn redirect_listener(&self) -> Option<Listener<'app>> {
        self.redirect_listener
    }

    /// Returns the target group of the tasks.
    pub fn target_group(&self) -> TargetGroup<'app> {
        self.target_group
    }

    /// Returns the certificate, created or given, or `None` for an address without HTTPS.
    pub fn certificate(&self) -> Option<Certificate<'app>> {
        self.certificate
    }

    /// Returns the service in ECS.
    pub fn service(&self) -> FargateService<'app> {
        self.service
    }

    /// Returns the task definition.
    pub fn task_definition(&self) -> FargateTaskDefinition<'app> {
        self.service.task_definition()
    }

    /// Returns the cluster, created or given.
    pub fn cluster(&self) -> ClusterRef<'app> {
        self.service.cluster()
    }

    /// Returns the scaling of the tasks, for more policies and for schedules, or `None` for a fixed number.
    pub fn scaling(&self) -> Option<TaskScaling<'app>> {
        self.scaling
    }

    /// Returns the alarms on failed requests, unhealthy tasks, CPU and memory; none without an action.
    pub fn alarms(&self) -> Vec<Alarm<'app>> {
        self.alarms.into_iter().flatten().collect()
    }

    /// Returns the address with its protocol: at the domain, otherwise at the name of the load balancer.
    pub fn url(&self) -> Value<String> {
        let url = self.scope.attached::<Url>();
        url.map_or_else(|| self.load_balancer.dns_name(), |url| url.0.clone())
    }
}

/// Adds the listener that redirects to HTTPS, where there is HTTPS.
#[track_caller]
fn add_redirect<'app>(
    load_balancer: ApplicationLoadBalancer<'app>,
    listener: Listener<'app>,
) -> Option<Listener<'app>> {
    if !listener.is_https() {
        return None;
    }
    let redirect = Listener::builder()
        .load_balancer(load_balancer)
        .protocol(ListenerProtocol::Http)
        .default_action(Action::redirect_to_https())
        .build(load_balancer, "PublicRedirectListener");
    Some(redirect)
}

fn url<'app>(
    address: &WebAddress<'app>,
    listener: Listener<'app>,
    load_balancer: ApplicationLoadBalancer<'app>,
) -> Value<String> {
    let protocol = if listener.is_https() { "https" } else { "http" };
    match address.name() {
        Some(name) => crate::value(format!("{protocol}://{name}")),
        None => sub![protocol, "://", load_balancer.dns_name()],
    }
}

/// Returns the alarm on requests that the tasks or the load balancer fail.
fn watch_requests(load_balancer: ApplicationLoadBalancer<'_>, targets: TargetGroup<'_>) -> Watch {
    let failed = MathExpression::new("100 * (FILL(task, 0) + FILL(balancer, 0)) / requests")
        .using("task", targets.metric_target_5xx(&load_balancer))
        .using("balancer", load_balancer.metric_elb_5xx())
        .using("requests", load_balancer.metric_request_count())
        .period(Period::ONE_MINUTE)
        .label("failed requests in percent");
    Watch {
        id: "FailedRequests",
        description: "More than 5 % of the requests fail: the log of the service tells why; a deployment is rolled back",
        measure: failed.into(),
        threshold: 5.0,
        minutes: 3,
    }
}

/// Adds the alarms on the health and the load of the tasks.
#[track_caller]
fn watch_tasks<'app>(
    scope: Scope<'app>,
    load_balancer: ApplicationLoadBalancer<'app>,
    targets: TargetGroup<'app>,
    service: &FargateService<'app>,
    actions: &Actions<'app>,
) -> [Option<Alarm<'app>>; 3] {
    let unhealthy = Watch::above(
        "UnhealthyTasks",
        targets.metric_unhealthy_hosts(&load_balancer),
        0.0,
        5,
        "A task fails its health check: the events of the service and its log tell why",
    );
    let cpu = Watch::above(
        "HighCpu",
        service.metric_cpu_utilization(),
        85.0,
        15,
        "The tasks use more than 85 % of their CPU: raise the maximum number of tasks, or their size",
    );
    let memory = Watch::above(
        "HighMemory",
        service.metric_memory_utilization(),
        85.0,
        15,
        "The tasks use more than 85 % of their memory: ECS stops a task that reaches 100 %",
    );
    [
        unhealthy.add(scope, actions),
        cpu.add(scope, actions),
        memory.add(scope, actions),
    ]
}
