//! Application load balancers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use bon::Builder;
use infra_cfn::elasticloadbalancingv2::load_balancer::{
    IpAddressType, LoadBalancerAttribute, Scheme as CfnScheme, Type,
};
use infra_cfn::elasticloadbalancingv2::{CfnLoadBalancer, CfnLoadBalancerProps};
use infra_cfn::kind;

use super::{AccessLogs, DeletionProtection, DesyncMitigation, Http2, Scheme, XForwardedFor};
use crate::core::Origin;
use crate::ec2::{
    Connectable, Connections, InternalTier, Public, SecurityGroup, SubnetTier, Subnets, Tier, Vpc,
};
use crate::{Arn, Construct, Diagnostic, Duration, Id, IntoValue, Scope, Value, codes};

/// Scheme and subnets of a load balancer, which belong together.
#[derive(Clone, Copy, Debug)]
struct Placement<'app> {
    scheme: Scheme,
    vpc: Vpc<'app>,
    tier: Tier,
}

/// An application load balancer for HTTP and HTTPS.
///
/// Creates an
/// [`AWS::ElasticLoadBalancingV2::LoadBalancer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-loadbalancer.html)
/// and its security group. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | scheme | set together with the subnets, so that they match | internet-facing |
/// | deletion protection | on | off |
/// | headers with invalid names | dropped | passed on |
/// | security group | a separate one without rules | the default group of the VPC |
/// | idle timeout | 60 seconds | 60 seconds |
/// | access logs | none | none |
///
/// Listeners are [`Connectable`], and targets in a [`TargetGroup`](super::TargetGroup) are connected automatically.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, ec2::{Connectable, Peer, Vpc}, elbv2::{Action, ApplicationLoadBalancer, Listener, ListenerProtocol}};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Web");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let balancer = ApplicationLoadBalancer::builder().internet_facing(vpc.public()).build(stack, "Balancer");
/// let http = Listener::builder()
///     .load_balancer(balancer)
///     .protocol(ListenerProtocol::Http)
///     .default_action(Action::redirect_to_https())
///     .build(balancer, "Http");
/// http.allow_from_peer(&Peer::any_ipv4(), "the internet");
/// # assert!(!app.synth().has_errors());
/// ```
///
/// Subnets that contradict the scheme do not compile:
///
/// ```compile_fail
/// # use infra_lib::prelude::*;
/// # use infra_lib::{cidr, ec2::Vpc, elbv2::ApplicationLoadBalancer};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Web");
/// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// ApplicationLoadBalancer::builder().internet_facing(vpc.isolated()).build(stack, "Balancer");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ApplicationLoadBalancer<'app> {
    scope: Scope<'app>,
    balancer: CfnLoadBalancer<'app>,
    security_group: SecurityGroup<'app>,
    scheme: Scheme,
}

/// Full name of a load balancer, attached to the construct that stands for it.
pub(super) struct FullName(pub(super) Value<String>);

/// Scheme of a load balancer, and ports of its listeners with the line that added each.
pub(super) struct State {
    scheme: Scheme,
    ports: RefCell<BTreeMap<u16, Origin>>,
}

impl State {
    pub(super) fn new(scheme: Scheme) -> Self {
        Self {
            scheme,
            ports: RefCell::default(),
        }
    }

    pub(super) fn of(balancer: Scope<'_>) -> Rc<Self> {
        balancer
            .attached()
            .expect("every load balancer is made with its state")
    }

    pub(super) const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Records the port of a listener; reports one that is already used.
    pub(super) fn take_port(&self, port: u16, listener: Scope<'_>) {
        if let Some(first) = self.ports.borrow_mut().insert(port, listener.origin()) {
            listener.report(
                Diagnostic::new(
                    codes::DUPLICATE_LISTENER_PORT,
                    format!("the load balancer already has a listener on port {port}"),
                )
                .property("Port")
                .related("first used here", first)
                .help("use another port for one of the listeners, or add a rule to the first listener"),
            );
        }
    }
}

