//! Headers that make browsers careful with a site.

use infra_cfn::cloudfront::response_headers_policy::{
    ContentSecurityPolicy as CspProperty, ContentTypeOptions, CustomHeader, CustomHeaderRequired,
    CustomHeadersConfig, FrameOptions as FrameOptionsProperty, ReferrerPolicy,
    ResponseHeadersPolicyConfig, SecurityHeadersConfig, StrictTransportSecurity,
};
use infra_cfn::cloudfront::{CfnResponseHeadersPolicy, CfnResponseHeadersPolicyProps};

use super::ContentSecurityPolicy;
use crate::unique_name::unique_name;
use crate::{Duration, Scope, value};

/// Who may show the pages of a site in a frame.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum FrameOptions {
    /// Nobody.
    #[default]
    Deny,
    /// Pages of the same site.
    SameOrigin,
}

/// Headers that make browsers careful with a site.
///
/// By default: a strict [`ContentSecurityPolicy`], HTTPS only for a year with all subdomains, no frames, no guessing
/// of content types, no referrer to other sites, no camera, microphone, location, payment or USB, and no window shared
/// with other sites. CloudFront by itself adds none of them.
///
/// ```
/// use infra_lib::cloudfront::{ContentSecurityPolicy, Directive, SecurityHeaders, Source};
///
/// let csp = ContentSecurityPolicy::strict().allow(Directive::Style, Source::UnsafeInline);
/// let headers = SecurityHeaders::strict().content_security_policy(csp).header("Permissions-Policy", "camera=(self)");
/// ```
///
/// See the [OWASP cheat sheet](https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html).
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    csp: ContentSecurityPolicy,
    hsts: Duration,
    frames: FrameOptions,
    others: Vec<(String, String)>,
}

impl SecurityHeaders {
    /// All defaults.
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

    /// The content security policy. Default: the strict one.
    pub fn content_security_policy(mut self, policy: ContentSecurityPolicy) -> Self {
        self.csp = policy;
        self
    }

    /// For how long browsers use HTTPS only. Default: a year.
    pub fn https_only_for(mut self, time: Duration) -> Self {
        self.hsts = time;
        self
    }

    /// Who may show pages in a frame. Default: nobody. Allow it in the content security policy too.
    pub fn frame_options(mut self, frames: FrameOptions) -> Self {
        self.frames = frames;
        self
    }

    /// Another header, or another text for one of the defaults.
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

    pub(super) fn check(&self, scope: Scope<'_>) {
        self.csp.check(scope);
    }

    /// A policy with these headers; `Cache-Control` too, where it is given.
    pub(super) fn policy<'app>(
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
