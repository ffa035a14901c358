//! Parser for times in the notations of people and programs.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::clock;
use crate::domain::recurrence;

/// Notations with an offset, in addition to RFC 3339 and RFC 2822.
const ZONED: [&str; 4] = [
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%dT%H:%M%#z",
    "%Y-%m-%d %H:%M %z",
];
/// Notations without an offset. The day precedes the month only with hyphens (Notesnook).
const LOCAL: [&str; 10] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %I:%M %p",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y%m%dT%H%M%S",
    "%d-%m-%Y %I:%M %p",
    "%d-%m-%Y %H:%M",
];
const DATES: [&str; 4] = ["%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y", "%Y%m%d"];

/// The time zone for times that name none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// UTC offset from the options of the import.
    Offset(FixedOffset),
    /// Time zone that the file names.
    Named(Tz),
}

/// A parsed time in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ParsedTime {
    pub(super) time: DateTime<Utc>,
    /// True if the text names no time zone.
    pub(super) is_local: bool,
}

/// Parses a time, in the given zone if the text names none; `None` for other text, and outside of the years 0001 to 9999 in UTC.
pub(super) fn parse_time(text: &str, zone: Zone) -> Option<ParsedTime> {
    match split_zone(text.trim()) {
        Some((text, zone)) => parse_unzoned(text, Zone::Named(zone)),
        None => parse_unzoned(text.trim(), zone),
    }
}

/// Splits off the time zone that a text names: `2024-01-05T10:22 Europe/Berlin`, `2024-01-05T10:22+01:00[Europe/Berlin]` (RFC 9557), or
/// `TZID=Europe/Berlin:20240105T102200` (RFC 5545), with anything before `TZID`.
fn split_zone(text: &str) -> Option<(&str, Tz)> {
    if let Some((before, zone)) = text
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once('['))
    {
        return Some((before.trim_end(), recurrence::find_zone(zone)?));
    }
    if let Some((_, rest)) = text.split_once("TZID=") {
        let (zone, time) = rest.split_once(':')?;
        return Some((time, recurrence::find_zone(zone.trim_matches('"'))?));
    }
    let (before, zone) = text.rsplit_once(' ')?;
    Some((before.trim_end(), recurrence::find_zone(zone)?))
}

fn parse_unzoned(text: &str, zone: Zone) -> Option<ParsedTime> {
    let zoned = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .ok()
        .or_else(|| {
            let mut formats = ZONED.iter();
            formats.find_map(|format| DateTime::parse_from_str(text, format).ok())
        })
        .map(|time| time.to_utc());
    if let Some(time) = zoned.or_else(|| parse_compact(text)) {
        return to_parsed_time(time, false);
    }
    let mut at_once = LOCAL.iter();
    let local = at_once
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| {
            let mut dates = DATES.iter();
            let date = dates.find_map(|format| NaiveDate::parse_from_str(text, format).ok())?;
            Some(date.and_time(NaiveTime::MIN))
        })?;
    match zone {
        Zone::Offset(offset) => {
            let time = local.and_local_timezone(offset).single()?;
            to_parsed_time(time.to_utc(), true)
        }
        Zone::Named(zone) => {
            // An offset is at most a day, and the first and last days of the calendar are out of range anyway.
            (0..=10_000)
                .contains(&local.year())
                .then(|| recurrence::resolve_local_time(local, zone))
                .and_then(|time| to_parsed_time(time, false))
        }
    }
}

/// Parses the compact notation of Evernote.
fn parse_compact(text: &str) -> Option<DateTime<Utc>> {
    let time = NaiveDateTime::parse_from_str(text.strip_suffix('Z')?, "%Y%m%dT%H%M%S");
    time.ok().map(|time| time.and_utc())
}

/// Converts microseconds since 1970 to a time; `None` for 0, which programs write for a missing time, and outside of the supported range.
pub(super) fn of_micros(micros: i64) -> Option<DateTime<Utc>> {
    if micros == 0 {
        return None;
    }
    DateTime::from_timestamp_micros(micros).filter(|time| clock::is_in_range(*time))
}

