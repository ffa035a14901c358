//! A listener: a port of a load balancer, and what happens to requests that come in there.

use std::cell::RefCell;
use std::collections::BTreeMap;

use bon::Builder;
use infra_cfn::elasticloadbalancingv2::listener::{Action as CfnAction, Certificate, Protocol};
use infra_cfn::elasticloadbalancingv2::{CfnListener, CfnListenerProps};
use infra_cfn::kind;

use super::action::ActionKind;
use super::{Action, ApplicationLoadBalancer, Scheme, TargetGroup};
use crate::core::Origin;
use crate::ec2::{Connectable, Connections, Port};
use crate::{Arn, Construct, Data, Diagnostic, IntoValue, Scope, Value, codes};

/// Which versions and ciphers of TLS clients may use, by the name of a
/// [predefined policy](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct TlsPolicy(std::borrow::Cow<'static, str>);

impl TlsPolicy {
    /// TLS 1.2 and 1.3 with forward secrecy, and post-quantum key exchange for clients that know it. What AWS
    /// recommends, and the default here.
    pub const RECOMMENDED: Self = Self::known("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
    /// TLS 1.3 only, with post-quantum key exchange for clients that know it.
    pub const TLS_1_3_ONLY: Self = Self::known("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");
    /// TLS 1.2 and 1.3 with more ciphers of TLS 1.2, without post-quantum key exchange.
    pub const TLS_1_2_2021_06: Self = Self::known("ELBSecurityPolicy-TLS13-1-2-2021-06");

    const fn known(name: &'static str) -> Self {
        Self(std::borrow::Cow::Borrowed(name))
    }

    /// Another policy by its name.
    pub fn other(name: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        Self(name.into())
    }
}

/// The protocol of a listener; HTTPS does not exist without a certificate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ListenerProtocol {
    /// Clear text, port 80 unless another is set.
    Http,
    /// TLS, port 443 unless another is set; made with [`ListenerProtocol::https`].
    #[non_exhaustive]
    Https {
        /// The certificate that clients see.
        certificate: Value<Arn<kind::certificatemanager::Certificate>>,
        /// Which versions and ciphers are spoken.
        policy: TlsPolicy,
    },
}

impl ListenerProtocol {
    /// TLS with a certificate of the load balancer's region, and the recommended policy.
    pub fn https(certificate: impl IntoValue<Arn<kind::certificatemanager::Certificate>>) -> Self {
        Self::https_with(certificate, TlsPolicy::RECOMMENDED)
    }

    /// TLS with another policy.
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

/// A port of a load balancer, and what happens to requests that come in there.
///
/// Requests that no rule takes get an empty answer with status 404, unless another default action is given
/// (CloudFormation wants one). With HTTPS, clients need TLS 1.2 at least (CloudFormation: TLS 1.0).
///
/// Nothing can reach the port until a rule allows it: `listener.allow_from_peer(…)`.
#[derive(Clone, Copy, Debug)]
pub struct Listener<'app> {
    scope: Scope<'app>,
    cfn: CfnListener<'app>,
    balancer: ApplicationLoadBalancer<'app>,
    port: u16,
    https: bool,
}

/// Priorities of the rules, with the place where each was added.
#[derive(Default)]
struct State {
    priorities: RefCell<BTreeMap<u32, Origin>>,
}

/// Properties of a [`Listener`], set through [`Listener::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ListenerBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ListenerProps<'app> {
    /// The load balancer. Changing it replaces the listener.
    #[builder(into)]
    load_balancer: ApplicationLoadBalancer<'app>,
    /// The protocol, with what it needs.
    protocol: ListenerProtocol,
    /// The port. Default: 80 for HTTP, 443 for HTTPS.
    port: Option<u16>,
    /// What happens to requests that no rule takes. Default: status 404.
    #[builder(default = Action::fixed_response(404))]
    default_action: Action<'app>,
}

impl<'app, S: listener_builder::IsComplete> ListenerBuilder<'app, S> {
    /// Adds the listener under `scope`, which is best the load balancer itself.
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
        listener.attached(&props.default_action, scope, *listener.cfn);
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
    /// Starts the description of a listener.
    pub fn builder() -> ListenerBuilder<'app> {
        ListenerProps::builder()
    }

    /// The binding under the construct.
    pub const fn cfn(&self) -> CfnListener<'app> {
        self.cfn
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::elasticloadbalancingv2::Listener>> {
        self.cfn.ref_()
    }

    /// The load balancer.
    pub const fn load_balancer(&self) -> ApplicationLoadBalancer<'app> {
        self.balancer
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Passes on what no rule takes, in place of the default action until now.
    #[track_caller]
    pub fn forward_to(&self, target_group: &TargetGroup<'app>) {
        let action = Action::forward(target_group);
        let data = Data::list([Data::from(action.clone().into_props())]);
        self.cfn.modify_props(|props| {
            props.as_map_mut().insert("DefaultActions", data);
        });
        self.attached(&action, self.scope.at_caller(), *self.cfn);
    }

    /// Connects the load balancer to what an action forwards to.
    #[track_caller]
    pub(super) fn attached(
        &self,
        action: &Action<'app>,
        scope: Scope<'app>,
        resource: crate::Resource<'app>,
    ) {
        if let Some(group) = action.target_group() {
            group.attach(self.balancer, resource, self.https);
        }
        let forwards = matches!(action.0, ActionKind::Forward(_));
        if forwards && !self.https && self.balancer.scheme() == Scheme::InternetFacing {
            scope.report(
                Diagnostic::new(codes::CLEAR_TEXT_FORWARD, "an internet-facing load balancer forwards what came in clear text")
                    .note("whoever is between client and load balancer reads passwords and cookies, and can change them")
                    .help("`Action::redirect_to_https()` here, and forward from an HTTPS listener; or an internal load balancer behind CloudFront"),
            );
        }
    }

    /// Notes the priority of a rule, and reports one that is taken.
    pub(super) fn take_priority(&self, priority: u32, rule: Scope<'app>) {
        let Some(state) = self.scope.attached::<State>() else {
            return;
        };
        if let Some(first) = state
            .priorities
            .borrow_mut()
            .insert(priority, rule.origin())
        {
            rule.report(
                Diagnostic::new(codes::DUPLICATE_RULE_PRIORITY, format!("the listener has a rule of priority {priority} already"))
                    .property("Priority")
                    .related("first used here", first)
                    .help("rules are tried from the lowest priority to the highest: give this one a number of its own"),
            );
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
