//! The [`CloudFrontSite`] construct.

use infra_cfn::cloudfront::distribution::{
    DistributionConfig, DistributionConfigHttpVersion, Origin, S3OriginConfig,
};
use infra_cfn::cloudfront::origin_access_control::{
    OriginAccessControlConfig, OriginAccessControlConfigRequired,
};
use infra_cfn::cloudfront::{CfnDistribution, CfnDistributionProps, CfnOriginAccessControlProps};

use super::presigned::Presigned;
use super::props::CloudFrontSiteProps;
use super::{CloudFrontSiteBuilder, DistributionLogs, behaviors};
use crate::iam::{Principal, Statement};
use crate::s3::Bucket;
use crate::unique_name::unique_name;
use crate::{Arn, Construct, Id, Output, Scope, Value, kind, pseudo, sub, value};

/// A site: static files from a private bucket and, optionally, an API under the same address.
///
/// Creates an
/// [`AWS::CloudFront::Distribution`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-distribution.html),
/// the bucket, the policies and functions of both, and records for custom names. Defaults:
///
/// | property | here | CloudFront |
/// |---|---|---|
/// | HTTP requests | redirected to HTTPS; refused for the API | required |
/// | HTTP versions | HTTP/2 and HTTP/3 | – |
/// | IPv6 | on | off |
/// | access to the bucket | this distribution only | – |
/// | security headers | [`SecurityHeaders::strict`](super::SecurityHeaders::strict) | none |
/// | files under `/assets/` | kept by browsers for a year | – |
/// | other files | revalidated each time | – |
/// | paths without a file name | `/index.html`, by a function that handles no request to the API, so that errors of the API stay unchanged | an error |
/// | `/api/*` | not cached, to the origin of the API | – |
/// | removal of the bucket | retained | deleted |
///
/// Outputs of the stack have the values that publishing needs: `…BucketName`, `…DistributionId` and `…Url`.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, cloudfront::{ApiOrigin, CloudFrontSite}, ec2::Vpc, elbv2::ApplicationLoadBalancer};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Site");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let load_balancer = ApplicationLoadBalancer::builder().internal(vpc.private()).build(stack, "LoadBalancer");
/// let site = CloudFrontSite::builder().api(ApiOrigin::vpc(&load_balancer)).build(stack, "Site");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CloudFrontSite<'app> {
    scope: Scope<'app>,
    distribution: CfnDistribution<'app>,
    bucket: Bucket<'app>,
}

/// The first custom domain name, if there are any.
struct FirstName(Option<String>);

pub(super) fn build<'app>(
    mut props: CloudFrontSiteProps<'app>,
    scope: Scope<'app>,
) -> CloudFrontSite<'app> {
    props.security_headers.check_csp(scope);
    if props.api.is_some() {
        behaviors::check_paths(props.api_paths.iter().map(String::as_str), "an API", scope);
    } else {
        props.api_paths.clear();
    }
    if let Some(presigned) = &props.presigned {
        behaviors::check_paths([presigned.pattern.as_str()], "presigned objects", scope);
    }
    if let Some(domain) = &props.domain {
        domain.check_certificate(scope);
    }
    let bucket = Bucket::builder()
        .maybe_access_logs(props.bucket_access_logs.take())
        .removal_policy(props.removal_policy)
        .build(scope, "Bucket");
    let mut cfn = distribution_config(&props, scope).origins(
        std::iter::once(pages_origin(scope, bucket))
            .chain(
                props
                    .api
                    .clone()
                    .map(|api| api.build(scope, behaviors::API)),
            )
            .chain(props.presigned.as_ref().map(Presigned::build_origin))
            .collect::<Vec<_>>(),
    );
    if let Some(domain) = &props.domain {
        cfn = cfn
            .aliases(domain.names.clone())
            .viewer_certificate(domain.viewer_certificate());
    }
    if let Some(web_acl) = props.web_acl {
        cfn = cfn.web_acl_id(web_acl);
    }
    if let Some(restrictions) = props.geo_restriction.to_property() {
        cfn = cfn.restrictions(restrictions);
    }
    let distribution = CfnDistributionProps::new(cfn).build(scope, "Resource");
    scope.attach(FirstName(
        props
            .domain
            .as_ref()
            .and_then(|domain| domain.names.first().cloned()),
    ));
    let site = CloudFrontSite {
        scope,
        distribution,
        bucket,
    };
    site.grant_distribution_read();
    if let Some(domain) = &props.domain {
        domain.add_records(scope, &distribution.attr_domain_name());
    }
    if let Some(logs) = props.access_logs {
        DistributionLogs::builder()
            .site(&site)
            .to(logs)
            .build(scope, "AccessLogs");
    }
    Output::new(scope, "BucketName", bucket.bucket_name())
        .description("where the files of the site are");
    Output::new(scope, "DistributionId", distribution.ref_())
        .description("whose caches are invalidated after publishing");
    Output::new(scope, "Url", site.url()).description("where the site is seen");
    site
}

