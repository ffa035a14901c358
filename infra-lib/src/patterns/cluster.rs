//! The cluster that the patterns of a stack share.

use crate::core::{Construct, Scope};
use crate::ec2::Vpc;
use crate::ecs::{AsCluster, Cluster, ClusterRef};

/// Start of the ID of the shared cluster, before that of the VPC; the same as in the CDK.
const SHARED: &str = "EcsDefaultClusterMnL3mNNYN";

/// Returns the given cluster, or the one that the patterns of the stack share for this VPC. The first that needs it adds it
/// to the stack.
#[track_caller]
pub(super) fn given_or_shared<'app>(
    scope: Scope<'app>,
    given: Option<ClusterRef<'app>>,
    vpc: Vpc<'app>,
) -> ClusterRef<'app> {
    if let Some(cluster) = given {
        return cluster;
    }
    let owner = scope.stack().map_or(scope, |stack| stack.scope());
    let id = format!("{SHARED}{}", vpc.scope().id());
    match owner.child(&id).and_then(Cluster::from_scope) {
        Some(shared) => shared.as_cluster(),
        None => Cluster::builder().build(owner, &id).as_cluster(),
    }
}
