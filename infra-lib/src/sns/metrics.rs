//! CloudWatch metrics of topics, with the feature `cloudwatch`.

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const TOPIC: "https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html" for super::Topic<'_>, super::FifoTopic<'_>, super::ImportedTopic => {
        /// Returns the number of messages that were published.
        metric_number_of_messages_published = "NumberOfMessagesPublished", Sum, Count;
        /// Returns the number of messages that were delivered to subscriptions.
        metric_number_of_notifications_delivered = "NumberOfNotificationsDelivered", Sum, Count;
        /// Returns the number of messages that could not be delivered after all retries.
        metric_number_of_notifications_failed = "NumberOfNotificationsFailed", Sum, Count;
        /// Returns the number of messages that filter policies rejected.
        metric_number_of_notifications_filtered_out = "NumberOfNotificationsFilteredOut", Sum, Count;
        /// Returns the number of messages that filter policies rejected because attributes are invalid.
        metric_number_of_notifications_filtered_out_invalid_attributes = "NumberOfNotificationsFilteredOut-InvalidAttributes", Sum, Count;
        /// Returns the number of messages that filter policies rejected because there are no attributes.
        metric_number_of_notifications_filtered_out_no_message_attributes = "NumberOfNotificationsFilteredOut-NoMessageAttributes", Sum, Count;
        /// Returns the number of messages that filter policies on attributes rejected.
        metric_number_of_notifications_filtered_out_message_attributes = "NumberOfNotificationsFilteredOut-MessageAttributes", Sum, Count;
        /// Returns the number of messages that filter policies rejected because the body is no JSON.
        metric_number_of_notifications_filtered_out_invalid_message_body = "NumberOfNotificationsFilteredOut-InvalidMessageBody", Sum, Count;
        /// Returns the number of messages that filter policies on bodies rejected.
        metric_number_of_notifications_filtered_out_message_body = "NumberOfNotificationsFilteredOut-MessageBody", Sum, Count;
        /// Returns the number of messages that moved to a dead-letter queue.
        metric_number_of_notifications_redriven_to_dlq = "NumberOfNotificationsRedrivenToDlq", Sum, Count;
        /// Returns the number of messages that could not be moved to a dead-letter queue, and are lost.
        metric_number_of_notifications_failed_to_redrive_to_dlq = "NumberOfNotificationsFailedToRedriveToDlq", Sum, Count;
        /// Returns the size of published messages, in bytes.
        metric_publish_size = "PublishSize", Average, Bytes;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SNS` for the topic.
    impl super::Topic<'_>: "AWS/SNS", [TOPIC], |topic| ["TopicName" = topic.name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SNS` for the topic.
    impl super::FifoTopic<'_>: "AWS/SNS", [TOPIC], |topic| ["TopicName" = topic.name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/SNS` for the topic.
    impl super::ImportedTopic: "AWS/SNS", [TOPIC], |topic| ["TopicName" = topic.name()]
}
