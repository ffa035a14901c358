//! Limits on concurrent requests by caller, and on the time that each request may take.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes};
use metrics::counter;
use poem::{Body, Endpoint, Request, Response, Result};
use tokio::time::{Instant, timeout_at};

use super::find_client_network;
use crate::budget::{Budget, Full, Hold, Key, Requester, Ticket};
use crate::error::{Code, Error};
use crate::telemetry::metrics::REQUESTS_SHED;

/// Bytes of a response that are never refused, so that errors and the essential parts of a page always arrive.
const SMALL: u64 = 16 * 1024;

/// Middleware that refuses requests above the share of a caller or the limit of the process, and ends requests that take too long. For streams, only
/// the time to the first byte counts.
pub(super) struct Load<E> {
    pub(super) inner: E,
    pub(super) budget: Arc<Budget>,
    pub(super) trusted_hops: u8,
    pub(super) time: Duration,
}

impl<E: Endpoint<Output = Response>> Endpoint for Load<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        // A process under load is alive; stopping it because a probe is late would increase the load on the others.
        if super::is_probe(request.uri().path()) {
            return self.inner.call(request).await;
        }
        let who = Requester::from_network(find_client_network(&request, self.trusted_hops));
        let place = self
            .budget
            .requests
            .take_amount(who, 1)
            .map_err(|full| shed_request(full, "requests"))?;
        let ticket = Ticket::new(who, place);
        // Boxed: the future of each outer middleware would otherwise contain all inner ones.
        let answer = Box::pin(self.inner.call(request));
        let answer = run_within(self.time, &ticket, ticket.run_in_scope(answer)).await;
        let response = answer.unwrap_or_else(|| {
            let error = Error::new(Code::TimedOut).detail(format!(
                "the request exceeded the time limit of {} s",
                self.time.as_secs_f64()
            ));
            Err(error.retry_after(5).into())
        })?;
        self.count_response(response, ticket.requester().after_authentication())
    }
}

impl<E> Load<E> {
    /// Returns the response if the caller may have this number of bytes in flight.
    fn count_response(&self, mut response: Response, who: Requester) -> Result<Response> {
        let body: BoxBody<Bytes, io::Error> = response.take_body().into();
        if let Some(bytes) = body.size_hint().exact().filter(|bytes| *bytes > 0) {
            let share = &self.budget.responses;
            let hold = if bytes <= SMALL {
                share.take_anyway(who, bytes)
            } else {
                let taken = share.take_amount(who, bytes);
                taken.map_err(|full| {
                    shed_request(
                        full,
                        "bytes of responses that clients have not received yet",
                    )
                })?
            };
            response.set_data(ResponseHold(Arc::new(hold)));
        }
        response.set_body(Body::from(body));
        Ok(response)
    }
}

/// Returns the answer, or none if it takes longer than `time`. The time that the request waits for others does not count.
async fn run_within<T>(
    time: Duration,
    ticket: &Ticket,
    answer: impl Future<Output = T>,
) -> Option<T> {
    let begun = Instant::now();
    let mut answer = pin!(answer);
    loop {
        let end = begun + time + ticket.time_waited();
        if let Ok(answer) = timeout_at(end, answer.as_mut()).await {
            return Some(answer);
        }
        if begun + time + ticket.time_waited() <= Instant::now() {
            return None;
        }
    }
}

fn shed_request(full: Full, what: &str) -> Error {
    counter!(REQUESTS_SHED).increment(1);
    full.into_error(what)
}

/// Share of the budget that a response takes until the client has received it. Attached to the response for the outermost middleware.
#[derive(Clone)]
pub(super) struct ResponseHold(Arc<Hold>);

/// Returns the caller to whom work on a response is attributed.
pub(super) fn key_of(response: &Response) -> Key {
    let under_way = response.data::<ResponseHold>();
    under_way.map_or(Key::Process, |ResponseHold(hold)| {
        hold.requester().queue_key()
    })
}

/// Ties the share of the budget that a response takes to the memory of its body, which is freed when the last byte was sent or the connection closed.
pub(super) async fn attach_hold(response: &mut Response, body: BoxBody<Bytes, io::Error>) {
    let Some(ResponseHold(hold)) = response.extensions_mut().remove() else {
        response.set_body(Body::from(body));
        return;
    };
    match Body::from(body).into_bytes().await {
        Ok(bytes) => response.set_body(Bytes::from_owner(HeldBytes { bytes, _hold: hold })),
        // A body of known length is in memory already.
        Err(error) => tracing::error!(error = %error, "a body in memory could not be read"),
    }
}

struct HeldBytes {
    bytes: Bytes,
    _hold: Arc<Hold>,
}

impl AsRef<[u8]> for HeldBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;
    use crate::budget::Limits;

    #[tokio::test(start_paused = true)]
    async fn excludes_waiting_time_from_limit() {
        let budget = Budget::new(&Limits::default());
        let who = Requester::from_network(std::net::Ipv4Addr::LOCALHOST.into());
        let ticket = || Ticket::new(who, budget.requests.take_amount(who, 1).unwrap());
        let seconds = Duration::from_secs;
        let patient = ticket();
        let answer = async {
            sleep(seconds(20)).await;
            patient.wait_for_others(sleep(seconds(100))).await;
            sleep(seconds(9)).await;
        };
        assert_eq!(run_within(seconds(30), &patient, answer).await, Some(()));
        let slow = ticket();
        let answer = async {
            slow.wait_for_others(sleep(seconds(100))).await;
            sleep(seconds(31)).await;
        };
        assert_eq!(run_within(seconds(30), &slow, answer).await, None);
    }
}
