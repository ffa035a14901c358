//! Partitions of AWS and the domains of their services.

/// Returns the DNS suffix of services in a region, for example `amazonaws.com`: the value of `AWS::URLSuffix`.
///
/// An unknown region counts as one of the partition `aws`, as in the SDKs. Source: `partitions.json` of the AWS SDKs,
/// <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>.
pub fn dns_suffix(region: &str) -> &'static str {
    /// Prefixes of regions outside the partitions `aws` and `aws-us-gov`.
    const SUFFIXES: &[(&str, &str)] = &[
        ("cn-", "amazonaws.com.cn"),
        ("eusc-", "amazonaws.eu"),
        ("us-iso-", "c2s.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("eu-isof-", "csp.hci.ic.gov"),
    ];
    let known = SUFFIXES.iter().find(|(start, _)| region.starts_with(start));
    known.map_or("amazonaws.com", |(_, suffix)| suffix)
}

/// Returns the name of a service as a principal or audience, for example `cloudformation.amazonaws.com`. It is the same in every partition.
pub fn service_principal(service: &str) -> String {
    format!("{service}.amazonaws.com")
}

/// Returns the address of an object in S3, in the form that CloudFormation requires for templates.
///
/// `key` must not need escaping: letters, digits, `-`, `_`, `.` and `/`.
pub fn object_url(bucket: &str, region: &str, key: &str) -> String {
    format!("https://{bucket}.s3.{region}.{}/{key}", dns_suffix(region))
}

/// Returns the host of Route 53 in the partition of a region, and the region for signing calls.
///
/// Source: the endpoint rules of the AWS SDKs.
#[cfg(feature = "sdk")]
pub(crate) fn route53_endpoint(
    region: &str,
    fips: bool,
    dual_stack: bool,
) -> (&'static str, &'static str) {
    if region.starts_with("us-gov-") {
        let host = if dual_stack && !fips {
            "route53.us-gov.api.aws"
        } else {
            "route53.us-gov.amazonaws.com"
        };
        return (host, "us-gov-west-1");
    }
    match (dns_suffix(region), dual_stack) {
        ("amazonaws.com.cn", false) => ("route53.amazonaws.com.cn", "cn-northwest-1"),
        ("amazonaws.com.cn", true) => (
            "route53.global.api.amazonwebservices.com.cn",
            "cn-northwest-1",
        ),
        ("amazonaws.eu", false) => ("route53.amazonaws.eu", "eusc-de-east-1"),
        ("amazonaws.eu", true) => ("route53.global.api.amazonwebservices.eu", "eusc-de-east-1"),
        ("c2s.ic.gov", _) => ("route53.c2s.ic.gov", "us-iso-east-1"),
        ("sc2s.sgov.gov", _) => ("route53.sc2s.sgov.gov", "us-isob-east-1"),
        ("cloud.adc-e.uk", _) => ("route53.cloud.adc-e.uk", "eu-isoe-west-1"),
        ("csp.hci.ic.gov", _) => ("route53.csp.hci.ic.gov", "us-isof-south-1"),
        (_, false) if fips => ("route53-fips.amazonaws.com", "us-east-1"),
        (_, true) if fips => ("route53-fips.global.api.aws", "us-east-1"),
        (_, false) => ("route53.amazonaws.com", "us-east-1"),
        (_, true) => ("route53.global.api.aws", "us-east-1"),
    }
}

/// Returns the host of IAM in the partition of a region, and the region for signing calls.
///
/// Source: <https://docs.aws.amazon.com/general/latest/gr/iam-service.html> and the endpoint rules of the AWS SDKs.
#[cfg(feature = "sdk")]
pub(crate) fn iam_endpoint(region: &str) -> (&'static str, &'static str) {
    if region.starts_with("us-gov-") {
        return ("iam.us-gov.amazonaws.com", "us-gov-west-1");
    }
    match dns_suffix(region) {
        "amazonaws.com.cn" => ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        "amazonaws.eu" => ("iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
        "c2s.ic.gov" => ("iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
        "sc2s.sgov.gov" => ("iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
        "cloud.adc-e.uk" => ("iam.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1"),
        "csp.hci.ic.gov" => ("iam.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1"),
        _ => ("iam.amazonaws.com", "us-east-1"),
    }
}

#[cfg(test)]
mod tests {
    use super::{dns_suffix, object_url};

    #[cfg(feature = "sdk")]
    #[test]
    fn returns_route53_host_of_partition() {
        use super::route53_endpoint;
        for (region, fips, dual_stack, host, signed) in [
            (
                "eu-west-1",
                false,
                false,
                "route53.amazonaws.com",
                "us-east-1",
            ),
            (
                "us-west-2",
                true,
                false,
                "route53-fips.amazonaws.com",
                "us-east-1",
            ),
            (
                "eu-west-1",
                false,
                true,
                "route53.global.api.aws",
                "us-east-1",
            ),
            (
                "cn-north-1",
                false,
                false,
                "route53.amazonaws.com.cn",
                "cn-northwest-1",
            ),
            (
                "us-gov-east-1",
                true,
                false,
                "route53.us-gov.amazonaws.com",
                "us-gov-west-1",
            ),
            (
                "us-iso-west-1",
                false,
                false,
                "route53.c2s.ic.gov",
                "us-iso-east-1",
            ),
            (
                "eusc-de-east-1",
                false,
                false,
                "route53.amazonaws.eu",
                "eusc-de-east-1",
            ),
        ] {
            assert_eq!(
                route53_endpoint(region, fips, dual_stack),
                (host, signed),
                "{region}"
            );
        }
    }

    #[test]
    fn returns_dns_suffix_of_partition() {
        for (region, suffix) in [
            ("eu-west-1", "amazonaws.com"),
            ("us-gov-west-1", "amazonaws.com"),
            ("cn-northwest-1", "amazonaws.com.cn"),
            ("eusc-de-east-1", "amazonaws.eu"),
            ("us-iso-east-1", "c2s.ic.gov"),
            ("us-isob-east-1", "sc2s.sgov.gov"),
            ("eu-isoe-west-1", "cloud.adc-e.uk"),
            ("us-isof-south-1", "csp.hci.ic.gov"),
            ("mx-central-1", "amazonaws.com"),
        ] {
            assert_eq!(dns_suffix(region), suffix, "{region}");
        }
    }

    #[test]
    fn builds_object_url_below_bucket() {
        assert_eq!(
            object_url("templates", "cn-north-1", "templates/a.json"),
            "https://templates.s3.cn-north-1.amazonaws.com.cn/templates/a.json"
        );
    }
}
