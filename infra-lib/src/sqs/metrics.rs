//! CloudWatch metrics of queues, with the feature `cloudwatch`.
//!
//! AWS documents their meaning: [CloudWatch metrics of Amazon
//! SQS](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html).

#[cfg(feature = "cloudwatch")]
macro_rules! metrics {
    ($type:ty: $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+) => {
        impl $type {
            $(
                $(#[doc = $doc])+
                pub fn $method(&self) -> crate::cloudwatch::Metric {
                    self.metric($name, crate::cloudwatch::Statistic::$statistic)
                }
            )+
        }
    };
}

#[cfg(feature = "cloudwatch")]
macro_rules! common_metrics {
    ($type:ty) => {
        impl $type {
            /// Returns a metric of `AWS/SQS` for the queue.
            pub fn metric(
                &self,
                name: &'static str,
                statistic: crate::cloudwatch::Statistic,
            ) -> crate::cloudwatch::Metric {
                crate::cloudwatch::Metric::new("AWS/SQS", name)
                    .dimension("QueueName", self.queue_name())
                    .statistic(statistic)
            }
        }

        metrics! { $type:
            /// Returns the age of the oldest message that is not deleted, in seconds.
            metric_approximate_age_of_oldest_message = "ApproximateAgeOfOldestMessage", Maximum;
            /// Returns the number of messages that are delayed and cannot be received yet.
            metric_approximate_number_of_messages_delayed = "ApproximateNumberOfMessagesDelayed", Maximum;
            /// Returns the number of messages in flight: received, but neither deleted nor visible again.
            metric_approximate_number_of_messages_not_visible = "ApproximateNumberOfMessagesNotVisible", Maximum;
            /// Returns the number of messages that can be received.
            metric_approximate_number_of_messages_visible = "ApproximateNumberOfMessagesVisible", Maximum;
            /// Returns the number of requests that received no message.
            metric_number_of_empty_receives = "NumberOfEmptyReceives", Sum;
            /// Returns the number of messages that were deleted.
            metric_number_of_messages_deleted = "NumberOfMessagesDeleted", Sum;
            /// Returns the number of messages that were received.
            metric_number_of_messages_received = "NumberOfMessagesReceived", Sum;
            /// Returns the number of messages that were sent. It does not count messages that moved here from another
            /// queue, so alarms on dead-letter queues use the number of visible messages.
            metric_number_of_messages_sent = "NumberOfMessagesSent", Sum;
            /// Returns the size of sent messages, in bytes.
            metric_sent_message_size = "SentMessageSize", Average;
        }
    };
}

#[cfg(feature = "cloudwatch")]
common_metrics!(super::Queue<'_>);

#[cfg(feature = "cloudwatch")]
common_metrics!(super::FifoQueue<'_>);

#[cfg(feature = "cloudwatch")]
common_metrics!(super::ImportedQueue);

#[cfg(feature = "cloudwatch")]
metrics! { super::Queue<'_>:
    /// Returns the number of message groups with more messages in flight than their share (fair queues).
    metric_approximate_number_of_noisy_groups = "ApproximateNumberOfNoisyGroups", Maximum;
    /// Returns the age of the oldest message, in seconds, without those of noisy groups.
    metric_approximate_age_of_oldest_message_in_quiet_groups = "ApproximateAgeOfOldestMessageInQuietGroups", Maximum;
    /// Returns the number of delayed messages without those of noisy groups.
    metric_approximate_number_of_messages_delayed_in_quiet_groups = "ApproximateNumberOfMessagesDelayedInQuietGroups", Maximum;
    /// Returns the number of messages in flight without those of noisy groups.
    metric_approximate_number_of_messages_not_visible_in_quiet_groups = "ApproximateNumberOfMessagesNotVisibleInQuietGroups", Maximum;
    /// Returns the number of messages that can be received, without those of noisy groups.
    metric_approximate_number_of_messages_visible_in_quiet_groups = "ApproximateNumberOfMessagesVisibleInQuietGroups", Maximum;
}

#[cfg(feature = "cloudwatch")]
metrics! { super::FifoQueue<'_>:
    /// Returns the number of message groups with messages in flight.
    metric_approximate_number_of_groups_with_inflight_messages = "ApproximateNumberOfGroupsWithInflightMessages", Maximum;
    /// Returns the number of sent messages that were dropped as duplicates.
    metric_number_of_deduplicated_sent_messages = "NumberOfDeduplicatedSentMessages", Sum;
}
