//! Checks relations between the properties of an object, which `infra_schema::relations` lists with their sources.

use infra_schema::relations::{Demand, Relation, Test, relations_of};

use super::pattern::matches_pattern;
use super::view::{Entries, Form, View, find_entry, literal_form};
use super::walk::{Object, Presence, Walk, join_path};
use crate::diagnostic::{Diagnostic, codes};

/// The objects that the paths of a relation are about: the properties of an object, and those of resources that it names.
pub(super) struct Scope<'a, 't, V> {
    pub(super) own: &'a Entries<'t, V>,
    /// Named resources: the first step of their paths, their logical IDs and their properties.
    pub(super) named: &'a [(&'static str, &'t str, &'a Entries<'t, V>)],
}

impl<'t, V: View<'t>> Scope<'_, 't, V> {
    /// Returns the named resource that a path is about, as its position, and the rest of the path.
    pub(super) fn named_in<'p>(&self, path: &'p str) -> Option<(usize, &'p str)> {
        let (alias, rest) = path.split_once('.')?;
        let at = self.named.iter().position(|(name, ..)| *name == alias)?;
        Some((at, rest))
    }

    /// Returns the path in words.
    pub(super) fn show(&self, path: &str) -> String {
        match self.named_in(path) {
            Some((at, rest)) => format!("`{rest}` of `{}`", self.named[at].1),
            None => format!("`{path}`"),
        }
    }

    fn find(&self, path: &str) -> Found<'t, V> {
        match self.named_in(path) {
            Some((at, rest)) => find_property(self.named[at].2, rest),
            None => find_property(self.own, path),
        }
    }

    /// Returns the literal text of a property.
    fn literal_at(&self, path: &str) -> Option<(V, String)> {
        match self.find(path) {
            Found::Given(value, form) => Some((value, literal_form(&form)?)),
            _ => None,
        }
    }

    /// Returns the literal texts at a path, in which `*` is every item of a list.
    fn literals_at(&self, path: &str) -> Vec<(V, String)> {
        if !path.contains('*') {
            return self.literal_at(path).into_iter().collect();
        }
        let (map, path) = match self.named_in(path) {
            Some((at, rest)) => (self.named[at].2, rest),
            None => (self.own, path),
        };
        let literal = |value: V| Some((value, literal_form(&value.form())?));
        find_values(map, path)
            .into_iter()
            .filter_map(literal)
            .collect()
    }

    pub(super) fn is_absent(&self, path: &str) -> bool {
        matches!(self.find(path), Found::Absent)
    }

    pub(super) fn given(&self, path: &str) -> Option<V> {
        match self.find(path) {
            Found::Given(value, _) => Some(value),
            _ => None,
        }
    }
}

/// Returns the values at a path, in which `*` is every item of a list. Values that a condition selects are left out.
pub(super) fn find_values<'t, V: View<'t>>(map: &Entries<'t, V>, path: &str) -> Vec<V> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(value) = find_entry(map, first) else {
        return Vec::new();
    };
    match (value.form(), rest.strip_prefix('*')) {
        (Form::List(items), Some(rest)) => {
            let rest = rest.trim_start_matches('.');
            let inner = items.into_iter().flat_map(|item| match item.form() {
                _ if rest.is_empty() => vec![item],
                Form::Map(map) => find_values(&map, rest),
                _ => Vec::new(),
            });
            inner.collect()
        }
        (Form::Map(map), None) if !rest.is_empty() => find_values(&map, rest),
        _ if rest.is_empty() => vec![value],
        _ => Vec::new(),
    }
}

