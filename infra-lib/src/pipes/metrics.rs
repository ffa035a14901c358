//! CloudWatch metrics of pipes.

use super::Pipe;
use crate::cloudwatch::metrics;

metrics! {
    const PIPE: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html" for Pipe<'_> => {
        /// Returns the number of events that the pipe processed.
        metric_event_count = "EventCount", Sum, Count;
        /// Returns the number of executions of the pipe that failed.
        metric_execution_failed = "ExecutionFailed", Sum, Count;
        /// Returns the number of executions of the pipe that exceeded their time.
        metric_execution_timeout = "ExecutionTimeout", Sum, Count;
        /// Returns the number of executions of the pipe that were throttled.
        metric_execution_throttled = "ExecutionThrottled", Sum, Count;
        /// Returns the average duration of executions of the pipe, in milliseconds.
        metric_duration = "Duration", Average, Milliseconds;
    }
}

metrics! {
    /// Returns a metric of `AWS/EventBridge/Pipes` for this pipe.
    impl Pipe<'_>: "AWS/EventBridge/Pipes", [PIPE], |pipe| ["PipeName" = pipe.pipe_name()]
}
