//! Endpoint of a domain.

use infra_cfn::opensearchservice::domain::DomainEndpointOptions;

use crate::certificatemanager::Certificate;
use crate::construct::With;
use crate::route53::{AsHostedZone, HostedZoneRef, Record, RecordData};
use crate::{IntoValue, Scope, Value};

/// Oldest version of TLS that the endpoint accepts.
///
/// See [TLS policies](https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TlsPolicy {
    /// TLS 1.2 and 1.3 with perfect forward secrecy. The default here.
    #[default]
    Tls12ForwardSecrecy,
    /// TLS 1.2.
    Tls12,
    /// TLS 1.0, for clients that cannot do better. The default of CloudFormation.
    Tls10,
}

impl TlsPolicy {
    const fn name(self) -> &'static str {
        match self {
            Self::Tls12ForwardSecrecy => "Policy-Min-TLS-1-2-PFS-2023-10",
            Self::Tls12 => "Policy-Min-TLS-1-2-2019-07",
            Self::Tls10 => "Policy-Min-TLS-1-0-2019-07",
        }
    }
}

/// Host name of your own for a domain.
///
/// See [custom endpoints](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/customendpoint.html).
#[derive(Clone, Debug)]
pub struct CustomEndpoint<'app> {
    name: Value<String>,
    certificate: Certificate<'app>,
    zone: Option<HostedZoneRef<'app>>,
}

impl<'app> CustomEndpoint<'app> {
    /// Creates an endpoint from its host name and a certificate of the region that covers it.
    pub fn new(host_name: impl IntoValue<String>, certificate: Certificate<'app>) -> Self {
        Self {
            name: host_name.into_value(),
            certificate,
            zone: None,
        }
    }

    /// Adds a `CNAME` record to a hosted zone. Default: none; you create it.
    pub fn zone(mut self, zone: impl AsHostedZone<'app>) -> Self {
        self.zone = Some(zone.as_hosted_zone());
        self
    }

    /// Adds the record, if there is a zone for it.
    pub(super) fn create_record(self, scope: Scope<'app>, target: Value<String>) {
        if let Some(zone) = self.zone {
            Record::builder()
                .zone(zone)
                .domain_name(self.name)
                .data(RecordData::cname(target))
                .build(scope, "CnameRecord");
        }
    }
}

/// Returns the property `DomainEndpointOptions`.
pub(super) fn options(
    tls: TlsPolicy,
    custom: Option<&CustomEndpoint<'_>>,
) -> DomainEndpointOptions {
    DomainEndpointOptions::new()
        .enforce_https(true)
        .tls_security_policy(tls.name())
        .with(custom, |options, custom| {
            options
                .custom_endpoint_enabled(true)
                .custom_endpoint(&custom.name)
                .custom_endpoint_certificate_arn(custom.certificate.arn())
        })
}
