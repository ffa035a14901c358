//! CloudFormation templates of any origin as data: synthesized by this project or the CDK, deployed, or written by hand.

mod comments;
mod read;

use infra_yaml::Node;
use serde_json::{Map, Value as JsonValue};

use crate::digest::{Digest, canonical_json};

pub use comments::comments;
pub use infra_yaml::{DuplicateKey, TemplateError};
pub use read::{read_tree, read_tree_with_duplicates};

/// A CloudFormation template as a JSON document with accessors for its sections.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Template {
    document: Map<String, JsonValue>,
}

/// A resource of a template, borrowed from it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct TemplateResource<'t> {
    /// Logical ID of the resource, unique within the template.
    pub logical_id: &'t str,
    /// CloudFormation type of the resource, or an empty string if the template has none.
    pub type_name: &'t str,
    /// The complete entry of the resource: `Type`, `Properties`, `DeletionPolicy`, …
    pub entry: &'t Map<String, JsonValue>,
}

impl<'t> TemplateResource<'t> {
    /// Returns the properties as written, or `None` if the entry has none.
    pub fn properties(self) -> Option<&'t Map<String, JsonValue>> {
        self.entry.get("Properties")?.as_object()
    }

    /// Returns the value of a text attribute such as `DeletionPolicy`, or `None` if it is missing or no text.
    pub fn entry_text(self, name: &str) -> Option<&'t str> {
        self.entry.get(name)?.as_str()
    }

    /// Returns the construct path that synthesis, by this project or the CDK, wrote to the metadata.
    pub fn construct_path(self) -> Option<&'t str> {
        self.entry.get("Metadata")?.get("aws:cdk:path")?.as_str()
    }
}

impl Template {
    /// Reads a template in JSON or YAML, including short forms such as `!Ref`. [`read_tree`] retains the positions of values.
    ///
    /// # Errors
    ///
    /// Fails with the position of the first error if the text is neither JSON nor YAML, has a duplicate key, or greatly exceeds the size or depth
    /// that CloudFormation accepts.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        Self::from_tree(read_tree(text)?)
    }

    /// Reads a template from the bytes of a file, as [`parse`](Self::parse) does for text.
    ///
    /// # Errors
    ///
    /// Fails as [`parse`](Self::parse), and with the position of the first byte that is not UTF-8.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, TemplateError> {
        Self::parse(infra_yaml::decode_template(bytes)?)
    }

    /// Reads a deployed template, as [`parse`](Self::parse) does, except that duplicate keys are accepted: CloudFormation has accepted them too, and has
    /// deployed the last value of each. Returns the duplicate keys in the order of the text.
    ///
    /// # Errors
    ///
    /// Fails as [`parse`](Self::parse), except for duplicate keys.
    pub fn parse_deployed(text: &str) -> Result<(Self, Vec<DuplicateKey>), TemplateError> {
        let (tree, duplicates) = read_tree_with_duplicates(text)?;
        Ok((Self::from_tree(tree)?, duplicates))
    }

    /// Creates a template from a tree returned by [`read_tree`].
    ///
    /// # Errors
    ///
    /// Fails if the root of the tree is not a map.
    pub fn from_tree(tree: Node) -> Result<Self, TemplateError> {
        let start = tree.span.start;
        Self::from_json(tree.into_json())
            .map_err(|error| TemplateError::new(error.message(), Some(start)))
    }

    /// Creates a template from a JSON value.
    ///
    /// # Errors
    ///
    /// Fails if the value is not an object.
    pub fn from_json(document: JsonValue) -> Result<Self, TemplateError> {
        match document {
            JsonValue::Object(document) => Ok(Self { document }),
            other => {
                let kind = match other {
                    JsonValue::Null => "nothing",
                    JsonValue::Array(_) => "a list",
                    _ => "a single value",
                };
                let message = format!("expected a map, found {kind}");
                Err(TemplateError::new(message, None))
            }
        }
    }

    /// Creates a template without entries, which stands for a stack that does not exist.
    pub fn empty() -> Self {
        Self {
            document: Map::new(),
        }
    }

    /// Returns the whole document, with keys in the original order.
    pub fn document(&self) -> &Map<String, JsonValue> {
        &self.document
    }

    /// Returns the template as minified JSON, with keys in the original order.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.document).unwrap_or_default()
    }

    /// Returns the digest of the template, regardless of the order of its keys and of its format.
    pub fn compute_digest(&self) -> Digest {
        Digest::hash_bytes(canonical_json(&JsonValue::Object(self.document.clone())).as_bytes())
    }

    /// Returns the entries of a section such as `Outputs`. A missing section has none.
    pub fn section_entries(&self, name: &str) -> impl Iterator<Item = (&str, &JsonValue)> {
        let section = self.document.get(name).and_then(JsonValue::as_object);
        let entries = section.into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the resources in the order of the template. Entries that are not maps are skipped.
    pub fn resources(&self) -> impl Iterator<Item = TemplateResource<'_>> {
        self.section_entries("Resources")
            .filter_map(|(logical_id, entry)| {
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

    /// Returns the resource with the given logical ID, or `None` if the template has none.
    pub fn find_resource(&self, logical_id: &str) -> Option<TemplateResource<'_>> {
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
