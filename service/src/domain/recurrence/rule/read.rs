//! Parser of recurrence rules. Unsupported parts are rejected by name, never ignored.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{FREQUENCIES, Frequency, RULE_CHARS, Rule, RuleError, Until, WEEK_DAYS};

/// Maximum number of values in a list of a rule.
const LISTED: usize = 62;
/// Maximum COUNT of a rule; each evaluation counts all occurrences before the next one.
const TIMES: u16 = 999;

fn rule_error(message: impl Into<String>) -> RuleError {
    RuleError(message.into())
}

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        if text.len() > RULE_CHARS {
            return Err(rule_error(format!("has more than {RULE_CHARS} characters")));
        }
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut parts: Vec<(&str, &str)> = Vec::new();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| {
                rule_error(format!(
                    "has `{}`, which does not have the form NAME=VALUE",
                    shorten_value(part)
                ))
            })?;
            if parts.iter().any(|(other, _)| *other == name) {
                return Err(rule_error(format!("has {} twice", shorten_value(name))));
            }
            parts.push((name, value));
        }
        let (_, frequency) = parts
            .iter()
            .find(|(name, _)| *name == "FREQ")
            .ok_or_else(|| rule_error("has no FREQ, which is required"))?;
        let mut rule = Self::with_frequency(parse_word(&FREQUENCIES, "FREQ", frequency)?);
        for (name, value) in parts {
            rule.set_part(name, value)?;
        }
        rule.check_parts()?;
        Ok(rule)
    }
}

impl Rule {
    fn with_frequency(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            by_month: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    fn set_part(&mut self, name: &str, value: &str) -> Result<(), RuleError> {
        match name {
            "FREQ" => {}
            "INTERVAL" => {
                let most = match self.frequency {
                    Frequency::Yearly => 99,
                    _ => 999,
                };
                self.interval = parse_number(name, value, 1, most)?;
            }
            "COUNT" => self.count = Some(parse_number(name, value, 1, TIMES)?),
            "UNTIL" => self.until = Some(parse_until(value)?),
            "BYMONTH" => {
                self.by_month = parse_list(name, value, |text| parse_number(name, text, 1, 12))?;
            }
            "BYMONTHDAY" => {
                self.by_month_day = parse_list(name, value, |text| parse_signed(name, text, 31))?;
            }
            "BYSETPOS" => {
                self.by_set_pos = parse_list(name, value, |text| parse_signed(name, text, 366))?;
            }
            "BYDAY" => self.by_day = parse_list(name, value, week_day)?,
            "WKST" => self.week_start = parse_word(&WEEK_DAYS, name, value)?,
            _ => {
                return Err(rule_error(format!(
                    "has {}, which is not supported; use FREQ, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS and WKST; the time of day is that of the first reminder",
                    shorten_value(name)
                )));
            }
        }
        Ok(())
    }

    /// Rejects combinations of parts that are invalid or have no meaning.
    fn check_parts(&self) -> Result<(), RuleError> {
        if self.count.is_some() && self.until.is_some() {
            return Err(rule_error(
                "has both COUNT and UNTIL, of which only one is allowed",
            ));
        }
        let mut ordinals = self.by_day.iter().filter_map(|(ordinal, _)| *ordinal);
        let most = match (self.frequency, self.by_month.is_empty()) {
            (Frequency::Daily | Frequency::Weekly, _) => 0,
            (Frequency::Yearly, true) => 53,
            _ => 5,
        };
        if let Some(ordinal) = ordinals.find(|ordinal| ordinal.unsigned_abs() > most) {
            return Err(rule_error(if most == 0 {
                format!(
                    "has the number {ordinal} in BYDAY, which requires FREQ=MONTHLY or FREQ=YEARLY"
                )
            } else {
                format!("has the number {ordinal} in BYDAY, and at most {most} is allowed here")
            }));
        }
        if self.frequency == Frequency::Weekly && !self.by_month_day.is_empty() {
            return Err(rule_error(
                "has BYMONTHDAY, which FREQ=WEEKLY does not allow",
            ));
        }
        let names_days =
            !(self.by_month.is_empty() && self.by_month_day.is_empty() && self.by_day.is_empty());
        if !self.by_set_pos.is_empty() && !names_days {
            return Err(rule_error(
                "has BYSETPOS, which requires BYMONTH, BYMONTHDAY or BYDAY",
            ));
        }
        Ok(())
    }
}

/// Returns the first 30 characters of a value from the client, without control characters, for messages.
fn shorten_value(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_control())
        .take(30)
        .collect()
}

fn parse_word<T: Copy>(words: &[(&str, T)], name: &str, value: &str) -> Result<T, RuleError> {
    let found = words.iter().find(|(word, _)| *word == value);
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let (value, words) = (shorten_value(value), words.join(", "));
        rule_error(format!("has {name}={value}, which must be one of {words}"))
    })
}

fn parse_number<T>(name: &str, text: &str, least: u16, most: u16) -> Result<T, RuleError>
where
    T: TryFrom<u16>,
{
    let is_plain = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<u16>().ok().filter(|_| is_plain);
    number
        .filter(|number| (least..=most).contains(number))
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| {
            let text = shorten_value(text);
            rule_error(format!(
                "has {name}={text}, which must be a number from {least} to {most}"
            ))
        })
}

/// Parses a number that counts from the end where it is negative; 0 is invalid.
fn parse_signed<T>(name: &str, text: &str, most: u16) -> Result<T, RuleError>
where
    T: TryFrom<i16>,
{
    let digits = text.trim_start_matches(['+', '-']);
    let is_plain = text.len() - digits.len() <= 1;
    let number = parse_number::<i16>(name, digits, 1, most)
        .ok()
        .filter(|_| is_plain);
    number
        .map(|number| if text.starts_with('-') { -number } else { number })
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| {
            let text = shorten_value(text);
            rule_error(format!(
                "has {name}={text}, which must be a number from 1 to {most}, or from -1 to -{most} to count from the end"
            ))
        })
}

fn parse_list<T: PartialEq>(
    name: &str,
    value: &str,
    read: impl Fn(&str) -> Result<T, RuleError>,
) -> Result<Vec<T>, RuleError> {
    let mut list = Vec::new();
    for text in value.split(',') {
        let one = read(text)?;
        if !list.contains(&one) {
            list.push(one);
        }
    }
    if list.len() > LISTED {
        return Err(rule_error(format!(
            "has more than {LISTED} values in {name}"
        )));
    }
    Ok(list)
}

fn week_day(text: &str) -> Result<(Option<i8>, Weekday), RuleError> {
    let at = text.len().saturating_sub(2);
    let (ordinal, day) = text.split_at_checked(at).unwrap_or(("", text));
    let day = parse_word(&WEEK_DAYS, "BYDAY", day)?;
    if ordinal.is_empty() {
        return Ok((None, day));
    }
    Ok((Some(parse_signed("BYDAY", ordinal, 53)?), day))
}

fn parse_until(text: &str) -> Result<Until, RuleError> {
    let date = || NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    let local = |text| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok();
    // Each form has a fixed length; `chrono` alone would also accept shorter text.
    let read = match text.len() {
        8 => date().map(Until::Date),
        15 => local(text).map(Until::Local),
        16 => text
            .strip_suffix('Z')
            .and_then(local)
            .map(|time| Until::Utc(time.and_utc())),
        _ => None,
    };
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z');
    read.filter(|_| is_plain).ok_or_else(|| {
        let text = shorten_value(text);
        rule_error(format!(
            "has UNTIL={text}, which must be a time such as 20261231T235959Z or a date such as 20261231"
        ))
    })
}
