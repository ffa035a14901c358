//! Filter policies of subscriptions.

use crate::core::{Data, Diagnostic, IntoValue, Json, Map, Scope, Value, codes, value};

/// A condition on messages; a subscription receives those that match every key.
///
/// Several conditions of a key are alternatives. SNS accepts five keys, and 150 as the product of the numbers of
/// conditions (`INF4708`).
///
/// ```
/// use infra_lib::sns::FilterPolicy;
///
/// let policy = FilterPolicy::attributes()
///     .any_of("kind", ["order", "refund"])
///     .starts_with("region", "eu-")
///     .between("price", 10.0, 99.0)
///     .exists("customer");
/// ```
///
/// See [Filter policies](https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html).
#[derive(Clone, Debug, PartialEq)]
pub struct FilterPolicy {
    scope: &'static str,
    keys: Map,
}

impl FilterPolicy {
    /// Creates a policy on the attributes of messages.
    pub fn attributes() -> Self {
        Self {
            scope: "MessageAttributes",
            keys: Map::new(),
        }
    }

    /// Creates a policy on the top-level keys of message bodies that are JSON.
    pub fn body() -> Self {
        Self {
            scope: "MessageBody",
            keys: Map::new(),
        }
    }

    /// Accepts values that are equal to one of these.
    #[must_use]
    pub fn any_of(self, key: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let values = values.into_iter().map(|value| Data::from(value.into()));
        self.add(key, values)
    }

    /// Accepts values that differ from all of these.
    #[must_use]
    pub fn none_of(self, key: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let values = values.into_iter().map(|value| Data::from(value.into()));
        let condition = Data::map([("anything-but", Data::list(values))]);
        self.add(key, [condition])
    }

    /// Accepts values with this beginning.
    #[must_use]
    pub fn starts_with(self, key: &str, prefix: &str) -> Self {
        self.add(
            key,
            [Data::map([("prefix", Data::from(prefix.to_owned()))])],
        )
    }

    /// Accepts values with this end.
    #[must_use]
    pub fn ends_with(self, key: &str, suffix: &str) -> Self {
        self.add(
            key,
            [Data::map([("suffix", Data::from(suffix.to_owned()))])],
        )
    }

    /// Accepts numbers in a range that includes both bounds.
    #[must_use]
    pub fn between(self, key: &str, lowest: f64, highest: f64) -> Self {
        let range = [
            Data::from(">="),
            value::<f64>(lowest).into_data(),
            Data::from("<="),
            value::<f64>(highest).into_data(),
        ];
        self.add(key, [Data::map([("numeric", Data::list(range))])])
    }

    /// Accepts messages that have the key, with any value.
    #[must_use]
    pub fn exists(self, key: &str) -> Self {
        self.add(key, [Data::map([("exists", Data::from(true))])])
    }

    /// Accepts messages that lack the key.
    #[must_use]
    pub fn absent(self, key: &str) -> Self {
        self.add(key, [Data::map([("exists", Data::from(false))])])
    }

    fn add(mut self, key: &str, conditions: impl IntoIterator<Item = Data>) -> Self {
        let mut all: Vec<Data> = match self.keys.get(key).and_then(Data::as_list) {
            Some(items) => items.to_vec(),
            None => Vec::new(),
        };
        all.extend(conditions);
        self.keys.insert(key.to_owned(), Data::list(all));
        self
    }

    /// Returns the value of the property `FilterPolicyScope`.
    pub(super) const fn scope(&self) -> &'static str {
        self.scope
    }

    /// Returns the value of the property `FilterPolicy`.
    pub(super) fn into_data(self) -> Data {
        Data::Map(self.keys)
    }

    /// Reports policies that SNS rejects.
    ///
    /// See [Filter policy
    /// constraints](https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html).
    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        let counts: Vec<usize> = self
            .keys
            .iter()
            .map(|(_, conditions)| conditions.as_list().map_or(0, <[Data]>::len))
            .collect();
        let empty = self.keys.iter().find(|(_, conditions)| {
            let none = |list: &Data| list.as_list().is_some_and(<[Data]>::is_empty);
            let inner = |one: &Data| {
                let map = one.as_map();
                map.and_then(|map| map.get("anything-but"))
                    .is_some_and(none)
            };
            none(conditions)
                || conditions
                    .as_list()
                    .is_some_and(|all| all.iter().any(inner))
        });
        let product = counts
            .iter()
            .fold(1_usize, |all, one| all.saturating_mul(*one));
        let (problem, actual, expected) = if !(1..=5).contains(&counts.len()) {
            (
                "the filter policy of a subscription has no keys, or too many",
                format!("{} keys", counts.len()),
                "1 to 5 keys",
            )
        } else if let Some((key, _)) = empty {
            (
                "a key of a filter policy has no values",
                format!("no value for `{key}`"),
                "at least one value for each key",
            )
        } else if product > 150 {
            (
                "a filter policy has too many combinations of conditions",
                format!("{product} combinations"),
                "at most 150: the product of the numbers of conditions of each key",
            )
        } else {
            return;
        };
        scope.report(
            Diagnostic::new(codes::FILTER_POLICY, problem)
                .origin(std::panic::Location::caller())
                .property("FilterPolicy")
                .actual(actual)
                .expected(expected)
                .url("https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html"),
        );
    }
}

/// The policy as the property of the binding, where it is JSON. Its scope, `MessageAttributes` or `MessageBody`, is the
/// property `FilterPolicyScope`.
///
/// ```
/// use infra_lib::cfn::sns::CfnSubscriptionProps;
/// use infra_lib::sns::{FilterPolicy, Topic};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let topic = Topic::builder().build(stack, "Topic");
/// CfnSubscriptionProps::new("email", topic.arn())
///     .endpoint("shop@example.com")
///     .filter_policy(FilterPolicy::attributes().any_of("kind", ["refund"]))
///     .build(stack, "Refunds");
/// # assert!(app.synth().findings().is_empty());
/// ```
impl IntoValue<Json> for FilterPolicy {
    fn into_value(self) -> Value<Json> {
        self.into_data().into_value()
    }
}
