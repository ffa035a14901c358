//! Cache behaviors: requests for the bucket and for the API, and their caching.

use infra_cfn::cloudfront::cache_policy::{
    CachePolicyConfig, CachePolicyConfigRequired, CookiesConfig, HeadersConfig,
    ParametersInCacheKeyAndForwardedToOrigin, ParametersInCacheKeyAndForwardedToOriginRequired,
    QueryStringsConfig,
};
use infra_cfn::cloudfront::distribution::{
    CacheBehavior, CacheBehaviorRequired, DefaultCacheBehavior,
    DefaultCacheBehaviorViewerProtocolPolicy, FunctionAssociation,
};
use infra_cfn::cloudfront::{CfnCachePolicyProps, CfnFunction, CfnResponseHeadersPolicy};

use super::props::CloudFrontSiteProps;
use super::routing::create_asset_caching;
use crate::unique_name::unique_name;
use crate::{Diagnostic, Id, Scope, Value, codes, kind, value};

/// ID of the origin with the pages.
pub(super) const PAGES: &str = "Pages";
/// ID of the origin with the API.
pub(super) const API: &str = "Api";

// Managed policies of AWS by ID:
// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html>
// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html>
const CACHING_OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
pub(super) const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST_HEADER: &str = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

pub(super) const READING: [&str; 2] = ["GET", "HEAD"];
const ALL_METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

/// Returns the default behavior, for requests to neither assets nor the API: CloudFront and browsers always
/// revalidate with the bucket.
pub(super) fn pages_behavior(
    props: &CloudFrontSiteProps<'_>,
    scope: Scope<'_>,
) -> DefaultCacheBehavior {
    let headers = props
        .security_headers
        .create_policy(scope, "PageHeaders", Some("no-cache"));
    let behavior = DefaultCacheBehavior::new(
        PAGES,
        DefaultCacheBehaviorViewerProtocolPolicy::REDIRECT_TO_HTTPS,
    )
    .allowed_methods(READING)
    .compress(true)
    .cache_policy_id(revalidating_policy(scope))
    .response_headers_policy_id(headers.attr_id());
    match props.routing.create_rewrite(scope, &props.api_paths) {
        Some(function) => {
            behavior.function_associations(vec![associate_function("viewer-request", function)])
        }
        None => behavior,
    }
}

/// Returns the behaviors for the paths of the API, then for assets.
pub(super) fn other_behaviors(
    props: &CloudFrontSiteProps<'_>,
    scope: Scope<'_>,
) -> Vec<CacheBehavior> {
    let headers = props.security_headers.create_policy(scope, "Headers", None);
    let mut behaviors = Vec::new();
    if props.api.is_some() {
        behaviors.extend(
            props
                .api_paths
                .iter()
                .map(|path| api_behavior(path, headers)),
        );
    }
    if let Some(presigned) = &props.presigned {
        behaviors.push(presigned.build_behavior(scope, &props.security_headers));
    }
    let function = create_asset_caching(scope);
    behaviors.push(
        build_behavior(&props.assets_path, PAGES, "redirect-to-https")
            .allowed_methods(READING)
            .compress(true)
            .cache_policy_id(managed_cache_policy(CACHING_OPTIMIZED))
            .response_headers_policy_id(headers.attr_id())
            .function_associations(vec![associate_function("viewer-response", function)]),
    );
    behaviors
}

/// Returns the behavior of an API path. Requests without TLS are refused instead of redirected, because their content
/// has already been exposed.
fn api_behavior(path: &str, headers: CfnResponseHeadersPolicy<'_>) -> CacheBehavior {
    build_behavior(path, API, "https-only")
        .allowed_methods(ALL_METHODS)
        .cache_policy_id(managed_cache_policy(CACHING_DISABLED))
        .origin_request_policy_id(value::<Id<kind::cloudfront::OriginRequestPolicy>>(
            ALL_VIEWER_EXCEPT_HOST_HEADER,
        ))
        .response_headers_policy_id(headers.attr_id())
}

pub(super) fn build_behavior(path: &str, origin: &str, protocol: &str) -> CacheBehavior {
    CacheBehavior::new(CacheBehaviorRequired {
        path_pattern: value(path),
        target_origin_id: value(origin),
        viewer_protocol_policy: value(protocol),
    })
}

pub(super) fn managed_cache_policy(id: &str) -> Value<Id<kind::cloudfront::CachePolicy>> {
    value(id)
}

fn associate_function(event: &str, function: CfnFunction<'_>) -> FunctionAssociation {
    FunctionAssociation::new()
        .event_type(event)
        .function_arn(function.attr_function_arn())
}

/// Returns a cache policy that keeps objects at the edge but revalidates each request. The managed policy without
/// caching does not compress.
fn revalidating_policy(scope: Scope<'_>) -> Value<Id<kind::cloudfront::CachePolicy>> {
    let key = ParametersInCacheKeyAndForwardedToOrigin::new(
        ParametersInCacheKeyAndForwardedToOriginRequired {
            cookies_config: value(CookiesConfig::new("none")),
            enable_accept_encoding_gzip: value(true),
            headers_config: value(HeadersConfig::new("none")),
            query_strings_config: value(QueryStringsConfig::new("none")),
        },
    )
    .enable_accept_encoding_brotli(true);
    let config = CachePolicyConfig::new(CachePolicyConfigRequired {
        default_ttl: value(0),
        max_ttl: value(86_400),
        min_ttl: value(0),
        name: value(unique_name(scope, "PageCachePolicy", 128)),
        parameters_in_cache_key_and_forwarded_to_origin: value(key),
    });
    CfnCachePolicyProps::new(config)
        .build(scope, "PageCachePolicy")
        .attr_id()
}

/// Reports a path that CloudFront refuses, or that would cover the pages of the site (`INF4531`).
pub(super) fn check_paths<'p>(
    paths: impl IntoIterator<Item = &'p str>,
    what: &str,
    scope: Scope<'_>,
) {
    for path in paths {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_-.*$/~\"'@:+&".contains(c);
        let shape = path.len() <= 255 && path.starts_with('/') && path.chars().all(allowed);
        if !shape || path == "/*" || path == "/" {
            scope.report(
                Diagnostic::new(codes::API_PATH, format!("`{path}` is not a valid path pattern for {what}"))
                    .property("DistributionConfig.CacheBehaviors.PathPattern")
                    .actual(path)
                    .expected("a path that starts with `/`, such as `/api/*`, that does not match all paths")
                    .url("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern"),
            );
        }
    }
}
