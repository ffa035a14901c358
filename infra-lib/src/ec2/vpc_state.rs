//! Facts about a VPC, created here or imported, attached to its construct.

use std::cell::RefCell;
use std::collections::BTreeMap;

use infra_cfn::kind;

use super::{Cidr, Tier};
use crate::core::{NodeId, Origin};
use crate::{Id, Value};

/// Facts about a VPC that other constructs read later.
pub(super) struct State {
    pub(super) vpc_id: Value<Id<kind::ec2::Vpc>>,
    pub(super) cidr: Option<Value<String>>,
    /// The CIDR block, if it is known before deployment.
    pub(super) block: Option<Cidr>,
    pub(super) internet_egress: bool,
    pub(super) dual_stack: bool,
    /// Subnets of each tier, indexed by [`Tier::index`].
    pub(super) tiers: [Vec<SubnetState>; 3],
    /// Endpoints by service name, with the line that added each; `None` for endpoints of an imported VPC.
    pub(super) endpoints: RefCell<BTreeMap<String, Option<Origin>>>,
    /// Network ACLs by tier and number of the subnet, with the line that applied each.
    pub(super) network_acls: RefCell<BTreeMap<(Tier, usize), Origin>>,
}

/// Facts about a subnet.
pub(super) struct SubnetState {
    pub(super) id: Value<Id<kind::ec2::Subnet>>,
    pub(super) zone: Option<Value<String>>,
    pub(super) route_table: Option<Value<Id<kind::ec2::RouteTable>>>,
    /// Routes and associations that must exist before the subnet has a network.
    pub(super) routes: Vec<NodeId>,
}

impl State {
    pub(super) fn subnets(&self, tier: Tier) -> &[SubnetState] {
        &self.tiers[tier.tier_index()]
    }

    pub(super) fn has_endpoint(&self, service: &str) -> bool {
        self.endpoints.borrow().contains_key(service)
    }
}
