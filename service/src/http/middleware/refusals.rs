//! Turns every failure into a problem: errors of the application, errors of the framework, and panics.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use metrics::counter;
use poem::PathPattern;
use poem::error::MethodNotAllowedError;
use poem::http::header;
use poem::{Endpoint, Request, Response, Result};

use super::request_id::RequestId;
use super::routes;
use crate::error::{Code, Error};
use crate::http::problem;
use crate::telemetry::metrics::PANICS;

/// Middleware that returns a response for every request and never an error.
pub(super) struct Refusals<E>(pub(super) E);

impl<E: Endpoint<Output = Response>> Endpoint for Refusals<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let id = request.data::<RequestId>().cloned();
        let id = id.as_ref().map_or("", RequestId::as_str);
        // Unwind safe: nothing of a request that panicked is used again, and requests share only pools and atomics.
        let answer = AssertUnwindSafe(self.0.call(request)).catch_unwind().await;
        let answer = answer.unwrap_or_else(|_| {
            // The panic hook of the process has logged it.
            counter!(PANICS).increment(1);
            Err(Error::new(Code::Internal).into())
        });
        let (pattern, wrong_method) = match &answer {
            Ok(response) => (response.data::<PathPattern>().cloned(), false),
            Err(error) => (
                error.data::<PathPattern>().cloned(),
                error.is::<MethodNotAllowedError>(),
            ),
        };
        let mut response = problem::finish_response(answer, id);
        if let Some(pattern) = pattern {
            if wrong_method && let Some(allow) = routes::allowed_methods(&pattern) {
                response.headers_mut().insert(header::ALLOW, allow);
            }
            response.set_data(pattern);
        }
        Ok(response)
    }
}
