//! Solves the conditions of a template: proves that a combination of them cannot occur.
//!
//! Conditions compare terms, such as a parameter, with literals or with each other. The solver tries every relevant value of every term: the literals
//! that it is compared with, and one value that stands for all others. A parameter with `AllowedValues` has these values only. If there are too many
//! combinations, every case counts as possible. The same holds when the work for one template exceeds a fixed number of steps, so that no template takes
//! long.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::Options;
use crate::function::CONDITION;
use crate::tree::Value;

use super::Section;

/// Maximum number of combinations that are tried.
const MAX_COMBINATIONS: usize = 4_096;

/// Maximum number of conditions that are evaluated for one template, in all cases together.
const MAX_EVALUATIONS: usize = 4_000_000;

/// Maximum number of functions inside each other, through references to other conditions, that are followed.
const MAX_DEPTH: usize = 400;

/// Conditions by name that hold, or do not hold, at a place of the template.
pub(crate) type Scenario<'t> = Vec<(&'t str, bool)>;

/// A condition as a formula over comparisons.
#[derive(Clone, Debug)]
enum Formula {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Condition(String),
    /// A term equals a literal.
    Is(usize, String),
    /// A comparison of two terms, or an expression that is not understood: true or false independently of others.
    Free(usize),
    Known(bool),
}

pub(crate) struct Conditions {
    formulas: BTreeMap<String, Formula>,
    /// Values of each term. `None` stands for every other value.
    terms: Vec<Vec<Option<String>>>,
    /// Number of evaluations that are left of [`MAX_EVALUATIONS`].
    left: Cell<usize>,
}

/// Collects the terms while the conditions are read.
struct Reader<'a, 't> {
    parameters: &'a Section<'t>,
    options: &'a Options,
    numbers: BTreeMap<String, usize>,
    literals: Vec<BTreeSet<String>>,
    /// The only possible values of a term, if they are known.
    allowed: Vec<Option<Vec<String>>>,
}

impl Conditions {
    pub(super) fn new(entries: &Section<'_>, parameters: &Section<'_>, options: &Options) -> Self {
        let mut reader = Reader {
            parameters,
            options,
            numbers: BTreeMap::new(),
            literals: Vec::new(),
            allowed: Vec::new(),
        };
        let formulas = entries
            .entries
            .iter()
            .map(|entry| (entry.key.clone(), reader.read_formula(&entry.value)))
            .collect();
        let terms = reader.literals.into_iter().zip(reader.allowed);
        let terms = terms.map(|(literals, allowed)| match allowed {
            Some(values) => values.into_iter().map(Some).collect(),
            None => literals.into_iter().map(Some).chain([None]).collect(),
        });
        Self {
            formulas,
            terms: terms.collect(),
            left: Cell::new(MAX_EVALUATIONS),
        }
    }

    /// Returns `false` if it is proved that the conditions never have these values together. Conditions that are not defined can have any value.
    pub(crate) fn can_hold(&self, scenario: &[(&str, bool)]) -> bool {
        let mut asked: BTreeMap<&str, bool> = BTreeMap::new();
        for (name, value) in scenario {
            if *asked.entry(name).or_insert(*value) != *value {
                return false;
            }
        }
        asked.retain(|name, _| self.formulas.contains_key(*name));
        let relevant = self.collect_terms(asked.keys().copied());
        let sizes = relevant.iter().map(|term| self.terms[*term].len());
        let combinations = sizes.fold(1_usize, usize::saturating_mul);
        if combinations > MAX_COMBINATIONS {
            return true;
        }
        (0..combinations).any(|number| {
            let mut case = Case {
                conditions: self,
                values: self.nth_combination(&relevant, number),
                known: BTreeMap::new(),
            };
            asked.iter().all(|(name, wanted)| {
                let holds = case.evaluate_condition(name, 0);
                holds.is_none_or(|holds| holds == *wanted)
            })
        })
    }

    fn nth_combination(&self, relevant: &[usize], number: usize) -> BTreeMap<usize, Option<&str>> {
        let mut rest = number;
        let pick = |term: &usize| {
            let values = &self.terms[*term];
            let value = values[rest % values.len()].as_deref();
            rest /= values.len();
            (*term, value)
        };
        relevant.iter().map(pick).collect()
    }

    /// Returns the terms that conditions depend on, also through other conditions.
    fn collect_terms<'a>(&'a self, names: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let mut found = BTreeSet::new();
        let mut seen: BTreeSet<&str> = names.collect();
        let formula = |name: &&str| self.formulas.get(*name);
        let mut open: Vec<&Formula> = seen.iter().filter_map(formula).collect();
        while let Some(formula) = open.pop() {
            match formula {
                Formula::And(all) | Formula::Or(all) => open.extend(all),
                Formula::Not(inner) => open.push(inner),
                Formula::Condition(name) => {
                    if seen.insert(name) {
                        open.extend(self.formulas.get(name));
                    }
                }
                Formula::Is(term, _) | Formula::Free(term) => {
                    found.insert(*term);
                }
                Formula::Known(_) => {}
            }
        }
        found.into_iter().collect()
    }
}

