//! Rate limits by network and by user, which every response reports in `RateLimit` and `RateLimit-Policy`.

use std::sync::{Arc, Mutex, PoisonError};

use poem::http::{HeaderMap, HeaderName, HeaderValue};
use poem::{Endpoint, Request, Response, Result};
use uuid::Uuid;

use super::find_client_network;
use super::request_id::RequestId;
use crate::budget::{Allowance, Budget, Exceeded};
use crate::error::Error;
use crate::http::problem;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Middleware that counts requests by network; the application counts them by user with [`count_for_user`].
pub(super) struct RateMiddleware<E> {
    pub(super) inner: E,
    pub(super) budget: Arc<Budget>,
    pub(super) trusted_hops: u8,
}

/// Rate limit that applies to a request: that of its network, and that of its user once the user is known.
#[derive(Clone)]
struct RateCounter {
    budget: Arc<Budget>,
    allowance: Arc<Mutex<Option<Allowance>>>,
}

impl RateCounter {
    fn record_allowance(&self, counted: Result<Option<Allowance>, Exceeded>) -> Result<(), Error> {
        let allowance = counted.unwrap_or_else(|Exceeded(allowance)| Some(allowance));
        if allowance.is_some() {
            *self
                .allowance
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = allowance;
        }
        Ok(counted.map(drop)?)
    }
}

/// Counts a request for its user, once the user is known.
///
/// # Errors
///
/// `rate_limited` if the user has exceeded the limit.
pub(crate) fn count_for_user(request: &Request, user: Uuid) -> Result<(), Error> {
    match request.data::<RateCounter>() {
        Some(counted) => counted.record_allowance(counted.budget.rates.count_for_user(user)),
        None => Ok(()),
    }
}

impl<E: Endpoint<Output = Response>> Endpoint for RateMiddleware<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        // Probes must always be answered.
        if super::is_probe(request.uri().path()) {
            return self.inner.call(request).await;
        }
        let counted = RateCounter {
            budget: Arc::clone(&self.budget),
            allowance: Arc::default(),
        };
        let network = find_client_network(&request, self.trusted_hops);
        let mut response =
            match counted.record_allowance(self.budget.rates.count_for_network(network)) {
                Ok(()) => {
                    request.set_data(counted.clone());
                    self.inner.call(request).await?
                }
                Err(error) => {
                    let id = request.data::<RequestId>().cloned();
                    let id = id.as_ref().map_or("", RequestId::as_str);
                    problem::finish_response(Err(error.into()), id)
                }
            };
        let allowance = *counted
            .allowance
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(allowance) = allowance {
            insert_rate_headers(response.headers_mut(), &allowance);
        }
        Ok(response)
    }
}

fn insert_rate_headers(headers: &mut HeaderMap, allowance: &Allowance) {
    let Allowance {
        policy,
        rate,
        left,
        seconds,
    } = allowance;
    let policy_text = format!("\"{policy}\";q={};w={}", rate.burst, rate.period.as_secs());
    let limit = format!("\"{policy}\";r={left};t={seconds}");
    for (name, text) in [(POLICY, policy_text), (LIMIT, limit)] {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(name, value);
        }
    }
}
