//! The [`Distribution`] construct.

use infra_cfn::cloudfront::distribution::{
    CustomErrorResponse, DistributionConfig, DistributionConfigHttpVersion, OriginGroups,
};
use infra_cfn::cloudfront::monitoring_subscription::{
    MonitoringSubscription, RealtimeMetricsSubscriptionConfig,
    RealtimeMetricsSubscriptionConfigRealtimeMetricsSubscriptionStatus as Subscription,
};
use infra_cfn::cloudfront::{
    CfnDistribution, CfnDistributionProps, CfnMonitoringSubscriptionProps,
};

use super::access::allow_reading;
use super::behavior_checks::{allow_edge_functions, check_behavior, check_paths};
use super::origins::Origins;
use super::{
    Behavior, DistributionLogs, Domain, GeoRestriction, ImportedDistribution, PriceClass, SiteLogs,
};
use crate::construct::With;
use crate::wafv2::{AsWebAcl, Global};
use crate::{Arn, Construct, Duration, Id, IntoValue, Scope, Value, kind, pseudo, sub, value};

/// Versions of HTTP that viewers may use beside HTTP/1.1.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum HttpVersion {
    /// HTTP/1.1 only.
    Http1,
    /// HTTP/2.
    Http2,
    /// HTTP/2 and HTTP/3.
    #[default]
    Http2And3,
}

/// Metrics of a distribution beyond those that CloudFront always publishes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AdditionalMetrics {
    /// None.
    #[default]
    Off,
    /// The cache hit rate, the latency of origins and the error rate of each status, at a monthly charge.
    On,
}

/// The answer of a [`Distribution`] in place of an error of the origin.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::cloudfront::ErrorResponse;
///
/// let missing = ErrorResponse::page(404, 404, "/404.html").cache_for(Duration::minutes(1));
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ErrorResponse {
    status: u16,
    page: Option<(u16, String)>,
    caching: Option<Duration>,
}

impl ErrorResponse {
    /// Answers an error with a page of the distribution and a status. The page replaces errors of APIs as well.
    pub fn page(status: u16, answered: u16, path: impl Into<String>) -> Self {
        Self {
            status,
            page: Some((answered, path.into())),
            caching: None,
        }
    }

    /// Answers an error as the origin does, and keeps it for a time. CloudFront keeps errors for 10 seconds otherwise.
    pub fn cached(status: u16, time: Duration) -> Self {
        Self {
            status,
            page: None,
            caching: Some(time),
        }
    }

    /// Sets the time for which CloudFront keeps the answer. Default: 10 seconds, as in CloudFront.
    pub fn cache_for(mut self, time: Duration) -> Self {
        self.caching = Some(time);
        self
    }

    fn property(self) -> CustomErrorResponse {
        CustomErrorResponse::new(i64::from(self.status))
            .with(self.page, |property, (status, path)| {
                property
                    .response_code(i64::from(status))
                    .response_page_path(value::<String>(path))
            })
            .with(
                self.caching.map(Duration::to_seconds_i64),
                CustomErrorResponse::error_caching_min_ttl,
            )
    }
}

