//! Identifier of a request in logs and problems.

use std::fmt;
use std::sync::Arc;

use poem::http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// Header that carries the identifier in requests and responses.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const MAX_LENGTH: usize = 64;

/// Identifier that the client sent with its request, or a new UUID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// Returns the identifier from the headers if it is safe to log, that is, short and without special characters; otherwise a new one.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        let given = headers
            .get(HEADER)
            .and_then(|value| value.to_str().ok())
            .filter(|id| is_harmless(id));
        match given {
            Some(id) => Self(id.into()),
            None => Self(Uuid::now_v7().to_string().into()),
        }
    }

    /// Returns the identifier as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the identifier as a header value.
    pub(super) fn to_header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).expect("only letters, digits and `._-` are in it")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_harmless(id: &str) -> bool {
    (1..=MAX_LENGTH).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_request_id(value: &str) -> RequestId {
        RequestId::from_headers(&[(HEADER, value.parse().unwrap())].into_iter().collect())
    }

    #[test]
    fn keeps_harmless_ids_and_replaces_others() {
        let longest = "x".repeat(MAX_LENGTH);
        for kept in ["a", "A.b_c-9", &longest] {
            assert_eq!(parse_request_id(kept).as_str(), kept);
        }
        let longer = "x".repeat(MAX_LENGTH + 1);
        for replaced in ["", "a b", "a\"b", "ä", "a,b", &longer] {
            let id = Uuid::parse_str(parse_request_id(replaced).as_str()).unwrap();
            assert_eq!(id.get_version_num(), 7, "{replaced}");
        }
    }
}
