//! Load balancers that exist already.

use bon::Builder;
use infra_cfn::kind;

use super::ApplicationLoadBalancer;
use super::Scheme;
use super::load_balancer::{FullName, State};
use crate::ec2::{Connectable, Connections, Egress, SecurityGroup};
use crate::import::arn_after;
use crate::{Arn, Construct, Id, IntoValue, Scope, Value};

crate::import! {
    /// An existing load balancer, from [`ApplicationLoadBalancer::from_attributes`].
    ///
    /// ```
    /// use infra_lib::elbv2::{Action, ApplicationLoadBalancer, ApplicationLoadBalancerAttributes};
    /// use infra_lib::elbv2::{Listener, ListenerProtocol, Scheme};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Web");
    /// let balancer = ApplicationLoadBalancer::from_attributes(
    ///     stack,
    ///     "Balancer",
    ///     ApplicationLoadBalancerAttributes::builder()
    ///         .arn("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shared/50dc6c495c0c9188")
    ///         .dns_name("shared-1234567890.eu-west-1.elb.amazonaws.com")
    ///         .canonical_hosted_zone_id("Z32O12XQLNTSW2")
    ///         .security_group_id("sg-0123456789abcdef0")
    ///         .scheme(Scheme::InternetFacing)
    ///         .build(),
    /// );
    /// Listener::builder()
    ///     .load_balancer(balancer)
    ///     .protocol(ListenerProtocol::Http)
    ///     .port(8080)
    ///     .default_action(Action::redirect_to_https())
    ///     .build(stack, "Http");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedApplicationLoadBalancer<'app>: "infra-lib.elbv2.ImportedApplicationLoadBalancer" {
        /// Returns the ARN of the load balancer.
        arn: Arn<kind::elasticloadbalancingv2::LoadBalancer>,
        /// Returns the DNS name that AWS assigns.
        dns_name: String,
        /// Returns the ID of the Route 53 hosted zone of the DNS name, for alias records.
        canonical_hosted_zone_id: String,
        /// Returns the full name, `app/…`, which metrics use as a dimension.
        full_name: String,
    }

    /// A load balancer of the app or an existing one, from [`AsApplicationLoadBalancer::as_application_load_balancer`].
    pub enum ApplicationLoadBalancerRef of ApplicationLoadBalancer;

    /// A load balancer for builders: an [`ApplicationLoadBalancer`] or an [`ImportedApplicationLoadBalancer`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no application load balancer",
        label = "an `ApplicationLoadBalancer` or an `ImportedApplicationLoadBalancer` is needed here"
    )]
    pub trait AsApplicationLoadBalancer::as_application_load_balancer;
}

/// Attributes of an existing load balancer, for [`ApplicationLoadBalancer::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = ApplicationLoadBalancerAttributesBuilder))]
pub struct ApplicationLoadBalancerAttributes {
    /// ARN of the load balancer.
    #[builder(with = |arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::LoadBalancer>>| arn.into_value())]
    arn: Value<Arn<kind::elasticloadbalancingv2::LoadBalancer>>,
    /// DNS name of the load balancer.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    dns_name: Value<String>,
    /// ID of the Route 53 hosted zone of the DNS name, `CanonicalHostedZoneId` in the API.
    #[builder(with = |id: impl IntoValue<String>| id.into_value())]
    canonical_hosted_zone_id: Value<String>,
    /// Security group of the load balancer.
    #[builder(with = |id: impl IntoValue<Id<kind::ec2::SecurityGroup>>| id.into_value())]
    security_group_id: Value<Id<kind::ec2::SecurityGroup>>,
    /// Scheme of the load balancer.
    scheme: Scheme,
    /// Outbound traffic that the security group allows. Default: none that is known, so that rules are added.
    #[builder(default = Egress::DenyAll)]
    egress: Egress,
}

impl<'app> ApplicationLoadBalancer<'app> {
    /// Imports an existing load balancer by its attributes. Rules for its connections are added to its security group, as
    /// separate resources of this app.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: ApplicationLoadBalancerAttributes,
    ) -> ImportedApplicationLoadBalancer<'app> {
        let full_name = arn_after(&attributes.arn, "loadbalancer/");
        let imported = ImportedApplicationLoadBalancer::import(
            scope,
            id,
            attributes.arn,
            attributes.dns_name,
            attributes.canonical_hosted_zone_id,
            full_name.clone(),
        );
        let scope = imported.scope();
        SecurityGroup::from_id(
            scope,
            "SecurityGroup",
            attributes.security_group_id,
            attributes.egress,
        );
        scope.attach(State::new(attributes.scheme));
        scope.attach(FullName(full_name));
        imported
    }
}

impl<'app> ImportedApplicationLoadBalancer<'app> {
    /// Returns the scheme: internal or internet-facing.
    pub fn scheme(&self) -> Scheme {
        State::of(self.scope()).scheme()
    }

    /// Returns the security group of the load balancer.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.own_group()
    }

    fn own_group(&self) -> SecurityGroup<'app> {
        let group = self.scope().child("SecurityGroup");
        SecurityGroup::from_scope(group.expect("every import is made with its security group"))
    }
}

impl<'app> Connectable<'app> for ImportedApplicationLoadBalancer<'app> {
    /// Has no default port; listeners have one each.
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group()], None)
    }
}

impl<'app> ApplicationLoadBalancerRef<'app> {
    /// Returns the scheme: internal or internet-facing.
    pub fn scheme(&self) -> Scheme {
        match self {
            Self::Own(balancer) => balancer.scheme(),
            Self::Imported(balancer) => balancer.scheme(),
        }
    }

    /// Returns the security group of the load balancer.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        match self {
            Self::Own(balancer) => balancer.security_group(),
            Self::Imported(balancer) => balancer.security_group(),
        }
    }

    /// Records the port of a listener; reports one that is already used.
    pub(super) fn take_port(&self, port: u16, listener: Scope<'app>) {
        State::of(self.scope()).take_port(port, listener);
    }
}

impl<'app> Connectable<'app> for ApplicationLoadBalancerRef<'app> {
    /// Has no default port; listeners have one each.
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group()], None)
    }
}
