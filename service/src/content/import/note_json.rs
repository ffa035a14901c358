//! Parser for a note in the JSON export of this service. It reports each wrong value and continues, and holds no unwanted values in memory.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::sink::{Sink, quote_value};
use crate::domain::limits::IMPORTED_VERSIONS;
use crate::domain::note::Place;
use crate::domain::portable::{Identity, PortableNote, PortableRevision};
use crate::domain::recurrence::Recurrence;

/// Maximum number of labels and of earlier versions to read for one note, above the limits of notes.
const MOST_ITEMS: usize = 100;

/// A text, or the fact that the value has another type.
#[derive(Debug, Default)]
pub(super) enum Text {
    #[default]
    Absent,
    Some(String),
    Wrong,
}

/// A note as the document contains it, before validation.
#[derive(Debug, Default)]
pub(super) struct JsonNote {
    id: Text,
    title: Text,
    content: Text,
    color: Text,
    place: Text,
    pinned: Option<Flag>,
    labels: Bounded<Text>,
    times: [Text; 3],
    recurrence: Option<JsonRecurrence>,
    version: Option<Count>,
    revisions: Bounded<JsonRevision>,
    unknown: Vec<String>,
    is_wrong: bool,
}

#[derive(Debug, Default)]
struct JsonRevision {
    version: Option<Count>,
    title: Text,
    content: Text,
    replaced_at: Text,
}

/// The series of a reminder. Its rule is wrong if the value is not an object.
#[derive(Debug, Default)]
struct JsonRecurrence {
    rule: Text,
    zone: Text,
    start: Text,
}

#[derive(Debug, Clone, Copy)]
enum Flag {
    Is(bool),
    Wrong,
}

#[derive(Debug, Clone, Copy)]
struct Count(Option<i64>);

/// A list with a limited number of elements; `None` if the value is not a list.
#[derive(Debug)]
struct Bounded<T>(Option<Vec<T>>);

impl<T> Default for Bounded<T> {
    fn default() -> Self {
        Self(Some(Vec::new()))
    }
}

/// Defines a visitor that accepts a value of any type, and discards lists and objects.
macro_rules! any_value {
    ($name:ident, $type:ty, $wrong:expr) => {
        struct $name;

        impl<'de> Visitor<'de> for $name {
            type Value = $type;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_bool<E>(self, value: bool) -> Result<$type, E> {
                Ok(Scalar::Bool(value).into())
            }

            fn visit_i64<E>(self, value: i64) -> Result<$type, E> {
                Ok(Scalar::Int(value).into())
            }

            fn visit_u64<E>(self, value: u64) -> Result<$type, E> {
                Ok(i64::try_from(value)
                    .map_or(Scalar::Other, Scalar::Int)
                    .into())
            }

            fn visit_f64<E>(self, _: f64) -> Result<$type, E> {
                Ok(Scalar::Other.into())
            }

            fn visit_unit<E>(self) -> Result<$type, E> {
                Ok(Scalar::Null.into())
            }

            fn visit_str<E>(self, value: &str) -> Result<$type, E> {
                Ok(Scalar::Text(value.to_owned()).into())
            }

            fn visit_string<E>(self, value: String) -> Result<$type, E> {
                Ok(Scalar::Text(value).into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<$type, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok($wrong)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok($wrong)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any($name)
            }
        }
    };
}

/// Defines methods of a visitor that accept scalar values and discard them.
macro_rules! other_values {
    ($type:ty, $wrong:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<$type, E> {
            Ok($wrong)
        }

        fn visit_i64<E>(self, _: i64) -> Result<$type, E> {
            Ok($wrong)
        }

        fn visit_u64<E>(self, _: u64) -> Result<$type, E> {
            Ok($wrong)
        }

        fn visit_f64<E>(self, _: f64) -> Result<$type, E> {
            Ok($wrong)
        }

        fn visit_str<E>(self, _: &str) -> Result<$type, E> {
            Ok($wrong)
        }
    };
}

/// A value that is neither a list nor an object.
enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Other,
}

impl From<Scalar> for Text {
    fn from(value: Scalar) -> Self {
        match value {
            Scalar::Null => Self::Absent,
            Scalar::Text(text) => Self::Some(text),
            _ => Self::Wrong,
        }
    }
}

impl From<Scalar> for Flag {
    fn from(value: Scalar) -> Self {
        match value {
            Scalar::Null => Self::Is(false),
            Scalar::Bool(value) => Self::Is(value),
            _ => Self::Wrong,
        }
    }
}

