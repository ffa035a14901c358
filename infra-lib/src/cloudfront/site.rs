//! The [`CloudFrontSite`] construct.

use infra_cfn::cloudfront::CfnDistribution;
use infra_cfn::cloudfront::distribution::{DistributionConfig, DistributionConfigHttpVersion};

use super::CloudFrontSiteBuilder;
use super::access::this_distribution;
use super::behaviors;
use super::distribution::{Common, Distribution};
use super::origins::bucket_origin;
use super::presigned::Presigned;
use super::props::CloudFrontSiteProps;
use crate::iam::Statement;
use crate::s3::Bucket;
use crate::{Arn, Construct, Id, Output, Scope, Value, kind};

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
    distribution: Distribution<'app>,
    bucket: Bucket<'app>,
}

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
    let cfn = distribution_config(&props, scope);
    let pages = bucket_origin(scope, "OriginAccessControl", bucket, behaviors::PAGES);
    let cfn = cfn.origins(
        std::iter::once(pages)
            .chain(
                props
                    .api
                    .clone()
                    .map(|api| api.build(scope, behaviors::API)),
            )
            .chain(props.presigned.as_ref().map(Presigned::build_origin))
            .collect::<Vec<_>>(),
    );
    let common = Common {
        domain: props.domain,
        web_acl: props.web_acl,
        geo_restriction: props.geo_restriction,
    };
    let distribution = Distribution::assemble(scope, cfn, &common);
    let site = CloudFrontSite {
        scope,
        distribution,
        bucket,
    };
    site.grant_distribution_read();
    distribution.add_names_and_logs(common.domain.as_ref(), props.access_logs);
    Output::new(scope, "BucketName", bucket.bucket_name())
        .description("where the files of the site are");
    Output::new(scope, "DistributionId", distribution.distribution_id())
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

impl<'app> CloudFrontSite<'app> {
    /// Returns a builder for a site.
    pub fn builder() -> CloudFrontSiteBuilder<'app> {
        CloudFrontSiteProps::start()
    }

    /// Returns the distribution of the site.
    pub const fn distribution(&self) -> Distribution<'app> {
        self.distribution
    }

    /// Returns the domain name that CloudFront assigns, `….cloudfront.net`.
    pub fn domain_name(&self) -> Value<String> {
        self.distribution.domain_name()
    }

    /// Returns the ID of the distribution.
    pub fn distribution_id(&self) -> Value<Id<kind::cloudfront::Distribution>> {
        self.distribution.distribution_id()
    }

    /// Returns the ARN of the distribution.
    pub fn arn(&self) -> Value<Arn<kind::cloudfront::Distribution>> {
        self.distribution.arn()
    }

    /// Returns the URL of the site, with the first custom domain name if there is one.
    pub fn url(&self) -> Value<String> {
        self.distribution.url()
    }

    /// Returns the bucket with the static files.
    pub fn bucket(&self) -> Bucket<'app> {
        self.bucket
    }

    /// Returns the L1 binding of the distribution.
    pub fn cfn(&self) -> CfnDistribution<'app> {
        self.distribution.cfn()
    }

    /// Allows only this distribution to read the bucket. It may also list the bucket; without that permission, S3
    /// answers 403 instead of 404 for missing objects.
    fn grant_distribution_read(&self) {
        let allow = || Statement::allow().principal(this_distribution(self.arn()));
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
