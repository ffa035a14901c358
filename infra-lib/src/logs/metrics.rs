//! CloudWatch metrics of log groups.

use super::{ImportedLogGroup, LogGroup, LogGroupRef};
use crate::cloudwatch::metrics;

metrics! {
    const LOG_GROUP: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html" for LogGroup<'_>, ImportedLogGroup<'_>, LogGroupRef<'_> => {
        /// Returns the number of log events that were written to the log group.
        metric_incoming_log_events = "IncomingLogEvents", Sum, Count;
        /// Returns the amount of log events that were written to the log group, uncompressed, in bytes.
        metric_incoming_bytes = "IncomingBytes", Sum, Bytes;
        /// Returns the number of log events that were delivered to destinations of subscription filters.
        metric_forwarded_log_events = "ForwardedLogEvents", Sum, Count;
        /// Returns the amount of log events that were delivered to destinations of subscription filters, in bytes.
        metric_forwarded_bytes = "ForwardedBytes", Sum, Bytes;
        /// Returns the number of log events that could not be delivered, because the destination failed.
        metric_delivery_errors = "DeliveryErrors", Sum, Count;
        /// Returns the number of log events whose delivery the destination throttled.
        metric_delivery_throttling = "DeliveryThrottling", Sum, Count;
        /// Returns the number of log events in the embedded metric format that could not be parsed.
        metric_emf_parsing_errors = "EMFParsingErrors", Sum, Count;
        /// Returns the number of log events in the embedded metric format whose metrics were invalid.
        metric_emf_validation_errors = "EMFValidationErrors", Sum, Count;
        /// Returns the number of log events with sensitive data that data protection found.
        metric_log_events_with_findings = "LogEventsWithFindings", Sum, Count;
        /// Returns the number of log events that a transformer changed.
        metric_transformed_log_events = "TransformedLogEvents", Sum, Count;
        /// Returns the amount of log events that a transformer changed, in bytes.
        metric_transformed_bytes = "TransformedBytes", Sum, Bytes;
        /// Returns the number of log events that a transformer could not change.
        metric_transformation_errors = "TransformationErrors", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/Logs` for the log group.
    impl LogGroup<'_>: "AWS/Logs", [LOG_GROUP], |group| ["LogGroupName" = group.name()]
}

metrics! {
    /// Returns a metric of `AWS/Logs` for the log group.
    impl ImportedLogGroup<'_>: "AWS/Logs", [LOG_GROUP], |group| ["LogGroupName" = group.name()]
}

metrics! {
    /// Returns a metric of `AWS/Logs` for the log group.
    impl LogGroupRef<'_>: "AWS/Logs", [LOG_GROUP], |group| ["LogGroupName" = group.name()]
}
