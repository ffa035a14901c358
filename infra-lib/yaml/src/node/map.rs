//! Maps that keep the order of the text and support lookup by key.

use std::collections::{BTreeMap, BTreeSet};

use super::Node;
use crate::error::Error;
use crate::position::Span;

/// The entries of a map in the order of the text. Keys are unique.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Map {
    entries: Vec<Entry>,
    /// Indexes into `entries` sorted by key, for binary search: maps in large templates have thousands of entries.
    sorted: Box<[u32]>,
}

/// A key that a map contains more than once.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DuplicateKey {
    /// The key as written.
    pub key: String,
    /// Range of the second or a later occurrence.
    pub span: Span,
    /// Range of the first occurrence.
    pub first: Span,
}

impl DuplicateKey {
    /// Returns the message, for example ``duplicate key `Delay`, first used in line 3``.
    pub fn message(&self) -> String {
        let line = self.first.start.line;
        format!("duplicate key `{}`, first used in line {line}", self.key)
    }
}

/// A key with its value and position.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// Key as written in the text, regardless of its type: `on` and `80` are kept as they are.
    pub key: String,
    /// Range of the key in the text. The key of a long form such as `!Ref Queue` is not in the text and has the range of the whole value.
    pub key_span: Span,
    /// Value of the entry with its position.
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
    /// Creates a map. Of several duplicate keys, the first one in the text is reported.
    pub(crate) fn new(entries: Vec<Entry>) -> Result<Self, Error> {
        let mut sorted: Vec<u32> = (0..).take(entries.len()).collect();
        let at = |index: u32| &entries[index as usize];
        // The sort is stable, so the second of two equal keys is reported.
        sorted.sort_by(|a, b| at(*a).key.cmp(&at(*b).key));
        let pairs = sorted
            .windows(2)
            .filter(|two| at(two[0]).key == at(two[1]).key);
        if let Some(two) = pairs.min_by_key(|two| two[1]) {
            let (first, second) = (at(two[0]), at(two[1]));
            return Err(duplicate_key_error(
                &second.key,
                first.key_span,
                second.key_span,
            ));
        }
        let sorted = sorted.into_boxed_slice();
        Ok(Self { entries, sorted })
    }

    /// Creates a map in which a later entry replaces earlier ones with the same key. Adds the duplicate keys to a list.
    pub(crate) fn keep_last(mut entries: Vec<Entry>, duplicates: &mut Vec<DuplicateKey>) -> Self {
        let mut first_spans: BTreeMap<String, Span> = BTreeMap::new();
        let mut repeated = BTreeSet::new();
        for entry in &entries {
            if let Some(first) = first_spans.get(&entry.key) {
                repeated.insert(entry.key.clone());
                duplicates.push(DuplicateKey {
                    key: entry.key.clone(),
                    span: entry.key_span,
                    first: *first,
                });
            } else {
                first_spans.insert(entry.key.clone(), entry.key_span);
            }
        }
        if !repeated.is_empty() {
            let mut kept = BTreeSet::new();
            entries.reverse();
            entries
                .retain(|entry| !repeated.contains(&entry.key) || kept.insert(entry.key.clone()));
            entries.reverse();
        }
        let mut sorted: Vec<u32> = (0..).take(entries.len()).collect();
        sorted.sort_by(|a, b| entries[*a as usize].key.cmp(&entries[*b as usize].key));
        Self {
            entries,
            sorted: sorted.into_boxed_slice(),
        }
    }

    /// Creates a map with a single entry.
    pub(crate) fn from_entry(entry: Entry) -> Self {
        Self {
            entries: vec![entry],
            sorted: Box::new([0]),
        }
    }

    /// Returns the entry of a key, by binary search.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        let find = |index: &u32| self.entries[*index as usize].key.as_str().cmp(key);
        let at = self.sorted.binary_search_by(find).ok()?;
        self.entries.get(self.sorted[at] as usize)
    }

    /// Returns the entries in the order of the text.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the number of entries, including those of merged maps.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` if the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

/// Returns the error for a duplicate key, at its second occurrence.
pub(crate) fn duplicate_key_error(key: &str, first: Span, second: Span) -> Error {
    let duplicate = DuplicateKey {
        key: key.to_owned(),
        span: second,
        first,
    };
    Error::in_span(second, duplicate.message()).with_first(first)
}
