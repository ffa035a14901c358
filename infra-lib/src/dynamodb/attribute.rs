//! Key attributes of tables and indexes.

use crate::core::Data;

/// Type of a key attribute.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AttributeType {
    /// Text in UTF-8.
    String,
    /// A number of up to 38 digits.
    Number,
    /// Bytes.
    Binary,
}

impl AttributeType {
    /// Returns the type as DynamoDB writes it: `S`, `N` or `B`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "S",
            Self::Number => "N",
            Self::Binary => "B",
        }
    }
}

/// A key attribute: name and type. Tables define the attributes of their keys themselves, so none is missing.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Attribute {
    pub(super) name: String,
    pub(super) kind: AttributeType,
}

impl Attribute {
    /// Creates an attribute with text.
    pub fn string(name: impl Into<String>) -> Self {
        Self::new(name, AttributeType::String)
    }

    /// Creates an attribute with numbers.
    pub fn number(name: impl Into<String>) -> Self {
        Self::new(name, AttributeType::Number)
    }

    /// Creates an attribute with bytes.
    pub fn binary(name: impl Into<String>) -> Self {
        Self::new(name, AttributeType::Binary)
    }

    fn new(name: impl Into<String>, kind: AttributeType) -> Self {
        Self {
            name: name.into(),
            kind,
        }
    }
}

/// Returns the `KeySchema` of a table or an index.
pub(super) fn key_schema(partition: &Attribute, sort: Option<&Attribute>) -> Data {
    let item = |attribute: &Attribute, kind: &'static str| {
        Data::map([
            ("AttributeName", Data::from(attribute.name.clone())),
            ("KeyType", Data::from(kind)),
        ])
    };
    let sort = sort.map(|attribute| item(attribute, "RANGE"));
    Data::list([item(partition, "HASH")].into_iter().chain(sort))
}
