//! `If-None-Match` on reads: answers 304 without a body if the client has the current version (RFC 9110, sections 13.1.2 and 15.4.5).

use poem::http::{Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};

use super::etag::Tags;

/// Marker on a request for which the head of the response is enough: the router turns HEAD into GET.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadOnly;

/// Middleware that answers 304 to GET and HEAD if the request names the `ETag` of the response.
pub(super) struct Conditional<E>(pub(super) E);

impl<E: Endpoint<Output = Response>> Endpoint for Conditional<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if request.method() == Method::HEAD {
            request.set_data(HeadOnly);
        }
        let reads = [Method::GET, Method::HEAD].contains(request.method());
        let known = if reads {
            Tags::if_none_match(request.headers())
        } else {
            None
        };
        let mut response = self.0.call(request).await?;
        let tag = response.headers().get(header::ETAG);
        let tag = tag.and_then(|tag| tag.to_str().ok());
        if let (Some(known), Some(tag)) = (known, tag)
            && response.status() == StatusCode::OK
            && known.matches_etag(tag)
        {
            response.set_status(StatusCode::NOT_MODIFIED);
            drop(response.take_body());
            let headers = response.headers_mut();
            headers.remove(header::CONTENT_TYPE);
            headers.remove(header::CONTENT_LENGTH);
        }
        Ok(response)
    }
}
