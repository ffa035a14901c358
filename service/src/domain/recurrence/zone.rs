//! Time zones by their names in the IANA database, which is compiled in: a container has no other, and all replicas have the same.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

/// The zone with this name, as `Europe/Berlin`; old names, as `US/Eastern`, are understood.
pub fn named(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The time at which the clocks of a zone show this: of two, the first; where the clocks pass over it, as much later as they are put forward.
pub fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.to_utc(),
        LocalResult::None => {
            // No zone is more than a day ahead, so this is before the clocks are put forward.
            let before = local - TimeDelta::days(1);
            let offset = zone.offset_from_utc_datetime(&before).fix();
            let offset = TimeDelta::seconds(offset.local_minus_utc().into());
            (local - offset).and_utc()
        }
    }
}