/// Properties of an [`ApplicationLoadBalancer`], set through [`ApplicationLoadBalancer::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = ApplicationLoadBalancerBuilder),
    finish_fn(name = props, vis = "pub(crate)"),
    start_fn(vis = "pub(crate)")
)]
pub struct ApplicationLoadBalancerProps<'app> {
    #[builder(setters(name = placement_internal, vis = ""))]
    placement: Placement<'app>,
    /// Deletion protection. Default: [`DeletionProtection::Enabled`] (CloudFormation: off).
    #[builder(default)]
    deletion_protection: DeletionProtection,
    /// Destination of access logs. Default: none, as in CloudFormation.
    access_logs: Option<AccessLogs<'app>>,
    /// Time that a connection may be idle, 1 to 4,000 seconds (`INF4308` otherwise). Default: 60 seconds, as in
    /// CloudFormation.
    #[builder(default = Duration::seconds(60))]
    idle_timeout: Duration,
    /// Availability of HTTP/2 for clients. Default: [`Http2::Enabled`].
    #[builder(default)]
    http2: Http2,
    /// Handling of ambiguous requests. Default: [`DesyncMitigation::Defensive`].
    #[builder(default)]
    desync_mitigation: DesyncMitigation,
    /// Handling of the `X-Forwarded-For` header. Default: [`XForwardedFor::Append`].
    #[builder(default)]
    x_forwarded_for: XForwardedFor,
    /// Physical name, at most 32 characters. Default: a generated name, so that CloudFormation can replace the load
    /// balancer.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    name: Option<Value<String>>,
}

impl<'app, S: application_load_balancer_builder::State> ApplicationLoadBalancerBuilder<'app, S> {
    /// Makes the load balancer internal: private addresses, in private or isolated subnets.
    pub fn internal<T: InternalTier>(
        self,
        subnets: Subnets<'app, T>,
    ) -> ApplicationLoadBalancerBuilder<'app, application_load_balancer_builder::SetPlacement<S>>
    where
        S::Placement: application_load_balancer_builder::IsUnset,
    {
        self.placement_internal(Placement {
            scheme: Scheme::Internal,
            vpc: subnets.vpc(),
            tier: T::TIER,
        })
    }

    /// Makes the load balancer internet-facing: public addresses, in public subnets.
    pub fn internet_facing(
        self,
        subnets: Subnets<'app, Public>,
    ) -> ApplicationLoadBalancerBuilder<'app, application_load_balancer_builder::SetPlacement<S>>
    where
        S::Placement: application_load_balancer_builder::IsUnset,
    {
        self.placement_internal(Placement {
            scheme: Scheme::InternetFacing,
            vpc: subnets.vpc(),
            tier: Public::TIER,
        })
    }

    /// Adds the load balancer under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> ApplicationLoadBalancer<'app>
    where
        S: application_load_balancer_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.elbv2.ApplicationLoadBalancer");
        check_props(scope, &props);
        let Placement { scheme, vpc, tier } = props.placement;
        let security_group = SecurityGroup::builder()
            .vpc(vpc)
            .description(format!("load balancer {}", scope.path()))
            .build(scope, "SecurityGroup");
        let mut cfn = CfnLoadBalancerProps::new()
            .type_(Type::APPLICATION)
            .scheme(match scheme {
                Scheme::Internal => CfnScheme::INTERNAL,
                Scheme::InternetFacing => CfnScheme::INTERNET_FACING,
            })
            .subnets(vpc.subnet_ids(tier))
            .security_groups([security_group.id()])
            .load_balancer_attributes(render_attributes(&props));
        if vpc.is_dual_stack() {
            cfn = cfn.ip_address_type(IpAddressType::DUALSTACK);
        }
        if let Some(name) = props.name {
            cfn = cfn.name(name);
        }
        let balancer = cfn.build(scope, "Resource");
        if let Some(logs) = &props.access_logs {
            logs.add_policy_dependency(*balancer);
        }
        if scheme == Scheme::InternetFacing {
            vpc.add_route_dependency(tier, *balancer);
        }
        scope.attach(State::new(scheme));
        scope.attach(FullName(balancer.attr_load_balancer_full_name()));
        ApplicationLoadBalancer {
            scope,
            balancer,
            security_group,
            scheme,
        }
    }
}

