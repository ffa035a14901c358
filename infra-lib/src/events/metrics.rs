//! CloudWatch metrics of rules and event buses.
//!
//! AWS documents their meaning: [monitoring
//! EventBridge](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html).

use super::{EventBus, Rule};
use crate::cloudwatch::{Metric, Statistic};
use crate::core::Value;

impl Rule<'_> {
    /// Returns a metric of `AWS/Events` for this rule.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        let metric = Metric::new("AWS/Events", name).statistic(statistic);
        let bus = self.cfn().prop("EventBusName");
        match bus.filter(|_| !self.is_on_default_bus()) {
            Some(bus) => metric.dimension("EventBusName", Value::<String>::from_data(bus)),
            None => metric,
        }
        .dimension("RuleName", self.rule_name())
    }

    /// Returns the number of events that matched the rule.
    pub fn metric_matched_events(&self) -> Metric {
        self.metric("MatchedEvents", Statistic::Sum)
    }

    /// Returns the number of times that the rule ran, once for each matching event or time of its schedule.
    pub fn metric_triggered_rules(&self) -> Metric {
        self.metric("TriggeredRules", Statistic::Sum)
    }

    /// Returns the number of runs that EventBridge throttled.
    pub fn metric_throttled_rules(&self) -> Metric {
        self.metric("ThrottledRules", Statistic::Sum)
    }

    /// Returns the number of invocations of targets, successful or failed, without retries.
    pub fn metric_invocations(&self) -> Metric {
        self.metric("Invocations", Statistic::Sum)
    }

    /// Returns the number of invocations that failed permanently. No data means none.
    pub fn metric_failed_invocations(&self) -> Metric {
        self.metric("FailedInvocations", Statistic::Sum)
    }

    /// Returns the number of events for which a target was not invoked, such as those that would run the rule in a loop.
    pub fn metric_dead_letter_invocations(&self) -> Metric {
        self.metric("DeadLetterInvocations", Statistic::Sum)
    }

    /// Returns the number of attempts to invoke targets, with retries.
    pub fn metric_invocation_attempts(&self) -> Metric {
        self.metric("InvocationAttempts", Statistic::Sum)
    }

    /// Returns the number of attempts that succeeded.
    pub fn metric_successful_invocation_attempts(&self) -> Metric {
        self.metric("SuccessfulInvocationAttempts", Statistic::Sum)
    }

    /// Returns the number of attempts that were retries.
    pub fn metric_retry_invocation_attempts(&self) -> Metric {
        self.metric("RetryInvocationAttempts", Statistic::Sum)
    }

    /// Returns the number of events that were moved to a dead-letter queue.
    pub fn metric_invocations_sent_to_dlq(&self) -> Metric {
        self.metric("InvocationsSentToDlq", Statistic::Sum)
    }

    /// Returns the number of events that could not be moved to a dead-letter queue, and were lost.
    pub fn metric_invocations_failed_to_be_sent_to_dlq(&self) -> Metric {
        self.metric("InvocationsFailedToBeSentToDlq", Statistic::Sum)
    }

    /// Returns the average time from the arrival of an event to the first invocation of a target, in milliseconds.
    pub fn metric_ingestion_to_invocation_start_latency(&self) -> Metric {
        self.metric("IngestionToInvocationStartLatency", Statistic::Average)
    }

    /// Returns the average time from the arrival of an event to the end of the first invocation, in milliseconds.
    pub fn metric_ingestion_to_invocation_complete_latency(&self) -> Metric {
        self.metric("IngestionToInvocationCompleteLatency", Statistic::Average)
    }

    /// Returns the average time from the arrival of an event to its successful delivery, in milliseconds.
    pub fn metric_ingestion_to_invocation_success_latency(&self) -> Metric {
        self.metric("IngestionToInvocationSuccessLatency", Statistic::Average)
    }
}

impl EventBus<'_> {
    /// Returns a metric of `AWS/Events` for all rules of this event bus.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        Metric::new("AWS/Events", name)
            .statistic(statistic)
            .dimension("EventBusName", self.event_bus_name())
    }

    /// Returns the number of events that matched a rule of the bus.
    pub fn metric_matched_events(&self) -> Metric {
        self.metric("MatchedEvents", Statistic::Sum)
    }

    /// Returns the number of attempts to invoke targets of the bus, with retries.
    pub fn metric_invocation_attempts(&self) -> Metric {
        self.metric("InvocationAttempts", Statistic::Sum)
    }
}
