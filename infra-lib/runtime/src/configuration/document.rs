//! Represents a configuration file as data, with the position of every key.

use infra_core::{Diagnostic, Place, codes};
use infra_yaml::{Node, Position, Rules, read_yaml};
use serde_json::{Map, Value as JsonValue};

use super::path::Path;

/// A configuration file, with the values of `--set` and variables on top.
#[derive(Debug)]
pub(super) struct Document {
    /// Path of the file for messages.
    pub(super) file: String,
    tree: Node,
    pub(super) value: JsonValue,
    /// Values from outside of the file, each with a description of its origin.
    pub(super) settings: Vec<(Path, String)>,
}

/// The part of an entry whose position is wanted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum EntryPart {
    Key,
    Value,
}

/// Returns the rules of YAML 1.2 with merge keys, so that files can reuse parts.
pub(super) fn yaml_rules() -> Rules {
    Rules::yaml_1_2().with_merge_keys()
}

impl Document {
    /// Parses YAML. An empty file becomes an empty map.
    pub(super) fn parse_yaml(file: String, text: &str) -> Result<Self, Box<Diagnostic>> {
        let tree =
            read_yaml(text, &yaml_rules()).map_err(|error| malformed_finding(&file, &error))?;
        let value = match tree.to_json() {
            JsonValue::Null => JsonValue::Object(Map::new()),
            value => value,
        };
        Ok(Self {
            file,
            tree,
            value,
            settings: Vec::new(),
        })
    }

    /// Returns the position of a key or value in the file, or of its nearest ancestor that exists.
    pub(super) fn locate_path(&self, path: &Path, end: EntryPart) -> Place {
        let found = self.tree.walk_path(path.step_names());
        let span = match end {
            EntryPart::Value if found.missing == 0 => found.node.span,
            _ => found.key_or_value_span(),
        };
        to_place(&self.file, span.start)
    }

    /// Returns the origin of the value at a path, if that is not the file.
    pub(super) fn find_setting(&self, path: &Path) -> Option<&str> {
        let mut settings = self.settings.iter().rev();
        settings
            .find(|(set, _)| path.starts_with(set))
            .map(|(_, origin)| origin.as_str())
    }

    /// Returns the origins of values below a path that are not from the file.
    pub(super) fn settings_below(&self, path: &Path) -> impl Iterator<Item = &str> {
        let below = move |set: &Path| set != path && set.starts_with(path);
        self.settings
            .iter()
            .filter(move |(set, _)| below(set))
            .map(|(_, origin)| origin.as_str())
    }
}

fn malformed_finding(file: &str, error: &infra_yaml::Error) -> Box<Diagnostic> {
    let message = error.message();
    let found = Diagnostic::new(
        codes::MALFORMED_CONFIGURATION,
        format!("`{file}` is not a valid configuration file: {message}"),
    );
    let found = match error.position() {
        Some(position) => found.place(to_place(file, position)),
        None => found,
    };
    Box::new(found.help("a configuration file is a YAML map with unique keys and without tags"))
}

fn to_place(file: &str, position: Position) -> Place {
    Place::new(file, position.line, position.column)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, EntryPart};
    use crate::configuration::path::Path;

    const TEXT: &str = "name: notes\nservice:\n  cpu: 256\n  # a comment\n  \"image\":\n    tags: [one, two]\nlist:\n  - a: 1\n  - a: 2\n";

    #[track_caller]
    fn assert_place(path: &str, end: EntryPart, expected: &str) {
        let document = Document::parse_yaml("f".to_owned(), TEXT).unwrap();
        let place = document.locate_path(&Path::parse_key(path), end);
        assert_eq!(place.to_string(), expected, "{path}");
    }

    #[test]
    fn finds_positions_of_keys() {
        assert_place("name", EntryPart::Key, "f:1:1");
        assert_place("service.cpu", EntryPart::Key, "f:3:3");
        assert_place("service.image.tags", EntryPart::Key, "f:6:5");
    }

    #[test]
    fn finds_positions_of_values() {
        assert_place("name", EntryPart::Value, "f:1:7");
        assert_place("service.cpu", EntryPart::Value, "f:3:8");
        assert_place("service.image.tags.1", EntryPart::Value, "f:6:17");
        assert_place("list.1.a", EntryPart::Value, "f:9:8");
        assert_place("list.1", EntryPart::Key, "f:9:5");
    }

    #[test]
    fn falls_back_to_position_of_nearest_parent_key() {
        assert_place("service.memory", EntryPart::Key, "f:2:1");
        assert_place("service.memory.size", EntryPart::Value, "f:2:1");
        assert_place("name.first", EntryPart::Value, "f:1:1");
        assert_place("nowhere", EntryPart::Key, "f:1:1");
    }

    #[test]
    fn reads_yaml_1_2_with_merge_keys() {
        let text = "base: &base {on: yes, size: 0644, port: 0o17}\nmore:\n  <<: *base\n  size: 1\n";
        let document = Document::parse_yaml("f".to_owned(), text).unwrap();
        assert_eq!(
            document.value,
            json!({
                "base": { "on": "yes", "size": "0644", "port": 15 },
                "more": { "size": 1, "on": "yes", "port": 15 },
            })
        );
        assert_eq!(
            Document::parse_yaml(String::new(), "# nothing\n")
                .unwrap()
                .value,
            json!({})
        );
    }

    #[test]
    fn rejects_duplicate_keys_tags_and_tabs() {
        for (text, says) in [
            (
                "a: 1\nb: 1\na: 2\n",
                "duplicate key `a`, first used in line 1 | f:3:1",
            ),
            (
                "a: !Ref b\n",
                "the tag `!Ref` is not supported here | f:1:4",
            ),
            (
                "a:\n\t b: 1\n",
                "tabs disallowed within this context (block indentation) | f:2:3",
            ),
        ] {
            let finding = Document::parse_yaml("f".to_owned(), text).unwrap_err();
            let place = finding.place.as_ref().map(ToString::to_string);
            let shown = format!("{} | {}", finding.message, place.unwrap_or_default());
            assert!(shown.ends_with(says), "{shown}");
        }
    }
}
