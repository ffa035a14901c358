//! Reminders that come again: a rule of RFC 5545, the time zone in which it is meant, and the local time of the first one.
//!
//! Local times stay local: nine o'clock is nine o'clock before and after a change of the clocks. A local time that the clocks pass over is that
//! much later (02:30 is 03:30 where an hour is left out), and one that comes twice is the first of the two (RFC 5545, section 3.3.5).

mod dates;
mod rule;
#[cfg(test)]
mod tests;
mod zone;

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;

pub use rule::{Rule, RuleError, Until};
pub use zone::{instant, named};

/// The first year in which a series may begin: what is older is a mistake, and every year costs time.
pub const FIRST_YEAR: i32 = 1970;
/// Years in which a rule must have another time; one that has none does not remind any more.
const HORIZON_YEARS: i64 = 200;
/// The form of local times.
const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";
/// The form of local times in RFC 5545.
const COMPACT: &str = "%Y%m%dT%H%M%S";

/// A series of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// The days it has.
    pub rule: Rule,
    /// The zone of its local times.
    pub zone: Tz,
    /// The local time of the first one, in whole seconds.
    pub start: NaiveDateTime,
}

impl Recurrence {
    /// The series whose first time is this one.
    pub fn beginning_at(rule: Rule, zone: Tz, first: DateTime<Utc>) -> Self {
        let start = first.with_timezone(&zone).naive_local();
        Self {
            rule,
            zone,
            start: start.with_nanosecond(0).unwrap_or(start),
        }
    }

    /// The next time that is later than another one, within 200 years of it.
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = after.with_timezone(&self.zone).naive_local();
        // The clocks are never put forward by more than a day: local times before this one are past.
        let from = local.date() - TimeDelta::days(2);
        let last = Ord::max(local, self.start).date() + TimeDelta::days(HORIZON_YEARS * 365);
        self.rule
            .dates(self.start.date(), from, last)
            .map(|date| date.and_time(self.start.time()))
            .map_while(|local| {
                let time = instant(local, self.zone);
                self.rule.until_allows(local, time).then_some(time)
            })
            .find(|time| *time > after)
            .filter(|time| crate::clock::is_in_range(*time))
    }

    /// The first time of the series, if it has one: rules such as the 30th of February have none.
    pub fn first(&self) -> Option<DateTime<Utc>> {
        self.next_after(instant(self.start, self.zone) - TimeDelta::seconds(1))
    }

    /// The local time of the first one, as `2026-01-31T09:30:00`.
    pub fn start_text(&self) -> String {
        self.start.format(LOCAL).to_string()
    }

    /// The series of a text that [`Display`](fmt::Display) made; none if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (start, rule) = text.strip_prefix("DTSTART;TZID=")?.split_once('\n')?;
        let (zone, start) = start.split_once(':')?;
        Some(Self {
            rule: rule.strip_prefix("RRULE:")?.parse().ok()?,
            zone: named(zone)?,
            start: NaiveDateTime::parse_from_str(start, COMPACT).ok()?,
        })
    }
}

/// The local time of a text as `2026-01-31T09:30:00`.
pub fn local_time(text: &str) -> Option<NaiveDateTime> {
    let is_plain = text.len() == 19 && text.is_ascii();
    let time = NaiveDateTime::parse_from_str(text, LOCAL).ok();
    // A leap second is read as one second with a fraction.
    time.filter(|time| is_plain && time.nanosecond() == 0)
}

/// Two lines as of RFC 5545.
impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.start.format(COMPACT);
        write!(
            f,
            "DTSTART;TZID={}:{start}\nRRULE:{}",
            self.zone.name(),
            self.rule
        )
    }
}
