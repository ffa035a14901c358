//! Policies of cache behaviors: what CloudFront caches by and what it sends to origins.

use infra_cfn::cloudfront::cache_policy::{
    CachePolicyConfig, CachePolicyConfigRequired, CookiesConfig, HeadersConfig,
    ParametersInCacheKeyAndForwardedToOrigin, ParametersInCacheKeyAndForwardedToOriginRequired,
    QueryStringsConfig,
};
use infra_cfn::cloudfront::origin_request_policy as request;
use infra_cfn::cloudfront::{
    CfnCachePolicy, CfnCachePolicyProps, CfnOriginRequestPolicy, CfnOriginRequestPolicyProps,
    CfnResponseHeadersPolicy,
};

use super::SecurityHeaders;
use crate::construct::With;
use crate::unique_name::unique_name;
use crate::{Diagnostic, Duration, Id, Scope, Value, codes, kind, value};

/// Cookies or query parameters of a request.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Parameters {
    /// None.
    #[default]
    None,
    /// All.
    All,
    /// Those with these names.
    Only(Vec<String>),
    /// All but those with these names.
    AllExcept(Vec<String>),
}

impl Parameters {
    /// Returns those with names.
    pub fn only(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Only(names.into_iter().map(Into::into).collect())
    }

    /// Returns all but those with names.
    pub fn all_except(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::AllExcept(names.into_iter().map(Into::into).collect())
    }

    fn parts(self) -> (&'static str, Option<Vec<String>>) {
        match self {
            Self::None => ("none", None),
            Self::All => ("all", None),
            Self::Only(names) => ("whitelist", Some(names)),
            Self::AllExcept(names) => ("allExcept", Some(names)),
        }
    }
}

/// Headers of viewers that CloudFront sends to origins.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ForwardedHeaders {
    /// None.
    #[default]
    None,
    /// All headers of the viewer, with `Host`. Buckets, APIs and URLs of functions refuse another host.
    All,
    /// All headers of the viewer, and headers of CloudFront with these names.
    AllAnd(Vec<String>),
    /// All headers of the viewer but those with these names.
    AllExcept(Vec<String>),
    /// Headers with these names.
    Only(Vec<String>),
}

/// Implements the trait of a policy for its construct and for the ID of an existing one.
macro_rules! policy_trait {
    ($trait:ident::$method:ident, $construct:ident, $managed:ident) => {
        impl<T: $trait> $trait for &T {
            fn $method(&self) -> Value<Id<kind::cloudfront::$construct>> {
                (**self).$method()
            }
        }

        impl $trait for $construct<'_> {
            fn $method(&self) -> Value<Id<kind::cloudfront::$construct>> {
                self.resource.attr_id()
            }
        }

        impl $trait for $managed {
            fn $method(&self) -> Value<Id<kind::cloudfront::$construct>> {
                value(self.id())
            }
        }

        /// An existing policy, by its ID.
        impl $trait for Value<Id<kind::cloudfront::$construct>> {
            fn $method(&self) -> Self {
                self.clone()
            }
        }
    };
}

/// A cache policy for behaviors: a [`CachePolicy`], a [`ManagedCachePolicy`] or the ID of an existing one.
pub trait AsCachePolicy {
    /// Returns the ID of the policy.
    fn cache_policy_id(&self) -> Value<Id<kind::cloudfront::CachePolicy>>;
}

policy_trait!(
    AsCachePolicy::cache_policy_id,
    CachePolicy,
    ManagedCachePolicy
);

/// An origin request policy for behaviors: an [`OriginRequestPolicy`], a [`ManagedOriginRequestPolicy`] or the ID of an
/// existing one.
pub trait AsOriginRequestPolicy {
    /// Returns the ID of the policy.
    fn origin_request_policy_id(&self) -> Value<Id<kind::cloudfront::OriginRequestPolicy>>;
}

policy_trait!(
    AsOriginRequestPolicy::origin_request_policy_id,
    OriginRequestPolicy,
    ManagedOriginRequestPolicy
);

