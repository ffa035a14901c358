//! The subnets of one tier of a VPC.

use std::fmt;
use std::marker::PhantomData;

use infra_cfn::kind;

use super::subnet_choice::subnet_zone;
use super::{InterfaceEndpointService, InternalTier, SubnetTier, Tier, Vpc};
use crate::{Id, IntoValue, Resource, Scope, Value};

/// The subnets of one tier of a [`Vpc`], one for each Availability Zone. The tier is part of the type, so the
/// compiler checks which constructs can be placed in it.
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

    /// Returns the VPC of the subnets.
    pub const fn vpc(&self) -> Vpc<'app> {
        self.vpc
    }

    /// Returns the ID of the VPC, `vpc-…`.
    pub fn vpc_id(&self) -> Value<Id<kind::ec2::Vpc>> {
        self.vpc.id()
    }

    /// Returns the IPv4 address block of the VPC.
    pub fn vpc_cidr(&self) -> Value<String> {
        self.vpc.cidr_block()
    }

    /// Returns the tier as a value.
    pub const fn tier(&self) -> Tier {
        T::TIER
    }

    /// Returns the number of subnets.
    pub fn count(&self) -> usize {
        self.vpc.load_state().subnets(T::TIER).len()
    }

    /// Returns the IDs of the subnets as a list, one for each zone.
    ///
    /// A tier that an imported VPC does not have is reported (`INF4105`).
    #[track_caller]
    pub fn ids(&self) -> Value<Vec<Id<kind::ec2::Subnet>>> {
        self.id_list().into_value()
    }

    /// Returns the IDs of the subnets as separate values, one for each zone.
    #[track_caller]
    pub fn id_list(&self) -> Vec<Value<Id<kind::ec2::Subnet>>> {
        self.vpc.subnet_ids(T::TIER)
    }

    /// Returns the Availability Zones of the subnets. Subnets of an imported VPC without
    /// [`availability_zone`](super::SubnetAttributes::availability_zone) are left out.
    pub fn availability_zones(&self) -> Vec<Value<String>> {
        self.vpc
            .load_state()
            .subnets(T::TIER)
            .iter()
            .filter_map(|subnet| subnet.zone.clone())
            .collect()
    }

    /// Makes a resource depend on the routes of these subnets, so that it does not start without a network.
    pub fn established_before(&self, resource: Resource<'app>) {
        self.vpc.add_route_dependency(T::TIER, resource);
    }

    /// Reports a tier with a single subnet (`INF4106`). `user` names the construct that needs two, such as "a load
    /// balancer".
    pub fn requires_two_zones(&self, scope: Scope<'app>, user: &str) {
        self.vpc.requires_two_zones(T::TIER, scope, user);
    }
}

impl<'app> Subnets<'app, super::PrivateWithEgress> {
    /// Requires that a construct in these subnets can reach AWS services, through NAT or through an endpoint for
    /// each.
    ///
    /// The check runs at synthesis, because endpoints may be added after the construct. Services out of reach are
    /// reported at the construct (`INF4108`).
    pub fn requires_reach(&self, scope: Scope<'app>, services: &[InterfaceEndpointService]) {
        self.vpc.require_reach(scope, services);
    }
}

/// Subnets whose tier is known at run time, from [`AsSubnets::as_subnets`].
#[derive(Clone, Copy, Debug)]
pub struct SubnetsRef<'app> {
    vpc: Vpc<'app>,
    tier: Tier,
}

impl<'app> SubnetsRef<'app> {
    /// Returns the VPC of the subnets.
    pub const fn vpc(&self) -> Vpc<'app> {
        self.vpc
    }

    /// Returns the tier of the subnets.
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the IDs of the subnets, one for each zone. A tier that an imported VPC does not have is reported
    /// (`INF4105`).
    #[track_caller]
    pub fn id_list(&self) -> Vec<Value<Id<kind::ec2::Subnet>>> {
        self.vpc.subnet_ids(self.tier)
    }

    /// Returns the Availability Zone of the subnet with a number, if it is known.
    pub(crate) fn zone(&self, index: usize) -> Option<Value<String>> {
        subnet_zone(self.vpc, self.tier, index)
    }

    /// Reports a tier with a single subnet (`INF4106`). `user` names the construct that needs two, such as "a cache".
    pub fn requires_two_zones(&self, scope: Scope<'app>, user: &str) {
        self.vpc.requires_two_zones(self.tier, scope, user);
    }

    /// Makes a resource depend on the routes of these subnets, so that it does not start without a network. Isolated
    /// subnets have none.
    pub fn established_before(&self, resource: Resource<'app>) {
        if self.tier != Tier::Isolated {
            self.vpc.add_route_dependency(self.tier, resource);
        }
    }
}

/// Subnets of any tier, for builders: `vpc.public()`, `vpc.private()` or `vpc.isolated()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no subnets",
    label = "subnets are needed here, such as `vpc.private()`"
)]
pub trait AsSubnets<'app> {
    /// Returns the subnets with their tier as a value.
    fn as_subnets(&self) -> SubnetsRef<'app>;
}

impl<'app, T: SubnetTier> AsSubnets<'app> for Subnets<'app, T> {
    fn as_subnets(&self) -> SubnetsRef<'app> {
        SubnetsRef {
            vpc: self.vpc,
            tier: T::TIER,
        }
    }
}

impl<'app> AsSubnets<'app> for SubnetsRef<'app> {
    fn as_subnets(&self) -> Self {
        *self
    }
}

/// Subnets that cannot be reached from the internet, for builders: `vpc.private()` or `vpc.isolated()`.
///
/// ```compile_fail
/// # use infra_lib::{App, Stack, cidr, ec2::Vpc, efs::FileSystem};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// FileSystem::builder().subnets(vpc.public());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no subnets that are closed to the internet",
    label = "expected private or isolated subnets",
    note = "use `vpc.private()` or `vpc.isolated()`"
)]
pub trait InternalSubnets<'app> {
    /// Returns the subnets with their tier as a value.
    fn internal_subnets(&self) -> SubnetsRef<'app>;
}

impl<'app, T: InternalTier> InternalSubnets<'app> for Subnets<'app, T> {
    fn internal_subnets(&self) -> SubnetsRef<'app> {
        self.as_subnets()
    }
}
