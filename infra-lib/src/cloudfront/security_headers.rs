//! Security headers of a site's responses.

use infra_cfn::cloudfront::response_headers_policy::{
    ContentSecurityPolicy as CspProperty, ContentTypeOptions, CustomHeader, CustomHeaderRequired,
    CustomHeadersConfig, FrameOptions as FrameOptionsProperty, ReferrerPolicy,
    ResponseHeadersPolicyConfig, SecurityHeadersConfig, StrictTransportSecurity,
};
use infra_cfn::cloudfront::{CfnResponseHeadersPolicy, CfnResponseHeadersPolicyProps};

use super::ContentSecurityPolicy;
use crate::unique_name::unique_name;
use crate::{Duration, Scope, value};

/// Pages that may show the site in a frame.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum FrameOptions {
    /// No page may show the site in a frame.
    #[default]
    Deny,
    /// Pages of the same origin.
    SameOrigin,
}

/// Security headers of a site's responses.
///
/// CloudFront adds none of these. Defaults:
///
/// | header | value |
/// |---|---|
/// | `Content-Security-Policy` | [`ContentSecurityPolicy::strict`] |
/// | `Strict-Transport-Security` | one year, including subdomains |
/// | `X-Frame-Options` | `DENY` |
/// | `X-Content-Type-Options` | `nosniff` |
/// | `Referrer-Policy` | `strict-origin-when-cross-origin` |
/// | `Permissions-Policy` | no camera, geolocation, microphone, payment or USB |
/// | `Cross-Origin-Opener-Policy` | `same-origin` |
/// | `Cross-Origin-Resource-Policy` | `same-origin` |
///
/// ```
/// use infra_lib::cloudfront::{ContentSecurityPolicy, Directive, SecurityHeaders, Source};
///
/// let csp = ContentSecurityPolicy::strict().allow(Directive::Style, Source::UnsafeInline);
/// let headers = SecurityHeaders::strict().content_security_policy(csp).header("Permissions-Policy", "camera=(self)");
/// ```
///
/// See the [OWASP cheat sheet](https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html) and
/// [response headers
/// policies](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-response-headers.html).
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    csp: ContentSecurityPolicy,
    hsts: Duration,
    frames: FrameOptions,
    others: Vec<(String, String)>,
}

impl SecurityHeaders {
    /// Creates the headers with all defaults.
    pub fn strict() -> Self {
        let others = [
            (
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            ),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ];
        Self {
            csp: ContentSecurityPolicy::strict(),
            hsts: Duration::days(365),
            frames: FrameOptions::Deny,
            others: others
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into(),
        }
    }

    /// Sets the content security policy. Default: [`ContentSecurityPolicy::strict`].
    pub fn content_security_policy(mut self, policy: ContentSecurityPolicy) -> Self {
        self.csp = policy;
        self
    }

    /// Sets how long browsers use HTTPS only (`max-age` of `Strict-Transport-Security`). Default: one year.
    pub fn https_only_for(mut self, time: Duration) -> Self {
        self.hsts = time;
        self
    }

    /// Sets the pages that may show the site in a frame. Default: none. Change
    /// [`Directive::FrameAncestors`](super::Directive::FrameAncestors) of the content security policy accordingly.
    pub fn frame_options(mut self, frames: FrameOptions) -> Self {
        self.frames = frames;
        self
    }

    /// Adds a header, or replaces the value of a default one.
    pub fn header(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        match self
            .others
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(&name))
        {
            Some(known) => known.1 = text,
            None => self.others.push((name, text)),
        }
        self
    }

    pub(super) fn check_csp(&self, scope: Scope<'_>) {
        self.csp.check_sources(scope);
    }

    /// Adds a response headers policy with these headers, and with `Cache-Control` if it is given.
    pub(super) fn create_policy<'app>(
        &self,
        scope: Scope<'app>,
        id: &str,
        cache_control: Option<&str>,
    ) -> CfnResponseHeadersPolicy<'app> {
        let frames = match self.frames {
            FrameOptions::Deny => "DENY",
            FrameOptions::SameOrigin => "SAMEORIGIN",
        };
        let security = SecurityHeadersConfig::new()
            .content_security_policy(CspProperty::new(self.csp.to_string(), true))
            .content_type_options(ContentTypeOptions::new(true))
            .frame_options(FrameOptionsProperty::new(frames, true))
            .referrer_policy(ReferrerPolicy::new(true, "strict-origin-when-cross-origin"))
            .strict_transport_security(
                StrictTransportSecurity::new(self.hsts.to_seconds_i64(), true)
                    .include_subdomains(true),
            );
        let cache = cache_control.map(|text| ("Cache-Control".to_owned(), text.to_owned()));
        let headers = self
            .others
            .iter()
            .cloned()
            .chain(cache)
            .map(|(name, text)| {
                CustomHeader::new(CustomHeaderRequired {
                    header: value(name),
                    override_: value(true),
                    value: value(text),
                })
            });
        CfnResponseHeadersPolicyProps::new(
            ResponseHeadersPolicyConfig::new(unique_name(scope, id, 128))
                .security_headers_config(security)
                .custom_headers_config(CustomHeadersConfig::new(headers.collect::<Vec<_>>())),
        )
        .build(scope, id)
    }
}

impl Default for SecurityHeaders {
    fn default() -> Self {
        Self::strict()
    }
}
