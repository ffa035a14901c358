//! Values that patterns captured from a template.

use serde_json::{Map, Value as JsonValue};

/// The values that a pattern captured with [`Match::capture`](super::Match::capture), in the order of the template.
///
/// Every resource that matches adds its values. The accessors of one value panic unless exactly one was captured under the
/// name, so that a test does not read an accidental one; [`all`](Self::all) returns several.
///
/// ```
/// use infra_lib::assertions::{Match, Template};
/// use infra_lib::sqs::Queue;
/// use serde_json::json;
///
/// let template = Template::of_stack(|stack| {
///     Queue::builder().queue_name("orders").build(stack, "Orders");
///     Queue::builder().queue_name("refunds").build(stack, "Refunds");
/// });
/// let found = template.has_properties(
///     "AWS::SQS::Queue",
///     json!({ "QueueName": Match::capture("name"), "SqsManagedSseEnabled": Match::capture_like("sse", json!(true)) }),
/// );
/// assert_eq!(found.texts("name"), ["orders", "refunds"]);
/// assert_eq!(found.all("sse").len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Captures(Vec<(String, JsonValue)>);

impl Captures {
    pub(super) fn push(&mut self, name: &str, value: &JsonValue) {
        self.0.push((name.to_owned(), value.clone()));
    }

    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Returns the values that were captured under a name. The list is empty if there are none.
    pub fn all(&self, name: &str) -> Vec<&JsonValue> {
        let values = self.0.iter();
        values
            .filter(|(of, _)| of == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// Returns the only value that was captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value or several values were captured under the name.
    #[track_caller]
    pub fn value(&self, name: &str) -> &JsonValue {
        match self.all(name).as_slice() {
            [value] => value,
            [] => panic!("no value was captured as `{name}`; {}", self.names()),
            several => panic!(
                "{} values were captured as `{name}`, read them with `all`: {}",
                several.len(),
                several.iter().copied().cloned().collect::<JsonValue>()
            ),
        }
    }

    /// Returns the only text that was captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value, several values or another kind of value was captured under the name.
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        let value = self.value(name);
        kind(name, value, "text", value.as_str())
    }

    /// Returns the texts that were captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value or another kind of value was captured under the name.
    #[track_caller]
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let values = self.all(name);
        assert!(
            !values.is_empty(),
            "no value was captured as `{name}`; {}",
            self.names()
        );
        values
            .into_iter()
            .map(|value| kind(name, value, "text", value.as_str()))
            .collect()
    }

    /// Returns the only whole number that was captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value, several values or another kind of value was captured under the name.
    #[track_caller]
    pub fn int(&self, name: &str) -> i64 {
        let value = self.value(name);
        kind(name, value, "whole number", value.as_i64())
    }

    /// Returns the only number, whole or with a fraction, that was captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value, several values or another kind of value was captured under the name.
    #[track_caller]
    pub fn float(&self, name: &str) -> f64 {
        let value = self.value(name);
        kind(name, value, "number", value.as_f64())
    }

    /// Returns the only boolean that was captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value, several values or another kind of value was captured under the name.
    #[track_caller]
    pub fn bool(&self, name: &str) -> bool {
        let value = self.value(name);
        kind(name, value, "boolean", value.as_bool())
    }

    /// Returns the only list that was captured under a name.
    ///
    /// # Panics
    ///
    /// Panics if no value, several values or another kind of value was captured under the name.
    #[track_caller]
    pub fn list(&self, name: &str) -> &[JsonValue] {
        let value = self.value(name);
        let items = value.as_array().map(Vec::as_slice);
        kind(name, value, "list", items)
    }

    /// Returns the only object that was captured under a name, such as a reference `{"Ref": …}`.
    ///
    /// # Panics
    ///
    /// Panics if no value, several values or another kind of value was captured under the name.
    #[track_caller]
    pub fn object(&self, name: &str) -> &Map<String, JsonValue> {
        let value = self.value(name);
        kind(name, value, "object", value.as_object())
    }

    /// Returns the names under which values were captured, for a message.
    fn names(&self) -> String {
        let mut names: Vec<String> = self.0.iter().map(|(name, _)| format!("`{name}`")).collect();
        names.dedup();
        if names.is_empty() {
            "the pattern captured nothing: `Match::capture(name)` captures a value".to_owned()
        } else {
            format!("captured: {}", names.join(", "))
        }
    }
}

/// Returns a value of the expected kind.
#[track_caller]
fn kind<T>(name: &str, value: &JsonValue, kind: &str, read: Option<T>) -> T {
    match read {
        Some(read) => read,
        None => panic!("`{name}` captured {value}, which is no {kind}"),
    }
}
