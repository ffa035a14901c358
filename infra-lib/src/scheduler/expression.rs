//! Times of schedules.

use crate::core::{Diagnostic, Duration, Scope, codes};
use crate::schedule_expression;

/// Times at which a schedule invokes its target: an interval, a cron expression or a single time.
///
/// See [schedule types](https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::scheduler::ScheduleExpression;
///
/// let often = ScheduleExpression::rate(Duration::minutes(15));
/// let mornings = ScheduleExpression::cron("0 7 ? * MON-FRI *").time_zone("Europe/Berlin");
/// let once = ScheduleExpression::at("2030-01-01T00:00:00").time_zone("Asia/Tokyo");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ScheduleExpression {
    text: String,
    problem: Option<String>,
    zone: Option<String>,
}

impl ScheduleExpression {
    fn new(text: String, checked: Result<(), String>) -> Self {
        Self {
            text,
            problem: checked.err(),
            zone: None,
        }
    }

    /// Creates an expression that repeats after an interval: whole minutes, at least one (`INF4863`).
    pub fn rate(every: Duration) -> Self {
        let checked = schedule_expression::rate(every).map(|_| ());
        Self::new(format!("rate({every})"), checked)
    }

    /// Creates an expression from the six fields of a cron expression: minutes, hours, day of month, month, day of week,
    /// year. Either day of month or day of week is `?`. Invalid fields are reported (`INF4863`).
    pub fn cron(fields: &str) -> Self {
        let checked = schedule_expression::check_cron(fields);
        Self::new(format!("cron({fields})"), checked)
    }

    /// Creates an expression for a single time, `yyyy-mm-ddThh:mm:ss`. Another form is reported (`INF4863`).
    pub fn at(time: &str) -> Self {
        let checked = if is_time(time) {
            Ok(())
        } else {
            Err(format!(
                "`{time}` is not a time in the form `yyyy-mm-ddThh:mm:ss`"
            ))
        };
        Self::new(format!("at({time})"), checked)
    }

    /// Sets the time zone of a cron expression or a single time, by its name in the database of IANA, such as
    /// `Europe/Berlin` (`INF4871`). Changes to and from summer time are observed. Default: UTC.
    pub fn time_zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = Some(zone.into());
        self
    }

    /// Returns expression and time zone; what AWS rejects is reported in `scope`.
    pub(super) fn render(self, scope: Scope<'_>) -> (String, Option<String>) {
        if let Some(problem) = self.problem {
            schedule_expression::report(scope, &self.text, problem);
        }
        if let Some(zone) = self.zone.as_deref().filter(|zone| !is_zone(zone)) {
            scope.report(
                Diagnostic::new(
                    codes::SCHEDULE_TIME_ZONE,
                    format!("`{zone}` is not the name of a time zone"),
                )
                .property("ScheduleExpressionTimezone")
                .actual(zone)
                .expected("a name of the IANA database, such as `Europe/Berlin` or `UTC`")
                .help("offsets such as `+02:00` are no time zones, since they ignore summer time")
                .url("https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#time-zones"),
            );
        }
        (self.text, self.zone)
    }
}

/// Returns `true` for `yyyy-mm-ddThh:mm:ss` with each field in its range.
fn is_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let fields = |text: &str, separator: char, widths: [usize; 3]| -> Option<[u32; 3]> {
        let parts: Vec<&str> = text.split(separator).collect();
        let parts: [&str; 3] = parts.try_into().ok()?;
        let is_number = |(part, width): (&&str, usize)| {
            part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !parts.iter().zip(widths).all(is_number) {
            return None;
        }
        let numbers = parts.map(|part| part.parse().unwrap_or(u32::MAX));
        Some(numbers)
    };
    let date = fields(date, '-', [4, 2, 2]);
    let time = fields(time, ':', [2, 2, 2]);
    let days = |year: u32, month: u32| match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    date.is_some_and(|[year, month, day]| {
        (1..=12).contains(&month) && (1..=days(year, month)).contains(&day)
    }) && time.is_some_and(|[hour, minute, second]| hour < 24 && minute < 60 && second < 60)
}

/// Returns `true` for text in the form of a name of the IANA database.
fn is_zone(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_+-".contains(c))
    };
    let is_offset = ["UTC+", "UTC-", "GMT+", "GMT-"]
        .iter()
        .any(|prefix| name.starts_with(prefix));
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.split('/').all(is_part)
        && !is_offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_times_of_the_calendar_only() {
        assert!(is_time("2028-02-29T23:59:59"));
        for text in [
            "2027-02-29T00:00:00",
            "2027-13-01T00:00:00",
            "2027-01-01T24:00:00",
            "2027-01-01 00:00:00",
            "2027-1-1T00:00:00",
            "2027-01-01T00:00:00Z",
        ] {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn accepts_names_of_time_zones_only() {
        for name in [
            "Europe/Berlin",
            "UTC",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+2",
            "Japan",
        ] {
            assert!(is_zone(name), "{name}");
        }
        for name in ["+02:00", "UTC+2", "Europe/", "Central European", ""] {
            assert!(!is_zone(name), "{name}");
        }
    }
}
