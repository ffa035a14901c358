//! Evaluates the conditions of a rule for a resource. Values that only a deployment decides are unknown.

use serde_json::Value;

use crate::path::Step;
use crate::rule::{Clause, Condition, Rule};
use crate::view::{Resource, View, as_call, referred_id, refers_to};

/// The result of a condition.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    Holds,
    Fails(Spot),
    Unknown(Spot),
}

/// The place and the value that decide a result.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Spot {
    /// Keys and indexes, outermost first.
    pub(crate) property: String,
    /// Literal that was found, or `None` without a value.
    pub(crate) actual: Option<String>,
}

impl Outcome {
    pub(crate) fn of(holds: bool, value: &Value) -> Self {
        if holds {
            Self::Holds
        } else {
            Self::fails(value)
        }
    }

    pub(crate) fn fails(value: &Value) -> Self {
        Self::Fails(Spot {
            property: String::new(),
            actual: crate::operators::scalar(value),
        })
    }

    pub(crate) fn missing() -> Self {
        Self::Fails(Spot::default())
    }

    pub(crate) fn unknown() -> Self {
        Self::Unknown(Spot::default())
    }

    /// Puts a key or an index before the place.
    pub(crate) fn within(mut self, key: impl std::fmt::Display) -> Self {
        if let Self::Fails(spot) | Self::Unknown(spot) = &mut self {
            spot.property = if spot.property.is_empty() {
                key.to_string()
            } else {
                format!("{key}.{}", spot.property)
            };
        }
        self
    }

    /// Returns the worse of two results, the first of equal ones.
    pub(crate) fn and(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Holds, _) | (Self::Unknown(_), Self::Fails(_)) => other,
            _ => self,
        }
    }

    /// Returns the better of two results, the first of equal ones.
    fn or(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Fails(_), Self::Holds | Self::Unknown(_)) | (Self::Unknown(_), Self::Holds) => {
                other
            }
            _ => self,
        }
    }
}

/// Evaluates a rule for a resource of one of its types. Returns `None` if the rule does not apply.
pub(crate) fn evaluate_rule(
    rule: &Rule,
    view: &View<'_>,
    resource: &Resource<'_>,
) -> Option<Outcome> {
    let context = Context { view, resource };
    let Some(each) = &rule.each else {
        return context.evaluate(rule, resource.properties());
    };
    let mut result: Option<Outcome> = None;
    let list = walk(resource.properties(), &each.steps, &mut |items| {
        match items {
            None => {}
            Some(value) if as_call(value).is_some() => return Outcome::unknown(),
            Some(item) => {
                if let Some(found) = context.evaluate(rule, Some(item)) {
                    return found;
                }
            }
        }
        Outcome::Holds
    });
    if each_has_items(resource.properties(), &each.steps) {
        result = Some(list);
    }
    result
}

fn each_has_items(value: Option<&Value>, steps: &[Step]) -> bool {
    let mut found = false;
    walk(value, steps, &mut |item| {
        found |= item.is_some();
        Outcome::Holds
    });
    found
}

struct Context<'c, 't> {
    view: &'c View<'t>,
    resource: &'c Resource<'t>,
}

impl Context<'_, '_> {
    fn evaluate(&self, rule: &Rule, root: Option<&Value>) -> Option<Outcome> {
        let applies = self.all(&rule.when, root);
        if matches!(applies, Outcome::Fails(_)) {
            return None;
        }
        let result = self.all(&rule.need, root);
        Some(match (applies, result) {
            (Outcome::Unknown(_), Outcome::Fails(spot)) => Outcome::Unknown(spot),
            (_, result) => result,
        })
    }

    fn all(&self, clauses: &[Clause], root: Option<&Value>) -> Outcome {
        let results = clauses.iter().map(|clause| {
            let results = clause.iter().map(|one| self.condition(one, root));
            results.reduce(Outcome::or).unwrap_or(Outcome::Holds)
        });
        results.reduce(Outcome::and).unwrap_or(Outcome::Holds)
    }

    /// Returns `true` if a function refers to a resource of the template.
    fn names_resource(&self, value: &Value) -> bool {
        let mut resources = self.view.resources.iter();
        referred_id(value).is_some_and(|id| self.view.find(id).is_some())
            || referred_id(value).is_none()
                && resources.any(|resource| refers_to(value, resource.logical_id))
    }

