//! How much is done at once, and for how long.

use std::time::Duration;

use metrics::counter;
use poem::{Endpoint, Request, Response, Result};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::error::{Code, Error};
use crate::telemetry::metrics::REQUESTS_SHED;

/// Refuses requests beyond a number, and ends those that take too long. Streams are not concerned: theirs is the time to the first byte.
pub(super) struct Load<E> {
    inner: E,
    places: Semaphore,
    time: Duration,
}

impl<E> Load<E> {
    pub(super) fn new(inner: E, at_once: usize, time: Duration) -> Self {
        Self {
            inner,
            places: Semaphore::new(at_once.min(Semaphore::MAX_PERMITS)),
            time,
        }
    }
}

impl<E: Endpoint<Output = Response>> Endpoint for Load<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        // A process under load is alive, and stopping it for being late would make it worse for the others.
        if super::is_probe(request.uri().path()) {
            return self.inner.call(request).await;
        }
        let Ok(_place) = self.places.try_acquire() else {
            counter!(REQUESTS_SHED).increment(1);
            let error = Error::new(Code::Unavailable).detail("too many requests at once");
            return Err(error.retry_after(1).into());
        };
        let answer = timeout(self.time, self.inner.call(request)).await;
        answer.unwrap_or_else(|_| {
            let error = Error::new(Code::TimedOut)
                .detail(format!("it took longer than {} s", self.time.as_secs_f64()));
            Err(error.retry_after(5).into())
        })
    }
}
