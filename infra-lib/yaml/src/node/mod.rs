//! The value tree: values with their place, found by JSON pointer.

mod map;

use std::borrow::Cow;

use serde_json::{Number, Value as JsonValue};

use crate::position::Span;

pub(crate) use map::duplicate;
pub use map::{Entry, Map};

/// A value with its place in the text.
///
/// An alias is a copy of what its anchor marks: the copy itself has the place of the alias, everything below it that
/// of the anchored text.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The place of the value, from its tag or anchor on. A block list or block map ends with its last value.
    pub span: Span,
    /// The text of a plain scalar that is no text: `0644` of the number 420.
    source: Option<Box<str>>,
}

/// A value.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Value {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number that JSON can hold.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// A map.
    Map(Map),
}

/// The value at the end of a path, or the nearest one above it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Located<'n> {
    /// The place of the key; `None` for the root and for items of lists.
    pub key: Option<Span>,
    /// The value.
    pub node: &'n Node,
    /// The number of steps at the end of the path that lead nowhere; 0 where the value of the path itself is found.
    pub missing: usize,
}

impl Located<'_> {
    /// The place of the key, or of the value where there is no key.
    pub fn key_or_value(&self) -> Span {
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

    /// A plain scalar; its text is kept where the value does not have it.
    pub(crate) fn plain(text: &str, value: Value, span: Span) -> Self {
        let is_text = matches!(value, Value::String(_));
        Self {
            value,
            span,
            source: (!is_text).then(|| text.into()),
        }
    }

    /// The text of a scalar as it is written: of a text its value, of a plain YAML scalar its source, such as `0644`.
    ///
    /// `None` for lists, maps, and the numbers, booleans and nulls of JSON.
    pub fn scalar_text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => self.source.as_deref(),
        }
    }

    /// The entry of a key; `None` where there is none, or where this is no map.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The value of a key; `None` where there is none, or where this is no map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Follows a path down: keys of maps, and decimal indexes of lists. Ends where a step leads nowhere.
    pub fn walk<S: AsRef<str>>(&self, path: impl IntoIterator<Item = S>) -> Located<'_> {
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
                Value::List(items) => index(step)
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

    /// Finds the value of a JSON pointer (RFC 6901), such as `/Resources/Queue/Properties/Tags/0`.
    pub fn pointer(&self, pointer: &str) -> Option<Located<'_>> {
        Some(self.nearest(pointer)).filter(|found| found.missing == 0)
    }

    /// Finds the value of a JSON pointer, or the nearest value above it.
    pub fn nearest(&self, pointer: &str) -> Located<'_> {
        self.walk(pointer.split('/').skip(1).map(unescape))
    }

    /// The data without places.
    pub fn to_json(&self) -> JsonValue {
        self.clone().into_json()
    }

    /// The data without places, without copies.
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

/// An index as JSON pointers write it: without sign or leading zeros.
fn index(step: &str) -> Option<usize> {
    let plain = step == "0" || step.starts_with(|c: char| ('1'..='9').contains(&c));
    step.parse().ok().filter(|_| plain)
}

fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}
