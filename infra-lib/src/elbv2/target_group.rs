//! Target groups: the targets to which a load balancer forwards requests.

use std::cell::RefCell;

use bon::Builder;
use infra_cfn::elasticloadbalancingv2::target_group::{
    Protocol, TargetDescription, TargetGroupAttribute, TargetType as CfnTargetType,
};
use infra_cfn::elasticloadbalancingv2::{CfnTargetGroup, CfnTargetGroupProps};
use infra_cfn::kind;

use super::health_check::CheckProtocol;
use super::listener::Front;
use super::load_balancer::FullName;
use super::{HealthCheck, LoadBalancing, ProtocolVersion, Stickiness, TargetProtocol, TargetType};
use crate::core::{Expr, NodeId, Target};
use crate::ec2::{Connectable, Instance, Port, SecurityGroup, Vpc};
use crate::{
    Arn, Construct, Data, Diagnostic, Duration, IntoValue, Name, Resource, Scope, Value, codes, sub,
};

/// A group of targets, by IP address or instance, to which a load balancer forwards requests. Fargate tasks register
/// themselves in it, by IP address; instances and Auto Scaling groups are added to it.
///
/// Creates an
/// [`AWS::ElasticLoadBalancingV2::TargetGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | health check | required; see [`HealthCheck`] for its numbers | `/` |
/// | deregistration delay | 30 seconds | 300 seconds, which slows deployments down |
/// | kind of targets | IP addresses | instances |
/// | protocol to targets | HTTP/1.1 | required |
/// | slow start | off | off |
/// | stickiness | off | off |
/// | algorithm | round robin | round robin |
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, ec2::Vpc, elbv2::{ApplicationLoadBalancer, HealthCheck, TargetGroup, Listener, Action, ListenerProtocol}};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Web");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let balancer = ApplicationLoadBalancer::builder().internal(vpc.private()).build(stack, "Balancer");
/// let api = TargetGroup::builder().vpc(vpc).port(8080).health_check(HealthCheck::http("/healthz")).build(stack, "Api");
/// Listener::builder()
///     .load_balancer(balancer)
///     .protocol(ListenerProtocol::Http)
///     .default_action(Action::forward(&api))
///     .build(balancer, "Http");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TargetGroup<'app> {
    scope: Scope<'app>,
    group: CfnTargetGroup<'app>,
    port: u16,
}

/// Constructs that are connected through a target group.
struct State {
    target_type: TargetType,
    version: ProtocolVersion,
    health_port: Option<u16>,
    /// Listeners and rules that forward to the group.
    listeners: RefCell<Vec<NodeId>>,
    /// Load balancers that forward to the group.
    balancers: RefCell<Vec<NodeId>>,
    /// Security groups of load balancers that forward to the group.
    sources: RefCell<Vec<NodeId>>,
    /// Security groups of targets.
    targets: RefCell<Vec<NodeId>>,
    /// Resources that depend on the listeners.
    waiting: RefCell<Vec<NodeId>>,
}

/// Properties of a [`TargetGroup`], set through [`TargetGroup::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = TargetGroupBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct TargetGroupProps<'app> {
    /// VPC of the targets. Changing it replaces the group.
    #[builder(into)]
    vpc: Vpc<'app>,
    /// Port that targets listen on. Changing it replaces the group.
    port: u16,
    /// Health check of the targets.
    health_check: HealthCheck,
    /// Kind of the targets. Default: IP addresses (CloudFormation: instances). Changing it replaces the group.
    #[builder(default)]
    target_type: TargetType,
    /// Protocol between load balancer and targets. Default: HTTP. Changing it replaces the group.
    #[builder(default)]
    protocol: TargetProtocol,
    /// Version of HTTP between load balancer and targets. Default: HTTP/1.1. Changing it replaces the group.
    #[builder(default)]
    protocol_version: ProtocolVersion,
    /// Time that a deregistered target has to finish requests, at most an hour. Default: 30 seconds (CloudFormation:
    /// 300).
    #[builder(default = Duration::seconds(30))]
    deregistration_delay: Duration,
    /// Time over which the share of a new target grows, 30 to 900 seconds. Default: none; a new target has its full
    /// share at once.
    slow_start: Option<Duration>,
    /// Stickiness of clients to a target. Default: off.
    #[builder(default)]
    stickiness: Stickiness,
    /// Algorithm that selects the target of a request. Default: round robin.
    #[builder(default)]
    load_balancing: LoadBalancing,
}

