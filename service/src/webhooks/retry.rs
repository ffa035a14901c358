//! Computes the pauses between attempts to send a delivery.

use std::time::Duration;

use crate::clock;

/// Pauses after each failed attempt, in seconds. Together they take about 22 hours; then the webhook is disabled.
const PAUSES: [u64; 11] = [
    5, 30, 120, 600, 1_800, 3_600, 7_200, 10_800, 14_400, 18_000, 21_600,
];
/// Maximum pause that a receiver can request with `Retry-After`.
const LONGEST: Duration = Duration::from_hours(6);

/// Returns the pause after this number of consecutive failures, with jitter, and at least the `asked` number of seconds, up to six hours. Returns
/// `None` if no further attempt is made.
pub(super) fn retry_pause(failures: u32, asked: Option<u32>) -> Option<Duration> {
    let nth = usize::try_from(failures).ok()?.checked_sub(1)?;
    let pause = Duration::from_secs(*PAUSES.get(nth)?);
    let asked = asked.map(|seconds| Duration::from_secs(seconds.into()));
    let asked = asked.unwrap_or_default().min(LONGEST);
    Some(clock::with_jitter(pause).max(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn increases_pauses_and_stops_after_about_a_day() {
        let pauses: Vec<_> = (1..)
            .map_while(|failures| retry_pause(failures, None))
            .collect();
        assert_eq!(pauses.len(), PAUSES.len());
        let all: Duration = pauses.iter().sum();
        let day = Duration::from_hours(15)..=Duration::from_hours(28);
        assert!(day.contains(&all), "{all:?}");
        assert!(PAUSES.is_sorted());
        assert_eq!(retry_pause(0, None), None);
    }

    #[test]
    fn respects_retry_after_within_limits() {
        assert_eq!(retry_pause(1, Some(300)), Some(Duration::from_mins(5)));
        assert_eq!(retry_pause(1, Some(u32::MAX)), Some(LONGEST));
        let usual = retry_pause(4, Some(1)).unwrap();
        assert!(usual > Duration::from_secs(400), "{usual:?}");
    }
}
