//! Certificates that are validated through a hosted zone.

use bon::Builder;
use infra_cfn::certificatemanager::CfnCertificateProps;
use infra_cfn::certificatemanager::certificate::DomainValidationOption;

use crate::route53::{AsHostedZone, HostedZone};
use crate::us_east_1::find_wrong_region;
use crate::{Arn, Construct, IntoValue, Scope, Value, codes, kind};

/// A public TLS certificate, validated by DNS records in a hosted zone, so that it is issued and renewed without
/// manual steps.
///
/// Creates an
/// [`AWS::CertificateManager::Certificate`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-certificatemanager-certificate.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | validation method | DNS | optional |
/// | hosted zone for the validation records | required | none; the deployment waits until you create the records |
/// | alternative names | none | none |
///
/// A certificate for CloudFront must be in `us-east-1`: create it in a stack of that region, and pass it to the
/// site's stack.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{certificatemanager::Certificate, route53::HostedZone};
///
/// let app = App::new();
/// let stack = StackProps::new().environment(Environment::region("us-east-1")).build(&app, "Certificates");
/// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
/// let certificate = Certificate::builder()
///     .domain_name("notes.example.com")
///     .alternative_name("www.notes.example.com")
///     .zone(&zone)
///     .build(stack, "Certificate");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Certificate<'app> {
    scope: Scope<'app>,
}

struct State {
    arn: Value<Arn<kind::certificatemanager::Certificate>>,
    /// Names that the certificate covers; empty if they are not known.
    names: Vec<String>,
    region: Option<String>,
}

/// Properties of a [`Certificate`], set through [`Certificate::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = CertificateBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct CertificateProps<'app> {
    #[builder(field)]
    alternative_names: Vec<String>,
    /// Name that the certificate covers, such as `notes.example.com` or `*.example.com`. Changing it replaces the
    /// certificate.
    #[builder(into)]
    domain_name: String,
    /// Hosted zone in which the names are validated.
    #[builder(with = |zone: &HostedZone<'app>| *zone)]
    zone: HostedZone<'app>,
}

impl<'app, S: certificate_builder::State> CertificateBuilder<'app, S> {
    /// Adds another name that the certificate covers.
    pub fn alternative_name(mut self, name: impl Into<String>) -> Self {
        self.alternative_names.push(name.into());
        self
    }

    /// Adds the certificate under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Certificate<'app>
    where
        S: certificate_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.certificatemanager.Certificate");
        let names: Vec<String> = std::iter::once(props.domain_name.clone())
            .chain(props.alternative_names.iter().cloned())
            .collect();
        for name in &names {
            props.zone.as_hosted_zone().check_holds(
                name.trim_start_matches("*."),
                scope,
                "DomainName",
            );
        }
        let validate = |name: &String| {
            DomainValidationOption::new()
                .domain_name(name)
                .hosted_zone_id(props.zone.hosted_zone_id())
        };
        let mut cfn = CfnCertificateProps::new(props.domain_name)
            .validation_method("DNS")
            .domain_validation_options(names.iter().map(validate).collect::<Vec<_>>());
        if !props.alternative_names.is_empty() {
            cfn = cfn.subject_alternative_names(props.alternative_names);
        }
        let certificate = cfn.build(scope, "Resource");
        let region = scope.stack().and_then(|stack| stack.environment().region);
        scope.attach(State {
            arn: certificate.ref_(),
            names,
            region,
        });
        Certificate { scope }
    }
}

impl<'app> Certificate<'app> {
    /// Returns a builder for a certificate.
    pub fn builder() -> CertificateBuilder<'app> {
        CertificateProps::start()
    }

    /// Imports an existing certificate by its ARN. Its region is read from a literal ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::certificatemanager::Certificate>>,
    ) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.certificatemanager.Certificate");
        let arn = arn.into_value();
        let region = arn
            .as_literal()
            .and_then(|arn| arn.split(':').nth(3))
            .map(ToOwned::to_owned);
        scope.attach(State {
            arn,
            names: Vec::new(),
            region,
        });
        Self { scope }
    }

    /// Returns the ARN of the certificate.
    pub fn arn(&self) -> Value<Arn<kind::certificatemanager::Certificate>> {
        self.load_state().arn.clone()
    }

    /// Returns the region of the certificate, if it is known at synthesis.
    pub fn region(&self) -> Option<String> {
        self.load_state().region.clone()
    }

    /// Returns `true` if the certificate covers a name, or `None` for an imported certificate, whose names are not
    /// known.
    pub fn covers(&self, name: &str) -> Option<bool> {
        let state = self.load_state();
        let covered = |pattern: &String| {
            let name = name.to_ascii_lowercase();
            match pattern.to_ascii_lowercase().strip_prefix("*.") {
                // A wildcard matches exactly one label.
                Some(parent) => name.split_once('.').is_some_and(|(_, rest)| rest == parent),
                None => name == pattern.to_ascii_lowercase(),
            }
        };
        (!state.names.is_empty()).then(|| state.names.iter().any(covered))
    }

    /// Reports a certificate that CloudFront cannot use (`INF4510`).
    pub(crate) fn check_for_cloudfront(&self, user: Scope<'app>) {
        self.check_region(
            user,
            codes::CERTIFICATE_REGION,
            "CloudFront accepts certificates",
            "DistributionConfig.ViewerCertificate.AcmCertificateArn",
            "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
        );
    }

    /// Reports a certificate that an edge-optimized domain name of API Gateway cannot use (`INF4979`).
    #[cfg(feature = "apigateway")]
    pub(crate) fn check_for_edge_domain(&self, user: Scope<'app>) {
        self.check_region(
            user,
            codes::EDGE_CERTIFICATE_REGION,
            "edge-optimized domain names accept certificates",
            "CertificateArn",
            "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html",
        );
    }

    fn check_region(
        &self,
        user: Scope<'app>,
        code: crate::Code,
        why: &str,
        property: &'static str,
        url: &'static str,
    ) {
        let region = self.region();
        if let Some(found) = find_wrong_region(code, "the certificate", why, region.as_deref()) {
            user.report(
                found
                    .url(url)
                    .property(property)
                    .related("the certificate is created here", self.scope.origin())
                    .help("create it in a stack with `Environment::new(account, \"us-east-1\")`; other stacks can read its ARN"),
            );
        }
    }

    fn load_state(&self) -> std::rc::Rc<State> {
        self.scope
            .attached()
            .expect("every certificate is made with its state")
    }
}

impl<'app> Construct<'app> for Certificate<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
