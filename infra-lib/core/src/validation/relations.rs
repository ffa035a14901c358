//! Checks relations between the properties of an object, which `infra_schema::relations` lists with their sources.

use infra_schema::relations::{Demand, Relation, Test, relations_of};

use super::view::{Entries, Form, View, find_entry, literal_form};
use super::walk::{Object, Presence, Walk, join_path};
use crate::diagnostic::{Diagnostic, codes};

/// A property at a path.
enum Found<'t, V> {
    Absent,
    Given(V, Form<'t, V>),
    /// Decided at deployment, or by a condition.
    Unknown,
}

pub(super) fn check_relations<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    map: &Entries<'t, V>,
    object: &Object<'_, V>,
    at: &str,
) {
    let name = match object.value {
        None => "",
        Some(_) => object.owner.rsplit('.').next().unwrap_or_default(),
    };
    for relation in relations_of(walk.type_name) {
        if relation.object == name && relation.tests.iter().all(|test| holds(map, test)) {
            check_demand(walk, map, object, relation, at);
        }
    }
}

fn find_property<'t, V: View<'t>>(map: &Entries<'t, V>, path: &str) -> Found<'t, V> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(value) = find_entry(map, first) else {
        return Found::Absent;
    };
    match Presence::of_value(Some(value)) {
        Presence::Absent => return Found::Absent,
        Presence::Deferred => return Found::Unknown,
        Presence::Present => {}
    }
    match value.form() {
        Form::Map(inner) if !rest.is_empty() => find_property(&inner, rest),
        _ if !rest.is_empty() => Found::Unknown,
        form => Found::Given(value, form),
    }
}

/// Returns the literal text of a property.
fn literal_at<'t, V: View<'t>>(map: &Entries<'t, V>, path: &str) -> Option<(V, String)> {
    match find_property(map, path) {
        Found::Given(value, form) => Some((value, literal_form(&form)?)),
        _ => None,
    }
}

fn is_one_of(text: &str, values: &[&str]) -> bool {
    values.iter().any(|value| value.eq_ignore_ascii_case(text))
}

/// Returns `true` if a test certainly holds.
fn holds<'t, V: View<'t>>(map: &Entries<'t, V>, test: &Test) -> bool {
    let is = |path: &str, values: &[&str]| {
        literal_at(map, path).is_some_and(|(_, text)| is_one_of(&text, values))
    };
    match test {
        Test::Given(path) => matches!(find_property(map, path), Found::Given(..)),
        Test::Absent(path) => matches!(find_property(map, path), Found::Absent),
        Test::Is(path, values) => is(path, values),
        Test::AbsentOrIs(path, values) => {
            matches!(find_property(map, path), Found::Absent) || is(path, values)
        }
        Test::IsNot(path, values) => {
            literal_at(map, path).is_some_and(|(_, text)| !is_one_of(&text, values))
        }
        Test::Starts(path, starts) => literal_at(map, path)
            .is_some_and(|(_, text)| starts.iter().any(|start| text.starts_with(start))),
        Test::Ends(path, end) => literal_at(map, path).is_some_and(|(_, text)| text.ends_with(end)),
        Test::Contains(path, wanted) => match find_property(map, path) {
            Found::Given(_, Form::List(items)) => items
                .iter()
                .any(|item| literal_form(&item.form()).is_some_and(|text| text == *wanted)),
            _ => false,
        },
    }
}

fn check_demand<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    map: &Entries<'t, V>,
    object: &Object<'_, V>,
    relation: &Relation,
    at: &str,
) {
    let (owner, when) = (object.owner, describe_tests(&relation.tests));
    match &relation.demand {
        Demand::Requires(paths) => {
            for path in paths {
                if matches!(find_property(map, path), Found::Absent) {
                    let message = format!("`{owner}` requires `{path}`{when}");
                    let below = join_path(at, path);
                    let finding =
                        walk.add_finding(codes::RELATED_PROPERTY, object.value, &below, message);
                    finding.url = Some(relation.source.to_owned());
                }
            }
        }
        Demand::RequiresOne(paths) => {
            let is_absent = |path: &&str| matches!(find_property(map, path), Found::Absent);
            if paths.iter().all(is_absent) {
                let names: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
                let message = format!("`{owner}` requires one of {}{when}", names.join(", "));
                let finding = walk.add_finding(codes::RELATED_PROPERTY, object.value, at, message);
                finding.url = Some(relation.source.to_owned());
            }
        }
        Demand::Excludes(paths) => {
            for path in paths {
                if let Found::Given(value, _) = find_property(map, path) {
                    let message = format!("`{owner}` cannot have `{path}`{when}");
                    let below = join_path(at, path);
                    let finding =
                        walk.add_key_finding(codes::RELATED_PROPERTY, value, &below, message);
                    finding.url = Some(relation.source.to_owned());
                }
            }
        }
        demand => {
            let contradiction = contradiction(map, demand, &when);
            if let Some((path, value, mut finding)) = contradiction {
                if relation.is_offer {
                    explain_offer(&mut finding, demand, path, &when);
                }
                let at_value = join_path(at, path);
                let code = if relation.is_offer {
                    codes::UNKNOWN_ENUM_VALUE
                } else {
                    codes::RELATED_VALUE
                };
                let added = walk.add_finding(code, Some(value), &at_value, String::new());
                added.message = finding.message;
                added.actual = finding.actual;
                added.expected = finding.expected;
                added.help = finding.help;
                added.url = Some(relation.source.to_owned());
            }
        }
    }
}

