//! Custom domain names of a site.

use infra_cfn::cloudfront::distribution::{
    ViewerCertificate, ViewerCertificateMinimumProtocolVersion, ViewerCertificateSslSupportMethod,
};

use crate::certificatemanager::Certificate;
use crate::route53::{ARecord, AaaaRecord, AliasTarget, HostedZone};
use crate::{Diagnostic, Scope, Value, codes};

/// Minimum TLS version and ciphers for viewers.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 with the ciphers of 2021, `TLSv1.2_2021`.
    #[default]
    V1_2_2021,
    /// TLS 1.2 with the ciphers of 2025, `TLSv1.2_2025`.
    V1_2_2025,
    /// TLS 1.3, `TLSv1.3_2025`.
    V1_3_2025,
}

/// Custom domain names of a site, with a certificate and DNS records for them.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{certificatemanager::Certificate, cloudfront::Domain, route53::HostedZone};
///
/// let app = App::new();
/// let stack = StackProps::new().environment(Environment::region("us-east-1")).build(&app, "Site");
/// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
/// let certificate = Certificate::builder().domain_name("notes.example.com").zone(&zone).build(stack, "Certificate");
/// let domain = Domain::new(["notes.example.com"], &certificate).zone(&zone);
/// ```
#[derive(Clone, Debug)]
pub struct Domain<'app> {
    pub(super) names: Vec<String>,
    certificate: Certificate<'app>,
    zone: Option<HostedZone<'app>>,
    tls: TlsVersion,
}

impl<'app> Domain<'app> {
    /// Creates domain names with a certificate that covers them (`INF4512` otherwise) and is in `us-east-1`.
    pub fn new(
        names: impl IntoIterator<Item = impl Into<String>>,
        certificate: &Certificate<'app>,
    ) -> Self {
        Self {
            names: names.into_iter().map(Into::into).collect(),
            certificate: *certificate,
            zone: None,
            tls: TlsVersion::default(),
        }
    }

    /// Sets the hosted zone in which `A` and `AAAA` records for the names are created. Default: no records.
    pub fn zone(mut self, zone: &HostedZone<'app>) -> Self {
        self.zone = Some(*zone);
        self
    }

    /// Sets the minimum TLS version for viewers. Default: TLS 1.2 with the ciphers of 2021 (CloudFront: TLS 1.0).
    pub fn minimum_tls_version(mut self, version: TlsVersion) -> Self {
        self.tls = version;
        self
    }

    pub(super) fn check_certificate(&self, scope: Scope<'app>) {
        self.certificate.check_for_cloudfront(scope);
        for name in &self.names {
            if self.certificate.covers(name) == Some(false) {
                scope.report(
                    Diagnostic::new(
                        codes::CERTIFICATE_NAMES,
                        format!("the certificate does not cover `{name}`"),
                    )
                    .property("DistributionConfig.Aliases")
                    .actual(name)
                    .related(
                        "the certificate is created here",
                        crate::Construct::scope(&self.certificate).origin(),
                    )
                    .help(format!(
                        "add `.alternative_name(\"{name}\")` to the certificate"
                    )),
                );
            }
        }
    }

    pub(super) fn viewer_certificate(&self) -> ViewerCertificate {
        ViewerCertificate::new()
            .acm_certificate_arn(self.certificate.arn())
            .ssl_support_method(ViewerCertificateSslSupportMethod::SNI_ONLY)
            .minimum_protocol_version(match self.tls {
                TlsVersion::V1_2_2021 => ViewerCertificateMinimumProtocolVersion::TL_SV1_2_2021,
                TlsVersion::V1_2_2025 => ViewerCertificateMinimumProtocolVersion::TL_SV1_2_2025,
                TlsVersion::V1_3_2025 => ViewerCertificateMinimumProtocolVersion::TL_SV1_3_2025,
            })
    }

    /// Adds an `A` and an `AAAA` record for each name.
    pub(super) fn add_records(&self, scope: Scope<'app>, distribution: &Value<String>) {
        let Some(zone) = self.zone else { return };
        for name in &self.names {
            let target = || AliasTarget::cloudfront(distribution);
            ARecord::builder()
                .zone(zone)
                .domain_name(name)
                .target(target())
                .build(scope, &format!("A-{name}"));
            AaaaRecord::builder()
                .zone(zone)
                .domain_name(name)
                .target(target())
                .build(scope, &format!("AAAA-{name}"));
        }
    }
}
