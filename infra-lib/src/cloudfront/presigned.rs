//! A private bucket that a site serves to holders of presigned URLs.

use infra_cfn::cloudfront::distribution::{CacheBehavior, CustomOriginConfig, Origin};
use infra_cfn::cloudfront::origin_request_policy::{
    CookiesConfig, HeadersConfig, OriginRequestPolicyConfig, OriginRequestPolicyConfigRequired,
    QueryStringsConfig,
};
use infra_cfn::cloudfront::{CfnOriginRequestPolicyProps, CfnResponseHeadersPolicy};

use super::{ContentSecurityPolicy, SecurityHeaders, behaviors};
use crate::s3::Bucket;
use crate::unique_name::unique_name;
use crate::{Scope, Value, value};

/// Identifier of the origin with the presigned objects.
const ORIGIN: &str = "Presigned";

/// Objects of a private bucket below a folder of the site, for requests that carry a presigned URL's signature.
#[derive(Clone, Debug)]
pub(super) struct Presigned {
    /// Path pattern of the objects, such as `/files/*`.
    pub(super) pattern: String,
    /// Domain name that S3 signs: the bucket's regional one.
    domain_name: Value<String>,
}

impl Presigned {
    pub(super) fn new(folder: &str, bucket: &Bucket<'_>) -> Self {
        Self {
            pattern: match folder.trim_matches('/') {
                "" => "/*".to_owned(),
                name => format!("/{name}/*"),
            },
            domain_name: bucket.regional_domain_name(),
        }
    }

    /// Returns the origin. S3 checks the signature of the viewer, so CloudFront signs nothing of its own: an origin access control would replace it.
    pub(super) fn build_origin(&self) -> Origin {
        let https = CustomOriginConfig::new("https-only").origin_ssl_protocols(["TLSv1.2"]);
        Origin::new(self.domain_name.clone(), ORIGIN).custom_origin_config(https)
    }

    /// Returns the cache behavior: nothing is cached, and only path and query reach S3. The signature covers the host, which CloudFront sets to the
    /// bucket's, and S3 refuses a request with both a signature and an `Authorization` header.
    pub(super) fn build_behavior(
        &self,
        scope: Scope<'_>,
        headers: &SecurityHeaders,
    ) -> CacheBehavior {
        let policy = OriginRequestPolicyConfig::new(OriginRequestPolicyConfigRequired {
            cookies_config: value(CookiesConfig::new("none")),
            headers_config: value(HeadersConfig::new("none")),
            name: value(unique_name(scope, "PresignedRequestPolicy", 128)),
            query_strings_config: value(QueryStringsConfig::new("all")),
        });
        let policy =
            CfnOriginRequestPolicyProps::new(policy).build(scope, "PresignedRequestPolicy");
        behaviors::build_behavior(&self.pattern, ORIGIN, "https-only")
            .allowed_methods(behaviors::READING)
            .cache_policy_id(behaviors::managed_cache_policy(behaviors::CACHING_DISABLED))
            .origin_request_policy_id(policy.attr_id())
            .response_headers_policy_id(Self::create_headers(scope, headers).attr_id())
    }

    /// Creates the headers of responses: those of the site, with a content security policy under which an object runs and loads nothing.
    fn create_headers<'app>(
        scope: Scope<'app>,
        headers: &SecurityHeaders,
    ) -> CfnResponseHeadersPolicy<'app> {
        headers
            .clone()
            .content_security_policy(ContentSecurityPolicy::sandbox())
            .create_policy(scope, "PresignedHeaders", None)
    }
}