fn render_attributes(props: &ApplicationLoadBalancerProps<'_>) -> Vec<LoadBalancerAttribute> {
    let mut attributes = Vec::new();
    let mut set = |key: &str, value: Value<String>| {
        attributes.push(LoadBalancerAttribute::new().key(key).value(value));
    };
    let flag = |on: bool| if on { "true" } else { "false" }.into_value();
    set(
        "deletion_protection.enabled",
        flag(props.deletion_protection == DeletionProtection::Enabled),
    );
    set(
        "idle_timeout.timeout_seconds",
        props.idle_timeout.as_seconds().to_string().into_value(),
    );
    set(
        "routing.http.drop_invalid_header_fields.enabled",
        flag(true),
    );
    set("routing.http2.enabled", flag(props.http2 == Http2::Enabled));
    let mode = match props.desync_mitigation {
        DesyncMitigation::Defensive => "defensive",
        DesyncMitigation::Strictest => "strictest",
        DesyncMitigation::Monitor => "monitor",
    };
    set("routing.http.desync_mitigation_mode", mode.into_value());
    let mode = match props.x_forwarded_for {
        XForwardedFor::Append => "append",
        XForwardedFor::Preserve => "preserve",
        XForwardedFor::Remove => "remove",
    };
    set("routing.http.xff_header_processing.mode", mode.into_value());
    if let Some(logs) = &props.access_logs {
        set("access_logs.s3.enabled", flag(true));
        set("access_logs.s3.bucket", logs.bucket_name().into_value());
        if let Some(prefix) = logs.key_prefix() {
            set("access_logs.s3.prefix", prefix.into_value());
        }
    }
    attributes
}

fn check_props(scope: Scope<'_>, props: &ApplicationLoadBalancerProps<'_>) {
    props.placement.vpc.requires_two_zones(
        props.placement.tier,
        scope,
        "an application load balancer",
    );
    let idle = props.idle_timeout.as_seconds();
    if !(1..=4_000).contains(&idle) {
        scope.report(
            Diagnostic::new(
                codes::IDLE_TIMEOUT_RANGE,
                format!(
                    "the idle timeout of a load balancer cannot be {}",
                    props.idle_timeout
                ),
            )
            .property("LoadBalancerAttributes")
            .actual(idle.to_string())
            .expected("1 to 4000 seconds"),
        );
    }
}

impl<'app> Construct<'app> for ApplicationLoadBalancer<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl From<&Self> for ApplicationLoadBalancer<'_> {
    fn from(balancer: &Self) -> Self {
        *balancer
    }
}

impl<'app> ApplicationLoadBalancer<'app> {
    /// Returns a builder for a load balancer.
    pub fn builder() -> ApplicationLoadBalancerBuilder<'app> {
        ApplicationLoadBalancerProps::builder()
    }

    /// Returns the L1 binding of the load balancer.
    pub const fn cfn(&self) -> CfnLoadBalancer<'app> {
        self.balancer
    }

    /// Returns the ARN of the load balancer.
    pub fn arn(&self) -> Value<Arn<kind::elasticloadbalancingv2::LoadBalancer>> {
        self.balancer.ref_()
    }

    /// Returns the DNS name that AWS assigns.
    pub fn dns_name(&self) -> Value<String> {
        self.balancer.attr_dns_name()
    }

    /// Returns the ID of the Route 53 hosted zone of the DNS name, for alias records.
    pub fn canonical_hosted_zone_id(&self) -> Value<String> {
        self.balancer.attr_canonical_hosted_zone_id()
    }

    /// Returns the full name, `app/…`, which metrics use as a dimension.
    pub fn full_name(&self) -> Value<String> {
        self.balancer.attr_load_balancer_full_name()
    }

    /// Returns the scheme: internal or internet-facing.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Returns the security group of the load balancer.
    pub const fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the ID of the security group.
    pub fn security_group_id(&self) -> Value<Id<kind::ec2::SecurityGroup>> {
        self.security_group.id()
    }
}

impl<'app> Connectable<'app> for ApplicationLoadBalancer<'app> {
    /// Has no default port; listeners have one each.
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: None,
        }
    }
}
