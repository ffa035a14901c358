//! The query parameter `cursor`. Its pattern only serves the OpenAPI document: decoding the cursor finds every invalid value.

use std::borrow::Cow;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseFromParameter, ParseResult, Type};
use serde::de::DeserializeOwned;

use crate::domain::cursor;
use crate::error::Error;

/// Text that encodes the position of the next page. A validator for its pattern would compile the pattern for each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor(String);

impl Cursor {
    /// Decodes the position.
    ///
    /// # Errors
    ///
    /// Fails if the cursor belongs to another kind of list.
    pub(crate) fn decode_key<K: DeserializeOwned>(&self) -> Result<K, Error> {
        cursor::decode_key(&self.0)
    }
}

impl Type for Cursor {
    const IS_REQUIRED: bool = true;

    type RawValueType = String;
    type RawElementValueType = String;

    fn name() -> Cow<'static, str> {
        "string_cursor".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            pattern: Some("^[A-Za-z0-9_-]+$".to_owned()),
            ..MetaSchema::new("string")
        }))
    }

    fn as_raw_value(&self) -> Option<&String> {
        Some(&self.0)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a String> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ParseFromParameter for Cursor {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        Ok(Self(value.to_owned()))
    }
}