/// A response headers policy for behaviors: a [`ResponseHeadersPolicy`], a [`ManagedResponseHeadersPolicy`] or the ID of
/// an existing one.
pub trait AsResponseHeadersPolicy {
    /// Returns the ID of the policy.
    fn response_headers_policy_id(&self) -> Value<Id<kind::cloudfront::ResponseHeadersPolicy>>;
}

policy_trait!(
    AsResponseHeadersPolicy::response_headers_policy_id,
    ResponseHeadersPolicy,
    ManagedResponseHeadersPolicy
);

/// A cache policy of AWS.
///
/// See [managed cache
/// policies](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ManagedCachePolicy {
    /// Caches by path alone, for a day unless the origin says otherwise, and compresses.
    CachingOptimized,
    /// Caches nothing.
    CachingDisabled,
    /// Caches by path, host and query as the `Cache-Control` of the origin says.
    UseOriginCacheControlHeadersAndQueryStrings,
}

impl ManagedCachePolicy {
    const fn id(self) -> &'static str {
        match self {
            Self::CachingOptimized => "658327ea-f89d-4fab-a63d-7e88639e58f6",
            Self::CachingDisabled => "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            Self::UseOriginCacheControlHeadersAndQueryStrings => {
                "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
            }
        }
    }
}

/// An origin request policy of AWS.
///
/// See [managed origin request
/// policies](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ManagedOriginRequestPolicy {
    /// Sends everything of the viewer, with its `Host`.
    AllViewer,
    /// Sends everything of the viewer but `Host`, for APIs and URLs of functions.
    AllViewerExceptHostHeader,
    /// Sends the headers of a cross-origin request, for buckets.
    CorsS3Origin,
}

impl ManagedOriginRequestPolicy {
    const fn id(self) -> &'static str {
        match self {
            Self::AllViewer => "216adef6-5c7f-47e4-b989-5492eafa07d3",
            Self::AllViewerExceptHostHeader => "b689b0a8-53d0-40ab-baf2-68738e2966ac",
            Self::CorsS3Origin => "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
        }
    }
}

/// A response headers policy of AWS.
///
/// See [managed response headers
/// policies](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ManagedResponseHeadersPolicy {
    /// Adds headers with which browsers protect the page, unless the origin sends them.
    SecurityHeaders,
    /// Allows requests of all other origins.
    SimpleCors,
    /// Both.
    CorsAndSecurityHeaders,
}

impl ManagedResponseHeadersPolicy {
    const fn id(self) -> &'static str {
        match self {
            Self::SecurityHeaders => "67f7725c-6f97-4210-82d7-5512b31e9d03",
            Self::SimpleCors => "60669652-455b-4ae9-85a4-c4c02393f86c",
            Self::CorsAndSecurityHeaders => "e61eb60c-9c35-4d20-a928-2b84e02af89c",
        }
    }
}

crate::construct! {
    /// A cache policy: the parts of a request that CloudFront caches by and sends to the origin, and the times for which it
    /// caches.
    ///
    /// Creates an
    /// [`AWS::CloudFront::CachePolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-cachepolicy.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | headers, cookies and query | none | required |
    /// | compression | gzip and Brotli | required |
    /// | times | at least 0, by default a day, at most a year | required |
    /// | name | from stack and construct | required |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{CachePolicy, Parameters};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// CachePolicy::builder()
    ///     .query(Parameters::only(["page"]))
    ///     .default_ttl(Duration::minutes(5))
    ///     .build(stack, "Pages");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct CachePolicy<'app>: "infra-lib.cloudfront.CachePolicy" {
        resource: CfnCachePolicy<'app>,
    }

    /// Properties of a [`CachePolicy`], set through [`CachePolicy::builder`].
    pub struct CachePolicyProps, CachePolicyBuilder, cache_policy_builder {
        /// Headers of the cache key.
        list headers: String,
        /// Name of the policy. Default: from stack and construct (CloudFormation: required).
        text policy_name,
        /// Comment on the policy. Default: none.
        text comment,
        /// Cookies of the cache key. Default: none (CloudFormation: required).
        default cookies: Parameters = Parameters::None,
        /// Query parameters of the cache key. Default: none (CloudFormation: required).
        default query: Parameters = Parameters::None,
        /// Least time for which CloudFront caches, whatever the origin says. Default: 0.
        default min_ttl: Duration = Duration::seconds(0),
        /// Time for which CloudFront caches if the origin does not say. Default: a day.
        default default_ttl: Duration = Duration::days(1),
        /// Longest time for which CloudFront caches. Default: a year.
        default max_ttl: Duration = Duration::days(365),
    }
}

