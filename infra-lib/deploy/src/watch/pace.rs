//! How often AWS is asked: one limit for everything this process watches in a region.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use infra_template::digest::Digest;

/// Reads a second that one process allows itself in a region. AWS publishes no limit; ten a second are throttled.
const READS_PER_SECOND: u32 = 4;

/// Calls that may be made at once after a pause: a single stack needs no more, and shall not wait for itself.
const BURST: u32 = 6;

/// A queue that lets calls through at a steady rate, first come, first served.
#[derive(Debug)]
pub struct Pace {
    next: Mutex<Option<Instant>>,
    gap: Duration,
    burst: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            burst: BURST,
            ..Self::per_second(READS_PER_SECOND)
        }
    }
}

impl Pace {
    /// At most so many calls a second.
    pub fn per_second(calls: u32) -> Self {
        Self {
            next: Mutex::new(None),
            gap: Duration::from_secs(1) / calls.max(1),
            burst: 1,
        }
    }

    /// Takes a turn without waiting for it: for the one call that decides an outcome. Those behind it wait a little
    /// longer instead.
    pub fn urgent(&self) {
        let now = Instant::now();
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = Some(next.map_or(now, |next| next.max(now)) + self.gap);
    }

    /// Waits for its turn.
    pub async fn turn(&self) {
        let at = {
            let now = Instant::now();
            // A thread that panicked within these lines has left a whole value behind.
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let at = next.map_or(now, |next| next.max(now));
            *next = Some(at + self.gap);
            // The queue may be ahead of the clock by a burst, less the call that is made now.
            at.checked_sub(self.gap * self.burst.saturating_sub(1))
                .map_or(now, |at| at.max(now))
        };
        sleep_until(at).await;
    }
}

/// How long to wait before the next look at a stack.
///
/// Quick at first, because small changes are done in seconds; then less often, because databases take ten minutes.
/// What is added to keep stacks apart depends on their names, so that nothing here is random.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    looks: u32,
    spread: u32,
    slowest: Duration,
}

impl Schedule {
    pub(super) fn new(stack: &str, slowest: Duration) -> Self {
        let digest = Digest::of(stack.as_bytes());
        let spread = u32::from_str_radix(digest.as_str().get(..4).unwrap_or("0"), 16);
        Self {
            looks: 0,
            spread: spread.unwrap_or(0),
            slowest,
        }
    }

    /// The next wait.
    pub(super) fn next(&mut self) -> Duration {
        let base = match self.looks {
            0 => 500,
            1..=9 => 1_500,
            10..=29 => 3_000,
            _ => 5_000,
        };
        let base = Duration::from_millis(base).min(self.slowest);
        self.looks += 1;
        // Up to a quarter more, another quarter each time.
        let turn = (self.spread.wrapping_mul(self.looks.wrapping_mul(2) + 1)) % 1_000;
        base + base.mul_f64(f64::from(turn) / 4_000.0)
    }
}

/// How long to wait after the nth failure in a row: 1, 2, 4, 8, then 15 seconds.
pub(super) fn backoff(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(4)).min(Duration::from_secs(15))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Pace, Schedule, backoff};

    #[tokio::test(start_paused = true)]
    async fn calls_are_let_through_at_a_steady_rate() {
        let pace = Pace::per_second(4);
        let started = Instant::now();
        for _ in 0..9 {
            pace.turn().await;
        }
        assert_eq!(started.elapsed(), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_calls_are_let_through_at_once_after_a_pause() {
        let pace = Pace::default();
        let started = Instant::now();
        for _ in 0..6 {
            pace.turn().await;
        }
        assert_eq!(started.elapsed(), Duration::ZERO);
        pace.turn().await;
        assert_eq!(started.elapsed(), Duration::from_millis(250));
    }

    #[test]
    fn looks_get_rarer_and_stacks_keep_apart() {
        let waits = |stack: &str| {
            let mut schedule = Schedule::new(stack, Duration::from_secs(5));
            let waits: Vec<Duration> = (0..60).map(|_| schedule.next()).collect();
            waits
        };
        let (one, other) = (waits("Web"), waits("Data"));
        assert_eq!(one, waits("Web"));
        assert_ne!(one, other);
        assert!(one[0] < Duration::from_secs(1) && one[59] >= Duration::from_secs(5));
        assert!(one.iter().all(|wait| *wait <= Duration::from_millis(6_250)));
    }

    #[test]
    fn waiting_after_failures_has_an_end() {
        assert_eq!(backoff(1), Duration::from_secs(1));
        assert_eq!(backoff(4), Duration::from_secs(8));
        assert_eq!(backoff(40), Duration::from_secs(15));
    }
}
