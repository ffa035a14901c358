//! Attributes that describe an existing VPC.

use std::cell::RefCell;

use infra_cfn::kind;

use super::vpc_state::{State, SubnetState};
use super::{Cidr, InterfaceEndpointService, Nat, Tier};
use crate::{Diagnostic, Id, IntoValue, Scope, Value, codes};

/// Attributes of an existing VPC, for [`Vpc::from_attributes`](super::Vpc::from_attributes).
#[derive(Clone, Debug)]
pub struct VpcAttributes {
    id: Value<Id<kind::ec2::Vpc>>,
    cidr: Option<Cidr>,
    nat: Nat,
    tiers: [Vec<SubnetAttributes>; 3],
    endpoints: Vec<InterfaceEndpointService>,
}

/// Attributes of an existing subnet. A plain ID converts into it: `"subnet-0a1b2c3d".into()`.
#[derive(Clone, Debug)]
pub struct SubnetAttributes {
    id: Value<Id<kind::ec2::Subnet>>,
    cidr: Option<Cidr>,
    zone: Option<Value<String>>,
    route_table: Option<Value<Id<kind::ec2::RouteTable>>>,
}

impl SubnetAttributes {
    /// Creates the attributes of the subnet with the given ID.
    pub fn new(id: impl IntoValue<Id<kind::ec2::Subnet>>) -> Self {
        Self {
            id: id.into_value(),
            cidr: None,
            zone: None,
            route_table: None,
        }
    }

    /// Sets the IPv4 block of the subnet. It is checked against the block of the VPC and those of the other subnets
    /// (`INF4107`).
    pub fn cidr(mut self, block: Cidr) -> Self {
        self.cidr = Some(block);
        self
    }

    /// Sets the Availability Zone of the subnet, such as `eu-central-1a`.
    pub fn availability_zone(mut self, zone: impl IntoValue<String>) -> Self {
        self.zone = Some(zone.into_value());
        self
    }

    /// Sets the route table of the subnet, `rtb-…`. Gateway endpoints and peering connections add routes to it.
    pub fn route_table(mut self, id: impl IntoValue<Id<kind::ec2::RouteTable>>) -> Self {
        self.route_table = Some(id.into_value());
        self
    }
}

impl From<&str> for SubnetAttributes {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<Value<Id<kind::ec2::Subnet>>> for SubnetAttributes {
    fn from(id: Value<Id<kind::ec2::Subnet>>) -> Self {
        Self::new(id)
    }
}

impl VpcAttributes {
    /// Creates the attributes of the VPC with the given ID.
    pub fn new(id: impl IntoValue<Id<kind::ec2::Vpc>>) -> Self {
        Self {
            id: id.into_value(),
            cidr: None,
            nat: Nat::default(),
            tiers: Default::default(),
            endpoints: Vec::new(),
        }
    }

    /// Sets the IPv4 block of the VPC. [`Vpc::cidr_block`](super::Vpc::cidr_block) needs it.
    pub fn cidr(mut self, block: Cidr) -> Self {
        self.cidr = Some(block);
        self
    }

    /// Sets how private subnets reach the internet. Default: through NAT.
    pub fn nat(mut self, nat: Nat) -> Self {
        self.nat = nat;
        self
    }

    /// Adds public subnets, one for each zone.
    pub fn public<S: Into<SubnetAttributes>>(self, subnets: impl IntoIterator<Item = S>) -> Self {
        self.add_subnets(Tier::Public, subnets)
    }

    /// Adds private subnets, one for each zone.
    pub fn private<S: Into<SubnetAttributes>>(self, subnets: impl IntoIterator<Item = S>) -> Self {
        self.add_subnets(Tier::PrivateWithEgress, subnets)
    }

    /// Adds isolated subnets, one for each zone.
    pub fn isolated<S: Into<SubnetAttributes>>(self, subnets: impl IntoIterator<Item = S>) -> Self {
        self.add_subnets(Tier::Isolated, subnets)
    }

    /// Declares an existing endpoint for the service, either an interface endpoint or a gateway endpoint.
    pub fn endpoint(mut self, service: InterfaceEndpointService) -> Self {
        self.endpoints.push(service);
        self
    }

    fn add_subnets<S: Into<SubnetAttributes>>(
        mut self,
        tier: Tier,
        subnets: impl IntoIterator<Item = S>,
    ) -> Self {
        self.tiers[tier.tier_index()].extend(subnets.into_iter().map(Into::into));
        self
    }

    /// Reports subnets that overlap or lie outside the VPC.
    pub(super) fn check_subnets(&self, scope: Scope<'_>) {
        let subnets = || {
            self.tiers
                .iter()
                .flatten()
                .filter_map(|subnet| Some((subnet_name(subnet), subnet.cidr?)))
        };
        for (at, (subnet, block)) in subnets().enumerate() {
            if let Some(vpc) = self.cidr.filter(|vpc| !vpc.contains(block)) {
                let message = format!("subnet `{subnet}` ({block}) lies outside its VPC ({vpc})");
                scope.report(
                    Diagnostic::new(codes::OVERLAPPING_SUBNETS, message)
                        .help("correct one of the two blocks"),
                );
            }
            for (other, taken) in subnets()
                .take(at)
                .filter(|(_, taken)| taken.overlaps(block))
            {
                let message =
                    format!("subnets `{other}` ({taken}) and `{subnet}` ({block}) overlap");
                scope.report(
                    Diagnostic::new(codes::OVERLAPPING_SUBNETS, message)
                        .help("subnets of a VPC cannot overlap: correct one of the two blocks"),
                );
            }
        }
    }

    pub(super) fn into_state(self) -> State {
        let subnet = |subnet: SubnetAttributes| SubnetState {
            id: subnet.id,
            zone: subnet.zone,
            route_table: subnet.route_table,
            routes: Vec::new(),
        };
        State {
            vpc_id: self.id,
            cidr: self.cidr.map(IntoValue::into_value),
            block: self.cidr,
            internet_egress: self.nat != Nat::None,
            dual_stack: false,
            tiers: self
                .tiers
                .map(|subnets| subnets.into_iter().map(subnet).collect()),
            endpoints: RefCell::new(
                self.endpoints
                    .iter()
                    .map(|service| (service.as_str().to_owned(), None))
                    .collect(),
            ),
            network_acls: RefCell::default(),
        }
    }
}

fn subnet_name(subnet: &SubnetAttributes) -> &str {
    subnet.id.as_literal().unwrap_or("subnet")
}
