use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;

use super::*;

/// Rules with their first occurrences, written by `tests/generate.py`.
const EXPECTED: &str = include_str!("tests/expected.txt");

fn parse_local(text: &str) -> NaiveDateTime {
    local_time(text).unwrap()
}

fn parse_recurrence(rule: &str, zone: &str, start: &str) -> Recurrence {
    Recurrence {
        rule: rule.parse().unwrap(),
        zone: find_zone(zone).unwrap(),
        start: parse_local(start),
    }
}

/// Number of occurrences to compare, including the first.
fn first_occurrences(series: &Recurrence, most: usize) -> Vec<DateTime<Utc>> {
    let next = |time: &DateTime<Utc>| series.next_after(*time);
    std::iter::successors(series.first_occurrence(), next)
        .take(most)
        .collect()
}

/// Returns the occurrences as local times of the zone, with their offsets from UTC.
fn format_occurrences(rule: &str, zone: &str, start: &str, most: usize) -> Vec<String> {
    let series = parse_recurrence(rule, zone, start);
    let zoned = first_occurrences(&series, most).into_iter();
    zoned
        .map(|time| {
            time.with_timezone(&series.zone)
                .format("%Y-%m-%dT%H:%M%:z")
                .to_string()
        })
        .collect()
}

#[test]
fn matches_occurrences_of_dateutil() {
    let mut compared = 0;
    for line in EXPECTED.lines() {
        let mut words = line.split(' ');
        let (rule, start) = (words.next().unwrap(), words.next().unwrap());
        let series = parse_recurrence(rule, "UTC", start);
        let time_of = |date: &str| {
            let date = NaiveDate::parse_from_str(date, "%Y%m%d").unwrap();
            date.and_time(series.start.time()).and_utc()
        };
        let expected: Vec<_> = words.map(time_of).collect();
        assert_eq!(
            first_occurrences(&series, expected.len()),
            expected,
            "{line}"
        );
        if expected.len() < 10 {
            assert_eq!(first_occurrences(&series, 10), expected, "it ends: {line}");
        }
        // From any moment in between, without going through those before.
        for pair in expected.windows(2) {
            let between = pair[0] + (pair[1] - pair[0]) / 2;
            assert_eq!(series.next_after(between), Some(pair[1]), "{line}");
        }
        compared += expected.len();
    }
    assert!(compared > 4_000, "{compared}");
}

