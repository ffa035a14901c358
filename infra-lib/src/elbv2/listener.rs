//! Listeners: ports of a load balancer with actions for their requests.

use std::cell::RefCell;
use std::collections::BTreeMap;

use bon::Builder;
use infra_cfn::elasticloadbalancingv2::listener::{Action as CfnAction, Certificate, Protocol};
use infra_cfn::elasticloadbalancingv2::{CfnListener, CfnListenerProps};
use infra_cfn::kind;

use super::action::ActionKind;
use super::{
    Action, ApplicationLoadBalancerRef, AsApplicationLoadBalancer, AsTargetGroup, Scheme,
    TargetGroupRef,
};
use crate::core::Origin;
use crate::ec2::{Connectable, Connections, Port, SecurityGroup};
use crate::{Arn, Construct, Data, Diagnostic, IntoValue, Scope, Value, codes};

/// TLS versions and ciphers for clients, by the name of a [predefined security
/// policy](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct TlsPolicy(std::borrow::Cow<'static, str>);

impl TlsPolicy {
    /// TLS 1.2 and 1.3 with forward secrecy, and post-quantum key exchange for clients that support it. AWS
    /// recommends this policy; it is the default here.
    pub const RECOMMENDED: Self = Self::from_static("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
    /// TLS 1.3 only, with post-quantum key exchange for clients that support it.
    pub const TLS_1_3_ONLY: Self = Self::from_static("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");
    /// TLS 1.2 and 1.3 with more ciphers of TLS 1.2, without post-quantum key exchange.
    pub const TLS_1_2_2021_06: Self = Self::from_static("ELBSecurityPolicy-TLS13-1-2-2021-06");

    const fn from_static(name: &'static str) -> Self {
        Self(std::borrow::Cow::Borrowed(name))
    }

    /// Returns another policy by its name.
    pub fn other(name: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        Self(name.into())
    }
}

/// Protocol of a listener. HTTPS requires a certificate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ListenerProtocol {
    /// HTTP without TLS, on port 80 unless another is set.
    Http,
    /// HTTPS, on port 443 unless another is set; created by [`ListenerProtocol::https`].
    #[non_exhaustive]
    Https {
        /// Certificate that clients receive.
        certificate: Value<Arn<kind::certificatemanager::Certificate>>,
        /// TLS versions and ciphers for clients.
        policy: TlsPolicy,
    },
}

impl ListenerProtocol {
    /// Returns HTTPS with a certificate of the load balancer's region, and [`TlsPolicy::RECOMMENDED`].
    pub fn https(certificate: impl IntoValue<Arn<kind::certificatemanager::Certificate>>) -> Self {
        Self::https_with(certificate, TlsPolicy::RECOMMENDED)
    }

    /// Returns HTTPS with a certificate of the load balancer's region, and another policy.
    pub fn https_with(
        certificate: impl IntoValue<Arn<kind::certificatemanager::Certificate>>,
        policy: TlsPolicy,
    ) -> Self {
        Self::Https {
            certificate: certificate.into_value(),
            policy,
        }
    }

    const fn default_port(&self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https { .. } => 443,
        }
    }
}

/// A port of a load balancer, with actions for its requests.
///
/// Creates an
/// [`AWS::ElasticLoadBalancingV2::Listener`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listener.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | default action, for requests that no rule matches | status 404 with an empty body | required |
/// | TLS with HTTPS | 1.2 or later | 1.0 or later |
/// | port | 80 for HTTP, 443 for HTTPS | required |
///
/// The port is unreachable until a connection is allowed, as in the last line:
///
/// ```
/// use infra_lib::ec2::{Connectable, Peer, Vpc};
/// use infra_lib::elbv2::{Action, ApplicationLoadBalancer, HealthCheck, Listener, ListenerProtocol, TargetGroup};
/// use infra_lib::{cidr, prelude::*};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Web");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let balancer = ApplicationLoadBalancer::builder().internet_facing(vpc.public()).build(stack, "Balancer");
/// let api = TargetGroup::builder().vpc(vpc).port(8080).health_check(HealthCheck::http("/healthz")).build(stack, "Api");
/// let certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/3f5f1c2a-6f0e-4f7c-9d57-0b8a4f2d1e6c";
/// let https = Listener::builder()
///     .load_balancer(balancer)
///     .protocol(ListenerProtocol::https(certificate))
///     .default_action(Action::forward(&api))
///     .build(balancer, "Https");
/// https.allow_from_peer(&Peer::any_ipv4(), "the internet");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Listener<'app> {
    scope: Scope<'app>,
    cfn: CfnListener<'app>,
    balancer: ApplicationLoadBalancerRef<'app>,
    port: u16,
    https: bool,
}

/// Priorities of the rules, with the line that added each.
#[derive(Default)]
pub(super) struct State {
    priorities: RefCell<BTreeMap<u32, Origin>>,
}

impl State {
    /// Takes a priority, or returns the line that took it before.
    pub(super) fn take_priority(&self, priority: u32, rule: Scope<'_>) -> Option<Origin> {
        self.priorities.borrow_mut().insert(priority, rule.origin())
    }
}

