//! Reads and adjusts times, in the microsecond precision that both databases store: [`now`], [`truncate_to_micros`], [`is_in_range`] and [`with_jitter`].

use std::time::Duration;

use chrono::{DateTime, Datelike, SubsecRound, Utc};

/// Returns the current time in UTC, truncated to microseconds so that it equals the value read back from the database.
pub fn now() -> DateTime<Utc> {
    truncate_to_micros(Utc::now())
}

/// Truncates a time to microseconds, the precision of PostgreSQL. A time that lost digits in the database would change ETags and cursors, and a
/// client that sends it back would send a different value.
pub fn truncate_to_micros(time: DateTime<Utc>) -> DateTime<Utc> {
    time.trunc_subsecs(6)
}

/// Returns `true` if the year is between 0001 and 9999 in UTC. RFC 3339 has no form for other years, so an export that contains one could not be
/// imported.
pub fn is_in_range(time: DateTime<Utc>) -> bool {
    (1..=9999).contains(&time.year())
}

/// Returns `time` with random jitter of up to 25 % in either direction, so that work started at the same moment on many machines does not stay
/// synchronized. Without a source of random numbers the result is close to `time`.
pub fn with_jitter(time: Duration) -> Duration {
    // Without random numbers the jitter is constant, which does no harm.
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    time.mul_f64(0.75 + 0.5 * f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_stays_within_a_quarter() {
        let times: Vec<_> = (0..100)
            .map(|_| with_jitter(Duration::from_secs(4)))
            .collect();
        let near = Duration::from_secs(3)..=Duration::from_secs(5);
        assert!(times.iter().all(|time| near.contains(time)), "{times:?}");
        assert!(times.iter().any(|time| *time != times[0]));
    }
}