    fn condition(&self, condition: &Condition, root: Option<&Value>) -> Outcome {
        match condition {
            Condition::Property {
                path,
                absent_holds,
                operator,
            } => {
                let mut check = |value: Option<&Value>| match value {
                    None if *absent_holds => Outcome::Holds,
                    value => operator.evaluate(value),
                };
                if path.of_attributes {
                    let Some((Step::Key(key), rest)) = path.steps.split_first() else {
                        return Outcome::Holds;
                    };
                    let value = self.resource.attributes.get(*key);
                    return walk(value, rest, &mut check).within(key);
                }
                walk(root, &path.steps, &mut check)
            }
            Condition::Related {
                type_name,
                path,
                conditions,
                is_wanted,
            } => {
                let own = self.resource.logical_id;
                let mut result = Outcome::missing();
                for candidate in self.view.of_type(type_name) {
                    let refers = walk(
                        candidate.properties(),
                        &path.steps,
                        &mut |value| match value {
                            Some(value) if refers_to(value, own) => Outcome::Holds,
                            // A parameter or an import can be this resource.
                            Some(value)
                                if as_call(value).is_some() && !self.names_resource(value) =>
                            {
                                Outcome::unknown()
                            }
                            Some(value) => Outcome::fails(value),
                            None => Outcome::missing(),
                        },
                    );
                    match refers {
                        Outcome::Fails(_) => continue,
                        Outcome::Unknown(_) => {
                            result = result.or(Outcome::unknown());
                            continue;
                        }
                        Outcome::Holds => {}
                    }
                    let inner = Context {
                        view: self.view,
                        resource: candidate,
                    };
                    let properties = candidate.properties();
                    let found = conditions
                        .iter()
                        .map(|one| inner.condition(one, properties))
                        .reduce(Outcome::and)
                        .unwrap_or(Outcome::Holds);
                    // The place is one of another resource.
                    result = result.or(match found {
                        Outcome::Fails(_) => Outcome::missing(),
                        Outcome::Unknown(_) => Outcome::unknown(),
                        Outcome::Holds => Outcome::Holds,
                    });
                }
                match result {
                    Outcome::Holds if !is_wanted => Outcome::missing(),
                    Outcome::Fails(_) if !is_wanted => Outcome::Holds,
                    result => result,
                }
            }
            Condition::Target { path, conditions } => walk(root, &path.steps, &mut |value| {
                let Some(value) = value else {
                    return Outcome::missing();
                };
                let target = referred_id(value).and_then(|id| self.view.find(id));
                let Some(target) = target else {
                    return Outcome::unknown();
                };
                let inner = Context {
                    view: self.view,
                    resource: target,
                };
                let results = conditions
                    .iter()
                    .map(|one| inner.condition(one, target.properties()));
                match results.reduce(Outcome::and).unwrap_or(Outcome::Holds) {
                    Outcome::Fails(_) => Outcome::missing(),
                    Outcome::Unknown(_) => Outcome::unknown(),
                    Outcome::Holds => Outcome::Holds,
                }
            }),
        }
    }
}

/// Applies a check to the values at a path. A missing value is `None`; a function on the way is unknown, except `Fn::If` whose branches agree.
fn walk(
    value: Option<&Value>,
    steps: &[Step],
    check: &mut dyn FnMut(Option<&Value>) -> Outcome,
) -> Outcome {
    if let Some((name, argument)) = value.and_then(as_call) {
        match (name, argument) {
            ("Ref", Value::String(target)) if target == "AWS::NoValue" => {
                return walk(None, steps, check);
            }
            ("Fn::If", Value::Array(items)) if items.len() == 3 => {
                let then = walk(Some(&items[1]), steps, check);
                let otherwise = walk(Some(&items[2]), steps, check);
                return match (&then, &otherwise) {
                    (Outcome::Holds, Outcome::Holds) | (Outcome::Fails(_), Outcome::Fails(_)) => {
                        then
                    }
                    _ => Outcome::unknown(),
                };
            }
            _ if !steps.is_empty() => return Outcome::unknown(),
            _ => {}
        }
    }
    let Some((step, rest)) = steps.split_first() else {
        return check(value.filter(|value| !value.is_null()));
    };
    match (step, value) {
        (Step::Key(key), value) => {
            let inner = value
                .and_then(Value::as_object)
                .and_then(|map| map.get(*key));
            if inner.is_none() {
                let rest = crate::path::Path {
                    of_attributes: false,
                    steps: rest.to_vec(),
                };
                let shown = rest.display();
                let missing = check(None);
                return if shown.is_empty() {
                    missing.within(key)
                } else {
                    missing.within(format_args!("{key}.{shown}"))
                };
            }
            walk(inner, rest, check).within(key)
        }
        (Step::All | Step::Any, Some(Value::Array(items))) if !items.is_empty() => {
            let every = matches!(step, Step::All);
            let mut result: Option<Outcome> = None;
            for (at, item) in items.iter().enumerate() {
                let one = walk(Some(item), rest, check).within(at);
                result = Some(match result {
                    None => one,
                    Some(before) if every => before.and(one),
                    Some(before) => before.or(one),
                });
            }
            result.unwrap_or(Outcome::Holds)
        }
        (Step::All | Step::Any, Some(Value::Array(_)) | None) => check(None),
        (Step::All | Step::Any, Some(_)) => walk(value, rest, check),
    }
}
