//! CloudWatch metrics of pipes.
//!
//! AWS documents their meaning: [monitoring
//! pipes](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html).

use super::Pipe;
use crate::cloudwatch::{Metric, Statistic};

macro_rules! metrics {
    ($($(#[$doc:meta])+ $name:ident = $metric:literal, $statistic:ident;)+) => {
        impl Pipe<'_> {
            /// Returns a metric of `AWS/EventBridge/Pipes` for this pipe.
            pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
                Metric::new("AWS/EventBridge/Pipes", name)
                    .statistic(statistic)
                    .dimension("PipeName", self.pipe_name())
            }

            $($(#[$doc])+
            pub fn $name(&self) -> Metric {
                self.metric($metric, Statistic::$statistic)
            })+
        }
    };
}

metrics! {
    /// Returns the number of events that the pipe processed.
    metric_event_count = "EventCount", Sum;
    /// Returns the number of executions of the pipe that failed.
    metric_execution_failed = "ExecutionFailed", Sum;
    /// Returns the number of executions of the pipe that exceeded their time.
    metric_execution_timeout = "ExecutionTimeout", Sum;
    /// Returns the number of executions of the pipe that were throttled.
    metric_execution_throttled = "ExecutionThrottled", Sum;
    /// Returns the average duration of executions of the pipe, in milliseconds.
    metric_duration = "Duration", Average;
}
