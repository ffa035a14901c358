//! Where the API of a site is.

use infra_cfn::cloudfront::CfnVpcOriginProps;
use infra_cfn::cloudfront::distribution::{CustomOriginConfig, Origin, VpcOriginConfig};
use infra_cfn::cloudfront::vpc_origin::{
    VpcOriginEndpointConfig, VpcOriginEndpointConfigOriginProtocolPolicy,
};

use super::origin_facing;
use crate::elbv2::{ApplicationLoadBalancer, Scheme};
use crate::unique_name::unique_name;
use crate::{Construct, Diagnostic, IntoValue, Scope, Value, codes};

/// Where the API of a site is.
#[derive(Clone, Debug)]
pub struct ApiOrigin<'app>(Place<'app>);

#[derive(Clone, Debug)]
enum Place<'app> {
    Vpc {
        load_balancer: ApplicationLoadBalancer<'app>,
        port: u16,
        prefix_list: Option<String>,
    },
    Public {
        domain_name: Value<String>,
    },
}

impl<'app> ApiOrigin<'app> {
    /// An internal load balancer, reached through a VPC origin: it has no public address, and requests travel inside
    /// the network of AWS, in clear text within the VPC.
    ///
    /// The security group of the load balancer lets in the addresses of CloudFront on the port. That rule counts as 55
    /// of the 60 that a group may have by default. The VPC must have an internet gateway, which carries no traffic.
    ///
    /// See [VPC origins](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html).
    pub fn vpc(load_balancer: &ApplicationLoadBalancer<'app>) -> Self {
        Self(Place::Vpc {
            load_balancer: *load_balancer,
            port: 80,
            prefix_list: None,
        })
    }

    /// The port of the load balancer's HTTP listener. Default: 80. A public origin is always called on 443.
    pub fn port(mut self, given: u16) -> Self {
        if let Place::Vpc { port, .. } = &mut self.0 {
            *port = given;
        }
        self
    }

    /// The prefix list of CloudFront in the region of the load balancer, where this library does not know it.
    pub fn prefix_list(mut self, id: impl Into<String>) -> Self {
        if let Place::Vpc { prefix_list, .. } = &mut self.0 {
            *prefix_list = Some(id.into());
        }
        self
    }

    /// A host on the internet with a certificate for its name, called with HTTPS only. Whoever knows its name can
    /// call it too, past the web ACL of the site.
    pub fn public(domain_name: impl IntoValue<String>) -> Self {
        Self(Place::Public {
            domain_name: domain_name.into_value(),
        })
    }

    pub(super) fn build(self, scope: Scope<'app>, id: &'static str) -> Origin {
        match self.0 {
            Place::Public { domain_name } => {
                let https = CustomOriginConfig::new("https-only").origin_ssl_protocols(["TLSv1.2"]);
                Origin::new(domain_name, id).custom_origin_config(https)
            }
            Place::Vpc {
                load_balancer,
                port,
                prefix_list,
            } => {
                if load_balancer.scheme() != Scheme::Internal {
                    report_public(scope, load_balancer.scope());
                }
                origin_facing::let_in(
                    scope,
                    &load_balancer.security_group(),
                    port,
                    prefix_list.as_deref(),
                );
                let endpoint = VpcOriginEndpointConfig::new(
                    load_balancer.arn(),
                    unique_name(scope, "VpcOrigin", 64),
                )
                .http_port(port)
                .origin_protocol_policy(VpcOriginEndpointConfigOriginProtocolPolicy::HTTP_ONLY);
                let origin = CfnVpcOriginProps::new(endpoint).build(scope, "VpcOrigin");
                Origin::new(load_balancer.dns_name(), id)
                    .vpc_origin_config(VpcOriginConfig::new(origin.attr_id()))
            }
        }
    }
}

fn report_public(user: Scope<'_>, load_balancer: Scope<'_>) {
    user.report(
        Diagnostic::new(codes::ORIGIN_NOT_INTERNAL, "the load balancer behind the VPC origin has public addresses")
            .related("the load balancer is made here", load_balancer.origin())
            .note("requests to those addresses pass neither CloudFront nor its web ACL")
            .help("make it with `.internal(vpc.private())`, or use `ApiOrigin::public` with a name of its own"),
    );
}
