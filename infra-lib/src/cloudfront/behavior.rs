//! Behaviors: how a distribution answers the requests of a path.

use infra_cfn::cloudfront::distribution::{
    CacheBehavior, CacheBehaviorRequired, DefaultCacheBehavior, FunctionAssociation,
    LambdaFunctionAssociation,
};

use super::policies::{AsCachePolicy, AsOriginRequestPolicy, AsResponseHeadersPolicy};
use super::{
    AsFunction, AsKeyGroup, FunctionRef, KeyGroupRef, ManagedCachePolicy,
    ManagedOriginRequestPolicy, ManagedResponseHeadersPolicy, Origin,
};
use crate::construct::With;
use crate::lambda::Version;
use crate::{Id, Value, kind, value};

/// Protocols that viewers may use.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ViewerProtocol {
    /// HTTPS; requests over HTTP are redirected to it.
    #[default]
    RedirectToHttps,
    /// HTTPS; requests over HTTP are refused.
    HttpsOnly,
    /// HTTP and HTTPS.
    AllowAll,
}

/// Methods that a behavior accepts.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AllowedMethods {
    /// `GET` and `HEAD`.
    #[default]
    Read,
    /// `GET`, `HEAD` and `OPTIONS`, which is cached as well.
    ReadAndOptions,
    /// All methods: `GET`, `HEAD`, `OPTIONS`, `PUT`, `PATCH`, `POST` and `DELETE`.
    All,
}

/// Point at which a function sees a request or a response.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FunctionEvent {
    /// Each request of a viewer, before the cache.
    ViewerRequest,
    /// Each response to a viewer.
    ViewerResponse,
    /// Each request to the origin, which the cache could not answer. Only for Lambda@Edge.
    OriginRequest,
    /// Each response of the origin. Only for Lambda@Edge.
    OriginResponse,
}

impl FunctionEvent {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::ViewerRequest => "viewer-request",
            Self::ViewerResponse => "viewer-response",
            Self::OriginRequest => "origin-request",
            Self::OriginResponse => "origin-response",
        }
    }

    pub(super) const fn is_viewer(self) -> bool {
        matches!(self, Self::ViewerRequest | Self::ViewerResponse)
    }
}

