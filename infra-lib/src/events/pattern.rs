//! Patterns of events.

use serde_json::Value as JsonValue;

use super::Matcher;
use super::matching::{check, matches_map};
use crate::core::{Data, Diagnostic, IntoValue, Json, Map, Scope, Value, codes};

/// A pattern of events: conditions on fields, all of which must hold.
///
/// [`matches`](Self::matches) evaluates the pattern on an event, as EventBridge does, in a test or at synthesis (through
/// [`example`](super::RuleBuilder::example) of a rule). See [event
/// patterns](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html).
///
/// ```
/// use infra_lib::events::{EventPattern, Matcher};
/// use serde_json::json;
///
/// let stopped = EventPattern::new()
///     .source("aws.ec2")
///     .detail_type("EC2 Instance State-change Notification")
///     .detail("state", ["stopped", "terminated"])
///     .detail("instance-id", Matcher::prefix("i-"));
/// let event = |state: &str| json!({
///     "source": "aws.ec2",
///     "detail-type": "EC2 Instance State-change Notification",
///     "detail": { "instance-id": "i-0123", "state": state },
/// });
/// assert!(stopped.matches(&event("stopped")));
/// assert!(!stopped.matches(&event("running")));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventPattern {
    fields: Map,
}

impl EventPattern {
    /// Creates a pattern without conditions. EventBridge requires at least one (`INF4861`).
    pub const fn new() -> Self {
        Self { fields: Map::new() }
    }

    /// Creates a pattern from the JSON that EventBridge takes, for operators without a method, such as `$or`. A mistake in
    /// it is reported (`INF4861`).
    pub fn from_json(pattern: JsonValue) -> Self {
        match Data::from(pattern) {
            Data::Map(fields) => Self { fields },
            other => Self {
                fields: Map::from_iter([("", other)]),
            },
        }
    }

    /// Returns a pattern of all events of this account, for archives and for rules that forward to another bus.
    pub fn all_of_account() -> Self {
        Self::new().account(crate::pseudo::account_id())
    }

    /// Requires a source, such as `aws.ec2` or `shop.orders`; several calls add alternatives.
    pub fn source(self, source: impl Into<Matcher>) -> Self {
        self.with("source", source)
    }

    /// Requires a type of event, such as `Object Created`; several calls add alternatives.
    pub fn detail_type(self, detail_type: impl Into<Matcher>) -> Self {
        self.with("detail-type", detail_type)
    }

    /// Requires an account, by its ID of 12 digits; several calls add alternatives.
    pub fn account(self, account: impl Into<Matcher>) -> Self {
        self.with("account", account)
    }

    /// Requires a region, such as `eu-west-1`; several calls add alternatives.
    pub fn region(self, region: impl Into<Matcher>) -> Self {
        self.with("region", region)
    }

    /// Requires a resource, by its ARN or a part of it; several calls add alternatives.
    pub fn resource(self, arn: impl Into<Matcher>) -> Self {
        self.with("resources", arn)
    }

    /// Requires a field of the detail. The names of nested fields are separated by dots: `bucket.name`. Several calls
    /// with the same path add alternatives.
    pub fn detail(self, path: &str, condition: impl Into<Matcher>) -> Self {
        self.with(&format!("detail.{path}"), condition)
    }

    fn with(mut self, path: &str, condition: impl Into<Matcher>) -> Self {
        let steps: Vec<&str> = path.split('.').collect();
        insert(&mut self.fields, &steps, condition.into().alternatives);
        self
    }

    /// Returns `true` if EventBridge would match the event. A value of the pattern that is known only at deployment
    /// matches every text. `event` is the whole event, with `source` and `detail`.
    pub fn matches(&self, event: &JsonValue) -> bool {
        !self.fields.is_empty() && matches_map(&self.fields, Some(event))
    }

    /// Returns the JSON of the pattern.
    pub(super) fn data(&self) -> Data {
        Data::Map(self.fields.clone())
    }

    /// Reports mistakes of the pattern in `scope` (`INF4861`).
    pub(super) fn check(&self, scope: Scope<'_>) {
        for (path, problem) in check(&self.fields) {
            scope.report(
                Diagnostic::new(codes::EVENT_PATTERN, problem)
                    .property(if path.is_empty() { "EventPattern".to_owned() } else { format!("EventPattern.{path}") })
                    .help("build the pattern with the methods of `EventPattern` and `Matcher`, and try it with `matches`")
                    .url("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html"),
            );
        }
    }

    /// Returns sources of AWS services that the pattern names, such as `aws.ec2`.
    pub(super) fn aws_sources(&self) -> Vec<&str> {
        let sources = self.fields.get("source").and_then(Data::as_list);
        let texts = sources.into_iter().flatten().filter_map(Data::as_text);
        texts.filter(|source| source.starts_with("aws.")).collect()
    }
}

/// Adds alternatives at a path, to those that are there.
fn insert(fields: &mut Map, path: &[&str], mut alternatives: Vec<Data>) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        if let Some(Data::List(before)) = fields.get_mut(first) {
            before.append(&mut alternatives);
        } else {
            fields.insert((*first).to_owned(), Data::List(alternatives));
        }
        return;
    }
    if !matches!(fields.get(first), Some(Data::Map(_))) {
        fields.insert((*first).to_owned(), Map::new());
    }
    if let Some(Data::Map(inner)) = fields.get_mut(first) {
        insert(inner, rest, alternatives);
    }
}

impl IntoValue<Json> for EventPattern {
    fn into_value(self) -> Value<Json> {
        Value::from_data(self.data())
    }
}
