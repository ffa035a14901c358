//! Application Auto Scaling: capacity that follows a metric or a schedule between two bounds.
//!
//! [`ScalableTarget`] registers a [`ScalableResource`] with its bounds; [`TargetTracking`] follows a metric, and
//! [`Schedule`] changes the bounds at set times. ECS services have a shorter way,
//! [`FargateService::auto_scale`](crate::ecs::FargateService::auto_scale).
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#applicationautoscaling).

#[cfg(feature = "cloudwatch")]
mod custom_metric;
mod scalable_target;
mod schedule;
mod target_tracking;

pub use scalable_target::{
    ScalableResource, ScalableTarget, ScalableTargetBuilder, ScalableTargetProps,
};
pub use schedule::Schedule;
pub use target_tracking::{PredefinedMetric, ScaleIn, TargetTracking};
