//! CloudWatch metrics of distributions, which CloudFront publishes in `us-east-1` only.

use super::{CloudFrontSite, Distribution, DistributionRef, ImportedDistribution};
use crate::cloudwatch::{Metric, MetricSource, metrics};

metrics! {
    const DISTRIBUTION: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html" for Distribution<'_>, CloudFrontSite<'_>, ImportedDistribution<'_>, DistributionRef<'_> => {
        /// Returns the number of requests, of all methods.
        metric_requests = "Requests", Sum, Count;
        /// Returns the amount of data that was sent to clients, in bytes.
        metric_bytes_downloaded = "BytesDownloaded", Sum, Bytes;
        /// Returns the amount of data that clients sent with `POST` and `PUT`, in bytes.
        metric_bytes_uploaded = "BytesUploaded", Sum, Bytes;
        /// Returns the share of responses with status 400 to 499, in percent.
        metric_4xx_error_rate = "4xxErrorRate", Average, Percent;
        /// Returns the share of responses with status 500 to 599, in percent.
        metric_5xx_error_rate = "5xxErrorRate", Average, Percent;
        /// Returns the share of responses with status 400 to 599, in percent.
        metric_total_error_rate = "TotalErrorRate", Average, Percent;
        /// Returns the share of responses with status 401, in percent. Needs additional metrics of the distribution.
        metric_401_error_rate = "401ErrorRate", Average, Percent;
        /// Returns the share of responses with status 403, in percent. Needs additional metrics of the distribution.
        metric_403_error_rate = "403ErrorRate", Average, Percent;
        /// Returns the share of responses with status 404, in percent. Needs additional metrics of the distribution.
        metric_404_error_rate = "404ErrorRate", Average, Percent;
        /// Returns the share of responses with status 502, in percent. Needs additional metrics of the distribution.
        metric_502_error_rate = "502ErrorRate", Average, Percent;
        /// Returns the share of responses with status 503, in percent. Needs additional metrics of the distribution.
        metric_503_error_rate = "503ErrorRate", Average, Percent;
        /// Returns the share of responses with status 504, in percent. Needs additional metrics of the distribution.
        metric_504_error_rate = "504ErrorRate", Average, Percent;
        /// Returns the share of requests that the cache answered, in percent. Needs additional metrics of the distribution.
        metric_cache_hit_rate = "CacheHitRate", Average, Percent;
        /// Returns the average time to the first byte of responses that the cache did not have, in milliseconds. Needs
        /// additional metrics of the distribution.
        metric_origin_latency = "OriginLatency", Average, Milliseconds;
    }
}

/// Makes a handle a source of metrics.
macro_rules! distribution_source {
    ($($type:ty),+) => {$(
        metrics! {
            impl MetricSource for $type: "AWS/CloudFront", [DISTRIBUTION], |distribution| [
                "DistributionId" = distribution.distribution_id(),
                "Region" = "Global"
            ]
        }

        impl $type {
            /// Returns a metric of the distribution, such as `5xxErrorRate`, with its default statistic. CloudFront
            /// records metrics in `us-east-1` only.
            ///
            /// See [CloudFront
            /// metrics](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html).
            pub fn metric(&self, name: &'static str) -> Metric {
                self.metric_named(name)
            }
        }
    )+};
}

distribution_source!(
    Distribution<'_>,
    CloudFrontSite<'_>,
    ImportedDistribution<'_>,
    DistributionRef<'_>
);