impl<'app, S: target_group_builder::IsComplete> TargetGroupBuilder<'app, S> {
    /// Adds the target group under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> TargetGroup<'app> {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.elbv2.TargetGroup");
        props.health_check.check_timeout(scope);
        check_props(scope, &props);
        let (port, health_port) = (props.port, props.health_check.port);
        let attributes = render_attributes(&props)
            .map(|(key, value)| TargetGroupAttribute::new().key(key).value(value));
        let cfn = CfnTargetGroupProps::new()
            .vpc_id(props.vpc.id())
            .target_type(match props.target_type {
                TargetType::Ip => CfnTargetType::IP,
                TargetType::Instance => CfnTargetType::INSTANCE,
            })
            .port(port)
            .protocol(match props.protocol {
                TargetProtocol::Http => Protocol::HTTP,
                TargetProtocol::Https => Protocol::HTTPS,
            })
            .protocol_version(match props.protocol_version {
                ProtocolVersion::Http1 => "HTTP1",
                ProtocolVersion::Http2 => "HTTP2",
                ProtocolVersion::Grpc => "GRPC",
            })
            .target_group_attributes(attributes);
        let group = props.health_check.apply_to(cfn).build(scope, "Resource");
        scope.attach(State {
            target_type: props.target_type,
            version: props.protocol_version,
            health_port,
            listeners: RefCell::default(),
            balancers: RefCell::default(),
            sources: RefCell::default(),
            targets: RefCell::default(),
            waiting: RefCell::default(),
        });
        scope.add_validator(check_used);
        TargetGroup { scope, group, port }
    }
}

/// Returns the attributes of the group as text.
fn render_attributes(props: &TargetGroupProps<'_>) -> [(&'static str, String); 6] {
    let (sticky, lifetime) = match props.stickiness {
        Stickiness::Off => ("false", Duration::days(1)),
        Stickiness::Cookie(lifetime) => ("true", lifetime),
    };
    let algorithm = match props.load_balancing {
        LoadBalancing::RoundRobin => "round_robin",
        LoadBalancing::LeastOutstandingRequests => "least_outstanding_requests",
    };
    let seconds = |duration: Duration| duration.as_seconds().to_string();
    [
        (
            "deregistration_delay.timeout_seconds",
            seconds(props.deregistration_delay),
        ),
        (
            "slow_start.duration_seconds",
            seconds(props.slow_start.unwrap_or(Duration::seconds(0))),
        ),
        ("stickiness.enabled", sticky.to_owned()),
        ("stickiness.type", "lb_cookie".to_owned()),
        ("stickiness.lb_cookie.duration_seconds", seconds(lifetime)),
        ("load_balancing.algorithm.type", algorithm.to_owned()),
    ]
}

fn check_props(scope: Scope<'_>, props: &TargetGroupProps<'_>) {
    let lifetime = match props.stickiness {
        Stickiness::Cookie(lifetime) => Some(lifetime),
        Stickiness::Off => None,
    };
    for (name, duration, low, high) in [
        (
            "deregistration_delay",
            Some(props.deregistration_delay),
            0,
            3_600,
        ),
        ("slow_start", props.slow_start, 30, 900),
        ("stickiness", lifetime, 1, 604_800),
    ] {
        if let Some(seconds) = duration
            .map(Duration::as_seconds)
            .filter(|s| !(low..=high).contains(s))
        {
            scope.report(
                Diagnostic::new(
                    codes::TARGET_GROUP_RANGE,
                    format!("the {name} of a target group cannot be {seconds} seconds"),
                )
                .property("TargetGroupAttributes")
                .actual(seconds.to_string())
                .expected(format!("{low} to {high} seconds")),
            );
        }
    }
    if props.port == 0 {
        scope.report(
            Diagnostic::new(codes::TARGET_GROUP_RANGE, "targets cannot listen on port 0")
                .property("Port")
                .expected("1 to 65535"),
        );
    }
    if props.slow_start.is_some() && props.load_balancing == LoadBalancing::LeastOutstandingRequests
    {
        scope.report(
            Diagnostic::new(
                codes::TARGET_GROUP_RANGE,
                "slow start cannot be combined with least outstanding requests",
            )
            .property("TargetGroupAttributes")
            .help("remove one of `.slow_start(…)` and `.load_balancing(…)`"),
        );
    }
    let grpc = props.protocol_version == ProtocolVersion::Grpc;
    if grpc != (props.health_check.protocol == CheckProtocol::Grpc) {
        let (group, check) = if grpc {
            ("gRPC", "HTTP")
        } else {
            ("HTTP", "gRPC")
        };
        scope.report(
            Diagnostic::new(
                codes::PROTOCOL_VERSION,
                format!("targets use {group}, but the health check uses {check}"),
            )
            .property("Matcher")
            .help("use `HealthCheck::grpc(…)` with `ProtocolVersion::Grpc`, and only with it"),
        );
    }
}