crate::construct! {
    /// A CloudFront distribution: one address before any number of origins, with a cache at the edge.
    ///
    /// Creates an
    /// [`AWS::CloudFront::Distribution`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-distribution.html),
    /// the access controls of its origins, and records for custom names. A website with an API is simpler as a
    /// [`CloudFrontSite`](super::CloudFrontSite). Defaults:
    ///
    /// | property | here | CloudFront |
    /// |---|---|---|
    /// | behavior of requests | see [`Behavior`] | – |
    /// | HTTP versions | HTTP/2 and HTTP/3 | HTTP/1.1 and HTTP/2 |
    /// | IPv6 | on | off |
    /// | TLS of custom names | 1.2 with the ciphers of 2021 | 1.0 |
    /// | access to buckets and URLs of functions | this distribution only | – |
    /// | access logs | none | none |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{Behavior, Distribution, ErrorResponse, Origin};
    /// use infra_lib::s3::Bucket;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Shop");
    /// let pages = Bucket::builder().build(stack, "Pages");
    /// let distribution = Distribution::builder()
    ///     .default_behavior(Behavior::new(Origin::bucket(&pages)))
    ///     .behavior("/api/*", Behavior::uncached(Origin::https("api.example.com")))
    ///     .default_root_object("index.html")
    ///     .error_response(ErrorResponse::page(404, 404, "/404.html"))
    ///     .build(stack, "Distribution");
    /// Output::new(stack, "Url", distribution.url());
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct Distribution<'app>: "infra-lib.cloudfront.Distribution" {
        distribution: CfnDistribution<'app>,
    }

    /// Properties of a [`Distribution`], set through [`Distribution::builder`].
    pub struct DistributionProps, DistributionBuilder, distribution_builder {
        /// Behaviors of paths.
        list behaviors: (String, Behavior<'app>),
        /// Answers in place of errors.
        list error_responses: ErrorResponse,
        /// Web ACLs; the last one counts.
        list web_acls: Value<Arn<kind::wafv2::WebAcl>>,
        /// Behavior for requests whose path no other behavior has.
        required default_behavior: Behavior<'app>,
        /// Object for `/`, such as `index.html`. Default: none, as in CloudFront.
        text default_root_object,
        /// Comment on the distribution, at most 128 characters. Default: the construct path.
        text comment,
        /// Custom domain names. Default: the name that CloudFront assigns, with CloudFront's certificate, which accepts
        /// TLS 1.0.
        optional domain: Domain<'app>,
        /// Destination of access logs, for distributions in a stack of `us-east-1`; [`DistributionLogs`] for others.
        /// Default: none, as in CloudFront.
        optional access_logs: SiteLogs<'app>,
        /// Versions of HTTP. Default: HTTP/2 and HTTP/3 (CloudFront: HTTP/2).
        default http_version: HttpVersion = HttpVersion::Http2And3,
        /// Price class. Default: [`PriceClass::All`], as in CloudFront.
        default price_class: PriceClass = PriceClass::All,
        /// Countries that are served. Default: all, as in CloudFront.
        default geo_restriction: GeoRestriction = GeoRestriction::None,
        /// Additional metrics. Default: none, as in CloudFront.
        default additional_metrics: AdditionalMetrics = AdditionalMetrics::Off,
    }
}

impl<'app, S: distribution_builder::State> DistributionBuilder<'app, S> {
    /// Adds the behavior of a path pattern such as `/api/*` or `*.jpg`. CloudFront takes the first behavior that matches. A
    /// pattern that it rejects is reported (`INF4531`), and one that is used twice (`INF4077`).
    pub fn behavior(mut self, path: impl Into<String>, behavior: Behavior<'app>) -> Self {
        self.behaviors.push((path.into(), behavior));
        self
    }

    /// Adds an answer in place of an error of the origins.
    pub fn error_response(mut self, response: ErrorResponse) -> Self {
        self.error_responses.push(response);
        self
    }

    /// Sets the web ACL that filters requests. Default: none, as in CloudFront.
    pub fn web_acl(mut self, web_acl: &impl AsWebAcl<'app, Global>) -> Self {
        self.web_acls.push(web_acl.web_acl_arn());
        self
    }
}

/// The first custom domain name, if there are any.
struct FirstName(Option<String>);

/// Properties that sites and distributions share.
pub(super) struct Common<'app> {
    pub(super) domain: Option<Domain<'app>>,
    pub(super) web_acl: Option<Value<Arn<kind::wafv2::WebAcl>>>,
    pub(super) geo_restriction: GeoRestriction,
}

