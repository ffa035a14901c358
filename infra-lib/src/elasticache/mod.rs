//! Amazon ElastiCache: serverless caches, caches on nodes, and their users.
//!
//! A [`ServerlessCache`] needs no choice of nodes; a [`ReplicationGroup`] has nodes of a type, with replicas or shards. Both
//! encrypt connections and data. [`User`]s of a [`UserGroup`] log in with IAM credentials or a password from a secret.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#elasticache).

mod access;
mod engine;
mod grants;
mod identifier;
mod imported;
mod logs;
mod metrics;
mod nodes;
mod parameters;
mod placement;
mod replication_group;
mod secret;
mod serverless_cache;
mod subnet_group;
mod user;
mod user_group;

pub use access::CacheAccess;
pub use engine::{NodeEngine, ServerlessEngine, UserEngine};
pub use imported::{
    AsUser, AsUserGroup, ImportedReplicationGroup, ImportedServerlessCache, ImportedUser,
    ImportedUserGroup, ReplicationGroupAttributes, ReplicationGroupAttributesBuilder,
    ServerlessCacheAttributes, ServerlessCacheAttributesBuilder, UserGroupRef, UserRef,
};
pub use nodes::{CacheNode, CacheNodeType, Failover, Topology};
pub use placement::{CacheSubnets, CacheSubnetsRef, TransitEncryption};
pub use replication_group::{ReplicationGroup, ReplicationGroupBuilder, ReplicationGroupProps};
pub use serverless_cache::{ServerlessCache, ServerlessCacheBuilder, ServerlessCacheProps};
pub use subnet_group::{SubnetGroup, SubnetGroupBuilder, SubnetGroupProps};
pub use user::{User, UserAuthentication, UserBuilder, UserProps};
pub use user_group::{UserGroup, UserGroupBuilder, UserGroupProps};

pub use crate::maintenance_window::{BackupWindow, MaintenanceWindow, TimeOfDay, Weekday, Windows};

use crate::ec2::{SecurityGroup, SubnetsRef};
use crate::{Diagnostic, Scope, codes};

/// Creates the security group of a cache, without rules.
fn security_group<'app>(scope: Scope<'app>, subnets: SubnetsRef<'app>) -> SecurityGroup<'app> {
    SecurityGroup::builder()
        .vpc(subnets.vpc())
        .description(format!("cache {}", scope.path()))
        .build(scope, "SecurityGroup")
}

/// Reports a retention of snapshots above `most` days (`INF4016`).
fn check_retention(scope: Scope<'_>, days: u32, most: u32) {
    if days > most {
        let expected = match most {
            0 => "0, as Memcached has no snapshots".to_owned(),
            most => format!("0 to {most} days"),
        };
        scope.report(
            Diagnostic::new(
                codes::CACHE_SNAPSHOTS,
                "ElastiCache rejects the retention of snapshots",
            )
            .property("SnapshotRetentionLimit")
            .actual(format!("{days} days"))
            .expected(expected)
            .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html"),
        );
    }
}
