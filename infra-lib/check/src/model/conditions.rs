//! Solves the conditions of a template: proves that a combination of them cannot occur.
//!
//! Conditions compare terms, such as a parameter, with literals or with each other. The solver tries every relevant value of every term: the literals
//! that it is compared with, and one value that stands for all others. A parameter with `AllowedValues` has these values only. If there are too many
//! combinations, every case counts as possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::Options;
use crate::function::CONDITION;
use crate::tree::Value;

use super::Section;

/// Maximum number of combinations that are tried.
const MAX_COMBINATIONS: usize = 4_096;

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
    /// A comparison of two terms, or an expression that is not understood: true or false by itself.
    Free(usize),
    Known(bool),
}

pub(crate) struct Conditions {
    formulas: BTreeMap<String, Formula>,
    /// Values of each term. `None` stands for every other value.
    terms: Vec<Vec<Option<String>>>,
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
        let mut relevant = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for name in asked.keys() {
            self.collect_terms(name, &mut relevant, &mut seen);
        }
        let relevant: Vec<usize> = relevant.into_iter().collect();
        let sizes = relevant.iter().map(|term| self.terms[*term].len());
        let combinations = sizes.fold(1_usize, usize::saturating_mul);
        if combinations > MAX_COMBINATIONS {
            return true;
        }
        (0..combinations).any(|number| {
            let values = self.nth_combination(&relevant, number);
            asked.iter().all(|(name, wanted)| {
                let holds = self
                    .formulas
                    .get(*name)
                    .and_then(|formula| self.evaluate(formula, &values, 0));
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

    fn collect_terms<'a>(
        &'a self,
        name: &'a str,
        found: &mut BTreeSet<usize>,
        seen: &mut BTreeSet<&'a str>,
    ) {
        if !seen.insert(name) {
            return;
        }
        let mut open: Vec<&Formula> = self.formulas.get(name).into_iter().collect();
        while let Some(formula) = open.pop() {
            match formula {
                Formula::And(all) | Formula::Or(all) => open.extend(all),
                Formula::Not(inner) => open.push(inner),
                Formula::Condition(name) => self.collect_terms(name, found, seen),
                Formula::Is(term, _) | Formula::Free(term) => {
                    found.insert(*term);
                }
                Formula::Known(_) => {}
            }
        }
    }

    /// Returns the value of a formula, or `None` if it depends on a condition that is not defined or on itself.
    fn evaluate(
        &self,
        formula: &Formula,
        values: &BTreeMap<usize, Option<&str>>,
        depth: usize,
    ) -> Option<bool> {
        // Conditions that refer to each other in a circle are another finding.
        if depth > self.formulas.len() * 4 + 16 {
            return None;
        }
        let below = |inner: &Formula| self.evaluate(inner, values, depth + 1);
        match formula {
            Formula::Known(value) => Some(*value),
            Formula::Not(inner) => below(inner).map(|value| !value),
            Formula::And(all) => combine(all.iter().map(below), false),
            Formula::Or(all) => combine(all.iter().map(below), true),
            Formula::Condition(name) => below(self.formulas.get(name)?),
            Formula::Is(term, literal) => {
                Some(values.get(term)?.is_some_and(|value| value == literal))
            }
            Formula::Free(term) => Some(values.get(term)?.is_some()),
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
