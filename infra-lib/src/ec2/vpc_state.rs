//! What is known about a VPC, made here or imported; kept with its node.

use std::cell::RefCell;
use std::collections::BTreeMap;

use infra_cfn::kind;

use super::Tier;
use crate::core::{NodeId, Origin};
use crate::{Id, Value};

/// What is known about a VPC.
pub(super) struct State {
    pub(super) vpc_id: Value<Id<kind::ec2::Vpc>>,
    pub(super) cidr: Option<Value<String>>,
    pub(super) internet_egress: bool,
    pub(super) dual_stack: bool,
    /// By [`Tier::index`].
    pub(super) tiers: [Vec<SubnetState>; 3],
    /// By name of the service; where it was added, as far as that was in this app.
    pub(super) endpoints: RefCell<BTreeMap<String, Option<Origin>>>,
}

/// What is known about a subnet.
pub(super) struct SubnetState {
    pub(super) id: Value<Id<kind::ec2::Subnet>>,
    pub(super) zone: Option<Value<String>>,
    pub(super) route_table: Option<Value<Id<kind::ec2::RouteTable>>>,
    /// Routes and associations that give the subnet its network.
    pub(super) routes: Vec<NodeId>,
}

impl State {
    pub(super) fn subnets(&self, tier: Tier) -> &[SubnetState] {
        &self.tiers[tier.index()]
    }

    pub(super) fn has_endpoint(&self, service: &str) -> bool {
        self.endpoints.borrow().contains_key(service)
    }
}
