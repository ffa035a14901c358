//! Conditions of choices.

use std::marker::PhantomData;

use super::language::{JsonPath, Jsonata};
use super::operand::{Operand, Ordered};
use crate::core::{Data, Map};

/// A condition of a [`Choice`](super::Choice).
///
/// ```
/// use infra_lib::stepfunctions::{Condition, JsonPath, Jsonata};
///
/// let large: Condition<Jsonata> = Condition::expression("{% $states.input.total > 1000 %}");
/// let known = Condition::expression("{% $exists($states.input.customer) %}");
/// large.and(known.negate());
///
/// let large: Condition<JsonPath> = Condition::variable("$.total").greater_than(1000);
/// large.or(Condition::variable("$.customer").is_present().negate());
/// ```
#[derive(Clone, Debug)]
#[must_use = "a condition has no effect until it is part of a choice"]
pub struct Condition<L> {
    pub(super) fields: Map,
    /// Text of the condition in drawings.
    pub(super) label: String,
    language: PhantomData<fn() -> L>,
}

impl<L> Condition<L> {
    const fn from_parts(fields: Map, label: String) -> Self {
        Self {
            fields,
            label,
            language: PhantomData,
        }
    }
}

impl Condition<Jsonata> {
    /// Creates a condition from an expression between `{%` and `%}` (`INF4948`) with a Boolean result.
    pub fn expression(text: impl Into<String>) -> Self {
        let text = text.into();
        let label = inner(&text).to_owned();
        let mut fields = Map::default();
        fields.insert("Condition", text);
        Self::from_parts(fields, label)
    }

    /// Holds if both conditions do.
    pub fn and(self, other: Self) -> Self {
        self.join("and", other)
    }

    /// Holds if at least one of the conditions does.
    pub fn or(self, other: Self) -> Self {
        self.join("or", other)
    }

    /// Holds if the condition does not.
    pub fn negate(self) -> Self {
        Self::expression(format!("{{% $not({}) %}}", self.label))
    }

    fn join(self, operator: &str, other: Self) -> Self {
        let both = [self.label, other.label].join(&format!(") {operator} ("));
        Self::expression(format!("{{% ({both}) %}}"))
    }
}

/// Returns the expression without its delimiters.
fn inner(text: &str) -> &str {
    text.strip_prefix("{%")
        .and_then(|text| text.strip_suffix("%}"))
        .unwrap_or(text)
        .trim()
}

impl Condition<JsonPath> {
    /// Begins a comparison of the value at a path, such as `$.order.total`.
    pub fn variable(path: impl Into<String>) -> Variable {
        Variable(path.into())
    }

    /// Holds if both conditions do.
    pub fn and(self, other: Self) -> Self {
        self.join("And", other)
    }

    /// Holds if at least one of the conditions does.
    pub fn or(self, other: Self) -> Self {
        self.join("Or", other)
    }

    /// Holds if the condition does not.
    pub fn negate(self) -> Self {
        let label = format!("not ({})", self.label);
        let mut fields = Map::default();
        fields.insert("Not", self.fields);
        Self::from_parts(fields, label)
    }

    fn join(self, operator: &'static str, other: Self) -> Self {
        let word = operator.to_lowercase();
        let label = format!("({}) {word} ({})", self.label, other.label);
        let mut operands = match self.fields.get(operator) {
            Some(Data::List(operands)) => operands.clone(),
            _ => vec![Data::Map(self.fields)],
        };
        operands.push(Data::Map(other.fields));
        let mut fields = Map::default();
        fields.insert(operator, Data::List(operands));
        Self::from_parts(fields, label)
    }
}

/// The value at a path, from [`Condition::variable`], before its comparison.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[must_use = "a variable is no condition until it is compared"]
pub struct Variable(String);

impl Variable {
    /// Holds if the value equals a text, a number, a Boolean, a timestamp, or the value at another path.
    pub fn equals(self, value: impl Into<Operand>) -> Condition<JsonPath> {
        self.compare("Equals", "=", value.into())
    }

    /// Holds if the value is less than a text, a number or a timestamp.
    pub fn less_than(self, value: impl Into<Ordered>) -> Condition<JsonPath> {
        self.compare("LessThan", "<", value.into().into())
    }

    /// Holds if the value is at most a text, a number or a timestamp.
    pub fn less_than_equals(self, value: impl Into<Ordered>) -> Condition<JsonPath> {
        self.compare("LessThanEquals", "<=", value.into().into())
    }

    /// Holds if the value is greater than a text, a number or a timestamp.
    pub fn greater_than(self, value: impl Into<Ordered>) -> Condition<JsonPath> {
        self.compare("GreaterThan", ">", value.into().into())
    }

    /// Holds if the value is at least a text, a number or a timestamp.
    pub fn greater_than_equals(self, value: impl Into<Ordered>) -> Condition<JsonPath> {
        self.compare("GreaterThanEquals", ">=", value.into().into())
    }

    /// Holds if the text matches a pattern, in which `*` stands for any characters and `\\*` for an asterisk.
    pub fn matches(self, pattern: impl Into<String>) -> Condition<JsonPath> {
        let pattern = pattern.into();
        let label = format!("{} matches {pattern}", self.0);
        self.test("StringMatches", Data::from(pattern), label)
    }

    /// Holds if the input has a value at the path. Other comparisons fail without one.
    pub fn is_present(self) -> Condition<JsonPath> {
        self.test_kind("IsPresent", "present")
    }

    /// Holds if the value is `null`.
    pub fn is_null(self) -> Condition<JsonPath> {
        self.test_kind("IsNull", "null")
    }

    /// Holds if the value is a text.
    pub fn is_string(self) -> Condition<JsonPath> {
        self.test_kind("IsString", "a text")
    }

    /// Holds if the value is a number.
    pub fn is_numeric(self) -> Condition<JsonPath> {
        self.test_kind("IsNumeric", "a number")
    }

    /// Holds if the value is `true` or `false`.
    pub fn is_boolean(self) -> Condition<JsonPath> {
        self.test_kind("IsBoolean", "a Boolean")
    }

    /// Holds if the value is a timestamp of RFC 3339.
    pub fn is_timestamp(self) -> Condition<JsonPath> {
        self.test_kind("IsTimestamp", "a timestamp")
    }

    fn compare(self, relation: &str, sign: &str, operand: Operand) -> Condition<JsonPath> {
        let path = if operand.is_path { "Path" } else { "" };
        let operator = format!("{}{relation}{path}", operand.kind);
        let label = format!("{} {sign} {}", self.0, operand.value.to_json());
        self.test(operator, operand.value, label)
    }

    fn test_kind(self, operator: &str, name: &str) -> Condition<JsonPath> {
        let label = format!("{} is {name}", self.0);
        self.test(operator, Data::Bool(true), label)
    }

    fn test(self, operator: impl Into<String>, value: Data, label: String) -> Condition<JsonPath> {
        let mut fields = Map::default();
        fields.insert("Variable", self.0);
        fields.insert(operator.into(), value);
        Condition::from_parts(fields, label)
    }
}
