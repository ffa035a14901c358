//! Any CloudFormation template as data: ours, one that is deployed, one that somebody wrote by hand.

mod comments;
mod json;
mod limits;
mod yaml;

use serde_json::{Map, Value as JsonValue};

use crate::digest::{Digest, canonical};

pub use comments::comments;

/// A template.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Template {
    document: Map<String, JsonValue>,
}

/// Why a text is not a template.
#[derive(Clone, Debug, Eq, thiserror::Error, Hash, PartialEq)]
#[error("{message}")]
pub struct TemplateError {
    message: String,
}

impl TemplateError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

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
    /// Reads a template, JSON or YAML with short forms such as `!Ref`.
    ///
    /// # Errors
    ///
    /// What is wrong and where, for a text that is neither, that has a key twice, or that is far larger or deeper than
    /// CloudFormation takes.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > limits::BYTES {
            return Err(TemplateError::new(format!(
                "it has {} bytes, and a template has at most 1 MB",
                text.len()
            )));
        }
        // A byte order mark is no part of the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let json = match serde_json::from_str::<json::Strict>(text) {
            Ok(json::Strict(document)) => return Self::from_json(document),
            Err(error) => error,
        };
        match yaml::read(text) {
            // Nearly JSON, such as with a comment, can be YAML in braces; a doubled key is refused by both.
            Ok(document) => Self::from_json(document),
            // What opens as JSON was meant as JSON.
            Err(_) if text.trim_start().starts_with(['{', '[']) => {
                Err(TemplateError::new(format!("it is not JSON: {json}")))
            }
            Err(error) => Err(TemplateError::new(format!("it is not YAML: {error}"))),
        }
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
                Err(TemplateError::new(format!(
                    "a template is a map, and this is {kind}"
                )))
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
