//! CloudWatch metrics of functions, aliases, URLs and event source mappings.

use super::{Alias, EventSourceMapping, Function, FunctionRef, ImportedFunction, Url, Version};
use crate::cloudwatch::{DocumentedMetric, Metric, MetricSource, Statistic, metrics};
use crate::core::Value;
use crate::sub;

const NAMESPACE: &str = "AWS/Lambda";

metrics! {
    const FUNCTION: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html" for Function<'_>, ImportedFunction<'_>, FunctionRef<'_>, Alias<'_>, Version<'_> => {
        /// Returns the number of invocations, with and without an error.
        metric_invocations = "Invocations", Sum, Count;
        /// Returns the number of invocations that ended with an error of the function or its runtime.
        metric_errors = "Errors", Sum, Count;
        /// Returns the number of events that could not be sent to the dead-letter queue.
        metric_dead_letter_errors = "DeadLetterErrors", Sum, Count;
        /// Returns the number of events that could not be sent to the destination of an asynchronous invocation.
        metric_destination_delivery_failures = "DestinationDeliveryFailures", Sum, Count;
        /// Returns the number of invocations that were rejected because no concurrency was left.
        metric_throttles = "Throttles", Sum, Count;
        /// Returns the number of records of Amazon DocumentDB that are larger than 6 MB.
        metric_oversized_record_count = "OversizedRecordCount", Sum, Count;
        /// Returns the number of invocations with provisioned concurrency.
        metric_provisioned_concurrency_invocations = "ProvisionedConcurrencyInvocations", Sum, Count;
        /// Returns the number of invocations without provisioned concurrency, because all of it was in use.
        metric_provisioned_concurrency_spillover_invocations = "ProvisionedConcurrencySpilloverInvocations", Sum, Count;
        /// Returns the number of invocations that Lambda has dropped because it detected an endless loop.
        metric_recursive_invocations_dropped = "RecursiveInvocationsDropped", Sum, Count;
        /// Returns the 99th percentile of the time that the function takes for an event, in milliseconds.
        metric_duration = "Duration", P99, Milliseconds;
        /// Returns the time that extensions take after the function has ended, in milliseconds.
        metric_post_runtime_extensions_duration = "PostRuntimeExtensionsDuration", Average, Milliseconds;
        /// Returns the age of the last record of a batch from a stream, in milliseconds.
        metric_iterator_age = "IteratorAge", Maximum, Milliseconds;
        /// Returns the number of records of a Kafka topic that wait for the function.
        metric_offset_lag = "OffsetLag", Maximum, Count;
        /// Returns the number of environments that process events at the same time.
        metric_concurrent_executions = "ConcurrentExecutions", Maximum, Count;
        /// Returns the number of environments with provisioned concurrency that process events.
        metric_provisioned_concurrent_executions = "ProvisionedConcurrentExecutions", Maximum, Count;
        /// Returns the part of the provisioned concurrency that is in use, from 0 to 1.
        metric_provisioned_concurrency_utilization = "ProvisionedConcurrencyUtilization", Maximum, None;
        /// Returns the number of events that were accepted for asynchronous invocations.
        metric_async_events_received = "AsyncEventsReceived", Sum, Count;
        /// Returns the time between the acceptance of an event and its asynchronous invocation, in milliseconds.
        metric_async_event_age = "AsyncEventAge", Maximum, Milliseconds;
        /// Returns the number of events of asynchronous invocations that were dropped without a successful invocation.
        metric_async_events_dropped = "AsyncEventsDropped", Sum, Count;
    }
}

metrics! {
    const URL: "https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html" for Url<'_> => {
        /// Returns the number of requests.
        metric_url_request_count = "UrlRequestCount", Sum, Count;
        /// Returns the number of responses with status 400 to 499.
        metric_url_4xx_count = "Url4xxCount", Sum, Count;
        /// Returns the number of responses with status 500 to 599.
        metric_url_5xx_count = "Url5xxCount", Sum, Count;
        /// Returns the 99th percentile of the time between a request and its response, in milliseconds.
        metric_url_request_latency = "UrlRequestLatency", P99, Milliseconds;
    }
}

