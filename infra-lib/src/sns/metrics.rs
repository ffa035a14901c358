//! CloudWatch metrics of topics, with the feature `cloudwatch`.
//!
//! AWS documents their meaning: [CloudWatch metrics of Amazon
//! SNS](https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html).

#[cfg(feature = "cloudwatch")]
macro_rules! metrics {
    ($type:ty: $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+) => {
        impl $type {
            /// Returns a metric of `AWS/SNS` for the topic.
            pub fn metric(
                &self,
                name: &'static str,
                statistic: crate::cloudwatch::Statistic,
            ) -> crate::cloudwatch::Metric {
                crate::cloudwatch::Metric::new("AWS/SNS", name)
                    .dimension("TopicName", self.name())
                    .statistic(statistic)
            }

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
macro_rules! topic_metrics {
    ($type:ty) => {
        metrics! { $type:
            /// Returns the number of messages that were published.
            metric_number_of_messages_published = "NumberOfMessagesPublished", Sum;
            /// Returns the number of messages that were delivered to subscriptions.
            metric_number_of_notifications_delivered = "NumberOfNotificationsDelivered", Sum;
            /// Returns the number of messages that could not be delivered after all retries.
            metric_number_of_notifications_failed = "NumberOfNotificationsFailed", Sum;
            /// Returns the number of messages that filter policies rejected.
            metric_number_of_notifications_filtered_out = "NumberOfNotificationsFilteredOut", Sum;
            /// Returns the number of messages that filter policies rejected because attributes are invalid.
            metric_number_of_notifications_filtered_out_invalid_attributes = "NumberOfNotificationsFilteredOut-InvalidAttributes", Sum;
            /// Returns the number of messages that filter policies rejected because there are no attributes.
            metric_number_of_notifications_filtered_out_no_message_attributes = "NumberOfNotificationsFilteredOut-NoMessageAttributes", Sum;
            /// Returns the number of messages that filter policies on attributes rejected.
            metric_number_of_notifications_filtered_out_message_attributes = "NumberOfNotificationsFilteredOut-MessageAttributes", Sum;
            /// Returns the number of messages that filter policies rejected because the body is no JSON.
            metric_number_of_notifications_filtered_out_invalid_message_body = "NumberOfNotificationsFilteredOut-InvalidMessageBody", Sum;
            /// Returns the number of messages that filter policies on bodies rejected.
            metric_number_of_notifications_filtered_out_message_body = "NumberOfNotificationsFilteredOut-MessageBody", Sum;
            /// Returns the number of messages that moved to a dead-letter queue.
            metric_number_of_notifications_redriven_to_dlq = "NumberOfNotificationsRedrivenToDlq", Sum;
            /// Returns the number of messages that could not be moved to a dead-letter queue, and are lost.
            metric_number_of_notifications_failed_to_redrive_to_dlq = "NumberOfNotificationsFailedToRedriveToDlq", Sum;
            /// Returns the size of published messages, in bytes.
            metric_publish_size = "PublishSize", Average;
        }
    };
}

#[cfg(feature = "cloudwatch")]
topic_metrics!(super::Topic<'_>);

#[cfg(feature = "cloudwatch")]
topic_metrics!(super::FifoTopic<'_>);

#[cfg(feature = "cloudwatch")]
topic_metrics!(super::ImportedTopic);