/// Words a finding about a value that AWS may offer since the date of the schemas.
fn explain_offer(finding: &mut Diagnostic, demand: &Demand, path: &str, when: &str) {
    let Demand::OneOf(_, values) = demand else {
        return;
    };
    let text = finding.actual.clone().unwrap_or_default();
    finding.message = format!(
        "`{text}` is not among the values of `{path}` in the schemas of {}{when}",
        infra_schema::SCHEMA_DATE
    );
    finding.help = infra_schema::nearest::find_nearest(&text, values.iter().copied())
        .map(|close| format!("did you mean `{close}`?"));
}

/// Returns the property, its value and the finding if a value contradicts a demand.
fn contradiction<'t, V: View<'t>>(
    map: &Entries<'t, V>,
    demand: &Demand,
    when: &str,
) -> Option<(&'static str, V, Diagnostic)> {
    let refuse = |path: &'static str, value: V, text: String, expected: String| {
        let message = format!("`{path}` cannot be `{text}`{when}");
        let finding = Diagnostic::new(codes::RELATED_VALUE, message);
        Some((path, value, finding.actual(text).expected(expected)))
    };
    match demand {
        Demand::OneOf(path, values) => {
            let (value, text) = literal_at(map, path)?;
            if is_one_of(&text, values) {
                return None;
            }
            refuse(path, value, text, super::walk::format_one_of(values))
        }
        Demand::Range(path, min, max) => {
            let (value, text) = literal_at(map, path)?;
            let number: f64 = text.parse().ok()?;
            if (*min..=*max).contains(&number) {
                return None;
            }
            refuse(path, value, text, format!("{min} to {max}"))
        }
        Demand::Step(path, step) => {
            let (value, text) = literal_at(map, path)?;
            let number: f64 = text.parse().ok()?;
            if (number / step).fract() == 0.0 {
                return None;
            }
            refuse(path, value, text, format!("a multiple of {step}"))
        }
        Demand::StartsWith(path, starts) => {
            let (value, text) = literal_at(map, path)?;
            if starts.iter().any(|start| text.starts_with(start)) {
                return None;
            }
            let expected = format!("text that starts with `{}`", starts.join("` or `"));
            refuse(path, value, text, expected)
        }
        Demand::EndsWith(path, end) => {
            let (value, text) = literal_at(map, path)?;
            if text.ends_with(end) {
                return None;
            }
            refuse(path, value, text, format!("text that ends with `{end}`"))
        }
        Demand::Items(path, min) => {
            let Found::Given(value, Form::List(items)) = find_property(map, path) else {
                return None;
            };
            // A parameter or a function as an item is one item; a condition can remove it.
            if items.len() >= *min {
                return None;
            }
            let message = format!("`{path}` has {} items{when}", items.len());
            let finding = Diagnostic::new(codes::RELATED_VALUE, message);
            let finding = finding.expected(format!("at least {min} items"));
            Some((path, value, finding))
        }
        Demand::AtMost(one, other) => {
            let ((value, small), (_, large)) = (literal_at(map, one)?, literal_at(map, other)?);
            let (first, second): (f64, f64) = (small.parse().ok()?, large.parse().ok()?);
            if first <= second {
                return None;
            }
            let message = format!("`{one}` ({small}) is larger than `{other}` ({large}){when}");
            Some((*one, value, Diagnostic::new(codes::RELATED_VALUE, message)))
        }
        Demand::Requires(_) | Demand::RequiresOne(_) | Demand::Excludes(_) => None,
    }
}

/// Returns the tests as the end of a message: `` if `Protocol` is `HTTPS` ``.
fn describe_tests(tests: &[Test]) -> String {
    let shown = |values: &[&str]| {
        let all: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        all.join(" or ")
    };
    let parts = tests.iter().map(|test| match test {
        Test::Given(path) => format!("`{path}` is given"),
        Test::Absent(path) => format!("`{path}` is absent"),
        Test::Is(path, values) => format!("`{path}` is {}", shown(values)),
        Test::AbsentOrIs(path, values) => format!("`{path}` is absent or {}", shown(values)),
        Test::IsNot(path, values) => format!("`{path}` is not {}", shown(values)),
        Test::Starts(path, starts) => format!("`{path}` starts with {}", shown(starts)),
        Test::Ends(path, end) => format!("`{path}` ends with `{end}`"),
        Test::Contains(path, value) => format!("`{path}` contains `{value}`"),
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(" if {}", parts.join(" and "))
}
