//! A configuration file as data, with the way back from a key to its line.

use std::fmt;

use infra_core::{Diagnostic, Place, codes};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value as JsonValue;

use super::path::{Path, Step};

/// A configuration file, with what `--set` laid over it.
#[derive(Debug)]
pub(super) struct Document {
    /// The file as messages name it.
    pub(super) file: String,
    text: String,
    pub(super) value: JsonValue,
    /// Values that are not from the file, with where they are from.
    pub(super) settings: Vec<(Path, String)>,
}

/// Which end of an entry is looked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    Key,
    Value,
}

impl Document {
    /// Reads YAML. The empty file is an empty map.
    pub(super) fn parse(file: String, text: String) -> Result<Self, Box<Diagnostic>> {
        // YAML's own data type refuses repeated keys, which JSON's would silently take the last of.
        let parsed = serde_yaml::from_str::<serde_yaml::Value>(&text)
            .and_then(serde_yaml::from_value::<JsonValue>);
        match parsed {
            Ok(value) => Ok(Self {
                file,
                text,
                value: match value {
                    JsonValue::Null => JsonValue::Object(serde_json::Map::new()),
                    value => value,
                },
                settings: Vec::new(),
            }),
            Err(error) => Err(Box::new(malformed(&file, &error))),
        }
    }

    /// Where the key or value is in the file, or the nearest thing around it that is there.
    pub(super) fn place(&self, path: &Path, end: End) -> Place {
        let found = position(&self.text, path, end).or_else(|| {
            let mut above = path.clone();
            while !above.steps().is_empty() {
                above = above.parent();
                if let Some(found) = position(&self.text, &above, End::Key) {
                    return Some(found);
                }
            }
            None
        });
        let (line, column) = found.unwrap_or((1, 1));
        Place {
            file: self.file.clone(),
            line,
            column,
        }
    }

    /// Where the value at that path is from, when it is not from the file.
    pub(super) fn setting(&self, path: &Path) -> Option<&str> {
        let mut settings = self.settings.iter().rev();
        settings
            .find(|(set, _)| path.starts_with(set))
            .map(|(_, origin)| origin.as_str())
    }

    /// Where values further down are from, as far as they are not from the file.
    pub(super) fn settings_below(&self, path: &Path) -> impl Iterator<Item = &str> {
        let below = move |set: &Path| set != path && set.starts_with(path);
        self.settings
            .iter()
            .filter(move |(set, _)| below(set))
            .map(|(_, origin)| origin.as_str())
    }
}

fn malformed(file: &str, error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    // The place is shown by itself; the library repeats it at the end of its text.
    let message = text.split(" at line ").next().unwrap_or(&text);
    let found = Diagnostic::new(
        codes::MALFORMED_CONFIGURATION,
        format!("`{file}` is not what a configuration file can be: {message}"),
    );
    let found = match error.location() {
        Some(at) => found.place(Place {
            file: file.to_owned(),
            line: number(at.line()),
            column: number(at.column()),
        }),
        None => found,
    };
    found
        .help("a configuration file is one YAML map; each key is there once, and tags are not used")
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Line and column of a key or value.
///
/// The YAML library tells places only with errors, so this walks down the path and stops with an error on purpose.
fn position(text: &str, path: &Path, end: End) -> Option<(u32, u32)> {
    let walk = Walk {
        rest: path.steps(),
        end,
    };
    let stopped = walk
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .err()?;
    if !stopped.to_string().contains(FOUND) {
        return None;
    }
    let at = stopped.location()?;
    Some((number(at.line()), number(at.column())))
}

/// The error text that says that the walk is there.
const FOUND: &str = "\u{1}found";

struct Walk<'p> {
    rest: &'p [Step],
    end: End,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Shown when a scalar is met: the end of the path, or a path that leads nowhere.
        f.write_str(if self.rest.is_empty() {
            FOUND
        } else {
            "a map or a list"
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((step, rest)) = self.rest.split_first() else {
            return Err(A::Error::custom(FOUND));
        };
        let Step::Key(wanted) = step else {
            return Ok(());
        };
        let ends = rest.is_empty() && self.end == End::Key;
        while let Some(matched) = map.next_key_seed(Key { wanted, ends })? {
            if matched {
                return map.next_value_seed(Walk {
                    rest,
                    end: self.end,
                });
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((step, rest)) = self.rest.split_first() else {
            return Err(A::Error::custom(FOUND));
        };
        let Step::Item(wanted) = step else {
            return Ok(());
        };
        for _ in 0..*wanted {
            if list.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        // An item has no key: its own place serves for both ends.
        let walk = Walk {
            rest,
            end: if rest.is_empty() {
                End::Value
            } else {
                self.end
            },
        };
        list.next_element_seed(walk).map(drop)
    }
}

/// A key; with `ends`, the wanted one ends the walk.
struct Key<'p> {
    wanted: &'p str,
    ends: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<bool, E> {
        let matched = key == self.wanted;
        if matched && self.ends {
            return Err(E::custom(FOUND));
        }
        Ok(matched)
    }
}

#[cfg(test)]
mod tests {
    use super::{End, position};
    use crate::configuration::path::Path;

    const TEXT: &str = "name: notes\nservice:\n  cpu: 256\n  # a comment\n  \"image\":\n    tags: [one, two]\nlist:\n  - a: 1\n  - a: 2\n";

    #[track_caller]
    fn check(path: &str, end: End, expected: Option<(u32, u32)>) {
        assert_eq!(position(TEXT, &Path::parse(path), end), expected, "{path}");
    }

    #[test]
    fn a_key_is_found_where_it_begins() {
        check("name", End::Key, Some((1, 1)));
        check("service.cpu", End::Key, Some((3, 3)));
        check("service.image.tags", End::Key, Some((6, 5)));
    }

    #[test]
    fn a_value_is_found_where_it_begins() {
        check("name", End::Value, Some((1, 7)));
        check("service.cpu", End::Value, Some((3, 8)));
        check("service.image.tags.1", End::Value, Some((6, 17)));
        check("list.1.a", End::Value, Some((9, 8)));
    }

    #[test]
    fn what_is_not_there_has_no_place() {
        check("service.memory", End::Key, None);
        check("name.first", End::Value, None);
    }
}
