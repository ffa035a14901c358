//! The subnets of one tier of a VPC.

use std::fmt;
use std::marker::PhantomData;

use infra_cfn::kind;

use super::{InterfaceEndpointService, SubnetTier, Tier, Vpc};
use crate::{Id, IntoValue, Resource, Scope, Value};

/// The subnets of one tier of a [`Vpc`], one for each Availability Zone. What may be placed in which tier is checked
/// by the compiler.
pub struct Subnets<'app, T> {
    vpc: Vpc<'app>,
    tier: PhantomData<fn() -> T>,
}

impl<T> Clone for Subnets<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Subnets<'_, T> {}

impl<T: SubnetTier> fmt::Debug for Subnets<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subnets")
            .field("vpc", &self.vpc)
            .field("tier", &T::TIER)
            .finish()
    }
}

impl<'app, T: SubnetTier> Subnets<'app, T> {
    pub(super) const fn new(vpc: Vpc<'app>) -> Self {
        Self {
            vpc,
            tier: PhantomData,
        }
    }

    /// The VPC.
    pub const fn vpc(&self) -> Vpc<'app> {
        self.vpc
    }

    /// The id of the VPC.
    pub fn vpc_id(&self) -> Value<Id<kind::ec2::Vpc>> {
        self.vpc.id()
    }

    /// The IPv4 block of the VPC.
    pub fn vpc_cidr(&self) -> Value<String> {
        self.vpc.cidr_block()
    }

    /// The tier as a value.
    pub const fn tier(&self) -> Tier {
        T::TIER
    }

    /// How many subnets there are.
    pub fn count(&self) -> usize {
        self.vpc.state().subnets(T::TIER).len()
    }

    /// The ids of the subnets, one for each zone.
    ///
    /// A tier that an imported VPC does not have is reported (`INF4105`).
    #[track_caller]
    pub fn ids(&self) -> Value<Vec<Id<kind::ec2::Subnet>>> {
        self.id_list().into_value()
    }

    /// The ids of the subnets one by one.
    #[track_caller]
    pub fn id_list(&self) -> Vec<Value<Id<kind::ec2::Subnet>>> {
        self.vpc.subnet_ids(T::TIER)
    }

    /// The Availability Zones of the subnets, as far as they are known.
    pub fn availability_zones(&self) -> Vec<Value<String>> {
        self.vpc
            .state()
            .subnets(T::TIER)
            .iter()
            .filter_map(|subnet| subnet.zone.clone())
            .collect()
    }

    /// Makes a resource wait for the routes of these subnets, so that it does not start without a network.
    pub fn established_before(&self, resource: Resource<'app>) {
        self.vpc.routes_before(T::TIER, resource);
    }

    /// Reports (`INF4106`) when there is one subnet only; `user` names what needs two, such as "a load balancer".
    pub fn requires_two_zones(&self, scope: Scope<'app>, user: &str) {
        self.vpc.requires_two_zones(T::TIER, scope, user);
    }
}

impl<'app> Subnets<'app, super::PrivateWithEgress> {
    /// Says that a construct in these subnets has to reach AWS services: through NAT, or through an endpoint for each.
    ///
    /// Decided at synthesis, because endpoints may be added later than the construct. What cannot be reached is
    /// reported (`INF4108`) at the construct.
    pub fn requires_reach(&self, scope: Scope<'app>, services: &[InterfaceEndpointService]) {
        self.vpc.require_reach(scope, services);
    }
}
