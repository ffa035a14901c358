//! How much a client may send.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes, Frame};
use poem::http::header;
use poem::{Body, Endpoint, Request, Response, Result};

use crate::error::{Code, Error};

/// Where larger bodies are expected.
const IMPORTS: &str = "/api/import";

/// Of a body that is too large, this much is read and thrown away: a client that is cut off while it sends does not read the answer, and a
/// load balancer makes 502 of it.
const DISCARDED: u64 = 16 * 1024 * 1024;

/// Refuses bodies that are too large, whether or not their length is announced.
pub(super) struct BodyLimit<E> {
    pub(super) inner: E,
    pub(super) bytes: u64,
    pub(super) import_bytes: u64,
}

impl<E: Endpoint<Output = Response>> Endpoint for BodyLimit<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let limit = match request.uri().path().strip_prefix(IMPORTS) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => self.import_bytes,
            _ => self.bytes,
        };
        let body: BoxBody<Bytes, io::Error> = request.take_body().into();
        let size = body.size_hint();
        if size.upper().is_some_and(|bytes| bytes <= limit) {
            request.set_body(Body::from(body));
            return self.inner.call(request).await;
        }
        let exceeded = Arc::new(AtomicBool::new(false));
        let body = LimitedBody {
            body,
            left: limit,
            discard: DISCARDED,
            exceeded: Arc::clone(&exceeded),
        };
        if size.lower() > limit {
            // Who asks before sending is told at once; others are sending already.
            if !request.headers().contains_key(header::EXPECT) {
                let _ = Body::from(BoxBody::new(body)).into_bytes().await;
            }
            return Err(too_large(limit).into());
        }
        request.set_body(Body::from(BoxBody::new(body)));
        let answer = self.inner.call(request).await;
        // Whoever read it saw an error, of which it made what it could.
        if exceeded.load(Ordering::Relaxed) {
            return Err(too_large(limit).into());
        }
        answer
    }
}

fn too_large(limit: u64) -> Error {
    Error::new(Code::PayloadTooLarge).detail(format!("at most {limit} bytes are taken here"))
}

/// A body that ends with an error when it is longer than announced as allowed.
struct LimitedBody {
    body: BoxBody<Bytes, io::Error>,
    left: u64,
    discard: u64,
    exceeded: Arc<AtomicBool>,
}

impl hyper::body::Body for LimitedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            let exceeded = self.exceeded.load(Ordering::Relaxed);
            let bytes = match &frame {
                Some(Ok(frame)) => frame.data_ref().map_or(0, |data| data.len() as u64),
                _ if exceeded => return Poll::Ready(Some(Err(cut_off()))),
                _ => return Poll::Ready(frame),
            };
            if !exceeded && bytes <= self.left {
                self.left -= bytes;
                return Poll::Ready(frame);
            }
            self.exceeded.store(true, Ordering::Relaxed);
            self.discard = self.discard.saturating_sub(bytes);
            if self.discard == 0 {
                return Poll::Ready(Some(Err(cut_off())));
            }
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::other("the body is too large")
}
