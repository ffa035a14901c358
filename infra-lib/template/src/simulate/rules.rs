//! Reads the rules on interruptions and obstacles, and decides which of them apply to a change.

use std::sync::LazyLock;

use serde_json::{Map, Value as JsonValue};

use crate::review::Availability;

const INTERRUPTIONS: &str = include_str!("interruptions.txt");
const OBSTACLES: &str = include_str!("obstacles.txt");

static INTERRUPTION_RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    INTERRUPTIONS
        .lines()
        .filter_map(parse_interruption)
        .collect()
});
static OBSTACLE_RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| OBSTACLES.lines().filter_map(parse_obstacle).collect());

/// A row of one of the files.
pub(super) struct Rule {
    type_name: &'static str,
    kind: &'static str,
    properties: Vec<&'static str>,
    terms: Vec<Term>,
    pub(super) verdict: Availability,
    pub(super) seconds: Option<(u64, u64)>,
    /// `true` if the obstacle occurs in every case.
    pub(super) certain: bool,
    pub(super) reason: &'static str,
    pub(super) source: &'static str,
}

/// A condition of a rule.
#[derive(Clone, Copy)]
enum Term {
    Equals(&'static str, &'static str),
    AtLeast(&'static str, f64),
    Below(&'static str, f64),
    Present(&'static str),
    Absent(&'static str),
    Narrows,
}

/// A resource that changes, as far as conditions read it.
#[derive(Clone, Copy)]
pub(super) struct Subject<'t> {
    pub(super) before: Option<&'t Map<String, JsonValue>>,
    pub(super) after: Option<&'t Map<String, JsonValue>>,
    pub(super) narrows: bool,
}

fn parse_interruption(line: &'static str) -> Option<Rule> {
    let cells = split_cells(line, 8)?;
    Some(Rule {
        type_name: cells[0],
        kind: cells[1],
        properties: cells[2].split(", ").collect(),
        terms: parse_terms(cells[3])?,
        verdict: Availability::from_word(cells[4])?,
        seconds: cells[5]
            .split_once('-')
            .and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?))),
        certain: true,
        reason: cells[6],
        source: cells[7],
    })
}

fn parse_obstacle(line: &'static str) -> Option<Rule> {
    let cells = split_cells(line, 7)?;
    Some(Rule {
        type_name: cells[0],
        kind: cells[1],
        properties: cells[2].split(", ").collect(),
        terms: parse_terms(cells[3])?,
        verdict: Availability::Unknown,
        seconds: None,
        certain: cells[4] == "certain",
        reason: cells[5],
        source: cells[6],
    })
}

fn split_cells(line: &'static str, count: usize) -> Option<Vec<&'static str>> {
    let cells: Vec<&str> = line.split(" | ").collect();
    (!line.starts_with('#') && cells.len() == count).then_some(cells)
}

fn parse_terms(text: &'static str) -> Option<Vec<Term>> {
    if text == "-" {
        return Some(Vec::new());
    }
    text.split(" and ").map(parse_term).collect()
}

fn parse_term(text: &'static str) -> Option<Term> {
    if text == "narrows" {
        return Some(Term::Narrows);
    }
    if let Some(path) = text.strip_suffix(" present") {
        return Some(Term::Present(path));
    }
    if let Some(path) = text.strip_suffix(" absent") {
        return Some(Term::Absent(path));
    }
    if let Some((path, number)) = text.split_once(">=") {
        return Some(Term::AtLeast(path, number.parse().ok()?));
    }
    if let Some((path, number)) = text.split_once('<') {
        return Some(Term::Below(path, number.parse().ok()?));
    }
    let (path, value) = text.split_once('=')?;
    Some(Term::Equals(path, value))
}

/// Returns the rules for a change of one property, from the first that may apply to the first that certainly applies. The flag is `false` if a value
/// that decides is known at run time only.
pub(super) fn find_interruptions<'r>(
    type_name: &str,
    change: &str,
    property: &str,
    subject: Subject<'_>,
) -> Vec<(&'r Rule, bool)> {
    select_rules(&INTERRUPTION_RULES, type_name, change, property, subject)
}

/// Returns the first obstacle to undoing a change of these properties (`undo`), or to deleting the resource (`delete`).
pub(super) fn find_obstacle<'r>(
    type_name: &str,
    kind: &str,
    properties: &[&str],
    subject: Subject<'_>,
) -> Option<&'r Rule> {
    let each = properties
        .iter()
        .flat_map(|property| select_rules(&OBSTACLE_RULES, type_name, kind, property, subject));
    // A certain obstacle is of more use than a possible one.
    let mut found: Vec<&Rule> = each.map(|(rule, _)| rule).collect();
    found.sort_by_key(|rule| !rule.certain);
    found.first().copied()
}

