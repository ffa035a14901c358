//! Represents the path of a key in a configuration: `service.desired_count`.

use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value as JsonValue};

/// A step from a map or list to one of its entries.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// The path of a value: steps from the top of the document.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Path(Vec<Step>);

impl Path {
    /// Parses `a.b.0.c`; a number is an index of a list.
    pub(super) fn parse_key(text: &str) -> Self {
        let step = |part: &str| {
            part.parse()
                .map_or_else(|_| Step::Key(part.to_owned()), Step::Item)
        };
        Self(text.split('.').map(step).collect())
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns the steps as text: keys and decimal indexes.
    pub(super) fn step_names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.iter().map(|step| match step {
            Step::Key(key) => Cow::Borrowed(key.as_str()),
            Step::Item(at) => Cow::Owned(at.to_string()),
        })
    }

    /// Returns the path extended by one step.
    pub(super) fn join_step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    pub(super) fn join_key(&self, key: &str) -> Self {
        self.join_step(Step::Key(key.to_owned()))
    }

    /// Returns the path without its last step.
    pub(super) fn parent(&self) -> Self {
        let steps = self.0.split_last().map_or(&[] as &[Step], |(_, rest)| rest);
        Self(steps.to_vec())
    }

    /// Returns true if this path is `other` or below it.
    pub(super) fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// Returns the value at the path.
    pub(super) fn find_value<'v>(&self, value: &'v JsonValue) -> Option<&'v JsonValue> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Item(at) => value.get(at),
        })
    }

    /// Sets the value at the path, creating missing maps. Returns false if the path leads through a scalar, or to an index that does not exist.
    pub(super) fn put_value(&self, root: &mut JsonValue, new: JsonValue) -> bool {
        let mut at = root;
        for step in &self.0 {
            let next = match step {
                Step::Key(key) => {
                    if at.is_null() {
                        *at = JsonValue::Object(Map::new());
                    }
                    at.as_object_mut()
                        .map(|map| map.entry(key.as_str()).or_insert(JsonValue::Null))
                }
                Step::Item(index) => at.get_mut(index),
            };
            let Some(next) = next else { return false };
            at = next;
        }
        *at = new;
        true
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match step {
                Step::Key(key) => write!(f, "{dot}{key}")?,
                Step::Item(index) => write!(f, "{dot}{index}")?,
            }
        }
        Ok(())
    }
}
