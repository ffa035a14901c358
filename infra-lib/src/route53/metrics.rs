//! CloudWatch metrics of hosted zones, with the feature `cloudwatch`.

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const ZONE: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html" for super::HostedZone<'_> => {
        /// Returns the number of queries for the records of a public zone. Route 53 publishes it in `us-east-1` only.
        metric_dns_queries = "DNSQueries", Sum, Count;
        /// Returns `1` if DNSSEC failed inside Route 53, and `0` otherwise. Route 53 publishes it in `us-east-1` only.
        metric_dnssec_internal_failure = "DNSSECInternalFailure", Sum, Count;
        /// Returns the number of keys for DNSSEC that need an action, such as access to their KMS key. Route 53 publishes it
        /// in `us-east-1` only.
        metric_dnssec_keys_needing_action = "DNSSECKeySigningKeysNeedingAction", Sum, Count;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/Route53` for the zone.
    impl super::HostedZone<'_>: "AWS/Route53", [ZONE], |zone| ["HostedZoneId" = zone.hosted_zone_id()]
}
