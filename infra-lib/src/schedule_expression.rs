//! Checks of the schedule expressions that EventBridge, its Scheduler and AWS Backup share.

use crate::core::{Diagnostic, Duration, Scope, codes};

/// Returns `rate(…)` in the largest whole unit, or the reason why AWS rejects the interval.
pub(crate) fn rate(every: Duration) -> Result<String, String> {
    match every.as_minutes() {
        Some(1..) => Ok(format!("rate({every})")),
        _ => Err(format!(
            "the interval of {every} is not a positive number of whole minutes"
        )),
    }
}

/// Field of a cron expression: its name, its range, and the names of its values from the start of the range.
struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    names: &'static [&'static str],
}

const FIELDS: [Field; 6] = [
    Field {
        name: "minutes",
        first: 0,
        last: 59,
        names: &[],
    },
    Field {
        name: "hours",
        first: 0,
        last: 23,
        names: &[],
    },
    Field {
        name: "day of month",
        first: 1,
        last: 31,
        names: &[],
    },
    Field {
        name: "month",
        first: 1,
        last: 12,
        names: &[
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
        ],
    },
    Field {
        name: "day of week",
        first: 1,
        last: 7,
        names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    },
    Field {
        name: "year",
        first: 1970,
        last: 2199,
        names: &[],
    },
];

/// Returns the reason why AWS rejects the fields of a cron expression, if there is one.
///
/// See [cron expressions](https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based).
pub(crate) fn check_cron(fields: &str) -> Result<(), String> {
    let given: Vec<&str> = fields.split_ascii_whitespace().collect();
    if given.len() != FIELDS.len() {
        return Err(format!(
            "a cron expression has 6 fields (minutes, hours, day of month, month, day of week, year), not {}",
            given.len()
        ));
    }
    for (field, text) in FIELDS.iter().zip(&given) {
        for part in text.split(',') {
            if !field.accepts(part) {
                return Err(format!(
                    "`{part}` is not a valid {} ({} to {})",
                    field.name, field.first, field.last
                ));
            }
        }
    }
    match (given[2] == "?", given[4] == "?") {
        (true, false) | (false, true) => Ok(()),
        (false, false) => {
            Err("day of month and day of week are both set; one of them must be `?`".to_owned())
        }
        (true, true) => {
            Err("day of month and day of week are both `?`; one of them must be set".to_owned())
        }
    }
}

impl Field {
    fn accepts(&self, part: &str) -> bool {
        let is_day = self.first == 1 && self.last != 12;
        if part == "?" || part == "L" {
            return is_day;
        }
        if self.last == 31
            && (part == "LW" || part.strip_suffix('W').is_some_and(|day| self.is_value(day)))
        {
            return true;
        }
        if self.last == 7 {
            if let Some((day, number)) = part.split_once('#') {
                return self.is_value(day) && matches!(number, "1" | "2" | "3" | "4" | "5");
            }
            if part.strip_suffix('L').is_some_and(|day| self.is_value(day)) {
                return true;
            }
        }
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        if step.is_some_and(|step| !step.parse::<u32>().is_ok_and(|step| step > 0)) {
            return false;
        }
        range == "*"
            || match range.split_once('-') {
                Some((from, to)) => self.is_value(from) && self.is_value(to),
                None => self.is_value(range),
            }
    }

    fn is_value(&self, text: &str) -> bool {
        let number = text.parse::<u32>();
        number.is_ok_and(|number| (self.first..=self.last).contains(&number))
            || self
                .names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(text))
    }
}

/// Reports a schedule expression that AWS rejects (`INF4863`).
pub(crate) fn report(scope: Scope<'_>, expression: &str, problem: String) {
    scope.report(
        Diagnostic::new(codes::SCHEDULE_EXPRESSION, problem)
            .property("ScheduleExpression")
            .actual(expression)
            .help("write a rate of at least one minute, or a cron expression such as `0 7 ? * MON-FRI *`")
            .url("https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_cron_expressions_of_the_user_guide() {
        for fields in [
            "15 10 * * ? *",
            "15 10 ? * 6L 2019-2022",
            "0 10 * * ? *",
            "0 18 ? * MON-FRI *",
            "0 8 1 * ? *",
            "0/15 * * * ? *",
            "0/5 8-17 ? * mon-fri *",
            "0 9 ? * 2#1 *",
            "30 22 L * ? *",
            "0 0 LW JAN,JUL ? *",
            "0 0 3W * ? *",
        ] {
            assert_eq!(check_cron(fields), Ok(()), "{fields}");
        }
    }

    #[test]
    fn rejects_cron_expressions_with_the_reason() {
        for (fields, reason) in [
            ("0 10 * * *", "a cron expression has 6 fields"),
            ("0 10 * * * *", "are both set"),
            ("0 10 ? * ? *", "are both `?`"),
            ("60 10 * * ? *", "`60` is not a valid minutes (0 to 59)"),
            ("0 24 * * ? *", "`24` is not a valid hours"),
            ("0 8 ? * 0 *", "`0` is not a valid day of week (1 to 7)"),
            ("0 8 ? * 2#6 *", "`2#6` is not a valid day of week"),
            ("0 8 * MAI ? *", "`MAI` is not a valid month"),
            ("0/0 8 * * ? *", "`0/0` is not a valid minutes"),
            ("? 8 * * ? *", "`?` is not a valid minutes"),
        ] {
            let problem = check_cron(fields).unwrap_err();
            assert!(problem.contains(reason), "{fields}: {problem}");
        }
    }

    #[test]
    fn writes_rates_in_whole_minutes_and_larger_units() {
        assert_eq!(rate(Duration::minutes(1)), Ok("rate(1 minute)".to_owned()));
        assert_eq!(
            rate(Duration::minutes(90)),
            Ok("rate(90 minutes)".to_owned())
        );
        assert_eq!(rate(Duration::hours(48)), Ok("rate(2 days)".to_owned()));
        assert!(rate(Duration::seconds(30)).is_err());
        assert!(rate(Duration::seconds(0)).is_err());
    }
}
