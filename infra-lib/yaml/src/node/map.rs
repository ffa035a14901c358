//! Maps that keep the order of their text, with lookups by key.

use super::Node;
use crate::error::Error;
use crate::position::Span;

/// Entries of a map, in the order of the text; each key is there once.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Map {
    entries: Vec<Entry>,
    /// Indexes of `entries` in the order of their keys, for binary search: maps of large templates have thousands.
    sorted: Box<[u32]>,
}

/// A key with its value.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The text of the key, whatever it looks like: `on` and `80` are keys as they are written.
    pub key: String,
    /// The place of the key; for `!Ref Queue`, whose key is not in the text, that of the whole value.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Entry {
    pub(crate) fn new(key: String, key_span: Span, value: Node) -> Self {
        Self {
            key,
            key_span,
            value,
        }
    }
}

impl Map {
    /// Makes a map; of several duplicate keys the first in the text is the error.
    pub(crate) fn new(entries: Vec<Entry>) -> Result<Self, Error> {
        let mut sorted: Vec<u32> = (0..).take(entries.len()).collect();
        let at = |index: u32| &entries[index as usize];
        // Equal keys keep their order, so that the second is the one that is found.
        sorted.sort_by(|a, b| at(*a).key.cmp(&at(*b).key));
        let pairs = sorted
            .windows(2)
            .filter(|two| at(two[0]).key == at(two[1]).key);
        if let Some(two) = pairs.min_by_key(|two| two[1]) {
            let (first, second) = (at(two[0]), at(two[1]));
            return Err(duplicate(&second.key, first.key_span, second.key_span));
        }
        let sorted = sorted.into_boxed_slice();
        Ok(Self { entries, sorted })
    }

    /// A map of one entry.
    pub(crate) fn of_one(entry: Entry) -> Self {
        Self {
            entries: vec![entry],
            sorted: Box::new([0]),
        }
    }

    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        let find = |index: &u32| self.entries[*index as usize].key.as_str().cmp(key);
        let at = self.sorted.binary_search_by(find).ok()?;
        self.entries.get(self.sorted[at] as usize)
    }

    /// The entries, in the order of the text.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns true for a map without entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

/// The error of a key that is used twice, at its second place.
pub(crate) fn duplicate(key: &str, first: Span, second: Span) -> Error {
    let line = first.start.line;
    Error::in_span(
        second,
        format!("duplicate key `{key}`, first used in line {line}"),
    )
}
