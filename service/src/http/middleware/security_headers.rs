//! Security headers that tell browsers how to treat responses.

use poem::http::{HeaderName, HeaderValue, header};
use poem::{Endpoint, Request, Response, Result};

use super::Transport;

/// Headers for responses that browsers must not execute, frame or cache: all except pages, which set headers of their own.
const DEFAULTS: [(HeaderName, HeaderValue); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    // Keeps other sites from embedding responses; it does not affect requests that CORS permits.
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

/// Two years, as the preload list of browsers recommends. Subdomains are not included, because they belong to others.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Middleware that adds the headers that a response does not set itself.
pub(super) struct SecurityHeaders<E> {
    pub(super) inner: E,
    pub(super) transport: Transport,
}

impl<E: Endpoint<Output = Response>> Endpoint for SecurityHeaders<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let mut response = self.inner.call(request).await?;
        let headers = response.headers_mut();
        // Reserves room for all headers at once, because a map that grows has to rehash its entries.
        headers.reserve(2 * DEFAULTS.len());
        for (name, value) in DEFAULTS {
            headers.entry(name).or_insert(value);
        }
        // Browsers ignore HSTS without TLS, and must not learn it from a machine without TLS.
        if self.transport == Transport::TlsInFront {
            headers
                .entry(header::STRICT_TRANSPORT_SECURITY)
                .or_insert(HSTS);
        }
        Ok(response)
    }
}