fn select_rules<'r>(
    rules: &'r [Rule],
    type_name: &str,
    kind: &str,
    property: &str,
    subject: Subject<'_>,
) -> Vec<(&'r Rule, bool)> {
    let mut found = Vec::new();
    for rule in rules {
        let named = matches(rule.type_name, type_name)
            && rule.kind == kind
            && rule.properties.iter().any(|name| matches(name, property));
        if !named {
            continue;
        }
        match subject.decide_all(&rule.terms) {
            Some(false) => {}
            Some(true) => {
                found.push((rule, true));
                return found;
            }
            None => found.push((rule, false)),
        }
    }
    found
}

/// Returns `true` if a name matches a pattern, in which `*` at the end stands for any rest.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

impl<'t> Subject<'t> {
    /// Decides whether all terms hold; `None` if that depends on a value that is known at run time only.
    fn decide_all(self, terms: &[Term]) -> Option<bool> {
        let mut known = true;
        for term in terms {
            match self.decide(*term) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = false,
            }
        }
        known.then_some(true)
    }

    fn decide(self, term: Term) -> Option<bool> {
        match term {
            Term::Narrows => Some(self.narrows),
            Term::Present(path) => Some(self.value(path).is_some()),
            Term::Absent(path) => Some(self.value(path).is_none()),
            Term::Equals(path, expected) => match self.value(path) {
                None => Some(false),
                Some(JsonValue::Bool(value)) => Some(value.to_string() == expected),
                Some(JsonValue::Number(value)) => Some(value.to_string() == expected),
                Some(JsonValue::String(value)) => Some(value == expected),
                Some(_) => None,
            },
            Term::AtLeast(path, number) => self
                .number(path)?
                .map_or(Some(false), |value| Some(value >= number)),
            Term::Below(path, number) => self
                .number(path)?
                .map_or(Some(false), |value| Some(value < number)),
        }
    }

    /// Returns the number at a path: `None` if it is known at run time only, `Some(None)` if it is absent.
    #[expect(
        clippy::option_option,
        reason = "unknown and absent are different answers"
    )]
    fn number(self, path: &str) -> Option<Option<f64>> {
        match self.value(path) {
            None => Some(None),
            Some(JsonValue::Number(value)) => Some(value.as_f64()),
            Some(JsonValue::String(value)) => Some(value.parse().ok()),
            Some(_) => None,
        }
    }

    fn value(self, path: &str) -> Option<&'t JsonValue> {
        let (entry, path) = match path.strip_prefix("before.") {
            Some(path) => (self.before?, path),
            None => (self.after.or(self.before)?, path),
        };
        let mut steps = path.split('.');
        let mut value = if path == "UpdatePolicy" || path.starts_with("UpdatePolicy.") {
            entry.get(steps.next()?)?
        } else {
            entry.get("Properties")?.get(steps.next()?)?
        };
        for step in steps {
            // A condition or reference in place of an object: its value is known at run time only.
            value = match value.get(step) {
                Some(inner) => inner,
                None if is_intrinsic(value) => value,
                None => return None,
            };
        }
        (!value.is_null()).then_some(value)
    }
}

fn is_intrinsic(value: &JsonValue) -> bool {
    let only = value.as_object().filter(|map| map.len() == 1);
    only.and_then(|map| map.keys().next())
        .is_some_and(|key| key == "Ref" || key.starts_with("Fn::"))
}

#[cfg(test)]
mod tests {
    use super::{INTERRUPTION_RULES, INTERRUPTIONS, OBSTACLE_RULES, OBSTACLES, Rule};

    #[test]
    fn reads_every_row() {
        for (text, rules) in [
            (INTERRUPTIONS, &INTERRUPTION_RULES),
            (OBSTACLES, &OBSTACLE_RULES),
        ] {
            let rows = text.lines().filter(|line| !line.starts_with('#')).count();
            assert_eq!(rows, rules.len());
        }
    }

    #[test]
    fn names_existing_types_and_properties_and_their_sources() {
        for rule in INTERRUPTION_RULES.iter().chain(OBSTACLE_RULES.iter()) {
            let Rule {
                type_name, source, ..
            } = rule;
            assert!(source.starts_with("https://"), "{type_name}: {source}");
            if type_name.ends_with('*') {
                continue;
            }
            let model = infra_schema::resource(type_name);
            // Custom resources have no model of their properties.
            let model = model.unwrap_or_else(|| panic!("{type_name}"));
            for name in &rule.properties {
                let known = name.ends_with('*') || model.property(name).is_some();
                assert!(known, "{type_name}: {name}");
            }
        }
    }

    #[test]
    fn gives_seconds_to_brief_interruptions_only() {
        for rule in INTERRUPTION_RULES.iter() {
            let brief = rule.verdict == super::Availability::Brief;
            assert_eq!(rule.seconds.is_some(), brief, "{}", rule.type_name);
        }
    }
}
