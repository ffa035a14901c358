//! Conditions on a field of an event.

use crate::core::{Data, IntoValue, Map, Value};

/// A condition on a field of an event: alternatives, one of which must hold.
///
/// Text, numbers and Booleans convert to a matcher of equal values, arrays to one of alternatives. See [comparison
/// operators](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html).
///
/// ```
/// use infra_lib::events::{EventPattern, Matcher};
///
/// let pattern = EventPattern::new()
///     .source("shop.orders")
///     .detail("status", ["paid", "shipped"])
///     .detail("total", Matcher::at_least(100).or(Matcher::absent()));
/// assert!(pattern.matches(&serde_json::json!({
///     "source": "shop.orders",
///     "detail": { "status": "paid", "total": 250 },
/// })));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Matcher {
    pub(super) alternatives: Vec<Data>,
}

impl Matcher {
    fn new(rule: impl Into<Data>) -> Self {
        Self {
            alternatives: vec![rule.into()],
        }
    }

    fn operator(name: &'static str, argument: impl Into<Data>) -> Self {
        let mut rule = Map::new();
        rule.insert(name, argument);
        Self::new(rule)
    }

    fn numeric(comparisons: impl IntoIterator<Item = (&'static str, i64)>) -> Self {
        let list = comparisons
            .into_iter()
            .flat_map(|(sign, number)| [Data::from(sign), Data::from(number)]);
        Self::operator("numeric", Data::list(list))
    }

    /// Returns a matcher of a text, which may be a reference to a resource, such as the name of a bucket.
    pub fn equal(text: impl IntoValue<String>) -> Self {
        Self::new(text.into_value())
    }

    /// Returns a matcher of the value `null`.
    pub fn null() -> Self {
        Self::new(Data::Null)
    }

    /// Returns a matcher of text that begins with `text`.
    pub fn prefix(text: impl IntoValue<String>) -> Self {
        Self::operator("prefix", text.into_value())
    }

    /// Returns a matcher of text that ends with `text`.
    pub fn suffix(text: impl IntoValue<String>) -> Self {
        Self::operator("suffix", text.into_value())
    }

    /// Returns a matcher of a text in upper or lower case.
    pub fn equals_ignore_case(text: impl IntoValue<String>) -> Self {
        Self::operator("equals-ignore-case", text.into_value())
    }

    /// Returns a matcher of text with a wildcard: `*` stands for any characters, `\*` for an asterisk.
    pub fn wildcard(text: impl IntoValue<String>) -> Self {
        Self::operator("wildcard", text.into_value())
    }

    /// Returns a matcher of every text or number except these. The field must exist.
    pub fn anything_but(values: impl Into<Self>) -> Self {
        Self::operator("anything-but", Data::List(values.into().alternatives))
    }

    /// Returns a matcher of text that does not begin with `text`. The field must exist.
    pub fn anything_but_prefix(text: impl IntoValue<String>) -> Self {
        let mut rule = Map::new();
        rule.insert("prefix", text.into_value());
        Self::operator("anything-but", rule)
    }

    /// Returns a matcher of a field that exists, with any value.
    pub fn exists() -> Self {
        Self::operator("exists", true)
    }

    /// Returns a matcher of a field that does not exist.
    pub fn absent() -> Self {
        Self::operator("exists", false)
    }

    /// Returns a matcher of IP addresses in a CIDR block, such as `10.0.0.0/24`.
    pub fn cidr(block: impl Into<String>) -> Self {
        Self::operator("cidr", Data::from(block.into()))
    }

    /// Returns a matcher of numbers below `limit`.
    pub fn less_than(limit: i64) -> Self {
        Self::numeric([("<", limit)])
    }

    /// Returns a matcher of numbers up to and including `limit`.
    pub fn at_most(limit: i64) -> Self {
        Self::numeric([("<=", limit)])
    }

    /// Returns a matcher of numbers above `limit`.
    pub fn greater_than(limit: i64) -> Self {
        Self::numeric([(">", limit)])
    }

    /// Returns a matcher of numbers from `limit` on.
    pub fn at_least(limit: i64) -> Self {
        Self::numeric([(">=", limit)])
    }

    /// Returns a matcher of numbers from `low` to `high`, both included.
    pub fn between(low: i64, high: i64) -> Self {
        Self::numeric([(">=", low), ("<=", high)])
    }

    /// Adds the alternatives of another matcher.
    pub fn or(mut self, other: impl Into<Self>) -> Self {
        self.alternatives.extend(other.into().alternatives);
        self
    }
}

impl From<&str> for Matcher {
    fn from(text: &str) -> Self {
        Self::equal(text)
    }
}

impl From<String> for Matcher {
    fn from(text: String) -> Self {
        Self::equal(text)
    }
}

impl From<Value<String>> for Matcher {
    fn from(text: Value<String>) -> Self {
        Self::new(text)
    }
}

impl<R> From<Value<crate::core::Arn<R>>> for Matcher {
    fn from(arn: Value<crate::core::Arn<R>>) -> Self {
        Self::new(arn)
    }
}

impl<R> From<Value<crate::core::Name<R>>> for Matcher {
    fn from(name: Value<crate::core::Name<R>>) -> Self {
        Self::new(name)
    }
}

impl From<i64> for Matcher {
    fn from(number: i64) -> Self {
        Self::new(number)
    }
}

impl From<bool> for Matcher {
    fn from(value: bool) -> Self {
        Self::new(value)
    }
}

impl<M: Into<Self>, const N: usize> From<[M; N]> for Matcher {
    fn from(alternatives: [M; N]) -> Self {
        alternatives.into_iter().collect()
    }
}

impl<M: Into<Self>> FromIterator<M> for Matcher {
    fn from_iter<I: IntoIterator<Item = M>>(alternatives: I) -> Self {
        Self {
            alternatives: alternatives
                .into_iter()
                .flat_map(|one| one.into().alternatives)
                .collect(),
        }
    }
}
