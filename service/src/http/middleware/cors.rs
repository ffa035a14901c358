//! CORS: permits pages of exactly the configured origins to read responses.
//!
//! If the service and its web client share one origin, no origin is configured, and no response has CORS headers.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};

use super::Origin;

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, idempotency-key, if-match, if-none-match, if-range, last-event-id, notes-account, range, traceparent, tus-resumable, upload-length, \
     upload-metadata, upload-offset, x-request-id",
);
const RESPONSE_HEADERS: HeaderValue = HeaderValue::from_static(
    "accept-ranges, content-disposition, content-range, etag, location, ratelimit, ratelimit-policy, retry-after, tus-resumable, upload-expires, \
     upload-length, upload-offset, x-request-id",
);
/// Seconds for which browsers may cache the answer to a preflight; the maximum of Chromium.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");
/// Value of `Vary`: caches must store responses for different origins separately.
const VARY: HeaderValue = HeaderValue::from_static("origin");
const VARY_PREFLIGHT: HeaderValue = HeaderValue::from_static(
    "origin, access-control-request-method, access-control-request-headers",
);

/// Middleware that answers preflights, and marks responses that pages of a trusted origin may read.
pub(super) struct Cors<E> {
    pub(super) inner: E,
    pub(super) trusted: Arc<[Origin]>,
}

impl<E: Endpoint<Output = Response>> Endpoint for Cors<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if self.trusted.is_empty() {
            return self.inner.call(request).await;
        }
        let origin = request.headers().get(header::ORIGIN);
        let origin = origin
            .filter(|origin| {
                self.trusted
                    .iter()
                    .any(|trusted| trusted.matches_header(origin))
            })
            .cloned();
        if is_preflight(&request) {
            return Ok(answer_preflight(origin));
        }
        let mut response = self.inner.call(request).await?;
        let headers = response.headers_mut();
        headers.append(header::VARY, VARY);
        if let Some(origin) = origin {
            insert_allow_headers(headers, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        }
        Ok(response)
    }
}

fn is_preflight(request: &Request) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// Answers a preflight. Without CORS headers in the answer, browsers refuse the request.
fn answer_preflight(origin: Option<HeaderValue>) -> Response {
    let mut response = Response::builder().status(StatusCode::NO_CONTENT).finish();
    let headers = response.headers_mut();
    headers.insert(header::VARY, VARY_PREFLIGHT);
    if let Some(origin) = origin {
        insert_allow_headers(headers, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    }
    response
}

fn insert_allow_headers(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
}
