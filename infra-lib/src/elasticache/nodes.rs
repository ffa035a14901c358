//! Nodes of replication groups: their type, their number and their failover.

use infra_cfn::elasticache::CfnReplicationGroupProps;
use infra_cfn::elasticache::replication_group::ClusterMode;

use crate::{Diagnostic, Scope, Value, codes, sub};

/// Type of a node, such as `cache.t4g.small`.
///
/// See [supported node types](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CacheNodeType(std::borrow::Cow<'static, str>);

macro_rules! node_types {
    ($($name:ident = $text:literal, $memory:literal;)+) => {
        impl CacheNodeType {
            $(
                #[doc = concat!("`", $text, "`: ", $memory, " GiB of memory.")]
                pub const $name: Self = Self(std::borrow::Cow::Borrowed($text));
            )+
        }
    };
}

node_types! {
    T4G_MICRO = "cache.t4g.micro", "0.5";
    T4G_SMALL = "cache.t4g.small", "1.37";
    T4G_MEDIUM = "cache.t4g.medium", "3.09";
    M7G_LARGE = "cache.m7g.large", "6.38";
    M7G_XLARGE = "cache.m7g.xlarge", "12.93";
    M7G_2XLARGE = "cache.m7g.2xlarge", "26.04";
    R7G_LARGE = "cache.r7g.large", "13.07";
    R7G_XLARGE = "cache.r7g.xlarge", "26.32";
    R7G_2XLARGE = "cache.r7g.2xlarge", "52.82";
    R7G_4XLARGE = "cache.r7g.4xlarge", "105.81";
}

impl CacheNodeType {
    /// Creates another type from its name.
    pub fn other(name: impl Into<String>) -> Self {
        Self(std::borrow::Cow::Owned(name.into()))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reaction to the failure of a primary node.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Failover {
    /// A replica in another zone becomes the primary node within a minute. The default here.
    #[default]
    MultiAz,
    /// A replica becomes the primary node; nodes may all be in one zone.
    Automatic,
    /// ElastiCache replaces the node, which takes minutes, and its data is lost without replicas. The default of
    /// CloudFormation; not with shards (`INF4014`).
    Disabled,
}

/// Number of nodes of a replication group.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Topology {
    shards: Option<u32>,
    replicas: u32,
}

impl Topology {
    /// Creates one shard, without cluster mode: a primary node and 0 to 5 replicas. Every client works with it.
    pub const fn replicas(replicas: u32) -> Self {
        Self {
            shards: None,
            replicas,
        }
    }

    /// Creates 1 to 500 shards, over which keys are spread with cluster mode, each with a primary node and 0 to 5 replicas.
    /// Clients must support cluster mode.
    pub const fn sharded(shards: u32, replicas: u32) -> Self {
        Self {
            shards: Some(shards),
            replicas,
        }
    }

    pub(super) const fn is_sharded(self) -> bool {
        self.shards.is_some()
    }

    /// Returns true if a replica takes over. Cluster mode always has that.
    pub(super) fn fails_over(self, failover: Failover) -> bool {
        self.is_sharded() || (self.replicas > 0 && failover != Failover::Disabled)
    }

    /// Returns true if the nodes are spread over zones.
    pub(super) fn uses_zones(self, failover: Failover) -> bool {
        self.replicas > 0 && failover == Failover::MultiAz
    }

    pub(super) fn apply_to(self, cfn: CfnReplicationGroupProps) -> CfnReplicationGroupProps {
        // Within the range of the schema, so that a mistake has one finding.
        let replicas = self.replicas.min(5);
        match self.shards {
            None => cfn.num_cache_clusters(1 + replicas),
            Some(shards) => cfn
                .cluster_mode(ClusterMode::ENABLED)
                .num_node_groups(shards)
                .replicas_per_node_group(replicas),
        }
    }

    pub(super) fn check_topology(self, scope: Scope<'_>, failover: Failover) {
        let report = |code, message: &str, property: &str| {
            Diagnostic::new(code, message)
                .property(property)
                .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html")
        };
        if self.replicas == 0 && failover != Failover::Disabled && !self.is_sharded() {
            scope.report(
                report(
                    codes::CACHE_FAILOVER,
                    "a cache with one node has no replica that could take over",
                    "AutomaticFailoverEnabled",
                )
                .actual("no replicas")
                .expected("at least one replica")
                .help("set `.topology(Topology::replicas(1))`, or `.failover(Failover::Disabled)`"),
            );
        }
        if self.is_sharded() && self.replicas == 0 && failover == Failover::MultiAz {
            scope.report(
                report(
                    codes::CACHE_FAILOVER,
                    "shards without replicas cannot fail over to another zone",
                    "MultiAZEnabled",
                )
                .actual("no replicas")
                .expected("at least one replica for each shard")
                .help("add a replica, or set `.failover(Failover::Automatic)`"),
            );
        }
        if self.is_sharded() && failover == Failover::Disabled {
            scope.report(
                report(
                    codes::CACHE_FAILOVER,
                    "a cache with cluster mode always has automatic failover",
                    "AutomaticFailoverEnabled",
                )
                .actual("`Failover::Disabled`")
                .expected("`Failover::Automatic` or `Failover::MultiAz`"),
            );
        }
        if self.replicas > 5 {
            scope.report(
                report(
                    codes::CACHE_NODES,
                    "ElastiCache rejects the number of nodes of a cache",
                    "ReplicasPerNodeGroup",
                )
                .actual(self.replicas.to_string())
                .expected("0 to 5 replicas"),
            );
        }
        if let Some(shards) = self.shards.filter(|shards| !(1..=500).contains(shards)) {
            scope.report(
                report(
                    codes::CACHE_NODES,
                    "ElastiCache rejects the number of nodes of a cache",
                    "NumNodeGroups",
                )
                .actual(shards.to_string())
                .expected("1 to 500 shards"),
            );
        }
    }
}

/// A node of a replication group, from [`ReplicationGroup::node`](super::ReplicationGroup::node), for its metrics.
#[derive(Clone, Debug)]
pub struct CacheNode(Value<String>);

impl CacheNode {
    pub(super) fn of_group(group: Value<String>, sharded: bool, shard: u32, node: u32) -> Self {
        let suffix = if sharded {
            format!("-{shard:04}-{node:03}")
        } else {
            format!("-{node:03}")
        };
        Self(sub![group, suffix])
    }

    /// Returns the ID of the node, which ElastiCache derives from that of the cache: `sessions-001`, or `sessions-0001-001`
    /// with shards.
    pub fn cache_cluster_id(&self) -> Value<String> {
        self.0.clone()
    }
}
