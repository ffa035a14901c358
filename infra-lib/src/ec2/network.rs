//! Subnets, gateways and routes of a VPC.

use infra_cfn::ec2::{
    CfnEgressOnlyInternetGateway, CfnEgressOnlyInternetGatewayProps, CfnEipProps,
    CfnInternetGateway, CfnInternetGatewayProps, CfnNatGatewayProps, CfnRoute, CfnRouteProps,
    CfnRouteTable, CfnRouteTableProps, CfnSubnet, CfnSubnetProps,
    CfnSubnetRouteTableAssociationProps, CfnVpcCidrBlock, CfnVpcGatewayAttachment,
    CfnVpcGatewayAttachmentProps, eip,
};
use infra_cfn::kind;

use super::vpc_state::SubnetState;
use super::{Cidr, Nat, Tier, layout};
use crate::core::NodeId;
use crate::{Construct, Diagnostic, Id, Scope, Value, codes, intrinsics};

/// Number of IPv6 subnets in the VPC's block: eight for each of the three tiers, so that adding a zone moves none.
const IPV6_SUBNETS: u32 = 24;

/// Input for the subnets of a VPC.
pub(super) struct Network<'app> {
    pub(super) scope: Scope<'app>,
    pub(super) vpc_id: Value<Id<kind::ec2::Vpc>>,
    pub(super) block: Cidr,
    pub(super) masks: [Option<u8>; 3],
    pub(super) zones: Vec<Value<String>>,
    pub(super) nat: Nat,
    /// The VPC's IPv6 block, and the attribute that lists its CIDR.
    pub(super) ipv6: Option<(CfnVpcCidrBlock<'app>, Value<Vec<String>>)>,
}

/// A subnet with its route table, while routes are being added.
struct Subnet<'app> {
    scope: Scope<'app>,
    cfn: CfnSubnet<'app>,
    table: CfnRouteTable<'app>,
    zone: Value<String>,
    routes: Vec<NodeId>,
}

impl<'app> Network<'app> {
    /// Adds subnets, gateways and routes; returns the facts that later calls need.
    pub(super) fn build(&self) -> [Vec<SubnetState>; 3] {
        let gateway = CfnInternetGatewayProps::new().build(self.scope, "IGW");
        let attachment = CfnVpcGatewayAttachmentProps::new(&self.vpc_id)
            .internet_gateway_id(gateway.ref_())
            .build(self.scope, "VPCGW");
        let blocks = self.compute_blocks();
        let [mut public, mut private, isolated] =
            Tier::ALL.map(|tier| self.create_subnets(tier, &blocks[tier.tier_index()]));
        for subnet in &mut public {
            self.route_to_internet(subnet, gateway, attachment);
        }
        let nats = self.create_nat_gateways(&public);
        for (at, subnet) in private.iter_mut().enumerate() {
            if let Some(nat) = nats.get(at).or(nats.last()) {
                let route =
                    CfnRouteProps::new(subnet.table.ref_()).destination_cidr_block(Cidr::ANY);
                subnet.add_route(route.nat_gateway_id(nat), "DefaultRoute");
            }
        }
        if let Some((block, _)) = self.ipv6 {
            let egress: CfnEgressOnlyInternetGateway<'_> =
                CfnEgressOnlyInternetGatewayProps::new(&self.vpc_id).build(self.scope, "EIGW6");
            egress.depends_on(block);
            for subnet in &mut private {
                let route =
                    CfnRouteProps::new(subnet.table.ref_()).destination_ipv6_cidr_block("::/0");
                subnet.add_route(
                    route.egress_only_internet_gateway_id(egress.ref_()),
                    "DefaultRoute6",
                );
            }
        }
        [public, private, isolated]
            .map(|subnets| subnets.into_iter().map(Subnet::into_state).collect())
    }

    /// Returns the blocks of each tier's subnets. Reports subnets that do not fit once; the whole block then replaces
    /// them, so that the rest is still checked.
    fn compute_blocks(&self) -> [Vec<Cidr>; 3] {
        let zones = self.zones.len();
        let mut problems = Vec::new();
        let blocks = Tier::ALL.map(|tier| {
            let blocks = layout::subnets_of(self.block, tier, zones, self.masks[tier.tier_index()]);
            blocks.unwrap_or_else(|problem| {
                problems.push(problem);
                vec![self.block; zones]
            })
        });
        // The VPC reports a block with a wrong prefix length.
        if (16..=28).contains(&self.block.prefix())
            && let Some(problem) = problems.first()
        {
            let found = Diagnostic::new(codes::VPC_BLOCK_FULL, problem).property("CidrBlock");
            let found = problems.iter().skip(1).fold(found, Diagnostic::note);
            self.scope.report(
                found
                    .note("each tier has a quarter of the VPC's CIDR block, so that adding a zone does not change existing subnets")
                    .help("use a larger CIDR block (cidr!(\"10.0.0.0/16\")), or smaller subnets (`.subnet_mask(tier, 26)`)"),
            );
        }
        blocks
    }

