//! Saved filters: searches for notes that a user keeps under a name.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::note::{Color, Place};

/// Maximum number of saved filters of one user; creating another fails with `limit_reached`.
pub const MOST: usize = 100;
/// Maximum number of characters in the name of a saved filter.
pub const NAME_CHARS: usize = 100;
/// Maximum number of characters in the search text of a saved filter.
pub const TEXT_CHARS: usize = 200;

/// The order in which a filter lists its notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Pinned notes first, each section in the order that the user arranged.
    Position,
    /// Notes with a reminder only, those with the earliest reminder first.
    Reminder,
}

impl Sort {
    /// Returns the name of the order in the API, in the database and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Reminder => "reminder",
        }
    }
}

/// The conditions that select notes. `Label` is the identifier of a label within an account, and its name in exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query<Label> {
    /// Place of the notes. Without one, active notes; with a search text, all notes outside the trash.
    pub place: Option<Place>,
    /// Only pinned notes (`true`) or only unpinned ones (`false`).
    pub pinned: Option<bool>,
    /// Only notes with at least one of these labels; empty for notes with any labels or none.
    pub labels: Vec<Label>,
    /// Only notes of this colour; `None` for notes of any colour.
    pub color: Option<Color>,
    /// Only notes with a reminder (`true`) or only notes without one (`false`).
    pub reminds: Option<bool>,
    /// Order of the notes. `None` with a search text, which lists the best matches first.
    pub sort: Option<Sort>,
    /// Search text that the notes must match, in the syntax of the search; `None` for all notes.
    pub text: Option<String>,
}

impl<Label> Default for Query<Label> {
    fn default() -> Self {
        Self {
            place: None,
            pinned: None,
            labels: Vec::new(),
            color: None,
            reminds: None,
            sort: None,
            text: None,
        }
    }
}

impl<Label> Query<Label> {
    /// Replaces the labels, for example by their names for an export, and keeps the other conditions.
    pub fn with_labels<Other>(self, labels: Vec<Other>) -> Query<Other> {
        Query {
            place: self.place,
            pinned: self.pinned,
            labels,
            color: self.color,
            reminds: self.reminds,
            sort: self.sort,
            text: self.text,
        }
    }
}

/// A filter that a user saved, with its place in the user's list of filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Identifier of the saved filter, a UUID of version 7.
    pub id: Uuid,
    /// Name of the filter, unique among the filters of its user regardless of case.
    pub name: String,
    /// The conditions that its notes meet, with labels by their identifiers.
    pub query: Query<Uuid>,
    /// Labels that the conditions refer to and that have been deleted since.
    pub missing: Vec<Uuid>,
    /// Position among the filters of its user, from 0.
    pub sort: i32,
    /// Version of the filter, raised by one with each change.
    pub version: i64,
    /// Time at which the filter was created or imported.
    pub created_at: DateTime<Utc>,
    /// Time of the last change to the name, conditions or position of the filter.
    pub updated_at: DateTime<Utc>,
}

/// A saved filter in transfer between accounts, with labels identified by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableFilter {
    /// Name of the filter, by which an import recognises one that exists already.
    pub name: String,
    /// The conditions of its notes, with names of labels.
    pub query: Query<String>,
}

/// A saved filter as an export file holds it.
#[derive(Debug, Serialize, Deserialize)]
pub struct FilterEntry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: QueryText<String>,
}

impl From<PortableFilter> for FilterEntry {
    fn from(filter: PortableFilter) -> Self {
        Self {
            name: filter.name,
            query: filter.query.into(),
        }
    }
}

impl From<FilterEntry> for PortableFilter {
    fn from(entry: FilterEntry) -> Self {
        Self {
            name: entry.name,
            query: entry.query.into(),
        }
    }
}

/// The text form of a query, for the database (labels by identifier) and for export files (labels by name). Unset conditions are left out; values of
/// a later release are read as unset.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryText<Label> {
    /// One of `active`, `archived` and `trash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    color: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    has_reminder: Option<bool>,
    /// One of `position` and `reminder`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sort: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    q: Option<String>,
}

impl<Label> Default for QueryText<Label> {
    fn default() -> Self {
        Query::default().into()
    }
}

impl<Label> From<Query<Label>> for QueryText<Label> {
    fn from(query: Query<Label>) -> Self {
        Self {
            place: query.place.map(|place| place.as_str().to_owned()),
            pinned: query.pinned,
            labels: query.labels,
            color: query.color.map(|color| color.as_str().to_owned()),
            has_reminder: query.reminds,
            sort: query.sort.map(|sort| sort.as_str().to_owned()),
            q: query.text,
        }
    }
}

impl<Label> From<QueryText<Label>> for Query<Label> {
    fn from(text: QueryText<Label>) -> Self {
        let named = |word: Option<String>, names: &[&'static str]| {
            let word = word?;
            names.iter().position(|name| *name == word)
        };
        Self {
            place: named(text.place, &Place::ALL.map(Place::as_str)).map(|at| Place::ALL[at]),
            pinned: text.pinned,
            labels: text.labels,
            color: named(text.color, &Color::ALL.map(Color::as_str)).map(|at| Color::ALL[at]),
            reminds: text.has_reminder,
            sort: text.sort.and_then(|word| {
                [Sort::Position, Sort::Reminder]
                    .into_iter()
                    .find(|sort| sort.as_str() == word)
            }),
            text: text.q,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_query_text() {
        let all = Query {
            place: Some(Place::Archived),
            pinned: Some(false),
            labels: vec!["Work".to_owned(), "Home".to_owned()],
            color: Some(Color::Teal),
            reminds: Some(true),
            sort: Some(Sort::Reminder),
            text: Some("crème \"brûlée\"".to_owned()),
        };
        for query in [all, Query::default()] {
            let text = serde_json::to_string(&QueryText::from(query.clone())).unwrap();
            let read: QueryText<String> = serde_json::from_str(&text).unwrap();
            assert_eq!(Query::from(read), query, "{text}");
        }
    }

    #[test]
    fn ignores_unknown_filter_values() {
        let later = r#"{"place": "attic", "color": "mauve", "sort": "size", "weight": 3}"#;
        let read: QueryText<String> = serde_json::from_str(later).unwrap();
        assert_eq!(Query::from(read), Query::default());
    }
}
