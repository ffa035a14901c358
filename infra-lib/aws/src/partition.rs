//! Partitions of AWS, and the domains of their services.

/// The domain that names of services in a region end with, such as `amazonaws.com`: the value of `AWS::URLSuffix`.
///
/// A region that is not known belongs to the partition `aws`, as in the SDKs. Source: `partitions.json` of the AWS SDKs,
/// <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>.
pub fn dns_suffix(region: &str) -> &'static str {
    /// Starts of the regions outside the partitions `aws` and `aws-us-gov`.
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

/// The address of an object in a bucket of a region, as CloudFormation wants it for templates.
///
/// `key` must need no escapes: letters, digits, `-`, `_`, `.` and `/`.
pub fn object_url(bucket: &str, region: &str, key: &str) -> String {
    format!("https://{bucket}.s3.{region}.{}/{key}", dns_suffix(region))
}

#[cfg(test)]
mod tests {
    use super::{dns_suffix, object_url};

    #[test]
    fn each_partition_has_its_domain() {
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
    fn objects_are_below_their_bucket() {
        assert_eq!(
            object_url("templates", "cn-north-1", "templates/a.json"),
            "https://templates.s3.cn-north-1.amazonaws.com.cn/templates/a.json"
        );
    }
}
