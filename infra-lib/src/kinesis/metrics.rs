//! CloudWatch metrics of streams.

use super::{ImportedStream, Stream};
use crate::cloudwatch::metrics;

metrics! {
    const STREAM: "https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html" for Stream<'_>, ImportedStream => {
        /// Returns the number of bytes that were put to the stream.
        metric_incoming_bytes = "IncomingBytes", Sum, Bytes;
        /// Returns the number of records that were put to the stream.
        metric_incoming_records = "IncomingRecords", Sum, Count;
        /// Returns the number of bytes that `PutRecord` put.
        metric_put_record_bytes = "PutRecord.Bytes", Sum, Bytes;
        /// Returns the average time of a `PutRecord` call, in milliseconds.
        metric_put_record_latency = "PutRecord.Latency", Average, Milliseconds;
        /// Returns the share of `PutRecord` calls that succeeded, 0 to 1.
        metric_put_record_success = "PutRecord.Success", Average, None;
        /// Returns the number of bytes that `PutRecords` put.
        metric_put_records_bytes = "PutRecords.Bytes", Sum, Bytes;
        /// Returns the average time of a `PutRecords` call, in milliseconds.
        metric_put_records_latency = "PutRecords.Latency", Average, Milliseconds;
        /// Returns the share of `PutRecords` calls with at least one record that succeeded, 0 to 1.
        metric_put_records_success = "PutRecords.Success", Average, None;
        /// Returns the number of records that were sent with `PutRecords`.
        metric_put_records_total_records = "PutRecords.TotalRecords", Sum, Count;
        /// Returns the number of records of `PutRecords` that succeeded.
        metric_put_records_successful_records = "PutRecords.SuccessfulRecords", Sum, Count;
        /// Returns the number of records of `PutRecords` that were rejected by internal failures.
        metric_put_records_failed_records = "PutRecords.FailedRecords", Sum, Count;
        /// Returns the number of records of `PutRecords` that were rejected by throttling.
        metric_put_records_throttled_records = "PutRecords.ThrottledRecords", Sum, Count;
        /// Returns the number of records that were rejected by throttling.
        metric_write_provisioned_throughput_exceeded = "WriteProvisionedThroughputExceeded", Sum, Count;
        /// Returns the number of bytes that `GetRecords` read.
        metric_get_records_bytes = "GetRecords.Bytes", Sum, Bytes;
        /// Returns the highest age of the last record that was read, in milliseconds. Consumers that fall behind let it grow
        /// up to the retention, after which records are lost.
        metric_get_records_iterator_age = "GetRecords.IteratorAgeMilliseconds", Maximum, Milliseconds;
        /// Returns the longest time of a `GetRecords` call, in milliseconds.
        metric_get_records_latency = "GetRecords.Latency", Maximum, Milliseconds;
        /// Returns the number of records that `GetRecords` read.
        metric_get_records_records = "GetRecords.Records", Sum, Count;
        /// Returns the share of `GetRecords` calls that succeeded, 0 to 1.
        metric_get_records_success = "GetRecords.Success", Average, None;
        /// Returns the number of `GetRecords` calls that were throttled.
        metric_read_provisioned_throughput_exceeded = "ReadProvisionedThroughputExceeded", Sum, Count;
        /// Returns the number of subscriptions that were refused, because the consumer has one already or calls too often.
        metric_subscribe_to_shard_rate_exceeded = "SubscribeToShard.RateExceeded", Sum, Count;
        /// Returns the share of subscriptions that succeeded, 0 to 1.
        metric_subscribe_to_shard_success = "SubscribeToShard.Success", Average, None;
        /// Returns the number of bytes that were pushed to consumers with enhanced fan-out.
        metric_subscribe_to_shard_event_bytes = "SubscribeToShardEvent.Bytes", Sum, Bytes;
        /// Returns the highest delay of consumers with enhanced fan-out behind the end of the stream, in milliseconds.
        metric_subscribe_to_shard_event_millis_behind_latest = "SubscribeToShardEvent.MillisBehindLatest", Maximum, Milliseconds;
        /// Returns the number of records that were pushed to consumers with enhanced fan-out.
        metric_subscribe_to_shard_event_records = "SubscribeToShardEvent.Records", Sum, Count;
        /// Returns the share of pushes to consumers with enhanced fan-out that succeeded, 0 to 1.
        metric_subscribe_to_shard_event_success = "SubscribeToShardEvent.Success", Average, None;
    }
}

metrics! {
    /// Returns a metric of `AWS/Kinesis` for this stream.
    impl Stream<'_>: "AWS/Kinesis", [STREAM], |stream| ["StreamName" = stream.stream_name()]
}

metrics! {
    /// Returns a metric of `AWS/Kinesis` for this stream.
    impl ImportedStream: "AWS/Kinesis", [STREAM], |stream| ["StreamName" = stream.stream_name()]
}
