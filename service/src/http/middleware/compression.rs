//! Responses that are worth it are compressed for clients that like it.
//!
//! CloudFront does it only for what it may cache, and nothing of the API is. It would also make entity tags weak, with which nothing can be
//! changed conditionally; of what is compressed already it keeps them.

use std::io;
use std::sync::Arc;

use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes};
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, Request, Response, Result};

use super::load;
use crate::budget::Budget;
use crate::http::coding::{self, Coding, Effort};

/// Below, it would not save a packet.
const SMALLEST: u64 = 1024;
/// Above, it would take too long.
const LARGEST: u64 = 1024 * 1024;

/// Compresses texts of a known length that are not coded already. A stream of events has no length.
pub(super) struct Compress<E> {
    pub(super) inner: E,
    pub(super) budget: Arc<Budget>,
}

impl<E: Endpoint<Output = Response>> Endpoint for Compress<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let wanted = request.method() != Method::HEAD && coding::is_gzip_wanted(request.headers());
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
            move |_| Ok(coding::gzip(&plain, Effort::Once))
        });
        let Ok(packed) = Box::pin(packed).await else {
            // Too much is compressed at the moment.
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

/// Who sets a cookie sends a secret; with what a client chose beside it, lengths of compressed responses would tell of it (BREACH).
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let text = kind.starts_with("text/") && !kind.starts_with("text/event-stream");
    (text || kind.starts_with("application/json") || kind.starts_with("application/problem+json"))
        && !headers.contains_key(header::CONTENT_ENCODING)
        // What says that it varies was chosen among codings already, with a tag of its own for each.
        && headers.get_all(header::VARY).iter().all(|name| name != "accept-encoding")
        && !headers.contains_key(header::SET_COOKIE)
}
