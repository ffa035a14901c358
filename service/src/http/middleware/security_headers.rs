//! What browsers are told about every response.

use poem::http::{HeaderMap, HeaderName, HeaderValue, header};
use poem::{Endpoint, Request, Response, Result};

use super::Transport;

/// For responses that no browser should run, frame or keep: everything but the pages that show the API, which bring their own.
const DEFAULTS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    // Of no weight for what CORS allows; it keeps other sites from embedding responses without asking.
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Two years, as the lists of browsers ask for; for this host alone, because others of the domain are not ours to decide about.
const HSTS: &str = "max-age=63072000";

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
        for (name, value) in &DEFAULTS {
            add(headers, name, value);
        }
        // Browsers ignore it without TLS, and must not learn it from a machine where there is none.
        if self.transport == Transport::TlsInFront {
            add(headers, &header::STRICT_TRANSPORT_SECURITY, HSTS);
        }
        Ok(response)
    }
}

fn add(headers: &mut HeaderMap, name: &HeaderName, value: &'static str) {
    if !headers.contains_key(name) {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
}
