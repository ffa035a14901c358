//! CloudWatch metrics of delivery streams.
//!
//! AWS documents their meaning: [monitoring
//! Firehose](https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html).

use super::DeliveryStream;
use crate::cloudwatch::{Metric, Statistic};

macro_rules! metrics {
    ($($(#[$doc:meta])+ $name:ident = $metric:literal, $statistic:ident;)+) => {
        impl DeliveryStream<'_> {
            /// Returns a metric of `AWS/Firehose` for this delivery stream.
            pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
                Metric::new("AWS/Firehose", name)
                    .statistic(statistic)
                    .dimension("DeliveryStreamName", self.delivery_stream_name())
            }

            $($(#[$doc])+
            pub fn $name(&self) -> Metric {
                self.metric($metric, Statistic::$statistic)
            })+
        }
    };
}

metrics! {
    /// Returns the number of bytes that were put to the stream.
    metric_incoming_bytes = "IncomingBytes", Sum;
    /// Returns the number of records that were put to the stream.
    metric_incoming_records = "IncomingRecords", Sum;
    /// Returns the number of records that were rejected by throttling.
    metric_throttled_records = "ThrottledRecords", Sum;
    /// Returns the number of bytes that were written to the bucket.
    metric_delivered_bytes = "DeliveryToS3.Bytes", Sum;
    /// Returns the number of records that were written to the bucket.
    metric_delivered_records = "DeliveryToS3.Records", Sum;
    /// Returns the share of writes to the bucket that succeeded, 0 to 1.
    metric_delivery_success = "DeliveryToS3.Success", Average;
    /// Returns the highest age of a record that is not yet in the bucket, in seconds.
    metric_data_freshness = "DeliveryToS3.DataFreshness", Maximum;
}
