//! Recurrence rules: the parts of RFC 5545, section 3.3.10, that select days.

mod read;

use std::fmt;
use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};

/// Maximum number of characters in a rule.
const RULE_CHARS: usize = 300;

/// The period of a rule (FREQ).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

const FREQUENCIES: [(&str, Frequency); 4] = [
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

const WEEK_DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

/// The end of a series (UNTIL), inclusive: an occurrence at exactly this time still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The end of this day, in the time zone of the series.
    Date(NaiveDate),
    /// A local time, in the time zone of the series.
    Local(NaiveDateTime),
    /// A time in UTC.
    Utc(DateTime<Utc>),
}

/// A recurrence rule, which selects days period by period. Parse one with [`FromStr`](std::str::FromStr).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: u16,
    pub(super) count: Option<u16>,
    pub(super) until: Option<Until>,
    pub(super) by_month: Vec<u8>,
    pub(super) by_month_day: Vec<i8>,
    pub(super) by_day: Vec<(Option<i8>, Weekday)>,
    pub(super) by_set_pos: Vec<i16>,
    pub(super) week_start: Weekday,
}

/// The reason why a rule is invalid, as the end of a sentence that begins with "the rule".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError(String);

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RuleError {}

impl Rule {
    /// Returns true if an occurrence is not after UNTIL.
    pub(super) fn until_allows(&self, local: NaiveDateTime, time: DateTime<Utc>) -> bool {
        match self.until {
            None => true,
            Some(Until::Date(date)) => local.date() <= date,
            Some(Until::Local(last)) => local <= last,
            Some(Until::Utc(last)) => time <= last,
        }
    }
}

/// Writes the rule in canonical form, such that equal rules have equal text.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = FREQUENCIES.iter().find(|(_, it)| *it == self.frequency);
        write!(f, "FREQ={}", frequency.map_or("", |(word, _)| word))?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        match self.until {
            None => {}
            Some(Until::Date(date)) => write!(f, ";UNTIL={}", date.format("%Y%m%d"))?,
            Some(Until::Local(time)) => write!(f, ";UNTIL={}", time.format("%Y%m%dT%H%M%S"))?,
            Some(Until::Utc(time)) => write!(f, ";UNTIL={}", time.format("%Y%m%dT%H%M%SZ"))?,
        }
        let days = self.by_day.iter().map(|(ordinal, day)| {
            let mut text = ordinal.map(|nth| nth.to_string()).unwrap_or_default();
            text.push_str(name_of(*day));
            text
        });
        write_list(f, "BYMONTH", self.by_month.iter())?;
        write_list(f, "BYMONTHDAY", self.by_month_day.iter())?;
        write_list(f, "BYDAY", days)?;
        write_list(f, "BYSETPOS", self.by_set_pos.iter())?;
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", name_of(self.week_start))?;
        }
        Ok(())
    }
}

fn name_of(day: Weekday) -> &'static str {
    let found = WEEK_DAYS.iter().find(|(_, it)| *it == day);
    found.map_or("", |(word, _)| word)
}

fn write_list(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    values: impl Iterator<Item = impl fmt::Display>,
) -> fmt::Result {
    let mut text = String::new();
    for value in values {
        let comma = if text.is_empty() { "" } else { "," };
        let _ = write!(text, "{comma}{value}");
    }
    if text.is_empty() {
        return Ok(());
    }
    write!(f, ";{name}={text}")
}
