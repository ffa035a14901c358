//! CloudWatch metrics of queues, with the feature `cloudwatch`.

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const COMMON: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html" for super::Queue<'_>, super::FifoQueue<'_>, super::ImportedQueue, super::QueueRef<'_> => {
        /// Returns the age of the oldest message that is not deleted, in seconds.
        metric_approximate_age_of_oldest_message = "ApproximateAgeOfOldestMessage", Maximum, Seconds;
        /// Returns the number of messages that are delayed and cannot be received yet.
        metric_approximate_number_of_messages_delayed = "ApproximateNumberOfMessagesDelayed", Maximum, Count;
        /// Returns the number of messages in flight: received, but neither deleted nor visible again.
        metric_approximate_number_of_messages_not_visible = "ApproximateNumberOfMessagesNotVisible", Maximum, Count;
        /// Returns the number of messages that can be received.
        metric_approximate_number_of_messages_visible = "ApproximateNumberOfMessagesVisible", Maximum, Count;
        /// Returns the number of requests that received no message.
        metric_number_of_empty_receives = "NumberOfEmptyReceives", Sum, Count;
        /// Returns the number of messages that were deleted.
        metric_number_of_messages_deleted = "NumberOfMessagesDeleted", Sum, Count;
        /// Returns the number of messages that were received.
        metric_number_of_messages_received = "NumberOfMessagesReceived", Sum, Count;
        /// Returns the number of messages that were sent. It does not count messages that moved here from another
        /// queue, so alarms on dead-letter queues use the number of visible messages.
        metric_number_of_messages_sent = "NumberOfMessagesSent", Sum, Count;
        /// Returns the size of sent messages, in bytes.
        metric_sent_message_size = "SentMessageSize", Average, Bytes;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const FAIR: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html" for super::Queue<'_> => {
        /// Returns the number of message groups with more messages in flight than their share (fair queues).
        metric_approximate_number_of_noisy_groups = "ApproximateNumberOfNoisyGroups", Maximum, Count;
        /// Returns the age of the oldest message, in seconds, without those of noisy groups.
        metric_approximate_age_of_oldest_message_in_quiet_groups = "ApproximateAgeOfOldestMessageInQuietGroups", Maximum, Seconds;
        /// Returns the number of delayed messages without those of noisy groups.
        metric_approximate_number_of_messages_delayed_in_quiet_groups = "ApproximateNumberOfMessagesDelayedInQuietGroups", Maximum, Count;
        /// Returns the number of messages in flight without those of noisy groups.
        metric_approximate_number_of_messages_not_visible_in_quiet_groups = "ApproximateNumberOfMessagesNotVisibleInQuietGroups", Maximum, Count;
        /// Returns the number of messages that can be received, without those of noisy groups.
        metric_approximate_number_of_messages_visible_in_quiet_groups = "ApproximateNumberOfMessagesVisibleInQuietGroups", Maximum, Count;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const FIFO: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html" for super::FifoQueue<'_> => {
        /// Returns the number of message groups with messages in flight.
        metric_approximate_number_of_groups_with_inflight_messages = "ApproximateNumberOfGroupsWithInflightMessages", Maximum, Count;
        /// Returns the number of sent messages that were dropped as duplicates.
        metric_number_of_deduplicated_sent_messages = "NumberOfDeduplicatedSentMessages", Sum, Count;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SQS` for the queue.
    impl super::Queue<'_>: "AWS/SQS", [COMMON, FAIR], |queue| ["QueueName" = queue.queue_name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SQS` for the queue.
    impl super::FifoQueue<'_>: "AWS/SQS", [COMMON, FIFO], |queue| ["QueueName" = queue.queue_name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SQS` for the queue.
    impl super::ImportedQueue: "AWS/SQS", [COMMON], |queue| ["QueueName" = queue.queue_name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SQS` for the queue.
    impl super::QueueRef<'_>: "AWS/SQS", [COMMON], |queue| ["QueueName" = queue.queue_name()]
}
