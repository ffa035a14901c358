//! CloudWatch metrics of machines.
//!
//! AWS documents their meaning: [monitoring Step
//! Functions](https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html).

use super::StateMachine;
use crate::cloudwatch::{Metric, Statistic};

macro_rules! metrics {
    ($($(#[$doc:meta])+ $name:ident = $metric:literal, $statistic:ident;)+) => {
        impl StateMachine<'_> {
            /// Returns a metric of `AWS/States` for this machine.
            pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
                Metric::new("AWS/States", name)
                    .statistic(statistic)
                    .dimension("StateMachineArn", self.arn())
            }

            $($(#[$doc])+
            pub fn $name(&self) -> Metric {
                self.metric($metric, Statistic::$statistic)
            })+
        }
    };
}

metrics! {
    /// Returns the number of executions that started.
    metric_started = "ExecutionsStarted", Sum;
    /// Returns the number of executions that succeeded.
    metric_succeeded = "ExecutionsSucceeded", Sum;
    /// Returns the number of executions that failed.
    metric_failed = "ExecutionsFailed", Sum;
    /// Returns the number of executions that were stopped.
    metric_aborted = "ExecutionsAborted", Sum;
    /// Returns the number of executions that ended with the timeout of the machine.
    metric_timed_out = "ExecutionsTimedOut", Sum;
    /// Returns the number of starts and retries that were throttled.
    metric_throttled = "ExecutionThrottled", Sum;
    /// Returns the average duration of executions, in milliseconds.
    metric_time = "ExecutionTime", Average;
}
