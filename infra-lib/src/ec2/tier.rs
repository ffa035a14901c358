//! Subnet tiers as types, so that the compiler checks where a construct is placed.

use std::fmt;

/// Subnets with a route to the internet gateway, for load balancers and NAT gateways. Resources get public addresses
/// only if they ask for them.
#[derive(Debug)]
pub enum Public {}

/// Subnets that reach the internet through NAT, if the VPC has it, and cannot be reached from the internet.
#[derive(Debug)]
pub enum PrivateWithEgress {}

/// Subnets without a route out of the VPC, for databases and caches.
#[derive(Debug)]
pub enum Isolated {}

/// A tier of subnets as a run-time value.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Tier {
    /// The tier of [`Public`] subnets.
    Public,
    /// The tier of [`PrivateWithEgress`] subnets.
    PrivateWithEgress,
    /// The tier of [`Isolated`] subnets.
    Isolated,
}

impl Tier {
    /// All tiers, in the order of their parts of the VPC's address block.
    pub const ALL: [Self; 3] = [Self::Public, Self::PrivateWithEgress, Self::Isolated];

    /// Returns the tier's part of construct IDs, as in `PrivateSubnet1`.
    pub(crate) const fn id_part(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::PrivateWithEgress => "Private",
            Self::Isolated => "Isolated",
        }
    }

    pub(crate) const fn tier_index(self) -> usize {
        match self {
            Self::Public => 0,
            Self::PrivateWithEgress => 1,
            Self::Isolated => 2,
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::PrivateWithEgress => "private",
            Self::Isolated => "isolated",
        })
    }
}

mod sealed {
    #[expect(unnameable_types, reason = "keeps the tiers a closed set")]
    pub trait Sealed {}
    impl Sealed for super::Public {}
    impl Sealed for super::PrivateWithEgress {}
    impl Sealed for super::Isolated {}
}

/// A tier of subnets as a type: [`Public`], [`PrivateWithEgress`] or [`Isolated`]. Sealed; other crates cannot add
/// tiers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tier of subnets",
    note = "the tiers are `Public`, `PrivateWithEgress` and `Isolated`"
)]
pub trait SubnetTier: sealed::Sealed + 'static {
    /// The tier as a run-time value.
    const TIER: Tier;
}

impl SubnetTier for Public {
    const TIER: Tier = Tier::Public;
}

impl SubnetTier for PrivateWithEgress {
    const TIER: Tier = Tier::PrivateWithEgress;
}

impl SubnetTier for Isolated {
    const TIER: Tier = Tier::Isolated;
}

/// A tier that cannot be reached from the internet: [`PrivateWithEgress`] or [`Isolated`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` subnets can be reached from the internet",
    label = "expected private or isolated subnets",
    note = "use `vpc.private()` or `vpc.isolated()`"
)]
pub trait InternalTier: SubnetTier {}

impl InternalTier for PrivateWithEgress {}
impl InternalTier for Isolated {}