impl<'app> Distribution<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, mut props: DistributionProps<'app>) -> Self {
        if let Some(domain) = &props.domain {
            domain.check_certificate(scope);
        }
        check_paths(scope, props.behaviors.iter().map(|(path, _)| path.as_str()));
        let all = std::iter::once(&props.default_behavior)
            .chain(props.behaviors.iter().map(|(_, behavior)| behavior));
        for behavior in all {
            check_behavior(scope, behavior);
            allow_edge_functions(scope, behavior);
        }
        let mut origins = Origins::new(scope);
        let origin_id = origins.add(&props.default_behavior.origin);
        let default = props.default_behavior.default_property(&origin_id);
        let behaviors: Vec<_> = props
            .behaviors
            .iter()
            .map(|(path, behavior)| {
                let id = origins.add(&behavior.origin);
                behavior.path_property(path, &id)
            })
            .collect();
        let errors: Vec<_> = std::mem::take(&mut props.error_responses)
            .into_iter()
            .map(ErrorResponse::property)
            .collect();
        let groups = std::mem::take(&mut origins.groups);
        let groups = (!groups.is_empty()).then(|| {
            let count = i64::try_from(groups.len()).unwrap_or(i64::MAX);
            OriginGroups::new(count).items(groups)
        });
        let comment = props.comment.take();
        let cfn = DistributionConfig::new(default, true)
            .comment(comment.unwrap_or_else(|| value(short_comment(&scope.path()))))
            .http_version(match props.http_version {
                HttpVersion::Http1 => DistributionConfigHttpVersion::HTTP1_1,
                HttpVersion::Http2 => DistributionConfigHttpVersion::HTTP2,
                HttpVersion::Http2And3 => DistributionConfigHttpVersion::HTTP2AND3,
            })
            .ipv6_enabled(true)
            .price_class(props.price_class.to_property())
            .origins(std::mem::take(&mut origins.items))
            .with(groups, DistributionConfig::origin_groups)
            .with(
                (!behaviors.is_empty()).then_some(behaviors),
                DistributionConfig::cache_behaviors,
            )
            .with(
                (!errors.is_empty()).then_some(errors),
                DistributionConfig::custom_error_responses,
            )
            .with(
                props.default_root_object,
                DistributionConfig::default_root_object,
            );
        let common = Common {
            domain: props.domain,
            web_acl: props.web_acls.pop(),
            geo_restriction: props.geo_restriction,
        };
        let distribution = Self::assemble(scope, cfn, &common);
        allow_reading(&distribution, &origins);
        distribution.add_names_and_logs(common.domain.as_ref(), props.access_logs);
        if props.additional_metrics == AdditionalMetrics::On {
            let status = RealtimeMetricsSubscriptionConfig::new(Subscription::ENABLED);
            CfnMonitoringSubscriptionProps::new(
                distribution.distribution_id(),
                MonitoringSubscription::new().realtime_metrics_subscription_config(status),
            )
            .build(scope, "MonitoringSubscription");
        }
        distribution
    }

    /// Adds the resource of a distribution with names, certificate, web ACL and countries.
    pub(super) fn assemble(
        scope: Scope<'app>,
        cfn: DistributionConfig,
        common: &Common<'app>,
    ) -> Self {
        let mut cfn = cfn;
        if let Some(domain) = &common.domain {
            cfn = cfn
                .aliases(domain.names.clone())
                .viewer_certificate(domain.viewer_certificate());
        }
        let cfn = cfn
            .with(common.web_acl.clone(), DistributionConfig::web_acl_id)
            .with(
                common.geo_restriction.to_property(),
                DistributionConfig::restrictions,
            );
        let distribution = CfnDistributionProps::new(cfn).build(scope, "Resource");
        let names = common.domain.as_ref().map(|domain| &domain.names);
        scope.attach(FirstName(names.and_then(|names| names.first().cloned())));
        Self {
            scope,
            distribution,
        }
    }

    /// Adds the records of custom names, and the delivery of access logs.
    pub(super) fn add_names_and_logs(
        &self,
        domain: Option<&Domain<'app>>,
        logs: Option<SiteLogs<'app>>,
    ) {
        if let Some(domain) = domain {
            domain.add_records(self.scope, &self.domain_name());
        }
        if let Some(logs) = logs {
            DistributionLogs::builder()
                .site(self)
                .to(logs)
                .build(self.scope, "AccessLogs");
        }
    }

    /// Imports an existing distribution of this account by its ID and its domain name.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        distribution_id: impl IntoValue<Id<kind::cloudfront::Distribution>>,
        domain_name: impl IntoValue<String>,
    ) -> ImportedDistribution<'app> {
        ImportedDistribution::of_attributes(
            scope,
            id,
            distribution_id.into_value(),
            domain_name.into_value(),
        )
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
        distribution_arn(self.distribution_id())
    }

    /// Returns the URL of the distribution, with the first custom domain name if there is one.
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

    /// Returns the L1 binding of the distribution.
    pub fn cfn(&self) -> CfnDistribution<'app> {
        self.distribution
    }
}

/// Returns the ARN of a distribution of this account; `*` stands for any.
pub(super) fn distribution_arn<T>(id: T) -> Value<Arn<kind::cloudfront::Distribution>>
where
    T: crate::core::intrinsics::Part,
{
    let (partition, account) = (pseudo::partition(), pseudo::account_id());
    sub![
        "arn:",
        partition,
        ":cloudfront::",
        account,
        ":distribution/",
        id
    ]
    .cast()
}

/// Returns the end of a path, so that it fits into a comment.
fn short_comment(path: &str) -> String {
    let excess = path.chars().count().saturating_sub(128);
    path.chars().skip(excess).collect()
}