impl<S: cache_policy_builder::State> CachePolicyBuilder<'_, S> {
    /// Adds a header to the cache key.
    pub fn header(mut self, name: impl Into<String>) -> Self {
        self.headers.push(name.into());
        self
    }
}

impl<'app> CachePolicy<'app> {
    fn create(scope: Scope<'app>, props: CachePolicyProps<'app>) -> Self {
        let [min, default, max] = [props.min_ttl, props.default_ttl, props.max_ttl];
        if min > default || default > max {
            scope.report(
                Diagnostic::new(codes::CACHE_TIMES, "the times of a cache policy contradict each other")
                    .property("CachePolicyConfig.DefaultTTL")
                    .actual(format!(
                        "min {} s, default {} s, max {} s",
                        min.as_seconds(),
                        default.as_seconds(),
                        max.as_seconds()
                    ))
                    .expected("`min_ttl` ≤ `default_ttl` ≤ `max_ttl`")
                    .url("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html"),
            );
        }
        let (cookies, cookie_names) = props.cookies.parts();
        let (query, query_names) = props.query.parts();
        let headers = HeadersConfig::new(if props.headers.is_empty() {
            "none"
        } else {
            "whitelist"
        });
        let names = (!props.headers.is_empty()).then_some(props.headers);
        let key = ParametersInCacheKeyAndForwardedToOrigin::new(
            ParametersInCacheKeyAndForwardedToOriginRequired {
                cookies_config: value(
                    CookiesConfig::new(cookies).with(cookie_names, CookiesConfig::cookies),
                ),
                enable_accept_encoding_gzip: value(true),
                headers_config: value(headers.with(names, HeadersConfig::headers)),
                query_strings_config: value(
                    QueryStringsConfig::new(query)
                        .with(query_names, QueryStringsConfig::query_strings),
                ),
            },
        )
        .enable_accept_encoding_brotli(true);
        let name = props
            .policy_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let config = CachePolicyConfig::new(CachePolicyConfigRequired {
            default_ttl: value(default.to_seconds_i64()),
            max_ttl: value(max.to_seconds_i64()),
            min_ttl: value(min.to_seconds_i64()),
            name,
            parameters_in_cache_key_and_forwarded_to_origin: value(key),
        })
        .with(props.comment, CachePolicyConfig::comment);
        let resource = CfnCachePolicyProps::new(config).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the L1 binding of the policy.
    pub fn cfn(&self) -> CfnCachePolicy<'app> {
        self.resource
    }
}

crate::construct! {
    /// An origin request policy: parts of a request that CloudFront sends to the origin without caching by them.
    ///
    /// Creates an
    /// [`AWS::CloudFront::OriginRequestPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originrequestpolicy.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | headers, cookies and query | none | required |
    /// | name | from stack and construct | required |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{ForwardedHeaders, OriginRequestPolicy, Parameters};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// OriginRequestPolicy::builder()
    ///     .headers(ForwardedHeaders::Only(vec!["CloudFront-Viewer-Country".to_owned()]))
    ///     .query(Parameters::All)
    ///     .build(stack, "Requests");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct OriginRequestPolicy<'app>: "infra-lib.cloudfront.OriginRequestPolicy" {
        resource: CfnOriginRequestPolicy<'app>,
    }

    /// Properties of an [`OriginRequestPolicy`], set through [`OriginRequestPolicy::builder`].
    pub struct OriginRequestPolicyProps, OriginRequestPolicyBuilder, origin_request_policy_builder {
        /// Name of the policy. Default: from stack and construct (CloudFormation: required).
        text policy_name,
        /// Comment on the policy. Default: none.
        text comment,
        /// Headers that are sent. Default: none (CloudFormation: required).
        default headers: ForwardedHeaders = ForwardedHeaders::None,
        /// Cookies that are sent. Default: none (CloudFormation: required).
        default cookies: Parameters = Parameters::None,
        /// Query parameters that are sent. Default: none (CloudFormation: required).
        default query: Parameters = Parameters::None,
    }
}