/// One combination of values, with the conditions that have been evaluated for it.
struct Case<'c> {
    conditions: &'c Conditions,
    values: BTreeMap<usize, Option<&'c str>>,
    /// Results by name. A condition that is being evaluated has none, so that one that depends on itself ends.
    known: BTreeMap<&'c str, Option<bool>>,
}

impl<'c> Case<'c> {
    /// Returns the value of a condition, or `None` if it is not defined, depends on itself, or takes too long.
    fn evaluate_condition(&mut self, name: &str, depth: usize) -> Option<bool> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let conditions = self.conditions;
        let (name, formula) = conditions.formulas.get_key_value(name)?;
        let left = conditions.left.get().checked_sub(1)?;
        conditions.left.set(left);
        self.known.insert(name, None);
        let value = self.evaluate(formula, depth);
        self.known.insert(name, value);
        value
    }

    fn evaluate(&mut self, formula: &'c Formula, depth: usize) -> Option<bool> {
        if depth > MAX_DEPTH {
            return None;
        }
        match formula {
            Formula::Known(value) => Some(*value),
            Formula::Not(inner) => self.evaluate(inner, depth + 1).map(|value| !value),
            Formula::And(all) => {
                combine(all.iter().map(|one| self.evaluate(one, depth + 1)), false)
            }
            Formula::Or(all) => combine(all.iter().map(|one| self.evaluate(one, depth + 1)), true),
            Formula::Condition(name) => self.evaluate_condition(name, depth + 1),
            Formula::Is(term, literal) => {
                let value = self.values.get(term)?;
                Some(value.is_some_and(|value| value == literal))
            }
            Formula::Free(term) => Some(self.values.get(term)?.is_some()),
        }
    }
}

/// Combines values of which one that equals `decisive` decides: `false` for `Fn::And`, `true` for `Fn::Or`.
fn combine(values: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    for value in values {
        match value {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!decisive)
}

impl Reader<'_, '_> {
    fn read_formula(&mut self, value: &Value) -> Formula {
        let Some(call) = value.as_call() else {
            return self.free(value);
        };
        let items = call.argument.as_list();
        match (call.name.as_str(), items) {
            ("Fn::And", Some(all)) => {
                Formula::And(all.iter().map(|one| self.read_formula(one)).collect())
            }
            ("Fn::Or", Some(all)) => {
                Formula::Or(all.iter().map(|one| self.read_formula(one)).collect())
            }
            ("Fn::Not", Some([one])) => Formula::Not(Box::new(self.read_formula(one))),
            ("Fn::Equals", Some([left, right])) => self.read_equals(value, left, right),
            (CONDITION, None) => match call.argument.as_text() {
                Some(name) => Formula::Condition(name.to_owned()),
                None => self.free(value),
            },
            _ => self.free(value),
        }
    }

    fn read_equals(&mut self, whole: &Value, left: &Value, right: &Value) -> Formula {
        match (left.scalar_text(), right.scalar_text()) {
            (Some(left), Some(right)) => Formula::Known(left == right),
            (None, Some(literal)) => self.is(left, literal),
            (Some(literal), None) => self.is(right, literal),
            (None, None) if left.to_json() == right.to_json() => Formula::Known(true),
            (None, None) => self.free(whole),
        }
    }

    fn is(&mut self, term: &Value, literal: String) -> Formula {
        let number = self.term_number(term);
        self.literals[number].insert(literal.clone());
        Formula::Is(number, literal)
    }

    fn free(&mut self, value: &Value) -> Formula {
        let number = self.term_number(value);
        self.allowed[number] = None;
        self.literals[number].insert(String::new());
        Formula::Free(number)
    }

    fn term_number(&mut self, term: &Value) -> usize {
        let key = term.to_json().to_string();
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.literals.len();
        self.numbers.insert(key, number);
        self.literals.push(BTreeSet::new());
        let allowed = term
            .as_ref_name()
            .and_then(|name| self.allowed_values(name));
        self.allowed.push(allowed);
        number
    }

    fn allowed_values(&self, name: &str) -> Option<Vec<String>> {
        let given = match name {
            "AWS::Region" => self.options.region.as_ref(),
            name => self.options.parameters.get(name),
        };
        if let Some(value) = given {
            return Some(vec![value.clone()]);
        }
        let listed = self
            .parameters
            .get(name)?
            .value
            .as_map()?
            .get("AllowedValues")?
            .as_list()?;
        let values: Option<Vec<String>> = listed.iter().map(Value::scalar_text).collect();
        values.filter(|values| !values.is_empty())
    }
}
