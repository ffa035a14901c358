//! Intervals between two polls of a stack.

use std::time::Duration;

use infra_template::digest::Digest;

/// Schedule of the polls of one stack.
///
/// The first polls are quick, because small changes take seconds; later ones are slower, because databases take ten minutes. A deterministic jitter,
/// derived from the stack name, spreads the polls of several stacks.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    looks: u32,
    spread: u32,
    slowest: Duration,
}

impl Schedule {
    pub(super) fn new(stack: &str, slowest: Duration) -> Self {
        let digest = Digest::hash_bytes(stack.as_bytes());
        let spread = u32::from_str_radix(digest.as_str().get(..4).unwrap_or("0"), 16);
        Self {
            looks: 0,
            spread: spread.unwrap_or(0),
            slowest,
        }
    }

    /// Returns the delay before the next poll.
    pub(super) fn next(&mut self) -> Duration {
        let base = match self.looks {
            // Suits an endpoint on this machine, or resources that are ready at once.
            0 => 150,
            1 => 400,
            2..=9 => 1_500,
            10..=29 => 3_000,
            _ => 5_000,
        };
        let base = Duration::from_millis(base).min(self.slowest);
        self.looks += 1;
        // Jitter of up to a quarter of the interval, different for each poll.
        let turn = (self.spread.wrapping_mul(self.looks.wrapping_mul(2) + 1)) % 1_000;
        base + base.mul_f64(f64::from(turn) / 4_000.0)
    }
}

/// Returns the delay after the nth consecutive failure: 1, 2, 4, 8, then 15 seconds.
pub(super) fn backoff_delay(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(4)).min(Duration::from_secs(15))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Schedule, backoff_delay};

    #[test]
    fn interval_grows_and_stacks_are_spread() {
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
    fn backoff_is_limited() {
        assert_eq!(backoff_delay(1), Duration::from_secs(1));
        assert_eq!(backoff_delay(4), Duration::from_secs(8));
        assert_eq!(backoff_delay(40), Duration::from_secs(15));
    }
}
