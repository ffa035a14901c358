//! The time, in the precision that both databases keep.

use std::time::Duration;

use chrono::{DateTime, Datelike, SubsecRound, Utc};

/// The time now, as it is kept.
pub fn now() -> DateTime<Utc> {
    kept(Utc::now())
}

/// A time in microseconds: PostgreSQL keeps no more, and a value that changes on its way through the database would change ETags and cursors,
/// and be another one when it is sent again.
pub fn kept(time: DateTime<Utc>) -> DateTime<Utc> {
    time.trunc_subsecs(6)
}

/// Says whether a time is in the years 0001 to 9999 in UTC: others have no form in RFC 3339, so that what is exported could not be read again.
pub fn is_in_range(time: DateTime<Utc>) -> bool {
    (1..=9999).contains(&time.year())
}

/// This long, give or take a quarter, so that what began at one time on many machines does not go on at one time.
pub fn around(time: Duration) -> Duration {
    // Without random numbers it is merely less even.
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    time.mul_f64(0.75 + 0.5 * f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn around_is_not_far_away() {
        let times: Vec<_> = (0..100).map(|_| around(Duration::from_secs(4))).collect();
        let near = Duration::from_secs(3)..=Duration::from_secs(5);
        assert!(times.iter().all(|time| near.contains(time)), "{times:?}");
        assert!(times.iter().any(|time| *time != times[0]));
    }
}
