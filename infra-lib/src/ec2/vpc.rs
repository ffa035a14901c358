//! The [`Vpc`] construct and its options.

use bon::Builder;
use infra_cfn::ec2::{CfnVpcCidrBlockProps, CfnVpcProps};
use infra_cfn::kind;

use super::network::Network;
use super::vpc_state::State;
use super::{
    Cidr, FlowLogs, GatewayEndpointService, InterfaceEndpoint, InterfaceEndpointService, Isolated,
    PrivateWithEgress, Public, Subnets, Tier, VpcAttributes, default_group, endpoints, flow_logs,
};
use crate::{Construct, Diagnostic, Id, IntoValue, Resource, Scope, Value, codes};

/// Route from private subnets to the internet over IPv4.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Nat {
    /// One NAT gateway in each Availability Zone, so that the failure of a zone does not cut off the others. Each
    /// gateway is charged by the hour and by data ([pricing](https://aws.amazon.com/vpc/pricing/)).
    #[default]
    PerAz,
    /// One NAT gateway for all zones: cheaper, but when its zone fails, the private subnets of every zone lose the
    /// internet.
    Single,
    /// No NAT gateway: private subnets reach only services that have an endpoint in the VPC.
    None,
}

/// IP versions that a VPC and its subnets use.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum IpProtocol {
    /// IPv4 addresses only; subnets have no IPv6 blocks.
    #[default]
    Ipv4,
    /// IPv4, and IPv6 from a `/56` block that Amazon provides. Private subnets send IPv6 through an egress-only
    /// internet gateway, independent of [`Nat`].
    DualStack,
}

/// The Availability Zones of a VPC: a count, or names.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Zones {
    Count(u8),
    Named(Vec<String>),
}

/// A virtual private cloud with three tiers of subnets in each Availability Zone: [`Public`], [`PrivateWithEgress`]
/// and [`Isolated`].
///
/// Creates an
/// [`AWS::EC2::VPC`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html)
/// with an internet gateway, a subnet and a route table for each tier and zone, NAT gateways, a flow log and a
/// gateway endpoint for S3. CloudFormation's resource alone creates none of the companions. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | Availability Zones | two, the first of `Fn::GetAZs` at deployment | – |
/// | NAT | a gateway in each zone | none |
/// | DNS support | on | on |
/// | DNS host names | on | off |
/// | public IPv4 addresses in public subnets | only where a resource asks for one | the same |
/// | flow logs | all traffic, to CloudWatch Logs, kept for three months | none |
/// | gateway endpoint for S3 (free of charge) | in public and private subnets | none |
/// | address block | four equal parts, one for each tier and one free, so that adding a zone moves no subnet | – |
///
/// The **default security group** of a VPC allows traffic between its members and everything out of them.
/// CloudFormation can add rules to it, but cannot remove the initial ones. This library therefore never uses it:
/// every construct creates a separate security group, and a resource that would fall back to the default group is
/// reported (`INF4109`). The rules of the default group remain until they are removed through the EC2 API.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, ec2::{InterfaceEndpointService, Nat, Vpc}};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Network");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).availability_zones(3).nat(Nat::Single).build(stack, "Vpc");
/// vpc.add_interface_endpoint(InterfaceEndpointService::SECRETS_MANAGER);
/// assert_eq!(vpc.isolated().count(), 3);
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vpc<'app> {
    scope: Scope<'app>,
}

/// Properties of a [`Vpc`], set through [`Vpc::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = VpcBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct VpcProps<'app> {
    #[builder(field)]
    masks: [Option<u8>; 3],
    /// IPv4 address block, with a prefix length from `/16` to `/28` (`INF4101` otherwise). Changing it replaces the
    /// VPC and everything in it.
    cidr: Cidr,
    #[builder(default = Zones::Count(2), setters(name = zones_internal, vis = ""))]
    zones: Zones,
    /// Route from private subnets to the internet over IPv4. Default: a NAT gateway in each zone.
    #[builder(default)]
    nat: Nat,
    /// IP versions of the VPC and its subnets. Default: IPv4 only.
    #[builder(default)]
    ip_protocol: IpProtocol,
    /// Flow logs of accepted and rejected traffic. Default: all traffic, to CloudWatch Logs, kept for three months
    /// (CloudFormation: none).
    #[builder(default)]
    flow_logs: FlowLogs<'app>,
}

