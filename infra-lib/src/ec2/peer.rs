//! The other end of a security group rule.

use infra_cfn::kind;

use super::{Cidr, Ipv6Cidr, SecurityGroup};
use crate::{Id, IntoValue, Value};

/// The other end of a security group rule: an address block, a prefix list, or another security group.
///
/// ```
/// use infra_lib::{cidr, ec2::Peer};
///
/// let office = Peer::cidr(cidr!("203.0.113.0/24"));
/// let everyone = Peer::any_ipv4();
/// ```
#[derive(Clone, Debug)]
pub struct Peer<'app>(pub(crate) PeerKind<'app>);

#[derive(Clone, Debug)]
pub(crate) enum PeerKind<'app> {
    Ipv4(Value<String>),
    Ipv6(Value<String>),
    PrefixList(Value<Id<kind::ec2::PrefixList>>),
    SecurityGroup(SecurityGroup<'app>),
}

impl<'app> Peer<'app> {
    /// Returns the addresses of an IPv4 block.
    pub fn cidr(block: Cidr) -> Self {
        Self(PeerKind::Ipv4(block.into_value()))
    }

    /// Returns the addresses of an IPv4 block that is known only at deployment, such as the block of a VPC.
    pub fn deferred_cidr(block: Value<String>) -> Self {
        Self(PeerKind::Ipv4(block))
    }

    /// Returns the addresses of an IPv6 block.
    pub fn ipv6(block: Ipv6Cidr) -> Self {
        Self(PeerKind::Ipv6(block.into_value()))
    }

    /// Returns every IPv4 address, `0.0.0.0/0`.
    pub fn any_ipv4() -> Self {
        Self::cidr(Cidr::ANY)
    }

    /// Returns every IPv6 address, `::/0`.
    pub fn any_ipv6() -> Self {
        Self::ipv6(Ipv6Cidr::ANY)
    }

    /// Returns the addresses of a prefix list, such as the origin-facing servers of CloudFront.
    pub fn prefix_list(id: impl IntoValue<Id<kind::ec2::PrefixList>>) -> Self {
        Self(PeerKind::PrefixList(id.into_value()))
    }

    /// Returns the members of a security group.
    pub fn security_group(group: SecurityGroup<'app>) -> Self {
        Self(PeerKind::SecurityGroup(group))
    }
}