impl<'app> OriginRequestPolicy<'app> {
    fn create(scope: Scope<'app>, props: OriginRequestPolicyProps<'app>) -> Self {
        let (headers, names) = match props.headers {
            ForwardedHeaders::None => ("none", None),
            ForwardedHeaders::All => ("allViewer", None),
            ForwardedHeaders::AllAnd(names) => ("allViewerAndWhitelistCloudFront", Some(names)),
            ForwardedHeaders::AllExcept(names) => ("allExcept", Some(names)),
            ForwardedHeaders::Only(names) => ("whitelist", Some(names)),
        };
        let (cookies, cookie_names) = props.cookies.parts();
        let (query, query_names) = props.query.parts();
        let name = props
            .policy_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let config =
            request::OriginRequestPolicyConfig::new(request::OriginRequestPolicyConfigRequired {
                cookies_config: value(
                    CookiesConfig::new(cookies).with(cookie_names, CookiesConfig::cookies),
                ),
                headers_config: value(
                    HeadersConfig::new(headers).with(names, HeadersConfig::headers),
                ),
                name,
                query_strings_config: value(
                    QueryStringsConfig::new(query)
                        .with(query_names, QueryStringsConfig::query_strings),
                ),
            })
            .with(props.comment, request::OriginRequestPolicyConfig::comment);
        let resource = CfnOriginRequestPolicyProps::new(config).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the L1 binding of the policy.
    pub fn cfn(&self) -> CfnOriginRequestPolicy<'app> {
        self.resource
    }
}

crate::construct! {
    /// A response headers policy: headers that CloudFront adds to responses.
    ///
    /// Creates an
    /// [`AWS::CloudFront::ResponseHeadersPolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-responseheaderspolicy.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | security headers | [`SecurityHeaders::strict`] | none |
    /// | name | from stack and construct | required |
    ///
    /// A content security policy that lets injected scripts run is reported (`INF4530`).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{ResponseHeadersPolicy, SecurityHeaders};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// ResponseHeadersPolicy::builder()
    ///     .headers(SecurityHeaders::strict().header("X-Team", "shop"))
    ///     .build(stack, "Headers");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ResponseHeadersPolicy<'app>: "infra-lib.cloudfront.ResponseHeadersPolicy" {
        resource: CfnResponseHeadersPolicy<'app>,
    }

    /// Properties of a [`ResponseHeadersPolicy`], set through [`ResponseHeadersPolicy::builder`].
    pub struct ResponseHeadersPolicyProps, ResponseHeadersPolicyBuilder, response_headers_policy_builder {
        /// Headers. Default: [`SecurityHeaders::strict`] (CloudFormation: none).
        default headers: SecurityHeaders = SecurityHeaders::strict(),
    }
}

impl<'app> ResponseHeadersPolicy<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`construct!` passes the properties by value"
    )]
    fn create(scope: Scope<'app>, props: ResponseHeadersPolicyProps<'app>) -> Self {
        props.headers.check_csp(scope);
        let resource = props.headers.create_policy(scope, "Resource", None);
        Self { scope, resource }
    }

    /// Returns the L1 binding of the policy.
    pub fn cfn(&self) -> CfnResponseHeadersPolicy<'app> {
        self.resource
    }
}
