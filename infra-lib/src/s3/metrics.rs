//! CloudWatch metrics of buckets, with the feature `cloudwatch`.
//!
//! AWS documents their meaning: [metrics and dimensions of Amazon
//! S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html).

use crate::core::{Name, Value};
use crate::kind;

/// Metrics of the requests to a bucket, from [`Bucket::request_metrics`](super::Bucket::request_metrics).
#[derive(Clone, Debug)]
pub struct RequestMetrics {
    bucket_name: Value<Name<kind::s3::Bucket>>,
    filter_id: Value<String>,
}

#[cfg(feature = "cloudwatch")]
impl super::Bucket<'_> {
    /// Returns the size of all objects of a storage class such as `StandardStorage`, in bytes. S3 publishes it once a day.
    pub fn metric_bucket_size(
        &self,
        storage_type: impl crate::core::IntoValue<String>,
    ) -> crate::cloudwatch::Metric {
        self.storage_metric("BucketSizeBytes", storage_type)
    }

    /// Returns the number of objects of the bucket, with all versions. S3 publishes it once a day.
    pub fn metric_number_of_objects(&self) -> crate::cloudwatch::Metric {
        self.storage_metric("NumberOfObjects", "AllStorageTypes")
    }

    fn storage_metric(
        &self,
        name: &'static str,
        storage_type: impl crate::core::IntoValue<String>,
    ) -> crate::cloudwatch::Metric {
        crate::cloudwatch::Metric::new("AWS/S3", name)
            .dimension("BucketName", self.bucket_name())
            .dimension("StorageType", storage_type)
            .period(crate::cloudwatch::Period::ONE_DAY)
    }

    /// Returns the metrics of requests that a [metrics
    /// configuration](https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-request-metrics-bucket.html) of the
    /// bucket publishes each minute, by its ID. Without such a configuration, S3 publishes none.
    pub fn request_metrics(
        &self,
        filter_id: impl crate::core::IntoValue<String>,
    ) -> RequestMetrics {
        RequestMetrics {
            bucket_name: self.bucket_name(),
            filter_id: filter_id.into_value(),
        }
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const REQUESTS: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html" for RequestMetrics => {
        /// Returns the number of requests of all kinds.
        metric_all_requests = "AllRequests", Sum, Count;
        /// Returns the number of `GET` requests for objects, without lists.
        metric_get_requests = "GetRequests", Sum, Count;
        /// Returns the number of `PUT` requests for objects.
        metric_put_requests = "PutRequests", Sum, Count;
        /// Returns the number of `DELETE` requests for objects.
        metric_delete_requests = "DeleteRequests", Sum, Count;
        /// Returns the number of `HEAD` requests.
        metric_head_requests = "HeadRequests", Sum, Count;
        /// Returns the number of `POST` requests.
        metric_post_requests = "PostRequests", Sum, Count;
        /// Returns the number of `SELECT Object Content` requests.
        metric_select_requests = "SelectRequests", Sum, Count;
        /// Returns the amount of data that `SELECT Object Content` read, in bytes.
        metric_select_bytes_scanned = "SelectBytesScanned", Sum, Bytes;
        /// Returns the amount of data that `SELECT Object Content` returned, in bytes.
        metric_select_bytes_returned = "SelectBytesReturned", Sum, Bytes;
        /// Returns the number of requests that list objects.
        metric_list_requests = "ListRequests", Sum, Count;
        /// Returns the amount of data in bodies of responses, in bytes.
        metric_bytes_downloaded = "BytesDownloaded", Sum, Bytes;
        /// Returns the amount of data in bodies of requests, in bytes.
        metric_bytes_uploaded = "BytesUploaded", Sum, Bytes;
        /// Returns the number of responses with status 400 to 499; the average is their share.
        metric_4xx_errors = "4xxErrors", Sum, Count;
        /// Returns the number of responses with status 500 to 599; the average is their share.
        metric_5xx_errors = "5xxErrors", Sum, Count;
        /// Returns the average time from the end of a request to the begin of the response, in milliseconds.
        metric_first_byte_latency = "FirstByteLatency", Average, Milliseconds;
        /// Returns the average time from the first byte of a request to the last byte of the response, in milliseconds.
        metric_total_request_latency = "TotalRequestLatency", Average, Milliseconds;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/S3` for these requests.
    impl RequestMetrics: "AWS/S3", [REQUESTS], |requests| [
        "BucketName" = &requests.bucket_name,
        "FilterId" = &requests.filter_id
    ]
}