impl From<Scalar> for Count {
    fn from(value: Scalar) -> Self {
        match value {
            Scalar::Int(value) if IMPORTED_VERSIONS.contains(&value) => Self(Some(value)),
            _ => Self(None),
        }
    }
}

any_value!(TextVisitor, Text, Text::Wrong);
any_value!(FlagVisitor, Flag, Flag::Wrong);
any_value!(CountVisitor, Count, Count(None));

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Bounded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
            type Value = Option<Vec<T>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E>(self) -> Result<Option<Vec<T>>, E> {
                Ok(Some(Vec::new()))
            }

            other_values!(Option<Vec<T>>, None);

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Vec<T>>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(None)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Vec<T>>, A::Error> {
                let mut items = Vec::new();
                while items.len() < MOST_ITEMS
                    && let Some(item) = list.next_element()?
                {
                    items.push(item);
                }
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Some(items))
            }
        }

        deserializer
            .deserialize_any(Items(std::marker::PhantomData))
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for JsonRevision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = JsonRevision;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an earlier version")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonRevision, A::Error> {
                let mut revision = JsonRevision::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "version" => revision.version = Some(map.next_value()?),
                        "title" => revision.title = map.next_value()?,
                        "content" => revision.content = map.next_value()?,
                        "replacedAt" => revision.replaced_at = map.next_value()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(revision)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonRevision, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(JsonRevision::default())
            }

            fn visit_unit<E>(self) -> Result<JsonRevision, E> {
                Ok(JsonRevision::default())
            }

            other_values!(JsonRevision, JsonRevision::default());
        }

        deserializer.deserialize_any(Fields)
    }
}

impl<'de> Deserialize<'de> for JsonRecurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = JsonRecurrence;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a recurrence")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonRecurrence, A::Error> {
                let mut recurrence = JsonRecurrence::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "rule" => recurrence.rule = map.next_value()?,
                        "timeZone" => recurrence.zone = map.next_value()?,
                        "start" => recurrence.start = map.next_value()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(recurrence)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonRecurrence, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(JsonRecurrence::with_invalid_rule())
            }

            fn visit_unit<E>(self) -> Result<JsonRecurrence, E> {
                Ok(JsonRecurrence::default())
            }

            other_values!(JsonRecurrence, JsonRecurrence::with_invalid_rule());
        }

        deserializer.deserialize_any(Fields)
    }
}

impl JsonRecurrence {
    fn with_invalid_rule() -> Self {
        Self {
            rule: Text::Wrong,
            ..Self::default()
        }
    }

    fn into_recurrence(
        self,
        line: Option<u64>,
        first: Option<DateTime<Utc>>,
        sink: &mut Sink<'_>,
    ) -> Option<Recurrence> {
        let rule = take_text("recurrence", self.rule, line, sink)?;
        let zone = take_text("timeZone", self.zone, line, sink);
        let start = take_text("start", self.start, line, sink);
        sink.parse_series(line, &rule, (zone.as_deref(), start.as_deref()), first)
    }
}

struct NoteVisitor;

impl<'de> Visitor<'de> for NoteVisitor {
    type Value = JsonNote;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a note")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonNote, A::Error> {
        let mut note = JsonNote::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => note.id = map.next_value()?,
                "title" => note.title = map.next_value()?,
                "content" => note.content = map.next_value()?,
                "color" => note.color = map.next_value()?,
                "place" => note.place = map.next_value()?,
                "pinned" => note.pinned = Some(map.next_value()?),
                "labels" => note.labels = map.next_value()?,
                "reminderAt" => note.times[0] = map.next_value()?,
                "recurrence" => note.recurrence = Some(map.next_value()?),
                "createdAt" => note.times[1] = map.next_value()?,
                "updatedAt" => note.times[2] = map.next_value()?,
                "version" => note.version = Some(map.next_value()?),
                "revisions" => note.revisions = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    if note.unknown.len() < 10 {
                        note.unknown.push(key);
                    }
                }
            }
        }
        Ok(note)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonNote, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(invalid_note())
    }

    other_values!(JsonNote, invalid_note());

    fn visit_unit<E>(self) -> Result<JsonNote, E> {
        Ok(invalid_note())
    }
}

fn invalid_note() -> JsonNote {
    JsonNote {
        is_wrong: true,
        ..JsonNote::default()
    }
}

impl<'de> Deserialize<'de> for JsonNote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NoteVisitor)
    }
}

