//! Origin of a site's API.

use infra_cfn::cloudfront::CfnVpcOriginProps;
use infra_cfn::cloudfront::distribution::{CustomOriginConfig, Origin, VpcOriginConfig};
use infra_cfn::cloudfront::vpc_origin::{
    VpcOriginEndpointConfig, VpcOriginEndpointConfigOriginProtocolPolicy,
};

use super::origin_facing;
use crate::elbv2::{ApplicationLoadBalancerRef, AsApplicationLoadBalancer, Scheme};
use crate::unique_name::unique_name;
use crate::{Construct, Diagnostic, IntoValue, Scope, Value, codes};

/// Origin of a site's API: an internal load balancer, or a public host.
#[derive(Clone, Debug)]
pub struct ApiOrigin<'app>(OriginKind<'app>);

#[derive(Clone, Debug)]
enum OriginKind<'app> {
    Vpc {
        load_balancer: ApplicationLoadBalancerRef<'app>,
        port: u16,
        prefix_list: Option<String>,
    },
    Public {
        domain_name: Value<String>,
    },
}

impl<'app> ApiOrigin<'app> {
    /// Returns an internal load balancer, reached through a VPC origin. The load balancer has no public address;
    /// requests travel inside the network of AWS, in clear text within the VPC.
    ///
    /// The security group of the load balancer allows the addresses of CloudFront on the port. That rule counts as 55
    /// of the 60 rules that a group may have by default. The VPC must have an internet gateway, which carries no
    /// traffic.
    ///
    /// See [VPC
    /// origins](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html).
    pub fn vpc(load_balancer: &impl AsApplicationLoadBalancer<'app>) -> Self {
        Self(OriginKind::Vpc {
            load_balancer: load_balancer.as_application_load_balancer(),
            port: 80,
            prefix_list: None,
        })
    }

    /// Sets the port of the load balancer's HTTP listener. Default: 80. Has no effect on a public origin, which
    /// always uses 443.
    pub fn port(mut self, given: u16) -> Self {
        if let OriginKind::Vpc { port, .. } = &mut self.0 {
            *port = given;
        }
        self
    }

    /// Sets the ID of CloudFront's prefix list in the region of the load balancer. Only needed in regions that this
    /// library does not know (`INF4534`).
    pub fn prefix_list(mut self, id: impl Into<String>) -> Self {
        if let OriginKind::Vpc { prefix_list, .. } = &mut self.0 {
            *prefix_list = Some(id.into());
        }
        self
    }

    /// Returns a public host with a certificate for its name, called over HTTPS only. Clients that know the name can
    /// also call it directly, without passing the web ACL of the site.
    pub fn public(domain_name: impl IntoValue<String>) -> Self {
        Self(OriginKind::Public {
            domain_name: domain_name.into_value(),
        })
    }

    pub(super) fn build(self, scope: Scope<'app>, id: &str) -> Origin {
        match self.0 {
            OriginKind::Public { domain_name } => {
                let https = CustomOriginConfig::new("https-only").origin_ssl_protocols(["TLSv1.2"]);
                Origin::new(domain_name, id).custom_origin_config(https)
            }
            OriginKind::Vpc {
                load_balancer,
                port,
                prefix_list,
            } => {
                if load_balancer.scheme() != Scheme::Internal {
                    report_public(scope, load_balancer.scope());
                }
                origin_facing::allow_cloudfront(
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
            .related("the load balancer is created here", load_balancer.origin())
            .note("requests to those addresses bypass CloudFront and its web ACL")
            .help("create it with `.internal(vpc.private())`, or use `ApiOrigin::public` with its own domain name"),
    );
}
