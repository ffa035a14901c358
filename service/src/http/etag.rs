//! Versions as entity tags, so that a change says what it was based on (RFC 9110, sections 8.8.3 and 13.1.1).

use std::borrow::Cow;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromParameter, ParseResult, Type};

use crate::error::{Code, Error};

/// The tag of a version.
pub(crate) fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// What `If-Match` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IfMatch {
    /// `*`: whatever there is.
    Any,
    /// This version.
    Version(i64),
}

impl IfMatch {
    /// The version that is expected, none for `*`; the header must be there.
    pub(crate) fn required(header: Option<Self>) -> Result<Option<i64>, Error> {
        match header {
            None => Err(Error::new(Code::PreconditionRequired).detail(
                "send the `ETag` of what you read as `If-Match`, or `*` to overwrite whatever is there",
            )),
            Some(Self::Any) => Ok(None),
            Some(Self::Version(version)) => Ok(Some(version)),
        }
    }

    /// The version that is expected, if one is.
    pub(crate) fn optional(header: Option<Self>) -> Option<i64> {
        match header {
            None | Some(Self::Any) => None,
            Some(Self::Version(version)) => Some(version),
        }
    }
}

impl Type for IfMatch {
    const IS_REQUIRED: bool = true;

    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "string_if_match".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            pattern: Some(r#"^(\*|"[0-9]{1,18}")$"#.to_owned()),
            ..MetaSchema::new_with_format("string", "entity-tag")
        }))
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }

    fn raw_element_iter<'a>(
        &'a self,
    ) -> Box<dyn Iterator<Item = &'a Self::RawElementValueType> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ParseFromParameter for IfMatch {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        if value == "*" {
            return Ok(Self::Any);
        }
        value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .filter(|digits| digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(Self::Version)
            .ok_or_else(|| {
                ParseError::custom("is no entity tag of this service; they look like \"7\", or *")
            })
    }
}