impl<'app, S: vpc_builder::State> VpcBuilder<'app, S> {
    /// Sets the size of a tier's subnets, as a prefix length from 16 to 28.
    ///
    /// Default: a quarter of the tier's part of the block, or an eighth with five or six zones. A `/16` VPC with up
    /// to four zones has `/20` subnets.
    pub fn subnet_mask(mut self, tier: Tier, prefix: u8) -> Self {
        self.masks[tier.tier_index()] = Some(prefix);
        self
    }

    /// Sets the number of Availability Zones, from 1 to 6. Default: 2. One zone is reported as a warning (`INF4104`).
    ///
    /// The zones are the first ones that `Fn::GetAZs` returns, so the same template works in any region with enough
    /// zones. If the account has default subnets, EC2 lists only the zones that contain one.
    pub fn availability_zones(self, count: u8) -> VpcBuilder<'app, vpc_builder::SetZones<S>>
    where
        S::Zones: vpc_builder::IsUnset,
    {
        self.zones_internal(Zones::Count(count))
    }

    /// Names the Availability Zones, such as `eu-central-1a`, instead of giving their count.
    pub fn availability_zone_names<N: Into<String>>(
        self,
        names: impl IntoIterator<Item = N>,
    ) -> VpcBuilder<'app, vpc_builder::SetZones<S>>
    where
        S::Zones: vpc_builder::IsUnset,
    {
        self.zones_internal(Zones::Named(names.into_iter().map(Into::into).collect()))
    }

    /// Adds the VPC with its subnets, gateways and routes under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Vpc<'app>
    where
        S: vpc_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope.scope().library_construct(id, "infra-lib.ec2.Vpc");
        check_props(scope, &props);
        let zones = zone_values(&props.zones);
        scope.tag("Name", scope.path());
        let vpc = CfnVpcProps::new()
            .cidr_block(props.cidr)
            .enable_dns_hostnames(true)
            .enable_dns_support(true)
            .build(scope, "Resource");
        let ipv6 = (props.ip_protocol == IpProtocol::DualStack).then(|| {
            let block = CfnVpcCidrBlockProps::new(vpc.ref_()).amazon_provided_ipv6_cidr_block(true);
            (block.build(scope, "ipv6cidr"), vpc.attr_ipv6_cidr_blocks())
        });
        let network = Network {
            scope,
            vpc_id: vpc.ref_(),
            block: props.cidr,
            masks: props.masks,
            zones,
            nat: props.nat,
            ipv6,
        };
        scope.attach(State {
            vpc_id: vpc.ref_(),
            cidr: Some(vpc.attr_cidr_block()),
            block: Some(props.cidr),
            internet_egress: props.nat != Nat::None,
            dual_stack: props.ip_protocol == IpProtocol::DualStack,
            tiers: network.build(),
            endpoints: std::cell::RefCell::default(),
            network_acls: std::cell::RefCell::default(),
        });
        let vpc = Vpc { scope };
        vpc.add_gateway_endpoint(GatewayEndpointService::S3);
        flow_logs::add_flow_log(vpc, "FlowLog", props.flow_logs);
        default_group::watch_default_groups(scope);
        vpc
    }
}

fn zone_values(zones: &Zones) -> Vec<Value<String>> {
    use crate::intrinsics::{get_azs, select};
    match zones {
        Zones::Count(count) => (0..u32::from(*count).min(6))
            .map(|zone| select(zone, get_azs("")))
            .collect(),
        Zones::Named(names) => names.iter().take(6).map(IntoValue::into_value).collect(),
    }
}

fn check_props(scope: Scope<'_>, props: &VpcProps<'_>) {
    let prefix = props.cidr.prefix();
    if !(16..=28).contains(&prefix) {
        scope.report(
            Diagnostic::new(
                codes::VPC_BLOCK_SIZE,
                format!("a VPC cannot have the CIDR block {}", props.cidr),
            )
            .property("CidrBlock")
            .actual(format!("/{prefix}"))
            .expected("a prefix length from /16 (65,536 addresses) to /28 (16 addresses)")
            .help("a /16 has space for every tier and zone: cidr!(\"10.0.0.0/16\")"),
        );
    }
    let count = match &props.zones {
        Zones::Count(count) => usize::from(*count),
        Zones::Named(names) => names.len(),
    };
    if !(1..=6).contains(&count) {
        scope.report(
            Diagnostic::new(
                codes::ZONE_COUNT,
                format!("a VPC cannot have {count} Availability Zones"),
            )
            .actual(count.to_string())
            .expected("1 to 6 zones")
            .help("use two zones to tolerate the failure of one: `.availability_zones(2)`"),
        );
    } else if count == 1 {
        scope.report(
            Diagnostic::new(codes::SINGLE_ZONE, "the VPC has one Availability Zone: if the zone fails, all its resources fail")
                .note("load balancers and database subnet groups require two zones, even if their instances use one")
                .help("use `.availability_zones(2)`; with `.nat(Nat::Single)` the second zone is free of charge"),
        );
    }
}

