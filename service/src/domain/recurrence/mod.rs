//! Recurring reminders: a recurrence rule of RFC 5545 with a time zone and the local time of its first occurrence.
//!
//! Occurrences keep their local time across daylight-saving changes. A local time that the clocks skip moves forward by the gap (02:30 becomes 03:30
//! where an hour is skipped); of a local time that occurs twice, the first one counts (RFC 5545, section 3.3.5).

mod dates;
mod rule;
#[cfg(test)]
mod tests;
mod zone;

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;

pub use rule::{Rule, RuleError, Until};
pub use zone::{find_zone, resolve_local_time};

/// The first year in which a series may begin. Evaluation takes time for every year, and an earlier start is most likely a mistake.
pub const FIRST_YEAR: i32 = 1970;
/// Number of years within which a rule must have another occurrence; a series without one has ended.
const HORIZON_YEARS: i64 = 200;
/// Format of local times in the API, in the syntax of `chrono`.
const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";
/// Format of local times in RFC 5545, in the syntax of `chrono`.
const COMPACT: &str = "%Y%m%dT%H%M%S";

/// A series of reminders: its days, its time zone and its first local time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// The rule that selects the days of the series.
    pub rule: Rule,
    /// Time zone of its local times, which decides about daylight-saving changes.
    pub zone: Tz,
    /// Local time of the first occurrence, in whole seconds. All occurrences have its time of day.
    pub start: NaiveDateTime,
}

impl Recurrence {
    /// Creates a series that starts at this time, as local time of the zone in whole seconds.
    pub fn beginning_at(rule: Rule, zone: Tz, first: DateTime<Utc>) -> Self {
        let start = first.with_timezone(&zone).naive_local();
        Self {
            rule,
            zone,
            start: start.with_nanosecond(0).unwrap_or(start),
        }
    }

    /// Returns the first occurrence after a time; `None` without one in the 200 years that follow.
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = after.with_timezone(&self.zone).naive_local();
        // Clocks never go forward by more than a day, so local times before this one are past.
        let from = local.date() - TimeDelta::days(2);
        let last = Ord::max(local, self.start).date() + TimeDelta::days(HORIZON_YEARS * 365);
        self.rule
            .iter_dates(self.start.date(), from, last)
            .map(|date| date.and_time(self.start.time()))
            .map_while(|local| {
                let time = resolve_local_time(local, self.zone);
                self.rule.until_allows(local, time).then_some(time)
            })
            .find(|time| *time > after)
            .filter(|time| crate::clock::is_in_range(*time))
    }

    /// Returns the first occurrence; `None` for a rule that selects no day, such as the 30th of February.
    pub fn first_occurrence(&self) -> Option<DateTime<Utc>> {
        self.next_after(resolve_local_time(self.start, self.zone) - TimeDelta::seconds(1))
    }

    /// Returns the local time of the start, such as `2026-01-31T09:30:00`.
    pub fn start_text(&self) -> String {
        self.start.format(LOCAL).to_string()
    }

    /// Parses the text that [`Display`](fmt::Display) writes; `None` for other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (start, rule) = text.strip_prefix("DTSTART;TZID=")?.split_once('\n')?;
        let (zone, start) = start.split_once(':')?;
        Some(Self {
            rule: rule.strip_prefix("RRULE:")?.parse().ok()?,
            zone: find_zone(zone)?,
            start: NaiveDateTime::parse_from_str(start, COMPACT).ok()?,
        })
    }
}

/// Parses a local time such as `2026-01-31T09:30:00`, in exactly this form.
pub fn local_time(text: &str) -> Option<NaiveDateTime> {
    let is_plain = text.len() == 19 && text.is_ascii();
    let time = NaiveDateTime::parse_from_str(text, LOCAL).ok();
    // A leap second parses as a second with a fraction.
    time.filter(|time| is_plain && time.nanosecond() == 0)
}

/// Writes the DTSTART and RRULE lines of RFC 5545.
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
