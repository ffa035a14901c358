//! Filters that users save under a name.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::note::{Color, Place};

/// Filters of one user.
pub const MOST: usize = 100;
/// Characters of a filter's name.
pub const NAME_CHARS: usize = 100;
/// Characters of the text that is searched for.
pub const TEXT_CHARS: usize = 200;

/// An order of the notes of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Pinned ones first, each section in the user's order.
    Position,
    /// Those that remind, the earliest first.
    Reminder,
}

impl Sort {
    /// The name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Reminder => "reminder",
        }
    }
}

/// The conditions that notes are asked for by; labels are identifiers in an account, and names out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query<Label> {
    /// Their place; if none is named the active ones, with a text everywhere but in the trash.
    pub place: Option<Place>,
    /// Only those that are pinned, or those that are not.
    pub pinned: Option<bool>,
    /// Only those with any of these labels; all if there are none.
    pub labels: Vec<Label>,
    /// Only those of this colour.
    pub color: Option<Color>,
    /// Only those that remind, or those that do not.
    pub reminds: Option<bool>,
    /// Their order; none with a text, of which the best matches come first.
    pub sort: Option<Sort>,
    /// The text that they say.
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
    /// The same with other labels.
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

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Its identifier.
    pub id: Uuid,
    /// Its name, unique among the filters of a user whatever the case.
    pub name: String,
    /// The conditions of its notes.
    pub query: Query<Uuid>,
    /// Labels that it names and that were deleted since.
    pub missing: Vec<Uuid>,
    /// Its place among the filters of the user, from 0.
    pub sort: i32,
    /// Counts its changes.
    pub version: i64,
    /// The time at which it was made.
    pub created_at: DateTime<Utc>,
    /// The time of its last change.
    pub updated_at: DateTime<Utc>,
}

/// A filter out of an account: its labels by their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableFilter {
    /// Its name.
    pub name: String,
    /// The conditions of its notes.
    pub query: Query<String>,
}

/// A filter in a file.
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

/// A query as text: in the database, and with names of labels in files. What is not said is absent; words of a later release mean nothing here.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryText<Label> {
    /// `active`, `archived` or `trash`.
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
    /// `position` or `reminder`.
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
    fn a_query_is_the_same_after_its_text() {
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
    fn says_nothing_of_what_it_does_not_know() {
        let later = r#"{"place": "attic", "color": "mauve", "sort": "size", "weight": 3}"#;
        let read: QueryText<String> = serde_json::from_str(later).unwrap();
        assert_eq!(Query::from(read), Query::default());
    }
}
