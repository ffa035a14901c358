//! The [`VpcEndpointService`] construct, and existing endpoint services.

use infra_cfn::ec2::{
    CfnVpcEndpointService, CfnVpcEndpointServicePermissionsProps, CfnVpcEndpointServiceProps,
};
use infra_cfn::kind;

use crate::construct::With;
use crate::{Arn, Construct, Diagnostic, Id, IntoValue, Scope, Value, codes, pseudo, sub};

/// Acceptance of the endpoints that others create for an endpoint service.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EndpointAcceptance {
    /// Somebody accepts each endpoint before it carries traffic.
    #[default]
    Manual,
    /// Endpoints of allowed principals carry traffic at once.
    Automatic,
}

crate::construct! {
    /// An endpoint service (AWS PrivateLink): a load balancer that other VPCs reach through interface endpoints, without
    /// peering and whatever their address blocks are.
    ///
    /// Creates an
    /// [`AWS::EC2::VPCEndpointService`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpointservice.html),
    /// and `AWS::EC2::VPCEndpointServicePermissions` for the principals that may connect. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | principals | none but the account itself | the same |
    /// | acceptance of endpoints | manual | manual |
    /// | address type | IPv4 | IPv4 |
    /// | regions of consumers | that of the service | the same |
    /// | Contributor Insights | off | off |
    ///
    /// See [share your services through AWS
    /// PrivateLink](https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::VpcEndpointService;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Billing");
    /// let service = VpcEndpointService::builder()
    ///     .network_load_balancer("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/billing/0123456789abcdef")
    ///     .allow_account("444455556666")
    ///     .build(stack, "Service");
    /// Output::new(stack, "Name", service.service_name());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct VpcEndpointService<'app>: "infra-lib.ec2.VpcEndpointService" {
        resource: CfnVpcEndpointService<'app>,
    }

    /// Properties of a [`VpcEndpointService`], set through [`VpcEndpointService::builder`].
    pub struct VpcEndpointServiceProps, VpcEndpointServiceBuilder, vpc_endpoint_service_builder {
        /// Network load balancers that receive the traffic (`INF4028`).
        list network_load_balancers: Value<Arn<kind::elasticloadbalancingv2::LoadBalancer>>,
        /// Gateway load balancers that receive the traffic, for appliances such as firewalls (`INF4028`).
        list gateway_load_balancers: Value<Arn<kind::elasticloadbalancingv2::LoadBalancer>>,
        /// ARNs of accounts, roles and users that may create endpoints. Default: none but the account itself.
        list allowed_principals: Value<String>,
        /// Acceptance of endpoints. Default: manual, as in CloudFormation.
        default acceptance: EndpointAcceptance = EndpointAcceptance::Manual,
        /// Regions from which endpoints can be created. Default: that of the service.
        list supported_regions: Value<String>,
    }
}

crate::import! {
    /// An existing endpoint service, from [`VpcEndpointService::from_id`].
    pub struct ImportedVpcEndpointService<'app>: "infra-lib.ec2.ImportedVpcEndpointService" {
        /// Returns the ID of the endpoint service, `vpce-svc-…`.
        service_id: Id<kind::ec2::VpcEndpointService>,
    }
}

impl<S: vpc_endpoint_service_builder::State> VpcEndpointServiceBuilder<'_, S> {
    /// Adds a network load balancer by its ARN.
    pub fn network_load_balancer(
        mut self,
        arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::LoadBalancer>>,
    ) -> Self {
        self.network_load_balancers.push(arn.into_value());
        self
    }

    /// Adds a gateway load balancer by its ARN.
    pub fn gateway_load_balancer(
        mut self,
        arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::LoadBalancer>>,
    ) -> Self {
        self.gateway_load_balancers.push(arn.into_value());
        self
    }

    /// Allows everybody in an account, by its number, to create endpoints.
    pub fn allow_account(self, account: &str) -> Self {
        self.allow_principal(sub![
            "arn:",
            pseudo::partition(),
            ":iam::",
            account,
            ":root"
        ])
    }

    /// Allows a principal to create endpoints, by its ARN. `*` allows everybody in AWS; with automatic acceptance that is
    /// reported (`INF4029`).
    pub fn allow_principal(mut self, arn: impl IntoValue<String>) -> Self {
        self.allowed_principals.push(arn.into_value());
        self
    }

    /// Adds a region from which endpoints can be created.
    pub fn supported_region(mut self, region: impl IntoValue<String>) -> Self {
        self.supported_regions.push(region.into_value());
        self
    }
}