#[test]
fn round_trips_through_text() {
    for line in EXPECTED.lines() {
        let mut words = line.split(' ');
        let (rule, start) = (words.next().unwrap(), words.next().unwrap());
        for zone in ["UTC", "America/Argentina/Buenos_Aires"] {
            let series = parse_recurrence(rule, zone, start);
            assert_eq!(
                Recurrence::parse(&series.to_string()),
                Some(series),
                "{line}"
            );
        }
    }
    for wrong in [
        "",
        "RRULE:FREQ=DAILY",
        "DTSTART;TZID=Mars/Olympus:20260101T090000\nRRULE:FREQ=DAILY",
    ] {
        assert_eq!(Recurrence::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn keeps_local_time_across_clock_change() {
    for (zone, start, expected) in [
        // The clocks go forward at 02:00 and back at 03:00.
        (
            "Europe/Berlin",
            "2026-03-28T09:00:00",
            ["2026-03-28T09:00+01:00", "2026-03-29T09:00+02:00"],
        ),
        (
            "Europe/Berlin",
            "2026-10-24T09:00:00",
            ["2026-10-24T09:00+02:00", "2026-10-25T09:00+01:00"],
        ),
        (
            "America/New_York",
            "2026-03-07T23:30:00",
            ["2026-03-07T23:30-05:00", "2026-03-08T23:30-04:00"],
        ),
        // Summer is at the other end of the year.
        (
            "America/Santiago",
            "2026-04-04T08:00:00",
            ["2026-04-04T08:00-03:00", "2026-04-05T08:00-04:00"],
        ),
        (
            "Australia/Sydney",
            "2026-10-03T07:15:00",
            ["2026-10-03T07:15+10:00", "2026-10-04T07:15+11:00"],
        ),
        // By half an hour.
        (
            "Australia/Lord_Howe",
            "2026-10-03T12:00:00",
            ["2026-10-03T12:00+10:30", "2026-10-04T12:00+11:00"],
        ),
        // Rules that were changed: Turkey stays with summer from 2016 on, Samoa went over the date line.
        (
            "Europe/Istanbul",
            "2016-10-29T09:00:00",
            ["2016-10-29T09:00+03:00", "2016-10-30T09:00+03:00"],
        ),
        (
            "Pacific/Apia",
            "2011-12-29T09:00:00",
            ["2011-12-29T09:00-10:00", "2011-12-31T09:00+14:00"],
        ),
    ] {
        assert_eq!(
            format_occurrences("FREQ=DAILY", zone, start, 2),
            expected,
            "{zone}"
        );
    }
}

#[test]
fn shifts_time_skipped_by_clock_change() {
    for (zone, start, expected) in [
        (
            "Europe/Berlin",
            "2026-03-28T02:30:00",
            [
                "2026-03-28T02:30+01:00",
                "2026-03-29T03:30+02:00",
                "2026-03-30T02:30+02:00",
            ],
        ),
        (
            "America/New_York",
            "2026-03-07T02:00:00",
            [
                "2026-03-07T02:00-05:00",
                "2026-03-08T03:00-04:00",
                "2026-03-09T02:00-04:00",
            ],
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-03T02:15:00",
            [
                "2026-10-03T02:15+10:30",
                "2026-10-04T02:45+11:00",
                "2026-10-05T02:15+11:00",
            ],
        ),
        // At midnight, so that the day begins at one.
        (
            "America/Santiago",
            "2026-09-05T00:30:00",
            [
                "2026-09-05T00:30-04:00",
                "2026-09-06T01:30-03:00",
                "2026-09-07T00:30-03:00",
            ],
        ),
    ] {
        assert_eq!(
            format_occurrences("FREQ=DAILY", zone, start, 3),
            expected,
            "{zone}"
        );
    }
}

#[test]
fn takes_first_of_ambiguous_times() {
    for (zone, start, expected) in [
        (
            "Europe/Berlin",
            "2026-10-25T02:30:00",
            ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
        ),
        (
            "America/New_York",
            "2026-11-01T01:30:00",
            ["2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-04-05T01:45:00",
            ["2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30"],
        ),
    ] {
        assert_eq!(
            format_occurrences("FREQ=DAILY", zone, start, 2),
            expected,
            "{zone}"
        );
        // Not once more in the second hour.
        let series = parse_recurrence("FREQ=DAILY", zone, start);
        let first = series.first_occurrence().unwrap();
        let next = series.next_after(first + TimeDelta::minutes(45)).unwrap();
        assert!(next - first > TimeDelta::hours(23), "{zone}");
    }
}

#[test]
fn computes_later_times_at_same_time_of_day_in_all_zones() {
    let rules = [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,SU",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    ];
    for zone in chrono_tz::TZ_VARIANTS {
        for (number, rule) in rules.iter().enumerate() {
            let start = parse_local("2007-01-06T00:00:00")
                + TimeDelta::minutes(67 * i64::try_from(number).unwrap());
            let series = Recurrence {
                rule: rule.parse().unwrap(),
                zone,
                start,
            };
            let mut last = series.first_occurrence().unwrap();
            for _ in 0..60 {
                let next = series.next_after(last).unwrap();
                assert!(next > last, "{zone} {rule}");
                assert_eq!(
                    series.next_after(next - TimeDelta::microseconds(1)),
                    Some(next)
                );
                let local = next.with_timezone(&zone).naive_local();
                let exists = is_local_time_valid(local.date().and_time(start.time()), zone);
                assert!(
                    local.time() == start.time() || !exists,
                    "{zone} {rule} {local}"
                );
                last = next;
            }
        }
    }
}

/// Returns true if the clocks of a zone show this local time, that is, do not skip it.
fn is_local_time_valid(local: NaiveDateTime, zone: Tz) -> bool {
    resolve_local_time(local, zone)
        .with_timezone(&zone)
        .naive_local()
        == local
}

#[test]
fn ends_by_count_or_until() {
    let start = "2026-01-30T09:00:00";
    let shown = |rule: &str| format_occurrences(rule, "Europe/Berlin", start, 9);
    let three = [
        "2026-01-30T09:00+01:00",
        "2026-01-31T09:00+01:00",
        "2026-02-01T09:00+01:00",
    ];
    assert_eq!(shown("FREQ=DAILY;COUNT=3"), three);
    assert_eq!(shown("FREQ=DAILY;UNTIL=20260201"), three);
    assert_eq!(shown("FREQ=DAILY;UNTIL=20260201T090000"), three);
    assert_eq!(shown("FREQ=DAILY;UNTIL=20260201T080000Z"), three);
    assert_eq!(shown("FREQ=DAILY;UNTIL=20260201T075959Z"), three[..2]);
    assert!(shown("FREQ=DAILY;UNTIL=20260101").is_empty());
    assert_eq!(
        shown("FREQ=MONTHLY;COUNT=2"),
        ["2026-01-30T09:00+01:00", "2026-03-30T09:00+02:00"]
    );
}

#[test]
fn finds_occurrences_quickly() {
    let began = std::time::Instant::now();
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31;COUNT=999",
        "FREQ=WEEKLY;INTERVAL=999;BYMONTH=2;COUNT=999",
    ] {
        let series = parse_recurrence(rule, "Europe/Berlin", "1970-01-05T09:00:00");
        for time in [
            "1970-01-05T09:00:00Z",
            "2026-01-05T09:00:00Z",
            "9999-12-30T09:00:00Z",
        ] {
            let next = series.next_after(time.parse().unwrap());
            // Of every 999th week, one of 1989 is in February, and the next one of 2506: beyond the limit of the search.
            let ends = !time.starts_with("1970") || !rule.contains("INTERVAL=999");
            assert_eq!(next.is_none(), ends, "{rule} {time}");
        }
    }
    // In a debug build: 15 searches.
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn rejects_unsupported_rules() {
    for (rule, message) in [
        ("", "has no FREQ"),
        ("INTERVAL=2", "has no FREQ"),
        (
            "FREQ=HOURLY",
            "has FREQ=HOURLY, which must be one of DAILY, WEEKLY, MONTHLY, YEARLY",
        ),
        ("FREQ=DAILY;FREQ=DAILY", "has FREQ twice"),
        (
            "FREQ=DAILY;X",
            "has `X`, which does not have the form NAME=VALUE",
        ),
        (
            "FREQ=DAILY;BYHOUR=9",
            "has BYHOUR, which is not supported; use FREQ",
        ),
        (
            "FREQ=DAILY;INTERVAL=0",
            "has INTERVAL=0, which must be a number from 1 to 999",
        ),
        (
            "FREQ=YEARLY;INTERVAL=100",
            "has INTERVAL=100, which must be a number from 1 to 99",
        ),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "has INTERVAL="),
        ("FREQ=DAILY;INTERVAL=+1", "has INTERVAL=+1"),
        (
            "FREQ=DAILY;COUNT=1000",
            "has COUNT=1000, which must be a number from 1 to 999",
        ),
        (
            "FREQ=DAILY;COUNT=3;UNTIL=20260101",
            "has both COUNT and UNTIL",
        ),
        ("FREQ=DAILY;UNTIL=2026", "has UNTIL=2026"),
        ("FREQ=DAILY;UNTIL=20261332", "has UNTIL=20261332"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "has BYMONTHDAY=0"),
        ("FREQ=MONTHLY;BYMONTHDAY=--1", "has BYMONTHDAY=--1"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "has BYMONTHDAY=32"),
        (
            "FREQ=MONTHLY;BYDAY=6MO",
            "has the number 6 in BYDAY, and at most 5 is allowed here",
        ),
        (
            "FREQ=WEEKLY;BYDAY=1MO",
            "has the number 1 in BYDAY, which requires",
        ),
        ("FREQ=WEEKLY;BYDAY=", "has BYDAY="),
        ("FREQ=WEEKLY;BYDAY=é", "has BYDAY="),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "has BYMONTHDAY, which"),
        ("FREQ=DAILY;BYSETPOS=1", "has BYSETPOS, which requires"),
        ("FREQ=YEARLY;BYMONTH=13", "has BYMONTH=13"),
    ] {
        let error = rule.parse::<Rule>().unwrap_err().to_string();
        assert!(error.starts_with(message), "{rule}: {error}");
    }
    let long = format!("FREQ=DAILY;BYMONTHDAY={}", "1,".repeat(200));
    assert!(long.parse::<Rule>().is_err());
}

#[test]
fn writes_equal_rules_identically() {
    for (rule, written) in [
        (
            "rrule:freq=weekly;byday=mo,MO,we;interval=1;",
            "FREQ=WEEKLY;BYDAY=MO,WE",
        ),
        (
            "WKST=SU;BYDAY=+1MO,-1FR;FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=1MO,-1FR;WKST=SU",
        ),
        (
            "FREQ=YEARLY;UNTIL=20261231T235959Z;INTERVAL=02",
            "FREQ=YEARLY;INTERVAL=2;UNTIL=20261231T235959Z",
        ),
    ] {
        let read: Rule = rule.parse().unwrap();
        assert_eq!(read.to_string(), written);
        assert_eq!(written.parse::<Rule>().unwrap(), read);
    }
}

#[test]
fn parses_local_times_in_one_format_only() {
    assert_eq!(parse_local("2026-01-31T09:30:00").hour(), 9);
    for wrong in [
        "2026-01-31",
        "2026-01-31T09:30:00Z",
        "2026-1-31T09:30:00 ",
        "2026-02-30T09:30:00",
        "2026-01-31T23:59:60",
    ] {
        assert_eq!(local_time(wrong), None, "{wrong}");
    }
}