impl<'app> Construct<'app> for Vpc<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl From<&Self> for Vpc<'_> {
    fn from(vpc: &Self) -> Self {
        *vpc
    }
}

impl<'app> Vpc<'app> {
    /// Returns a builder for a VPC.
    pub fn builder() -> VpcBuilder<'app> {
        VpcProps::builder()
    }

    /// Imports an existing VPC by its attributes; nothing is created. Using a tier whose subnets were not given is
    /// reported (`INF4105`).
    ///
    /// ```
    /// # use infra_lib::prelude::*;
    /// # use infra_lib::{cidr, ec2::{Vpc, VpcAttributes}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Web");
    /// let vpc = Vpc::from_attributes(
    ///     stack,
    ///     "Vpc",
    ///     VpcAttributes::new("vpc-0a1b2c3d").cidr(cidr!("10.8.0.0/16")).private(["subnet-1", "subnet-2"]),
    /// );
    /// assert_eq!(vpc.private().count(), 2);
    /// ```
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: VpcAttributes,
    ) -> Self {
        let scope = scope.scope().library_construct(id, "infra-lib.ec2.Vpc");
        attributes.check_subnets(scope);
        scope.attach(attributes.into_state());
        Self { scope }
    }

    /// Returns the handle of a VPC whose state is attached to `scope`.
    pub(super) const fn from_scope(scope: Scope<'app>) -> Self {
        Self { scope }
    }

    /// Returns the ID of the VPC, `vpc-…`.
    pub fn id(&self) -> Value<Id<kind::ec2::Vpc>> {
        self.load_state().vpc_id.clone()
    }

    /// Returns the IPv4 address block. For an imported VPC without
    /// [`VpcAttributes::cidr`], the call is reported (`INF4114`).
    #[track_caller]
    pub fn cidr_block(&self) -> Value<String> {
        if let Some(block) = &self.load_state().cidr {
            return block.clone();
        }
        self.scope.report(
            Diagnostic::new(
                codes::UNKNOWN_VPC_BLOCK,
                "the CIDR block of this imported VPC is not known",
            )
            .origin(std::panic::Location::caller())
            .help("set it: `VpcAttributes::new(…).cidr(cidr!(\"10.0.0.0/16\"))`"),
        );
        Cidr::ANY.into_value()
    }

    /// Returns the public subnets: those with a route to the internet gateway.
    pub const fn public(&self) -> Subnets<'app, Public> {
        Subnets::new(*self)
    }

    /// Returns the private subnets: those that reach the internet through NAT, if the VPC has it.
    pub const fn private(&self) -> Subnets<'app, PrivateWithEgress> {
        Subnets::new(*self)
    }

    /// Returns the isolated subnets: those without a route out of the VPC.
    pub const fn isolated(&self) -> Subnets<'app, Isolated> {
        Subnets::new(*self)
    }

    /// Returns `true` if private subnets reach the internet over IPv4.
    pub fn has_internet_egress(&self) -> bool {
        self.load_state().internet_egress
    }

    /// Returns `true` if the VPC uses IPv6 as well as IPv4. Always `false` for an imported VPC.
    pub fn is_dual_stack(&self) -> bool {
        self.load_state().dual_stack
    }

    /// Returns `true` if an endpoint for the service has been added or declared so far. Endpoints added later are not
    /// seen.
    pub fn has_endpoint(&self, service: &InterfaceEndpointService) -> bool {
        self.load_state().has_endpoint(service.as_str())
    }

    /// Adds an interface endpoint in the private subnets, open on port 443 to the whole VPC, with private DNS, so
    /// that the service's usual host name resolves to the endpoint.
    ///
    /// Each endpoint is charged by the hour and zone, and by data
    /// ([pricing](https://aws.amazon.com/privatelink/pricing/)). A second endpoint for the same service is reported
    /// (`INF4113`).
    #[expect(clippy::needless_pass_by_value, reason = "callers name a constant")]
    #[track_caller]
    pub fn add_interface_endpoint(
        &self,
        service: InterfaceEndpointService,
    ) -> InterfaceEndpoint<'app> {
        endpoints::add_interface(*self, &service)
    }

    /// Adds a gateway endpoint: routes to the service in the route tables of public and private subnets. Gateway
    /// endpoints are free of charge.
    ///
    /// A VPC that this library creates already has one for S3.
    #[track_caller]
    pub fn add_gateway_endpoint(&self, service: GatewayEndpointService) {
        endpoints::add_gateway(*self, service);
    }

    /// Adds flow logs as the construct `id`, beside those of the builder: for an imported VPC, or for a second destination.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, ec2::{FlowLogs, Vpc, VpcAttributes}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Web");
    /// let vpc = Vpc::from_attributes(stack, "Vpc", VpcAttributes::new("vpc-0a1b2c3d"));
    /// vpc.add_flow_logs("Rejected", FlowLogs::rejected());
    /// ```
    #[track_caller]
    pub fn add_flow_logs(&self, id: &str, logs: FlowLogs<'app>) {
        flow_logs::add_flow_log(*self, id, logs);
    }

    pub(super) fn load_state(&self) -> std::rc::Rc<State> {
        self.scope
            .attached()
            .expect("every VPC is made with its state")
    }

    /// Returns the subnet IDs of a tier; reports an empty tier at the caller's line.
    #[track_caller]
    pub(crate) fn subnet_ids(&self, tier: Tier) -> Vec<Value<Id<kind::ec2::Subnet>>> {
        let state = self.load_state();
        let ids: Vec<_> = state
            .subnets(tier)
            .iter()
            .map(|subnet| subnet.id.clone())
            .collect();
        if ids.is_empty() {
            self.scope.report(
                Diagnostic::new(codes::EMPTY_TIER, format!("the VPC has no {tier} subnets"))
                    .origin(std::panic::Location::caller())
                    .related("the VPC is defined here", self.scope.origin())
                    .help(format!("set their IDs: `VpcAttributes::new(…).{tier}([\"subnet-…\", \"subnet-…\"])`")),
            );
        }
        ids
    }

    pub(crate) fn add_route_dependency(&self, tier: Tier, resource: Resource<'app>) {
        for id in self
            .load_state()
            .subnets(tier)
            .iter()
            .flat_map(|subnet| &subnet.routes)
        {
            if let Some(route) = self.scope.node(*id) {
                resource.depends_on(route);
            }
        }
    }

    pub(crate) fn requires_two_zones(&self, tier: Tier, scope: Scope<'app>, user: &str) {
        if self.load_state().subnets(tier).len() == 1 {
            let message = format!(
                "{user} requires subnets in two Availability Zones; the {tier} tier has one"
            );
            scope.report(
                Diagnostic::new(codes::TOO_FEW_ZONES, message)
                    .related("the VPC is defined here", self.scope.origin())
                    .help("set `.availability_zones(2)` or more for the VPC"),
            );
        }
    }

    pub(super) fn require_reach(&self, user: Scope<'app>, services: &[InterfaceEndpointService]) {
        let (path, origin, services) = (user.path(), user.origin(), services.to_vec());
        self.scope.add_validator(move |scope| {
            let Some(state) = scope.attached::<State>().filter(|state| !state.internet_egress) else { return };
            let missing: Vec<&str> = services.iter().map(InterfaceEndpointService::as_str).collect();
            let missing: Vec<&str> = missing.into_iter().filter(|service| !state.has_endpoint(service)).collect();
            if !missing.is_empty() {
                let list = missing.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(", ");
                scope.report(
                    Diagnostic::new(codes::UNREACHABLE_SERVICE, format!("private subnets cannot reach {list}"))
                        .path(path.as_str())
                        .origin(origin)
                        .note("the VPC has no NAT gateway, and no endpoints for these services")
                        .related("the VPC is defined here", scope.origin())
                        .help("use `.nat(Nat::Single)` for the VPC, or `vpc.add_interface_endpoint(…)` for each of them"),
                );
            }
        });
    }
}
