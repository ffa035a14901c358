//! CloudWatch metrics of certificates, with the feature `cloudwatch`.

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const CERTIFICATE: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html" for super::Certificate<'_> => {
        /// Returns the number of days until the certificate expires, published twice a day.
        metric_days_to_expiry = "DaysToExpiry", Minimum, None;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/CertificateManager` for the certificate.
    impl super::Certificate<'_>: "AWS/CertificateManager", [CERTIFICATE], |certificate| [
        "CertificateArn" = certificate.arn()
    ]
}
