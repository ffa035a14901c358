//! The value tree: [`Node`]s with their range in the text, found by key, path or JSON pointer.

mod map;

use std::borrow::Cow;

use serde_json::{Number, Value as JsonValue};

use crate::position::Span;

pub(crate) use map::duplicate_key_error;
pub use map::{DuplicateKey, Entry, Map};

/// A value with its range in the text.
///
/// An alias is a copy of the anchored value: the copy has the range of the alias, its content that of the anchored text.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Node {
    /// The value without its position.
    pub value: Value,
    /// Range of the value in the text, starting at its tag or anchor. A block list or block map ends with its last value.
    pub span: Span,
    /// Source text of a plain scalar that is not text, for example `0644` for the number 420.
    source: Option<Box<str>>,
}

/// A value of a JSON or YAML document.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Value {
    /// A null: `null`, `~`, or an empty value.
    Null,
    /// A boolean, as defined by the [`Scalars`](crate::Scalars) of the rules.
    Bool(bool),
    /// A number that JSON can represent.
    Number(Number),
    /// Text, quoted or plain.
    String(String),
    /// A list of values.
    List(Vec<Node>),
    /// A map with text keys.
    Map(Map),
}

/// The value at a path, or the closest existing value above it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Located<'n> {
    /// Range of the key, or `None` for the root and for items of lists.
    pub key: Option<Span>,
    /// The value that was found.
    pub node: &'n Node,
    /// Number of steps at the end of the path that do not exist. It is 0 if the value at the path itself was found.
    pub missing: usize,
}

impl Located<'_> {
    /// Returns the range of the key if the value has one, else the range of the value.
    pub fn key_or_value_span(&self) -> Span {
        self.key.unwrap_or(self.node.span)
    }
}

impl Node {
    pub(crate) fn new(value: Value, span: Span) -> Self {
        Self {
            value,
            span,
            source: None,
        }
    }

    /// Creates a node for a plain scalar. Its source text is kept if the value is not text.
    pub(crate) fn from_plain_scalar(text: &str, value: Value, span: Span) -> Self {
        let is_text = matches!(value, Value::String(_));
        Self {
            value,
            span,
            source: (!is_text).then(|| text.into()),
        }
    }

    /// Returns the text of a scalar as written: the value of a text, or the source of another plain YAML scalar, such as `0644`.
    ///
    /// Returns `None` for lists, maps, and the numbers, booleans and nulls of JSON.
    pub fn scalar_text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => self.source.as_deref(),
        }
    }

    /// Returns the entry of a key, or `None` if the key does not exist or the value is not a map.
    pub fn find_entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// Returns the value of a key, or `None` if the key does not exist or the value is not a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.find_entry(key).map(|entry| &entry.value)
    }

    /// Follows a path of map keys and decimal list indexes. Stops at the first step that does not exist.
    pub fn walk_path<S: AsRef<str>>(&self, path: impl IntoIterator<Item = S>) -> Located<'_> {
        let mut found = Located {
            key: None,
            node: self,
            missing: 0,
        };
        let mut steps = path.into_iter();
        while let Some(step) = steps.next() {
            let step = step.as_ref();
            let next = match &found.node.value {
                Value::Map(map) => map
                    .get(step)
                    .map(|entry| (Some(entry.key_span), &entry.value)),
                Value::List(items) => parse_index(step)
                    .and_then(|at| items.get(at))
                    .map(|item| (None, item)),
                _ => None,
            };
            let Some((key, node)) = next else {
                found.missing = 1 + steps.count();
                break;
            };
            (found.key, found.node) = (key, node);
        }
        found
    }

    /// Returns the value at a JSON pointer (RFC 6901), for example `/Resources/Queue/Properties/Tags/0`.
    pub fn pointer(&self, pointer: &str) -> Option<Located<'_>> {
        Some(self.nearest(pointer)).filter(|found| found.missing == 0)
    }

    /// Returns the value at a JSON pointer, or the closest existing value above it.
    pub fn nearest(&self, pointer: &str) -> Located<'_> {
        self.walk_path(pointer.split('/').skip(1).map(unescape_step))
    }

    /// Returns the data as JSON, without positions.
    pub fn to_json(&self) -> JsonValue {
        self.clone().into_json()
    }

    /// Converts the node into JSON without copying its texts.
    pub fn into_json(self) -> JsonValue {
        match self.value {
            Value::Null => JsonValue::Null,
            Value::Bool(value) => JsonValue::Bool(value),
            Value::Number(number) => JsonValue::Number(number),
            Value::String(text) => JsonValue::String(text),
            Value::List(items) => items.into_iter().map(Self::into_json).collect(),
            Value::Map(map) => {
                let entries = map.into_entries().into_iter();
                JsonValue::Object(
                    entries
                        .map(|entry| (entry.key, entry.value.into_json()))
                        .collect(),
                )
            }
        }
    }
}

/// Parses a list index as JSON pointers define it: without sign or leading zeros.
fn parse_index(step: &str) -> Option<usize> {
    let plain = step == "0" || step.starts_with(|c: char| ('1'..='9').contains(&c));
    step.parse().ok().filter(|_| plain)
}

fn unescape_step(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}