/// The behavior of a [`Distribution`](super::Distribution) for requests: of a path, or of all others.
///
/// | property | here | CloudFront |
/// |---|---|---|
/// | HTTP requests | redirected to HTTPS | required |
/// | methods | `GET` and `HEAD` | `GET` and `HEAD` |
/// | caching | by path alone, a day unless the origin says otherwise | required |
/// | compression | on | off |
/// | headers of responses | security headers, unless the origin sends them | none |
///
/// ```
/// use infra_lib::cloudfront::{Behavior, Origin};
///
/// let api = Behavior::uncached(Origin::https("api.example.com"));
/// ```
#[derive(Clone, Debug)]
pub struct Behavior<'app> {
    pub(super) origin: Origin<'app>,
    protocol: ViewerProtocol,
    pub(super) methods: AllowedMethods,
    cache_policy: Value<Id<kind::cloudfront::CachePolicy>>,
    origin_request_policy: Option<Value<Id<kind::cloudfront::OriginRequestPolicy>>>,
    response_headers_policy: Option<Value<Id<kind::cloudfront::ResponseHeadersPolicy>>>,
    compress: bool,
    pub(super) functions: Vec<(FunctionEvent, FunctionRef<'app>)>,
    pub(super) edge_functions: Vec<(FunctionEvent, Version<'app>)>,
    key_groups: Vec<KeyGroupRef<'app>>,
}

impl<'app> Behavior<'app> {
    /// Creates the behavior for content that can be cached.
    pub fn new(origin: Origin<'app>) -> Self {
        Self {
            origin,
            protocol: ViewerProtocol::default(),
            methods: AllowedMethods::default(),
            cache_policy: ManagedCachePolicy::CachingOptimized.cache_policy_id(),
            origin_request_policy: None,
            response_headers_policy: Some(
                ManagedResponseHeadersPolicy::SecurityHeaders.response_headers_policy_id(),
            ),
            compress: true,
            functions: Vec::new(),
            edge_functions: Vec::new(),
            key_groups: Vec::new(),
        }
    }

    /// Creates the behavior for an API: all methods over HTTPS only, nothing cached, and everything of the viewer sent to
    /// the origin but `Host`.
    pub fn uncached(origin: Origin<'app>) -> Self {
        Self::new(origin)
            .viewer_protocol(ViewerProtocol::HttpsOnly)
            .methods(AllowedMethods::All)
            .cache_policy(ManagedCachePolicy::CachingDisabled)
            .origin_request_policy(ManagedOriginRequestPolicy::AllViewerExceptHostHeader)
            .uncompressed()
    }

    /// Sets the protocols of viewers. Default: HTTPS, to which HTTP is redirected.
    pub fn viewer_protocol(mut self, protocol: ViewerProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Sets the methods that are accepted. Default: `GET` and `HEAD`, as in CloudFront. A group of origins excludes all
    /// methods (`INF4072`).
    pub fn methods(mut self, methods: AllowedMethods) -> Self {
        self.methods = methods;
        self
    }

    /// Sets the cache policy. Default: [`ManagedCachePolicy::CachingOptimized`].
    pub fn cache_policy(mut self, policy: impl AsCachePolicy) -> Self {
        self.cache_policy = policy.cache_policy_id();
        self
    }

    /// Sets the origin request policy. Default: none; the origin receives the cache key and a few headers of CloudFront.
    pub fn origin_request_policy(mut self, policy: impl AsOriginRequestPolicy) -> Self {
        self.origin_request_policy = Some(policy.origin_request_policy_id());
        self
    }

    /// Sets the response headers policy. Default: [`ManagedResponseHeadersPolicy::SecurityHeaders`] (CloudFront: none).
    pub fn response_headers_policy(mut self, policy: impl AsResponseHeadersPolicy) -> Self {
        self.response_headers_policy = Some(policy.response_headers_policy_id());
        self
    }

    /// Leaves the headers of responses as the origin sends them.
    pub fn without_response_headers_policy(mut self) -> Self {
        self.response_headers_policy = None;
        self
    }

    /// Leaves responses uncompressed. Default: CloudFront compresses with gzip or Brotli (CloudFront: uncompressed).
    pub fn uncompressed(mut self) -> Self {
        self.compress = false;
        self
    }

    /// Runs a function of CloudFront on an event of viewers. A second one on the same event, an event of the origin, and a
    /// combination with Lambda@Edge on viewers are reported (`INF4073`).
    pub fn function(mut self, event: FunctionEvent, function: impl AsFunction<'app>) -> Self {
        self.functions.push((event, function.as_function()));
        self
    }

    /// Runs a published version of a function as Lambda@Edge, and lets Lambda@Edge assume its role. A function outside
    /// `us-east-1` is reported (`INF4074`), a second one on the same event as well (`INF4073`). Its logs are in a log group of
    /// each region where it runs, for which the role needs permissions of its own.
    pub fn edge_function(mut self, event: FunctionEvent, version: &Version<'app>) -> Self {
        self.edge_functions.push((event, *version));
        self
    }

    /// Accepts only signed URLs and cookies, signed with a key of a group. Several groups may be added. Default: unsigned
    /// requests are accepted.
    pub fn trusted_key_group(mut self, group: impl AsKeyGroup<'app>) -> Self {
        self.key_groups.push(group.as_key_group());
        self
    }
}

/// Sets the properties that behaviors of both types have.
macro_rules! set_properties {
    ($cfn:expr, $behavior:expr, $type:ident) => {{
        let behavior = $behavior;
        let (allowed, cached) = behavior.method_names();
        $cfn.with(allowed, $type::allowed_methods)
            .with(cached, $type::cached_methods)
            .compress(behavior.compress)
            .cache_policy_id(&behavior.cache_policy)
            .with(
                behavior.origin_request_policy.clone(),
                $type::origin_request_policy_id,
            )
            .with(
                behavior.response_headers_policy.clone(),
                $type::response_headers_policy_id,
            )
            .with(
                behavior.function_associations(),
                $type::function_associations,
            )
            .with(
                behavior.edge_associations(),
                $type::lambda_function_associations,
            )
            .with(behavior.key_group_ids(), $type::trusted_key_groups)
    }};
}

impl Behavior<'_> {
    pub(super) fn default_property(&self, origin_id: &str) -> DefaultCacheBehavior {
        use infra_cfn::cloudfront::distribution::DefaultCacheBehaviorViewerProtocolPolicy as Protocol;
        let protocol = match self.protocol {
            ViewerProtocol::RedirectToHttps => Protocol::REDIRECT_TO_HTTPS,
            ViewerProtocol::HttpsOnly => Protocol::HTTPS_ONLY,
            ViewerProtocol::AllowAll => Protocol::ALLOW_ALL,
        };
        let cfn = DefaultCacheBehavior::new(origin_id, protocol);
        set_properties!(cfn, self, DefaultCacheBehavior)
    }

    pub(super) fn path_property(&self, path: &str, origin_id: &str) -> CacheBehavior {
        let cfn = CacheBehavior::new(CacheBehaviorRequired {
            path_pattern: value(path),
            target_origin_id: value(origin_id),
            viewer_protocol_policy: value(match self.protocol {
                ViewerProtocol::RedirectToHttps => "redirect-to-https",
                ViewerProtocol::HttpsOnly => "https-only",
                ViewerProtocol::AllowAll => "allow-all",
            }),
        });
        set_properties!(cfn, self, CacheBehavior)
    }

    fn method_names(&self) -> (Option<Vec<&'static str>>, Option<Vec<&'static str>>) {
        match self.methods {
            AllowedMethods::Read => (None, None),
            AllowedMethods::ReadAndOptions => (
                Some(vec!["GET", "HEAD", "OPTIONS"]),
                Some(vec!["GET", "HEAD", "OPTIONS"]),
            ),
            AllowedMethods::All => (
                Some(vec![
                    "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE",
                ]),
                None,
            ),
        }
    }

    fn function_associations(&self) -> Option<Vec<FunctionAssociation>> {
        let associations = self.functions.iter().map(|(event, function)| {
            FunctionAssociation::new()
                .event_type(event.as_str())
                .function_arn(function.arn())
        });
        some_items(associations)
    }

    fn edge_associations(&self) -> Option<Vec<LambdaFunctionAssociation>> {
        let associations = self.edge_functions.iter().map(|(event, version)| {
            LambdaFunctionAssociation::new()
                .event_type(event.as_str())
                .lambda_function_arn(version.arn())
        });
        some_items(associations)
    }

    fn key_group_ids(&self) -> Option<Vec<Value<Id<kind::cloudfront::KeyGroup>>>> {
        some_items(self.key_groups.iter().map(KeyGroupRef::key_group_id))
    }
}

/// Returns the items, or `None` if there are none.
fn some_items<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}