impl JsonNote {
    /// Converts to a note, with a remark about each wrong value; `None`, with a remark, if the value is not an object.
    pub(super) fn into_note(self, line: Option<u64>, sink: &mut Sink<'_>) -> Option<PortableNote> {
        if self.is_wrong {
            sink.report_left_out(line, "note", "an entry in the list of notes is not a note");
            return None;
        }
        for key in &self.unknown {
            sink.report_counted(
                line,
                "unknown_key",
                format!(
                    "`{}` is not a known property; it was ignored",
                    quote_value(key)
                ),
            );
        }
        let identity = match take_text("id", self.id, line, sink).map(|id| id.parse()) {
            Some(Ok(id)) => Identity::Id(id),
            Some(Err(_)) => {
                sink.report_changed(line, "id", "`id` is not a UUID; the note gets a new one");
                Identity::None
            }
            None => Identity::None,
        };
        let place = take_text("place", self.place, line, sink).and_then(|name| {
            let place = Place::ALL.into_iter().find(|place| place.as_str() == name);
            if place.is_none() {
                let message = format!("`place` is `{}`, and must be one of active, archived, trash; the note is active", quote_value(&name));
                sink.report_changed(line, "place", message);
            }
            place
        });
        let color =
            take_text("color", self.color, line, sink).map(|name| sink.parse_color(line, &name));
        let pinned = match self.pinned {
            Some(Flag::Is(pinned)) => pinned,
            Some(Flag::Wrong) => {
                sink.report_changed(
                    line,
                    "kind",
                    "`pinned` must be true or false; false was used",
                );
                false
            }
            None => false,
        };
        let labels = take_list("labels", self.labels, line, sink);
        let labels = labels
            .into_iter()
            .filter_map(|label| take_text("labels", label, line, sink))
            .collect();
        let mut times = [None; 3];
        let keys = ["reminderAt", "createdAt", "updatedAt"];
        for ((time, value), key) in times.iter_mut().zip(self.times).zip(keys) {
            *time = take_text(key, value, line, sink)
                .and_then(|value| sink.parse_time(line, key, &value));
        }
        let [reminder_at, created_at, updated_at] = times;
        let recurrence = self
            .recurrence
            .and_then(|recurrence| recurrence.into_recurrence(line, reminder_at, sink));
        let title = take_text("title", self.title, line, sink).unwrap_or_default();
        let content = take_text("content", self.content, line, sink).unwrap_or_default();
        let revisions = take_list("revisions", self.revisions, line, sink);
        let revisions = revisions
            .into_iter()
            .filter_map(|revision| revision.into_revision(line, sink))
            .collect();
        Some(PortableNote {
            identity,
            version: self.version.and_then(|version| version.0),
            revisions,
            color: color.unwrap_or_default(),
            pinned,
            place: place.unwrap_or(Place::Active),
            labels,
            reminder_at,
            recurrence,
            created_at,
            updated_at,
            ..PortableNote::with_text(title, content)
        })
    }
}

impl JsonRevision {
    fn into_revision(self, line: Option<u64>, sink: &mut Sink<'_>) -> Option<PortableRevision> {
        let Some(version) = self.version.and_then(|version| version.0) else {
            sink.report_changed(
                line,
                "history",
                "an earlier version has no version number from 1 to 2^52; it was ignored",
            );
            return None;
        };
        let replaced_at = take_text("replacedAt", self.replaced_at, line, sink)?;
        Some(PortableRevision {
            version,
            title: take_text("title", self.title, line, sink).unwrap_or_default(),
            content: take_text("content", self.content, line, sink).unwrap_or_default(),
            replaced_at: sink.parse_time(line, "replacedAt", &replaced_at)?,
        })
    }
}

fn take_list<T>(key: &str, value: Bounded<T>, line: Option<u64>, sink: &mut Sink<'_>) -> Vec<T> {
    value.0.unwrap_or_else(|| {
        sink.report_changed(
            line,
            "kind",
            format!("`{key}` is not a list; it was ignored"),
        );
        Vec::new()
    })
}

fn take_text(key: &str, value: Text, line: Option<u64>, sink: &mut Sink<'_>) -> Option<String> {
    match value {
        Text::Some(text) => Some(text),
        Text::Absent => None,
        Text::Wrong => {
            sink.report_changed(
                line,
                "kind",
                format!("`{key}` is not a text; it was ignored"),
            );
            None
        }
    }
}
