//! EC2 Auto Scaling: groups of instances that are replaced when they fail, and whose number follows the load.
//!
//! An [`AutoScalingGroup`] starts instances from a [launch template](crate::ec2::LaunchTemplate). [`TargetTracking`],
//! [`StepScaling`], [`PredictiveScaling`] and [`ScheduledAction`] change their number; an [`UpdatePolicy`] says how a
//! deployment replaces them, a [`LifecycleHook`] pauses them between two states, and a [`WarmPool`] keeps some prepared.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#autoscaling).

mod group;
mod group_options;
mod imported;
mod lifecycle_hook;
mod metrics;
mod mixed_instances;
mod predictive;
mod scheduled_action;
mod step_scaling;
mod target_tracking;
mod update_policy;
mod warm_pool;

pub use group::{AutoScalingGroup, AutoScalingGroupBuilder, AutoScalingGroupProps};
pub use group_options::{
    CapacityRebalancing, GroupEvent, GroupMetrics, HealthChecks, InstanceMaintenance,
    ScaleInProtection, TerminationPolicy, ZoneDistribution,
};
pub use imported::{AsAutoScalingGroup, AutoScalingGroupRef, ImportedAutoScalingGroup};
pub use lifecycle_hook::{HookResult, LifecycleHook};
pub use mixed_instances::{InstanceOverride, MixedInstances, OnDemandAllocation, SpotAllocation};
pub use predictive::{CapacityBreach, ForecastMode, PredictiveMetric, PredictiveScaling};
pub use scheduled_action::ScheduledAction;
pub use step_scaling::{Adjustment, StepScaling};
pub use target_tracking::{ScaleIn, ScalingMetric, TargetTracking};
pub use update_policy::{
    InstanceRefresh, ProtectedInstances, RefreshStrategy, RollingUpdate, Signals, UpdatePolicy,
};
pub use warm_pool::{PoolState, WarmPool};
