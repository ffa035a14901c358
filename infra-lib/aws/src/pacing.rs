//! Rate limits for calls to CloudFormation: a token bucket for each operation and region.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Calls per second of an operation until AWS throttles it. AWS publishes no limit for CloudFormation; 8 to 10 reads per second are accepted:
/// <https://github.com/aws/aws-cdk-cli/issues/1709>.
const START: f64 = 8.0;

/// Number of calls of an operation that are made at once after a pause. It is two below the number that AWS appears to accept, because calls do not
/// arrive evenly spaced.
const BURST: f64 = 18.0;

/// Minimum rate in calls per second.
const FLOOR: f64 = 0.5;

/// Increase of the rate, in calls per second, for every second without throttling, until the rate is [`START`] again.
const RECOVERY: f64 = 1.0;

/// Time within which several throttled responses count as one, because their calls were in flight together.
const EPISODE: Duration = Duration::from_secs(1);

/// Rate limits of all operations and regions.
///
/// AWS limits each API action of an account and region separately. Each operation therefore has a separate lane, so that many descriptions of stacks
/// do not delay an execution or cancellation. A lane starts with 8 calls per second and a burst of 18, halves its rate and loses its burst when AWS
/// throttles it, and recovers by one call per second every second.
#[derive(Debug, Default)]
pub(crate) struct RateLimiter {
    buckets: Mutex<BTreeMap<(String, &'static str), TokenBucket>>,
    unsupported: Mutex<BTreeSet<(String, &'static str)>>,
}

/// Token bucket of an operation in a region, as a time: calls before it consume the burst.
#[derive(Clone, Copy, Debug)]
struct TokenBucket {
    next: Instant,
    rate: f64,
    burst: f64,
    changed: Instant,
}

impl TokenBucket {
    fn new(now: Instant) -> Self {
        Self {
            next: now,
            rate: START,
            burst: BURST,
            changed: now,
        }
    }

    /// Returns the time that a number of calls takes at the current rate.
    fn duration_of_calls(&self, calls: f64) -> Duration {
        Duration::from_secs_f64(calls / self.rate)
    }

    /// Reserves the next call, and returns the time at which it may be made.
    fn reserve_call(&mut self, now: Instant) -> Instant {
        let at = self.next.max(now);
        self.next = at + self.duration_of_calls(1.0);
        at.checked_sub(self.duration_of_calls(self.burst - 1.0))
            .map_or(now, |at| at.max(now))
    }

    fn record_throttling(&mut self, now: Instant) {
        if self.rate < START && now.duration_since(self.changed) < EPISODE {
            return;
        }
        self.rate = (self.rate / 2.0).max(FLOOR);
        self.burst = 1.0;
        self.next = now + self.duration_of_calls(1.0);
        self.changed = now;
    }

    fn record_response(&mut self, now: Instant) {
        let passed = now.duration_since(self.changed);
        if self.rate >= START || passed < EPISODE {
            return;
        }
        self.rate = (self.rate + RECOVERY * passed.as_secs_f64().floor()).min(START);
        if self.rate >= START {
            self.burst = BURST;
        }
        self.changed = now;
    }
}

impl RateLimiter {
    /// Waits until a call may be made.
    pub(crate) async fn wait_for_turn(&self, region: &str, operation: &'static str) {
        let now = Instant::now();
        let at = self
            .lock_buckets()
            .entry((region.to_owned(), operation))
            .or_insert_with(|| TokenBucket::new(now))
            .reserve_call(now);
        if at > now {
            sleep_until(at).await;
        }
    }

    /// Records a response that was not throttled.
    pub(crate) fn record_response(&self, region: &str, operation: &'static str) {
        if let Some(lane) = self.lock_buckets().get_mut(&(region.to_owned(), operation)) {
            lane.record_response(Instant::now());
        }
    }

    /// Records a throttled call.
    pub(crate) fn record_throttling(&self, region: &str, operation: &'static str) {
        if let Some(lane) = self.lock_buckets().get_mut(&(region.to_owned(), operation)) {
            lane.record_throttling(Instant::now());
        }
    }

    /// Records that the endpoint does not support an operation.
    pub(crate) fn set_unsupported(&self, region: &str, operation: &'static str) {
        let mut unsupported = self.lock_unsupported();
        unsupported.insert((region.to_owned(), operation));
    }

    /// Returns `true` if the endpoint is known not to support an operation.
    pub(crate) fn is_unsupported(&self, region: &str, operation: &'static str) -> bool {
        let unsupported = self.lock_unsupported();
        !unsupported.is_empty() && unsupported.contains(&(region.to_owned(), operation))
    }

    // A thread that panicked while holding a lock leaves valid values.
    fn lock_buckets(&self) -> MutexGuard<'_, BTreeMap<(String, &'static str), TokenBucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_unsupported(&self) -> MutexGuard<'_, BTreeSet<(String, &'static str)>> {
        self.unsupported
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::RateLimiter;

    const OPERATION: &str = "DescribeStackEvents";

    async fn time_calls(pacing: &RateLimiter, operation: &'static str, number: u32) -> Duration {
        let started = Instant::now();
        for _ in 0..number {
            pacing.wait_for_turn("eu-west-1", operation).await;
        }
        started.elapsed()
    }

    fn is_about(elapsed: Duration, expected: Duration) -> bool {
        // Timers have millisecond precision, and each wait rounds up.
        elapsed >= expected && elapsed <= expected + Duration::from_millis(50)
    }

    #[tokio::test(start_paused = true)]
    async fn allows_burst_then_limits_rate() {
        let pacing = RateLimiter::default();
        assert_eq!(time_calls(&pacing, OPERATION, 18).await, Duration::ZERO);
        let elapsed = time_calls(&pacing, OPERATION, 16).await;
        assert!(is_about(elapsed, Duration::from_secs(2)), "{elapsed:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn limits_operations_and_regions_separately() {
        let pacing = RateLimiter::default();
        time_calls(&pacing, OPERATION, 40).await;
        assert_eq!(
            time_calls(&pacing, "ExecuteChangeSet", 18).await,
            Duration::ZERO
        );
        let started = Instant::now();
        pacing.wait_for_turn("us-east-1", OPERATION).await;
        assert_eq!(started.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn halves_rate_and_drops_burst_when_throttled() {
        let pacing = RateLimiter::default();
        time_calls(&pacing, OPERATION, 1).await;
        for _ in 0..5 {
            pacing.record_throttling("eu-west-1", OPERATION);
        }
        let elapsed = time_calls(&pacing, OPERATION, 4).await;
        assert!(is_about(elapsed, Duration::from_secs(1)), "{elapsed:?}");
        // A second episode.
        pacing.record_throttling("eu-west-1", OPERATION);
        let elapsed = time_calls(&pacing, OPERATION, 4).await;
        assert!(is_about(elapsed, Duration::from_secs(2)), "{elapsed:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_minimum_rate_when_throttled() {
        let pacing = RateLimiter::default();
        time_calls(&pacing, OPERATION, 1).await;
        for _ in 0..20 {
            pacing.record_throttling("eu-west-1", OPERATION);
            sleep(Duration::from_secs(2)).await;
        }
        let elapsed = time_calls(&pacing, OPERATION, 3).await;
        assert!(elapsed <= Duration::from_secs(6), "{elapsed:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn recovers_rate_after_throttling() {
        let pacing = RateLimiter::default();
        time_calls(&pacing, OPERATION, 1).await;
        pacing.record_throttling("eu-west-1", OPERATION);
        sleep(Duration::from_secs(2)).await;
        pacing.record_response("eu-west-1", OPERATION);
        // 4 + 2 calls per second.
        let elapsed = time_calls(&pacing, OPERATION, 7).await;
        assert!(is_about(elapsed, Duration::from_secs(1)), "{elapsed:?}");
        sleep(Duration::from_mins(1)).await;
        pacing.record_response("eu-west-1", OPERATION);
        assert_eq!(time_calls(&pacing, OPERATION, 18).await, Duration::ZERO);
        let elapsed = time_calls(&pacing, OPERATION, 8).await;
        assert!(is_about(elapsed, Duration::from_secs(1)), "{elapsed:?}");
    }

    #[test]
    fn records_unsupported_operation_by_region() {
        let pacing = RateLimiter::default();
        assert!(!pacing.is_unsupported("eu-west-1", OPERATION));
        pacing.set_unsupported("eu-west-1", OPERATION);
        assert!(pacing.is_unsupported("eu-west-1", OPERATION));
        assert!(!pacing.is_unsupported("us-east-1", OPERATION));
        assert!(!pacing.is_unsupported("eu-west-1", "DescribeEvents"));
    }
}
