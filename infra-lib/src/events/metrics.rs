//! CloudWatch metrics of rules and event buses.

use super::{EventBus, ImportedEventBus, ImportedRule, Rule};
use crate::cloudwatch::{DocumentedMetric, Metric, MetricSource, Statistic, metrics};
use crate::core::Value;

metrics! {
    const RULE: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html" for Rule<'_>, ImportedRule<'_> => {
        /// Returns the number of events that matched the rule.
        metric_matched_events = "MatchedEvents", Sum, Count;
        /// Returns the number of times that the rule ran, once for each matching event or time of its schedule.
        metric_triggered_rules = "TriggeredRules", Sum, Count;
        /// Returns the number of runs that EventBridge throttled.
        metric_throttled_rules = "ThrottledRules", Sum, Count;
        /// Returns the number of invocations of targets, successful or failed, without retries.
        metric_invocations = "Invocations", Sum, Count;
        /// Returns the number of invocations that failed permanently. No data means none.
        metric_failed_invocations = "FailedInvocations", Sum, Count;
        /// Returns the number of events for which a target was not invoked, such as those that would run the rule in a loop.
        metric_dead_letter_invocations = "DeadLetterInvocations", Sum, Count;
        /// Returns the number of attempts to invoke targets, with retries.
        metric_invocation_attempts = "InvocationAttempts", Sum, Count;
        /// Returns the number of attempts that succeeded.
        metric_successful_invocation_attempts = "SuccessfulInvocationAttempts", Sum, Count;
        /// Returns the number of attempts that were retries.
        metric_retry_invocation_attempts = "RetryInvocationAttempts", Sum, Count;
        /// Returns the number of events that were moved to a dead-letter queue.
        metric_invocations_sent_to_dlq = "InvocationsSentToDlq", Sum, Count;
        /// Returns the number of events that could not be moved to a dead-letter queue, and were lost.
        metric_invocations_failed_to_be_sent_to_dlq = "InvocationsFailedToBeSentToDlq", Sum, Count;
        /// Returns the average time from the arrival of an event to the first invocation of a target, in milliseconds.
        metric_ingestion_to_invocation_start_latency = "IngestionToInvocationStartLatency", Average, Milliseconds;
        /// Returns the average time from the arrival of an event to the end of the first invocation, in milliseconds.
        metric_ingestion_to_invocation_complete_latency = "IngestionToInvocationCompleteLatency", Average, Milliseconds;
        /// Returns the average time from the arrival of an event to its successful delivery, in milliseconds.
        metric_ingestion_to_invocation_success_latency = "IngestionToInvocationSuccessLatency", Average, Milliseconds;
    }
}

metrics! {
    const BUS: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html" for EventBus<'_>, ImportedEventBus => {
        /// Returns the number of events that matched a rule of the bus.
        metric_matched_events = "MatchedEvents", Sum, Count;
        /// Returns the number of attempts to invoke targets of the bus, with retries.
        metric_invocation_attempts = "InvocationAttempts", Sum, Count;
        /// Returns the number of times that rules of the bus ran.
        metric_triggered_rules = "TriggeredRules", Sum, Count;
        /// Returns the number of runs of rules that EventBridge throttled.
        metric_throttled_rules = "ThrottledRules", Sum, Count;
        /// Returns the number of invocations of targets, successful or failed, without retries.
        metric_invocations = "Invocations", Sum, Count;
        /// Returns the number of invocations that failed permanently. No data means none.
        metric_failed_invocations = "FailedInvocations", Sum, Count;
        /// Returns the number of attempts that succeeded.
        metric_successful_invocation_attempts = "SuccessfulInvocationAttempts", Sum, Count;
        /// Returns the number of attempts that were retries.
        metric_retry_invocation_attempts = "RetryInvocationAttempts", Sum, Count;
        /// Returns the number of events that were moved to a dead-letter queue.
        metric_invocations_sent_to_dlq = "InvocationsSentToDlq", Sum, Count;
        /// Returns the number of events that could not be moved to a dead-letter queue, and were lost.
        metric_invocations_failed_to_be_sent_to_dlq = "InvocationsFailedToBeSentToDlq", Sum, Count;
        /// Returns the average time from the arrival of an event to the first invocation of a target, in milliseconds.
        metric_ingestion_to_invocation_start_latency = "IngestionToInvocationStartLatency", Average, Milliseconds;
    }
}

impl Rule<'_> {
    /// Returns a metric of `AWS/Events` for this rule.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        self.metric_with(name, statistic)
    }
}

impl MetricSource for Rule<'_> {
    fn metric_namespace(&self) -> &'static str {
        "AWS/Events"
    }

    fn metric_dimensions(&self) -> Vec<(&'static str, Value<String>)> {
        let bus = self.cfn().prop("EventBusName");
        bus.filter(|_| !self.is_on_default_bus())
            .map(|bus| ("EventBusName", Value::from_data(bus)))
            .into_iter()
            .chain([("RuleName", self.rule_name().cast())])
            .collect()
    }

    fn documented_metrics(&self) -> &'static [&'static [DocumentedMetric]] {
        const { &[RULE] }
    }
}

impl ImportedRule<'_> {
    /// Returns a metric of `AWS/Events` for this rule.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        self.metric_with(name, statistic)
    }
}

impl MetricSource for ImportedRule<'_> {
    fn metric_namespace(&self) -> &'static str {
        "AWS/Events"
    }

    fn metric_dimensions(&self) -> Vec<(&'static str, Value<String>)> {
        self.event_bus_name()
            .map(|bus| ("EventBusName", bus.cast()))
            .into_iter()
            .chain([("RuleName", self.rule_name().cast())])
            .collect()
    }

    fn documented_metrics(&self) -> &'static [&'static [DocumentedMetric]] {
        const { &[RULE] }
    }
}

metrics! {
    /// Returns a metric of `AWS/Events` for all rules of this event bus.
    impl EventBus<'_>: "AWS/Events", [BUS], |bus| ["EventBusName" = bus.event_bus_name()]
}

metrics! {
    /// Returns a metric of `AWS/Events` for all rules of this event bus.
    impl ImportedEventBus: "AWS/Events", [BUS], |bus| ["EventBusName" = bus.event_bus_name()]
}
