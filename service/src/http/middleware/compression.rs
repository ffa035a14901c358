//! Compresses responses with gzip if the client accepts it and the saving is worth the time.
//!
//! CloudFront compresses only responses that it may cache, and no response of the API is. It would also weaken entity tags, which conditional changes
//! need; it keeps the tags of responses that are compressed already.

use std::io;
use std::sync::Arc;

use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes};
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, Request, Response, Result};

use super::load;
use crate::budget::Budget;
use crate::http::coding::{self, Coding, Effort};

/// Minimum size in bytes: compressing smaller responses would not save a packet.
const SMALLEST: u64 = 1024;
/// Maximum size in bytes: compressing larger responses would take too long.
const LARGEST: u64 = 1024 * 1024;

/// Middleware that compresses text responses of known length without a content coding. Event streams have no known length and stay as they are.
pub(super) struct Compress<E> {
    pub(super) inner: E,
    pub(super) budget: Arc<Budget>,
}

impl<E: Endpoint<Output = Response>> Endpoint for Compress<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let wanted = request.method() != Method::HEAD && coding::accepts_gzip(request.headers());
        let mut response = self.inner.call(request).await?;
        if !is_text(response.headers()) || response.status() == StatusCode::PARTIAL_CONTENT {
            return Ok(response);
        }
        response
            .headers_mut()
            .append(header::VARY, HeaderValue::from_static("accept-encoding"));
        let body: BoxBody<Bytes, io::Error> = response.take_body().into();
        let length = body.size_hint().exact();
        let worth_it = length.is_some_and(|length| (SMALLEST..=LARGEST).contains(&length));
        if !wanted || !worth_it {
            response.set_body(Body::from(body));
            return Ok(response);
        }
        let plain = Body::from(body).into_bytes().await?;
        let key = load::key_of(&response);
        let packed = self.budget.work_for(key, plain.len(), {
            let plain = plain.clone();
            move |_| Ok(coding::compress_gzip(&plain, Effort::Fast))
        });
        let Ok(packed) = Box::pin(packed).await else {
            // The queue for compression is full.
            response.set_body(plain);
            return Ok(response);
        };
        response.set_body(packed);
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(
            header::CONTENT_ENCODING,
            HeaderValue::from_static(Coding::Gzip.as_str()),
        );
        Ok(response)
    }
}

/// Returns `true` for text that may be compressed. Responses that set a cookie are excluded: they contain a secret next to text that a client chose,
/// and the compressed length would reveal the secret (BREACH).
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let text = kind.starts_with("text/") && !kind.starts_with("text/event-stream");
    (text || kind.starts_with("application/json") || kind.starts_with("application/problem+json"))
        && !headers.contains_key(header::CONTENT_ENCODING)
        // Responses that vary by coding were chosen from several codings already, each with its own tag.
        && headers.get_all(header::VARY).iter().all(|name| name != "accept-encoding")
        && !headers.contains_key(header::SET_COOKIE)
}
