//! CloudWatch metrics of delivery streams.

use super::{DeliveryStream, ImportedDeliveryStream};
use crate::cloudwatch::metrics;

metrics! {
    const DELIVERY_STREAM: "https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html" for DeliveryStream<'_>, ImportedDeliveryStream => {
        /// Returns the number of bytes that were put to the stream.
        metric_incoming_bytes = "IncomingBytes", Sum, Bytes;
        /// Returns the number of records that were put to the stream.
        metric_incoming_records = "IncomingRecords", Sum, Count;
        /// Returns the number of records that were rejected by throttling.
        metric_throttled_records = "ThrottledRecords", Sum, Count;
        /// Returns the number of bytes that were written to the bucket.
        metric_delivered_bytes = "DeliveryToS3.Bytes", Sum, Bytes;
        /// Returns the number of records that were written to the bucket.
        metric_delivered_records = "DeliveryToS3.Records", Sum, Count;
        /// Returns the share of writes to the bucket that succeeded, 0 to 1.
        metric_delivery_success = "DeliveryToS3.Success", Average, None;
        /// Returns the highest age of a record that is not yet in the bucket, in seconds.
        metric_data_freshness = "DeliveryToS3.DataFreshness", Maximum, Seconds;
        /// Returns the highest delay of the delivery stream behind the end of its Kinesis stream, in milliseconds.
        metric_kinesis_millis_behind_latest = "KinesisMillisBehindLatest", Maximum, Milliseconds;
        /// Returns the number of bytes that were read from the Kinesis stream of the delivery stream.
        metric_data_read_from_kinesis_stream_bytes = "DataReadFromKinesisStream.Bytes", Sum, Bytes;
        /// Returns the number of records that were read from the Kinesis stream of the delivery stream.
        metric_data_read_from_kinesis_stream_records = "DataReadFromKinesisStream.Records", Sum, Count;
        /// Returns the number of times that reading from the Kinesis stream was throttled.
        metric_throttled_get_records = "ThrottledGetRecords", Sum, Count;
        /// Returns the limit of the bytes that can be put to the stream in a second.
        metric_bytes_per_second_limit = "BytesPerSecondLimit", Average, None;
        /// Returns the limit of the records that can be put to the stream in a second.
        metric_records_per_second_limit = "RecordsPerSecondLimit", Average, None;
        /// Returns the limit of the `PutRecord` and `PutRecordBatch` calls in a second.
        metric_put_requests_per_second_limit = "PutRequestsPerSecondLimit", Average, None;
        /// Returns the number of bytes that `PutRecord` put.
        metric_put_record_bytes = "PutRecord.Bytes", Sum, Bytes;
        /// Returns the average time of a `PutRecord` call, in milliseconds.
        metric_put_record_latency = "PutRecord.Latency", Average, Milliseconds;
        /// Returns the number of `PutRecord` calls.
        metric_put_record_requests = "PutRecord.Requests", Sum, Count;
        /// Returns the number of bytes that `PutRecordBatch` put.
        metric_put_record_batch_bytes = "PutRecordBatch.Bytes", Sum, Bytes;
        /// Returns the average time of a `PutRecordBatch` call, in milliseconds.
        metric_put_record_batch_latency = "PutRecordBatch.Latency", Average, Milliseconds;
        /// Returns the number of records that `PutRecordBatch` put.
        metric_put_record_batch_records = "PutRecordBatch.Records", Sum, Count;
        /// Returns the number of `PutRecordBatch` calls.
        metric_put_record_batch_requests = "PutRecordBatch.Requests", Sum, Count;
        /// Returns the number of objects that were written to the bucket.
        metric_delivered_objects = "DeliveryToS3.ObjectCount", Sum, Count;
        /// Returns the number of bytes that were written to the backup in S3.
        metric_backup_bytes = "BackupToS3.Bytes", Sum, Bytes;
        /// Returns the number of records that were written to the backup in S3.
        metric_backup_records = "BackupToS3.Records", Sum, Count;
        /// Returns the share of writes to the backup in S3 that succeeded, 0 to 1.
        metric_backup_success = "BackupToS3.Success", Average, None;
        /// Returns the highest age of a record that is not yet in the backup, in seconds.
        metric_backup_data_freshness = "BackupToS3.DataFreshness", Maximum, Seconds;
        /// Returns the time that the function for processing takes for a batch, in milliseconds.
        metric_processing_duration = "ExecuteProcessing.Duration", Average, Milliseconds;
        /// Returns the share of batches that the function for processing handled, 0 to 1.
        metric_processing_success = "ExecuteProcessing.Success", Average, None;
        /// Returns the number of records that the function for processing handled.
        metric_processed_records = "SucceedProcessing.Records", Sum, Count;
        /// Returns the number of bytes of records that the function for processing handled.
        metric_processed_bytes = "SucceedProcessing.Bytes", Sum, Bytes;
        /// Returns the number of records whose format was converted.
        metric_converted_records = "SucceedConversion.Records", Sum, Count;
        /// Returns the number of records whose format could not be converted.
        metric_failed_conversion_records = "FailedConversion.Records", Sum, Count;
        /// Returns the number of partitions that the stream writes to at the same time.
        metric_partition_count = "PartitionCount", Maximum, Count;
        /// Returns the number of times that the quota of partitions was exceeded; 1 or 0.
        metric_partition_count_exceeded = "PartitionCountExceeded", Maximum, Count;
        /// Returns the number of times that the stream was not allowed to use its key.
        metric_kms_key_access_denied = "KMSKeyAccessDenied", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/Firehose` for this delivery stream.
    impl DeliveryStream<'_>: "AWS/Firehose", [DELIVERY_STREAM], |stream| ["DeliveryStreamName" = stream.delivery_stream_name()]
}

metrics! {
    /// Returns a metric of `AWS/Firehose` for this delivery stream.
    impl ImportedDeliveryStream: "AWS/Firehose", [DELIVERY_STREAM], |stream| [
        "DeliveryStreamName" = stream.delivery_stream_name()
    ]
}
