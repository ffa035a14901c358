//! Lookups of load balancers and listeners.

use serde_json::{Value as JsonValue, json};

use super::{
    ApplicationLoadBalancer, ApplicationLoadBalancerAttributes, ImportedApplicationLoadBalancer,
    ImportedListener, Listener, ListenerAttributes, Scheme,
};
use crate::ec2::lookup_egress;
use crate::lookup::{ask, tag_list, text, texts};
use crate::{Construct, value};

/// An existing load balancer to look up, for [`ApplicationLoadBalancer::from_lookup`]. Exactly one must match.
#[derive(Clone, Debug, Default)]
#[must_use = "a lookup has no effect until it is passed to `ApplicationLoadBalancer::from_lookup`"]
pub struct LoadBalancerLookup {
    arn: Option<String>,
    tags: Vec<(String, String)>,
}

impl LoadBalancerLookup {
    /// Looks up the load balancer with an ARN.
    pub fn by_arn(arn: &str) -> Self {
        Self {
            arn: Some(arn.to_owned()),
            tags: Vec::new(),
        }
    }

    /// Looks up the load balancer with a tag.
    pub fn by_tag(key: &str, value: &str) -> Self {
        Self::default().tag(key, value)
    }

    /// Requires a tag as well.
    pub fn tag(mut self, key: &str, value: &str) -> Self {
        self.tags.push((key.to_owned(), value.to_owned()));
        self
    }
}

impl<'app> ApplicationLoadBalancer<'app> {
    /// Imports an existing load balancer, which a context lookup finds. It is internal if its DNS name begins with
    /// `internal-`, as AWS names such load balancers. Of several security groups, the first one receives rules; another lookup finds the
    /// outbound traffic that it allows.
    ///
    /// Until the lookup has an answer, it is the CDK's placeholder `my-load-balancer`.
    ///
    /// ```
    /// use infra_lib::elbv2::{ApplicationLoadBalancer, LoadBalancerLookup};
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Web");
    /// let lookup = LoadBalancerLookup::by_tag("service", "shared");
    /// let balancer = ApplicationLoadBalancer::from_lookup(stack, "Balancer", &lookup);
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        lookup: &LoadBalancerLookup,
    ) -> ImportedApplicationLoadBalancer<'app> {
        let scope = scope.scope().at_caller();
        let question = json!({
            "loadBalancerArn": lookup.arn,
            "loadBalancerTags": tag_list(&lookup.tags),
            "loadBalancerType": "application",
        });
        let dummy = json!({
            "ipAddressType": "dualstack",
            "loadBalancerArn": "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/application/my-load-balancer/50dc6c495c0c9188",
            "loadBalancerCanonicalHostedZoneId": "Z3DZXE0EXAMPLE",
            "loadBalancerDnsName": "my-load-balancer-123456789012.us-west-2.elb.amazonaws.com",
            "securityGroupIds": ["sg-1234"],
            "vpcId": "vpc-12345",
        });
        let answer = ask(scope, "load-balancer", question, dummy);
        let dns_name = text(&answer, "loadBalancerDnsName");
        let scheme = if dns_name.starts_with("internal-") {
            Scheme::Internal
        } else {
            Scheme::InternetFacing
        };
        let attributes = ApplicationLoadBalancerAttributes::builder()
            .arn(text(&answer, "loadBalancerArn"))
            .dns_name(dns_name)
            .canonical_hosted_zone_id(text(&answer, "loadBalancerCanonicalHostedZoneId"))
            .security_group_id(
                texts(&answer, "securityGroupIds")
                    .next()
                    .unwrap_or_default(),
            )
            .egress(lookup_egress(
                scope,
                texts(&answer, "securityGroupIds").take(1),
            ))
            .scheme(scheme)
            .build();
        Self::from_attributes(scope, id, attributes)
    }
}

/// An existing listener of an application load balancer to look up, for [`Listener::from_lookup`]. Exactly one must match.
#[derive(Clone, Debug, Default)]
#[must_use = "a lookup has no effect until it is passed to `Listener::from_lookup`"]
pub struct ListenerLookup {
    arn: Option<String>,
    balancer: LoadBalancerLookup,
    port: Option<u16>,
    protocol: Option<&'static str>,
}

impl ListenerLookup {
    /// Looks up the listener with an ARN.
    pub fn by_arn(arn: &str) -> Self {
        Self {
            arn: Some(arn.to_owned()),
            ..Self::default()
        }
    }

    /// Looks up a listener of a load balancer, by its protocol, its port, or both.
    pub fn of_load_balancer(balancer: LoadBalancerLookup) -> Self {
        Self {
            balancer,
            ..Self::default()
        }
    }

    /// Requires a port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Requires HTTPS.
    pub fn https(mut self) -> Self {
        self.protocol = Some("HTTPS");
        self
    }

    /// Requires HTTP.
    pub fn http(mut self) -> Self {
        self.protocol = Some("HTTP");
        self
    }

    fn question(&self) -> JsonValue {
        json!({
            "listenerArn": self.arn,
            "listenerPort": self.port,
            "listenerProtocol": self.protocol,
            "loadBalancerArn": self.balancer.arn,
            "loadBalancerTags": tag_list(&self.balancer.tags),
            "loadBalancerType": "application",
        })
    }
}

impl<'app> Listener<'app> {
    /// Imports an existing listener, which a context lookup finds. Without [`ListenerLookup::https`] or
    /// [`ListenerLookup::http`], a listener on port 443 is taken for HTTPS, and any other for HTTP, because the answer has
    /// no protocol.
    ///
    /// Until the lookup has an answer, it is the CDK's placeholder on port 80.
    ///
    /// ```
    /// use infra_lib::elbv2::{Listener, ListenerLookup, LoadBalancerLookup};
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Web");
    /// let balancer = LoadBalancerLookup::by_tag("service", "shared");
    /// let lookup = ListenerLookup::of_load_balancer(balancer).https();
    /// let https = Listener::from_lookup(stack, "Https", &lookup);
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        lookup: &ListenerLookup,
    ) -> ImportedListener<'app> {
        let scope = scope.scope().at_caller();
        let dummy = json!({
            "listenerArn": "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/application/my-load-balancer/50dc6c495c0c9188/f2f7dc8efc522ab2",
            "listenerPort": 80,
            "securityGroupIds": ["sg-123456789012"],
        });
        let answer = ask(scope, "load-balancer-listener", lookup.question(), dummy);
        let port = answer["listenerPort"].as_u64();
        let port = port.and_then(|port| u16::try_from(port).ok()).unwrap_or(80);
        let is_https = lookup
            .protocol
            .map_or(port == 443, |protocol| protocol == "HTTPS");
        let egress = lookup_egress(scope, texts(&answer, "securityGroupIds"));
        let groups = texts(&answer, "securityGroupIds").map(value).collect();
        let arn = text(&answer, "listenerArn");
        Self::from_attributes(
            scope,
            id,
            ListenerAttributes::new(arn, groups, port, is_https).egress(egress),
        )
    }
}
