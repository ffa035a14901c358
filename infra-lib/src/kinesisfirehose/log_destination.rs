//! Delivery streams as destinations of log events.

use super::grants::PUT;
use super::{AsDeliveryStream, DeliveryStream, DeliveryStreamRef, ImportedDeliveryStream};
use crate::core::{IntoValue, Value};
use crate::iam::Statement;
use crate::logs::{LogDestination, LogSubscriber};

macro_rules! streams {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> LogSubscriber<'app> for $type {
            fn log_destination(&self) -> LogDestination<'app> {
                let arn: Value<String> = self.as_delivery_stream().arn().into_value();
                LogDestination::from_arn(&arn)
                    .statement(Statement::allow().actions(PUT).resource(arn))
            }
        }
    )+};
}

streams! {
    /// Puts batches of events with the role of the filter, compressed with gzip. Do not compress them again in the delivery
    /// stream, since objects would be compressed twice.
    ///
    /// See [subscription filters with
    /// Firehose](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample).
    DeliveryStream<'app>;
    /// Puts batches of events as into a [`DeliveryStream`].
    ImportedDeliveryStream;
    /// Puts batches of events as into a [`DeliveryStream`].
    DeliveryStreamRef<'app>;
}
