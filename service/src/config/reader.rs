//! Reader that parses variables one by one and collects the problems. Reported as [`Problem`] and [`Problems`].

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Serialize;

use super::variables::VARIABLES;

/// An environment variable whose value cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Name of the variable, such as `PORT`.
    pub variable: String,
    /// Description of the problem, which continues a sentence that begins with the name. It never contains the value of a secret.
    pub message: String,
    /// Description of the allowed values, or of the way to solve the problem.
    pub allowed: String,
}

/// All problems of a configuration, in the order in which they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(
                f,
                "{} {}: {}",
                problem.variable, problem.message, problem.allowed
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

pub(super) struct Reader<'a> {
    variables: &'a BTreeMap<String, String>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(variables: &'a BTreeMap<String, String>) -> Self {
        Self {
            variables,
            problems: Vec::new(),
        }
    }

    /// Returns the result, or all problems if there are any. Misspelled names are among them.
    pub(super) fn into_result<T>(mut self, result: T) -> Result<T, Problems> {
        self.report_misspelled();
        if self.problems.is_empty() {
            Ok(result)
        } else {
            Err(Problems(self.problems))
        }
    }

    /// Returns the trimmed value of a variable. Empty values count as not set.
    pub(super) fn find_value(&self, name: &str) -> Option<&'a str> {
        debug_assert!(
            VARIABLES.iter().any(|variable| variable.name == name),
            "{name} is not in the table of variables"
        );
        self.variables
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Reports the value of a variable as wrong. The value is shown unless the variable is a secret, cut off after 100 characters.
    pub(super) fn report_value(&mut self, name: &str, value: &str, allowed: &str) {
        let secret = VARIABLES
            .iter()
            .any(|variable| variable.name == name && variable.is_secret);
        let message = if secret {
            "has an invalid value".to_owned()
        } else {
            format!("is `{}`", value.chars().take(100).collect::<String>())
        };
        self.report_problem(name, message, allowed);
    }

    /// Reports a problem of a variable with this message.
    pub(super) fn report_problem(&mut self, name: &str, message: impl Into<String>, allowed: &str) {
        self.problems.push(Problem {
            variable: name.to_owned(),
            message: message.into(),
            allowed: allowed.to_owned(),
        });
    }

    /// Parses a variable. Returns the default `without` if it is not set, and also if it is wrong, which is reported.
    pub(super) fn parse_value<T: FromStr>(
        &mut self,
        name: &str,
        allowed: &str,
        without: &str,
    ) -> T {
        let given = self.find_value(name);
        if let Some(value) = given.and_then(|value| value.parse().ok()) {
            return value;
        }
        if let Some(value) = given {
            self.report_value(name, value, allowed);
        }
        match without.parse() {
            Ok(value) => value,
            Err(_) => unreachable!("the default of {name} is one of its values"),
        }
    }

    /// Parses a variable with a default, like [`Self::parsed`]. Returns `None` for the value `off`, which switches the feature off.
    pub(super) fn parse_unless<T: FromStr>(
        &mut self,
        name: &str,
        off: &str,
        allowed: &str,
        without: &str,
    ) -> Option<T> {
        (self.find_value(name) != Some(off)).then(|| self.parse_value(name, allowed, without))
    }

    /// Parses a variable without a default. Returns `None` if it is not set, and also if it is wrong, which is reported.
    pub(super) fn parse_optional<T: FromStr>(&mut self, name: &str, allowed: &str) -> Option<T> {
        let given = self.find_value(name)?;
        let value = given.parse().ok();
        if value.is_none() {
            self.report_value(name, given, allowed);
        }
        value
    }

    /// Parses values that are separated by commas. Each wrong value is reported and skipped.
    pub(super) fn parse_list<T: FromStr>(&mut self, name: &str, allowed: &str) -> Vec<T> {
        let given = self.find_value(name).unwrap_or_default();
        let mut values = Vec::new();
        for part in given
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match part.parse() {
                Ok(value) => values.push(value),
                Err(_) => self.report_value(name, part, allowed),
            }
        }
        values
    }

    /// Parses a Boolean variable: `true`, `1`, `on` or `yes`, and `false`, `0`, `off` or `no`.
    pub(super) fn parse_switch(&mut self, name: &str, without: bool) -> bool {
        match self.find_value(name) {
            None => without,
            Some("true" | "1" | "on" | "yes") => true,
            Some("false" | "0" | "off" | "no") => false,
            Some(other) => {
                self.report_value(name, other, "true or false");
                without
            }
        }
    }

    /// Parses a whole number from `least` to `most`.
    pub(super) fn parse_number<T>(&mut self, name: &str, least: T, most: T, without: T) -> T
    where
        T: FromStr + PartialOrd + fmt::Display + Copy,
    {
        let Some(given) = self.find_value(name) else {
            return without;
        };
        match given.parse() {
            Ok(number) if number >= least && number <= most => number,
            _ => {
                self.report_value(
                    name,
                    given,
                    &format!("a whole number from {least} to {most}"),
                );
                without
            }
        }
    }

    /// Parses a whole number of seconds from `least` to `most`.
    pub(super) fn parse_seconds(
        &mut self,
        name: &str,
        least: u64,
        most: u64,
        without: u64,
    ) -> Duration {
        Duration::from_secs(self.parse_number(name, least, most, without))
    }

    /// Reports variables whose names nearly match a known one. Other unknown variables are ignored, because they belong to other programs.
    fn report_misspelled(&mut self) {
        let known = |name: &str| VARIABLES.iter().any(|variable| variable.name == name);
        for name in self.variables.keys().filter(|name| !known(name)) {
            let near = VARIABLES
                .iter()
                .find(|variable| variable.name.len() > 4 && is_near(name, variable.name));
            if let Some(near) = near {
                self.problems.push(Problem {
                    variable: name.clone(),
                    message: "is not a known variable".to_owned(),
                    allowed: format!("use {}, which has a similar name", near.name),
                });
            }
        }
    }
}

/// Returns true if the names differ by one character that was left out, added, replaced, or swapped with the next one.
fn is_near(given: &str, known: &str) -> bool {
    let (given, known) = (given.as_bytes(), known.as_bytes());
    if given.len().abs_diff(known.len()) > 1 {
        return false;
    }
    let same = given.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (given, known) = (&given[same..], &known[same..]);
    match given.len().cmp(&known.len()) {
        std::cmp::Ordering::Less => given == &known[1..],
        std::cmp::Ordering::Greater => &given[1..] == known,
        std::cmp::Ordering::Equal => {
            given.is_empty()
                || given[1..] == known[1..]
                || (given.len() > 1
                    && given[0] == known[1]
                    && given[1] == known[0]
                    && given[2..] == known[2..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn detects_names_with_one_typo() {
        for (given, near) in [
            ("LOG_LEVL", true),
            ("LOG_LEEVL", true),
            ("LOG_LEVELS", true),
            ("LOG_LABEL", false),
            ("LOGLEVEL", true),
            ("HOME", false),
        ] {
            assert_eq!(is_near(given, "LOG_LEVEL"), near, "{given}");
        }
    }
}
