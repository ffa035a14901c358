//! Amazon CloudFront: distributions before any origins, and sites with static files and an API under the same address.
//!
//! [`Distribution`] answers requests by a [`Behavior`] for each path, from an [`Origin`]. [`CachePolicy`],
//! [`OriginRequestPolicy`] and [`ResponseHeadersPolicy`] say what is cached, sent and answered; a [`Function`] runs for each
//! request, and a [`KeyGroup`] accepts signed URLs only.
//!
//! [`CloudFrontSite`] is a distribution for a website. [`ApiOrigin`] connects it to an API, [`Domain`] gives it custom names,
//! [`SecurityHeaders`] and [`ContentSecurityPolicy`] set its response headers, and [`DistributionLogs`] delivers its
//! access logs.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#cloudfront).

mod access;
mod access_logs;
mod behavior;
mod behavior_checks;
mod behaviors;
mod csp;
mod distribution;
mod domain;
mod function;
mod imported;
mod imported_parts;
mod keys;
mod metrics;
mod origin;
mod origin_facing;
mod origins;
mod policies;
mod presigned;
mod props;
mod routing;
mod security_headers;
mod site;

pub use access_logs::{DistributionLogs, DistributionLogsBuilder, DistributionLogsProps, SiteLogs};
pub use behavior::{AllowedMethods, Behavior, FunctionEvent, ViewerProtocol};
pub use csp::{ContentSecurityPolicy, Directive, Source};
pub use distribution::{
    AdditionalMetrics, Distribution, DistributionBuilder, DistributionProps, ErrorResponse,
    HttpVersion,
};
pub use domain::{Domain, TlsVersion};
pub use function::{
    AsKeyValueStore, Function, FunctionBuilder, FunctionProps, ImportedKeyValueStore,
    KeyValueStore, KeyValueStoreBuilder, KeyValueStoreProps, KeyValueStoreRef,
};
pub use imported::{AsDistribution, DistributionRef, ImportedDistribution};
pub use imported_parts::{
    AsFunction, AsKeyGroup, AsPublicKey, FunctionRef, ImportedFunction, ImportedKeyGroup,
    ImportedPublicKey, KeyGroupRef, PublicKeyRef,
};
pub use keys::{
    KeyGroup, KeyGroupBuilder, KeyGroupProps, PublicKey, PublicKeyBuilder, PublicKeyProps,
};
pub use origin::ApiOrigin;
pub use origins::Origin;
pub use policies::{
    AsCachePolicy, AsOriginRequestPolicy, AsResponseHeadersPolicy, CachePolicy, CachePolicyBuilder,
    CachePolicyProps, ForwardedHeaders, ManagedCachePolicy, ManagedOriginRequestPolicy,
    ManagedResponseHeadersPolicy, OriginRequestPolicy, OriginRequestPolicyBuilder,
    OriginRequestPolicyProps, Parameters, ResponseHeadersPolicy, ResponseHeadersPolicyBuilder,
    ResponseHeadersPolicyProps,
};
pub use props::{CloudFrontSiteBuilder, CloudFrontSiteProps, GeoRestriction, PriceClass};
pub use routing::Routing;
pub use security_headers::{FrameOptions, SecurityHeaders};
pub use site::CloudFrontSite;
