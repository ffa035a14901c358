//! Time zones by name. The IANA database is compiled in, so that every replica uses the same one and the container image needs none.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

/// Returns the zone with an IANA name such as `Europe/Berlin`, including older names such as `US/Eastern`.
pub fn find_zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// Returns the time at which the clocks of a zone show a local time: the first of two; for a local time that the clocks skip, the time later by the
/// gap.
pub fn resolve_local_time(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.to_utc(),
        LocalResult::None => {
            // No zone is more than a day ahead, so this is before the clocks go forward.
            let before = local - TimeDelta::days(1);
            let offset = zone.offset_from_utc_datetime(&before).fix();
            let offset = TimeDelta::seconds(offset.local_minus_utc().into());
            (local - offset).and_utc()
        }
    }
}