/// The side of a load balancer that targets see through one of its listeners.
pub(super) struct Front<'app> {
    /// Construct with the full name of the load balancer.
    pub(super) balancer: Scope<'app>,
    pub(super) security_groups: Vec<SecurityGroup<'app>>,
    pub(super) is_https: bool,
    /// `true` for a load balancer that is known to be internet-facing.
    pub(super) is_public: bool,
}

impl<'app> Front<'app> {
    /// Connects the load balancer to the target group of an action.
    #[track_caller]
    pub(super) fn attach_target_group(
        &self,
        action: &Action<'app>,
        scope: Scope<'app>,
        resource: crate::Resource<'app>,
    ) {
        if let Some(TargetGroupRef::Own(group)) = action.target_group() {
            group.attach_listener(self, resource);
        }
        let forwards = matches!(action.0, ActionKind::Forward(_));
        if forwards && !self.is_https && self.is_public {
            scope.report(
                Diagnostic::new(codes::CLEAR_TEXT_FORWARD, "an internet-facing load balancer forwards unencrypted requests")
                    .note("anyone between the client and the load balancer can read and change passwords and cookies")
                    .help("use `Action::redirect_to_https()` here and forward from an HTTPS listener, or use an internal load balancer behind CloudFront"),
            );
        }
    }
}

/// Properties of a [`Listener`], set through [`Listener::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ListenerBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ListenerProps<'app> {
    /// Load balancer of the listener. Changing it replaces the listener.
    #[builder(with = |balancer: impl AsApplicationLoadBalancer<'app>| balancer.as_application_load_balancer())]
    load_balancer: ApplicationLoadBalancerRef<'app>,
    /// Protocol of the listener, with its certificate for HTTPS.
    protocol: ListenerProtocol,
    /// Port of the listener. Each port can be used once per load balancer (`INF4309`). Default: 80 for HTTP, 443 for
    /// HTTPS.
    port: Option<u16>,
    /// Action for requests that no rule matches. Default: status 404.
    #[builder(default = Action::fixed_response(404))]
    default_action: Action<'app>,
}

impl<'app, S: listener_builder::IsComplete> ListenerBuilder<'app, S> {
    /// Adds the listener under `scope`, preferably the load balancer.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Listener<'app> {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.elbv2.Listener");
        let balancer = props.load_balancer;
        let port = props.port.unwrap_or_else(|| props.protocol.default_port());
        let https = matches!(props.protocol, ListenerProtocol::Https { .. });
        balancer.take_port(port, scope);
        let action = CfnAction::from_props(props.default_action.clone().into_props());
        let cfn = CfnListenerProps::new([action], balancer.arn()).port(port);
        let cfn = match props.protocol {
            ListenerProtocol::Http => cfn.protocol(Protocol::HTTP),
            ListenerProtocol::Https {
                certificate,
                policy,
            } => cfn
                .protocol(Protocol::HTTPS)
                .certificates([Certificate::new().certificate_arn(certificate)])
                .ssl_policy(policy.0),
        };
        let listener = Listener {
            scope,
            cfn: cfn.build(scope, "Resource"),
            balancer,
            port,
            https,
        };
        scope.attach(State::default());
        listener
            .front()
            .attach_target_group(&props.default_action, scope, *listener.cfn);
        listener
    }
}

impl<'app> Construct<'app> for Listener<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl From<&Self> for Listener<'_> {
    fn from(listener: &Self) -> Self {
        *listener
    }
}

impl<'app> Listener<'app> {
    /// Returns a builder for a listener.
    pub fn builder() -> ListenerBuilder<'app> {
        ListenerProps::builder()
    }

    /// Returns the L1 binding of the listener.
    pub const fn cfn(&self) -> CfnListener<'app> {
        self.cfn
    }

    /// Returns the ARN of the listener.
    pub fn arn(&self) -> Value<Arn<kind::elasticloadbalancingv2::Listener>> {
        self.cfn.ref_()
    }

    /// Returns the load balancer of the listener.
    pub const fn load_balancer(&self) -> ApplicationLoadBalancerRef<'app> {
        self.balancer
    }

    /// Returns the port of the listener.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Forwards requests that no rule matches to a target group; replaces the default action.
    #[track_caller]
    pub fn forward_to(&self, target_group: &impl AsTargetGroup<'app>) {
        let action = Action::forward(target_group);
        let data = Data::list([Data::from(action.clone().into_props())]);
        self.cfn.modify_props(|props| {
            props.as_map_mut().insert("DefaultActions", data);
        });
        self.front()
            .attach_target_group(&action, self.scope.at_caller(), *self.cfn);
    }

    /// Returns `true` if clients use HTTPS.
    pub const fn is_https(&self) -> bool {
        self.https
    }

    pub(super) fn front(&self) -> Front<'app> {
        Front {
            balancer: self.balancer.scope(),
            security_groups: self.balancer.connections().security_groups,
            is_https: self.https,
            is_public: self.balancer.scheme() == Scheme::InternetFacing,
        }
    }
}

impl<'app> Connectable<'app> for Listener<'app> {
    fn connections(&self) -> Connections<'app> {
        let security_groups = self.balancer.connections().security_groups;
        Connections {
            security_groups,
            default_port: Some(Port::tcp(self.port)),
        }
    }
}
