//! CloudWatch metrics of schedule groups.
//!
//! AWS documents their meaning: [monitoring EventBridge
//! Scheduler](https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html).

use super::ScheduleGroup;
use crate::cloudwatch::{Metric, Statistic};

impl ScheduleGroup<'_> {
    /// Returns a metric of `AWS/Scheduler` for the schedules of this group.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        Metric::new("AWS/Scheduler", name)
            .statistic(statistic)
            .dimension("ScheduleGroup", self.schedule_group_name())
    }

    /// Returns the number of attempts to invoke targets.
    pub fn metric_invocation_attempts(&self) -> Metric {
        self.metric("InvocationAttemptCount", Statistic::Sum)
    }

    /// Returns the number of attempts that Scheduler throttled, because they exceed a quota.
    pub fn metric_invocation_throttles(&self) -> Metric {
        self.metric("InvocationThrottleCount", Statistic::Sum)
    }

    /// Returns the number of invocations that were dropped after their last retry.
    pub fn metric_invocations_dropped(&self) -> Metric {
        self.metric("InvocationDroppedCount", Statistic::Sum)
    }

    /// Returns the number of errors that targets returned.
    pub fn metric_target_errors(&self) -> Metric {
        self.metric("TargetErrorCount", Statistic::Sum)
    }

    /// Returns the number of attempts that targets throttled.
    pub fn metric_target_throttles(&self) -> Metric {
        self.metric("TargetErrorThrottledCount", Statistic::Sum)
    }

    /// Returns the number of invocations that were moved to a dead-letter queue.
    pub fn metric_sent_to_dead_letter_queue(&self) -> Metric {
        self.metric("InvocationsSentToDeadLetterCount", Statistic::Sum)
    }

    /// Returns the number of invocations that could not be moved to a dead-letter queue, and were lost.
    pub fn metric_failed_to_be_sent_to_dead_letter_queue(&self) -> Metric {
        self.metric("InvocationsFailedToBeSentToDeadLetterCount", Statistic::Sum)
    }

    /// Returns the number of invocations whose message was shortened to fit the dead-letter queue.
    pub fn metric_dead_letter_messages_truncated(&self) -> Metric {
        self.metric(
            "InvocationsSentToDeadLetterCount_Truncated_MessageSizeExceeded",
            Statistic::Sum,
        )
    }
}
