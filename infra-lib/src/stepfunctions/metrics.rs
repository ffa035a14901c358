//! CloudWatch metrics of machines and activities.

use super::{Activity, ImportedActivity, ImportedStateMachine, StateMachine};
use crate::cloudwatch::metrics;

metrics! {
    const MACHINE: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html" for StateMachine<'_>, ImportedStateMachine => {
        /// Returns the number of executions that started.
        metric_started = "ExecutionsStarted", Sum, Count;
        /// Returns the number of executions that succeeded.
        metric_succeeded = "ExecutionsSucceeded", Sum, Count;
        /// Returns the number of executions that failed.
        metric_failed = "ExecutionsFailed", Sum, Count;
        /// Returns the number of executions that were stopped.
        metric_aborted = "ExecutionsAborted", Sum, Count;
        /// Returns the number of executions that ended with the timeout of the machine.
        metric_timed_out = "ExecutionsTimedOut", Sum, Count;
        /// Returns the number of starts and retries that were throttled.
        metric_throttled = "ExecutionThrottled", Sum, Count;
        /// Returns the average duration of executions, in milliseconds.
        metric_time = "ExecutionTime", Average, Milliseconds;
        /// Returns the number of executions that started anew after they had failed or been stopped.
        metric_redriven = "ExecutionsRedriven", Sum, Count;
        /// Returns the number of executions that succeeded after they had been started anew.
        metric_redriven_succeeded = "RedrivenExecutionsSucceeded", Sum, Count;
        /// Returns the number of executions that failed after they had been started anew.
        metric_redriven_failed = "RedrivenExecutionsFailed", Sum, Count;
        /// Returns the number of executions that were stopped after they had been started anew.
        metric_redriven_aborted = "RedrivenExecutionsAborted", Sum, Count;
        /// Returns the number of executions that ended with the timeout of the machine after they had been started anew.
        metric_redriven_timed_out = "RedrivenExecutionsTimedOut", Sum, Count;
        /// Returns the duration for which express executions are charged, in milliseconds.
        metric_express_billed_duration = "ExpressExecutionBilledDuration", Average, Milliseconds;
        /// Returns the memory that express executions used, in bytes.
        metric_express_memory = "ExpressExecutionMemory", Average, Bytes;
        /// Returns the memory for which express executions are charged, in bytes.
        metric_express_billed_memory = "ExpressExecutionBilledMemory", Average, Bytes;
    }
}

metrics! {
    const ACTIVITY: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html" for Activity<'_>, ImportedActivity<'_> => {
        /// Returns the number of tasks that were scheduled for workers.
        metric_scheduled = "ActivitiesScheduled", Sum, Count;
        /// Returns the number of tasks that workers started.
        metric_started = "ActivitiesStarted", Sum, Count;
        /// Returns the number of tasks that succeeded.
        metric_succeeded = "ActivitiesSucceeded", Sum, Count;
        /// Returns the number of tasks that failed.
        metric_failed = "ActivitiesFailed", Sum, Count;
        /// Returns the number of tasks that ended with their timeout.
        metric_timed_out = "ActivitiesTimedOut", Sum, Count;
        /// Returns the number of tasks whose worker sent no heartbeat in time.
        metric_heartbeat_timed_out = "ActivitiesHeartbeatTimedOut", Sum, Count;
        /// Returns the average time from the start of a task to its end, in milliseconds.
        metric_run_time = "ActivityRunTime", Average, Milliseconds;
        /// Returns the average time for which a task waits for a worker, in milliseconds.
        metric_schedule_time = "ActivityScheduleTime", Average, Milliseconds;
        /// Returns the average time from the scheduling of a task to its end, in milliseconds.
        metric_time = "ActivityTime", Average, Milliseconds;
    }
}

metrics! {
    /// Returns a metric of `AWS/States` for this machine.
    impl StateMachine<'_>: "AWS/States", [MACHINE], |machine| ["StateMachineArn" = machine.arn()]
}

metrics! {
    /// Returns a metric of `AWS/States` for this activity.
    impl Activity<'_>: "AWS/States", [ACTIVITY], |activity| ["ActivityArn" = activity.arn()]
}

metrics! {
    /// Returns a metric of `AWS/States` for this activity.
    impl ImportedActivity<'_>: "AWS/States", [ACTIVITY], |activity| ["ActivityArn" = activity.arn()]
}

metrics! {
    /// Returns a metric of `AWS/States` for this machine.
    impl ImportedStateMachine: "AWS/States", [MACHINE], |machine| ["StateMachineArn" = machine.arn()]
}