fn to_parsed_time(time: DateTime<Utc>, is_local: bool) -> Option<ParsedTime> {
    let time = clock::truncate_to_micros(time);
    // A year with one or five digits is a typing error.
    (clock::is_in_range(time) && time.year() > 0).then_some(ParsedTime { time, is_local })
}

#[cfg(test)]
mod tests {
    use chrono::Offset as _;

    use super::*;

    fn format_parsed(text: &str, zone: FixedOffset) -> Option<(String, bool)> {
        parse_time(text, Zone::Offset(zone)).map(|read| {
            let time = read
                .time
                .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
            (time, read.is_local)
        })
    }

    #[test]
    fn parses_times_in_formats_of_many_programs() {
        for (text, expected, is_local) in [
            ("2024-01-05T10:22:00Z", "2024-01-05T10:22:00Z", false),
            (
                "2024-01-05T10:22:00.123+02:00",
                "2024-01-05T08:22:00.123Z",
                false,
            ),
            ("2024-01-05 10:22:00Z", "2024-01-05T10:22:00Z", false),
            ("2024-01-05 10:22:00 +0200", "2024-01-05T08:22:00Z", false),
            ("2024-01-05T10:22+02:00", "2024-01-05T08:22:00Z", false),
            (
                "Fri, 5 Jan 2024 10:22:00 +0000",
                "2024-01-05T10:22:00Z",
                false,
            ),
            ("20240105T102200Z", "2024-01-05T10:22:00Z", false),
            ("2024-01-05T10:22", "2024-01-05T10:22:00Z", true),
            (" 2024-01-05 10:22:33 ", "2024-01-05T10:22:33Z", true),
            ("05-01-2024 10:22 PM", "2024-01-05T22:22:00Z", true),
            ("2024-01-05", "2024-01-05T00:00:00Z", true),
            ("2024/01/05", "2024-01-05T00:00:00Z", true),
        ] {
            let utc = Utc.fix();
            assert_eq!(
                format_parsed(text, utc),
                Some((expected.to_owned(), is_local)),
                "{text}"
            );
        }
        let east = FixedOffset::east_opt(3_600).unwrap();
        for (text, expected) in [
            ("2024-01-05T10:22 Europe/Berlin", "2024-01-05T09:22:00Z"),
            ("2024-07-05 10:22 Europe/Berlin", "2024-07-05T08:22:00Z"),
            ("2024-07-05 10:22 PM Asia/Kolkata", "2024-07-05T16:52:00Z"),
            (
                "2024-01-05T10:22:00[America/New_York]",
                "2024-01-05T15:22:00Z",
            ),
            (
                "2024-01-05T10:22:00+01:00[Europe/Berlin]",
                "2024-01-05T09:22:00Z",
            ),
            ("TZID=Europe/Berlin:20240105T102200", "2024-01-05T09:22:00Z"),
            (
                "DUE;TZID=\"Asia/Tokyo\":20240105T102200",
                "2024-01-05T01:22:00Z",
            ),
            ("2024-01-05 Pacific/Auckland", "2024-01-04T11:00:00Z"),
            // The clocks skip the first time, and show the second one twice.
            ("2024-03-31T02:30 Europe/Berlin", "2024-03-31T01:30:00Z"),
            ("2024-10-27T02:30 Europe/Berlin", "2024-10-27T00:30:00Z"),
        ] {
            assert_eq!(
                format_parsed(text, east),
                Some((expected.to_owned(), false)),
                "{text}"
            );
        }
        assert_eq!(
            format_parsed("2024-01-05T10:22", east).unwrap().0,
            "2024-01-05T09:22:00Z"
        );
        assert_eq!(
            format_parsed("2024-01-05T10:22Z", east).unwrap().0,
            "2024-01-05T10:22:00Z"
        );
        for wrong in [
            "",
            "2024-01-05T10:22 Mars/Olympus",
            "2024-01-05T10:22[Mars/Olympus]",
            "tomorrow Europe/Berlin",
            "Europe/Berlin",
            "TZID=Europe/Berlin",
            "9999-12-31T23:59:59 America/New_York",
            "tomorrow",
            "2024-13-01",
            "0000-06-01",
            "9999-12-31T23:59:59-23:59",
            "12024-01-01",
        ] {
            assert_eq!(format_parsed(wrong, east), None, "{wrong}");
        }
    }
}
