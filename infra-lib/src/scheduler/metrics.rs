//! CloudWatch metrics of schedule groups.

use super::ScheduleGroup;
use crate::cloudwatch::metrics;

metrics! {
    const GROUP: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html" for ScheduleGroup<'_> => {
        /// Returns the number of attempts to invoke targets.
        metric_invocation_attempts = "InvocationAttemptCount", Sum, Count;
        /// Returns the number of attempts that Scheduler throttled, because they exceed a quota.
        metric_invocation_throttles = "InvocationThrottleCount", Sum, Count;
        /// Returns the number of invocations that were dropped after their last retry.
        metric_invocations_dropped = "InvocationDroppedCount", Sum, Count;
        /// Returns the number of errors that targets returned.
        metric_target_errors = "TargetErrorCount", Sum, Count;
        /// Returns the number of attempts that targets throttled.
        metric_target_throttles = "TargetErrorThrottledCount", Sum, Count;
        /// Returns the number of invocations that were moved to a dead-letter queue.
        metric_sent_to_dead_letter_queue = "InvocationsSentToDeadLetterCount", Sum, Count;
        /// Returns the number of invocations that could not be moved to a dead-letter queue, and were lost.
        metric_failed_to_be_sent_to_dead_letter_queue = "InvocationsFailedToBeSentToDeadLetterCount", Sum, Count;
        /// Returns the number of invocations whose message was shortened to fit the dead-letter queue.
        metric_dead_letter_messages_truncated = "InvocationsSentToDeadLetterCount_Truncated_MessageSizeExceeded", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/Scheduler` for the schedules of this group.
    impl ScheduleGroup<'_>: "AWS/Scheduler", [GROUP], |group| ["ScheduleGroup" = group.schedule_group_name()]
}
