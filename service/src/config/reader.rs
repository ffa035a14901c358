//! Reads variables one by one and keeps what is wrong with them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Serialize;

use super::variables::VARIABLES;

/// One variable that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its name.
    pub variable: String,
    /// What is wrong. The value of a secret is never in it.
    pub message: String,
    /// What would be right.
    pub allowed: String,
}

/// Everything that is wrong.
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

    /// The result, if nothing was wrong.
    pub(super) fn finish<T>(mut self, result: T) -> Result<T, Problems> {
        self.misspelled();
        if self.problems.is_empty() {
            Ok(result)
        } else {
            Err(Problems(self.problems))
        }
    }

    /// The value, if there is one.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        debug_assert!(
            VARIABLES.iter().any(|variable| variable.name == name),
            "{name} is not in the table of variables"
        );
        self.variables
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Keeps that a variable is wrong.
    pub(super) fn wrong(&mut self, name: &str, value: &str, allowed: &str) {
        let secret = VARIABLES
            .iter()
            .any(|variable| variable.name == name && variable.is_secret);
        let message = if secret {
            "has a value that cannot be used".to_owned()
        } else {
            format!("is `{}`", value.chars().take(100).collect::<String>())
        };
        self.say(name, message, allowed);
    }

    /// Keeps what is wrong with a variable in other words.
    pub(super) fn say(&mut self, name: &str, message: impl Into<String>, allowed: &str) {
        self.problems.push(Problem {
            variable: name.to_owned(),
            message: message.into(),
            allowed: allowed.to_owned(),
        });
    }

    /// A value, or the one that is used without.
    pub(super) fn parsed<T: FromStr>(&mut self, name: &str, allowed: &str, without: &str) -> T {
        let given = self.text(name);
        if let Some(value) = given.and_then(|value| value.parse().ok()) {
            return value;
        }
        if let Some(value) = given {
            self.wrong(name, value, allowed);
        }
        match without.parse() {
            Ok(value) => value,
            Err(_) => unreachable!("the default of {name} is one of its values"),
        }
    }

    /// The same, or nothing for a word that switches it off.
    pub(super) fn parsed_unless<T: FromStr>(
        &mut self,
        name: &str,
        off: &str,
        allowed: &str,
        without: &str,
    ) -> Option<T> {
        (self.text(name) != Some(off)).then(|| self.parsed(name, allowed, without))
    }

    /// A value that may be left out.
    pub(super) fn optional<T: FromStr>(&mut self, name: &str, allowed: &str) -> Option<T> {
        let given = self.text(name)?;
        let value = given.parse().ok();
        if value.is_none() {
            self.wrong(name, given, allowed);
        }
        value
    }

    /// Values between commas.
    pub(super) fn list<T: FromStr>(&mut self, name: &str, allowed: &str) -> Vec<T> {
        let given = self.text(name).unwrap_or_default();
        let mut values = Vec::new();
        for part in given
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match part.parse() {
                Ok(value) => values.push(value),
                Err(_) => self.wrong(name, part, allowed),
            }
        }
        values
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, name: &str, without: bool) -> bool {
        match self.text(name) {
            None => without,
            Some("true" | "1" | "on" | "yes") => true,
            Some("false" | "0" | "off" | "no") => false,
            Some(other) => {
                self.wrong(name, other, "true or false");
                without
            }
        }
    }

    /// A whole number within bounds.
    pub(super) fn number<T>(&mut self, name: &str, least: T, most: T, without: T) -> T
    where
        T: FromStr + PartialOrd + fmt::Display + Copy,
    {
        let Some(given) = self.text(name) else {
            return without;
        };
        match given.parse() {
            Ok(number) if number >= least && number <= most => number,
            _ => {
                self.wrong(name, given, &format!("a whole number, {least} to {most}"));
                without
            }
        }
    }

    /// Whole seconds within bounds.
    pub(super) fn seconds(&mut self, name: &str, least: u64, most: u64, without: u64) -> Duration {
        Duration::from_secs(self.number(name, least, most, without))
    }

    /// A variable with nearly the name of one of ours is a mistake; others are none of our business.
    fn misspelled(&mut self) {
        let known = |name: &str| VARIABLES.iter().any(|variable| variable.name == name);
        for name in self.variables.keys().filter(|name| !known(name)) {
            let near = VARIABLES
                .iter()
                .find(|variable| variable.name.len() > 4 && is_near(name, variable.name));
            if let Some(near) = near {
                self.problems.push(Problem {
                    variable: name.clone(),
                    message: "is not known".to_owned(),
                    allowed: format!("{}, which it resembles", near.name),
                });
            }
        }
    }
}

/// Whether one letter was left out, added, replaced, or swapped with its neighbour.
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
    fn names_with_one_slip_are_near() {
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
