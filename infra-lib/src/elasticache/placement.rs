//! Subnets of replication groups, and TLS of their connections.

use infra_cfn::elasticache::replication_group::TransitEncryptionMode;

use super::SubnetGroup;
use crate::Scope;
use crate::ec2::{AsSubnets, InternalTier, Subnets, SubnetsRef};

/// TLS of connections to a replication group.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum TransitEncryption {
    /// Every connection uses TLS. The default here.
    #[default]
    Required,
    /// Connections may use TLS, for the time in which clients change to it (`INF4020`).
    Preferred,
}

impl TransitEncryption {
    pub(super) fn mode(self) -> TransitEncryptionMode {
        match self {
            Self::Required => TransitEncryptionMode::REQUIRED,
            Self::Preferred => TransitEncryptionMode::PREFERRED,
        }
    }
}

/// Subnets for the nodes of a cache, from [`CacheSubnets::cache_subnets`].
#[derive(Clone, Copy, Debug)]
pub struct CacheSubnetsRef<'app> {
    pub(super) subnets: SubnetsRef<'app>,
    group: Option<SubnetGroup<'app>>,
}

impl<'app> CacheSubnetsRef<'app> {
    /// Returns the subnet group: the given one, or a new one.
    pub(super) fn subnet_group(&self, scope: Scope<'app>) -> SubnetGroup<'app> {
        self.group
            .unwrap_or_else(|| SubnetGroup::of_subnets(scope, "SubnetGroup", self.subnets))
    }
}

/// Subnets for builders of caches: `vpc.private()`, `vpc.isolated()`, or a [`SubnetGroup`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no subnets for a cache",
    label = "expected private or isolated subnets, or a `SubnetGroup`",
    note = "use `vpc.private()` or `vpc.isolated()`"
)]
pub trait CacheSubnets<'app> {
    /// Returns the subnets.
    fn cache_subnets(&self) -> CacheSubnetsRef<'app>;
}

impl<'app, T: InternalTier> CacheSubnets<'app> for Subnets<'app, T> {
    fn cache_subnets(&self) -> CacheSubnetsRef<'app> {
        CacheSubnetsRef {
            subnets: self.as_subnets(),
            group: None,
        }
    }
}

impl<'app> CacheSubnets<'app> for SubnetGroup<'app> {
    fn cache_subnets(&self) -> CacheSubnetsRef<'app> {
        CacheSubnetsRef {
            subnets: self.subnets(),
            group: Some(*self),
        }
    }
}
