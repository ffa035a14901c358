//! Amazon EventBridge Scheduler: schedules with time zones, and their groups.
//!
//! A [`Schedule`] invokes one target at the times of a [`ScheduleExpression`], with a role that only schedules of its
//! group can use. Constructs that can be targets implement [`ScheduleTarget`]; [`Target`] is a target by its ARN.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#scheduler).

mod expression;
mod group;
mod metrics;
mod schedule;
mod target;

pub use expression::ScheduleExpression;
pub use group::{
    Group, ImportedScheduleGroup, ScheduleGroup, ScheduleGroupBuilder, ScheduleGroupProps,
};
pub use schedule::{FlexibleTimeWindow, Schedule, ScheduleBuilder, ScheduleProps, ScheduleState};
pub use target::{ScheduleTarget, Target};