    fn create_subnets(&self, tier: Tier, blocks: &[Cidr]) -> Vec<Subnet<'app>> {
        let zones = self.zones.iter().zip(blocks).enumerate();
        zones
            .map(|(at, (zone, block))| self.create_subnet(tier, at, zone, *block))
            .collect()
    }

    fn create_subnet(
        &self,
        tier: Tier,
        at: usize,
        zone: &Value<String>,
        block: Cidr,
    ) -> Subnet<'app> {
        let id = format!("{}Subnet{}", tier.id_part(), at + 1);
        let scope = self.scope.library_construct(&id, "infra-lib.ec2.Subnet");
        scope.tag("Name", scope.path());
        let mut props = CfnSubnetProps::new(&self.vpc_id)
            .availability_zone(zone)
            .map_public_ip_on_launch(false)
            .cidr_block(block);
        if let Some((_, blocks)) = &self.ipv6 {
            let cut = intrinsics::cidr(intrinsics::select(0, blocks), IPV6_SUBNETS, 64);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most three tiers of six zones"
            )]
            let index = (tier.tier_index() * 8 + at) as u32;
            props = props
                .ipv6_cidr_block(intrinsics::select(index, cut))
                .assign_ipv6_address_on_creation(true);
        }
        let cfn = props.build(scope, "Subnet");
        if let Some((block, _)) = self.ipv6 {
            cfn.depends_on(block);
        }
        let table = CfnRouteTableProps::new(&self.vpc_id).build(scope, "RouteTable");
        let association = CfnSubnetRouteTableAssociationProps::new(table.ref_(), cfn.ref_());
        let association = association.build(scope, "RouteTableAssociation");
        Subnet {
            scope,
            cfn,
            table,
            zone: zone.clone(),
            routes: vec![association.scope().node_id()],
        }
    }

    fn route_to_internet(
        &self,
        subnet: &mut Subnet<'app>,
        gateway: CfnInternetGateway<'app>,
        attachment: CfnVpcGatewayAttachment<'app>,
    ) {
        let route = || CfnRouteProps::new(subnet.table.ref_()).gateway_id(gateway.ref_());
        let (ipv4, ipv6) = (
            route().destination_cidr_block(Cidr::ANY),
            route().destination_ipv6_cidr_block("::/0"),
        );
        subnet
            .add_route(ipv4, "DefaultRoute")
            .depends_on(attachment);
        if self.ipv6.is_some() {
            subnet
                .add_route(ipv6, "DefaultRoute6")
                .depends_on(attachment);
        }
    }

    fn create_nat_gateways(
        &self,
        public: &[Subnet<'app>],
    ) -> Vec<Value<Id<kind::ec2::NatGateway>>> {
        let count = match self.nat {
            Nat::PerAz => public.len(),
            Nat::Single => 1,
            Nat::None => 0,
        };
        let gateway = |subnet: &Subnet<'app>| {
            let address = CfnEipProps::new()
                .domain(eip::Domain::VPC)
                .build(subnet.scope, "EIP");
            let gateway = CfnNatGatewayProps::new()
                .allocation_id(address.attr_allocation_id())
                .subnet_id(subnet.cfn.ref_())
                .build(subnet.scope, "NATGateway");
            for route in &subnet.routes {
                if let Some(route) = subnet.scope.node(*route) {
                    gateway.depends_on(route);
                }
            }
            gateway.ref_()
        };
        public.iter().take(count).map(gateway).collect()
    }
}

impl<'app> Subnet<'app> {
    fn add_route(&mut self, route: CfnRouteProps, id: &str) -> CfnRoute<'app> {
        let route = route.build(self.scope, id);
        self.routes.push(route.scope().node_id());
        route
    }

    fn into_state(self) -> SubnetState {
        SubnetState {
            id: self.cfn.ref_(),
            zone: Some(self.zone),
            route_table: Some(self.table.ref_()),
            routes: self.routes,
        }
    }
}
