//! Observability: writes one log event, one span and one measurement for each request.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes, Frame, SizeHint};
use metrics::{gauge, histogram};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Status, TraceContextExt as _};
use poem::http::{Method, StatusCode};
use poem::{Body, Endpoint, Request, Response, Result};
use tracing::{Instrument as _, Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::request_id::{self, RequestId};
use super::{load, routes};
use crate::http::problem::Problem;
use crate::telemetry::metrics::{REQUEST_DURATION, REQUESTS_IN_FLIGHT};
use crate::telemetry::trace_context;

/// Status in logs and metrics for requests whose client disconnected before the response, as in nginx.
const CLIENT_GONE: u16 = 499;

/// Records the user of the current request in its span, so that all later log events of the request contain it.
pub(crate) fn record_user(id: impl std::fmt::Display) {
    Span::current().record("user_id", field::display(id));
}

/// Outermost middleware, which observes everything inside it.
pub(super) struct Observe<E>(pub(super) E);

impl<E: Endpoint<Output = Response>> Endpoint for Observe<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = RequestId::from_headers(request.headers());
        let span = create_span(&request, &id);
        request.set_data(id.clone());
        let mut record = Record::new(request.method(), span.clone());
        let mut response = self.0.get_response(request).instrument(span).await;
        response
            .headers_mut()
            .insert(request_id::HEADER, id.to_header());
        record.record_head(response.status(), routes::path_template(response.data()));
        record.code = response.data().map(Problem::code);
        let body: BoxBody<Bytes, io::Error> = response.take_body().into();
        if let Some(bytes) = body.size_hint().exact() {
            record.bytes = bytes;
            load::attach_hold(&mut response, body).await;
        } else {
            // The log event of a stream is written when the stream ends.
            response.set_body(Body::from(BoxBody::new(CountedBody { body, record })));
        }
        Ok(response)
    }
}

fn create_span(request: &Request, id: &RequestId) -> Span {
    let span = tracing::info_span!(
        target: "notes_service::request",
        "request",
        request_id = id.as_str(),
        trace_id = field::Empty,
        user_id = field::Empty,
        otel.kind = "server",
    );
    if span.is_disabled() {
        return span;
    }
    let parent = trace_context::from_headers(request.headers());
    let trace = match parent {
        Some(parent) => {
            let trace = parent.trace_id();
            let context = opentelemetry::Context::new().with_remote_span_context(parent);
            // Fails if spans are not exported.
            let _ = span.set_parent(context);
            trace
        }
        None => span.context().span().span_context().trace_id(),
    };
    if trace != opentelemetry::TraceId::INVALID {
        span.record("trace_id", field::display(trace));
    }
    span
}

/// Facts about a request. They are logged on drop, so that requests whose client disconnects are logged too.
struct Record {
    started: Instant,
    method: &'static str,
    route: &'static str,
    status: u16,
    code: Option<&'static str>,
    bytes: u64,
    span: Span,
}

impl Record {
    fn new(method: &Method, span: Span) -> Self {
        gauge!(REQUESTS_IN_FLIGHT).increment(1);
        Self {
            started: Instant::now(),
            method: method_name(method),
            route: routes::UNMATCHED,
            status: CLIENT_GONE,
            code: None,
            bytes: 0,
            span,
        }
    }

    /// Records the head of the response and measures the time until now. For event streams, no other time is meaningful.
    fn record_head(&mut self, status: StatusCode, route: &'static str) {
        self.status = status.as_u16();
        self.route = route;
        self.record_duration();
    }

    fn record_duration(&self) {
        histogram!(
            REQUEST_DURATION,
            "method" => self.method,
            "route" => self.route,
            "status" => status_text(self.status),
        )
        .record(self.started.elapsed());
    }

    fn describe_span(&self) {
        let context = self.span.context();
        let span = context.span();
        if !span.is_recording() {
            return;
        }
        span.update_name(format!("{} {}", self.method, self.route));
        span.set_attributes([
            KeyValue::new("http.request.method", self.method),
            KeyValue::new("http.route", self.route),
            KeyValue::new("http.response.status_code", i64::from(self.status)),
        ]);
        if self.status >= 500 {
            span.set_status(Status::error(""));
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        gauge!(REQUESTS_IN_FLIGHT).decrement(1);
        if self.status == CLIENT_GONE {
            self.record_duration();
        }
        self.describe_span();
        let _entered = self.span.enter();
        let duration_us = u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX);
        macro_rules! log {
            ($level:ident) => {
                tracing::$level!(
                    target: "notes_service::request",
                    method = self.method,
                    route = self.route,
                    status = self.status,
                    code = self.code,
                    duration_us,
                    bytes = self.bytes,
                    "request"
                )
            };
        }
        let probe = [super::LIVENESS, super::READINESS].contains(&self.route);
        match self.status {
            // Unavailability shows in monitoring anyway and is a warning; a defect is an error.
            503 => log!(warn),
            500.. => log!(error),
            // Load balancers probe every few seconds.
            ..400 if probe => log!(debug),
            _ => log!(info),
        }
    }
}

/// Returns the name of a method for metrics. Unknown methods share one name, because each name creates a time series.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "_OTHER",
    }
}

/// Returns a status as text, without an allocation for the most frequent ones.
fn status_text(status: u16) -> metrics::SharedString {
    match status {
        200 => "200".into(),
        201 => "201".into(),
        204 => "204".into(),
        304 => "304".into(),
        _ => status.to_string().into(),
    }
}

/// Body of a stream that counts its bytes for the log event.
struct CountedBody {
    body: BoxBody<Bytes, io::Error>,
    record: Record,
}

impl hyper::body::Body for CountedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(data) = frame.data_ref()
        {
            self.record.bytes += data.len() as u64;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
