//! Any CloudFormation template as data: ours, one that is deployed, one that somebody wrote by hand.

mod comments;
mod read;
mod short_form;

use std::fmt;

use infra_yaml::{Node, Position};
use serde_json::{Map, Value as JsonValue};

use crate::digest::{Digest, canonical};

pub use comments::comments;
pub use read::read_tree;

/// A template.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Template {
    document: Map<String, JsonValue>,
}

/// A text that is not a template.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct TemplateError {
    message: String,
    position: Option<Position>,
}

impl TemplateError {
    fn new(message: impl Into<String>, position: Option<Position>) -> Self {
        Self {
            message: message.into(),
            position,
        }
    }

    /// The message without its position.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Line and column of what is wrong; `None` for an error of the whole text, such as one that is too large.
    pub fn position(&self) -> Option<Position> {
        self.position
    }
}

impl fmt::Display for TemplateError {
    /// Writes the message, followed by `at line 3 column 1` where the position is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.position {
            Some(at) => write!(f, " at line {} column {}", at.line, at.column),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TemplateError {}

/// A resource of a template.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct TemplateResource<'t> {
    /// The name in the template.
    pub logical_id: &'t str,
    /// The type; empty where the template has none.
    pub type_name: &'t str,
    /// Everything: `Type`, `Properties`, `DeletionPolicy`, …
    pub entry: &'t Map<String, JsonValue>,
}

impl<'t> TemplateResource<'t> {
    /// The properties; `None` where there are none.
    pub fn properties(self) -> Option<&'t Map<String, JsonValue>> {
        self.entry.get("Properties")?.as_object()
    }

    /// An attribute that is text, such as `DeletionPolicy`.
    pub fn text(self, name: &str) -> Option<&'t str> {
        self.entry.get(name)?.as_str()
    }

    /// The construct path that synthesis, ours or the CDK's, left in the metadata.
    pub fn construct_path(self) -> Option<&'t str> {
        self.entry.get("Metadata")?.get("aws:cdk:path")?.as_str()
    }
}

impl Template {
    /// Reads a template, JSON or YAML with short forms such as `!Ref`. [`read_tree`] keeps the places of its values.
    ///
    /// # Errors
    ///
    /// The first error with its position, for a text that is neither, that has a duplicate key, or that is far larger
    /// or deeper than CloudFormation takes.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        Self::from_tree(read_tree(text)?)
    }

    /// The data of a tree that [`read_tree`] returned.
    ///
    /// # Errors
    ///
    /// A tree whose root is not a map.
    pub fn from_tree(tree: Node) -> Result<Self, TemplateError> {
        let start = tree.span.start;
        Self::from_json(tree.into_json()).map_err(|error| TemplateError {
            position: Some(start),
            ..error
        })
    }

    /// A template that was read already.
    pub fn from_json(document: JsonValue) -> Result<Self, TemplateError> {
        match document {
            JsonValue::Object(document) => Ok(Self { document }),
            other => {
                let kind = match other {
                    JsonValue::Null => "nothing",
                    JsonValue::Array(_) => "a list",
                    _ => "a single value",
                };
                let message = format!("a template is a map, and this is {kind}");
                Err(TemplateError::new(message, None))
            }
        }
    }

    /// A template without anything: what a stack has that does not exist.
    pub fn empty() -> Self {
        Self {
            document: Map::new(),
        }
    }

    /// The whole document.
    pub fn document(&self) -> &Map<String, JsonValue> {
        &self.document
    }

    /// The template as minified JSON, in its own order.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.document).unwrap_or_default()
    }

    /// The digest of what the template says, whatever the order of its keys and the form it is written in.
    pub fn digest(&self) -> Digest {
        Digest::of(canonical(&JsonValue::Object(self.document.clone())).as_bytes())
    }

    /// A section such as `Outputs`; nothing where it is missing.
    pub fn section(&self, name: &str) -> impl Iterator<Item = (&str, &JsonValue)> {
        let section = self.document.get(name).and_then(JsonValue::as_object);
        let entries = section.into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), value))
    }

    /// The resources, in the template's order.
    pub fn resources(&self) -> impl Iterator<Item = TemplateResource<'_>> {
        self.section("Resources").filter_map(|(logical_id, entry)| {
            let entry = entry.as_object()?;
            Some(TemplateResource {
                logical_id,
                type_name: entry
                    .get("Type")
                    .and_then(JsonValue::as_str)
                    .unwrap_or_default(),
                entry,
            })
        })
    }

    /// The resource of that logical ID.
    pub fn resource(&self, logical_id: &str) -> Option<TemplateResource<'_>> {
        let (logical_id, entry) = self
            .document
            .get("Resources")?
            .as_object()?
            .get_key_value(logical_id)?;
        let entry = entry.as_object()?;
        Some(TemplateResource {
            logical_id,
            type_name: entry
                .get("Type")
                .and_then(JsonValue::as_str)
                .unwrap_or_default(),
            entry,
        })
    }
}
