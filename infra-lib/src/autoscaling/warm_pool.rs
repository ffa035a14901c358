//! Warm pools: prepared instances that enter a group faster than new ones.

use infra_cfn::autoscaling::{CfnWarmPoolProps, warm_pool as cfn};
use infra_cfn::kind;

use crate::construct::With;
use crate::{Name, Scope, Value};

/// State of the instances in a warm pool.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PoolState {
    /// Stopped: only volumes and addresses are charged.
    #[default]
    Stopped,
    /// Stopped with the contents of memory on the root volume, which must be large enough and encrypted.
    Hibernated,
    /// Running, charged as in the group.
    Running,
}

/// A pool of instances that are prepared before they are needed, for
/// [`add_warm_pool`](super::AutoScalingGroup::add_warm_pool).
///
/// See [warm pools](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html).
///
/// ```
/// use infra_lib::autoscaling::{PoolState, WarmPool};
///
/// let pool = WarmPool::new().min_size(2).state(PoolState::Stopped).reuse_on_scale_in();
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[must_use = "a warm pool has no effect until it is added to a group"]
pub struct WarmPool {
    min_size: Option<u32>,
    max_prepared: Option<u32>,
    state: PoolState,
    reuse: bool,
}

impl WarmPool {
    /// Creates a pool of stopped instances, as many as the maximum capacity of the group has above the desired one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of instances that the pool has at least. Default: 0.
    pub const fn min_size(mut self, size: u32) -> Self {
        self.min_size = Some(size);
        self
    }

    /// Sets the number of instances that group and pool have together at most. Default: the maximum capacity of the group.
    pub const fn max_prepared_capacity(mut self, capacity: u32) -> Self {
        self.max_prepared = Some(capacity);
        self
    }

    /// Sets the state of the instances. Default: [`PoolState::Stopped`], as in CloudFormation.
    pub const fn state(mut self, state: PoolState) -> Self {
        self.state = state;
        self
    }

    /// Returns instances to the pool when the group shrinks. Default: they are terminated.
    pub const fn reuse_on_scale_in(mut self) -> Self {
        self.reuse = true;
        self
    }

    #[track_caller]
    pub(super) fn add_to(
        self,
        scope: Scope<'_>,
        group: Value<Name<kind::autoscaling::AutoScalingGroup>>,
    ) {
        let scope = scope.library_construct("WarmPool", "infra-lib.autoscaling.WarmPool");
        let reuse = self
            .reuse
            .then(|| cfn::InstanceReusePolicy::new().reuse_on_scale_in(true));
        CfnWarmPoolProps::new(group.cast::<String>())
            .pool_state(match self.state {
                PoolState::Stopped => cfn::PoolState::STOPPED,
                PoolState::Hibernated => cfn::PoolState::HIBERNATED,
                PoolState::Running => cfn::PoolState::RUNNING,
            })
            .with(self.min_size, |pool, size| pool.min_size(i64::from(size)))
            .with(self.max_prepared, |pool, capacity| {
                pool.max_group_prepared_capacity(i64::from(capacity))
            })
            .with(reuse, CfnWarmPoolProps::instance_reuse_policy)
            .build(scope, "Resource");
    }
}