metrics! {
    const EVENT_SOURCE_MAPPING: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html" for EventSourceMapping<'_> => {
        /// Returns the number of events that were read from the source.
        metric_polled_event_count = "PolledEventCount", Sum, Count;
        /// Returns the number of events that the filter has discarded.
        metric_filtered_out_event_count = "FilteredOutEventCount", Sum, Count;
        /// Returns the number of events for which the function was invoked.
        metric_invoked_event_count = "InvokedEventCount", Sum, Count;
        /// Returns the number of events whose invocation failed.
        metric_failed_invoke_event_count = "FailedInvokeEventCount", Sum, Count;
        /// Returns the number of events that were dropped because of their age or number of retries.
        metric_dropped_event_count = "DroppedEventCount", Sum, Count;
        /// Returns the number of events that were sent to the destination for failures.
        metric_on_failure_destination_delivered_event_count = "OnFailureDestinationDeliveredEventCount", Sum, Count;
        /// Returns the number of messages that were deleted from a queue after they had been processed.
        metric_deleted_event_count = "DeletedEventCount", Sum, Count;
        /// Returns the number of pollers in provisioned mode.
        metric_provisioned_pollers = "ProvisionedPollers", Maximum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/Lambda` over all versions of the function.
    impl Function<'_>: "AWS/Lambda", [FUNCTION], |function| ["FunctionName" = function.function_name()]
}

metrics! {
    /// Returns a metric of `AWS/Lambda` over all versions of the function.
    impl ImportedFunction<'_>: "AWS/Lambda", [FUNCTION], |function| ["FunctionName" = function.function_name()]
}

metrics! {
    /// Returns a metric of `AWS/Lambda` over all versions of the function.
    impl FunctionRef<'_>: "AWS/Lambda", [FUNCTION], |function| ["FunctionName" = function.function_name()]
}

metrics! {
    /// Returns a metric of `AWS/Lambda` for invocations through the alias.
    impl Alias<'_>: "AWS/Lambda", [FUNCTION], |alias| ["FunctionName" = alias.function().function_name(), "Resource" = sub![alias.function().function_name(), ":", alias.alias_name()]]
}

metrics! {
    /// Returns a metric of `AWS/Lambda` for invocations of the version.
    impl Version<'_>: "AWS/Lambda", [FUNCTION], |version| ["FunctionName" = version.function().function_name(), "Resource" = sub![version.function().function_name(), ":", version.number()]]
}

impl Url<'_> {
    /// Returns a metric of `AWS/Lambda` for requests to the URL.
    pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
        self.metric_with(name, statistic)
    }
}

impl MetricSource for Url<'_> {
    fn metric_namespace(&self) -> &'static str {
        NAMESPACE
    }

    fn metric_dimensions(&self) -> Vec<(&'static str, Value<String>)> {
        match self.alias() {
            Some(alias) => alias.metric_dimensions(),
            None => self.function().metric_dimensions(),
        }
    }

    fn documented_metrics(&self) -> &'static [&'static [DocumentedMetric]] {
        const { &[URL] }
    }
}

metrics! {
    /// Returns a metric of `AWS/Lambda` for the event source mapping. Metrics other than
    /// [`metric_provisioned_pollers`](Self::metric_provisioned_pollers) need
    /// [`EventSourceMetrics::EventCount`](super::EventSourceMetrics::EventCount).
    impl EventSourceMapping<'_>: "AWS/Lambda", [EVENT_SOURCE_MAPPING], |mapping| ["EventSourceMappingUUID" = mapping.id()]
}

/// Returns the concurrency of the account and region that no function has reserved.
pub fn metric_unreserved_concurrent_executions() -> Metric {
    Metric::new(NAMESPACE, "UnreservedConcurrentExecutions").statistic(Statistic::Maximum)
}

/// Returns the concurrency of the account and region that is not available for other invocations: in use, reserved or
/// provisioned. Functions are throttled when it reaches the limit of the account.
pub fn metric_claimed_account_concurrency() -> Metric {
    Metric::new(NAMESPACE, "ClaimedAccountConcurrency").statistic(Statistic::Maximum)
}
