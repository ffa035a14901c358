//! Network of a domain.

use crate::ec2::{InternalSubnets, SubnetsRef};

/// Network from which a domain is reached. Changing between a VPC and the internet replaces the domain.
///
/// See [VPC domains](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html).
#[derive(Clone, Copy, Debug)]
pub struct DomainNetwork<'app>(pub(super) Option<SubnetsRef<'app>>);

impl<'app> DomainNetwork<'app> {
    /// Places the nodes in private or isolated subnets, where the security group decides who reaches them. The account needs the
    /// service-linked role `AWSServiceRoleForAmazonOpenSearchService`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "subnets are handles, which builders take by value"
    )]
    pub fn vpc(subnets: impl InternalSubnets<'app>) -> Self {
        Self(Some(subnets.internal_subnets()))
    }

    /// Gives the domain a public endpoint, as CloudFormation does by default. Only the credentials of clients protect it.
    pub const fn internet() -> Self {
        Self(None)
    }
}

/// IP addresses of the endpoint of a domain.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum IpAddresses {
    /// IPv4. The default here and in CloudFormation.
    #[default]
    Ipv4,
    /// IPv4 and IPv6. Once chosen, the domain keeps it.
    DualStack,
}

impl IpAddresses {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::DualStack => "dualstack",
        }
    }
}
