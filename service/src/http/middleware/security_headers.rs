//! What browsers are told about every response.

use poem::http::{HeaderName, HeaderValue, header};
use poem::{Endpoint, Request, Response, Result};

use super::Transport;

/// For responses that no browser should run, frame or keep: everything but the pages that show the API, which bring their own.
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
    // Of no weight for what CORS allows; it keeps other sites from embedding responses without asking.
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

/// Two years, as the lists of browsers ask for; for this host alone, because others of the domain are not ours to decide about.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Adds the headers that a response does not bring itself.
pub(super) struct SecurityHeaders<E> {
    pub(super) inner: E,
    pub(super) transport: Transport,
}

impl<E: Endpoint<Output = Response>> Endpoint for SecurityHeaders<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let mut response = self.inner.call(request).await?;
        let headers = response.headers_mut();
        // Room for all headers at once: a map that grows computes the places of what it holds anew.
        headers.reserve(2 * DEFAULTS.len());
        for (name, value) in DEFAULTS {
            headers.entry(name).or_insert(value);
        }
        // Browsers ignore it without TLS, and must not learn it from a machine where there is none.
        if self.transport == Transport::TlsInFront {
            headers
                .entry(header::STRICT_TRANSPORT_SECURITY)
                .or_insert(HSTS);
        }
        Ok(response)
    }
}
