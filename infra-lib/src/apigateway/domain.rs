//! Edge-optimized domain names of REST APIs.

use super::{AsDomainName, BasePathMapping, RestStage};
use crate::apigatewayv2::{Mapped, add_record, check_certificate_name};
use crate::certificatemanager::Certificate;
use crate::cfn::apigateway::{CfnDomainName, CfnDomainNameProps, domain_name};
use crate::construct::With;
use crate::core::{Name, Scope, Value};
use crate::kind;
use crate::route53::{AliasTarget, HostedZone};
use crate::sub;

/// Oldest version of TLS, and the ciphers, that an edge-optimized [`DomainName`] accepts.
///
/// TLS 1.0 and 1.1 cannot be chosen. See [security
/// policies](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EdgeSecurityPolicy {
    /// TLS 1.2 or later: `TLS_1_2`.
    Tls12,
    /// TLS 1.2 or later, with ciphers that have forward secrecy: `SecurityPolicy_TLS12_PFS_2025_EDGE`.
    Tls12ForwardSecrecy,
    /// TLS 1.3: `SecurityPolicy_TLS13_2025_EDGE`.
    Tls13,
}

impl EdgeSecurityPolicy {
    /// Returns the name in CloudFormation, such as `TLS_1_2`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tls12 => "TLS_1_2",
            Self::Tls12ForwardSecrecy => "SecurityPolicy_TLS12_PFS_2025_EDGE",
            Self::Tls13 => "SecurityPolicy_TLS13_2025_EDGE",
        }
    }
}

crate::construct! {
    /// An edge-optimized domain name for the stages of REST APIs: clients reach the nearest location of CloudFront, which
    /// AWS manages.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::DomainName`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html),
    /// and a record in the hosted zone if one is given. [`crate::apigatewayv2::DomainName`] is regional, and serves REST APIs
    /// as well, at paths of any depth. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | endpoint | edge-optimized | the same |
    /// | TLS | 1.2 or later | 1.0 or later |
    /// | hosts that differ from the name in the TLS handshake | refused, with a policy of 2025 | depends on the policy |
    /// | DNS record | `A` to the distribution, with `zone` | none |
    ///
    /// Synthesis reports a certificate outside `us-east-1` (`INF4979`) and one that does not cover the name (`INF4927`). The
    /// change of a domain name takes up to 40 minutes.
    ///
    /// ```
    /// use infra_lib::apigateway::{DomainName, HttpMethod, RestApi, RestIntegration};
    /// use infra_lib::{App, Environment, StackProps};
    /// use infra_lib::{certificatemanager::Certificate, route53::HostedZone};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new().environment(Environment::region("us-east-1")).build(&app, "Stack");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// let certificate = Certificate::builder().domain_name("api.example.com").zone(&zone).build(stack, "Certificate");
    /// let api = RestApi::builder().build(stack, "Api");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
    /// let domain = DomainName::builder()
    ///     .domain_name("api.example.com")
    ///     .certificate(&certificate)
    ///     .zone(&zone)
    ///     .build(stack, "Domain");
    /// domain.map_root(&api.stage());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct DomainName<'app>: "infra-lib.apigateway.DomainName" {
        resource: CfnDomainName<'app>,
    }

    /// Properties of a [`DomainName`], set through [`DomainName::builder`].
    pub struct DomainNameProps, DomainNameBuilder, domain_name_builder {
        /// Name in lower case, such as `api.example.com`.
        required_value domain_name: String,
        /// Certificate in `us-east-1`, which covers the name (`INF4979`, `INF4927`).
        required_handle certificate: Certificate<'app>,
        /// Hosted zone that receives the record of the name. Default: none, the record has to be added elsewhere.
        handle zone: HostedZone<'app>,
        /// Oldest version of TLS, and the ciphers. Default: TLS 1.2 (CloudFormation: TLS 1.0).
        default security_policy: EdgeSecurityPolicy = EdgeSecurityPolicy::Tls12,
    }
}

impl<'app> DomainName<'app> {
    fn create(scope: Scope<'app>, props: DomainNameProps<'app>) -> Self {
        props.certificate.check_for_edge_domain(scope);
        check_certificate_name(scope, &props.certificate, &props.domain_name);
        let policy = props.security_policy;
        // A policy of 2025 needs the mode; `STRICT` refuses a host that differs from the name in the handshake.
        let mode = (policy != EdgeSecurityPolicy::Tls12).then_some("STRICT");
        let resource = CfnDomainNameProps::new()
            .certificate_arn(props.certificate.arn())
            .domain_name(props.domain_name.clone())
            .endpoint_configuration(domain_name::EndpointConfiguration::new().types(["EDGE"]))
            .security_policy(policy.as_str())
            .with(mode, CfnDomainNameProps::endpoint_access_mode)
            .build(scope, "Resource");
        scope.attach(Mapped::default());
        let domain = Self { scope, resource };
        if let Some(zone) = props.zone {
            add_record(
                scope,
                zone,
                props.domain_name,
                domain.distribution_domain_name(),
                resource.attr_distribution_hosted_zone_id(),
            );
        }
        domain
    }

    /// Maps the root path of the domain to a stage of a REST API. A path can be mapped once (`INF4928`).
    #[track_caller]
    pub fn map_root(&self, stage: &RestStage<'app>) -> BasePathMapping<'app> {
        BasePathMapping::add(self.as_domain_name(), stage, None)
    }

    /// Maps a path of one name, such as `admin`, to a stage of a REST API (`INF4988`). A path can be mapped once
    /// (`INF4928`).
    #[track_caller]
    pub fn map_path(&self, path: &str, stage: &RestStage<'app>) -> BasePathMapping<'app> {
        BasePathMapping::add(self.as_domain_name(), stage, Some(path))
    }

    /// Returns the name.
    pub fn domain_name(&self) -> Value<Name<kind::apigateway::DomainName>> {
        self.resource.ref_()
    }

    /// Returns the URL of the root path, `https://NAME/`.
    pub fn url(&self) -> Value<String> {
        sub!["https://", self.domain_name(), "/"]
    }

    /// Returns the domain name of the distribution, to which the DNS record of the name points.
    pub fn distribution_domain_name(&self) -> Value<String> {
        self.resource.attr_distribution_domain_name()
    }

    /// Returns the ID of the hosted zone of the distribution, for alias records.
    pub fn distribution_hosted_zone_id(&self) -> Value<String> {
        self.resource.attr_distribution_hosted_zone_id()
    }

    /// Returns the target of alias records for the name.
    pub fn alias_target(&self) -> AliasTarget {
        AliasTarget::new(
            self.distribution_domain_name(),
            self.distribution_hosted_zone_id(),
        )
    }

    /// Returns the L1 binding of the domain name.
    pub const fn cfn(&self) -> CfnDomainName<'app> {
        self.resource
    }
}
