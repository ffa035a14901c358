//! The SQL of topic rules, and filters of topics.

use crate::core::{Diagnostic, Scope, Value, codes};

/// Version of the SQL of a [`TopicRule`](super::TopicRule).
///
/// See [SQL versions](https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-sql-version.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SqlVersion {
    /// `2015-10-08`, the first version.
    V2015,
    /// `2016-03-23`, which reads arrays, nested objects and binary messages.
    #[default]
    V2016,
}

impl SqlVersion {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::V2015 => "2015-10-08",
            Self::V2016 => "2016-03-23",
        }
    }
}

/// Returns the topic filter of `FROM 'filter'`, if the statement has one.
pub(super) fn topic_filter(sql: &str) -> Option<&str> {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let from = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case("from"))?;
    let filter = words.get(from + 1)?;
    let quote = filter
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'))?;
    filter[1..].split(quote).next()
}

/// Returns the first problem of a topic filter: a wildcard that is not a whole level, or `#` before the end.
pub(super) fn filter_problem(filter: &str) -> Option<&'static str> {
    let levels: Vec<&str> = filter.split('/').collect();
    let last = levels.len() - 1;
    levels.iter().enumerate().find_map(|(at, level)| {
        if level.contains('#') && *level != "#" || level.contains('+') && *level != "+" {
            return Some("a wildcard must be a level of its own");
        }
        (*level == "#" && at < last).then_some("`#` must be the last level")
    })
}

/// Returns true if a topic without wildcards matches a filter.
pub(super) fn matches_filter(filter: &str, topic: &str) -> bool {
    let mut levels = topic.split('/');
    for expected in filter.split('/') {
        // `#` stands for the parent level as well.
        if expected == "#" {
            return true;
        }
        match levels.next() {
            Some(level) if expected == "+" || expected == level => {}
            _ => return false,
        }
    }
    levels.next().is_none()
}

/// Reports a statement that AWS IoT rejects. A statement that is known only at deployment is not checked.
pub(super) fn check_sql(scope: Scope<'_>, sql: &Value<String>) {
    let Some(sql) = sql.as_literal() else { return };
    let select = sql.split_whitespace().next().unwrap_or_default();
    let problem = if select.eq_ignore_ascii_case("select") {
        topic_filter(sql).and_then(filter_problem)
    } else {
        Some("a statement must begin with `SELECT`")
    };
    let Some(problem) = problem else { return };
    scope.report(
        Diagnostic::new(
            codes::TOPIC_RULE_SQL,
            format!("AWS IoT rejects the SQL of a topic rule: {problem}"),
        )
        .property("TopicRulePayload.Sql")
        .actual(sql)
        .expected("a statement such as `SELECT * FROM 'devices/+/state' WHERE temperature > 30`")
        .help("`+` stands for one level of a topic, `#` at the end for any number of them")
        .url("https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-reference.html"),
    );
}