/// Reports a group that no listener forwards to, because ECS cannot register tasks in it.
fn check_used(scope: Scope<'_>) {
    let Some(group) = scope.default_child() else {
        return;
    };
    let own = group.scope().node_id();
    let forwards = |resource: Resource<'_>| {
        let mut found = false;
        Data::from(resource.props()).for_each_expr(&mut |expr| {
            found |= matches!(expr, Expr::Ref(Target::Node(id)) | Expr::GetAtt(Target::Node(id), _) if *id == own);
        });
        found
            && resource
                .type_name()
                .starts_with("AWS::ElasticLoadBalancingV2::Listener")
    };
    if !scope.root().resources().into_iter().any(forwards) {
        scope.report(
            Diagnostic::new(codes::UNUSED_TARGET_GROUP, "no listener forwards to this target group")
                .note("ECS rejects a service whose target group has no load balancer")
                .help("use `listener.forward_to(&target_group)`, or a rule with `Action::forward(&target_group)`"),
        );
    }
}

impl<'app> Construct<'app> for TargetGroup<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> TargetGroup<'app> {
    /// Returns a builder for a target group.
    pub fn builder() -> TargetGroupBuilder<'app> {
        TargetGroupProps::builder()
    }

    /// Returns the L1 binding of the target group.
    pub const fn cfn(&self) -> CfnTargetGroup<'app> {
        self.group
    }

    /// Returns the ARN of the target group.
    pub fn arn(&self) -> Value<Arn<kind::elasticloadbalancingv2::TargetGroup>> {
        self.group.ref_()
    }

    /// Returns the physical name of the target group.
    pub fn name(&self) -> Value<Name<kind::elasticloadbalancingv2::TargetGroup>> {
        self.group.attr_target_group_name()
    }

    /// Returns the full name, `targetgroup/…`, which metrics use as a dimension.
    pub fn full_name(&self) -> Value<String> {
        self.group.attr_target_group_full_name()
    }

    /// Returns the port that targets listen on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Returns the listeners and rules that forward to this group so far.
    pub fn attached_listeners(&self) -> Vec<Resource<'app>> {
        self.with_state(|state| self.resolve_nodes(&state.listeners))
            .into_iter()
            .filter_map(Scope::as_resource)
            .collect()
    }

    /// Returns the label `app/…/targetgroup/…` that identifies the group in scaling policies, or `None` before a
    /// listener forwards to it.
    pub fn resource_label(&self) -> Option<Value<String>> {
        let balancer = self
            .with_state(|state| self.resolve_nodes(&state.balancers))
            .into_iter()
            .next()?;
        let balancer = balancer.attached::<FullName>()?;
        Some(sub![balancer.0.clone(), "/", self.full_name()])
    }

    /// Allows every load balancer that forwards to this group, now or later, to reach the target on the group's port.
    #[track_caller]
    pub fn add_target(&self, target: &impl Connectable<'app>) {
        for group in target.connections().security_groups {
            let sources = self.with_state(|state| {
                let new = add_node(&state.targets, group.scope());
                if new {
                    self.resolve_nodes(&state.sources)
                } else {
                    Vec::new()
                }
            });
            // Must stay outside the closure, whose line would otherwise be reported as the user's.
            for source in sources {
                self.allow_connections(SecurityGroup::from_scope(source), group);
            }
        }
    }

    /// Registers an instance: by its ID in a group of instances, otherwise by its private address. Load balancers that
    /// forward to this group may reach it on the group's port.
    #[track_caller]
    pub fn add_instance(&self, instance: &Instance<'app>) {
        let id: Value<String> = match self.target_type() {
            TargetType::Instance => instance.instance_id().cast(),
            TargetType::Ip => instance.private_ip(),
        };
        let target: Value<TargetDescription> = TargetDescription::new(id).into_value();
        self.group.push_prop("Targets", target.into_data());
        self.add_target(instance);
    }

    /// Returns the kind of the targets.
    pub fn target_type(&self) -> TargetType {
        self.with_state(|state| state.target_type)
    }

    /// Reports a group whose targets are of another kind than those that a construct registers (`INF4119`).
    #[cfg_attr(
        not(any(feature = "autoscaling", feature = "ecs")),
        expect(dead_code, reason = "only these services register targets of one kind")
    )]
    pub(crate) fn expects(&self, scope: Scope<'app>, expected: TargetType, user: &str) {
        let own = self.target_type();
        if own != expected {
            scope.report(
                Diagnostic::new(
                    codes::INSTANCE_TARGETS,
                    format!("{user} cannot be registered in a target group of {own}"),
                )
                .property("TargetType")
                .expected(format!("a target group of {expected}"))
                .related("the target group is created here", self.scope.origin())
                .help(format!("create it with `.target_type(TargetType::{expected:?})`"))
                .url("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type"),
            );
        }
    }

    /// Makes a resource depend on every listener that forwards to this group, now or later: ECS refuses a service
    /// whose target group has no load balancer yet.
    pub fn listeners_before(&self, resource: Resource<'app>) {
        self.with_state(|state| {
            if add_node(&state.waiting, resource.scope()) {
                self.resolve_nodes(&state.listeners)
                    .into_iter()
                    .for_each(|listener| resource.depends_on(listener));
            }
        });
    }

    /// Records that a listener or rule forwards to this group.
    #[track_caller]
    pub(super) fn attach_listener(&self, front: &Front<'app>, listener: Resource<'app>) {
        let pairs = self.with_state(|state| {
            if !front.is_https && state.version != ProtocolVersion::Http1 {
                listener.scope().report(
                    Diagnostic::new(
                        codes::PROTOCOL_VERSION,
                        "an HTTP listener forwards to targets that use HTTP/2 or gRPC",
                    )
                    .related("the target group is created here", self.scope.origin())
                    .help("forward from an HTTPS listener, or use `ProtocolVersion::Http1`"),
                );
            }
            add_node(&state.balancers, front.balancer);
            if add_node(&state.listeners, listener.scope()) {
                let waiting = self
                    .resolve_nodes(&state.waiting)
                    .into_iter()
                    .filter_map(Scope::as_resource);
                waiting.for_each(|resource| resource.depends_on(listener));
            }
            let mut pairs = Vec::new();
            for &source in &front.security_groups {
                if add_node(&state.sources, source.scope()) {
                    let targets = self.resolve_nodes(&state.targets).into_iter();
                    pairs.extend(targets.map(|target| (source, SecurityGroup::from_scope(target))));
                }
            }
            pairs
        });
        for (source, target) in pairs {
            self.allow_connections(source, target);
        }
    }

    #[track_caller]
    fn allow_connections(&self, source: SecurityGroup<'app>, target: SecurityGroup<'app>) {
        target.allow_from_on(&source, Port::tcp(self.port));
        let health_port = self.with_state(|state| state.health_port);
        if let Some(port) = health_port.filter(|port| *port != self.port) {
            target.allow_from_on(&source, Port::tcp(port));
        }
    }

    fn resolve_nodes(&self, ids: &RefCell<Vec<NodeId>>) -> Vec<Scope<'app>> {
        ids.borrow()
            .iter()
            .filter_map(|id| self.scope.node(*id))
            .collect()
    }

    #[track_caller]
    fn with_state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        let state = self.scope.attached::<State>();
        look(&state.expect("every target group is made with its state"))
    }
}

/// Adds a node to a list; returns `true` if it was new.
fn add_node(list: &RefCell<Vec<NodeId>>, scope: Scope<'_>) -> bool {
    let id = scope.node_id();
    let new = !list.borrow().contains(&id);
    if new {
        list.borrow_mut().push(id);
    }
    new
}