fn distribution_config(props: &CloudFrontSiteProps<'_>, scope: Scope<'_>) -> DistributionConfig {
    DistributionConfig::new(behaviors::pages_behavior(props, scope), true)
        .cache_behaviors(behaviors::other_behaviors(props, scope))
        .comment(scope.path())
        .default_root_object(&props.default_root_object)
        .http_version(DistributionConfigHttpVersion::HTTP2AND3)
        .ipv6_enabled(true)
        .price_class(props.price_class.to_property())
}

fn pages_origin(scope: Scope<'_>, bucket: Bucket<'_>) -> Origin {
    let control = OriginAccessControlConfig::new(OriginAccessControlConfigRequired {
        name: value(unique_name(scope, "OriginAccessControl", 64)),
        origin_access_control_origin_type: value("s3"),
        signing_behavior: value("always"),
        signing_protocol: value("sigv4"),
    });
    let control = CfnOriginAccessControlProps::new(control).build(scope, "OriginAccessControl");
    Origin::new(bucket.regional_domain_name(), behaviors::PAGES)
        .origin_access_control_id(control.attr_id())
        // Required to be empty with an origin access control.
        .s3_origin_config(S3OriginConfig::new().origin_access_identity(""))
}

impl<'app> CloudFrontSite<'app> {
    /// Returns a builder for a site.
    pub fn builder() -> CloudFrontSiteBuilder<'app> {
        CloudFrontSiteProps::start()
    }

    /// Returns the domain name that CloudFront assigns, `….cloudfront.net`.
    pub fn domain_name(&self) -> Value<String> {
        self.distribution.attr_domain_name()
    }

    /// Returns the ID of the distribution.
    pub fn distribution_id(&self) -> Value<Id<kind::cloudfront::Distribution>> {
        self.distribution.ref_()
    }

    /// Returns the ARN of the distribution.
    pub fn arn(&self) -> Value<Arn<kind::cloudfront::Distribution>> {
        let (partition, account) = (pseudo::partition(), pseudo::account_id());
        sub![
            "arn:",
            partition,
            ":cloudfront::",
            account,
            ":distribution/",
            self.distribution_id()
        ]
        .cast()
    }

    /// Returns the URL of the site, with the first custom domain name if there is one.
    pub fn url(&self) -> Value<String> {
        let own = self
            .scope
            .attached::<FirstName>()
            .and_then(|name| name.0.clone());
        own.map_or_else(
            || sub!["https://", self.domain_name()],
            |name| value(format!("https://{name}")),
        )
    }

    /// Returns the bucket with the static files.
    pub fn bucket(&self) -> Bucket<'app> {
        self.bucket
    }

    /// Returns the L1 binding of the distribution.
    pub fn cfn(&self) -> CfnDistribution<'app> {
        self.distribution
    }

    /// Allows only this distribution to read the bucket. It may also list the bucket; without that permission, S3
    /// answers 403 instead of 404 for missing objects.
    fn grant_distribution_read(&self) {
        let service = || {
            Principal::service("cloudfront.amazonaws.com").condition(
                "StringEquals",
                "AWS:SourceArn",
                self.arn(),
            )
        };
        let allow = || Statement::allow().principal(service());
        self.bucket.add_to_policy(
            allow()
                .action("s3:GetObject")
                .resource(self.bucket.object_arns("*")),
        );
        self.bucket
            .add_to_policy(allow().action("s3:ListBucket").resource(self.bucket.arn()));
    }
}

impl<'app> Construct<'app> for CloudFrontSite<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
