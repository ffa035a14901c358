//! Numbers of tasks.

use crate::core::{Construct, Diagnostic, codes};
use crate::ecs::{FargateService, Ports, TaskScaling};

/// Number of tasks of a service.
///
/// ```
/// use infra_lib::patterns::TaskCount;
///
/// let always_two = TaskCount::Fixed(2);
/// let with_load = TaskCount::Scaled { min: 2, max: 20 };
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TaskCount {
    /// The same number at all times.
    Fixed(u32),
    /// A number between two bounds, which follows the load.
    Scaled {
        /// Minimum number of tasks, at least 1 (`INF4034` otherwise): without a task, no metric asks for one.
        min: u32,
        /// Maximum number of tasks, which also limits the cost.
        max: u32,
    },
}

impl TaskCount {
    /// Returns the number that a service is created with.
    pub(super) const fn initial(self) -> u32 {
        match self {
            Self::Fixed(count) | Self::Scaled { min: count, .. } => count,
        }
    }

    /// Registers a service with a variable number of tasks for scaling.
    #[track_caller]
    pub(super) fn scale<'app, P: Ports>(
        self,
        service: &FargateService<'app, P>,
    ) -> Option<TaskScaling<'app>> {
        let Self::Scaled { min, max } = self else {
            return None;
        };
        if min == 0 {
            service.scope().at_caller().report(
                Diagnostic::new(
                    codes::SCALE_FROM_ZERO,
                    "the service can be scaled to no task, and nothing would start one again",
                )
                .property("MinCapacity")
                .actual("0")
                .expected("at least 1")
                .note("CPU utilization and backlog per task have no data while no task runs")
                .help("set a minimum of 1, or switch the service off with `TaskCount::Fixed(0)`")
                .url("https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html"),
            );
        }
        Some(service.auto_scale(min, max))
    }
}
