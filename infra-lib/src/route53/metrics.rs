//! CloudWatch metrics of hosted zones and health checks, which Route 53 publishes in `us-east-1` only.

use super::{HealthCheck, HealthCheckRef, HostedZone, ImportedHealthCheck};
use crate::cloudwatch::metrics;

metrics! {
    const ZONE: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html" for HostedZone<'_> => {
        /// Returns the number of queries for the records of a public zone. Route 53 publishes it in `us-east-1` only.
        metric_dns_queries = "DNSQueries", Sum, Count;
        /// Returns `1` if DNSSEC failed inside Route 53, and `0` otherwise. Route 53 publishes it in `us-east-1` only.
        metric_dnssec_internal_failure = "DNSSECInternalFailure", Sum, Count;
        /// Returns the number of keys for DNSSEC that need an action, such as access to their KMS key. Route 53 publishes it
        /// in `us-east-1` only.
        metric_dnssec_keys_needing_action = "DNSSECKeySigningKeysNeedingAction", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/Route53` for the zone.
    impl HostedZone<'_>: "AWS/Route53", [ZONE], |zone| ["HostedZoneId" = zone.hosted_zone_id()]
}

metrics! {
    const CHECK: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html" for HealthCheck<'_>, ImportedHealthCheck<'_>, HealthCheckRef<'_> => {
        /// Returns `1` while the check is healthy, and `0` otherwise. Its minimum over a period is `0` if the check failed
        /// within it. Route 53 publishes it in `us-east-1` only.
        metric_health_check_status = "HealthCheckStatus", Minimum, None;
        /// Returns the share of checkers that consider the endpoint healthy, in percent. Route 53 publishes it in
        /// `us-east-1` only.
        metric_percentage_healthy = "HealthCheckPercentageHealthy", Average, Percent;
        /// Returns the number of healthy checks among those that a check follows. Route 53 publishes it in `us-east-1` only.
        metric_healthy_children = "ChildHealthCheckHealthyCount", Average, Count;
        /// Returns the time until the connection was there, in milliseconds. Needs the measurement of the latency. Route 53
        /// publishes it in `us-east-1` only.
        metric_connection_time = "ConnectionTime", Average, Milliseconds;
        /// Returns the time of the TLS handshake, in milliseconds. Needs the measurement of the latency. Route 53 publishes
        /// it in `us-east-1` only.
        metric_ssl_handshake_time = "SSLHandshakeTime", Average, Milliseconds;
        /// Returns the time to the first byte of the response, in milliseconds. Needs the measurement of the latency.
        /// Route 53 publishes it in `us-east-1` only.
        metric_time_to_first_byte = "TimeToFirstByte", Average, Milliseconds;
    }
}

metrics! {
    /// Returns a metric of `AWS/Route53` for the health check.
    impl HealthCheck<'_>: "AWS/Route53", [CHECK], |check| ["HealthCheckId" = check.health_check_id()]
}

metrics! {
    /// Returns a metric of `AWS/Route53` for the health check.
    impl ImportedHealthCheck<'_>: "AWS/Route53", [CHECK], |check| ["HealthCheckId" = check.health_check_id()]
}

metrics! {
    /// Returns a metric of `AWS/Route53` for the health check.
    impl HealthCheckRef<'_>: "AWS/Route53", [CHECK], |check| ["HealthCheckId" = check.health_check_id()]
}