impl<'app> VpcEndpointService<'app> {
    fn create(scope: Scope<'app>, props: VpcEndpointServiceProps<'app>) -> Self {
        check_props(scope, &props);
        let (network, gateway) = (props.network_load_balancers, props.gateway_load_balancers);
        let gateway: Vec<Value<String>> = gateway.into_iter().map(Value::cast).collect();
        let regions = props.supported_regions;
        let resource = CfnVpcEndpointServiceProps::new()
            .acceptance_required(props.acceptance == EndpointAcceptance::Manual)
            .with((!network.is_empty()).then_some(network), |cfn, arns| {
                cfn.network_load_balancer_arns(arns)
            })
            .with((!gateway.is_empty()).then_some(gateway), |cfn, arns| {
                cfn.gateway_load_balancer_arns(arns)
            })
            .with((!regions.is_empty()).then_some(regions), |cfn, regions| {
                cfn.supported_regions(regions)
            })
            // The CDK repeats the id of the construct.
            .build(scope, &scope.id());
        if !props.allowed_principals.is_empty() {
            CfnVpcEndpointServicePermissionsProps::new(resource.ref_().cast::<String>())
                .allowed_principals(props.allowed_principals)
                .build(scope, "Permissions");
        }
        Self { scope, resource }
    }

    /// Imports an existing endpoint service by its ID, `vpce-svc-…`.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        service_id: impl IntoValue<Id<kind::ec2::VpcEndpointService>>,
    ) -> ImportedVpcEndpointService<'app> {
        ImportedVpcEndpointService::import(scope, id, service_id.into_value())
    }

    /// Returns the ID of the endpoint service, `vpce-svc-…`.
    pub fn service_id(&self) -> Value<Id<kind::ec2::VpcEndpointService>> {
        self.resource.ref_()
    }

    /// Returns the name with which others create an endpoint, such as `com.amazonaws.vpce.eu-west-1.vpce-svc-…`.
    pub fn service_name(&self) -> Value<String> {
        service_name(self.service_id())
    }

    /// Returns the L1 binding of the endpoint service.
    pub fn cfn(&self) -> CfnVpcEndpointService<'app> {
        self.resource
    }
}

impl ImportedVpcEndpointService<'_> {
    /// Returns the name with which others create an endpoint, such as `com.amazonaws.vpce.eu-west-1.vpce-svc-…`.
    pub fn service_name(&self) -> Value<String> {
        service_name(self.service_id())
    }
}

fn service_name(id: Value<Id<kind::ec2::VpcEndpointService>>) -> Value<String> {
    sub![
        "com.amazonaws.vpce.",
        pseudo::region(),
        ".",
        id.cast::<String>()
    ]
}

fn check_props(scope: Scope<'_>, props: &VpcEndpointServiceProps<'_>) {
    let network = props.network_load_balancers.len();
    let gateway = props.gateway_load_balancers.len();
    if (network == 0) == (gateway == 0) {
        let message = if network == 0 {
            "an endpoint service has no load balancer"
        } else {
            "an endpoint service has load balancers of both kinds"
        };
        scope.report(
            Diagnostic::new(codes::ENDPOINT_SERVICE_TARGETS, message)
                .property("NetworkLoadBalancerArns")
                .actual(format!("{network} network and {gateway} gateway load balancers"))
                .expected("network load balancers, or gateway load balancers")
                .help("set `.network_load_balancer(arn)`; an Application Load Balancer can be the target of a network load balancer"),
        );
    }
    let everybody = |arn: &Value<String>| arn.as_literal() == Some("*");
    if props.acceptance == EndpointAcceptance::Automatic
        && props.allowed_principals.iter().any(everybody)
    {
        scope.report(
            Diagnostic::new(
                codes::ENDPOINT_SERVICE_OPEN,
                "every AWS account can connect to an endpoint service at once",
            )
            .property("AllowedPrincipals")
            .actual("*")
            .expected("accounts, or manual acceptance")
            .help("name the accounts with `.allow_account(…)`, or keep `EndpointAcceptance::Manual`")
            .url("https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html"),
        );
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const SERVICE: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html" for VpcEndpointService<'_>, ImportedVpcEndpointService<'_> => {
        /// Returns the number of connections that are open.
        metric_active_connections = "ActiveConnections", Maximum, Count;
        /// Returns the number of bytes between the service and its endpoints, in both directions.
        metric_bytes_processed = "BytesProcessed", Sum, Bytes;
        /// Returns the number of endpoints that are connected.
        metric_endpoints_count = "EndpointsCount", Average, Count;
        /// Returns the number of connections that were opened.
        metric_new_connections = "NewConnections", Sum, Count;
        /// Returns the number of resets that were sent to endpoints.
        metric_rst_packets_sent = "RstPacketsSent", Sum, Count;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/PrivateLinkServices` for the endpoint service.
    impl VpcEndpointService<'_>: "AWS/PrivateLinkServices", [SERVICE], |service| ["Service Id" = service.service_id()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/PrivateLinkServices` for the endpoint service.
    impl ImportedVpcEndpointService<'_>: "AWS/PrivateLinkServices", [SERVICE], |service| ["Service Id" = service.service_id()]
}
