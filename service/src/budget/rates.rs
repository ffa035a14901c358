//! Rate limits of requests by network and by user, counted in the memory of one process. The main type is [`Rates`].

use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

use super::Key;
use crate::auth::rates::Rate;
use crate::error::{Code, Error};

/// Number of counted requests after which the entries of callers with a full quota are removed.
const TIDY_EVERY: u64 = 4_096;

/// Rate limits of requests, one for networks and one for users. Either can be absent.
#[derive(Debug)]
pub struct Rates {
    network: Option<Limiter>,
    user: Option<Limiter>,
}

/// Remaining quota of a caller after a request, as the header fields `RateLimit` and `RateLimit-Policy` report it
/// (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Name of the policy: `network` or `user`.
    pub policy: &'static str,
    /// Rate limit of the policy: the number of requests, and the time in which all of them become available again.
    pub rate: Rate,
    /// Number of requests that the caller has left.
    pub left: u32,
    /// Seconds until the quota is full again, or until the next request is possible if none is left. At least 1.
    pub seconds: u32,
}

/// Refusal of a request that exceeds a rate limit. It becomes a response with status 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded(pub Allowance);

impl From<Exceeded> for Error {
    fn from(Exceeded(allowance): Exceeded) -> Self {
        Self::new(Code::RateLimited)
            .detail(format!(
                "the limit of {} requests in {} s for one {} is exceeded",
                allowance.rate.burst,
                allowance.rate.period.as_secs(),
                allowance.policy
            ))
            .retry_after(allowance.seconds)
    }
}

impl Rates {
    /// Creates rate limits for networks and for users. `None` means that these callers are not limited.
    pub fn new(network: Option<Rate>, user: Option<Rate>) -> Self {
        Self {
            network: network.and_then(|rate| Limiter::new("network", rate)),
            user: user.and_then(|rate| Limiter::new("user", rate)),
        }
    }

    /// Counts a request of a network. Returns the remaining quota, `None` if networks are not limited, or [`Exceeded`] if the quota is used up.
    pub fn count_for_network(&self, network: IpAddr) -> Result<Option<Allowance>, Exceeded> {
        let count = |limiter: &Limiter| limiter.count_request(Key::Network(network));
        self.network.as_ref().map(count).transpose()
    }

    /// Counts a request of a user. Returns the remaining quota, `None` if users are not limited, or [`Exceeded`] if the quota is used up.
    pub fn count_for_user(&self, user: Uuid) -> Result<Option<Allowance>, Exceeded> {
        let count = |limiter: &Limiter| limiter.count_request(Key::User(user));
        self.user.as_ref().map(count).transpose()
    }
}

/// One rate limit that is counted separately for each caller with the generic cell rate algorithm, the same as for attempts to sign in.
struct Limiter {
    policy: &'static str,
    rate: Rate,
    states: RateLimiter<Key, DefaultKeyedStateStore<Key>, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
    counted: AtomicU64,
}

impl Limiter {
    fn new(policy: &'static str, rate: Rate) -> Option<Self> {
        let burst = NonZeroU32::new(rate.burst)?;
        let quota = Quota::with_period(rate.period / rate.burst)?.allow_burst(burst);
        let clock = DefaultClock::default();
        Some(Self {
            policy,
            rate,
            states: RateLimiter::dashmap_with_clock(quota, clock.clone()).with_middleware(),
            clock,
            counted: AtomicU64::new(0),
        })
    }

    fn count_request(&self, key: Key) -> Result<Allowance, Exceeded> {
        if self.counted.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.states.retain_recent();
            self.states.shrink_to_fit();
        }
        let allowance = |left: u32, seconds: u32| Allowance {
            policy: self.policy,
            rate: self.rate,
            left,
            seconds,
        };
        match self.states.check_key(&key) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                let taken = self.rate.burst.saturating_sub(left);
                let whole = self.rate.period * taken / self.rate.burst;
                Ok(allowance(left, seconds_up(whole)))
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                Err(Exceeded(allowance(0, seconds_up(wait))))
            }
        }
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter")
            .field("policy", &self.policy)
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}

/// Rounds a time up to whole seconds, and to at least one.
fn seconds_up(time: std::time::Duration) -> u32 {
    let seconds = time.as_millis().div_ceil(1000).max(1);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn limits_each_caller_separately() {
        let rates = Rates::new(Some(Rate::new(3, 60)), None);
        let network = |last| IpAddr::from(Ipv4Addr::new(203, 0, 113, last));
        for left in [2, 1, 0] {
            let allowance = rates.count_for_network(network(1)).unwrap().unwrap();
            assert_eq!((allowance.left, allowance.policy), (left, "network"));
            assert_eq!(allowance.seconds, 20 * (3 - left));
        }
        let Exceeded(allowance) = rates.count_for_network(network(1)).unwrap_err();
        assert_eq!(allowance.left, 0);
        assert!((19..=20).contains(&allowance.seconds), "{allowance:?}");
        let error = Error::from(Exceeded(allowance));
        assert_eq!(error.code(), Code::RateLimited);
        assert_eq!(error.retry_after_seconds(), Some(allowance.seconds));
        assert_eq!(
            rates.count_for_network(network(2)).unwrap().unwrap().left,
            2
        );
        assert_eq!(rates.count_for_user(Uuid::nil()), Ok(None));
    }

    #[test]
    fn drops_state_of_idle_callers() {
        let limiter = Limiter::new("user", Rate::new(1_000_000, 1)).unwrap();
        for number in 0..u128::from(TIDY_EVERY) * 2 {
            limiter
                .count_request(Key::User(Uuid::from_u128(number)))
                .unwrap();
        }
        let kept = u64::try_from(limiter.states.len()).unwrap();
        assert!(kept <= TIDY_EVERY, "{kept}");
    }
}
