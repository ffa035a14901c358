//! Custom domain names of APIs.

use super::domain_parts::{Mapped, add_record, check_certificate_name};
use super::{ApiMapping, AsDomainName, MappedStage};
use crate::certificatemanager::Certificate;
use crate::cfn::apigatewayv2::{CfnDomainName, CfnDomainNameProps, domain_name};
use crate::construct::With;
use crate::core::{Construct, Diagnostic, Name, Scope, Stack, Value, codes};
use crate::kind;
use crate::route53::{AliasTarget, AsAliasTarget, HostedZone};
use crate::sub;

crate::construct! {
    /// A domain name for the stages of APIs, with a certificate.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::DomainName`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-domainname.html),
    /// and records in the hosted zone if one is given. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | endpoint | regional | edge-optimized, which HTTP APIs do not have |
    /// | TLS | 1.2 or later | depends on the API |
    /// | DNS records | `A` to the regional endpoint, with `zone` | none |
    /// | clients with certificates (mutual TLS) | not required | the same |
    ///
    /// Synthesis reports a certificate of another region (`INF4926`) and one that does not cover the name (`INF4927`).
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{DomainName, HttpApi};
    /// use infra_lib::prelude::*;
    /// use infra_lib::{certificatemanager::Certificate, route53::HostedZone};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// let certificate = Certificate::builder().domain_name("api.example.com").zone(&zone).build(stack, "Certificate");
    /// let domain = DomainName::builder()
    ///     .domain_name("api.example.com")
    ///     .certificate(&certificate)
    ///     .zone(zone)
    ///     .build(stack, "Domain");
    /// HttpApi::builder().domain(&domain).build(stack, "Api");
    /// let admin = HttpApi::builder().default_endpoint(false).build(stack, "Admin");
    /// domain.map_path("admin", &admin.default_stage().unwrap());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct DomainName<'app>: "infra-lib.apigatewayv2.DomainName" {
        resource: CfnDomainName<'app>,
    }

    /// Properties of a [`DomainName`], set through [`DomainName::builder`].
    pub struct DomainNameProps, DomainNameBuilder, domain_name_builder {
        /// Name in lower case, such as `api.example.com`.
        required_value domain_name: String,
        /// Certificate of the same region, which covers the name (`INF4926`, `INF4927`).
        required_handle certificate: Certificate<'app>,
        /// Hosted zone that receives the record of the name. Default: none, the record has to be added elsewhere.
        handle zone: HostedZone<'app>,
        /// URI in S3 of the certificate authorities whose clients are accepted (mutual TLS). Default: none, every client
        /// is accepted.
        text truststore_uri,
    }
}

impl<'app> DomainName<'app> {
    fn create(scope: Scope<'app>, props: DomainNameProps<'app>) -> Self {
        check_certificate(scope, &props);
        let name = props.domain_name.clone();
        let resource = CfnDomainNameProps::new(props.domain_name)
            .domain_name_configurations([domain_name::DomainNameConfiguration::new()
                .certificate_arn(props.certificate.arn())
                .endpoint_type("REGIONAL")
                .security_policy("TLS_1_2")])
            .with(props.truststore_uri, |cfn, uri| {
                cfn.mutual_tls_authentication(
                    domain_name::MutualTlsAuthentication::new().truststore_uri(uri),
                )
            })
            .build(scope, "Resource");
        scope.attach(Mapped::default());
        let domain = Self { scope, resource };
        if let Some(zone) = props.zone {
            add_record(
                scope,
                zone,
                name,
                domain.regional_domain_name(),
                resource.attr_regional_hosted_zone_id(),
            );
        }
        domain
    }

    /// Maps the root path of the domain to a stage. A path can be mapped once (`INF4928`).
    #[track_caller]
    pub fn map_root(&self, stage: &impl MappedStage<'app>) -> ApiMapping<'app> {
        ApiMapping::map(self.as_domain_name(), stage, "")
    }

    /// Maps a path such as `admin` or `orders/v1` of the domain to a stage. A path can be mapped once (`INF4928`).
    #[track_caller]
    pub fn map_path(&self, path: &str, stage: &impl MappedStage<'app>) -> ApiMapping<'app> {
        ApiMapping::map(self.as_domain_name(), stage, path)
    }

    /// Returns the name.
    pub fn domain_name(&self) -> Value<Name<kind::apigatewayv2::DomainName>> {
        self.resource.ref_()
    }

    /// Returns the URL of the root path, `https://NAME/`.
    pub fn url(&self) -> Value<String> {
        sub!["https://", self.domain_name(), "/"]
    }

    /// Returns the regional endpoint, to which the DNS record of the name points.
    pub fn regional_domain_name(&self) -> Value<String> {
        self.resource.attr_regional_domain_name()
    }

    /// Returns the ID of the hosted zone of the regional endpoint, for alias records.
    pub fn regional_hosted_zone_id(&self) -> Value<String> {
        self.resource.attr_regional_hosted_zone_id()
    }

    /// Returns the target of alias records for the name.
    pub fn alias_target(&self) -> AliasTarget {
        AliasTarget::new(self.regional_domain_name(), self.regional_hosted_zone_id())
    }

    /// Returns the L1 binding of the domain name.
    pub const fn cfn(&self) -> CfnDomainName<'app> {
        self.resource
    }
}

impl AsAliasTarget<'_> for DomainName<'_> {
    fn as_alias_target(&self) -> AliasTarget {
        self.alias_target()
    }
}

fn check_certificate(scope: Scope<'_>, props: &DomainNameProps<'_>) {
    let certificate = &props.certificate;
    let place = certificate.scope().origin();
    let here = Stack::of(scope).and_then(|stack| stack.environment().region);
    if let (Some(here), Some(there)) = (here, certificate.region())
        && here != there
    {
        scope.report(
            Diagnostic::new(
                codes::API_CERTIFICATE_REGION,
                "the certificate of a domain name is in another region than its API",
            )
            .property("DomainNameConfigurations.0.CertificateArn")
            .actual(there)
            .expected(here)
            .related("the certificate is created here", place)
            .help("create a certificate in the region of the domain name")
            .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html"),
        );
    }
    check_certificate_name(scope, certificate, &props.domain_name);
}
