//! Patterns that select log events.

use std::fmt;

/// Pattern that selects log events, for metric filters and subscriptions, at most 1,024 characters.
///
/// See [filter pattern syntax](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
///
/// ```
/// use infra_lib::logs::{FilterPattern, LogField};
///
/// let slow = LogField::new("status").equals_number(200).and(LogField::new("millis").greater_than(500));
/// assert_eq!(
///     FilterPattern::json(slow).to_string(),
///     "{ ($.status = 200) && ($.millis > 500) }",
/// );
/// assert_eq!(FilterPattern::all_terms(["ERROR", "time out"]).to_string(), r#""ERROR" "time out""#);
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct FilterPattern(String);

impl FilterPattern {
    /// Returns the pattern that selects every event.
    pub const fn every_event() -> Self {
        Self(String::new())
    }

    /// Selects events that contain all of these terms.
    pub fn all_terms<'t>(terms: impl IntoIterator<Item = &'t str>) -> Self {
        Self(join(terms.into_iter().map(quote)))
    }

    /// Selects events that contain at least one of these terms.
    pub fn any_term<'t>(terms: impl IntoIterator<Item = &'t str>) -> Self {
        Self(join(
            terms.into_iter().map(|term| format!("?{}", quote(term))),
        ))
    }

    /// Selects events in JSON that meet a condition.
    pub fn json(condition: LogCondition) -> Self {
        let LogCondition(text) = condition;
        Self(format!("{{ {text} }}"))
    }

    /// Returns a pattern in the notation of CloudWatch Logs, such as `[ip, user, status = 5*]`.
    pub fn of_text(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }
}

impl fmt::Display for FilterPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn join(terms: impl Iterator<Item = String>) -> String {
    terms.collect::<Vec<_>>().join(" ")
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Field of an event in JSON.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct LogField(String);

impl LogField {
    /// Creates a field from its path below the root, such as `request.status` or `items[0].id`.
    pub fn new(path: impl fmt::Display) -> Self {
        Self(format!("$.{path}"))
    }

    fn compare(&self, operator: &str, operand: impl fmt::Display) -> LogCondition {
        LogCondition(format!("{} {operator} {operand}", self.0))
    }

    /// Requires a text; `*` at its start or end matches any text.
    pub fn equals(&self, text: &str) -> LogCondition {
        self.compare("=", quote(text))
    }

    /// Requires a text other than this one.
    pub fn differs_from(&self, text: &str) -> LogCondition {
        self.compare("!=", quote(text))
    }

    /// Requires a number.
    pub fn equals_number(&self, number: i64) -> LogCondition {
        self.compare("=", number)
    }

    /// Requires a number above this one.
    pub fn greater_than(&self, number: i64) -> LogCondition {
        self.compare(">", number)
    }

    /// Requires a number below this one.
    pub fn less_than(&self, number: i64) -> LogCondition {
        self.compare("<", number)
    }

    /// Requires a truth value.
    pub fn is_boolean(&self, expected: bool) -> LogCondition {
        self.compare("IS", if expected { "TRUE" } else { "FALSE" })
    }

    /// Requires that the event does not have the field.
    pub fn is_missing(&self) -> LogCondition {
        self.compare("NOT", "EXISTS")
    }
}

/// Condition on the fields of an event in JSON.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct LogCondition(String);

impl LogCondition {
    /// Requires both conditions.
    pub fn and(self, other: Self) -> Self {
        let (Self(left), Self(right)) = (self, other);
        Self(format!("({left}) && ({right})"))
    }

    /// Requires one of the conditions.
    pub fn or(self, other: Self) -> Self {
        let (Self(left), Self(right)) = (self, other);
        Self(format!("({left}) || ({right})"))
    }
}
