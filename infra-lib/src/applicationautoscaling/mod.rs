//! Application Auto Scaling: how many of something run, between two bounds, following a metric or a clock.

mod scalable_target;
mod schedule;
mod target_tracking;

pub use scalable_target::{
    ScalableResource, ScalableTarget, ScalableTargetBuilder, ScalableTargetProps,
};
pub use schedule::Schedule;
pub use target_tracking::{PredefinedMetric, ScaleIn, TargetTracking};
