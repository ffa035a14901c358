//! The condition keys of a request: [`Context`].

use std::collections::BTreeMap;

/// The value of a condition key in a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ContextValue {
    /// The key is present with these values; most keys have one.
    Known(Vec<String>),
    /// The key is not present in the request.
    Absent,
}

/// The condition keys of a request, without regard to case. Keys that are not listed are unknown.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Context {
    values: BTreeMap<String, ContextValue>,
    complete: bool,
}

impl Context {
    /// Creates a context in which every key that is not listed is absent from the request.
    pub fn complete() -> Self {
        Self {
            values: BTreeMap::new(),
            complete: true,
        }
    }

    /// Sets the only value of a key.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.set_all(key, vec![value.into()]);
    }

    /// Sets the values of a key that can have several.
    pub fn set_all(&mut self, key: &str, values: Vec<String>) {
        self.values
            .insert(key.to_ascii_lowercase(), ContextValue::Known(values));
    }

    /// Records that the request does not have the key.
    pub fn set_absent(&mut self, key: &str) {
        self.values
            .insert(key.to_ascii_lowercase(), ContextValue::Absent);
    }

    /// Returns the value of a key, or `None` if it is unknown.
    pub fn find(&self, key: &str) -> Option<&ContextValue> {
        let found = self.values.get(&key.to_ascii_lowercase());
        match found {
            None if self.complete => Some(&ContextValue::Absent),
            found => found,
        }
    }
}