/// Collects the literal texts at a path, in which `*` is every item of a list. Returns `None` if one of them is decided at deployment.
fn collect_literals<'t, V: View<'t>>(
    map: &Entries<'t, V>,
    path: &str,
    found: &mut Vec<String>,
) -> Option<()> {
    if find_entry(map, "Fn::Transform").is_some() {
        return None;
    }
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(value) = find_entry(map, first) else {
        return Some(());
    };
    match (value.form(), rest.strip_prefix("*.")) {
        (Form::NoValue, _) => {}
        (Form::List(items), Some(rest)) => {
            for item in items {
                match item.form() {
                    Form::NoValue => {}
                    Form::Map(map) => collect_literals(&map, rest, found)?,
                    _ => return None,
                }
            }
        }
        (Form::Map(map), None) if !rest.is_empty() => collect_literals(&map, rest, found)?,
        (form, None) if rest.is_empty() => found.push(literal_form(&form)?),
        _ => return None,
    }
    Some(())
}

/// Returns `true` if a domain name is another one, or below it.
fn is_within(name: &str, parent: &str) -> bool {
    let normal = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    let (name, parent) = (normal(name), normal(parent));
    name == parent || name.ends_with(&format!(".{parent}"))
}

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
    let scope = Scope {
        own: map,
        named: &[],
    };
    for relation in relations_of(walk.type_name) {
        if relation.object == name && scope.hold(&relation.tests) {
            check_demand(walk, &scope, object, relation, at);
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

fn is_one_of(text: &str, values: &[&str]) -> bool {
    values.iter().any(|value| value.eq_ignore_ascii_case(text))
}

impl<'t, V: View<'t>> Scope<'_, 't, V> {
    /// Returns `true` if all tests certainly hold.
    pub(super) fn hold(&self, tests: &[Test]) -> bool {
        tests.iter().all(|test| self.holds(test))
    }

    fn holds(&self, test: &Test) -> bool {
        let is = |path: &str, values: &[&str]| {
            self.literal_at(path)
                .is_some_and(|(_, text)| is_one_of(&text, values))
        };
        match test {
            Test::Given(path) => matches!(self.find(path), Found::Given(..)),
            Test::Absent(path) => self.is_absent(path),
            Test::Is(path, values) => is(path, values),
            Test::AbsentOrIs(path, values) => self.is_absent(path) || is(path, values),
            Test::IsNot(path, values) => self
                .literal_at(path)
                .is_some_and(|(_, text)| !is_one_of(&text, values)),
            Test::Starts(path, starts) => self
                .literal_at(path)
                .is_some_and(|(_, text)| starts.iter().any(|start| text.starts_with(start))),
            Test::Ends(path, end) => self
                .literal_at(path)
                .is_some_and(|(_, text)| text.ends_with(end)),
            Test::Contains(path, wanted) => match self.find(path) {
                Found::Given(_, Form::List(items)) => contains(&items, wanted),
                _ => false,
            },
        }
    }
}

/// Returns `true` if a list certainly contains a text.
fn contains<'t, V: View<'t>>(items: &[V], wanted: &str) -> bool {
    items
        .iter()
        .any(|item| literal_form(&item.form()).is_some_and(|text| text == wanted))
}

fn check_demand<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    scope: &Scope<'_, 't, V>,
    object: &Object<'_, V>,
    relation: &Relation,
    at: &str,
) {
    let (owner, when) = (object.owner, scope.describe_tests(&relation.tests));
    match &relation.demand {
        Demand::Requires(paths) => {
            for path in paths {
                if scope.is_absent(path) {
                    let message = format!("`{owner}` requires `{path}`{when}");
                    let below = join_path(at, path);
                    let finding =
                        walk.add_finding(codes::RELATED_PROPERTY, object.value, &below, message);
                    finding.url = Some(relation.source.to_owned());
                }
            }
        }
        Demand::RequiresOne(paths) => {
            if paths.iter().all(|path| scope.is_absent(path)) {
                let names: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
                let message = format!("`{owner}` requires one of {}{when}", names.join(", "));
                let finding = walk.add_finding(codes::RELATED_PROPERTY, object.value, at, message);
                finding.url = Some(relation.source.to_owned());
            }
        }
        Demand::Excludes(paths) => {
            for path in paths {
                if let Some(value) = scope.given(path) {
                    let message = format!("`{owner}` cannot have `{path}`{when}");
                    let below = join_path(at, path);
                    let finding =
                        walk.add_key_finding(codes::RELATED_PROPERTY, value, &below, message);
                    finding.url = Some(relation.source.to_owned());
                }
            }
        }
        Demand::Matches(path, pattern) => {
            for (value, text) in list_mismatches(scope.own, path, pattern) {
                let message = format!("`{path}` cannot be `{text}`{when}");
                let below = join_path(at, path);
                let finding = walk.add_finding(codes::RELATED_VALUE, Some(value), &below, message);
                finding.actual = Some(text);
                finding.expected = Some(format!("text that matches {pattern}"));
                finding.url = Some(relation.source.to_owned());
            }
        }
        demand => {
            let contradiction = scope.contradiction(demand, &when);
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

/// Returns the literal at a path, or those of a list, that do not match a pattern.
fn list_mismatches<'t, V: View<'t>>(
    map: &Entries<'t, V>,
    path: &str,
    pattern: &str,
) -> Vec<(V, String)> {
    let values = match find_property(map, path) {
        Found::Given(_, Form::List(items)) => items,
        Found::Given(value, _) => vec![value],
        _ => return Vec::new(),
    };
    let wrong = values.into_iter().filter_map(|value| {
        let text = literal_form(&value.form())?;
        (!matches_pattern(pattern, &text)).then_some((value, text))
    });
    wrong.collect()
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

impl<'t, V: View<'t>> Scope<'_, 't, V> {
    /// Returns the property, its value and the finding if a value contradicts a demand.
    pub(super) fn contradiction(
        &self,
        demand: &Demand,
        when: &str,
    ) -> Option<(&'static str, V, Diagnostic)> {
        let refuse = |path: &'static str, value: V, text: String, expected: String| {
            let message = format!("{} cannot be `{text}`{when}", self.show(path));
            let finding = Diagnostic::new(codes::RELATED_VALUE, message);
            Some((path, value, finding.actual(text).expected(expected)))
        };
        match demand {
            Demand::OneOf(path, values) => {
                let literals = self.literals_at(path).into_iter();
                let mut wrong = literals.filter(|(_, text)| !is_one_of(text, values));
                let (value, text) = wrong.next()?;
                refuse(path, value, text, super::walk::format_one_of(values))
            }
            Demand::Range(path, min, max) => {
                let (value, text) = self.literal_at(path)?;
                let number: f64 = text.parse().ok()?;
                if (*min..=*max).contains(&number) {
                    return None;
                }
                refuse(path, value, text, format!("{min} to {max}"))
            }
            Demand::Step(path, step) => {
                let (value, text) = self.literal_at(path)?;
                let number: f64 = text.parse().ok()?;
                if (number / step).fract() == 0.0 {
                    return None;
                }
                refuse(path, value, text, format!("a multiple of {step}"))
            }
            Demand::StartsWith(path, starts) => {
                let (value, text) = self.literal_at(path)?;
                if starts.iter().any(|start| text.starts_with(start)) {
                    return None;
                }
                let expected = format!("text that starts with `{}`", starts.join("` or `"));
                refuse(path, value, text, expected)
            }
            Demand::EndsWith(path, end) => {
                let (value, text) = self.literal_at(path)?;
                if text.ends_with(end) {
                    return None;
                }
                refuse(path, value, text, format!("text that ends with `{end}`"))
            }
            Demand::Items(path, min) => {
                let Found::Given(value, Form::List(items)) = self.find(path) else {
                    return None;
                };
                // A parameter or a function as an item is one item; a condition can remove it.
                if items.len() >= *min {
                    return None;
                }
                let message = format!("{} has {} items{when}", self.show(path), items.len());
                let finding = Diagnostic::new(codes::RELATED_VALUE, message);
                let finding = finding.expected(format!("at least {min} items"));
                Some((path, value, finding))
            }
            Demand::Has(path, wanted) => {
                let Found::Given(value, Form::List(items)) = self.find(path) else {
                    return None;
                };
                let known = items
                    .iter()
                    .all(|item| literal_form(&item.form()).is_some());
                if !known || contains(&items, wanted) {
                    return None;
                }
                let message = format!("{} does not contain `{wanted}`{when}", self.show(path));
                Some((path, value, Diagnostic::new(codes::RELATED_VALUE, message)))
            }
            Demand::AtMost(one, added, other) => {
                let (value, small) = self.literal_at(one)?;
                let (_, large) = self.literal_at(other)?;
                let (first, second): (f64, f64) = (small.parse().ok()?, large.parse().ok()?);
                if first + added <= second {
                    return None;
                }
                let plus = if *added == 0.0 {
                    String::new()
                } else {
                    format!(" plus {added}")
                };
                let (one_shown, other_shown) = (self.show(one), self.show(other));
                let message = format!(
                    "{one_shown} ({small}){plus} is larger than {other_shown} ({large}){when}"
                );
                Some((one, value, Diagnostic::new(codes::RELATED_VALUE, message)))
            }
            Demand::Same(one, other) => {
                let ((value, text), (_, wanted)) = (self.literal_at(one)?, self.literal_at(other)?);
                if text.eq_ignore_ascii_case(&wanted) {
                    return None;
                }
                let message = format!(
                    "{} is `{text}`, and {} is `{wanted}`{when}",
                    self.show(one),
                    self.show(other)
                );
                let finding = Diagnostic::new(codes::RELATED_VALUE, message);
                Some((one, value, finding.actual(text).expected(wanted)))
            }
            Demand::Within(one, other) => {
                let ((value, text), (_, parent)) = (self.literal_at(one)?, self.literal_at(other)?);
                if is_within(&text, &parent) {
                    return None;
                }
                let expected = format!("`{parent}`, or a name below it");
                let message = format!(
                    "{} is `{text}`, which is not below {} (`{parent}`){when}",
                    self.show(one),
                    self.show(other)
                );
                let finding = Diagnostic::new(codes::RELATED_VALUE, message);
                Some((one, value, finding.actual(text).expected(expected)))
            }
            Demand::Among(path, others) => {
                let mut known = Vec::new();
                for other in others {
                    collect_literals(self.own, other, &mut known)?;
                }
                let literals = self.literals_at(path).into_iter();
                let mut wrong = literals.filter(|(_, text)| !known.contains(text));
                let (value, text) = wrong.next()?;
                let names: Vec<&str> = known.iter().map(String::as_str).collect();
                let expected = super::walk::format_one_of(&names);
                refuse(path, value, text, expected)
            }
            Demand::Requires(_)
            | Demand::RequiresOne(_)
            | Demand::Excludes(_)
            | Demand::Matches(..) => None,
        }
    }

    /// Returns the tests as the end of a message: `` if `Protocol` is `HTTPS` ``.
    pub(super) fn describe_tests(&self, tests: &[Test]) -> String {
        let shown = |values: &[&str]| {
            let all: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            all.join(" or ")
        };
        let parts = tests.iter().map(|test| match test {
            Test::Given(path) => format!("{} is given", self.show(path)),
            Test::Absent(path) => format!("{} is absent", self.show(path)),
            Test::Is(path, values) => format!("{} is {}", self.show(path), shown(values)),
            Test::AbsentOrIs(path, values) => {
                format!("{} is absent or {}", self.show(path), shown(values))
            }
            Test::IsNot(path, values) => format!("{} is not {}", self.show(path), shown(values)),
            Test::Starts(path, starts) => {
                format!("{} starts with {}", self.show(path), shown(starts))
            }
            Test::Ends(path, end) => format!("{} ends with `{end}`", self.show(path)),
            Test::Contains(path, value) => format!("{} contains `{value}`", self.show(path)),
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() {
            return String::new();
        }
        format!(" if {}", parts.join(" and "))
    }
}
