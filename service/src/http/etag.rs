//! Versions as entity tags, and conditional requests that name them (RFC 9110, sections 8.8.3 and 13.1).

use std::borrow::Cow;

use poem::http::{HeaderMap, header};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromParameter, ParseResult, Type};

use crate::error::{Code, Error};
use crate::store::ExpectedVersion;

/// Returns the entity tag of a version.
pub(crate) fn format_etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Value of `If-Match` or `If-None-Match`.
///
/// Weak tags are treated as strong ones, even in `If-Match`, for which RFC 9110 requires the strong comparison. Proxies that compress responses
/// weaken the tags of this service, and the version in a tag identifies the content regardless of its coding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tags {
    /// `*`, which matches every version.
    Any,
    /// Tags without their quotation marks, at least one.
    OneOf(Vec<String>),
}

impl Tags {
    /// Parses a header value: `*`, or tags separated by commas. Returns none for anything else.
    pub(crate) fn parse_header(value: &str) -> Option<Self> {
        if value.trim_matches([' ', '\t']) == "*" {
            return Some(Self::Any);
        }
        let mut tags = Vec::new();
        let mut rest = value;
        loop {
            // Empty elements of a list are allowed (RFC 9110, section 5.6.1.2).
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() {
                return (!tags.is_empty()).then_some(Self::OneOf(tags));
            }
            let opened = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
            let (tag, after) = opened.split_once('"')?;
            if tag.contains(|char: char| char.is_whitespace() || char.is_control()) {
                return None;
            }
            tags.push(tag.to_owned());
            rest = after.trim_start_matches([' ', '\t']);
            if !rest.is_empty() && !rest.starts_with(',') {
                return None;
            }
        }
    }

    /// Parses all lines of `If-None-Match`; returns none if the header is missing or invalid.
    pub(crate) fn if_none_match(headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(header::IF_NONE_MATCH).iter();
        let lines: Option<Vec<_>> = lines.map(|line| line.to_str().ok()).collect();
        Self::parse_header(&lines?.join(","))
    }

    /// Compares with the value of an `ETag` header, by the weak comparison.
    pub(crate) fn matches_etag(&self, etag: &str) -> bool {
        let tag = etag.strip_prefix("W/").unwrap_or(etag).trim_matches('"');
        match self {
            Self::Any => true,
            Self::OneOf(tags) => tags.iter().any(|known| known == tag),
        }
    }

    /// Returns the versions that the tags represent. Well-formed tags that are not versions represent none.
    fn into_expected(self) -> ExpectedVersion {
        match self {
            Self::Any => ExpectedVersion::Any,
            Self::OneOf(tags) => {
                ExpectedVersion::OneOf(tags.iter().filter_map(|tag| parse_version(tag)).collect())
            }
        }
    }
}

fn parse_version(tag: &str) -> Option<i64> {
    let digits = (1..=18).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| tag.parse().ok()).flatten()
}

/// The request header `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IfMatch(Tags);

impl IfMatch {
    /// Returns the expected versions.
    ///
    /// # Errors
    ///
    /// `precondition_required` if the header is missing.
    pub(crate) fn require_versions(header: Option<Self>) -> Result<ExpectedVersion, Error> {
        header.map(|header| header.0.into_expected()).ok_or_else(|| {
            Error::new(Code::PreconditionRequired).detail(
                "send the `ETag` of the version that was read as `If-Match`, or `*` to overwrite any version",
            )
        })
    }

    /// Returns the expected versions: any version if the header is missing.
    pub(crate) fn versions_or_any(header: Option<Self>) -> ExpectedVersion {
        header.map_or(ExpectedVersion::Any, |header| header.0.into_expected())
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
            pattern: Some(r#"^(\*|(W/)?"[!#-~]*"( ?, ?(W/)?"[!#-~]*")*)$"#.to_owned()),
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
        Tags::parse_header(value).map(Self).ok_or_else(|| {
            ParseError::custom("is not a valid list of entity tags, such as \"7\", W/\"7\" or *")
        })
    }

    /// Parses a list that may span several header lines (RFC 9110, section 5.3).
    fn parse_from_parameters<I: IntoIterator<Item = A>, A: AsRef<str>>(
        lines: I,
    ) -> ParseResult<Self> {
        let lines: Vec<A> = lines.into_iter().collect();
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        Self::parse_from_parameter(&lines.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of(tags: &[&str]) -> Tags {
        Tags::OneOf(tags.iter().map(|tag| (*tag).to_owned()).collect())
    }

    #[test]
    fn parses_lists_and_weak_tags() {
        for (value, tags) in [
            ("*", Some(Tags::Any)),
            (" * ", Some(Tags::Any)),
            (r#""7""#, Some(one_of(&["7"]))),
            (r#"W/"7""#, Some(one_of(&["7"]))),
            (r#""7","8" , W/"9","#, Some(one_of(&["7", "8", "9"]))),
            (r#","7""#, Some(one_of(&["7"]))),
            (r#""a,b""#, Some(one_of(&["a,b"]))),
            (r#""""#, Some(one_of(&[""]))),
            ("", None),
            (",", None),
            ("7", None),
            (r#""7"#, None),
            (r#"w/"7""#, None),
            (r#""7" "8""#, None),
            (r#""7", *"#, None),
            ("\"a b\"", None),
        ] {
            assert_eq!(Tags::parse_header(value), tags, "{value}");
        }
    }

    #[test]
    fn foreign_tags_match_no_version() {
        let versions = |value: &str| Tags::parse_header(value).unwrap().into_expected();
        assert_eq!(versions("*"), ExpectedVersion::Any);
        assert_eq!(
            versions(r#""abc", "7", "-1", "9999999999999999999", "+8""#),
            ExpectedVersion::OneOf(vec![7])
        );
    }

    #[test]
    fn compares_entity_tags_weakly() {
        let tags = Tags::parse_header(r#"W/"7", "8-gzip""#).unwrap();
        for (etag, same) in [("\"7\"", true), ("W/\"8-gzip\"", true), ("\"8\"", false)] {
            assert_eq!(tags.matches_etag(etag), same, "{etag}");
        }
    }
}
