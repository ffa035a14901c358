//! Interface and gateway endpoints of a VPC.

use infra_cfn::ec2::{CfnVpcEndpoint, CfnVpcEndpointProps, vpc_endpoint};
use infra_cfn::kind;

use super::{
    Connectable, Connections, GatewayEndpointService, InterfaceEndpointService, Peer, Port,
    SecurityGroup, Tier, Vpc,
};
use crate::core::Origin;
use crate::{Construct, Diagnostic, Id, IntoValue, Scope, Value, codes};

/// An interface endpoint (AWS PrivateLink): network interfaces through which a VPC reaches an AWS service.
///
/// Created by [`Vpc::add_interface_endpoint`], as an
/// [`AWS::EC2::VPCEndpoint`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html)
/// with a security group. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | type | interface | gateway |
/// | subnets | private | required for interface endpoints |
/// | private DNS | on, so that the service's usual host name resolves to the endpoint | off |
/// | security group | a separate one that allows port 443 from the VPC | the default group of the VPC |
/// | endpoint policy | full access for principals of the VPC | the same |
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, ec2::{InterfaceEndpointService, Vpc}};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Network");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let endpoint = vpc.add_interface_endpoint(InterfaceEndpointService::SECRETS_MANAGER);
/// Output::new(stack, "EndpointId", endpoint.id());
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct InterfaceEndpoint<'app> {
    scope: Scope<'app>,
    endpoint: CfnVpcEndpoint<'app>,
    security_group: SecurityGroup<'app>,
}

impl<'app> InterfaceEndpoint<'app> {
    /// Returns the ID of the endpoint, `vpce-…`.
    pub fn id(&self) -> Value<Id<kind::ec2::VpcEndpoint>> {
        self.endpoint.attr_id()
    }

    /// Returns the DNS names of the endpoint, each as `ZONE:NAME` with the hosted zone of the name: the regional name
    /// first, then one for each Availability Zone.
    pub fn dns_entries(&self) -> Value<Vec<String>> {
        self.endpoint.attr_dns_entries()
    }

    /// Returns the security group of the endpoint's network interfaces.
    pub const fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }
}

impl<'app> Construct<'app> for InterfaceEndpoint<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> Connectable<'app> for InterfaceEndpoint<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![self.security_group],
            default_port: Some(Port::HTTPS),
        }
    }
}

#[track_caller]
pub(super) fn add_interface<'app>(
    vpc: Vpc<'app>,
    service: &InterfaceEndpointService,
) -> InterfaceEndpoint<'app> {
    record_endpoint(vpc, service.as_str());
    let id = service.construct_id();
    if let Some(first) = vpc.scope().child(&id).and_then(from_scope) {
        return first;
    }
    let scope = vpc
        .scope()
        .at_caller()
        .library_construct(&id, "infra-lib.ec2.InterfaceEndpoint");
    let security_group = SecurityGroup::builder()
        .vpc(vpc)
        .description(format!("{} endpoint", service.as_str()))
        .build(scope, "SecurityGroup");
    let block = Peer::deferred_cidr(vpc.cidr_block());
    security_group.allow_ingress(&block, Port::HTTPS, "from the VPC");
    let props = CfnVpcEndpointProps::new(vpc.id())
        .service_name(service.service_name())
        .vpc_endpoint_type(vpc_endpoint::VpcEndpointType::INTERFACE)
        .private_dns_enabled(true)
        .subnet_ids(vpc.private().ids())
        .security_group_ids([security_group.id()]);
    InterfaceEndpoint {
        scope,
        endpoint: props.build(scope, "Resource"),
        security_group,
    }
}

/// Returns the endpoint that was already created in this scope.
fn from_scope(scope: Scope<'_>) -> Option<InterfaceEndpoint<'_>> {
    Some(InterfaceEndpoint {
        scope,
        endpoint: CfnVpcEndpoint::from_resource(scope.default_child()?)?,
        security_group: SecurityGroup::from_scope(scope.child("SecurityGroup")?),
    })
}

#[track_caller]
pub(super) fn add_gateway(vpc: Vpc<'_>, service: GatewayEndpointService) {
    record_endpoint(vpc, service.as_str());
    let state = vpc.load_state();
    let tiers = [Tier::Public, Tier::PrivateWithEgress];
    let tables: Vec<_> = tiers
        .into_iter()
        .flat_map(|tier| state.subnets(tier))
        .filter_map(|subnet| subnet.route_table.clone())
        .collect();
    if tables.is_empty() {
        return;
    }
    let scope = vpc
        .scope()
        .at_caller()
        .library_construct(service.construct_id(), "infra-lib.ec2.GatewayEndpoint");
    CfnVpcEndpointProps::new(vpc.id())
        .service_name(service.service_name())
        .vpc_endpoint_type(vpc_endpoint::VpcEndpointType::GATEWAY)
        .route_table_ids(tables.into_value())
        .build(scope, "Resource");
}

/// Records that the VPC has an endpoint for the service; reports a second one.
#[track_caller]
fn record_endpoint(vpc: Vpc<'_>, service: &str) {
    let caller: Origin = std::panic::Location::caller();
    let first = vpc
        .load_state()
        .endpoints
        .borrow_mut()
        .insert(service.to_owned(), Some(caller));
    if let Some(first) = first {
        let message = format!("the VPC has two endpoints for `{service}`");
        let found = Diagnostic::new(codes::DUPLICATE_ENDPOINT, message).origin(caller);
        vpc.scope().report(match first {
            Some(first) => found.related("first added here", first),
            None => found.note("the imported VPC declares one"),
        });
    }
}
